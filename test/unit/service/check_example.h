/* Rows of a return made in memory, for the tests of the check. Everything is static, because each
 * test is a program of one file. */
#ifndef TEST_CHECK_EXAMPLE_H
#define TEST_CHECK_EXAMPLE_H

#include <string.h>

#include "base/number.h"
#include "service/check.h"
#include "service/known_count.h"
#include "service/rating_of.h"
#include "support/support.h"

enum { MOST_LINES = 6, MOST_MEASURES = 2 };

/* A measure with its target, value and forecast; numbers are text, NULL where there is none. */
struct sample {
    int64_t id, parent;
    const char *title, *kind, *polarity, *unit, *accumulation, *population, *numerator_definition;
    const char *frequency;
    const char *comparator, *target, *upper, *baseline, *change, *profile;
    const char *value, *numerator, *denominator, *milestone, *as_at;
    const char *complement_value, *last_value;
    int64_t previous_revision;
    const char *forecast, *declared_reason;
};

/* Without `declared` the row is rated LG; without `criterion`, more of them attend. */
struct line {
    const char *reference, *criterion, *target, *progress, *value, *forecast, *declared, *missing;
    int64_t nothing_to_report, objective;
    struct sample samples[MOST_MEASURES]; /* used while they have an id */
};

struct example {
    const char *kind, *row; /* what must be found, and where; a NULL kind: nothing at all */
    struct line lines[MOST_LINES];
};

static int64_t number(const char *text)
{
    int64_t millionths = INTEGER_MISSING;
    int decimals = 0;
    if (text)
        assert_true(number_read(slice_of(text), &millionths, &decimals));
    return millionths;
}

static int64_t decimals_of(const char *text)
{
    int64_t millionths = 0;
    int decimals = 0;
    if (text)
        assert_true(number_read(slice_of(text), &millionths, &decimals));
    return decimals;
}

static const char *or_else(const char *text, const char *standard)
{
    return text ? text : standard;
}

static struct value *value_of(struct work *work, const char *text, const char *period)
{
    struct value *value = entity_row(work->arena, &value_entity);
    value->value = number(text);
    value->decimals = decimals_of(text);
    value->revision = 1;
    value->period = period;
    value->state = "final";
    return value;
}

static struct target *target_of(struct work *work, const struct sample *sample, const char *text,
                                const char *period)
{
    struct target *target = entity_row(work->arena, &target_entity);
    target->comparator = or_else(sample->comparator, "at-least");
    target->value = number(text);
    target->upper = number(sample->upper);
    target->baseline = number(sample->baseline);
    target->change_percent = number(sample->change);
    target->baseline_relative = sample->change != NULL;
    target->period = period;
    target->revision = 1;
    target->decimals = 0;
    return target;
}

static struct measure *measure_of(struct work *work, const struct sample *sample)
{
    struct measure *measure = entity_row(work->arena, &measure_entity);
    measure->id = sample->id;
    measure->parent = sample->parent ? sample->parent : INTEGER_MISSING;
    measure->code = arena_format(work->arena, "measure-%d", (int)sample->id);
    measure->title = or_else(sample->title, measure->code);
    measure->kind = or_else(sample->kind, "percentage");
    measure->polarity = or_else(sample->polarity, "higher");
    measure->unit_of_measure = or_else(sample->unit,
                                       strcmp(measure->kind, "count") == 0 ? "" : "%");
    measure->decimals = 0;
    measure->accumulation = or_else(sample->accumulation, "point");
    measure->population = sample->population;
    measure->numerator_definition = sample->numerator_definition;
    measure->frequency = or_else(sample->frequency, "quarterly");
    measure->variance = "relative";
    return measure;
}

static void add_forecast(struct work *work, const char *text, struct return_measure *measure)
{
    struct forecast *forecast = entity_row(work->arena, &forecast_entity);
    const struct forecast **forecasts = arena_array_of(work->arena, 1, const struct forecast *);
    forecast->value = number(text);
    forecast->period = "2012-13";
    forecasts[0] = forecast;
    measure->forecasts = forecasts;
    measure->forecast_count = 1;
}

static struct return_measure joined(struct work *work, const struct sample *sample,
                                    const char *reference)
{
    struct return_measure measure = { .reference = reference, .measure = measure_of(work, sample) };
    if (sample->target || sample->change)
        measure.annual = target_of(work, sample, sample->target, "2012-13");
    if (sample->profile)
        measure.profile = target_of(work, sample, sample->profile, "2012-13-Q1");
    struct value *value = value_of(work, sample->value, "2012-13-Q1");
    value->numerator = number(sample->numerator);
    value->denominator = number(sample->denominator);
    value->milestone = sample->milestone;
    value->as_at = sample->as_at;
    measure.value = value;
    if (sample->complement_value)
        measure.complement_value = value_of(work, sample->complement_value, "2012-13-Q1");
    if (sample->last_value)
        measure.last = value_of(work, sample->last_value, "2010-11");
    struct value *previous = value_of(work, NULL, "2011-12-Q4");
    previous->revision = sample->previous_revision ? sample->previous_revision : 1;
    measure.previous = previous;
    if (sample->forecast)
        add_forecast(work, sample->forecast, &measure);
    struct rating *declared = entity_row(work->arena, &rating_entity);
    declared->declared_reason = sample->declared_reason;
    measure.declared = declared;
    return measure;
}

static struct return_line line_of(struct work *work, const struct line *line,
                                  const struct return_head *head)
{
    struct return_row *row = entity_row(work->arena, &return_row_entity);
    struct objective *objective = entity_row(work->arena, &objective_entity);
    row->reference = line->reference;
    row->objective = objective->id = line->objective + 1;
    row->success_criterion = or_else(line->criterion, "More of them attend");
    row->target_text = line->target;
    row->progress = line->progress;
    row->value_text = line->value;
    row->forecast_text = line->forecast;
    row->declared = or_else(line->declared, "LG");
    row->missing = line->missing;
    row->nothing_to_report = line->nothing_to_report;
    objective->code = arena_format(work->arena, "plan-%d", (int)objective->id);
    struct return_measure *measures = arena_array_of(work->arena, MOST_MEASURES,
                                                     struct return_measure);
    struct return_line made = { .row = row,
                                .head = head,
                                .objective = objective,
                                .scheme_code = "plan",
                                .measures = measures };
    while (made.measure_count < MOST_MEASURES && line->samples[made.measure_count].id) {
        measures[made.measure_count] = joined(work, &line->samples[made.measure_count],
                                              line->reference);
        made.measure_count++;
    }
    return made;
}

/* Each row checked by itself, with the others beside it, says what it says among them. */
static void check_rows_alone(struct work *work, const struct return_view *view,
                             const struct check_basis *basis, const struct findings *all)
{
    for (size_t i = 0, told = 0; i < view->line_count; i++) {
        struct check_basis one = *basis;
        struct findings findings;
        one.scope = (struct check_scope){ "people", view->lines[i].row->reference };
        check_view(work->arena, view, &one, &findings);
        for (size_t k = 0; k < findings.list.count; k++, told++) {
            const struct finding *found = findings.list.items[k];
            assert_true(told < all->list.count);
            const struct finding *among = all->list.items[told];
            assert_string_equal(found->kind, among->kind);
            assert_string_equal(found->row, among->row);
            assert_string_equal(found->message, among->message);
            assert_string_equal(found->evidence, among->evidence);
        }
        if (i + 1 == view->line_count)
            assert_int_equal(told, all->list.count);
    }
}

/* `workforce` is of the snapshot; 0: there is none. */
static struct findings example_check(struct work *work, const struct example *example,
                                     int64_t workforce)
{
    struct return_head *head = arena_new_of(work->arena, struct return_head);
    struct return_view *view = arena_new_of(work->arena, struct return_view);
    struct known_counts known = { .workforce = workforce, .snapshot = "Workforce" };
    struct check_basis basis = { .known = &known };
    struct findings findings;
    *head = (struct return_head){ .unit_code = "people", .unit_name = "People" };
    *view = (struct return_view){ .period = { PERIOD_QUARTER, 2012, 1 },
                                  .period_code = "2012-13-Q1",
                                  .year_code = "2012-13",
                                  .start_month = 4 };
    view->authority.small_base = 30;
    view->lines = arena_array_of(work->arena, MOST_LINES, struct return_line);
    while (view->line_count < MOST_LINES && example->lines[view->line_count].reference) {
        view->lines[view->line_count] = line_of(work, &example->lines[view->line_count], head);
        view->line_count++;
    }
    assert_int_equal(rating_scale_load(work, "five-level", &basis.scale), STATUS_OK);
    assert_int_equal(people_words_read(work, &known.words), STATUS_OK);
    check_view(work->arena, view, &basis, &findings);
    check_rows_alone(work, view, &basis, &findings);
    return findings;
}

static inline struct findings example_run(struct work *work, const struct example *example)
{
    return example_check(work, example, 0);
}

/* A row and a measure whose number meets its target, to be varied. */
#define SAMPLE .id = 1, .target = "50", .value = "51"
#define ROW .reference = "1.1"

#endif
