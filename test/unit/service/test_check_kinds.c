/* Each kind of finding on the smallest row that shows it, and on its honest neighbour. */
#include "service/check.h"

#include <string.h>

#include "base/embedded.h"
#include "base/file.h"
#include "base/number.h"
#include "service/rating_of.h"
#include "support/support.h"

enum { MOST_LINES = 6, MOST_MEASURES = 2, MOST_PAGE = 1 << 20 };

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

static struct findings run(struct work *work, const struct example *example)
{
    struct return_head *head = arena_new_of(work->arena, struct return_head);
    struct return_view *view = arena_new_of(work->arena, struct return_view);
    const struct scale *scale = NULL;
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
    assert_int_equal(rating_scale_load(work, "five-level", &scale), STATUS_OK);
    check_view(work->arena, view, scale, &findings);
    return findings;
}

static void print_findings(const struct findings *findings)
{
    for (size_t i = 0; i < findings->list.count; i++) {
        const struct finding *finding = findings->list.items[i];
        print_error("found %s at %s: %s\n", finding->kind, finding->row, finding->message);
    }
}

/* A row and a measure whose number meets its target, to be varied. */
#define SAMPLE .id = 1, .target = "50", .value = "51"
#define ROW .reference = "1.1"

static const struct example examples[] = {
    /* nothing wrong */
    { NULL,
      NULL,
      { { ROW, .progress = "51% attend.", .value = "51%", .samples = { { SAMPLE } } } } },
    { NULL, NULL, { { ROW, .progress = "", .value = "51%", .samples = { { SAMPLE } } } } },

    /* rating-contradicts-value */
    { "rating-contradicts-value",
      "1.1",
      { { ROW, .progress = "40% attend.",
          .samples = { { .id = 1, .target = "50", .value = "40" } } } } },
    { "rating-contradicts-value",
      "1.1",
      { { ROW, .declared = "amber", .progress = "51% attend.", .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "40% attend.",
          .samples = { { .id = 1,
                         .target = "50",
                         .value = "40",
                         .declared_reason = "The hall was shut for a month." } } } } },
    { "rating-contradicts-value",
      "1.1",
      { { ROW, .declared = "HG", .progress = "Draft toolkit written.",
          .samples = { { .id = 1,
                         .kind = "milestone",
                         .polarity = "milestone",
                         .milestone = "on-track" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "A", .progress = "Draft toolkit written.",
          .samples = { { .id = 1,
                         .kind = "milestone",
                         .polarity = "milestone",
                         .milestone = "on-track" } } } } },
    { "rating-contradicts-value",
      "1.1", /* the last value, because the row prints it */
      { { ROW, .progress = "It was 17.6% in 2011.", .value = "17.6%",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "11.5",
                         .last_value = "17.6",
                         .frequency = "yearly" } } } } },

    /* forecast-as-position; the rating contradicts the value too */
    { "forecast-as-position",
      "1.1",
      { { ROW, .progress = "4.8% now; we expect 10% by September.", .value = "4.8%",
          .samples = { { .id = 1, .target = "18", .value = "4.8" } } } } },
    { "forecast-as-position",
      "1.1",
      { { ROW, .progress = "4.8% now.", .forecast = "10%",
          .samples = { { .id = 1, .target = "18", .value = "4.8" } } } } },
    { "forecast-as-position",
      "1.1",
      { { ROW, .progress = "4.8% now.",
          .samples = { { .id = 1, .target = "18", .value = "4.8", .forecast = "17" } } } } },
    { "forecast-as-position",
      "1.1",
      { { ROW, .progress = "10% had such plans; 6% by the end of March 2013.", .value = "10%",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "6",
                         .value = "10" } } } } },
    { NULL,
      NULL, /* rated by the position */
      { { ROW, .declared = "HR", .progress = "4.8% now; we expect 10% by September.",
          .samples = { { .id = 1, .target = "18", .value = "4.8" } } } } },

    /* boundary-misread */
    { "boundary-misread",
      "1.1",
      { { ROW, .declared = "HG", .criterion = "Repeat cases remain below 25%",
          .progress = "We are at 25%.",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "below",
                         .target = "25",
                         .value = "25" } } } } },
    { "boundary-misread",
      "1.1", /* by its words alone */
      { { ROW, .criterion = "Fewer than 10 complaints", .progress = "10 complaints came.",
          .samples = { { .id = 1,
                         .kind = "count",
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "10",
                         .value = "10" } } } } },
    { NULL,
      NULL,
      { { ROW, .criterion = "No more than 25%", .progress = "We are at 25%.",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "25",
                         .value = "25" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "A", .criterion = "Remain below 25%", .progress = "We are at 25%.",
          .samples = { { .id = 1,
                         .polarity = "lower",
                         .comparator = "below",
                         .target = "25",
                         .value = "25" } } } } },

    /* target-differs-in-row */
    { "target-differs-in-row",
      "1.1",
      { { ROW, .criterion = "More live on their own (target of 50% by March 2013)",
          .target = "50% by March 2013", .progress = "51% against a target of 48%.",
          .samples = { { SAMPLE } } } } },
    { "target-differs-in-row",
      "1.1",
      { { ROW, .target = "50%", .progress = "51%, and an average over two years of 42.5%.",
          .samples = { { SAMPLE } } } } },
    { "target-differs-in-row",
      "1.1",
      { { ROW, .criterion = "At least 55% attend", .target = "50%", .progress = "51% attend.",
          .samples = { { SAMPLE } } } } },
    { "target-differs-in-row",
      "1.1",
      { { ROW, .target = "47%", .progress = "51% attend.", .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .target = "50%", .progress = "51%; the target for the quarter is 48%.",
          .samples = { { SAMPLE, .profile = "48", .declared_reason = "x" } } } } },
    { NULL,
      NULL,
      { { ROW, .target = "50%", .progress = "51%. The target for 2011/12 was 45%.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .target = "50%", .progress = "51%, above target.", .samples = { { SAMPLE } } } } },

    /* narrative-duplicated */
    { "narrative-duplicated",
      "1.1",
      { { ROW, .progress = "2 of the 10 events of the calendar took place to full houses.",
          .samples = { { SAMPLE } } },
        { .reference = "1.2",
          .criterion = "Ten events of the calendar each year",
          .declared = "LG",
          .progress = "2 of the 10 events of the calendar took place, to full houses",
          .samples = { { .id = 2, .target = "50", .value = "51" } } } } },
    { NULL,
      NULL, /* short, and so general */
      { { ROW, .progress = "Target met: 51%.", .samples = { { SAMPLE } } },
        { .reference = "1.2",
          .criterion = "B",
          .declared = "LG",
          .progress = "Target met: 51%.",
          .samples = { { .id = 2, .target = "50", .value = "51" } } } } },
    { NULL,
      NULL, /* other figures */
      { { ROW, .progress = "The Q1 figure is 51% and it is above the same period last year.",
          .samples = { { SAMPLE } } },
        { .reference = "1.2",
          .criterion = "B",
          .declared = "LG",
          .progress = "The Q1 figure is 52% and it is above the same period last year.",
          .samples = { { .id = 2, .target = "50", .value = "52" } } } } },

    /* measure-duplicated */
    { "measure-duplicated",
      "1.1",
      { { ROW, .criterion = "The number in work or school is kept at 50%", .progress = "51% were.",
          .samples = { { SAMPLE } } },
        { .reference = "2.1",
          .objective = 1,
          .criterion = "50% stay in school or employment",
          .declared = "LG",
          .progress = "It is 51% now.",
          .samples = { { SAMPLE } } } } },
    { "measure-duplicated",
      "2.1",
      { { ROW, .criterion = "Young people stay in education, training or employment",
          .progress = "51% do.", .samples = { { SAMPLE } } },
        { .reference = "2.1",
          .criterion = "Young people in training, education or employment stay",
          .declared = "LG",
          .progress = "51% stay.",
          .samples = { { .id = 2, .target = "50", .value = "51" } } } } },
    { NULL,
      NULL, /* one wording under two objectives */
      { { ROW, .progress = "51% were.", .samples = { { SAMPLE } } },
        { .reference = "2.1",
          .objective = 1,
          .criterion = "More of them attend",
          .declared = "LG",
          .progress = "It is 51% now.",
          .samples = { { SAMPLE } } } } },

    /* inverse-of-target */
    { "inverse-of-target",
      "1.1",
      { { ROW, .progress = "The NEET rate was 2.5%.", .value = "2.5%",
          .samples = { { .id = 1, .target = "97", .complement_value = "2.5" } } } } },
    { "inverse-of-target",
      "1.1",
      { { ROW, .progress = "2.5% did not attend.", .value = "2.5%",
          .samples = { { .id = 1, .target = "97", .value = "97.5" } } } } },
    { "inverse-of-target",
      "1.1",
      { { ROW, .progress = "4% did not attend.", .declared = "LG", .value = "4%",
          .samples = { { .id = 1, .target = "95" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "97.5% are in school, so 2.5% are NEET.", .value = "97.5%",
          .samples = { { .id = 1,
                         .target = "97",
                         .value = "97.5",
                         .complement_value = "2.5" } } } } },
    { NULL,
      NULL, /* the criterion denies as well */
      { { ROW, .declared = "HG", .criterion = "More clients do not need a service",
          .progress = "82% did not need one.",
          .samples = { { .id = 1, .target = "70", .value = "82" } } } } },

    /* missing-untyped */
    { "missing-untyped",
      "1.1",
      { { ROW, .declared = "?", .progress = "Next survey in October.",
          .samples = { { .id = 1, .kind = "survey", .target = "50" } } } } },
    { "missing-untyped",
      "1.1",
      { { ROW, .declared = "", .progress = "The tender is out.",
          .samples = { { .id = 1,
                         .kind = "milestone",
                         .polarity = "milestone",
                         .milestone = "on-track" } } } } },
    { "missing-untyped",
      "1.1",
      { { ROW, .declared = "LR", .progress = "The surveys have yet to come in.",
          .samples = { { .id = 1, .kind = "survey", .target = "50" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "?", .missing = "awaited", .progress = "Next survey in October.",
          .samples = { { .id = 1, .kind = "survey", .target = "50" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "", .nothing_to_report = 1, .progress = "",
          .samples = { { .id = 1, .target = "50" } } } } },
    { NULL,
      NULL, /* a row whose parts have rows */
      { { .reference = "1.1",
          .criterion = "The plan is carried out",
          .declared = "",
          .progress = "" },
        { .reference = "1.1a",
          .criterion = "Part one",
          .declared = "LG",
          .progress = "51% are.",
          .samples = { { SAMPLE } } } } },

    /* several-measures-in-row */
    { "several-measures-in-row",
      "1.1",
      { { ROW, .progress = "51% and 52%.",
          .samples = { { SAMPLE }, { .id = 2, .target = "50", .value = "52" } } } } },
    { "several-measures-in-row",
      "1.1",
      { { ROW, .criterion = "No more than 60% of the one and no more than 50% of the other",
          .declared = "", .missing = "awaited", .progress = "Not known." } } },
    { NULL,
      NULL,
      { { ROW, .criterion = "Between 40 and 60 people, at least 5 of them young",
          .progress = "51 people came.", .declared = "", .missing = "awaited" } } },

    /* restatement-unrecorded */
    { "restatement-unrecorded",
      "1.1",
      { { ROW, .progress = "51%. Last year's figure may need to be revised.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51%. Last year's figure has been corrected.",
          .samples = { { SAMPLE, .previous_revision = 2 } } } } },

    /* small-base */
    { "small-base",
      "1.1",
      { { ROW, .progress = "51%.",
          .samples = { { .id = 1, .target = "50", .numerator = "14", .denominator = "27" } } } } },
    { "small-base",
      "1.1",
      { { ROW, .progress = "51%.",
          .samples = { { .id = 1, .target = "50", .numerator = "51", .denominator = "100" } } } } },
    { "small-base",
      "1.1",
      { { ROW, .progress = "51%. The relatively small numbers make it volatile.",
          .samples = { { SAMPLE } } } } },
    { "small-base",
      "1.1",
      { { ROW, .progress = "11 of 22 attend: 50%", .value = "50%",
          .samples = { { .id = 1, .target = "50", .value = "50" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51%.",
          .samples = { { .id = 1,
                         .target = "50",
                         .numerator = "153",
                         .denominator = "300" } } } } },
    { NULL,
      NULL, /* all of sixty reports is no sample */
      { { ROW, .progress = "100%.",
          .samples = { { .id = 1, .target = "100", .numerator = "60", .denominator = "60" } } } } },

    /* cumulative-misjudged */
    { "cumulative-misjudged",
      "1.1",
      { { ROW, .declared = "A", .progress = "40 so far.",
          .samples = { { .id = 1,
                         .kind = "count",
                         .accumulation = "cumulative",
                         .target = "200",
                         .value = "40" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51 so far.",
          .samples = { { .id = 1,
                         .kind = "count",
                         .accumulation = "cumulative",
                         .target = "200",
                         .value = "51" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "40 so far.",
          .samples = { { .id = 1,
                         .kind = "count",
                         .accumulation = "cumulative",
                         .target = "200",
                         .profile = "40",
                         .value = "40" } } } } },

    /* rated-without-baseline */
    { "rated-without-baseline",
      "1.1",
      { { ROW, .declared = "LR", .progress = "Baseline to be established.",
          .samples = { { .id = 1, .change = "10" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "", .missing = "baseline-not-set", .progress = "Baseline to be set.",
          .samples = { { .id = 1, .change = "10" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "45% of families, from a baseline of 40%.",
          .samples = { { .id = 1, .change = "10", .baseline = "40", .value = "45" } } } } },

    /* percentage-contradicted */
    { "percentage-contradicted",
      "1.1",
      { { ROW, .progress = "15% increase: 86 in Q4 2011-12, 101 in Q1 2012-13.", .value = "101",
          .samples = { { .id = 1, .kind = "count", .target = "100", .value = "101" } } } } },
    { "percentage-contradicted",
      "1.1",
      { { ROW, .progress = "51 of 90 attend (51%).", .value = "51%",
          .samples = { { SAMPLE } } } } },
    { "percentage-contradicted",
      "1.1",
      { { ROW, .declared = "HR", .progress = "23 were achieved (95%).", .value = "23",
          .samples = { { .id = 1, .kind = "count", .target = "27", .value = "23" } } } } },
    { NULL,
      NULL,
      { { ROW, .declared = "HR", .progress = "23 were achieved (85%).", .value = "23",
          .samples = { { .id = 1, .kind = "count", .target = "27", .value = "23" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "17.4% increase: 86 in Q4 2011-12, 101 in Q1 2012-13.", .value = "101",
          .samples = { { .id = 1, .kind = "count", .target = "100", .value = "101" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "460 of 900 attend, roughly 50%.", .value = "51%",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL, /* points, and a fall said as one */
      { { ROW, .progress = "Down 10% from 50 to 45.", .value = "45",
          .samples = { { .id = 1,
                         .kind = "count",
                         .polarity = "lower",
                         .comparator = "at-most",
                         .target = "45",
                         .value = "45" } } } } },

    /* period-stale */
    { "period-stale",
      "1.1",
      { { ROW, .progress = "It was 51% at the end of Q1 2011-12.", .samples = { { SAMPLE } } } } },
    { "period-stale",
      "1.1",
      { { ROW, .progress = "Q4 performance is 51%.", .samples = { { SAMPLE } } } } },
    { "period-stale",
      "1.1",
      { { ROW, .progress = "The 2010/11 figure is 51%.", .samples = { { SAMPLE } } } } },
    { "period-stale",
      "1.1",
      { { ROW, .progress = "51% attend.", .samples = { { SAMPLE, .as_at = "2011-06-30" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51% in Q1 2012-13 after 45% in Q1 2011-12.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "51%, higher than in the same period of 2010/11.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "The 2010/11 figure is 51%.",
          .samples = { { SAMPLE, .frequency = "yearly" } } } } },

    /* value-without-number */
    { "value-without-number",
      "1.1",
      { { ROW, .progress = "Target met.", .samples = { { .id = 1, .target = "50" } } } } },
    { NULL,
      NULL,
      { { ROW, .progress = "Nil achieved.", .declared = "HR",
          .samples = { { .id = 1, .kind = "count", .target = "50" } } } } },
    { NULL, NULL, { { ROW, .progress = "Target met.", .samples = { { SAMPLE } } } } },

    /* population-misnamed */
    { "population-misnamed",
      "1.1",
      { { ROW, .criterion = "Obese children in years 5 and 6", .progress = "51%.",
          .samples = { { SAMPLE, .population = "Children in Reception and Year 6" } } } } },
    { "population-misnamed",
      "1.1",
      { { ROW, .criterion = "Young people aged 16 to 19", .progress = "51%.",
          .samples = { { SAMPLE, .population = "16-18 year olds" } } } } },
    { "population-misnamed",
      "1.1",
      { { ROW, .criterion = "Children in years 5 and 6", .progress = "Year 6: 51%.",
          .samples = { { SAMPLE } } } } },
    { NULL,
      NULL,
      { { ROW, .criterion = "Young people aged 16 to 18", .progress = "51%.",
          .samples = { { SAMPLE, .population = "16-18 year olds" } } } } },

    /* discloses-person */
    { "discloses-person",
      "1.3",
      { { .reference = "1.1",
          .criterion = "A",
          .declared = "HR",
          .progress = "16.13%",
          .samples = { { .id = 1,
                         .target = "20",
                         .value = "16.13",
                         .population = "Top earners" } } },
        { .reference = "1.2",
          .criterion = "B",
          .declared = "A",
          .progress = "47.58%",
          .samples = { { .id = 2,
                         .target = "50",
                         .value = "47.58",
                         .population = "Top earners" } } },
        { .reference = "1.3",
          .criterion = "C",
          .declared = "HR",
          .progress = "1.61%",
          .samples = { { .id = 3,
                         .target = "5",
                         .value = "1.61",
                         .population = "Top earners" } } } } },
    { "discloses-person",
      "1.1",
      { { ROW, .declared = "HR", .progress = "One in 40: 2.5%", .value = "2.5%",
          .samples = { { .id = 1,
                         .target = "5",
                         .numerator = "1",
                         .denominator = "40",
                         .value = "2.5",
                         .population = "Senior staff" } } } } },
    { NULL,
      NULL, /* whole per cents of a large group */
      { { .reference = "1.1",
          .criterion = "A",
          .declared = "HR",
          .progress = "16%",
          .samples = { { .id = 1, .target = "20", .value = "16", .population = "Top earners" } } },
        { .reference = "1.2",
          .criterion = "B",
          .declared = "A",
          .progress = "48%",
          .samples = { { .id = 2,
                         .target = "50",
                         .value = "48",
                         .population = "Top earners" } } } } },
};

static void each_kind_is_found_and_its_neighbour_is_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(examples); i++) {
        const struct example *example = &examples[i];
        struct work work = support_work();
        struct findings findings = run(&work, example);
        bool right = example->kind ? findings_count(&findings, example->kind, example->row) == 1
                                   : findings.list.count == 0;
        if (!right) {
            print_error("example %zu (%s): %s\n", i, example->kind ? example->kind : "none",
                        example->lines[0].progress);
            print_findings(&findings);
        }
        assert_true(right);
        support_work_end(&work);
    }
}

static void each_kind_has_an_example(void **state)
{
    (void)state;
    for (size_t kind = 0; kind < check_kind_count; kind++) {
        size_t count = 0;
        for (size_t i = 0; i < ARRAY_COUNT(examples); i++)
            count += examples[i].kind && strcmp(examples[i].kind, check_kinds[kind].name) == 0;
        if (count == 0)
            print_error("no example of %s\n", check_kinds[kind].name);
        assert_true(count > 0);
    }
}

static void boundary_replaces_the_plain_contradiction(void **state)
{
    (void)state;
    struct work work = support_work();
    static const struct example example = { NULL,
                                            NULL,
                                            { { ROW, .criterion = "Remain below 25%",
                                                .progress = "25%",
                                                .samples = { { .id = 1,
                                                               .polarity = "lower",
                                                               .comparator = "below",
                                                               .target = "25",
                                                               .value = "25" } } } } };
    struct findings findings = run(&work, &example);
    assert_int_equal(findings_count(&findings, "boundary-misread", "1.1"), 1);
    assert_int_equal(findings_count(&findings, "rating-contradicts-value", NULL), 0);
    support_work_end(&work);
}

static void a_message_gives_no_person_away(void **state)
{
    (void)state;
    struct work work = support_work();
    for (size_t i = 0; i < ARRAY_COUNT(examples); i++) {
        struct findings findings = run(&work, &examples[i]);
        for (size_t j = 0; j < findings.list.count; j++) {
            const struct finding *finding = findings.list.items[j];
            if (strcmp(finding->kind, "discloses-person") == 0) {
                assert_null(strstr(finding->message, "1.61"));
                assert_null(strstr(finding->message, "2.5"));
            }
        }
    }
    support_work_end(&work);
}

static void findings_become_json_with_eight_keys(void **state)
{
    (void)state;
    struct work work = support_work();
    static const struct example example = {
        NULL, NULL, { { ROW, .declared = "?", .progress = "Quoted \"words\"\nand a line" } }
    };
    struct findings findings = run(&work, &example);
    json_t *array = findings_as_json(&findings);
    assert_int_equal(json_array_size(array), 1);
    const json_t *object = json_array_get(array, 0);
    static const char *const keys[] = { "kind", "severity", "objective", "measure",
                                        "unit", "row",      "message",   "evidence" };
    assert_int_equal(json_object_size(object), ARRAY_COUNT(keys));
    for (size_t i = 0; i < ARRAY_COUNT(keys); i++)
        assert_non_null(json_object_get(object, keys[i]));
    assert_true(json_is_null(json_object_get(object, "measure")));
    assert_string_equal(json_string_value(json_object_get(object, "row")), "1.1");
    assert_string_equal(json_string_value(json_object_get(object, "severity")), "error");
    json_decref(array);
    support_work_end(&work);
}

static void table_rules_and_page_agree(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice rules, page, line;
    assert_true(embedded_find("rules/finding_kinds.csv", &rules));
    assert_int_equal(file_read(&work, support_path(&work, "docs/findings.md"), MOST_PAGE, &page),
                     STATUS_OK);
    assert_true(slice_split(&rules, '\n', &line));
    assert_true(slice_is(line, "kind,severity,title,explanation,remedy"));
    for (size_t i = 0; i < check_kind_count; i++) {
        const char *severity = finding_severity_code(check_kinds[i].severity);
        assert_true(slice_split(&rules, '\n', &line));
        assert_true(
            slice_starts(line, arena_format(work.arena, "%s,%s,", check_kinds[i].name, severity)));
        ptrdiff_t section = slice_find(page,
                                       arena_format(work.arena, "\n## %s\n", check_kinds[i].name));
        assert_true(section >= 0);
        struct slice told = slice_from(page, (size_t)section);
        ptrdiff_t place = slice_find_folded(told, arena_format(work.arena, "*%s.*", severity));
        assert_true(place >= 0 && place < 80);
        assert_true(slice_find(told, "*Example:*") >= 0);
    }
    assert_true(rules.length == 0);
    size_t sections = 0;
    for (ptrdiff_t at; (at = slice_find(page, "\n## ")) >= 0; sections++)
        page = slice_from(page, (size_t)at + 1);
    assert_int_equal(sections, check_kind_count);
    support_work_end(&work);
}

static void a_scale_that_is_not_there_is_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct scale *scale = NULL;
    assert_int_equal(rating_scale_load(&work, "seven-level", &scale), STATUS_INPUT);
    assert_non_null(strstr(work.error, "seven-level"));
    support_work_end(&work);
}

static void levels_are_read_by_code_name_and_word(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct scale *scale = NULL;
    assert_int_equal(rating_scale_load(&work, "five-level", &scale), STATUS_OK);
    static const char *const same[] = { "LG", "lg", " LG ", "Low Green", "low green", "Good" };
    for (size_t i = 0; i < ARRAY_COUNT(same); i++)
        assert_string_equal(rating_declared(scale, same[i])->code, "LG");
    static const char *const none[] = { "?", "", " ", "Green", "n/a" };
    for (size_t i = 0; i < ARRAY_COUNT(none); i++)
        assert_null(rating_declared(scale, none[i]));
    assert_null(rating_declared(scale, NULL));
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_is_found_and_its_neighbour_is_not),
        cmocka_unit_test(each_kind_has_an_example),
        cmocka_unit_test(boundary_replaces_the_plain_contradiction),
        cmocka_unit_test(a_message_gives_no_person_away),
        cmocka_unit_test(findings_become_json_with_eight_keys),
        cmocka_unit_test(table_rules_and_page_agree),
        cmocka_unit_test(a_scale_that_is_not_there_is_refused),
        cmocka_unit_test(levels_are_read_by_code_name_and_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
