/* A return while it is written: all its rows with what each still wants, its history, and the same
 * as a spreadsheet, out and back. */
#include "web/pages/return_parts.h"

#include <string.h>

#include "base/arena.h"
#include "codec/table_reader.h"
#include "service/permission.h"
#include "service/return_board.h"
#include "service/return_file.h"
#include "service/scorecard_source.h"
#include "web/form.h"
#include "web/localise.h"
#include "web/pages/pages.h"
#include "web/pages/who_can.h"
#include "base/banned.h"

const char *return_call_code(struct work *work, const struct call *call)
{
    return return_code(work->arena, call_parameter(call, "period"), call_parameter(call, "unit"));
}

const char *return_address(struct work *work, const struct return_sheet *sheet, const char *rest)
{
    return arena_format(work->arena, "/returns/%s/%s%s", sheet->head.period, sheet->unit_code,
                        rest);
}

/* Whether a scorecard filled anything of the row that still stands. */
static bool is_filled(const struct list *sources, const struct return_row *row)
{
    for (size_t i = 0; i < sources->count; i++) {
        const struct scorecard_source *source = sources->items[i];
        if (source->row == row && scorecard_source_of(sources, row, source->input))
            return true;
    }
    return false;
}

/* What a row of the list says of itself. */
static json_t *row_status(const struct call *call, const struct list *sources,
                          const struct return_sheet_row *row)
{
    bool is_started = row->has_answer || row->row->progress;
    if (!is_started)
        return json_pack("{s:{s:s, s:s}}", "tag", "text", call_words(call, WORDS("Not started")),
                         "classes", "govuk-tag--grey");
    if (row->problems.count > 0)
        return json_pack("{s:{s:s, s:s}}", "tag", "text", call_words(call, WORDS("To mend")),
                         "classes", "govuk-tag--orange");
    if (row->row->is_complete != 1 && is_filled(sources, row->row))
        return json_pack("{s:{s:s, s:s}}", "tag", "text",
                         call_words(call, WORDS("From your scorecard")), "classes",
                         "govuk-tag--light-blue");
    if (row->row->is_complete != 1)
        return json_pack("{s:{s:s, s:s}}", "tag", "text", call_words(call, WORDS("In progress")),
                         "classes", "govuk-tag--light-blue");
    return json_pack("{s:s}", "text", call_words(call, WORDS("Completed")));
}

/* What the list of rows is made of. */
struct list_view {
    struct work *work;
    const struct call *call;
    const struct return_sheet *sheet;
    struct list sources; /* what a scorecard filled in */
};

static json_t *task(const struct list_view *view, const struct return_sheet_row *row)
{
    struct work *work = view->work;
    const char *title = row->measure ? row->measure->title : row->row->success_criterion;
    return json_pack("{s:s, s:s, s:s, s:s?, s:b, s:b, s:o}", "href",
                     return_address(work, view->sheet,
                                    arena_format(work->arena, "/rows/%s", row->row->reference)),
                     "rowTitle",
                     arena_format(work->arena, "%s %s", row->row->reference, title ? title : ""),
                     "target", row->target_words, "supplier", row->supplier, "isVacant",
                     row->is_supplier_vacant, "isTargetWording", row->is_target_wording, "status",
                     row_status(view->call, &view->sources, row));
}

/* The rows under their objectives. */
static json_t *tasks(const struct list_view *view)
{
    struct work *work = view->work;
    const struct return_sheet *sheet = view->sheet;
    json_t *groups = json_array(), *items = NULL;
    const struct objective *objective = NULL;
    for (size_t i = 0; i < sheet->rows.count; i++) {
        const struct return_sheet_row *row = sheet->rows.items[i];
        if (!objective || objective->id != row->objective->id) {
            objective = row->objective;
            items = json_array();
            json_array_append_new(
                groups,
                json_pack("{s:I, s:s, s:{s:s, s:o}}", "number", (json_int_t)objective->number,
                          "title", objective->title, "list", "idPrefix",
                          arena_format(work->arena, "objective-%lld", (long long)objective->number),
                          "items", items));
        }
        json_array_append_new(items, task(view, row));
    }
    return groups;
}

/* Where to go on: the first row that is not answered or has something to mend; or NULL. */
static const struct return_sheet_row *first_gap(const struct return_sheet *sheet)
{
    for (size_t i = 0; i < sheet->rows.count; i++) {
        const struct return_sheet_row *row = sheet->rows.items[i];
        if (!row->has_answer || row->problems.count > 0)
            return row;
    }
    return NULL;
}

/* What the return waits for in its state, and whose that is; `words` is NULL where it waits for
 * nothing but answers. */
static const struct waits {
    const char *state, *words;
    bool is_of_lock; /* only once the days of writing are over */
} waits[] = {
    { RETURN_DUE, WORDS("The days of writing are over; an exception opens the return again."),
      true },
    { RETURN_SENT_BACK, WORDS("The days of writing are over; an exception opens the return again."),
      true },
    { RETURN_SUBMITTED, WORDS("Somebody else must approve this return or send it back."), false },
    { RETURN_APPROVED, WORDS("Somebody else must freeze this return."), false },
    { RETURN_FROZEN, WORDS("Somebody else must open this return for a revision."), false },
    { RETURN_REVISED, WORDS("Somebody else must record the revision when it is written."), false },
};

enum status return_who_can(struct work *work, const struct return_sheet *sheet, json_t *model)
{
    const enum right right = return_right_awaited(sheet->head.state);
    for (size_t i = 0; i < ARRAY_COUNT(waits); i++) {
        bool may = false;
        if (strcmp(sheet->head.state, waits[i].state) != 0 ||
            (waits[i].is_of_lock && !sheet->locked))
            continue;
        enum status status = permission_allows(work, right, sheet->head.unit, &may);
        if (status != STATUS_OK)
            return status;
        return page_who_can(work, right, sheet->head.unit, may ? NULL : waits[i].words, model);
    }
    json_object_set_new(model, "who", json_null());
    return STATUS_OK;
}

/* The steps that the person may take now. */
static enum status steps_open(struct work *work, const struct return_sheet *sheet, json_t *steps)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < return_transition_count; i++) {
        const struct return_transition *transition = &return_transitions[i];
        bool allows = false;
        if (return_transition_find(transition->action, sheet->head.state) != transition)
            continue;
        status = permission_allows(work, permission_right(transition->right), sheet->head.unit,
                                   &allows);
        bool is_late = sheet->locked && strcmp(transition->action, "submit") == 0;
        if (allows && !is_late)
            json_array_append_new(
                steps, json_pack("{s:s, s:s, s:s}", "text", transition->label, "href",
                                 return_address(
                                     work, sheet,
                                     arena_format(work->arena, "/steps/%s", transition->action)),
                                 "classes",
                                 transition->needs_reason || (!sheet->locked && first_gap(sheet))
                                     ? "govuk-button--secondary"
                                     : ""));
    }
    return status;
}

static json_t *history(struct work *work, const struct return_sheet *sheet)
{
    json_t *items = json_array();
    for (size_t i = sheet->steps.count; i > 0; i--) {
        const struct return_step *step = sheet->steps.items[i - 1];
        const char *done = strcmp(step->action, "open") == 0     ? WORDS("opened the return")
                           : strcmp(step->action, "except") == 0 ? WORDS("allowed an exception")
                                                                 : step->action;
        struct date day;
        for (size_t j = 0; j < return_transition_count; j++)
            if (strcmp(return_transitions[j].action, step->action) == 0)
                done = return_transitions[j].done;
        const char *when = date_read(slice_first(slice_of(step->taken_at), 10), &day)
                               ? date_print_long(work->arena, day)
                               : step->taken_at;
        json_array_append_new(items, json_pack("{s:s, s:s, s:s, s:s?}", "by", step->taken_by,
                                               "done", done, "when", when, "reason", step->reason));
    }
    return items;
}

/* The way to that row is the page's first button, while the return can be written. */
static void add_next(struct work *work, const struct call *call, const struct return_sheet *sheet,
                     json_t *model)
{
    const struct return_sheet_row *gap = sheet->locked ? NULL : first_gap(sheet);
    if (!gap) {
        json_object_set_new(model, "next", json_null());
        return;
    }
    const char *rest = arena_format(work->arena, "/rows/%s", gap->row->reference);
    const char *words = language_fill(work->arena, call_words(call, WORDS("Go on with row {row}")),
                                      "row", gap->row->reference);
    json_object_set_new(
        model, "next",
        json_pack("{s:s, s:s}", "href", return_address(work, sheet, rest), "text", words));
}

static const char *due_words(struct work *work, const struct return_sheet *sheet)
{
    struct date due;
    return date_read(slice_of(sheet->head.due_on), &due) ? date_print_long(work->arena, due) : NULL;
}

enum status page_return(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    json_t *steps = json_array();
    enum status status = return_sheet_load(
        work, return_call_code(work, call),
        call->wants_json ? RETURN_SHEET_ALL : RETURN_SHEET_SUPPLIERS, &sheet);
    bool may_except = false;
    struct list_view view = { .work = work, .call = call, .sheet = sheet };
    if (status == STATUS_OK)
        status = scorecard_sources_load(work, sheet, &view.sources);
    if (status == STATUS_OK)
        status = steps_open(work, sheet, steps);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_RETURN_FREEZE, sheet->head.unit, &may_except);
    if (status != STATUS_OK) {
        json_decref(steps);
        return status;
    }
    json_t *model = call->wants_json ? return_sheet_json(work->arena, sheet) : json_object();
    json_t *more = json_pack(
        "{s:s, s:s, s:s, s:s?, s:s?, s:I, s:I, s:I, s:o, s:o, s:o, s:s, s:s, s:b}", "unitName",
        sheet->unit_name, "periodWords", sheet->period_words, "stateWords",
        return_state_words(sheet->head.state), "dueOn", due_words(work, sheet), "locked",
        sheet->locked, "answered", (json_int_t)sheet->answered, "rowCount",
        (json_int_t)sheet->rows.count, "toMend", (json_int_t)sheet->with_problems, "objectives",
        tasks(&view), "steps", steps, "history", history(work, sheet), "ods",
        return_address(work, sheet, "/files/return.ods"), "xlsx",
        return_address(work, sheet, "/files/return.xlsx"), "isOpen", !sheet->locked);
    json_object_update(model, more);
    json_decref(more);
    bool is_writable = strcmp(sheet->head.state, RETURN_DUE) == 0 ||
                       strcmp(sheet->head.state, RETURN_SENT_BACK) == 0;
    json_object_set_new(model, "mayExcept",
                        json_boolean(may_except && is_writable && sheet->locked));
    json_object_set_new(model, "exception", json_string(return_address(work, sheet, "/exception")));
    json_object_set_new(model, "upload", json_string(return_address(work, sheet, "/upload")));
    json_object_set_new(model, "scorecard", json_string(return_address(work, sheet, "/scorecard")));
    json_object_set_new(model, "report", json_string(return_address(work, sheet, "/report")));
    add_next(work, call, sheet, model);
    json_object_set_new(model, "isFilled", json_boolean(view.sources.count > 0));
    status = return_who_can(work, sheet, model);
    *out_page = (struct page){ .template = "pages/return.html",
                               .title = arena_format(
                                   work->arena, "%s: %s", sheet->unit_name,
                                   localise_period(work, call, sheet->period_words)),
                               .model = model };
    return status;
}

enum status page_return_file(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    struct slice bytes;
    const char *name = call_parameter(call, "name");
    bool is_ods = strcmp(name, "return.ods") == 0;
    if (!is_ods && strcmp(name, "return.xlsx") != 0)
        return STATUS_NOT_FOUND;
    enum status status = return_sheet_load(work, return_call_code(work, call), RETURN_FILE_PARTS,
                                           &sheet);
    if (status == STATUS_OK)
        status = return_file_write(work, sheet, is_ods ? RETURN_FILE_ODS : RETURN_FILE_XLSX,
                                   &bytes);
    if (status != STATUS_OK)
        return status;
    struct page page = { .response = {
                             .status = 200,
                             .media_type = is_ods ? "application/vnd.oasis.opendocument.spreadsheet"
                                                  : "application/vnd.openxmlformats-officedocument."
                                                    "spreadsheetml.sheet",
                             .body = bytes } };
    response_is_file(work->arena, &page.response, is_ods ? "return.ods" : "return.xlsx");
    *out_page = page;
    return STATUS_OK;
}

static json_t *taken_json(const struct return_taken *taken)
{
    json_t *problems = json_array();
    for (size_t i = 0; i < taken->problems.list.count; i++) {
        const struct problem *problem = taken->problems.list.items[i];
        json_array_append_new(problems,
                              json_pack("{s:I, s:s?, s:s}", "row", (json_int_t)problem->row,
                                        "column", problem->column, "words", problem->words));
    }
    json_int_t not_saved = taken->conflicts;
    not_saved += taken->refused;
    return json_pack("{s:I, s:I, s:I, s:I, s:o}", "read", (json_int_t)taken->read, "changed",
                     (json_int_t)taken->changed, "unchanged", (json_int_t)taken->unchanged,
                     "notSaved", not_saved, "problems", problems);
}

static void show_upload(struct work *work, const struct call *call,
                        const struct return_sheet *sheet, const struct problems *problems,
                        const struct return_taken *taken, struct page *out_page)
{
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:o, s:s?}", "unitName", sheet->unit_name, "periodWords",
        sheet->period_words, "list", return_address(work, sheet, ""), "submit",
        form_button(call_words(call, WORDS("Take the file in")), NULL), "locked", sheet->locked);
    json_object_set_new(
        model, "file",
        form_field(
            &(struct form_field){
                .name = "file",
                .label = call_words(call, WORDS("The return's spreadsheet")),
                .hint = call_words(call, WORDS("ODS, Excel or CSV, as you fetched it")) },
            problems));
    json_object_set_new(model, "taken", taken ? taken_json(taken) : json_null());
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/return-upload.html",
                               .title = call_words(call, WORDS("Send the spreadsheet")),
                               .model = model,
                               .has_form = true };
}

enum status page_return_upload(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    enum status status = return_sheet_load(work, return_call_code(work, call), 0, &sheet);
    if (status == STATUS_OK)
        show_upload(work, call, sheet, NULL, NULL, out_page);
    return status == STATUS_OK ? return_who_can(work, sheet, out_page->model) : status;
}

/* What cannot be read as a table is told beside the field; it is no failure of the page. */
enum status page_return_upload_sent(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    const struct multipart_file *file = form_file(call, "file");
    struct problems problems = form_problems(work);
    struct return_sheet *sheet = NULL;
    struct return_taken taken;
    const char *code = return_call_code(work, call);
    enum status status = return_sheet_load(work, code, 0, &sheet);
    if (status != STATUS_OK)
        return status;
    if (!file) {
        problem_add(&problems, "file", "Choose the file");
        show_upload(work, call, sheet, &problems, NULL, out_page);
        return STATUS_OK;
    }
    status = table_reader_open_bytes(work, file->file_name.start, file->bytes, NULL, &reader);
    if (status == STATUS_OK)
        status = return_file_take(work, file->file_name.start, reader, code, &taken);
    if (status == STATUS_INPUT || status == STATUS_LIMIT || status == STATUS_REFUSED) {
        problem_add(&problems, "file", "%s", work->error);
        work_forget(work);
        show_upload(work, call, sheet, &problems, NULL, out_page);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        show_upload(work, call, sheet, NULL, &taken, out_page);
    return status;
}
