/* What the check and the report read of a period, the same on both engines. */
#include "store/return_store.h"

#include <string.h>

#include "model/appointment.h"
#include "model/measure_objective.h"
#include "model/measure_supplier.h"
#include "model/person.h"
#include "model/post.h"
#include "store/entity_store.h"
#include "support/plan_rows.h"
#include "support/support.h"

static void put_authority(struct opened *opened)
{
    struct authority *authority = row_new(opened, &authority_entity);
    authority->code = "town";
    authority->name = "Town";
    authority->nation = "england";
    authority->kind = "unitary";
    authority->year_start_month = 4;
    authority->rating_scale = "five-level";
    authority->small_base = 30;
    (void)row_put(opened, &authority_entity, authority);
}

static void put_place(struct opened *opened, int64_t objective, const char *reference,
                      int64_t measure)
{
    struct measure_objective *place = row_new(opened, &measure_objective_entity);
    place->objective = objective;
    place->reference = reference;
    place->measure = measure;
    place->sequence = 1;
    (void)row_put(opened, &measure_objective_entity, place);
}

static void put_value(struct opened *opened, int64_t measure, int64_t unit, const char *period,
                      int64_t number)
{
    struct value *value = row_new(opened, &value_entity);
    value->measure = measure;
    value->unit = unit;
    value->period = period;
    value->breakdown = "";
    value->revision = value->latest = 1;
    value->value = number == INTEGER_MISSING ? number : number * NUMBER_ONE;
    value->decimals = 0;
    value->state = "final";
    (void)row_put(opened, &value_entity, value);
}

static void put_target(struct opened *opened, int64_t measure, int64_t unit, const char *period,
                       const char *kind, int64_t number)
{
    struct target *target = row_new(opened, &target_entity);
    target->measure = measure;
    target->unit = unit;
    target->period = period;
    target->kind = kind;
    target->revision = target->latest = 1;
    target->comparator = "at-least";
    target->value = number * NUMBER_ONE;
    target->decimals = 0;
    target->baseline_relative = 0;
    (void)row_put(opened, &target_entity, target);
}

static int64_t put_return(struct opened *opened, const char *code, int64_t unit)
{
    struct directorate_return *head = row_new(opened, &directorate_return_entity);
    head->code = code;
    head->period = "2012-13-Q1";
    head->unit = unit;
    head->state = "submitted";
    return row_put(opened, &directorate_return_entity, head);
}

static void put_line(struct opened *opened, int64_t head, int64_t objective, const char *reference,
                     int64_t measure)
{
    struct return_row *row = row_new(opened, &return_row_entity);
    row->directorate_return = head;
    row->reference = reference;
    row->sequence = 1;
    row->objective = objective;
    row->measure = measure;
    row->progress = reference;
    (void)row_put(opened, &return_row_entity, row);
}

/* Two units; row 2.3 has two measures as parts, row 2.4 has one part in a row of its own. */
static void fill(struct opened *opened)
{
    must(opened, store_begin(&opened->work));
    put_authority(opened);
    int64_t people = put_unit(opened, "people", INTEGER_MISSING),
            place = put_unit(opened, "place", INTEGER_MISSING);
    int64_t objective = put_objective(opened, 2, "Two");
    int64_t neet = put_measure(opened, "neet", INTEGER_MISSING);
    int64_t eet = put_measure(opened, "eet", neet);
    int64_t whole = put_measure(opened, "whole", INTEGER_MISSING);
    int64_t part = put_measure(opened, "part", INTEGER_MISSING);
    put_place(opened, objective, "2.3a", eet);
    put_place(opened, objective, "2.3b", whole);
    put_place(opened, objective, "2.30", part);
    put_place(opened, objective, "2.4a", part);
    put_value(opened, neet, people, "2012-13-Q1", 3);
    put_value(opened, eet, people, "2012-13-Q1", INTEGER_MISSING);
    put_value(opened, eet, people, "2011-12", 96);
    put_value(opened, eet, people, "2010-11", 95);
    put_value(opened, whole, people, "2012-13-Q1", 40);
    put_value(opened, whole, people, "2011-12-Q4", 39);
    put_value(opened, whole, people, "2011-12-Q1", 38);
    put_value(opened, whole, place, "2012-13-Q1", 99);
    put_target(opened, whole, people, "2012-13", "annual", 50);
    put_target(opened, whole, people, "2012-13-Q1", "profile", 41);
    put_target(opened, whole, people, "2013-14", "annual", 60);
    put_target(opened, eet, people, "2015-16", "annual", 99);
    put_target(opened, eet, people, "2014-15", "annual", 98);
    put_target(opened, eet, people, "2011-12", "annual", 90);
    int64_t own = put_return(opened, "people-q1", people);
    put_line(opened, own, objective, "2.3", INTEGER_MISSING);
    put_line(opened, own, objective, "2.4", INTEGER_MISSING);
    put_line(opened, own, objective, "2.4a", INTEGER_MISSING);
    put_line(opened, put_return(opened, "place-q1", place), objective, "9.9", whole);
    must(opened, store_commit(&opened->work));
}

static const struct return_line *line_at(const struct return_view *view, const char *reference)
{
    for (size_t i = 0; i < view->line_count; i++)
        if (strcmp(view->lines[i].row->reference, reference) == 0)
            return &view->lines[i];
    fail_msg("no line %s", reference);
    return NULL;
}

static struct return_view *load(struct opened *opened, const char *unit)
{
    struct return_view *view = NULL;
    struct period period = { PERIOD_QUARTER, 2012, 1 };
    must(opened, return_store_load(&opened->work, period,
                                   &(struct return_scope){ .draft_of = unit }, &view));
    return view;
}

static void a_row_gets_its_measures_and_their_records(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    const struct return_view *view = load(&opened, NULL);
    assert_int_equal(view->head_count, 2);
    assert_int_equal(view->line_count, 4);
    assert_string_equal(view->year_code, "2012-13");
    const struct return_line *line = line_at(view, "2.3");
    assert_string_equal(line->head->unit_code, "people");
    assert_string_equal(line->scheme_code, "plan");
    assert_int_equal(line->measure_count, 2);
    const struct return_measure *eet = &line->measures[0], *whole = &line->measures[1];
    assert_string_equal(eet->reference, "2.3a");
    assert_string_equal(eet->complement->code, "neet");
    assert_int_equal(eet->complement_value->value, 3 * NUMBER_ONE);
    assert_int_equal(eet->last->value, 96 * NUMBER_ONE);
    assert_int_equal(eet->annual->value, 98 * NUMBER_ONE);
    assert_int_equal(whole->value->value, 40 * NUMBER_ONE);
    assert_int_equal(whole->previous->value, 39 * NUMBER_ONE);
    assert_int_equal(whole->year_before->value, 38 * NUMBER_ONE);
    assert_null(whole->last);
    assert_int_equal(whole->annual->value, 50 * NUMBER_ONE);
    assert_int_equal(whole->profile->value, 41 * NUMBER_ONE);
    assert_null(whole->complement);
    assert_int_equal(whole->forecast_count, 0);
    opened_end(&opened);
}

static void a_part_with_a_row_of_its_own_stands_there_alone(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    const struct return_view *view = load(&opened, NULL);
    assert_int_equal(line_at(view, "2.4")->measure_count, 0);
    assert_int_equal(line_at(view, "2.4a")->measure_count, 1);
    assert_int_equal(line_at(view, "9.9")->measure_count, 1);
    assert_int_equal(line_at(view, "9.9")->measures[0].value->value, 99 * NUMBER_ONE);
    opened_end(&opened);
}

static bool has_line(const struct return_view *view, const char *reference)
{
    for (size_t i = 0; i < view->line_count; i++)
        if (strcmp(view->lines[i].row->reference, reference) == 0)
            return true;
    return false;
}

static void rows_that_are_still_written_are_their_own_units(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    assert_true(has_line(load(&opened, NULL), "9.9"));
    must(&opened, store_run(&opened.work,
                            "UPDATE directorate_return SET state = 'sent-back' "
                            "WHERE code = 'place-q1'",
                            NULL, 0, NULL));
    assert_false(has_line(load(&opened, NULL), "9.9"));
    assert_false(has_line(load(&opened, "people"), "9.9"));
    assert_true(has_line(load(&opened, "place"), "9.9"));
    assert_true(has_line(load(&opened, "place"), "2.3"));
    assert_int_equal(load(&opened, NULL)->head_count, 2);
    opened_end(&opened);
}

static struct directorate_return *head_of(struct opened *opened, const char *code)
{
    struct directorate_return *head = row_new(opened, &directorate_return_entity);
    head->code = code;
    must(opened, entity_store_find(&opened->work, &directorate_return_entity, head, head));
    return head;
}

static struct return_view *load_alone(struct opened *opened, const char *code, bool is_for_rating)
{
    struct return_view *view = NULL;
    struct period period = { PERIOD_QUARTER, 2012, 1 };
    const struct return_scope scope = { .alone = head_of(opened, code),
                                        .is_for_rating = is_for_rating };
    must(opened, return_store_load(&opened->work, period, &scope, &view));
    return view;
}

/* Every record has its id as its first member. */
static int64_t id_at(const void *record)
{
    return record ? *(const int64_t *)record : 0;
}

static void assert_same_measure(const struct return_measure *a, const struct return_measure *b)
{
    assert_string_equal(a->reference, b->reference);
    assert_int_equal(id_at(a->measure), id_at(b->measure));
    assert_int_equal(id_at(a->annual), id_at(b->annual));
    assert_int_equal(id_at(a->profile), id_at(b->profile));
    assert_int_equal(id_at(a->value), id_at(b->value));
    assert_int_equal(id_at(a->complement), id_at(b->complement));
    assert_int_equal(id_at(a->complement_value), id_at(b->complement_value));
}

static void one_return_is_read_alone_as_among_all(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    const struct return_view *all = load(&opened, NULL);
    const struct return_view *alone = load_alone(&opened, "people-q1", false);
    const struct return_view *rated = load_alone(&opened, "people-q1", true);
    assert_int_equal(alone->head_count, 1);
    assert_int_equal(alone->line_count, 3);
    assert_int_equal(rated->line_count, 3);
    for (size_t i = 0; i < alone->line_count; i++) {
        const struct return_line *line = &alone->lines[i];
        const struct return_line *among = line_at(all, line->row->reference);
        assert_int_equal(line->measure_count, among->measure_count);
        for (size_t k = 0; k < line->measure_count; k++) {
            const struct return_measure *measure = &line->measures[k];
            assert_same_measure(measure, &among->measures[k]);
            assert_int_equal(id_at(measure->previous), id_at(among->measures[k].previous));
            assert_int_equal(id_at(measure->year_before), id_at(among->measures[k].year_before));
            assert_int_equal(id_at(measure->last), id_at(among->measures[k].last));
            assert_same_measure(&rated->lines[i].measures[k], measure);
            assert_null(rated->lines[i].measures[k].previous);
            assert_null(rated->lines[i].measures[k].last);
        }
    }
    opened_end(&opened);
}

/* 2.3b is a part of 2.3 unless another unit that has given its return has a row for it. */
static void a_part_may_have_its_row_in_another_return(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    assert_int_equal(line_at(load_alone(&opened, "people-q1", true), "2.3")->measure_count, 2);
    int64_t objective = line_at(load(&opened, NULL), "2.3")->row->objective;
    put_line(&opened, head_of(&opened, "place-q1")->id, objective, "2.3b", INTEGER_MISSING);
    assert_int_equal(line_at(load(&opened, NULL), "2.3")->measure_count, 1);
    assert_int_equal(line_at(load_alone(&opened, "people-q1", true), "2.3")->measure_count, 1);
    must(&opened, store_run(&opened.work,
                            "UPDATE directorate_return SET state = 'due' WHERE code = 'place-q1'",
                            NULL, 0, NULL));
    assert_int_equal(line_at(load(&opened, NULL), "2.3")->measure_count, 2);
    assert_int_equal(line_at(load_alone(&opened, "people-q1", true), "2.3")->measure_count, 2);
    opened_end(&opened);
}

static void what_stands_beside_the_rows_of_a_unit(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    fill(&opened);
    const struct directorate_return *head = head_of(&opened, "people-q1");
    static const char *const periods[RETURN_PERIODS_MOST] = { "2011-12-Q4", "2011-12-Q1" };
    struct list values = { 0 }, texts = { 0 }, suppliers = { 0 };
    must(&opened, return_store_values(&opened.work, head->unit, periods, &values));
    assert_int_equal(values.count, 2);
    assert_int_equal(((const struct value *)values.items[0])->value, 39 * NUMBER_ONE);
    must(&opened, return_store_other_progress(&opened.work, head, &texts));
    assert_int_equal(texts.count, 1);
    assert_string_equal(texts.items[0], "9.9");
    must(&opened, return_store_suppliers(&opened.work, head->unit, &suppliers));
    assert_int_equal(suppliers.count, 0);
    struct measure_supplier *supplier = row_new(&opened, &measure_supplier_entity);
    struct post *post = row_new(&opened, &post_entity);
    post->code = "head";
    post->title = "Head of schools";
    supplier->post = row_put(&opened, &post_entity, post);
    supplier->roll_up = "separate";
    supplier->unit = head->unit;
    supplier->measure = ((const struct value *)values.items[0])->measure;
    (void)row_put(&opened, &measure_supplier_entity, supplier);
    must(&opened, return_store_suppliers(&opened.work, head->unit, &suppliers));
    assert_int_equal(suppliers.count, 1);
    const struct return_supplier *found = suppliers.items[0];
    assert_string_equal(found->words, "Head of schools");
    assert_int_equal(found->measure, supplier->measure);
    assert_true(found->is_vacant); /* nobody was ever appointed */
    struct person *person = row_new(&opened, &person_entity);
    struct appointment *appointment = row_new(&opened, &appointment_entity);
    person->code = "ada";
    person->name = "Ada Made-Up";
    appointment->person = row_put(&opened, &person_entity, person);
    appointment->post = supplier->post;
    appointment->valid_from = "2000-01-01";
    (void)row_put(&opened, &appointment_entity, appointment);
    must(&opened, return_store_suppliers(&opened.work, head->unit, &suppliers));
    assert_false(((const struct return_supplier *)suppliers.items[0])->is_vacant);
    opened_end(&opened);
}

static void an_empty_workspace_is_refused_in_words(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct return_view *view = NULL;
    struct period period = { PERIOD_QUARTER, 2012, 1 };
    assert_int_equal(return_store_load(&opened.work, period, &(struct return_scope){ 0 }, &view),
                     STATUS_NOT_FOUND);
    assert_null(view);
    assert_non_null(strstr(opened.work.error, "authority"));
    opened_end(&opened);
}

/* Whether parameter $number is compared with a reference to a row. */
static bool takes_number(struct arena *arena, const char *sql, size_t number)
{
    const char *const at[] = { arena_format(arena, "unit = $%zu", number),
                               arena_format(arena, "id = $%zu", number),
                               arena_format(arena, "measure = $%zu", number),
                               arena_format(arena, "directorate_return = $%zu", number),
                               arena_format(arena, "CAST($%zu AS bigint)", number) };
    for (size_t i = 0; i < ARRAY_COUNT(at); i++)
        if (strstr(sql, at[i]))
            return true;
    return false;
}

static void each_statement_prepares(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    for (size_t i = 0; i < return_store_statement_count; i++) {
        const char *sql = return_store_statements[i];
        struct parameter parameters[8];
        struct cursor *cursor = NULL;
        size_t count = 0;
        while (strstr(sql, arena_format(opened.work.arena, "$%zu", count + 1))) {
            count++;
            parameters[count - 1] = takes_number(opened.work.arena, sql, count)
                                        ? parameter_integer(1)
                                        : parameter_text("2012-13");
        }
        must(&opened, store_query(&opened.work, sql, parameters, count, &cursor));
        assert_int_equal(cursor_next(cursor), STATUS_END);
        cursor_close(cursor);
    }
    opened_end(&opened);
}

/* The statements name the columns of each entity in the order of its fields. */
static void columns_are_those_of_the_entities(void **state)
{
    (void)state;
    struct work work = support_work();
    static const struct {
        const struct entity *entity;
        const char *alias;
    } used[] = {
        { &authority_entity, "a" },
        { &directorate_return_entity, "r" },
        { &return_row_entity, "w" },
        { &objective_entity, "o" },
        { &measure_objective_entity, "p" },
        { &measure_entity, "m" },
        { &target_entity, "t" },
        { &value_entity, "v" },
        { &forecast_entity, "f" },
        { &rating_entity, "g" },
    };
    for (size_t i = 0; i < ARRAY_COUNT(used); i++) {
        const char *columns = columns_of(work.arena, used[i].entity, used[i].alias);
        size_t found = 0;
        for (size_t j = 0; j < return_store_statement_count; j++)
            found += strstr(return_store_statements[j], columns) != NULL;
        if (found == 0)
            print_error("%s\n", used[i].entity->name);
        assert_true(found > 0);
    }
    support_work_end(&work);
}

MAIN_ON_BOTH("store/return_store", ON_BOTH(a_row_gets_its_measures_and_their_records),
             ON_BOTH(a_part_with_a_row_of_its_own_stands_there_alone),
             ON_BOTH(rows_that_are_still_written_are_their_own_units),
             ON_BOTH(one_return_is_read_alone_as_among_all),
             ON_BOTH(a_part_may_have_its_row_in_another_return),
             ON_BOTH(what_stands_beside_the_rows_of_a_unit),
             ON_BOTH(an_empty_workspace_is_refused_in_words), ON_BOTH(each_statement_prepares),
             cmocka_unit_test(columns_are_those_of_the_entities))
