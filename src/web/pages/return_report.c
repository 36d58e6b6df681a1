/* A return as the directorate's report to its Improvement Board: to read, and to take along. */
#include "report/board_report.h"

#include <string.h>

#include "base/arena.h"
#include "document/render.h"
#include "store/progress_store.h"
#include "web/pages/pages.h"
#include "web/pages/report_parts.h"
#include "web/pages/return_parts.h"
#include "base/banned.h"

static enum status make(struct work *work, const struct call *call, struct return_sheet **out_sheet,
                        struct document_tree **out_tree)
{
    struct return_sheet *sheet = NULL;
    struct authority *authority = NULL;
    enum status status = return_sheet_load(work, return_call_code(work, call), RETURN_SHEET_ALL,
                                           &sheet);
    if (status == STATUS_OK)
        status = progress_store_authority(work, &authority);
    if (status != STATUS_OK)
        return status;
    *out_sheet = sheet;
    *out_tree = board_report(work, sheet, authority ? authority->name : NULL);
    return STATUS_OK;
}

enum status page_return_report(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    struct document_tree *tree = NULL;
    struct slice body;
    enum status status = make(work, call, &sheet, &tree);
    if (status == STATUS_OK)
        status = document_render_body(work, tree, &body);
    if (status != STATUS_OK)
        return status;
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:o}", "unitName", sheet->unit_name, "periodWords", sheet->period_words,
        "list", return_address(work, sheet, ""), "files",
        report_files(work->arena, return_address(work, sheet, "/report/board")));
    json_object_set_new(model, "bodyHtml", json_stringn(body.start, body.length));
    *out_page = (struct page){ .template = "pages/return-report.html",
                               .title = call_words(call, WORDS("Improvement Board report")),
                               .model = model };
    return STATUS_OK;
}

enum status page_return_report_file(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    struct document_tree *tree = NULL;
    const char *name = call_parameter(call, "name"), *stem = NULL;
    const struct document_format *format = report_format_of(work->arena, name, &stem);
    if (!format || strcmp(stem, "board") != 0)
        return STATUS_NOT_FOUND;
    enum status status = make(work, call, &sheet, &tree);
    return status == STATUS_OK ? report_file_answer(work, tree, format, name, out_page) : status;
}
