/* The list of measures, narrowed and ordered by links. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "codec/urlencoded.h"
#include "entity/field_text.h"
#include "model/codes.h"
#include "model/measure.h"
#include "store/entity_store.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

enum { ADDRESS_MOST = 1024, FACETS = 4 };

/* What the list can be narrowed by: fields with codes. */
static const struct facet {
    const char *field, *title;
} facets[FACETS] = {
    { "kind", WORDS("Kind") },
    { "polarity", WORDS("Better is") },
    { "frequency", WORDS("How often") },
    { "status", WORDS("Status") },
};

static const struct order {
    const char *value, *words;
} orders[] = {
    { NULL, WORDS("As recorded") },
    { "title", WORDS("By title") },
    { "kind", WORDS("By kind") },
};

/* What is asked of the list; NULL for any. */
struct asked {
    const char *wanted[FACETS];
    const char *order;
};

static struct asked asked_of(const struct call *call)
{
    struct asked asked = { .order = call_asked(call, "sort") };
    for (size_t i = 0; i < FACETS; i++)
        asked.wanted[i] = call_asked(call, facets[i].field);
    return asked;
}

static const char *address(struct arena *arena, const struct asked *asked)
{
    struct text query = text_new(arena, ADDRESS_MOST);
    for (size_t i = 0; i < FACETS; i++)
        if (asked->wanted[i])
            urlencoded_add(&query, facets[i].field, slice_of(asked->wanted[i]));
    if (asked->order)
        urlencoded_add(&query, "sort", slice_of(asked->order));
    return arena_format(arena, "/measures%s%s", query.length ? "?" : "", query.bytes);
}

static const char *text_of(const char *field, const struct measure *measure)
{
    const char *text = field_text(entity_field(&measure_entity, field), measure);
    return text ? text : "";
}

static bool fits(const struct asked *asked, const struct measure *measure)
{
    for (size_t i = 0; i < FACETS; i++)
        if (asked->wanted[i] && strcmp(text_of(facets[i].field, measure), asked->wanted[i]) != 0)
            return false;
    return true;
}

static size_t count_of(const struct asked *asked, const struct list *measures)
{
    size_t count = 0;
    for (size_t i = 0; i < measures->count; i++)
        count += fits(asked, measures->items[i]);
    return count;
}

/* One facet with what each choice would leave; the chosen one lets go, and stands in `chosen`. */
static json_t *facet_json(struct arena *arena, const struct asked *asked, size_t facet,
                          const struct list *measures, json_t *chosen)
{
    json_t *options = json_array();
    const struct code *code = entity_field(&measure_entity, facets[facet].field)->codes;
    for (; code->value; code++) {
        struct asked other = *asked;
        bool is_chosen = asked->wanted[facet] && strcmp(asked->wanted[facet], code->value) == 0;
        other.wanted[facet] = code->value;
        size_t count = count_of(&other, measures);
        if (count == 0 && !is_chosen)
            continue;
        other.wanted[facet] = is_chosen ? NULL : code->value;
        json_t *option = json_pack("{s:s, s:I, s:s, s:b, s:b, s:s}", "label", code->label, "count",
                                   (json_int_t)count, "href", address(arena, &other), "isChosen",
                                   is_chosen, "isData", false, "facet", facets[facet].title);
        json_array_append_new(options, option);
        if (is_chosen)
            json_array_append(chosen, option);
    }
    return json_pack("{s:s, s:s, s:b, s:o}", "name", facets[facet].field, "title",
                     facets[facet].title, "isOpen", asked->wanted[facet] != NULL, "options",
                     options);
}

static json_t *orders_json(struct arena *arena, const struct asked *asked)
{
    json_t *array = json_array();
    for (size_t i = 0; i < ARRAY_COUNT(orders); i++) {
        struct asked other = *asked;
        bool is_here = asked->order && orders[i].value ? strcmp(asked->order, orders[i].value) == 0
                                                       : !asked->order && !orders[i].value;
        other.order = orders[i].value;
        json_array_append_new(array, json_pack("{s:s, s:s, s:b}", "words", orders[i].words, "href",
                                               address(arena, &other), "isHere", is_here));
    }
    return array;
}

/* Capitals do not go before. */
static int by_title(const void *a, const void *b)
{
    const struct measure *left = *(struct measure *const *)a, *right = *(struct measure *const *)b;
    return strcasecmp(left->title, right->title);
}

static int by_kind(const void *a, const void *b)
{
    const struct measure *left = *(struct measure *const *)a, *right = *(struct measure *const *)b;
    int order = strcmp(text_of("kind", left), text_of("kind", right));
    return order ? order : by_title(a, b);
}

static void put_in_order(const struct asked *asked, struct list *measures)
{
    if (!asked->order || measures->count == 0)
        return;
    if (strcmp(asked->order, "title") == 0)
        qsort(measures->items, measures->count, sizeof *measures->items, by_title);
    else if (strcmp(asked->order, "kind") == 0)
        qsort(measures->items, measures->count, sizeof *measures->items, by_kind);
}

static json_t *measure_json(struct arena *arena, const struct measure *measure)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s?}", "code", measure->code, "measureTitle",
                     measure->title, "kind",
                     field_label(arena, entity_field(&measure_entity, "kind"), measure), "better",
                     field_label(arena, entity_field(&measure_entity, "polarity"), measure),
                     "source", measure->source);
}

enum status page_measures(struct work *work, const struct call *call, struct page *out_page)
{
    struct list measures = { 0 };
    struct asked asked = asked_of(call);
    enum status status = entity_store_list(work, &measure_entity, 0, &measures);
    if (status != STATUS_OK)
        return status;
    put_in_order(&asked, &measures);
    json_t *array = json_array(), *chosen = json_array(), *shown = json_array();
    for (size_t i = 0; i < measures.count; i++)
        if (fits(&asked, measures.items[i]))
            json_array_append_new(array, measure_json(work->arena, measures.items[i]));
    for (size_t i = 0; i < FACETS; i++)
        json_array_append_new(shown, facet_json(work->arena, &asked, i, &measures, chosen));
    json_int_t total = (json_int_t)json_array_size(array);
    *out_page = (struct page){ .template = "pages/measures.html",
                               .title = WORDS("Measures"),
                               .model = json_pack(
                                   "{s:o, s:I, s:o, s:o, s:o, s:s}", "measures", array, "total",
                                   total, "facets", shown, "chosen", chosen, "orders",
                                   orders_json(work->arena, &asked), "clearHref", "/measures") };
    return STATUS_OK;
}
