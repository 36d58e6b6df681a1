#include "service/plan_parts.h"

#include <string.h>

#include "base/date.h"
#include "entity/field_text.h"
#include "model/action_tag.h"
#include "model/appointment.h"
#include "model/characteristic.h"
#include "model/evidence.h"
#include "model/measure.h"
#include "model/objective.h"
#include "model/objective_mapping.h"
#include "model/outcome.h"
#include "model/post.h"
#include "model/principle.h"
#include "model/priority.h"
#include "model/priority_measure.h"
#include "service/action_dates.h"
#include "service/reporting_year.h"
#include "service/vacancy.h"
#include "store/entity_store.h"
#include "base/banned.h"

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
    if (!date_read(slice_first(slice_of(plan->work->now), 10), &plan->dates.today))
        return work_fail(plan->work, STATUS_USAGE, "\"%.40s\" is no moment.", plan->work->now);
    return reporting_year_start(plan->work, &plan->dates.start_month);
}

enum status plan_load(struct work *work, struct plan *plan)
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
        { &appointment_entity, "post", &plan->appointments },
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
    if (status == STATUS_OK)
        status = entity_store_list(work, &post_entity, 0, &plan->posts);
    return status;
}

const char *plan_label(struct plan *plan, const struct entity *entity, const char *name,
                       const void *row)
{
    return field_label(plan->work->arena, entity_field(entity, name), row);
}

json_t *plan_long_date(struct plan *plan, const char *iso)
{
    struct date date;
    if (!iso || !date_read(slice_of(iso), &date))
        return json_null();
    return json_string(date_print_long(plan->work->arena, date));
}

bool plan_lead_is_vacant(struct plan *plan, const struct action_lead *lead)
{
    if (lead->post == INTEGER_MISSING)
        return false;
    related_find(&plan->appointments, lead->post);
    return vacancy_on(related_get(&plan->posts, &post_entity, lead->post),
                      plan->appointments.rows.items + plan->appointments.from,
                      plan->appointments.to - plan->appointments.from,
                      date_print(plan->work->arena, plan->dates.today));
}

static json_t *leads_json(struct plan *plan, int64_t action)
{
    json_t *leads = json_array();
    related_find(&plan->leads, action);
    for (size_t i = plan->leads.from; i < plan->leads.to; i++) {
        const struct action_lead *lead = plan->leads.rows.items[i];
        json_array_append_new(leads, json_pack("{s:s, s:s, s:b}", "name", lead->name, "role",
                                               plan_label(plan, &action_lead_entity, "role", lead),
                                               "isVacant", plan_lead_is_vacant(plan, lead)));
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

struct target_date plan_due(struct plan *plan, const struct action *action)
{
    struct target_date due = { .text = NULL };
    struct target_date_context dates = plan->dates;
    const struct objective *objective = related_get(&plan->objectives, &objective_entity,
                                                    action->objective);
    dates.adopted = action_dates_adopted(
        related_get(&plan->schemes, &scheme_entity, objective->scheme));
    if (action->target_date)
        target_date_read(plan->work->arena, slice_of(action->target_date), &dates, &due);
    return due;
}

json_t *plan_action_json(struct plan *plan, const struct action *action)
{
    struct target_date due = plan_due(plan, action);
    json_t *json = json_pack("{s:s, s:s, s:s?, s:s?, s:s, s:s?, s:s?}", "code", action->code,
                             "wording", action->wording, "targetDate", action->target_date,
                             "successMeasure", action->success_measure, "status",
                             plan_label(plan, &action_entity, "status", action), "condition",
                             action->condition, "note", action->note);
    json_object_set_new(json, "due", plan_long_date(plan, action->due));
    json_object_set_new(json, "next",
                        due.next.year ? json_string(date_print_long(plan->work->arena, due.next))
                                      : json_null());
    json_object_set_new(json, "notUnderstood", json_boolean(due.text && !due.understood));
    json_object_set_new(json, "leads", leads_json(plan, action->id));
    json_object_set_new(json, "tags", tags_json(plan, action->id));
    return json;
}
