/* How the API answers: JSON with an ETag, and problems. */
#include "web/api/api.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/problem.h"
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

enum status api_refuse_problem(struct work *work, const struct call *call,
                               const struct problems *problems, struct page *out_page)
{
    const struct problem *first = problems->list.items[0];
    api_refuse(work, call, 422, first->words, out_page);
    return STATUS_OK;
}

bool api_words(struct work *work, const json_t *value, const char **out_words)
{
    if (!json_is_string(value) && !json_is_null(value) && !json_is_boolean(value))
        return false;
    *out_words = json_is_string(value)  ? arena_copy_text(work->arena, json_string_value(value))
                 : json_is_true(value)  ? "yes"
                 : json_is_false(value) ? "no"
                                        : "";
    return true;
}

/* The model as it is sent, and its tag. */
static enum status write(struct work *work, const json_t *model, const char **out_body,
                         const char **out_tag)
{
    char hash[HASH_TEXT_LENGTH + 1];
    char *words = json_dumps(model, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (!words)
        return work_fail(work, STATUS_STORAGE, "The answer could not be written as JSON.");
    *out_body = arena_copy_text(work->arena, words);
    free(words);
    hash_of(slice_of(*out_body), hash);
    *out_tag = arena_format(work->arena, "\"%.*s\"", TAG_LENGTH, hash);
    return STATUS_OK;
}

enum status api_tag(struct work *work, const json_t *model, const char **out_tag)
{
    const char *body = NULL;
    return write(work, model, &body, out_tag);
}

enum status api_answer(struct work *work, json_t *model, struct page *out_page)
{
    const char *body = NULL, *tag = NULL;
    enum status status = write(work, model, &body, &tag);
    json_decref(model);
    if (status == STATUS_OK)
        *out_page = (struct page){ .response = { .status = 200,
                                                 .media_type = "application/json",
                                                 .body = slice_of(body),
                                                 .etag = tag } };
    return status;
}
