/* The progress of a small town: which rows there are, what they hold, how they are counted. */
#include "service/progress.h"

#include <string.h>

#include "base/number.h"
#include "service/finding.h"
#include "support/support.h"
#include "support/town.h"

static const struct progress *load_with(const char *period_text,
                                        const struct progress_options *options)
{
    struct period period;
    struct progress *progress = NULL;
    assert_true(period_read(slice_of(period_text), &period));
    enum status status = progress_load(&town.work, period, options, &progress);
    if (status != STATUS_OK)
        print_error("%s\n", town.work.error);
    assert_int_equal(status, STATUS_OK);
    return progress;
}

static const struct progress *load(void)
{
    return load_with("2012-13-Q1", NULL);
}

/* The row at a reference for a unit (NULL: nobody's). */
static const struct progress_row *row_of(const struct progress *progress, const char *reference,
                                         const char *unit)
{
    for (size_t i = 0; i < progress->rows.count; i++) {
        const struct progress_row *row = progress->rows.items[i];
        const char *code = row->unit == NULL ? NULL : row->unit->code;
        if (strcmp(row->reference, reference) == 0 &&
            (code == unit || (code != NULL && unit != NULL && strcmp(code, unit) == 0)))
            return row;
    }
    fail_msg("there is no row %s of %s", reference, unit == NULL ? "nobody" : unit);
    return NULL;
}

static void assert_level(const struct scale_level *level, const char *code)
{
    if (code == NULL) {
        assert_null(level);
        return;
    }
    assert_non_null(level);
    assert_string_equal(level->code, code);
}

static void rows_are_those_of_suppliers_in_the_order_of_the_scheme(void **state)
{
    (void)state;
    static const char *const expected[][2] = {
        { "1.1", "homes" }, { "1.2a", "homes" },  { "1.2b", "homes" }, { "1.3", NULL },
        { "2.1", "parks" }, { "2.1A", "parks" },  { "2.1B", "parks" }, { "2.2", "homes" },
        { "2.2", "parks" }, { "2.2", "council" },
    };
    const struct progress *progress = load();
    assert_string_equal(progress->data.scheme->code, "new");
    assert_int_equal(progress->objectives.count, 2);
    assert_int_equal(progress->rows.count, ARRAY_COUNT(expected));
    for (size_t i = 0; i < ARRAY_COUNT(expected); i++) {
        const struct progress_row *row = progress->rows.items[i];
        assert_string_equal(row->reference, expected[i][0]);
        assert_true((row->unit == NULL) == (expected[i][1] == NULL));
        if (row->unit != NULL)
            assert_string_equal(row->unit->code, expected[i][1]);
    }
}

static void the_scheme_is_the_one_in_force(void **state)
{
    (void)state;
    const struct progress_options other = { .scheme = "old" };
    assert_string_equal(load_with("2011-12-Q4", NULL)->data.scheme->code, "old");
    assert_string_equal(load_with("2012-13-Q4", NULL)->data.scheme->code, "new");
    assert_string_equal(load_with("2012-13-Q1", &other)->data.scheme->code, "old");
}

static void a_cumulative_count_is_compared_with_its_share(void **state)
{
    (void)state;
    const struct progress_row *row = row_of(load(), "1.1", "homes");
    assert_string_equal(row->target_words, "at least 100");
    assert_string_equal(row->figure.words, "30");
    assert_level(row->computed, "HG"); /* 30 against 25 */
    assert_level(row->declared, "HG");
    assert_int_equal(row->agreement, PROGRESS_AGREES);
    assert_null(row->declared_reason);
    assert_int_equal(row->trend.before.direction, TREND_UNKNOWN);
    assert_int_equal(row->trend.year_before.direction, TREND_IMPROVED);
    assert_string_equal(row->year_before.words, "25");
    assert_int_equal(row->forecasts.count, 1);
    assert_int_equal(((const struct forecast *)row->forecasts.items[0])->value, 110 * NUMBER_ONE);
}

static void the_profile_stands_before_the_annual_target(void **state)
{
    (void)state;
    const struct progress_row *row = row_of(load(), "1.2a", "homes");
    assert_string_equal(row->target_words, "at most 12%");
    assert_string_equal(row->annual->comparator, "below");
    assert_string_equal(row->figure.words, "12.0%");
    assert_level(row->computed, "LG");
    assert_level(row->declared, "A");
    assert_int_equal(row->agreement, PROGRESS_DIFFERS);
    assert_string_equal(row->declared_reason, "Sickness in the team");
    assert_int_equal(row->trend.before.direction, TREND_WORSE);
    assert_int_equal(row->trend.year_before.direction, TREND_IMPROVED);
    assert_int_equal(row->comparators.count, 2);
    const struct comparator *newest = row->comparators.items[0];
    assert_string_equal(newest->name, "England");
    assert_string_equal(newest->period, "2011-12");
}

static void a_complement_cites_the_value_that_it_comes_from(void **state)
{
    (void)state;
    const struct progress_row *row = row_of(load(), "1.2b", "homes");
    assert_string_equal(row->figure.words, "88.0%");
    assert_string_equal(row->figure.cited->code, "damp");
    assert_string_equal(row->source.words, "12.0%");
    assert_int_equal(row->trend.before.direction, TREND_WORSE); /* 88 after 88.5 */
    /* Its target is of a later year: printed, and nothing rated against it. */
    assert_true(row->is_target_later);
    assert_string_equal(row->target_words, "at least 95%");
    assert_level(row->computed, NULL);
    assert_non_null(strstr(row->reasoning, "2013-14"));
}

static void a_measure_that_nobody_supplies_is_shown(void **state)
{
    (void)state;
    const struct progress_row *row = row_of(load(), "1.3", NULL);
    assert_null(row->missing);
    assert_string_equal(row->missing_words, "No value");
    assert_level(row->computed, NULL);
    assert_non_null(row->reasoning);
    assert_int_equal(row->agreement, PROGRESS_NEITHER);
}

static void parts_make_the_whole(void **state)
{
    (void)state;
    const struct progress *progress = load();
    const struct progress_row *whole = row_of(progress, "2.1", "parks");
    assert_int_equal(whole->parts.count, 2);
    assert_string_equal(whole->target_words, "All done");
    assert_level(row_of(progress, "2.1A", "parks")->computed, "LG");
    assert_level(row_of(progress, "2.1B", "parks")->computed, "LR");
    assert_level(whole->computed, "LR");
    assert_true(row_of(progress, "2.1B", "parks")->is_part);
    assert_string_equal(row_of(progress, "2.1B", "parks")->declared_reason, "no reason given");
}

static void units_make_the_authority(void **state)
{
    (void)state;
    const struct progress *progress = load();
    const struct progress_row *homes = row_of(progress, "2.2", "homes");
    assert_string_equal(homes->figure.words, "5.00%");
    assert_true(homes->is_small_base);
    assert_level(homes->computed, "LG");
    assert_int_equal(homes->trend.before.reason, TREND_SERIES_BREAK);
    const struct progress_row *council = row_of(progress, "2.2", "council");
    assert_level(council->computed, "LG");
    assert_null(council->missing_words);
    assert_string_equal(council->rolled_words, "From its parts");
}

static void what_is_missing_says_why_and_what_was_last(void **state)
{
    (void)state;
    const struct progress_row *row = row_of(load(), "2.2", "parks");
    assert_string_equal(row->missing, "awaited");
    assert_string_equal(row->missing_words, "Awaited");
    assert_string_equal(row->earlier.words, "4.50%"); /* of 2011-12, not of 2013-14 */
    assert_string_equal(row->earlier.value->period, "2011-12");
    assert_level(row->computed, NULL);
    assert_string_equal(row->refusal, "missing");
}

static void narratives_find_their_measures(void **state)
{
    (void)state;
    const struct progress *progress = load();
    const struct progress_row *first = row_of(progress, "1.2a", "homes");
    const struct progress_row *second = row_of(progress, "1.2b", "homes");
    assert_non_null(first->narrative);
    assert_ptr_equal(first->narrative, second->narrative);
    assert_true(first->shows_narrative);
    assert_false(second->shows_narrative);
    assert_int_equal(first->narrative->rows.count, 2);
    assert_level(second->declared, "A"); /* what is printed for the row holds for both */
    assert_null(row_of(progress, "2.1", "parks")->narrative);
}

static void everything_is_counted_once(void **state)
{
    (void)state;
    const struct progress *progress = load();
    int64_t agreement = 0, declared = progress->counts.not_declared,
            computed = progress->counts.not_computed, by_objective = 0;
    for (size_t i = 0; i < PROGRESS_AGREEMENT_COUNT; i++)
        agreement += progress->counts.agreement[i];
    for (size_t i = 0; i < PROGRESS_MOST_LEVELS; i++) {
        declared += progress->counts.declared[i];
        computed += progress->counts.computed[i];
    }
    for (size_t i = 0; i < progress->objectives.count; i++)
        by_objective +=
            ((const struct progress_objective *)progress->objectives.items[i])->counts.rows;
    assert_int_equal(progress->counts.rows, 9); /* ten rows, less the plan, which has parts */
    assert_int_equal(agreement, 9);
    assert_int_equal(declared, 9);
    assert_int_equal(computed, 9);
    assert_int_equal(by_objective, 9);
    assert_int_equal(progress->counts.agreement[PROGRESS_DIFFERS], 2);
    assert_int_equal(progress->counts.awaited, 2); /* what parts make is not awaited */
}

static void returns_are_those_of_everybody_who_supplies(void **state)
{
    (void)state;
    const struct progress *progress = load();
    assert_int_equal(progress->returns.count, 3);
    const struct progress_return *homes = progress->returns.items[0];
    const struct progress_return *parks = progress->returns.items[1];
    const struct progress_return *council = progress->returns.items[2];
    assert_string_equal(homes->unit->code, "homes");
    assert_true(homes->has_returned && homes->is_late);
    assert_int_equal(homes->days_late, 2);
    assert_int_equal(homes->narratives.count, 2);
    assert_true(parks->row != NULL && !parks->has_returned);
    assert_null(council->row);
}

static void findings_stand_at_their_rows(void **state)
{
    (void)state;
    const struct progress *progress = load();
    size_t at_rows = 0;
    assert_true(progress->findings.count > 0);
    for (size_t i = 0; i < progress->rows.count; i++)
        at_rows += ((const struct progress_row *)progress->rows.items[i])->findings.count;
    assert_int_equal(at_rows, progress->findings.count);
    int64_t by_severity = 0;
    for (size_t i = 0; i < ARRAY_COUNT(progress->findings_by_severity); i++)
        by_severity += progress->findings_by_severity[i];
    assert_int_equal(by_severity, progress->findings.count);
    const struct progress_options without = { .without_check = true };
    assert_int_equal(load_with("2012-13-Q1", &without)->findings.count, 0);
}

static void one_unit_alone(void **state)
{
    (void)state;
    const struct progress_options parks = { .unit = "parks" };
    const struct progress *progress = load_with("2012-13-Q1", &parks);
    assert_int_equal(progress->rows.count, 4);
    for (size_t i = 0; i < progress->rows.count; i++)
        assert_string_equal(((const struct progress_row *)progress->rows.items[i])->unit->code,
                            "parks");
}

static void assert_refused(const char *period_text, const struct progress_options *options,
                           const char *words)
{
    struct period period;
    struct progress *progress = NULL;
    assert_true(period_read(slice_of(period_text), &period));
    assert_int_equal(progress_load(&town.work, period, options, &progress), STATUS_NOT_FOUND);
    assert_null(progress);
    assert_non_null(strstr(town.work.error, words));
    work_forget(&town.work);
}

static void what_is_not_there_is_said(void **state)
{
    (void)state;
    const struct progress_options scheme = { .scheme = "no-scheme" }, unit = { .unit = "no-unit" };
    assert_refused("1990-91-Q1", NULL, "1990-91-Q1");
    assert_refused("2012-13-Q1", &scheme, "no-scheme");
    assert_refused("2012-13-Q1", &unit, "no-unit");
}

static void targets_have_exact_words(void **state)
{
    (void)state;
    const struct measure share = { .kind = "percentage", .unit_of_measure = "%", .decimals = 1 };
    const struct measure score = { .kind = "ratio", .unit_of_measure = "score", .decimals = 1 };
    const struct measure points = { .kind = "differential",
                                    .unit_of_measure = "percentage points",
                                    .decimals = 1 };
    const struct {
        const struct measure *measure;
        const char *comparator;
        int64_t value, upper;
        const char *words;
    } rows[] = {
        { &share, "at-least", 97 * NUMBER_ONE, INTEGER_MISSING, "at least 97%" },
        { &share, "above", 86 * NUMBER_ONE, INTEGER_MISSING, "above 86%" },
        { &share, "below", 25 * NUMBER_ONE, INTEGER_MISSING, "below 25%" },
        { &share, "at-most", 20 * NUMBER_ONE, INTEGER_MISSING, "at most 20%" },
        { &share, "equal", 50 * NUMBER_ONE, INTEGER_MISSING, "exactly 50%" },
        { &score, "between", 1 * NUMBER_ONE, 2 * NUMBER_ONE, "between 1 and 2" },
        { &points, "at-least", 2 * NUMBER_ONE, INTEGER_MISSING, "at least 2 points" },
        { &share, "at-least", INTEGER_MISSING, INTEGER_MISSING, "in words" },
    };
    for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
        const struct target target = { .comparator = rows[i].comparator,
                                       .value = rows[i].value,
                                       .upper = rows[i].upper,
                                       .wording = "in words" };
        assert_string_equal(progress_target_words(town.work.arena, rows[i].measure, &target),
                            rows[i].words);
    }
    assert_string_equal(progress_target_words(town.work.arena, &share, NULL), "");
}

/* Sent to the same town, so this test comes after the others. */
static void sums_of_parts_are_exact_and_percentages_do_not_add(void **state)
{
    (void)state;
    town_send("measure_supplier", "measure,unit,roll_up\nlet,parks,none\nlet,council,sum\n"
                                  "staff,council,sum\ndamp,council,sum\n");
    town_send("target", "measure,unit,period,kind,comparator,value,decimals\n"
                        "staff,council,2012-13,annual,at-least,10,0\n"
                        "let,council,2012-13,annual,at-least,100,0\n");
    town_send("value",
              "measure,unit,period,numerator,denominator,value,decimals,state,missing\n"
              "staff,parks,2012-13-Q1,3,10,,,final,\nlet,parks,2012-13-Q1,,,12,0,final,\n");
    const struct progress *progress = load();
    const struct progress_row *let = row_of(progress, "1.1", "council");
    assert_string_equal(let->rolled_words, "42");
    assert_non_null(strstr(let->reasoning, "The sum of 2 parts is 42. "));
    const struct progress_row *staff = row_of(progress, "2.2", "council");
    assert_string_equal(staff->rolled_words, "13.33%"); /* 1 of 20 and 3 of 10; not 5% and 30% */
    assert_non_null(strstr(staff->reasoning, "4 of 30 in 2 parts together are 13.33%. "));
    assert_level(staff->computed, "HG");
    const struct progress_row *damp = row_of(progress, "1.2a", "council");
    assert_null(damp->rolled_words);
    assert_level(damp->computed, NULL);
    assert_non_null(strstr(damp->reasoning, "percentages of parts do not add up"));
}

/* The same town again, so this test comes after. */
static void a_sum_of_complements_is_turned(void **state)
{
    (void)state;
    town_send("measure_supplier", "measure,unit,roll_up\ndry,parks,none\ndry,council,sum\n");
    town_send("value", "measure,unit,period,numerator,denominator,state\n"
                       "damp,parks,2012-13-Q1,1,10,final\n");
    const struct progress *progress = load();
    /* One of ten is damp, so nine are dry; what the homes say is a percentage alone. */
    const struct progress_row *dry = row_of(progress, "1.2b", "council");
    assert_string_equal(dry->rolled_words, "90.0%");
    assert_non_null(strstr(dry->reasoning, "9 of 10 in 1 parts together are 90.0%"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_of_suppliers_in_the_order_of_the_scheme),
        cmocka_unit_test(the_scheme_is_the_one_in_force),
        cmocka_unit_test(a_cumulative_count_is_compared_with_its_share),
        cmocka_unit_test(the_profile_stands_before_the_annual_target),
        cmocka_unit_test(a_complement_cites_the_value_that_it_comes_from),
        cmocka_unit_test(a_measure_that_nobody_supplies_is_shown),
        cmocka_unit_test(parts_make_the_whole),
        cmocka_unit_test(units_make_the_authority),
        cmocka_unit_test(what_is_missing_says_why_and_what_was_last),
        cmocka_unit_test(narratives_find_their_measures),
        cmocka_unit_test(everything_is_counted_once),
        cmocka_unit_test(returns_are_those_of_everybody_who_supplies),
        cmocka_unit_test(findings_stand_at_their_rows),
        cmocka_unit_test(one_unit_alone),
        cmocka_unit_test(what_is_not_there_is_said),
        cmocka_unit_test(targets_have_exact_words),
        cmocka_unit_test(sums_of_parts_are_exact_and_percentages_do_not_add),
        cmocka_unit_test(a_sum_of_complements_is_turned),
    };
    return cmocka_run_group_tests(tests, town_open, town_close);
}
