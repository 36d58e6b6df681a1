#include "service/plan.h"

#include <string.h>

#include "base/date.h"
#include "model/action.h"
#include "model/action_lead.h"
#include "model/action_tag.h"
#include "model/authority.h"
#include "model/characteristic.h"
#include "model/evidence.h"
#include "model/measure.h"
#include "model/objective.h"
#include "model/objective_mapping.h"
#include "model/outcome.h"
#include "model/principle.h"
#include "model/priority.h"
#include "model/priority_measure.h"
#include "model/scheme.h"
#include "model/target_date.h"
#include "entity/field_text.h"
#include "service/related.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* Everything under a scheme, loaded once. */
struct plan {
    struct work *work;
    const struct scheme *scheme;
    struct list schemes, objectives, measures, characteristics;
    struct related by_scheme, principles, priorities, evidence, outcomes, kpis, actions, leads,
        tags, mappings;
    struct target_date_context dates;
};

static enum status load_related(struct work *work, const struct entity *entity, const char *by,
                                struct related *out_related)
{
    struct list rows = { 0 };
    enum status status = entity_store_list(work, entity, 0, &rows);
    if (status == STATUS_OK)
        *out_related = related_by(entity, rows, by);
    return status;
}

static enum status load_dates(struct plan *plan)
{
    struct list authorities = { 0 };
    enum status status = entity_store_list(plan->work, &authority_entity, 0, &authorities);
    bool read = date_read(slice_first(slice_of(plan->work->now), 10), &plan->dates.today);
    if (status == STATUS_OK && read && authorities.count > 0)
        plan->dates.start_month =
            (int)((const struct authority *)authorities.items[0])->year_start_month;
    return status;
}

static enum status load(struct work *work, struct plan *plan)
{
    const struct {
        const struct entity *entity;
        const char *by;
        struct related *into;
    } sets[] = {
        { &principle_entity, "scheme", &plan->principles },
        { &priority_entity, "objective", &plan->priorities },
        { &evidence_entity, "priority", &plan->evidence },
        { &outcome_entity, "priority", &plan->outcomes },
        { &priority_measure_entity, "priority", &plan->kpis },
        { &action_entity, "objective", &plan->actions },
        { &action_lead_entity, "action", &plan->leads },
        { &action_tag_entity, "action", &plan->tags },
        { &objective_mapping_entity, "objective", &plan->mappings },
        { &objective_entity, "scheme", &plan->by_scheme },
    };
    plan->work = work;
    enum status status = load_dates(plan);
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(sets); i++)
        status = load_related(work, sets[i].entity, sets[i].by, sets[i].into);
    if (status == STATUS_OK)
        status = entity_store_list(work, &scheme_entity, 0, &plan->schemes);
    if (status == STATUS_OK)
        status = entity_store_list(work, &objective_entity, 0, &plan->objectives);
    if (status == STATUS_OK)
        status = entity_store_list(work, &measure_entity, 0, &plan->measures);
    if (status == STATUS_OK)
        status = entity_store_list(work, &characteristic_entity, 0, &plan->characteristics);
    return status;
}

static const char *label(struct plan *plan, const struct entity *entity, const char *name,
                         const void *row)
{
    return field_label(plan->work->arena, entity_field(entity, name), row);
}

static json_t *long_date(struct plan *plan, const char *iso)
{
    struct date date;
    if (!iso || !date_read(slice_of(iso), &date))
        return json_null();
    return json_string(date_print_long(plan->work->arena, date));
}

static json_t *leads_json(struct plan *plan, int64_t action)
{
    json_t *leads = json_array();
    related_find(&plan->leads, action);
    for (size_t i = plan->leads.from; i < plan->leads.to; i++) {
        const struct action_lead *lead = plan->leads.rows.items[i];
        json_array_append_new(leads, json_pack("{s:s, s:s}", "name", lead->name, "role",
                                               label(plan, &action_lead_entity, "role", lead)));
    }
    return leads;
}

static json_t *tags_json(struct plan *plan, int64_t action)
{
    json_t *tags = json_array();
    related_find(&plan->tags, action);
    for (size_t i = plan->tags.from; i < plan->tags.to; i++) {
        const struct action_tag *tag = plan->tags.rows.items[i];
        const struct characteristic *characteristic = related_get(
            &plan->characteristics, &characteristic_entity, tag->characteristic);
        json_array_append_new(tags, json_string(characteristic->title));
    }
    return tags;
}

static json_t *action_json(struct plan *plan, const struct action *action)
{
    struct target_date due = { .text = NULL };
    if (action->target_date)
        target_date_read(plan->work->arena, slice_of(action->target_date), &plan->dates, &due);
    json_t *json = json_pack("{s:s, s:s, s:s?, s:s?, s:s, s:s?, s:s?}", "code", action->code,
                             "wording", action->wording, "targetDate", action->target_date,
                             "successMeasure", action->success_measure, "status",
                             label(plan, &action_entity, "status", action), "condition",
                             action->condition, "note", action->note);
    json_object_set_new(json, "due", long_date(plan, action->due));
    json_object_set_new(json, "next",
                        due.next.year ? json_string(date_print_long(plan->work->arena, due.next))
                                      : json_null());
    json_object_set_new(json, "notUnderstood", json_boolean(due.text && !due.understood));
    json_object_set_new(json, "leads", leads_json(plan, action->id));
    json_object_set_new(json, "tags", tags_json(plan, action->id));
    return json;
}

/* The actions of an objective that stand under one priority, or (INTEGER_MISSING) under none. */
static json_t *actions_json(struct plan *plan, int64_t objective, int64_t priority)
{
    json_t *actions = json_array();
    related_find(&plan->actions, objective);
    for (size_t i = plan->actions.from; i < plan->actions.to; i++) {
        const struct action *action = plan->actions.rows.items[i];
        if (action->priority == priority)
            json_array_append_new(actions, action_json(plan, action));
    }
    return actions;
}

static json_t *outcomes_json(struct plan *plan, int64_t priority)
{
    json_t *outcomes = json_array();
    related_find(&plan->outcomes, priority);
    for (size_t i = plan->outcomes.from; i < plan->outcomes.to; i++)
        json_array_append_new(
            outcomes, json_string(((const struct outcome *)plan->outcomes.rows.items[i])->wording));
    return outcomes;
}

static json_t *evidence_json(struct plan *plan, int64_t priority)
{
    json_t *evidence = json_array();
    related_find(&plan->evidence, priority);
    for (size_t i = plan->evidence.from; i < plan->evidence.to; i++) {
        const struct evidence *one = plan->evidence.rows.items[i];
        const struct measure *measure = one->measure == INTEGER_MISSING
                                            ? NULL
                                            : related_get(&plan->measures, &measure_entity,
                                                          one->measure);
        json_array_append_new(evidence,
                              json_pack("{s:s, s:s?, s:s?}", "statement", one->statement, "source",
                                        one->source, "measure", measure ? measure->code : NULL));
    }
    return evidence;
}

static json_t *kpis_json(struct plan *plan, int64_t priority)
{
    json_t *kpis = json_array();
    related_find(&plan->kpis, priority);
    for (size_t i = plan->kpis.from; i < plan->kpis.to; i++) {
        const struct priority_measure *kpi = plan->kpis.rows.items[i];
        const struct measure *measure = related_get(&plan->measures, &measure_entity, kpi->measure);
        json_array_append_new(
            kpis, json_pack("{s:s, s:s}", "code", measure->code, "title", measure->title));
    }
    return kpis;
}

static json_t *priorities_json(struct plan *plan, int64_t objective)
{
    json_t *priorities = json_array();
    related_find(&plan->priorities, objective);
    for (size_t i = plan->priorities.from; i < plan->priorities.to; i++) {
        const struct priority *priority = plan->priorities.rows.items[i];
        json_array_append_new(priorities,
                              json_pack("{s:s, s:s, s:s?, s:s?, s:o, s:o, s:o, s:o}", "code",
                                        priority->code, "need", priority->need, "reason",
                                        priority->reason, "howMeasured", priority->how_measured,
                                        "evidence", evidence_json(plan, priority->id), "outcomes",
                                        outcomes_json(plan, priority->id), "kpis",
                                        kpis_json(plan, priority->id), "actions",
                                        actions_json(plan, objective, priority->id)));
    }
    return priorities;
}

static json_t *mapped_json(struct plan *plan, int64_t objective)
{
    json_t *mapped = json_array();
    related_find(&plan->mappings, objective);
    for (size_t i = plan->mappings.from; i < plan->mappings.to; i++) {
        const struct objective_mapping *mapping = plan->mappings.rows.items[i];
        const struct objective *from = related_get(&plan->objectives, &objective_entity,
                                                   mapping->mapped_from);
        const struct scheme *scheme = related_get(&plan->schemes, &scheme_entity, from->scheme);
        json_array_append_new(mapped,
                              json_pack("{s:s, s:s, s:s, s:s?}", "title", from->title, "code",
                                        from->code, "scheme", scheme->code, "note", mapping->note));
    }
    return mapped;
}

static json_t *objectives_json(struct plan *plan, int64_t scheme, bool whole)
{
    json_t *objectives = json_array();
    related_find(&plan->by_scheme, scheme);
    size_t from = plan->by_scheme.from, to = plan->by_scheme.to;
    for (size_t i = from; i < to; i++) {
        const struct objective *objective = plan->by_scheme.rows.items[i];
        json_t *json = json_pack("{s:s, s:I, s:s, s:s?}", "code", objective->code, "number",
                                 (json_int_t)objective->number, "title", objective->title,
                                 "explanation", objective->explanation);
        related_find(&plan->actions, objective->id);
        json_object_set_new(json, "actionCount",
                            json_integer((json_int_t)(plan->actions.to - plan->actions.from)));
        if (whole) {
            json_object_set_new(json, "mappedFrom", mapped_json(plan, objective->id));
            json_object_set_new(json, "priorities", priorities_json(plan, objective->id));
            json_object_set_new(json, "actions",
                                actions_json(plan, objective->id, INTEGER_MISSING));
        }
        json_array_append_new(objectives, json);
    }
    return objectives;
}

static json_t *scheme_json(struct plan *plan, const struct scheme *scheme, bool whole)
{
    json_t *json = json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s}", "code", scheme->code,
                             "schemeTitle", scheme->title, "vision", scheme->vision, "summary",
                             scheme->summary, "periodNote", scheme->period_note, "status",
                             label(plan, &scheme_entity, "status", scheme));
    json_object_set_new(json, "starts", long_date(plan, scheme->starts));
    json_object_set_new(json, "ends", long_date(plan, scheme->ends));
    json_object_set_new(json, "adoptedOn", long_date(plan, scheme->adopted_on));
    json_object_set_new(json, "objectives", objectives_json(plan, scheme->id, whole));
    return json;
}

enum status plan_schemes(struct work *work, json_t **out_model)
{
    struct plan plan = { .work = work };
    enum status status = load(work, &plan);
    if (status != STATUS_OK)
        return status;
    json_t *schemes = json_array();
    for (size_t i = 0; i < plan.schemes.count; i++)
        json_array_append_new(schemes, scheme_json(&plan, plan.schemes.items[i], false));
    *out_model = json_pack("{s:o}", "schemes", schemes);
    return STATUS_OK;
}

enum status plan_scheme(struct work *work, const char *code, json_t **out_model)
{
    struct plan plan = { .work = work };
    enum status status = load(work, &plan);
    for (size_t i = 0; status == STATUS_OK && i < plan.schemes.count; i++) {
        const struct scheme *scheme = plan.schemes.items[i];
        if (strcmp(scheme->code, code) == 0)
            plan.scheme = scheme;
    }
    if (status != STATUS_OK)
        return status;
    if (!plan.scheme)
        return work_fail(work, STATUS_NOT_FOUND, "There is no scheme with the code \"%.60s\".",
                         code);
    if (plan.scheme->adopted_on &&
        !date_read(slice_of(plan.scheme->adopted_on), &plan.dates.adopted))
        plan.dates.adopted = (struct date){ 0, 0, 0 };
    json_t *principles = json_array();
    related_find(&plan.principles, plan.scheme->id);
    for (size_t i = plan.principles.from; i < plan.principles.to; i++)
        json_array_append_new(
            principles,
            json_string(((const struct principle *)plan.principles.rows.items[i])->wording));
    *out_model = scheme_json(&plan, plan.scheme, true);
    json_object_set_new(*out_model, "principles", principles);
    return STATUS_OK;
}
