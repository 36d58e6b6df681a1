#include "service/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "model/evidence.h"
#include "model/measure.h"
#include "model/objective.h"
#include "model/objective_mapping.h"
#include "model/outcome.h"
#include "model/post.h"
#include "model/principle.h"
#include "model/priority.h"
#include "model/priority_measure.h"
#include "service/plan_parts.h"
#include "base/banned.h"

/* The actions of an objective that stand under one priority, or (INTEGER_MISSING) under none. */
static json_t *actions_json(struct plan *plan, int64_t objective, int64_t priority)
{
    json_t *actions = json_array();
    related_find(&plan->actions, objective);
    for (size_t i = plan->actions.from; i < plan->actions.to; i++) {
        const struct action *action = plan->actions.rows.items[i];
        if (action->priority == priority)
            json_array_append_new(actions, plan_action_json(plan, action));
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

static json_t *objective_json(struct plan *plan, const struct objective *objective, bool whole)
{
    json_t *json = json_pack("{s:s, s:I, s:s, s:s?}", "code", objective->code, "number",
                             (json_int_t)objective->number, "title", objective->title,
                             "explanation", objective->explanation);
    related_find(&plan->actions, objective->id);
    json_object_set_new(json, "actionCount",
                        json_integer((json_int_t)(plan->actions.to - plan->actions.from)));
    if (whole) {
        json_object_set_new(json, "mappedFrom", mapped_json(plan, objective->id));
        json_object_set_new(json, "priorities", priorities_json(plan, objective->id));
        json_object_set_new(json, "actions", actions_json(plan, objective->id, INTEGER_MISSING));
    }
    return json;
}

static json_t *objectives_json(struct plan *plan, int64_t scheme, bool whole)
{
    json_t *objectives = json_array();
    related_find(&plan->by_scheme, scheme);
    size_t from = plan->by_scheme.from, to = plan->by_scheme.to;
    for (size_t i = from; i < to; i++) {
        const struct objective *objective = plan->by_scheme.rows.items[i];
        json_array_append_new(objectives, objective_json(plan, objective, whole));
    }
    return objectives;
}

static json_t *scheme_json(struct plan *plan, const struct scheme *scheme, bool whole)
{
    json_t *json = json_pack("{s:s, s:s, s:s?, s:s?, s:s?, s:s}", "code", scheme->code,
                             "schemeTitle", scheme->title, "vision", scheme->vision, "summary",
                             scheme->summary, "periodNote", scheme->period_note, "status",
                             plan_label(plan, &scheme_entity, "status", scheme));
    json_object_set_new(json, "starts", plan_long_date(plan, scheme->starts));
    json_object_set_new(json, "ends", plan_long_date(plan, scheme->ends));
    json_object_set_new(json, "adoptedOn", plan_long_date(plan, scheme->adopted_on));
    json_object_set_new(json, "objectives", objectives_json(plan, scheme->id, whole));
    return json;
}

static int newest_scheme_first(const void *a, const void *b)
{
    const struct scheme *const *one = a, *const *other = b;
    return strcmp((*other)->starts, (*one)->starts);
}

enum status plan_schemes(struct work *work, json_t **out_model)
{
    struct plan plan = { .work = work };
    enum status status = plan_load(work, &plan);
    if (status != STATUS_OK)
        return status;
    json_t *schemes = json_array();
    size_t count = plan.schemes.count;
    const struct scheme **sorted = arena_array_of(work->arena, count + 1, const struct scheme *);
    for (size_t i = 0; i < count; i++)
        sorted[i] = plan.schemes.items[i];
    if (count > 1)
        qsort(sorted, count, sizeof *sorted, newest_scheme_first);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(schemes, scheme_json(&plan, sorted[i], false));
    *out_model = json_pack("{s:o}", "schemes", schemes);
    return STATUS_OK;
}

/* The post that answers for it. */
static void add_sponsor(const struct plan *plan, const struct objective *objective, json_t *model)
{
    const struct post *post = objective->sponsor == INTEGER_MISSING
                                  ? NULL
                                  : related_get(&plan->posts, &post_entity, objective->sponsor);
    json_object_set_new(model, "sponsor", post ? json_string(post->code) : json_null());
    json_object_set_new(model, "sponsorTitle", post ? json_string(post->title) : json_null());
}

enum status plan_objective(struct work *work, const char *code, json_t **out_model)
{
    struct plan plan = { .work = work };
    const struct objective *objective = NULL;
    enum status status = plan_load(work, &plan);
    for (size_t i = 0; status == STATUS_OK && i < plan.objectives.count; i++) {
        const struct objective *one = plan.objectives.items[i];
        if (strcmp(one->code, code) == 0)
            objective = one;
    }
    if (status != STATUS_OK)
        return status;
    if (!objective)
        return work_fail(work, STATUS_NOT_FOUND, "There is no objective with the code \"%.60s\".",
                         code);
    const struct scheme *scheme = related_get(&plan.schemes, &scheme_entity, objective->scheme);
    *out_model = objective_json(&plan, objective, true);
    json_object_set_new(*out_model, "objectiveTitle", json_string(objective->title));
    json_object_set_new(*out_model, "scheme", json_string(scheme->code));
    json_object_set_new(*out_model, "schemeTitle", json_string(scheme->title));
    add_sponsor(&plan, objective, *out_model);
    return STATUS_OK;
}

enum status plan_scheme(struct work *work, const char *code, json_t **out_model)
{
    struct plan plan = { .work = work };
    enum status status = plan_load(work, &plan);
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
