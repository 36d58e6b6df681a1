#include "service/actions.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "entity/field_text.h"
#include "model/action_tag.h"
#include "model/characteristic.h"
#include "model/objective.h"
#include "model/unit.h"
#include "service/plan_parts.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { DAYS_SOON = 92 /* three months */ };

/* How an action stands to its date, the most pressing first. */
enum due {
    DUE_OVERDUE,
    DUE_SOON,
    DUE_LATER,
    DUE_CONTINUOUS,
    DUE_UNDATED,
    DUE_UNCLEAR,
    DUE_DONE,
    DUE_ENDED
};

static const struct code dues[] = {
    [DUE_OVERDUE] = { "overdue", WORDS("Overdue") },
    [DUE_SOON] = { "soon", WORDS("Due within three months") },
    [DUE_LATER] = { "later", WORDS("Due later") },
    [DUE_CONTINUOUS] = { "continuous", WORDS("Continuous") },
    [DUE_UNDATED] = { "undated", WORDS("No date is given") },
    [DUE_UNCLEAR] = { "unclear", WORDS("Date not understood") },
    [DUE_DONE] = { "done", WORDS("Done or closed") },
    [DUE_ENDED] = { "ended", WORDS("Its plan has ended") },
};

enum leading { LEADING_VACANT, LEADING_NONE, LEADING_HELD };

static const struct code leads[] = {
    [LEADING_VACANT] = { "vacant", WORDS("A post that leads is vacant") },
    [LEADING_NONE] = { "none", WORDS("Nobody leads") },
    [LEADING_HELD] = { "held", WORDS("Led, no vacancy") },
};

static const struct narrowing_facet facets[ACTION_FACET_COUNT] = {
    [ACTION_FACET_SCHEME] = { .name = "scheme", .title = WORDS("Plan"), .is_data = true },
    [ACTION_FACET_OBJECTIVE] = { .name = "objective",
                                 .title = WORDS("Objective"),
                                 .is_data = true },
    [ACTION_FACET_DUE] = { .name = "due",
                           .title = WORDS("When it is due"),
                           .is_open = true,
                           .options = dues,
                           .option_count = ARRAY_COUNT(dues) },
    [ACTION_FACET_STATUS] = { .name = "status", .title = WORDS("Status") },
    [ACTION_FACET_UNIT] = { .name = "unit", .title = WORDS("Unit that leads"), .is_data = true },
    [ACTION_FACET_CHARACTERISTIC] = { .name = "characteristic",
                                      .title = WORDS("Protected characteristic"),
                                      .is_data = true },
    [ACTION_FACET_LEAD] = { .name = "lead",
                            .title = WORDS("Lead"),
                            .options = leads,
                            .option_count = ARRAY_COUNT(leads) },
};

enum { ORDER_CODE, ORDER_DUE, ORDER_LEAD, ORDER_STATUS };

static const struct narrowing_order orders[] = {
    [ORDER_CODE] = { "code", WORDS("Action") },
    [ORDER_DUE] = { "due", WORDS("When") },
    [ORDER_LEAD] = { "lead", WORDS("Lead") },
    [ORDER_STATUS] = { "status", WORDS("Status") },
};

const struct narrowing_list action_list = { facets, ACTION_FACET_COUNT, orders,
                                            ARRAY_COUNT(orders) };

struct entry {
    const struct action *action;
    const struct objective *objective;
    const struct scheme *scheme;
    const struct code *due_code;
    int64_t due; /* days; of those without a date the most there are */
};

static enum due due_of(struct plan *plan, const struct entry *entry)
{
    struct target_date due = plan_due(plan, entry->action);
    const char *status = entry->action->status;
    if (strcmp(status, "complete") == 0 || strcmp(status, "closed") == 0 ||
        due.status == TARGET_DATE_COMPLETE)
        return DUE_DONE;
    if (strcmp(entry->scheme->status, "superseded") == 0)
        return DUE_ENDED;
    if (!due.text)
        return DUE_UNDATED;
    if (!due.understood)
        return DUE_UNCLEAR;
    if (due.next.year)
        return date_days(due.next) - date_days(plan->dates.today) <= DAYS_SOON ? DUE_SOON
                                                                               : DUE_LATER;
    if (due.due.year)
        return DUE_OVERDUE;
    return due.recurrence == TARGET_DATE_CONTINUOUS ? DUE_CONTINUOUS : DUE_UNDATED;
}

/* Its leads, of which the first orders it. */
static void add_leads(struct plan *plan, struct narrowing *narrowing, const struct list *units,
                      struct narrowing_entry *made)
{
    const struct entry *entry = made->item;
    bool is_vacant = false;
    related_find(&plan->leads, entry->action->id);
    size_t from = plan->leads.from, to = plan->leads.to;
    for (size_t i = from; i < to; i++) {
        const struct action_lead *lead = plan->leads.rows.items[i];
        const struct unit *unit = lead->unit == INTEGER_MISSING
                                      ? NULL
                                      : related_get(units, &unit_entity, lead->unit);
        if (unit)
            narrowing_value(narrowing, made, ACTION_FACET_UNIT, unit->code, unit->name);
        if (!made->keys[ORDER_LEAD])
            made->keys[ORDER_LEAD] = lead->name;
        is_vacant = is_vacant || plan_lead_is_vacant(plan, lead);
    }
    const struct code *code = &leads[is_vacant    ? LEADING_VACANT
                                     : from == to ? LEADING_NONE
                                                  : LEADING_HELD];
    narrowing_value(narrowing, made, ACTION_FACET_LEAD, code->value, code->label);
}

static void add_tags(struct plan *plan, struct narrowing *narrowing, struct narrowing_entry *made)
{
    related_find(&plan->tags, ((const struct entry *)made->item)->action->id);
    for (size_t i = plan->tags.from; i < plan->tags.to; i++) {
        const struct action_tag *tag = plan->tags.rows.items[i];
        const struct characteristic *one = related_get(&plan->characteristics,
                                                       &characteristic_entity, tag->characteristic);
        narrowing_value(narrowing, made, ACTION_FACET_CHARACTERISTIC, one->code, one->title);
    }
}

static struct entry *entry_of(struct plan *plan, const struct action *action)
{
    struct entry *entry = arena_new_of(plan->work->arena, struct entry);
    entry->action = action;
    entry->objective = related_get(&plan->objectives, &objective_entity, action->objective);
    entry->scheme = related_get(&plan->schemes, &scheme_entity, entry->objective->scheme);
    struct target_date date = plan_due(plan, action);
    entry->due_code = &dues[due_of(plan, entry)];
    entry->due = date.next.year  ? date_days(date.next)
                 : date.due.year ? date_days(date.due)
                                 : INT64_MAX;
    return entry;
}

/* The place of a code among those of its table, for ordering. */
static const char *place_of(struct arena *arena, const struct code *codes, const char *value)
{
    size_t place = 0;
    while (codes[place].value && strcmp(codes[place].value, value) != 0)
        place++;
    return arena_format(arena, "%04zu", place);
}

static void add_entry(struct plan *plan, struct narrowing *narrowing, const struct list *units,
                      const struct entry *entry)
{
    struct arena *arena = plan->work->arena;
    const struct action *action = entry->action;
    struct narrowing_entry *made = narrowing_add(narrowing, entry);
    narrowing_value(narrowing, made, ACTION_FACET_SCHEME, entry->scheme->code,
                    entry->scheme->title);
    narrowing_value(narrowing, made, ACTION_FACET_OBJECTIVE, entry->objective->code,
                    entry->objective->title);
    narrowing_value(narrowing, made, ACTION_FACET_STATUS, action->status,
                    plan_label(plan, &action_entity, "status", action));
    narrowing_value(narrowing, made, ACTION_FACET_DUE, entry->due_code->value,
                    entry->due_code->label);
    made->keys[ORDER_CODE] = action->code;
    made->keys[ORDER_STATUS] = place_of(arena, entity_field(&action_entity, "status")->codes,
                                        action->status);
    if (entry->due != INT64_MAX)
        made->keys[ORDER_DUE] = date_print(arena, date_of_days(entry->due));
    add_tags(plan, narrowing, made);
    add_leads(plan, narrowing, units, made);
}

static json_t *entry_json(struct plan *plan, const struct entry *entry)
{
    json_t *json = plan_action_json(plan, entry->action);
    json_object_set_new(json, "objective", json_string(entry->objective->code));
    json_object_set_new(json, "objectiveTitle", json_string(entry->objective->title));
    json_object_set_new(json, "scheme", json_string(entry->scheme->code));
    json_object_set_new(json, "schemeTitle", json_string(entry->scheme->title));
    json_object_set_new(json, "dueCode", json_string(entry->due_code->value));
    json_object_set_new(json, "dueWords", json_string(entry->due_code->label));
    return json;
}

/* The most pressing first, then by date, then as the plans have them. */
static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = *(const struct entry *const *)a;
    const struct entry *right = *(const struct entry *const *)b;
    if (left->due_code != right->due_code)
        return left->due_code < right->due_code ? -1 : 1;
    if (left->due != right->due)
        return left->due < right->due ? -1 : 1;
    return left->action->id < right->action->id ? -1 : left->action->id > right->action->id;
}

/* The most pressing first. */
static enum status load_entries(struct work *work, struct plan *plan, struct list *out_entries)
{
    enum status status = plan_load(work, plan);
    for (size_t i = 0; status == STATUS_OK && i < plan->actions.rows.count; i++)
        list_add(work->arena, out_entries, entry_of(plan, plan->actions.rows.items[i]));
    if (out_entries->count > 1)
        qsort(out_entries->items, out_entries->count, sizeof *out_entries->items, compare_entries);
    return status;
}

enum status actions_list(struct work *work, const struct narrowing_asked *asked, json_t **out_model)
{
    struct plan plan = { .work = work };
    struct list entries = { 0 }, units = { 0 }, shown = { 0 };
    struct narrowing narrowing = { work->arena, &action_list, asked, { 0 } };
    enum status status = load_entries(work, &plan, &entries);
    if (status == STATUS_OK)
        status = entity_store_list(work, &unit_entity, 0, &units);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < entries.count; i++)
        add_entry(&plan, &narrowing, &units, entries.items[i]);
    size_t total = narrowing_entries(&narrowing, &shown);
    json_t *actions = json_array();
    for (size_t i = 0; i < shown.count; i++)
        json_array_append_new(actions,
                              entry_json(&plan, ((struct narrowing_entry *)shown.items[i])->item));
    *out_model = json_pack("{s:o}", "actions", actions);
    narrowing_tell(&narrowing, total, *out_model);
    return STATUS_OK;
}

enum status actions_count_overdue(struct work *work, enum action_facet facet, const char *value,
                                  int64_t *out_count)
{
    struct narrowing_asked asked = { .page = 1 };
    json_t *model = NULL;
    asked.wanted[facet] = value;
    asked.wanted[ACTION_FACET_DUE] = dues[DUE_OVERDUE].value;
    enum status status = actions_list(work, &asked, &model);
    if (status == STATUS_OK)
        *out_count = json_integer_value(json_object_get(model, "total"));
    json_decref(model);
    return status;
}
