/* What needs the person who asks, and what they would look for. */
#include "service/watch_list.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "base/banned.h"

/* The objectives that they answer for, or all else. */
static json_t *items_json(const struct list *items, bool of_objectives)
{
    json_t *array = json_array();
    for (size_t i = 0; i < items->count; i++) {
        const struct work_item *item = items->items[i];
        if ((item->kind == WORK_OWN_OBJECTIVE) != of_objectives)
            continue;
        json_array_append_new(
            array, json_pack("{s:s, s:s, s:s, s:s?, s:b, s:b}", "title", item->title, "href",
                             item->path, "words", item->words, "locked", item->locked, "isLate",
                             item->kind == WORK_RETURN_LATE, "isOurs", item->is_ours));
    }
    return array;
}

enum status page_my_work(struct work *work, const struct call *call, struct page *out_page)
{
    struct list items = { 0 }, watched = { 0 };
    enum status status = work_list_load(work, &items);
    if (status == STATUS_OK)
        status = watch_list_load(work, &watched);
    if (status == STATUS_OK)
        *out_page = (struct page){ .template = "pages/my-work.html",
                                   .title = call_words(call, WORDS("Your work")),
                                   .model = json_pack("{s:o, s:o, s:o}", "returns",
                                                      items_json(&items, false), "objectives",
                                                      items_json(&watched, true), "watched",
                                                      items_json(&watched, false)) };
    return status;
}
