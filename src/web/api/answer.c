/* How the API answers: JSON with an ETag, and problems. */
#include "web/api/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "web/failure.h"
#include "web/routes.h"
#include "base/banned.h"

enum { TAG_LENGTH = 20 };

static struct response problem(struct work *work, int http_status, const char *detail)
{
    json_t *model = json_pack("{s:s, s:s, s:i, s:s?}", "type", "about:blank", "title",
                              failure_of(http_status)->title, "status", http_status, "detail",
                              detail && *detail ? detail : NULL);
    char *words = json_dumps(model, JSON_COMPACT | JSON_PRESERVE_ORDER);
    struct response response = { .status = http_status,
                                 .media_type = "application/problem+json",
                                 .body = slice_of(
                                     /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
                                     arena_copy_text(work->arena, words ? words : "{}")) };
    free(words);
    json_decref(model);
    return response;
}

void api_problem(struct work *work, const struct call *call, int http_status,
                 struct response *out_response)
{
    bool is_theirs = http_status >= 400 && http_status < 500;
    *out_response = problem(work, http_status, is_theirs ? work->error : NULL);
    if (http_status == 401)
        response_add_header(out_response, "WWW-Authenticate", "Bearer");
    (void)call;
}

void api_refuse(struct work *work, const struct call *call, int http_status, const char *detail,
                struct page *out_page)
{
    (void)call;
    *out_page = (struct page){ .response = problem(work, http_status, detail) };
}

enum status api_answer(struct work *work, json_t *model, struct page *out_page)
{
    char hash[HASH_TEXT_LENGTH + 1];
    char *words = json_dumps(model, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(model);
    if (!words)
        return work_fail(work, STATUS_STORAGE, "The answer could not be written as JSON.");
    const char *body = arena_copy_text(work->arena, words);
    free(words);
    hash_of(slice_of(body), hash);
    *out_page = (struct page){ .response = { .status = 200,
                                             .media_type = "application/json",
                                             .body = slice_of(body),
                                             .etag = arena_format(work->arena, "\"%.*s\"",
                                                                  TAG_LENGTH, hash) } };
    return STATUS_OK;
}
