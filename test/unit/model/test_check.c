/* Rules across the fields of targets, values and forecasts, and what an action derives. */
#include <string.h>

#include "base/problem.h"
#include "model/action.h"
#include "model/forecast.h"
#include "model/target.h"
#include "model/value.h"
#include "support/support.h"

#define ONE NUMBER_ONE

/* The column of the only problem, or "none"; more than one fails. */
static const char *problem_of(struct work *work, const struct entity *entity, const void *row)
{
    struct problems problems = { .arena = work->arena };
    entity->check(row, &problems);
    assert_true(problems.list.count <= 1);
    if (problems.list.count == 0)
        return "none";
    const struct problem *problem = problems.list.items[0];
    assert_true(slice_ends(slice_of(problem->words), "."));
    return problem->column;
}

static struct target *target_new(struct work *work, const char *comparator)
{
    struct target *target = entity_row(work->arena, &target_entity);
    target->comparator = comparator;
    target->value = 50 * ONE;
    target->decimals = 0;
    target->baseline_relative = 0;
    return target;
}

static void bands_need_both_edges(void **state)
{
    (void)state;
    struct work work = support_work();
    struct target *target = target_new(&work, "between");
    assert_string_equal(problem_of(&work, &target_entity, target), "upper");
    target->upper = 60 * ONE;
    assert_string_equal(problem_of(&work, &target_entity, target), "none");
    target->upper = 50 * ONE;
    assert_string_equal(problem_of(&work, &target_entity, target), "none");
    target->upper = 49 * ONE;
    assert_string_equal(problem_of(&work, &target_entity, target), "upper");
    target->comparator = "at-least";
    assert_string_equal(problem_of(&work, &target_entity, target), "upper");
    target->comparator = "between";
    target->value = INTEGER_MISSING;
    assert_string_equal(problem_of(&work, &target_entity, target), "value");
    target->value = 40 * ONE;
    target->baseline_relative = 1;
    target->change_percent = 0;
    assert_string_equal(problem_of(&work, &target_entity, target), "baseline_relative");
    support_work_end(&work);
}

static void changes_need_their_per_cent(void **state)
{
    (void)state;
    struct work work = support_work();
    struct target *target = target_new(&work, "at-least");
    target->baseline_relative = 1;
    target->value = INTEGER_MISSING;
    assert_string_equal(problem_of(&work, &target_entity, target), "change_percent");
    target->change_percent = 5 * ONE;
    assert_string_equal(problem_of(&work, &target_entity, target), "none"); /* no baseline yet */
    target->baseline = 86 * ONE;
    target->value = 903 * ONE / 10;
    target->decimals = 1;
    assert_string_equal(problem_of(&work, &target_entity, target), "none");
    target->value = 91 * ONE;
    assert_string_equal(problem_of(&work, &target_entity, target), "value");
    target->decimals = 0;
    target->value = 90 * ONE; /* 90.3 as it is printed */
    assert_string_equal(problem_of(&work, &target_entity, target), "none");
    target->baseline_relative = 0;
    assert_string_equal(problem_of(&work, &target_entity, target), "change_percent");
    target->change_percent = INTEGER_MISSING;
    assert_string_equal(problem_of(&work, &target_entity, target), "none");
    support_work_end(&work);
}

static void targets_are_numbers_or_words(void **state)
{
    (void)state;
    struct work work = support_work();
    struct target *target = target_new(&work, "equal");
    target->value = INTEGER_MISSING;
    assert_string_equal(problem_of(&work, &target_entity, target), "value");
    target->wording = "End of March 2013";
    assert_string_equal(problem_of(&work, &target_entity, target), "none");
    target->value = 115 * ONE / 10;
    assert_string_equal(problem_of(&work, &target_entity, target), "decimals");
    target->decimals = 1;
    assert_string_equal(problem_of(&work, &target_entity, target), "none");
    support_work_end(&work);
}

static void values_are_given_or_missing(void **state)
{
    (void)state;
    struct work work = support_work();
    struct value *value = entity_row(work.arena, &value_entity);
    assert_string_equal(problem_of(&work, &value_entity, value), "value");
    value->missing = "awaited";
    assert_string_equal(problem_of(&work, &value_entity, value), "none");
    value->value = 0;
    assert_string_equal(problem_of(&work, &value_entity, value), "missing");
    value->missing = NULL;
    assert_string_equal(problem_of(&work, &value_entity, value), "none");
    value->value = 4758 * ONE / 100;
    value->decimals = 1;
    assert_string_equal(problem_of(&work, &value_entity, value), "decimals");
    value->decimals = 2;
    value->denominator = 124 * ONE; /* the base of a printed share */
    assert_string_equal(problem_of(&work, &value_entity, value), "none");
    value->denominator = 0;
    assert_string_equal(problem_of(&work, &value_entity, value), "denominator");
    value->denominator = INTEGER_MISSING;
    value->numerator = 59 * ONE;
    assert_string_equal(problem_of(&work, &value_entity, value), "denominator");
    value->denominator = 124 * ONE;
    value->value = INTEGER_MISSING;
    assert_string_equal(problem_of(&work, &value_entity, value), "none");
    value->numerator = INTEGER_MISSING;
    assert_string_equal(problem_of(&work, &value_entity, value), "numerator");
    value->denominator = INTEGER_MISSING;
    value->milestone = "complete";
    assert_string_equal(problem_of(&work, &value_entity, value), "none");
    value->missing = "withheld";
    assert_string_equal(problem_of(&work, &value_entity, value), "missing");
    support_work_end(&work);
}

static void forecasts_look_ahead(void **state)
{
    (void)state;
    struct work work = support_work();
    struct forecast *forecast = entity_row(work.arena, &forecast_entity);
    forecast->period = "2012-13";
    forecast->made_in = "2012-13-Q1";
    forecast->value = 10 * ONE;
    forecast->decimals = 0;
    assert_string_equal(problem_of(&work, &forecast_entity, forecast), "none");
    forecast->period = "2012-13-Q1";
    assert_string_equal(problem_of(&work, &forecast_entity, forecast), "none");
    forecast->made_in = "2012-13-Q2";
    assert_string_equal(problem_of(&work, &forecast_entity, forecast), "period");
    forecast->made_in = "no period";
    assert_string_equal(problem_of(&work, &forecast_entity, forecast), "none");
    forecast->value = ONE / 2;
    assert_string_equal(problem_of(&work, &forecast_entity, forecast), "decimals");
    support_work_end(&work);
}

static void an_action_derives_its_dates(void **state)
{
    (void)state;
    struct work work = support_work();
    struct action *action = entity_row(work.arena, &action_entity);
    action->due = "1999-01-01";
    action->recurrence = "weekly";
    action->condition = "old";
    action_entity.prepare(work.arena, action, NULL);
    assert_null(action->due);
    assert_null(action->recurrence);
    assert_null(action->condition);
    action->target_date = "March 2011 and then annually (subject to funding)";
    action_entity.prepare(work.arena, action, NULL);
    assert_string_equal(action->due, "2011-03-31");
    assert_string_equal(action->recurrence, "yearly");
    assert_string_equal(action->condition, "subject to funding");
    action->target_date = "some time soon";
    action_entity.prepare(work.arena, action, NULL);
    assert_null(action->due);
    assert_null(action->recurrence);
    assert_string_equal(action->target_date, "some time soon");
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_need_both_edges),
        cmocka_unit_test(changes_need_their_per_cent),
        cmocka_unit_test(targets_are_numbers_or_words),
        cmocka_unit_test(values_are_given_or_missing),
        cmocka_unit_test(forecasts_look_ahead),
        cmocka_unit_test(an_action_derives_its_dates),
    };
    return cmocka_run_group_tests_name("model/check", tests, NULL, NULL);
}
