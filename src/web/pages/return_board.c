/* All returns of a period, at a glance. */
#include "service/return_board.h"

#include <string.h>

#include "base/arena.h"
#include "service/permission.h"
#include "service/return_life.h"
#include "service/return_next.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/pages/who_can.h"
#include "web/routes.h"
#include "base/banned.h"

/* The returns of the period that have begun, each with whether the person may open it. */
static enum status rows_of(struct work *work, const char *code, json_t **out_rows)
{
    struct list entries = { 0 };
    json_t *rows = json_array();
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
    if (status == STATUS_OK)
        *out_rows = rows;
    else
        json_decref(rows);
    return status;
}

static void add_choice(struct work *work, struct period period, struct period here, json_t *choices)
{
    json_array_append_new(choices,
                          json_pack("{s:s, s:s, s:b}", "period", period_print(work->arena, period),
                                    "words", period_print_long(work->arena, period), "isChosen",
                                    period_equal(period, here)));
}

/* The periods to go to: those that have returns, and, for whoever may open it, the next. */
static enum status choices_of(struct work *work, struct period here, struct return_next *next,
                              json_t **out_choices)
{
    struct list periods = { 0 };
    json_t *choices = json_array();
    enum status status = return_periods(work, &periods);
    if (status == STATUS_OK && permission_has(work, RIGHT_RETURN_FREEZE))
        status = return_next_load(work, next);
    if (status == STATUS_NOT_FOUND) {
        work_forget(work);
        status = STATUS_OK;
    }
    if (status == STATUS_OK && next->code)
        add_choice(work, next->period, here, choices);
    for (size_t i = 0; i < periods.count; i++)
        add_choice(work, *(struct period *)periods.items[i], here, choices);
    *out_choices = choices;
    return status;
}

/* All returns of the period. */
enum status page_return_board(struct work *work, const struct call *call, struct page *out_page)
{
    struct period period;
    struct return_next next = { .code = NULL };
    json_t *rows = NULL, *choices = NULL;
    if (!period_read(slice_of(call_parameter(call, "period")), &period))
        return STATUS_NOT_FOUND;
    const char *code = period_print(work->arena, period);
    enum status status = choices_of(work, period, &next, &choices);
    if (status == STATUS_OK)
        status = rows_of(work, code, &rows);
    if (status != STATUS_OK) {
        json_decref(choices);
        return status;
    }
    bool has_others = false;
    size_t index;
    const json_t *row;
    json_array_foreach(rows, index, row)
        has_others = has_others || json_is_null(json_object_get(row, "href"));
    bool is_begun = json_array_size(rows) > 0, is_next = next.code && strcmp(next.code, code) == 0;
    json_t *model = json_pack(
        "{s:s, s:s, s:o, s:o, s:b, s:b, s:s?, s:s?, s:o}", "period", code, "periodWords",
        period_print_long(work->arena, period), "periods", choices, "returns", rows, "hasOthers",
        has_others, "mayOpen", permission_has(work, RIGHT_RETURN_FREEZE), "opensOn",
        is_next ? next.opens_on : NULL, "dueOn", is_next ? next.due_on : NULL, "open",
        form_button(call_words(call, is_begun ? WORDS("Open those that are missing")
                                              : WORDS("Open the returns of this period")),
                    is_begun ? "govuk-button--secondary" : NULL));
    status = page_who_can(
        work, RIGHT_RETURN_FREEZE, INTEGER_MISSING,
        permission_has(work, RIGHT_RETURN_FREEZE)
            ? NULL
            : WORDS("You can see where the returns stand, but not open a period."),
        model);
    *out_page = (struct page){ .template = "pages/return-board.html",
                               .title = arena_format(work->arena, WORDS("Returns of %s"),
                                                     period_print_long(work->arena, period)),
                               .model = model,
                               .has_form = true };
    return status;
}

/* The board of the newest period that has returns. */
enum status page_return_board_latest(struct work *work, const struct call *call,
                                     struct page *out_page)
{
    struct list periods = { 0 };
    enum status status = return_periods(work, &periods);
    (void)call;
    if (status == STATUS_OK && periods.count == 0)
        return work_fail(work, STATUS_NOT_FOUND, "There are no returns yet.");
    if (status == STATUS_OK)
        *out_page = (struct page){
            .redirect = arena_format(work->arena, "/returns/%s/board",
                                     period_print(work->arena, *(struct period *)periods.items[0]))
        };
    return status;
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
