/* The API for programs: the same services and rights as the pages. Its own description is made from
 * the tables of routes and entities, so that it cannot be wrong about them. */
#ifndef WEB_API_API_H
#define WEB_API_API_H

#include <jansson.h>

#include "base/work.h"

struct call;
struct page;
struct problems;
struct response;

enum { API_PAGE_STANDARD = 100, API_PAGE_MOST = 1000 };

/* The OpenAPI 3.0 document of all routes that are `is_api`. */
MUST_CHECK enum status api_openapi(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status api_search(struct work *work, const struct call *call,
                                  struct page *out_page);
/* Rows of a kind, as `dueregard export` has them, some at a time: ?limit= and ?after=. */
MUST_CHECK enum status api_records(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status api_record(struct work *work, const struct call *call,
                                  struct page *out_page);
/* Adds a record of the plan (a step in an action's history is one), or changes one: needs If-Match
 * with the ETag of the record that was seen, as api_return_row_put does. */
MUST_CHECK enum status api_record_add(struct work *work, const struct call *call,
                                      struct page *out_page);
MUST_CHECK enum status api_record_put(struct work *work, const struct call *call,
                                      struct page *out_page);
/* What a measure was for a unit in a period, outside of a return: read, first written (409 when it
 * stands), or revised with a reason and the ETag of what was seen as If-Match. */
MUST_CHECK enum status api_value(struct work *work, const struct call *call, struct page *out_page);
MUST_CHECK enum status api_value_add(struct work *work, const struct call *call,
                                     struct page *out_page);
MUST_CHECK enum status api_value_put(struct work *work, const struct call *call,
                                     struct page *out_page);
/* What a person holds, and all of it going to another at once. */
MUST_CHECK enum status api_handover(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status api_handover_do(struct work *work, const struct call *call,
                                       struct page *out_page);
/* The comments on a figure; each change answers with all of them. */
MUST_CHECK enum status api_comments(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status api_comment_add(struct work *work, const struct call *call,
                                       struct page *out_page);
MUST_CHECK enum status api_comment_settle(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status api_follow_ups(struct work *work, const struct call *call,
                                      struct page *out_page);
MUST_CHECK enum status api_releases(struct work *work, const struct call *call,
                                    struct page *out_page);
MUST_CHECK enum status api_release(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status api_returns(struct work *work, const struct call *call,
                                   struct page *out_page);
MUST_CHECK enum status api_return(struct work *work, const struct call *call,
                                  struct page *out_page);
MUST_CHECK enum status api_return_row(struct work *work, const struct call *call,
                                      struct page *out_page);
/* Needs If-Match with the ETag of the row that was seen: 428 without it, 412 when somebody else
 * wrote since. */
MUST_CHECK enum status api_return_row_put(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status api_return_step(struct work *work, const struct call *call,
                                       struct page *out_page);

/* A failure as application/problem+json (RFC 9457). `detail` is the service's sentence where the
 * person may do something about it: what was asked is refused, unreadable or not there. */
void api_problem(struct work *work, const struct call *call, int http_status,
                 struct response *out_response);
/* The answer of a handler: the model, with its hash as ETag. */
MUST_CHECK enum status api_answer(struct work *work, json_t *model, struct page *out_page);
/* The ETag of that answer. */
MUST_CHECK enum status api_tag(struct work *work, const json_t *model, const char **out_tag);
/* One member of a body as it would be typed. `name` lasts as long as the table that it is from. */
struct api_input {
    const char *name, *words;
};
enum { API_INPUTS_MOST = 64 };
/* What a body may have, and what it had. */
struct api_inputs {
    const char *(*known)(const void *of, const char *name); /* NULL: no such input is taken */
    const void *of;
    bool takes_numbers; /* whole numbers too, where a form has text */
    struct api_input items[API_INPUTS_MOST];
    size_t count;
};
/* Reads the body into `inputs`. False when one of its members is no input, or there is none: then
 * the answer, 400, is in `*out_page`. */
bool api_read_inputs(struct work *work, const struct call *call, struct api_inputs *inputs,
                     struct page *out_page);
/* 428: the program did not say which version of the `thing` ("row") it saw. STATUS_OK. */
MUST_CHECK enum status api_refuse_unseen(struct work *work, const char *thing,
                                         struct page *out_page);
/* 412: it was changed by somebody else since. STATUS_OK. */
MUST_CHECK enum status api_refuse_stale(struct work *work, const char *thing,
                                        struct page *out_page);
/* What was sent cannot be taken: 422 with the first of the problems. STATUS_OK. */
MUST_CHECK enum status api_refuse_problem(struct work *work, const struct problems *problems,
                                          struct page *out_page);
/* The one or the other for a `thing` that a service did not save; false: it did, and nothing is
 * answered yet. */
bool api_refuses(struct work *work, const char *thing, bool is_conflict,
                 const struct problems *problems, struct page *out_page);
/* A handler's own refusal. */
void api_refuse(struct work *work, int http_status, const char *detail, struct page *out_page);

#endif
