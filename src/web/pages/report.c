/* The progress report of a period, documents that stand as they were frozen, and the files of both.
 */
#include "report/progress_report.h"

#include <string.h>

#include "base/arena.h"
#include "model/document.h"
#include "service/freeze.h"
#include "store/entity_store.h"
#include "web/localise.h"
#include "web/pages/pages.h"
#include "web/pages/period.h"
#include "web/pages/report_parts.h"

#include "base/banned.h"

/* The formats that people open; data is the API's part. */
static bool is_offered(const struct document_format *format)
{
    return strcmp(format->name, "json") != 0;
}

json_t *report_files(struct arena *arena, const char *address)
{
    json_t *files = json_array();
    for (size_t i = 0; i < document_format_count; i++) {
        const struct document_format *format = &document_formats[i];
        if (is_offered(format))
            json_array_append_new(
                files, json_pack("{s:s, s:s}", "title", format->title, "href",
                                 arena_format(arena, "%s.%s", address, format->extension)));
    }
    return files;
}

const struct document_format *report_format_of(struct arena *arena, const char *name,
                                               const char **out_stem)
{
    for (size_t i = 0; i < document_format_count; i++) {
        const struct document_format *format = &document_formats[i];
        const char *ending = arena_format(arena, ".%s", format->extension);
        if (is_offered(format) && slice_ends(slice_of(name), ending)) {
            *out_stem = slice_copy(arena,
                                   slice_first(slice_of(name), strlen(name) - strlen(ending)));
            return format;
        }
    }
    return NULL;
}

enum status report_file_answer(struct work *work, struct document_tree *tree,
                               const struct document_format *format, const char *name,
                               struct page *out_page)
{
    struct slice bytes;
    enum status status = document_render(work, tree, format->name, NULL, &bytes);
    if (status != STATUS_OK)
        return status;
    *out_page = (struct page){
        .response = { .status = 200, .media_type = format->media_type, .body = bytes }
    };
    response_is_file(work->arena, &out_page->response, name);
    return STATUS_OK;
}

static enum status load_progress(struct work *work, struct period period,
                                 struct document_tree **out_tree, struct progress **out_progress)
{
    const struct progress_options options = { .without_check = false };
    enum status status = progress_load(work, period, &options, out_progress);
    if (status == STATUS_OK)
        *out_tree = progress_report(work, *out_progress, NULL);
    return status;
}

/* The frozen documents of the period: [{code, documentTitle}]. */
static enum status frozen_of(struct work *work, const char *period, json_t *frozen)
{
    struct list documents = { 0 };
    enum status status = entity_store_list(work, &document_entity, 0, &documents);
    for (size_t i = 0; status == STATUS_OK && i < documents.count; i++) {
        const struct document *document = documents.items[i];
        if (strcmp(document->state, "frozen") == 0 && document->period &&
            strcmp(document->period, period) == 0)
            json_array_append_new(frozen, json_pack("{s:s, s:s}", "code", document->code,
                                                    "documentTitle", document->title));
    }
    return status;
}

enum status page_report(struct work *work, const struct call *call, struct page *out_page)
{
    struct period period;
    struct progress *progress = NULL;
    struct document_tree *tree = NULL;
    struct slice body;
    json_t *choices = NULL;
    enum status status = page_period(work, request_query(call->request, "period"), &period,
                                     &choices);
    if (status != STATUS_OK)
        return status;
    json_t *model = json_pack("{s:o, s:[]}", "periods", choices, "frozen");
    out_page->model = model;
    status = load_progress(work, period, &tree, &progress);
    if (status == STATUS_OK)
        status = document_render_body(work, tree, &body);
    if (status == STATUS_OK)
        status = frozen_of(work, progress->period_code, json_object_get(model, "frozen"));
    if (status != STATUS_OK)
        return status;
    const char *address = arena_format(work->arena, "/reports/progress/%s", progress->period_code);
    json_object_set_new(model, "period", json_string(progress->period_code));
    json_object_set_new(model, "periodWords", json_string(progress->period_words));
    json_object_set_new(model, "files", report_files(work->arena, address));
    json_object_set_new(model, "bodyHtml", json_stringn(body.start, body.length));
    *out_page = (struct page){
        .template = "pages/report.html",
        .title = language_fill(work->arena, call_words(call, WORDS("Progress report, {period}")),
                               "period", localise_period(work, call, progress->period_words)),
        .model = model,
    };
    return STATUS_OK;
}

enum status page_report_file(struct work *work, const struct call *call, struct page *out_page)
{
    struct period period;
    struct progress *progress = NULL;
    struct document_tree *tree = NULL;
    const char *name = call_parameter(call, "name"), *stem = NULL;
    const struct document_format *format = report_format_of(work->arena, name, &stem);
    if (!format || !period_read(slice_of(stem), &period))
        return STATUS_NOT_FOUND;
    enum status status = load_progress(work, period, &tree, &progress);
    const char *called = arena_format(work->arena, "progress-report-%s", name);
    return status == STATUS_OK ? report_file_answer(work, tree, format, called, out_page) : status;
}

enum status page_report_frozen(struct work *work, const struct call *call, struct page *out_page)
{
    struct document_tree *tree = NULL;
    struct slice body;
    int64_t id = 0;
    const char *code = call_parameter(call, "code");
    struct document *document = entity_row(work->arena, &document_entity);
    enum status status = freeze_load(work, code, &tree);
    if (status == STATUS_OK)
        status = entity_store_id(work, &document_entity, slice_of(code), &id);
    if (status == STATUS_OK)
        status = entity_store_get(work, &document_entity, id, document);
    if (status == STATUS_OK)
        status = document_render_body(work, tree, &body);
    if (status != STATUS_OK)
        return status;
    const char *address = arena_format(work->arena, "/reports/%s/%s", code, code);
    json_t *model = json_pack("{s:s, s:s, s:o}", "code", code, "documentTitle", document->title,
                              "files", report_files(work->arena, address));
    json_object_set_new(model, "bodyHtml", json_stringn(body.start, body.length));
    *out_page = (struct page){ .template = "pages/report-frozen.html",
                               .title = document->title,
                               .model = model };
    return STATUS_OK;
}

enum status page_report_frozen_file(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    struct document_tree *tree = NULL;
    const char *name = call_parameter(call, "name"), *stem = NULL;
    const char *code = call_parameter(call, "code");
    const struct document_format *format = report_format_of(work->arena, name, &stem);
    if (!format || strcmp(stem, code) != 0)
        return STATUS_NOT_FOUND;
    enum status status = freeze_load(work, code, &tree);
    return status == STATUS_OK ? report_file_answer(work, tree, format, name, out_page) : status;
}
