/* The actions: a list narrowed by links, the same as CSV, and one action whole. */
#include "service/actions.h"

#include <string.h>

#include "base/arena.h"
#include "web/pages/list_links.h"
#include "web/pages/pages.h"
#include "web/pages/table_file.h"
#include "web/routes.h"

#include "base/banned.h"

enum { NAMES_MOST = 64 * 1024 };

static struct list_links links_of(struct work *work)
{
    return (struct list_links){ .arena = work->arena, .path = "/actions", .list = &action_list };
}

enum status page_actions(struct work *work, const struct call *call, struct page *out_page)
{
    struct list_links links = links_of(work);
    struct page page = { .template = "pages/actions.html", .title = WORDS("Actions") };
    enum status status = list_links_read(work, call, &links);
    if (status == STATUS_OK)
        status = actions_list(work, &links.asked, &page.model);
    if (status != STATUS_OK)
        return status;
    list_links_add(&links, page.model);
    json_object_set_new(page.model, "csvHref",
                        json_string(list_links_address(&links, "/actions.csv")));
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
    struct list_links links = links_of(work);
    json_t *model = NULL;
    enum status status = list_links_read(work, call, &links);
    links.asked.page = NARROWING_ALL;
    if (status == STATUS_OK)
        status = actions_list(work, &links.asked, &model);
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
