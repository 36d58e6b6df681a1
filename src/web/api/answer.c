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

void api_refuse(struct work *work, int http_status, const char *detail, struct page *out_page)
{
    *out_page = (struct page){ .response = problem(work, http_status, detail) };
}

enum status api_refuse_problem(struct work *work, const struct problems *problems,
                               struct page *out_page)
{
    const struct problem *first = problems->list.items[0];
    api_refuse(work, 422, first->words, out_page);
    return STATUS_OK;
}

enum status api_refuse_unseen(struct work *work, const char *thing, struct page *out_page)
{
    api_refuse(
        work, 428,
        arena_format(work->arena, "Give the ETag of the %s that you saw as If-Match.", thing),
        out_page);
    return STATUS_OK;
}

static const char *stale_words(struct arena *arena, const char *thing)
{
    return arena_format(
        arena, "Somebody else changed this %s since; fetch it, and bring the two together.", thing);
}

enum status api_refuse_stale(struct work *work, const char *thing, struct page *out_page)
{
    api_refuse(work, 412, stale_words(work->arena, thing), out_page);
    return STATUS_OK;
}

bool api_refuses(struct work *work, const char *thing, bool is_conflict,
                 const struct problems *problems, struct page *out_page)
{
    const struct problem *first = problems->list.count ? problems->list.items[0] : NULL;
    if (is_conflict)
        api_refuse(work, 412, stale_words(work->arena, thing), out_page);
    else if (first)
        api_refuse(work, 422, first->words, out_page);
    return is_conflict || first;
}

/* A value of a body as it would be typed: text as it stands, null as nothing, truths as yes and no.
 * NULL for anything else. */
static const char *words_of(struct work *work, const json_t *value, bool takes_numbers)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return arena_copy_text(work->arena, json_string_value(value));
    case JSON_TRUE:
        return "yes";
    case JSON_FALSE:
        return "no";
    case JSON_NULL:
        return "";
    case JSON_INTEGER:
        return takes_numbers
                   ? arena_format(work->arena, "%lld", (long long)json_integer_value(value))
                   : NULL;
    default:
        return NULL;
    }
}

bool api_read_inputs(struct work *work, const struct call *call, struct api_inputs *inputs,
                     struct page *out_page)
{
    const char *name, *wrong = NULL;
    json_t *value;
    inputs->count = 0;
    json_object_foreach(call->body, name, value)
    {
        const char *known = inputs->known(inputs->of, name);
        const char *words = words_of(work, value, inputs->takes_numbers);
        if (!known || !words || inputs->count == API_INPUTS_MOST) {
            wrong = name;
            break;
        }
        inputs->items[inputs->count++] = (struct api_input){ known, words };
    }
    if (!wrong && inputs->count > 0)
        return true;
    api_refuse(work, 400,
               wrong ? arena_format(work->arena,
                                    "\"%.60s\" is no input here, or not text%s, true, false or "
                                    "null.",
                                    wrong, inputs->takes_numbers ? ", a whole number" : "")
                     : "Give what is to be written as the members of a JSON object.",
               out_page);
    return false;
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
