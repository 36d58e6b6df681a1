/* Returns: the board, one return, one row seen and written, and the steps. */
#include "web/api/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "service/return_board.h"
#include "web/pages/return_parts.h"
#include "base/banned.h"

enum status api_returns(struct work *work, const struct call *call, struct page *out_page)
{
    struct list entries = { 0 };
    enum status status = return_board_load(work, call_parameter(call, "period"), &entries);
    if (status != STATUS_OK)
        return status;
    return api_answer(work, json_pack("{s:o}", "returns", return_board_json(&entries)), out_page);
}

enum status api_return(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    enum status status = return_sheet_load(work, return_call_code(work, call), RETURN_SHEET_ALL,
                                           &sheet);
    return status == STATUS_OK ? api_answer(work, return_sheet_json(work->arena, sheet), out_page)
                               : status;
}

static const char *tag_of(struct work *work, const struct return_row *row)
{
    return arena_format(work->arena, "\"v%lld\"",
                        (long long)(row->version == INTEGER_MISSING ? 0 : row->version));
}

/* The row as it stands, with its version as ETag. */
static enum status answer_row(struct work *work, const struct call *call, struct page *out_page)
{
    struct return_sheet *sheet = NULL;
    enum status status = return_sheet_load_row(work, return_call_code(work, call),
                                               call_parameter(call, "row"), &sheet);
    if (status != STATUS_OK)
        return status;
    const struct return_sheet_row *row = return_sheet_find(sheet, call_parameter(call, "row"));
    if (!row)
        return work_fail(work, STATUS_NOT_FOUND, "The return has no row \"%.20s\".",
                         call_parameter(call, "row"));
    status = api_answer(work, return_row_json(work->arena, row), out_page);
    out_page->response.etag = tag_of(work, row->row);
    return status;
}

enum status api_return_row(struct work *work, const struct call *call, struct page *out_page)
{
    return answer_row(work, call, out_page);
}

/* The version in an If-Match: "v3". INTEGER_MISSING for anything else. */
static int64_t version_of(const char *header)
{
    struct slice tag = slice_trim(slice_of(header));
    int64_t version = 0;
    if (tag.length < 4 || !slice_starts(tag, "\"v") || tag.start[tag.length - 1] != '"' ||
        !slice_integer((struct slice){ tag.start + 2, tag.length - 3 }, &version))
        return INTEGER_MISSING;
    return version;
}

static const char *input_name(const void *of, const char *name)
{
    (void)of;
    for (size_t i = 0; return_input_names[i]; i++)
        if (strcmp(return_input_names[i], name) == 0)
            return return_input_names[i];
    return NULL;
}

enum status api_return_row_put(struct work *work, const struct call *call, struct page *out_page)
{
    struct api_inputs sent = { .known = input_name };
    struct return_input inputs[API_INPUTS_MOST];
    struct return_saved saved;
    struct return_answer answer = { .code = return_call_code(work, call),
                                    .reference = call_parameter(call, "row"),
                                    .inputs = inputs,
                                    .version = version_of(call->request->if_match) };
    if (answer.version == INTEGER_MISSING)
        return api_refuse_unseen(work, "row", out_page);
    if (!api_read_inputs(work, call, &sent, out_page))
        return STATUS_OK;
    for (; answer.count < sent.count; answer.count++)
        inputs[answer.count] = (struct return_input){ sent.items[answer.count].name,
                                                      sent.items[answer.count].words };
    enum status status = return_answer_save(work, &answer, &saved);
    if (status != STATUS_OK)
        return status;
    if (api_refuses(work, "row", saved.is_conflict, &saved.problems, out_page))
        return STATUS_OK;
    return answer_row(work, call, out_page);
}

enum status api_return_step(struct work *work, const struct call *call, struct page *out_page)
{
    const char *reason = json_string_value(json_object_get(call->body, "reason"));
    enum status status = return_take_step(work, return_call_code(work, call),
                                          call_parameter(call, "action"), reason, NULL);
    if (status == STATUS_REFUSED || status == STATUS_INPUT) {
        api_refuse(work, 409, work->error, out_page);
        work_forget(work);
        return STATUS_OK;
    }
    return status == STATUS_OK ? api_return(work, call, out_page) : status;
}
