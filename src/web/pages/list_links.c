#include "web/pages/list_links.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/urlencoded.h"
#include "web/routes.h"

#include "base/banned.h"

enum { ADDRESS_MOST = 4096 };

enum status list_links_read(struct work *work, const struct call *call, struct list_links *links)
{
    struct narrowing_asked *asked = &links->asked;
    const char *page = call_asked(call, "page"), *sort = call_asked(call, "sort");
    int64_t number = 1;
    for (size_t i = 0; i < links->list->facet_count; i++)
        asked->wanted[i] = call_asked(call, links->list->facets[i].name);
    asked->descends = sort && *sort == '-';
    for (size_t i = 0; sort && i < links->list->order_count; i++)
        if (strcmp(links->list->orders[i].name, sort + asked->descends) == 0)
            asked->order = links->list->orders[i].name;
    if ((page && !slice_integer(slice_of(page), &number)) || number < 1 ||
        number > NARROWING_PAGES_MOST)
        return work_fail(work, STATUS_NOT_FOUND, "There is no such page of this list.");
    asked->page = (size_t)number;
    return STATUS_OK;
}

/* The first page, and an order that is the list's own, need no word. */
static const char *address(const struct list_links *links, const char *path,
                           const struct narrowing_asked *asked)
{
    struct text query = text_new(links->arena, ADDRESS_MOST);
    for (size_t i = 0; i < LIST_KEPT_MOST; i++)
        if (links->kept[i].value)
            urlencoded_add(&query, links->kept[i].name, slice_of(links->kept[i].value));
    for (size_t i = 0; i < links->list->facet_count; i++)
        if (asked->wanted[i])
            urlencoded_add(&query, links->list->facets[i].name, slice_of(asked->wanted[i]));
    if (asked->order)
        urlencoded_add(
            &query, "sort",
            slice_of(arena_format(links->arena, "%s%s", asked->descends ? "-" : "", asked->order)));
    if (asked->page > 1)
        urlencoded_add(&query, "page", slice_of(arena_format(links->arena, "%zu", asked->page)));
    return arena_format(links->arena, "%s%s%s", path, query.length ? "?" : "", query.bytes);
}

const char *list_links_address(const struct list_links *links, const char *path)
{
    struct narrowing_asked asked = links->asked;
    asked.page = NARROWING_ALL;
    return address(links, path, &asked);
}

json_t *list_links_kept(const struct list_links *links)
{
    json_t *kept = json_array();
    const struct narrowing_asked *asked = &links->asked;
    for (size_t i = 0; i < links->list->facet_count; i++)
        if (asked->wanted[i])
            json_array_append_new(kept, json_pack("{s:s, s:s}", "name", links->list->facets[i].name,
                                                  "value", asked->wanted[i]));
    if (asked->order)
        json_array_append_new(kept,
                              json_pack("{s:s, s:s}", "name", "sort", "value",
                                        arena_format(links->arena, "%s%s",
                                                     asked->descends ? "-" : "", asked->order)));
    return kept;
}

/* Gives every option the address that chooses it or, when it is chosen, lets it go; gives back
 * those that are chosen. */
static json_t *link_facets(const struct list_links *links, json_t *facets)
{
    json_t *chosen = json_array();
    for (size_t facet = 0; facet < json_array_size(facets); facet++) {
        json_t *json = json_array_get(facets, facet);
        json_t *options = json_object_get(json, "options");
        for (size_t i = 0; i < json_array_size(options); i++) {
            json_t *option = json_array_get(options, i);
            struct narrowing_asked other = links->asked;
            bool is_chosen = json_is_true(json_object_get(option, "isChosen"));
            other.page = 1;
            other.wanted[facet] = is_chosen ? NULL
                                            : json_string_value(json_object_get(option, "value"));
            json_object_set_new(option, "href", json_string(address(links, links->path, &other)));
            if (is_chosen) {
                json_object_set(option, "facet", json_object_get(json, "title"));
                json_array_append(chosen, option);
            }
        }
    }
    return chosen;
}

/* A link at each heading: ascending first, then descending. */
static json_t *sorts_json(const struct list_links *links)
{
    json_t *sorts = json_object();
    for (size_t i = 0; i < links->list->order_count; i++) {
        const struct narrowing_order *order = &links->list->orders[i];
        struct narrowing_asked other = links->asked;
        bool is_here = other.order && strcmp(other.order, order->name) == 0;
        const char *state = !is_here ? "none" : other.descends ? "descending" : "ascending";
        other.descends = is_here && !other.descends;
        other.order = order->name;
        other.page = 1;
        json_object_set_new(sorts, order->name,
                            json_pack("{s:s, s:s, s:s}", "title", order->title, "state", state,
                                      "href", address(links, links->path, &other)));
    }
    return sorts;
}

static json_t *page_json(const struct list_links *links, size_t page)
{
    struct narrowing_asked other = links->asked;
    other.page = page;
    return json_pack("{s:s}", "href", address(links, links->path, &other));
}

/* The first, the last, and those beside the one that is shown. */
static json_t *pagination(const struct list_links *links, size_t pages)
{
    size_t page = links->asked.page;
    if (pages < 2)
        return json_null();
    json_t *json = json_object(), *items = json_array();
    if (page > 1)
        json_object_set_new(json, "previous", page_json(links, page - 1));
    if (page < pages)
        json_object_set_new(json, "next", page_json(links, page + 1));
    for (size_t i = 1; i <= pages; i++) {
        bool is_shown = i == 1 || i == pages || (i + 1 >= page && i <= page + 1);
        if (is_shown) {
            json_t *item = page_json(links, i);
            json_object_set_new(item, "number", json_integer((json_int_t)i));
            json_object_set_new(item, "current", json_boolean(i == page));
            json_array_append_new(items, item);
        } else if (i == 2 || i + 1 == pages) {
            json_array_append_new(items, json_pack("{s:b}", "ellipsis", 1));
        }
    }
    json_object_set_new(json, "items", items);
    return json;
}

static bool is_narrowed(const struct list_links *links)
{
    bool is_so = false;
    for (size_t i = 0; i < links->list->facet_count; i++)
        is_so |= links->asked.wanted[i] != NULL;
    for (size_t i = 0; i < LIST_KEPT_MOST; i++)
        is_so |= links->kept[i].value != NULL;
    return is_so;
}

static bool has_options(const json_t *model)
{
    const json_t *facets = json_object_get(model, "facets");
    for (size_t i = 0; i < json_array_size(facets); i++)
        if (json_array_size(json_object_get(json_array_get(facets, i), "options")) > 0)
            return true;
    return false;
}

void list_links_add(const struct list_links *links, json_t *model)
{
    size_t pages = (size_t)json_integer_value(json_object_get(model, "pages"));
    json_object_set_new(model, "chosen", link_facets(links, json_object_get(model, "facets")));
    json_object_set_new(model, "isNarrowed", json_boolean(is_narrowed(links)));
    json_object_set_new(model, "hasFilter", json_boolean(has_options(model)));
    json_object_set_new(model, "sorts", sorts_json(links));
    json_object_set_new(model, "pagination", pagination(links, pages));
    json_object_set_new(model, "clearHref", json_string(links->path));
}
