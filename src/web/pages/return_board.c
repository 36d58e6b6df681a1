/* All returns of a period, and those that need the person who asks. */
#include "service/return_board.h"

#include <string.h>

#include "base/arena.h"
#include "service/permission.h"
#include "service/return_life.h"
#include "service/work_list.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "base/banned.h"

/* All returns of the period. */
enum status page_return_board(struct work *work, const struct call *call, struct page *out_page)
{
    struct list entries = { 0 };
    struct period period;
    const char *code = call_parameter(call, "period");
    json_t *rows = json_array();
    if (!period_read(slice_of(code), &period))
        return STATUS_NOT_FOUND;
    enum status status = return_board_load(work, code, &entries);
    if (status == STATUS_NOT_FOUND && permission_has(work, RIGHT_RETURN_FREEZE)) {
        work_forget(work);
        status = STATUS_OK;
    }
    for (size_t i = 0; status == STATUS_OK && i < entries.count; i++) {
        const struct return_board_entry *entry = entries.items[i];
        bool mine = false;
        status = permission_allows(work, RIGHT_RETURN_FILL, entry->head->unit, &mine);
        json_array_append_new(
            rows,
            json_pack("{s:s, s:s, s:s, s:I, s:I, s:s, s:b, s:s?}", "unitName", entry->unit_name,
                      "stateWords", entry->state_words, "state", entry->head->state, "answered",
                      (json_int_t)entry->answered, "rowCount", (json_int_t)entry->rows, "lateWords",
                      entry->late_words, "isLate", entry->days_late > 0, "href",
                      mine ? arena_format(work->arena, "/returns/%s/%s", code, entry->unit_code)
                           : NULL));
    }
    if (status != STATUS_OK) {
        json_decref(rows);
        return status;
    }
    json_t *model = json_pack(
        "{s:s, s:s, s:o, s:b, s:o}", "period", code, "periodWords",
        period_print_long(work->arena, period), "returns", rows, "mayOpen",
        permission_has(work, RIGHT_RETURN_FREEZE), "open",
        form_button(call_words(call, entries.count > 0 ? WORDS("Open those that are missing")
                                                       : WORDS("Open the returns of this period")),
                    entries.count > 0 ? "govuk-button--secondary" : NULL));
    *out_page = (struct page){ .template = "pages/return-board.html",
                               .title = arena_format(work->arena, "Returns of %s",
                                                     period_print_long(work->arena, period)),
                               .model = model,
                               .has_form = true };
    return STATUS_OK;
}

enum status page_return_open_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct period period;
    int64_t opened = 0;
    const char *code = call_parameter(call, "period");
    if (!period_read(slice_of(code), &period))
        return STATUS_NOT_FOUND;
    enum status status = return_open_period(work, period, NULL, &opened);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = arena_format(work->arena, "/returns/%s/board", code),
                                   .done = "returns-opened" };
    return status;
}

/* What needs the person who asks. */
enum status page_my_work(struct work *work, const struct call *call, struct page *out_page)
{
    struct list items = { 0 };
    enum status status = work_list_load(work, &items);
    if (status != STATUS_OK)
        return status;
    json_t *shown = json_array();
    for (size_t i = 0; i < items.count; i++) {
        const struct work_item *item = items.items[i];
        json_array_append_new(shown,
                              json_pack("{s:s, s:s, s:s, s:s?, s:b}", "title", item->title, "href",
                                        item->path, "words", item->words, "locked", item->locked,
                                        "isLate", item->kind == WORK_RETURN_LATE));
    }
    *out_page = (struct page){ .template = "pages/my-work.html",
                               .title = call_words(call, WORDS("Your work")),
                               .model = json_pack("{s:o}", "returns", shown) };
    return STATUS_OK;
}
