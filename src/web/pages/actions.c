/* The actions: a list narrowed by links, the same as CSV, and one action whole. */
#include "service/actions.h"

#include <string.h>

#include "base/arena.h"
#include "codec/urlencoded.h"
#include "service/permission.h"
#include "web/pages/pages.h"
#include "web/pages/table_file.h"
#include "web/routes.h"

#include "base/banned.h"

enum { ADDRESS_MOST = 4096, NAMES_MOST = 64 * 1024, PAGES_MOST = 10000 };

static struct action_filter filter_of(const struct call *call)
{
    struct action_filter filter = { { NULL } };
    for (size_t i = 0; i < ACTION_FACET_COUNT; i++) {
        const char *wanted = request_query(call->request, action_facets[i].name);
        filter.wanted[i] = wanted && *wanted ? wanted : NULL;
    }
    return filter;
}

/* The list's address with that filter and page; the first page needs no number. */
static const char *address(struct arena *arena, const char *path,
                           const struct action_filter *filter, size_t page)
{
    struct text query = text_new(arena, ADDRESS_MOST);
    for (size_t i = 0; i < ACTION_FACET_COUNT; i++)
        if (filter->wanted[i])
            urlencoded_add(&query, action_facets[i].name, slice_of(filter->wanted[i]));
    if (page > 1)
        urlencoded_add(&query, "page", slice_of(arena_format(arena, "%zu", page)));
    return arena_format(arena, "%s%s%s", path, query.length ? "?" : "", query.bytes);
}

/* Gives every option the address that chooses it or, when it is chosen, lets it go; gives back
 * those that are chosen. */
static json_t *link_facets(struct arena *arena, const struct action_filter *filter, json_t *facets)
{
    json_t *chosen = json_array();
    for (size_t facet = 0; facet < json_array_size(facets); facet++) {
        json_t *json = json_array_get(facets, facet);
        json_t *options = json_object_get(json, "options");
        for (size_t i = 0; i < json_array_size(options); i++) {
            json_t *option = json_array_get(options, i);
            struct action_filter other = *filter;
            bool is_chosen = json_is_true(json_object_get(option, "isChosen"));
            other.wanted[facet] = is_chosen ? NULL
                                            : json_string_value(json_object_get(option, "value"));
            json_object_set_new(option, "href", json_string(address(arena, "/actions", &other, 1)));
            if (is_chosen) {
                json_object_set(option, "facet", json_object_get(json, "title"));
                json_array_append(chosen, option);
            }
        }
    }
    return chosen;
}

static json_t *pagination(struct arena *arena, const struct action_filter *filter, size_t page,
                          size_t pages)
{
    if (pages < 2)
        return json_null();
    json_t *json = json_object();
    if (page > 1)
        json_object_set_new(
            json, "previous",
            json_pack("{s:s}", "href", address(arena, "/actions", filter, page - 1)));
    if (page < pages)
        json_object_set_new(
            json, "next", json_pack("{s:s}", "href", address(arena, "/actions", filter, page + 1)));
    json_t *items = json_array();
    for (size_t i = 1; i <= pages; i++)
        json_array_append_new(items, json_pack("{s:I, s:s, s:b}", "number", (json_int_t)i, "href",
                                               address(arena, "/actions", filter, i), "current",
                                               i == page));
    json_object_set_new(json, "items", items);
    return json;
}

static bool read_page(const struct call *call, size_t *out_page)
{
    const char *words = request_query(call->request, "page");
    int64_t page = 1;
    if (words && !slice_integer(slice_of(words), &page))
        return false;
    *out_page = (size_t)page;
    return page >= 1 && page <= PAGES_MOST;
}

enum status page_actions(struct work *work, const struct call *call, struct page *out_page)
{
    struct action_filter filter = filter_of(call);
    struct page page = { .template = "pages/actions.html", .title = WORDS("Actions") };
    size_t number = 1;
    if (!read_page(call, &number))
        return work_fail(work, STATUS_NOT_FOUND, "There is no such page of actions.");
    enum status status = actions_list(work, &filter, number, &page.model);
    if (status != STATUS_OK)
        return status;
    size_t pages = (size_t)json_integer_value(json_object_get(page.model, "pages"));
    json_object_set_new(page.model, "chosen",
                        link_facets(work->arena, &filter, json_object_get(page.model, "facets")));
    json_object_set_new(page.model, "pagination", pagination(work->arena, &filter, number, pages));
    json_object_set_new(page.model, "csvHref",
                        json_string(address(work->arena, "/actions.csv", &filter, 1)));
    *out_page = page;
    return STATUS_OK;
}

/* The names of a list of leads, or of a list of texts, with a semicolon between; a post that nobody
 * holds says so. */
static struct slice joined(struct arena *arena, const json_t *list)
{
    struct text text = text_new(arena, NAMES_MOST);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        text_add(&text, i ? "; " : "");
        text_add(&text,
                 json_string_value(json_is_object(item) ? json_object_get(item, "name") : item));
        text_add(&text, json_is_true(json_object_get(item, "isVacant")) ? " (vacant post)" : "");
    }
    return text_slice(&text);
}

enum status page_actions_csv(struct work *work, const struct call *call, struct page *out_page)
{
    static const char *const columns[] = { "code",    "schemeTitle", "objectiveTitle",
                                           "wording", "leads",       "targetDate",
                                           "next",    "dueWords",    "status",
                                           "tags",    "note" };
    enum { COLUMNS = ARRAY_COUNT(columns) };
    struct action_filter filter = filter_of(call);
    json_t *model = NULL;
    enum status status = actions_list(work, &filter, ACTION_ALL, &model);
    if (status != STATUS_OK)
        return status;
    const json_t *actions = json_object_get(model, "actions");
    size_t count = json_array_size(actions);
    struct slice *cells = arena_array_of(work->arena, count * COLUMNS + 1, struct slice);
    for (size_t i = 0; i < count * COLUMNS; i++) {
        const json_t *value = json_object_get(json_array_get(actions, i / COLUMNS),
                                              columns[i % COLUMNS]);
        const char *words = json_string_value(value);
        cells[i] = json_is_array(value) ? joined(work->arena, value) : slice_of(words ? words : "");
    }
    const struct table_file table = {
        "actions", "Actions", columns, COLUMNS, cells, count, COLUMNS
    };
    status = table_file_answer(work, &table, false, out_page);
    json_decref(model);
    return status;
}

enum status page_action(struct work *work, const struct call *call, struct page *out_page)
{
    struct page page = { .template = "pages/action.html" };
    const char *code = call_parameter(call, "code");
    enum status status = action_view(work, code, &page.model);
    if (status != STATUS_OK)
        return status;
    page.title = language_fill(work->arena, call_words(call, WORDS("Action {code}")), "code", code);
    *out_page = page;
    return STATUS_OK;
}
