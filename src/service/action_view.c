/* One action whole. */
#include <string.h>

#include "base/arena.h"
#include "base/period.h"
#include "entity/field_text.h"
#include "model/action_measure.h"
#include "model/action_status.h"
#include "model/measure.h"
#include "model/objective.h"
#include "model/priority.h"
#include "service/actions.h"
#include "service/history.h"
#include "service/plan_parts.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { APRIL = 4, MONTHS_OF_QUARTER = 3 };

static const struct action *find_action(const struct plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->actions.rows.count; i++) {
        const struct action *action = plan->actions.rows.items[i];
        if (strcmp(action->code, code) == 0)
            return action;
    }
    return NULL;
}

/* The reporting quarter of a day. */
static const char *quarter_words(const struct plan *plan, struct date day)
{
    int start = plan->dates.start_month ? plan->dates.start_month : APRIL;
    int month = (day.month - start + 12) % 12;
    struct period period = { PERIOD_QUARTER, day.month < start ? day.year - 1 : day.year,
                             month / MONTHS_OF_QUARTER + 1 };
    return period_print_long(plan->work->arena, period);
}

/* What was reported, the newest first. */
static enum status steps_json(struct plan *plan, int64_t action, json_t **out_steps)
{
    struct list steps = { 0 };
    enum status status = entity_store_list_of(plan->work, &action_status_entity, "action", action,
                                              &steps);
    if (status != STATUS_OK)
        return status;
    *out_steps = json_array();
    for (size_t i = steps.count; i-- > 0;) {
        const struct action_status *step = steps.items[i];
        struct date day;
        bool is_day = step->changed_on && date_read(slice_of(step->changed_on), &day);
        json_array_append_new(
            *out_steps,
            json_pack("{s:s, s:s, s:s?, s:o, s:s?}", "title",
                      plan_label(plan, &action_status_entity, "status", step), "statusCode",
                      step->status, "byline", is_day ? quarter_words(plan, day) : NULL, "onWords",
                      plan_long_date(plan, step->changed_on), "text", step->reason));
    }
    return STATUS_OK;
}

static enum status measures_json(struct plan *plan, int64_t action, json_t **out_measures)
{
    struct list links = { 0 };
    enum status status = entity_store_list_of(plan->work, &action_measure_entity, "action", action,
                                              &links);
    if (status != STATUS_OK)
        return status;
    *out_measures = json_array();
    for (size_t i = 0; i < links.count; i++) {
        const struct action_measure *link = links.items[i];
        const struct measure *measure = related_get(&plan->measures, &measure_entity,
                                                    link->measure);
        json_array_append_new(*out_measures, json_pack("{s:s, s:s}", "code", measure->code,
                                                       "measureTitle", measure->title));
    }
    return STATUS_OK;
}

static const struct priority *priority_of(const struct plan *plan, int64_t id)
{
    for (size_t i = 0; id != INTEGER_MISSING && i < plan->priorities.rows.count; i++) {
        const struct priority *priority = plan->priorities.rows.items[i];
        if (priority->id == id)
            return priority;
    }
    return NULL;
}

static json_t *action_json(struct plan *plan, const struct action *action)
{
    json_t *json = plan_action_json(plan, action);
    const struct objective *objective = related_get(&plan->objectives, &objective_entity,
                                                    action->objective);
    const struct scheme *scheme = related_get(&plan->schemes, &scheme_entity, objective->scheme);
    const struct priority *priority = priority_of(plan, action->priority);
    json_object_set_new(json, "number", json_integer(action->number));
    json_object_set_new(json, "objective", json_string(objective->code));
    json_object_set_new(json, "objectiveTitle", json_string(objective->title));
    json_object_set_new(json, "scheme", json_string(scheme->code));
    json_object_set_new(json, "schemeTitle", json_string(scheme->title));
    json_object_set_new(json, "isSchemeEnded",
                        json_boolean(strcmp(scheme->status, "superseded") == 0));
    json_object_set_new(json, "need", priority ? json_string(priority->need) : json_null());
    const json_t *leads = json_object_get(json, "leads");
    const char *named = json_string_value(json_object_get(json_array_get(leads, 0), "name"));
    bool says_more = action->lead_text && (json_array_size(leads) != 1 || !named ||
                                           strcmp(action->lead_text, named) != 0);
    json_object_set_new(json, "leadText", says_more ? json_string(action->lead_text) : json_null());
    json_object_set_new(json, "recurrence",
                        action->recurrence
                            ? json_string(plan_label(plan, &action_entity, "recurrence", action))
                            : json_null());
    return json;
}

enum status action_view(struct work *work, const char *code, json_t **out_model)
{
    struct plan plan = { .work = work };
    json_t *steps = NULL, *measures = NULL, *history = NULL;
    enum status status = plan_load(work, &plan);
    if (status != STATUS_OK)
        return status;
    const struct action *action = find_action(&plan, code);
    if (!action)
        return work_fail(work, STATUS_NOT_FOUND, "There is no action with the code \"%.60s\".",
                         code);
    status = steps_json(&plan, action->id, &steps);
    if (status == STATUS_OK)
        status = measures_json(&plan, action->id, &measures);
    if (status == STATUS_OK)
        status = history_of(work, &action_entity, action->id, &history);
    if (status != STATUS_OK) {
        json_decref(steps);
        json_decref(measures);
        return status;
    }
    *out_model = action_json(&plan, action);
    json_object_set_new(*out_model, "measures", measures);
    json_object_set_new(*out_model, "reported", json_pack("{s:o}", "items", steps));
    json_object_set_new(*out_model, "changed", json_pack("{s:o}", "items", history));
    return STATUS_OK;
}
