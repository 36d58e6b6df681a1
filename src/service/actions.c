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

const struct action_facet_row action_facets[ACTION_FACET_COUNT] = {
    [ACTION_FACET_SCHEME] = { "scheme", WORDS("Plan"), true },
    [ACTION_FACET_OBJECTIVE] = { "objective", WORDS("Objective"), true },
    [ACTION_FACET_DUE] = { "due", WORDS("When it is due"), false },
    [ACTION_FACET_STATUS] = { "status", WORDS("Status"), false },
    [ACTION_FACET_UNIT] = { "unit", WORDS("Unit that leads"), true },
    [ACTION_FACET_CHARACTERISTIC] = { "characteristic", WORDS("Protected characteristic"), true },
    [ACTION_FACET_LEAD] = { "lead", WORDS("Lead"), false },
};

/* How an action stands to its date, the most pressing first. */
static const struct code dues[] = {
    { "overdue", WORDS("Overdue") },          { "soon", WORDS("Due within three months") },
    { "later", WORDS("Due later") },          { "continuous", WORDS("Continuous") },
    { "undated", WORDS("No date is given") }, { "unclear", WORDS("Date not understood") },
    { "done", WORDS("Done or closed") },      { "ended", WORDS("Its plan has ended") },
};

static const struct code leads[] = {
    { "vacant", WORDS("A post that leads is vacant") },
    { "none", WORDS("Nobody leads") },
    { "held", WORDS("Led, no vacancy") },
};

/* An action with its values of each facet. */
struct entry {
    const struct action *action;
    const struct objective *objective;
    const struct scheme *scheme;
    struct list values[ACTION_FACET_COUNT]; /* of const struct code * */
    int64_t due;                            /* days; of those without a date the most there are */
};

static const struct code *code_of(const struct code *codes, size_t count, const char *value)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(codes[i].value, value) == 0)
            return &codes[i];
    return NULL;
}

static const char *due_code(struct plan *plan, const struct entry *entry)
{
    struct target_date due = plan_due(plan, entry->action);
    const char *status = entry->action->status;
    if (strcmp(status, "complete") == 0 || strcmp(status, "closed") == 0 ||
        due.status == TARGET_DATE_COMPLETE)
        return "done";
    if (strcmp(entry->scheme->status, "superseded") == 0)
        return "ended";
    if (!due.text)
        return "undated";
    if (!due.understood)
        return "unclear";
    if (due.next.year)
        return date_days(due.next) - date_days(plan->dates.today) <= DAYS_SOON ? "soon" : "later";
    if (due.due.year)
        return "overdue";
    return due.recurrence == TARGET_DATE_CONTINUOUS ? "continuous" : "undated";
}

static void add_value(struct plan *plan, struct list *values, const char *value, const char *label)
{
    struct arena *arena = plan->work->arena;
    for (size_t i = 0; i < values->count; i++)
        if (strcmp(((const struct code *)values->items[i])->value, value) == 0)
            return;
    struct code *code = arena_new_of(arena, struct code);
    *code = (struct code){ value, label };
    list_add(arena, values, code);
}

static void add_leads(struct plan *plan, const struct list *units, struct entry *entry)
{
    bool is_vacant = false;
    related_find(&plan->leads, entry->action->id);
    size_t from = plan->leads.from, to = plan->leads.to;
    for (size_t i = from; i < to; i++) {
        const struct action_lead *lead = plan->leads.rows.items[i];
        const struct unit *unit = lead->unit == INTEGER_MISSING
                                      ? NULL
                                      : related_get(units, &unit_entity, lead->unit);
        if (unit)
            add_value(plan, &entry->values[ACTION_FACET_UNIT], unit->code, unit->name);
        is_vacant = is_vacant || plan_lead_is_vacant(plan, lead);
    }
    const struct code *code = code_of(leads, ARRAY_COUNT(leads),
                                      is_vacant    ? "vacant"
                                      : from == to ? "none"
                                                   : "held");
    list_add(plan->work->arena, &entry->values[ACTION_FACET_LEAD], (void *)(uintptr_t)code);
}

static struct entry *entry_of(struct plan *plan, const struct list *units,
                              const struct action *action)
{
    struct arena *arena = plan->work->arena;
    struct entry *entry = arena_new_of(arena, struct entry);
    entry->action = action;
    entry->objective = related_get(&plan->objectives, &objective_entity, action->objective);
    entry->scheme = related_get(&plan->schemes, &scheme_entity, entry->objective->scheme);
    add_value(plan, &entry->values[ACTION_FACET_SCHEME], entry->scheme->code, entry->scheme->title);
    add_value(plan, &entry->values[ACTION_FACET_OBJECTIVE], entry->objective->code,
              entry->objective->title);
    add_value(plan, &entry->values[ACTION_FACET_STATUS], action->status,
              plan_label(plan, &action_entity, "status", action));
    struct target_date date = plan_due(plan, action);
    const struct code *due = code_of(dues, ARRAY_COUNT(dues), due_code(plan, entry));
    entry->due = date.next.year  ? date_days(date.next)
                 : date.due.year ? date_days(date.due)
                                 : INT64_MAX;
    list_add(arena, &entry->values[ACTION_FACET_DUE], (void *)(uintptr_t)due);
    related_find(&plan->tags, action->id);
    for (size_t i = plan->tags.from; i < plan->tags.to; i++) {
        const struct action_tag *tag = plan->tags.rows.items[i];
        const struct characteristic *one = related_get(&plan->characteristics,
                                                       &characteristic_entity, tag->characteristic);
        add_value(plan, &entry->values[ACTION_FACET_CHARACTERISTIC], one->code, one->title);
    }
    add_leads(plan, units, entry);
    return entry;
}

static bool has_value(const struct entry *entry, size_t facet, const char *value)
{
    for (size_t i = 0; i < entry->values[facet].count; i++)
        if (strcmp(((const struct code *)entry->values[facet].items[i])->value, value) == 0)
            return true;
    return false;
}

static const char *due_value(const struct entry *entry)
{
    return ((const struct code *)entry->values[ACTION_FACET_DUE].items[0])->value;
}

/* Whether the entry fits, one facet left out of account (ACTION_FACET_COUNT: none). */
static bool fits(const struct entry *entry, const struct action_filter *filter, size_t but)
{
    for (size_t facet = 0; facet < ACTION_FACET_COUNT; facet++)
        if (facet != but && filter->wanted[facet] &&
            !has_value(entry, facet, filter->wanted[facet]))
            return false;
    return true;
}

static int64_t count_of(const struct list *entries, const struct action_filter *filter,
                        size_t facet, const char *value)
{
    int64_t count = 0;
    for (size_t i = 0; i < entries->count; i++)
        count += has_value(entries->items[i], facet, value) &&
                 fits(entries->items[i], filter, facet);
    return count;
}

static json_t *facet_json(struct plan *plan, const struct list *entries,
                          const struct action_filter *filter, size_t facet)
{
    struct list values = { 0 };
    json_t *options = json_array();
    for (size_t i = 0; facet == ACTION_FACET_DUE && i < ARRAY_COUNT(dues); i++)
        add_value(plan, &values, dues[i].value, dues[i].label);
    for (size_t i = 0; i < entries->count; i++) {
        const struct list *own = &((const struct entry *)entries->items[i])->values[facet];
        for (size_t j = 0; j < own->count; j++) {
            const struct code *code = own->items[j];
            add_value(plan, &values, code->value, code->label);
        }
    }
    const char *wanted = filter->wanted[facet];
    for (size_t i = 0; i < values.count; i++) {
        const struct code *code = values.items[i];
        bool is_chosen = wanted && strcmp(wanted, code->value) == 0;
        int64_t count = count_of(entries, filter, facet, code->value);
        if (count || is_chosen)
            json_array_append_new(options, json_pack("{s:s, s:s, s:b, s:I, s:b}", "value",
                                                     code->value, "label", code->label, "isData",
                                                     action_facets[facet].is_data, "count",
                                                     (json_int_t)count, "isChosen", is_chosen));
    }
    return json_pack("{s:s, s:s, s:b, s:o}", "name", action_facets[facet].name, "title",
                     action_facets[facet].title, "isOpen", wanted || facet == ACTION_FACET_DUE,
                     "options", options);
}

static json_t *entry_json(struct plan *plan, const struct entry *entry)
{
    const struct code *due = entry->values[ACTION_FACET_DUE].items[0];
    json_t *json = plan_action_json(plan, entry->action);
    json_object_set_new(json, "objective", json_string(entry->objective->code));
    json_object_set_new(json, "objectiveTitle", json_string(entry->objective->title));
    json_object_set_new(json, "scheme", json_string(entry->scheme->code));
    json_object_set_new(json, "schemeTitle", json_string(entry->scheme->title));
    json_object_set_new(json, "dueCode", json_string(due->value));
    json_object_set_new(json, "dueWords", json_string(due->label));
    return json;
}

/* The most pressing first, then by date, then as the plans have them. */
static int compare_entries(const void *a, const void *b)
{
    const struct entry *left = *(const struct entry *const *)a;
    const struct entry *right = *(const struct entry *const *)b;
    const struct code *left_due = code_of(dues, ARRAY_COUNT(dues), due_value(left));
    const struct code *right_due = code_of(dues, ARRAY_COUNT(dues), due_value(right));
    if (left_due != right_due)
        return left_due < right_due ? -1 : 1;
    if (left->due != right->due)
        return left->due < right->due ? -1 : 1;
    return left->action->id < right->action->id ? -1 : left->action->id > right->action->id;
}

static enum status load_entries(struct work *work, struct plan *plan, struct list *out_entries)
{
    struct list units = { 0 };
    enum status status = plan_load(work, plan);
    if (status == STATUS_OK)
        status = entity_store_list(work, &unit_entity, 0, &units);
    for (size_t i = 0; status == STATUS_OK && i < plan->actions.rows.count; i++)
        list_add(work->arena, out_entries, entry_of(plan, &units, plan->actions.rows.items[i]));
    if (out_entries->count > 1)
        qsort(out_entries->items, out_entries->count, sizeof *out_entries->items, compare_entries);
    return status;
}

enum status actions_list(struct work *work, const struct action_filter *filter, size_t page,
                         json_t **out_model)
{
    struct plan plan = { .work = work };
    struct list entries = { 0 };
    size_t total = 0, from = page == ACTION_ALL ? 0 : (page - 1) * ACTION_PAGE;
    enum status status = load_entries(work, &plan, &entries);
    if (status != STATUS_OK)
        return status;
    json_t *actions = json_array(), *facets = json_array();
    for (size_t i = 0; i < entries.count; i++) {
        if (!fits(entries.items[i], filter, ACTION_FACET_COUNT))
            continue;
        if (total >= from && (page == ACTION_ALL || total < from + ACTION_PAGE))
            json_array_append_new(actions, entry_json(&plan, entries.items[i]));
        total++;
    }
    for (size_t facet = 0; facet < ACTION_FACET_COUNT; facet++)
        json_array_append_new(facets, facet_json(&plan, &entries, filter, facet));
    *out_model = json_pack("{s:o, s:I, s:I, s:o}", "actions", actions, "total", (json_int_t)total,
                           "pages", (json_int_t)((total + ACTION_PAGE - 1) / ACTION_PAGE), "facets",
                           facets);
    return STATUS_OK;
}
