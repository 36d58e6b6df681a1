#include "service/narrowing.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/banned.h"

struct narrowing_entry *narrowing_add(struct narrowing *narrowing, const void *item)
{
    struct narrowing_entry *entry = arena_new_of(narrowing->arena, struct narrowing_entry);
    entry->item = item;
    entry->place = narrowing->entries.count;
    list_add(narrowing->arena, &narrowing->entries, entry);
    return entry;
}

static void add_code(struct arena *arena, struct list *codes, const char *value, const char *label)
{
    for (size_t i = 0; i < codes->count; i++)
        if (strcmp(((const struct code *)codes->items[i])->value, value) == 0)
            return;
    struct code *code = arena_new_of(arena, struct code);
    *code = (struct code){ value, label };
    list_add(arena, codes, code);
}

void narrowing_value(struct narrowing *narrowing, struct narrowing_entry *entry, size_t facet,
                     const char *value, const char *label)
{
    assert(facet < narrowing->list->facet_count);
    add_code(narrowing->arena, &entry->values[facet], value, label);
}

static bool has_value(const struct narrowing_entry *entry, size_t facet, const char *value)
{
    for (size_t i = 0; i < entry->values[facet].count; i++)
        if (strcmp(((const struct code *)entry->values[facet].items[i])->value, value) == 0)
            return true;
    return false;
}

/* Whether the entry fits, one facet left out of account (the count of facets: none). */
static bool fits(const struct narrowing *narrowing, const struct narrowing_entry *entry, size_t but)
{
    for (size_t facet = 0; facet < narrowing->list->facet_count; facet++)
        if (facet != but && narrowing->asked->wanted[facet] &&
            !has_value(entry, facet, narrowing->asked->wanted[facet]))
            return false;
    return true;
}

static int64_t count_of(const struct narrowing *narrowing, size_t facet, const char *value)
{
    int64_t count = 0;
    for (size_t i = 0; i < narrowing->entries.count; i++)
        count += has_value(narrowing->entries.items[i], facet, value) &&
                 fits(narrowing, narrowing->entries.items[i], facet);
    return count;
}

/* ---- order ---- */

struct ordering {
    size_t order;
    bool descends;
};

/* By the key, capitals or not; those that have none last either way, equal ones as the list has
 * them. */
static int compare(const void *a, const void *b, void *context)
{
    const struct ordering *ordering = context;
    const struct narrowing_entry *left = *(const struct narrowing_entry *const *)a;
    const struct narrowing_entry *right = *(const struct narrowing_entry *const *)b;
    const char *left_key = left->keys[ordering->order], *right_key = right->keys[ordering->order];
    if (!left_key != !right_key)
        return left_key ? -1 : 1;
    int order = left_key ? strcasecmp(left_key, right_key) : 0;
    if (order)
        return ordering->descends ? -order : order;
    return left->place < right->place ? -1 : left->place > right->place;
}

static void put_in_order(const struct narrowing *narrowing, struct list *entries)
{
    const char *wanted = narrowing->asked->order;
    for (size_t i = 0; wanted && i < narrowing->list->order_count; i++) {
        struct ordering ordering = { i, narrowing->asked->descends };
        if (entries->count > 1 && strcmp(narrowing->list->orders[i].name, wanted) == 0)
            qsort_r(entries->items, entries->count, sizeof *entries->items, compare, &ordering);
    }
}

size_t narrowing_entries(const struct narrowing *narrowing, struct list *out_entries)
{
    struct list fitting = { 0 };
    size_t page = narrowing->asked->page, from = page ? (page - 1) * NARROWING_PAGE : 0;
    for (size_t i = 0; i < narrowing->entries.count; i++)
        if (fits(narrowing, narrowing->entries.items[i], narrowing->list->facet_count))
            list_add(narrowing->arena, &fitting, narrowing->entries.items[i]);
    put_in_order(narrowing, &fitting);
    for (size_t i = from; i < fitting.count && (!page || i < from + NARROWING_PAGE); i++)
        list_add(narrowing->arena, out_entries, fitting.items[i]);
    return fitting.count;
}

/* ---- facets ---- */

json_t *narrowing_option(const struct narrowing_facet *facet, const struct code *code,
                         int64_t count, const char *wanted)
{
    return json_pack("{s:s, s:s, s:b, s:I, s:b}", "value", code->value, "label", code->label,
                     "isData", facet->is_data, "count", (json_int_t)count, "isChosen",
                     wanted && strcmp(wanted, code->value) == 0);
}

json_t *narrowing_facet_json(const struct narrowing_facet *facet, const char *wanted,
                             json_t *options)
{
    return json_pack("{s:s, s:s, s:b, s:o}", "name", facet->name, "title", facet->title, "isOpen",
                     wanted || facet->is_open, "options", options);
}

static json_t *facet_json(const struct narrowing *narrowing, size_t number)
{
    const struct narrowing_facet *facet = &narrowing->list->facets[number];
    const char *wanted = narrowing->asked->wanted[number];
    struct list codes = { 0 };
    json_t *options = json_array();
    for (size_t i = 0; i < facet->option_count; i++)
        add_code(narrowing->arena, &codes, facet->options[i].value, facet->options[i].label);
    for (size_t i = 0; i < narrowing->entries.count; i++) {
        const struct narrowing_entry *entry = narrowing->entries.items[i];
        for (size_t j = 0; j < entry->values[number].count; j++) {
            const struct code *code = entry->values[number].items[j];
            add_code(narrowing->arena, &codes, code->value, code->label);
        }
    }
    for (size_t i = 0; i < codes.count; i++) {
        const struct code *code = codes.items[i];
        int64_t count = count_of(narrowing, number, code->value);
        if (count || (wanted && strcmp(wanted, code->value) == 0))
            json_array_append_new(options, narrowing_option(facet, code, count, wanted));
    }
    return narrowing_facet_json(facet, wanted, options);
}

void narrowing_tell(const struct narrowing *narrowing, size_t total, json_t *model)
{
    json_t *facets = json_array();
    for (size_t i = 0; i < narrowing->list->facet_count; i++)
        json_array_append_new(facets, facet_json(narrowing, i));
    json_object_set_new(model, "total", json_integer((json_int_t)total));
    json_object_set_new(model, "pages",
                        json_integer((json_int_t)((total + NARROWING_PAGE - 1) / NARROWING_PAGE)));
    json_object_set_new(model, "facets", facets);
}
