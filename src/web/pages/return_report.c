/* A return as the directorate's report to its Improvement Board: to read, and to take along. */
#include "report/board_report.h"

#include <string.h>

#include "base/arena.h"
#include "document/render.h"
#include "store/progress_store.h"
#include "web/pages/pages.h"
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

/* The formats that people open; data is the API's part. */
static bool is_offered(const struct document_format *format)
{
    return strcmp(format->name, "json") != 0;
}

enum status page_return_report(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    struct document_tree *tree = NULL;
    struct slice body;
    json_t *files = json_array();
    enum status status = make(work, call, &sheet, &tree);
    if (status == STATUS_OK)
        status = document_render_body(work, tree, &body);
    for (size_t i = 0; status == STATUS_OK && i < document_format_count; i++) {
        const struct document_format *format = &document_formats[i];
        const char *rest = arena_format(work->arena, "/report/board.%s", format->extension);
        if (is_offered(format))
            json_array_append_new(files, json_pack("{s:s, s:s}", "title", format->title, "href",
                                                   return_address(work, sheet, rest)));
    }
    if (status != STATUS_OK) {
        json_decref(files);
        return status;
    }
    json_t *model = json_pack("{s:s, s:s, s:s, s:o}", "unitName", sheet->unit_name, "periodWords",
                              sheet->period_words, "list", return_address(work, sheet, ""), "files",
                              files);
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
    struct slice bytes;
    const char *name = call_parameter(call, "name");
    const struct document_format *format = NULL;
    for (size_t i = 0; i < document_format_count; i++)
        if (strcmp(name, arena_format(work->arena, "board.%s", document_formats[i].extension)) == 0)
            format = &document_formats[i];
    if (!format || !is_offered(format))
        return STATUS_NOT_FOUND;
    enum status status = make(work, call, &sheet, &tree);
    if (status == STATUS_OK)
        status = document_render(work, tree, format->name, NULL, &bytes);
    if (status != STATUS_OK)
        return status;
    *out_page = (struct page){
        .response = { .status = 200, .media_type = format->media_type, .body = bytes }
    };
    response_is_file(work->arena, &out_page->response, name);
    return STATUS_OK;
}
