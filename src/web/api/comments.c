/* Comments on a figure, and what of them is to be followed up: read, written, settled. */
#include "web/api/api.h"

#include "base/arena.h"
#include "model/measure.h"
#include "model/unit.h"
#include "service/value_comments.h"
#include "store/entity_store.h"
#include "web/routes.h"
#include "base/banned.h"

static struct comment_place place_of(const struct call *call)
{
    return (struct comment_place){ call_parameter(call, "measure"), call_parameter(call, "unit"),
                                   call_parameter(call, "period") };
}

static json_t *comment_json(const struct value_comment *comment)
{
    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?}", "number",
                     (json_int_t)comment->number, "words", comment->words, "written_by",
                     comment->written_by, "written_at", comment->written_at, "follow_up",
                     comment->follow_up, "outcome", comment->outcome, "settled_by",
                     comment->settled_by, "settled_at", comment->settled_at);
}

enum status api_comments(struct work *work, const struct call *call, struct page *out_page)
{
    struct comment_place place = place_of(call);
    struct comment_thread thread = { .measure = NULL };
    enum status status = comment_thread_load(work, &place, &thread);
    if (status != STATUS_OK)
        return status;
    json_t *comments = json_array();
    for (size_t i = 0; i < thread.comments.count; i++)
        json_array_append_new(comments, comment_json(thread.comments.items[i]));
    return api_answer(work,
                      json_pack("{s:s, s:s, s:s, s:b, s:o}", "measure", thread.measure->code,
                                "unit", thread.unit->code, "period", thread.period, "may_write",
                                thread.may_write, "comments", comments),
                      out_page);
}

/* After a change: the comments as they are now, or what is wrong with what was sent. */
static enum status answer(struct work *work, const struct call *call, enum status status,
                          const struct problems *problems, struct page *out_page)
{
    if (status != STATUS_OK)
        return status;
    return problems->list.count ? api_refuse_problem(work, problems, out_page)
                                : api_comments(work, call, out_page);
}

enum status api_comment_add(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = { .arena = work->arena };
    struct comment_place place = place_of(call);
    const char *words = json_string_value(json_object_get(call->body, "words"));
    const json_t *follow_up = json_object_get(call->body, "follow_up");
    if (follow_up && !json_is_boolean(follow_up)) {
        api_refuse(work, 400, "follow_up is true or false.", out_page);
        return STATUS_OK;
    }
    enum status status = comment_add(work, &place, words ? words : "", json_is_true(follow_up),
                                     &problems);
    return answer(work, call, status, &problems, out_page);
}

enum status api_comment_settle(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = { .arena = work->arena };
    struct comment_place place = place_of(call);
    const char *outcome = json_string_value(json_object_get(call->body, "outcome"));
    int64_t number = 0;
    if (!slice_integer(slice_of(call_parameter(call, "number")), &number))
        return work_fail(work, STATUS_NOT_FOUND, "A comment is named by its number.");
    enum status status = comment_settle(work, &place, number, outcome ? outcome : "", &problems);
    return answer(work, call, status, &problems, out_page);
}

enum status api_follow_ups(struct work *work, const struct call *call, struct page *out_page)
{
    struct list open = { 0 };
    json_t *array = json_array();
    (void)call;
    enum status status = comment_follow_ups_all(work, &open);
    for (size_t i = 0; status == STATUS_OK && i < open.count; i++) {
        const struct value_comment *one = open.items[i];
        const char *measure = NULL, *unit = NULL;
        status = entity_store_code(work, &measure_entity, one->measure, &measure);
        if (status == STATUS_OK)
            status = entity_store_code(work, &unit_entity, one->unit, &unit);
        json_t *made = comment_json(one);
        json_object_update_new(made, json_pack("{s:s?, s:s?, s:s}", "measure", measure, "unit",
                                               unit, "period", one->period));
        json_array_append_new(array, made);
    }
    if (status == STATUS_OK)
        return api_answer(work, json_pack("{s:o}", "follow_ups", array), out_page);
    json_decref(array);
    return status;
}
