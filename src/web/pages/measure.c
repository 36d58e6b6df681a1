/* The measures, and one measure with its history: chart, table, CSV. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/period.h"
#include "chart/chart.h"
#include "codec/csv_writer.h"
#include "entity/field_text.h"
#include "model/comparator.h"
#include "model/measure_objective.h"
#include "model/objective.h"
#include "model/target.h"
#include "model/unit.h"
#include "model/value.h"
#include "service/measure_view.h"
#include "service/progress.h"
#include "service/related.h"
#include "store/entity_store.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

enum { CSV_MOST = 16 * 1024 * 1024 };

enum status page_measures(struct work *work, const struct call *call, struct page *out_page)
{
    struct list measures = { 0 };
    json_t *array = json_array();
    (void)call;
    enum status status = entity_store_list(work, &measure_entity, 0, &measures);
    for (size_t i = 0; status == STATUS_OK && i < measures.count; i++) {
        const struct measure *measure = measures.items[i];
        json_array_append_new(
            array,
            json_pack("{s:s, s:s, s:s, s:s, s:s?}", "code", measure->code, "measureTitle",
                      measure->title, "kind",
                      field_label(work->arena, entity_field(&measure_entity, "kind"), measure),
                      "better",
                      field_label(work->arena, entity_field(&measure_entity, "polarity"), measure),
                      "source", measure->source));
    }
    *out_page = (struct page){ .template = "pages/measures.html",
                               .title = WORDS("Measures"),
                               .model = json_pack("{s:o}", "measures", array) };
    if (status != STATUS_OK)
        json_decref(out_page->model);
    return status;
}

static const char *unit_name(const struct measure_view *view, int64_t id)
{
    const struct unit *unit = related_get(&view->units, &unit_entity, id);
    return unit ? unit->name : "";
}

static const char *period_words(struct arena *arena, const char *code)
{
    struct period period;
    return period_read(slice_of(code), &period) ? period_print_long(arena, period) : code;
}

/* A value's number: its own, or the exact quotient of its parts; INTEGER_MISSING for none. */
static int64_t number_of(const struct measure *measure, const struct value *value)
{
    int64_t number = value->value;
    bool is_share = strcmp(measure->kind, "percentage") == 0 ||
                    strcmp(measure->kind, "survey") == 0;
    if (number == INTEGER_MISSING && value->numerator != INTEGER_MISSING &&
        value->denominator != INTEGER_MISSING) {
        bool had = is_share
                       ? number_percent(value->numerator, value->denominator, &number)
                       : number_scale(value->numerator, NUMBER_ONE, value->denominator, &number);
        number = had ? number : INTEGER_MISSING;
    }
    return number;
}

static const char *value_words(struct arena *arena, const struct measure *measure,
                               const struct value *value)
{
    int64_t number = number_of(measure, value);
    if (number != INTEGER_MISSING)
        return progress_number_words(arena, measure, number,
                                     value->decimals == INTEGER_MISSING ? measure->decimals
                                                                        : value->decimals);
    const char *name = value->milestone ? "milestone" : "missing";
    return field_label(arena, entity_field(&value_entity, name), value);
}

static json_t *values_json(struct arena *arena, const struct measure_view *view)
{
    json_t *array = json_array();
    for (size_t i = view->values.count; i-- > 0;) {
        const struct value *value = view->values.items[i];
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:s, s:I, s:b, s:s, s:s?, s:s?}", "period",
                             value->period, "periodWords", period_words(arena, value->period),
                             "unitName", unit_name(view, value->unit), "words",
                             value_words(arena, view->measure, value), "revision",
                             (json_int_t)value->revision, "isLatest", value->latest == 1, "state",
                             field_label(arena, entity_field(&value_entity, "state"), value),
                             "qualityNote", value->quality_note, "reason", value->reason));
    }
    return array;
}

static json_t *targets_json(struct arena *arena, const struct measure_view *view)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->targets.count; i++) {
        const struct target *target = view->targets.items[i];
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:s, s:b, s:s?}", "periodWords",
                             period_words(arena, target->period), "unitName",
                             unit_name(view, target->unit), "kind",
                             field_label(arena, entity_field(&target_entity, "kind"), target),
                             "words", progress_target_words(arena, view->measure, target),
                             "isLatest", target->latest == 1, "reason", target->reason));
    }
    return array;
}

static json_t *comparators_json(struct arena *arena, const struct measure_view *view)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->comparators.count; i++) {
        const struct comparator *comparator = view->comparators.items[i];
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:s?}", "name", comparator->name, "periodWords",
                             period_words(arena, comparator->period), "words",
                             progress_number_words(arena, view->measure, comparator->value,
                                                   comparator->decimals),
                             "source", comparator->source));
    }
    return array;
}

static json_t *places_json(const struct measure_view *view)
{
    json_t *array = json_array();
    for (size_t i = 0; i < view->places.count; i++) {
        const struct measure_objective *place = view->places.items[i];
        const struct objective *objective = related_get(&view->objectives, &objective_entity,
                                                        place->objective);
        json_array_append_new(array, json_pack("{s:s, s:s, s:s?}", "reference", place->reference,
                                               "objectiveTitle", objective->title, "criterion",
                                               place->success_criterion));
    }
    return array;
}

/* The unit with the most numbers: a chart shows one unit's history. */
static int64_t charted_unit(const struct measure_view *view, size_t *out_count)
{
    int64_t best = INTEGER_MISSING;
    *out_count = 0;
    for (size_t i = 0; i < view->units.count; i++) {
        int64_t unit = ((const struct unit *)view->units.items[i])->id;
        size_t count = 0;
        for (size_t v = 0; v < view->values.count; v++) {
            const struct value *value = view->values.items[v];
            count += value->unit == unit && value->latest == 1 && !*value->breakdown &&
                     number_of(view->measure, value) != INTEGER_MISSING;
        }
        if (count > *out_count) {
            *out_count = count;
            best = unit;
        }
    }
    return best;
}

static double target_of(const struct measure_view *view, int64_t unit)
{
    double number = NAN;
    for (size_t i = 0; i < view->targets.count; i++) {
        const struct target *target = view->targets.items[i];
        if (target->unit == unit && target->latest == 1 && target->value != INTEGER_MISSING &&
            strcmp(target->kind, "annual") == 0)
            number = (double)target->value / (double)NUMBER_ONE;
    }
    return number;
}

/* "%" stands close to its number, words stand apart. */
static const char *unit_after_number(struct arena *arena, const char *unit)
{
    return unit && strcmp(unit, "%") != 0 ? arena_format(arena, " %s", unit) : unit;
}

/* Draws the history of the unit with the most numbers; null when there are fewer than two. */
static enum status draw(struct work *work, const struct measure_view *view, json_t **out_html)
{
    size_t count = 0, at = 0;
    int64_t unit = charted_unit(view, &count);
    *out_html = json_null();
    if (count < 2 || count > CHART_LABELS_MOST)
        return STATUS_OK;
    const char **labels = arena_array_of(work->arena, count, const char *);
    double *numbers = arena_array_of(work->arena, count, double);
    for (size_t i = 0; i < view->values.count; i++) {
        const struct value *value = view->values.items[i];
        int64_t number = number_of(view->measure, value);
        if (value->unit != unit || value->latest != 1 || *value->breakdown ||
            number == INTEGER_MISSING)
            continue;
        labels[at] = period_words(work->arena, value->period);
        numbers[at++] = (double)number / (double)NUMBER_ONE;
    }
    struct chart_series series = { unit_name(view, unit), numbers };
    struct chart chart = {
        .kind = CHART_LINE,
        .id = "history",
        .title = view->measure->title,
        .description = arena_format(work->arena, "%s, %s to %s. The table below has the figures.",
                                    series.name, labels[0], labels[count - 1]),
        .labels = labels,
        .label_count = count,
        .series = &series,
        .series_count = 1,
        .unit = unit_after_number(work->arena, view->measure->unit_of_measure),
        .decimals = (int)view->measure->decimals,
        .target = target_of(view, unit),
        .target_label = "Target",
    };
    struct text text = text_new(work->arena, CSV_MOST);
    enum status status = chart_draw(work, &chart, &text);
    if (status == STATUS_OK)
        *out_html = json_stringn(text.bytes, text.length);
    return status;
}

static json_t *definition_json(struct arena *arena, const struct measure_view *view)
{
    static const char *const shown[] = { "kind",
                                         "polarity",
                                         "unit_of_measure",
                                         "numerator_definition",
                                         "denominator_definition",
                                         "population",
                                         "accumulation",
                                         "frequency",
                                         "survey_question",
                                         "survey_base",
                                         "survey_next",
                                         "source",
                                         "external_code",
                                         "break_note",
                                         "note" };
    json_t *array = json_array();
    for (size_t i = 0; i < ARRAY_COUNT(shown); i++) {
        const struct field *field = entity_field(&measure_entity, shown[i]);
        if (!field_is_missing(field, view->measure))
            json_array_append_new(array, json_pack("{s:s, s:s}", "term", field->label, "words",
                                                   field_label(arena, field, view->measure)));
    }
    return array;
}

enum status page_measure(struct work *work, const struct call *call, struct page *out_page)
{
    struct measure_view view;
    json_t *chart = NULL;
    enum status status = measure_view_load(work, call_parameter(call, "code"), &view);
    if (status == STATUS_OK)
        status = draw(work, &view, &chart);
    if (status != STATUS_OK)
        return status;
    json_t *model = json_pack(
        "{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "code", view.measure->code, "measureTitle",
        view.measure->title, "chartHtml", chart, "definition", definition_json(work->arena, &view),
        "values", values_json(work->arena, &view), "targets", targets_json(work->arena, &view),
        "comparators", comparators_json(work->arena, &view), "places", places_json(&view));
    *out_page = (struct page){ .template = "pages/measure.html",
                               .title = view.measure->title,
                               .model = model };
    return STATUS_OK;
}

enum status page_measure_csv(struct work *work, const struct call *call, struct page *out_page)
{
    struct measure_view view;
    struct text text = text_new(work->arena, CSV_MOST);
    const struct slice heading[] = { SLICE("measure"),   SLICE("unit"),        SLICE("period"),
                                     SLICE("revision"),  SLICE("latest"),      SLICE("value"),
                                     SLICE("numerator"), SLICE("denominator"), SLICE("missing") };
    enum status status = measure_view_load(work, call_parameter(call, "code"), &view);
    if (status != STATUS_OK)
        return status;
    csv_write_row(&text, heading, ARRAY_COUNT(heading));
    for (size_t i = 0; i < view.values.count; i++) {
        const struct value *value = view.values.items[i];
        const struct unit *unit = related_get(&view.units, &unit_entity, value->unit);
        static const char *const shown[] = { "period",    "revision",    "latest", "value",
                                             "numerator", "denominator", "missing" };
        struct slice cells[ARRAY_COUNT(heading)] = { slice_of(view.measure->code),
                                                     slice_of(unit->code) };
        for (size_t c = 0; c < ARRAY_COUNT(shown); c++)
            cells[c + 2] = slice_of(
                field_print(work->arena, entity_field(&value_entity, shown[c]), value));
        csv_write_row(&text, cells, ARRAY_COUNT(cells));
    }
    struct page page = { .response = { .status = 200,
                                       .media_type = "text/csv; charset=utf-8; header=present",
                                       .body = text_slice(&text) } };
    response_add_header(&page.response, "Content-Disposition",
                        "attachment; filename=\"values.csv\"");
    *out_page = page;
    return STATUS_OK;
}
