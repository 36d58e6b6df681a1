/* One measure with its history: chart, table, CSV. */
#include <string.h>

#include "base/arena.h"
#include "base/period.h"
#include "entity/field_text.h"
#include "model/comparator.h"
#include "model/measure_objective.h"
#include "model/objective.h"
#include "model/target.h"
#include "model/unit.h"
#include "model/value.h"
#include "service/freeze.h"
#include "service/measure_view.h"
#include "service/permission.h"
#include "service/progress.h"
#include "service/related.h"
#include "service/value_comments.h"
#include "store/entity_store.h"
#include "web/pages/measure_parts.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

static json_t *interval_json(struct arena *arena, const struct measure *measure,
                             const struct value *value)
{
    double low = 0, high = 0;
    if (!measure_interval(measure, value, &low, &high))
        return json_null();
    return json_pack("{s:s, s:s}", "low", arena_format(arena, "%.1f%%", low), "high",
                     arena_format(arena, "%.1f%%", high));
}

static json_t *values_json(struct arena *arena, const struct measure_view *view)
{
    json_t *array = json_array();
    for (size_t i = view->values.count; i-- > 0;) {
        const struct value *value = view->values.items[i];
        json_array_append_new(
            array,
            json_pack("{s:s, s:s, s:s, s:s, s:b, s:o, s:I, s:b, s:s, s:s?, s:s?}", "period",
                      value->period, "periodWords", measure_period_words(arena, value->period),
                      "unitName", measure_unit_name(view, value->unit), "words",
                      measure_value_words(arena, view->measure, value), "isFigure",
                      progress_value_number(view->measure, value) != INTEGER_MISSING, "interval",
                      interval_json(arena, view->measure, value), "revision",
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
            array, json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:s?}", "periodWords",
                             measure_period_words(arena, target->period), "unitName",
                             measure_unit_name(view, target->unit), "kind",
                             field_label(arena, entity_field(&target_entity, "kind"), target),
                             "words", progress_target_words(arena, view->measure, target),
                             "isTargetWording", target->value == INTEGER_MISSING, "isLatest",
                             target->latest == 1, "reason", target->reason));
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
                             measure_period_words(arena, comparator->period), "words",
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
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:s?}", "reference", place->reference,
                                        "objective", objective->code, "objectiveTitle",
                                        objective->title, "criterion", place->success_criterion));
    }
    return array;
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
            json_array_append_new(array, json_pack("{s:s, s:b, s:s}", "term", field->label,
                                                   "isLabel", field->codes != NULL, "words",
                                                   field_label(arena, field, view->measure)));
    }
    return array;
}

/* The newest figure of the unit that the chart shows, its target, and the figure before it. */
static json_t *headline_json(struct arena *arena, const struct measure_view *view, int64_t unit)
{
    struct list series = measure_series(arena, view, unit);
    if (series.count == 0)
        return json_null();
    const struct value *value = series.items[series.count - 1];
    json_t *json = json_pack("{s:s, s:s, s:s}", "periodWords",
                             measure_period_words(arena, value->period), "words",
                             measure_value_words(arena, view->measure, value), "unitName",
                             measure_unit_name(view, unit));
    for (size_t i = 0; i < view->targets.count; i++) {
        const struct target *target = view->targets.items[i];
        if (target->unit != unit || target->latest != 1)
            continue;
        json_object_set_new(json, "targetWords",
                            json_string(progress_target_words(arena, view->measure, target)));
        json_object_set_new(json, "isTargetWording",
                            json_boolean(target->value == INTEGER_MISSING));
    }
    if (series.count > 1) {
        const struct value *before = series.items[series.count - 2];
        json_object_set_new(json, "before",
                            json_pack("{s:s, s:s}", "periodWords",
                                      measure_period_words(arena, before->period), "words",
                                      measure_value_words(arena, view->measure, before)));
    }
    return json;
}

static enum status uses_json(struct work *work, const char *code, json_t **out_uses)
{
    struct list uses = { 0 };
    enum status status = where_used(work, code, NULL, NULL, &uses);
    if (status != STATUS_OK)
        return status;
    *out_uses = json_array();
    for (size_t i = 0; i < uses.count; i++) {
        const struct citation_use *use = uses.items[i];
        json_array_append_new(
            *out_uses, json_pack("{s:s, s:s, s:s, s:s, s:s, s:b}", "document", use->document,
                                 "documentTitle", use->title, "unit", use->unit, "periodWords",
                                 measure_period_words(work->arena, use->period), "printed",
                                 use->printed, "stands", use->revision == use->latest));
    }
    return STATUS_OK;
}

/* What is drawn or looked up beside the view. */
static enum status add_pictures(struct work *work, const struct call *call,
                                const struct measure_view *view, json_t *model)
{
    json_t *chart = NULL, *multiples = NULL, *uses = NULL;
    int64_t unit = measure_chief_unit(work->arena, view);
    enum status status = measure_chart(work, call, view, unit, false, &chart);
    if (status == STATUS_OK)
        json_object_set_new(model, "chartHtml", chart);
    if (status == STATUS_OK)
        status = measure_multiples(work, call, view, &multiples);
    if (status == STATUS_OK)
        json_object_set_new(model, "multiples", multiples);
    if (status == STATUS_OK)
        status = uses_json(work, view->measure->code, &uses);
    if (status == STATUS_OK)
        json_object_set_new(model, "uses", uses);
    json_object_set_new(model, "headline", headline_json(work->arena, view, unit));
    return status;
}

/* How many comments stand at each figure, and where; for those who may read them. */
static enum status add_comments(struct work *work, const struct measure_view *view, json_t *values)
{
    struct list comments = { 0 };
    if (!permission_has(work, RIGHT_COMMENT_READ))
        return STATUS_OK;
    enum status status = entity_store_list_of(work, &value_comment_entity, "measure",
                                              view->measure->id, &comments);
    for (size_t i = 0; status == STATUS_OK && i < view->values.count; i++) {
        const struct value *value = view->values.items[view->values.count - 1 - i];
        const struct unit *unit = related_get(&view->units, &unit_entity, value->unit);
        if (value->latest != 1 || value->breakdown)
            continue;
        json_int_t count = 0;
        for (size_t j = 0; j < comments.count; j++) {
            const struct value_comment *comment = comments.items[j];
            count += comment->unit == value->unit && strcmp(comment->period, value->period) == 0;
        }
        struct comment_place place = { view->measure->code, unit->code, value->period };
        json_t *json = json_array_get(values, i);
        json_object_set_new(json, "comments", json_integer(count));
        json_object_set_new(json, "commentsHref", json_string(comment_path(work->arena, &place)));
    }
    return status;
}

enum status page_measure(struct work *work, const struct call *call, struct page *out_page)
{
    struct measure_view view;
    enum status status = measure_view_load(work, call_parameter(call, "code"), NULL, &view);
    if (status != STATUS_OK)
        return status;
    json_t *model = json_pack(
        "{s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "code", view.measure->code, "measureTitle",
        view.measure->title, "definition", definition_json(work->arena, &view), "values",
        values_json(work->arena, &view), "targets", targets_json(work->arena, &view), "comparators",
        comparators_json(work->arena, &view), "places", places_json(&view));
    *out_page = (struct page){ .template = "pages/measure.html",
                               .title = view.measure->title,
                               .model = model };
    status = add_comments(work, &view, json_object_get(model, "values"));
    return status == STATUS_OK ? add_pictures(work, call, &view, model) : status;
}
