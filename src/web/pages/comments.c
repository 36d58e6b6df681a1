/* The comments on a figure, and what is to be followed up. */
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "service/value_comments.h"
#include "web/form.h"
#include "web/pages/return_parts.h"
#include "web/pages/pages.h"
#include "web/pages/who_can.h"
#include "web/routes.h"

#include "base/banned.h"

static struct comment_place place_of(const struct call *call)
{
    return (struct comment_place){ call_parameter(call, "measure"), call_parameter(call, "unit"),
                                   call_parameter(call, "period") };
}

/* The field for what came of a comment, and its button; null where nothing is to be followed up, or
 * it is not for this person to say. */
static json_t *settle_json(struct work *work, const struct call *call,
                           const struct comment_thread *thread, const struct value_comment *comment,
                           const struct problems *problems)
{
    if (!thread->may_write || strcmp(comment->follow_up, FOLLOW_UP_OPEN) != 0)
        return json_null();
    bool is_sent = form_number(call, "number") == comment->number;
    json_t *field = form_field(
        &(struct form_field){ .name = "outcome",
                              .label = call_words(call, WORDS("What came of it")),
                              .value = is_sent ? form_value(call, "outcome") : "" },
        is_sent ? problems : NULL);
    json_object_set_new(field, "rows", json_integer(2));
    if (!is_sent) /* each on the page has a name of its own, but for the one that an error is about
                   */
        json_object_set_new(
            field, "id",
            json_string(arena_format(work->arena, "outcome-%lld", (long long)comment->number)));
    return json_pack(
        "{s:o, s:o}", "outcome", field, "button",
        form_button(call_words(call, WORDS("Mark as followed up")), "govuk-button--secondary"));
}

static json_t *comments_json(struct work *work, const struct call *call,
                             const struct comment_thread *thread, const struct problems *problems)
{
    json_t *array = json_array();
    for (size_t i = 0; i < thread->comments.count; i++) {
        const struct value_comment *one = thread->comments.items[i];
        json_array_append_new(
            array,
            json_pack("{s:I, s:s, s:s, s:s, s:b, s:b, s:s?, s:s?, s:s?, s:o}", "number",
                      (json_int_t)one->number, "words", one->words, "writtenBy", one->written_by,
                      "writtenOn", moment_print_long(work->arena, one->written_at), "isOpen",
                      strcmp(one->follow_up, FOLLOW_UP_OPEN) == 0, "isSettled",
                      strcmp(one->follow_up, FOLLOW_UP_SETTLED) == 0, "outcome", one->outcome,
                      "settledBy", one->settled_by, "settledOn",
                      one->settled_at ? moment_print_long(work->arena, one->settled_at) : NULL,
                      "settle", settle_json(work, call, thread, one, problems)));
    }
    return array;
}

static json_t *writing_json(const struct call *call, const struct problems *problems)
{
    json_t *items = json_array();
    json_array_append_new(items,
                          form_item("yes", call_words(call, WORDS("Ask for it in the next return")),
                                    NULL, form_value(call, "follow_up")));
    return json_pack(
        "{s:o, s:o, s:o}", "words",
        form_field(&(struct form_field){ .name = "words",
                                         .label = call_words(call, WORDS("Your comment")),
                                         .hint = call_words(call, WORDS("Do not name or describe "
                                                                        "individuals")),
                                         .value = form_value(call, "words") },
                   problems),
        "followUp", form_field(&(struct form_field){ .name = "follow_up", .items = items }, NULL),
        "button", form_button(call_words(call, WORDS("Add the comment")), NULL));
}

static enum status show(struct work *work, const struct call *call, const struct problems *problems,
                        struct page *out_page)
{
    struct comment_place place = place_of(call);
    struct comment_thread thread = { .measure = NULL };
    enum status status = comment_thread_load(work, &place, &thread);
    if (status != STATUS_OK)
        return status;
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "measureTitle", thread.measure->title, "unitName",
        thread.unit->name, "periodWords", thread.period_words, "measureHref",
        arena_format(work->arena, "/measures/%s", thread.measure->code), "path",
        comment_path(work->arena, &place), "comments", comments_json(work, call, &thread, problems),
        "writing", thread.may_write ? writing_json(call, problems) : json_null());
    status = page_who_can(
        work, RIGHT_COMMENT, thread.unit->id,
        thread.may_write ? NULL : WORDS("You can read these comments, but not write one."), model);
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/comments.html",
                               .title = call_words(call, WORDS("Comments")),
                               .model = model,
                               .has_form = true };
    return status;
}

enum status page_comments(struct work *work, const struct call *call, struct page *out_page)
{
    return show(work, call, NULL, out_page);
}

/* After what was sent: the thread again, with what is wrong or with what was done. */
static enum status answer(struct work *work, const struct call *call, enum status status,
                          const struct problems *problems, struct page *out_page)
{
    if (status != STATUS_OK)
        return status;
    if (problems->list.count)
        return show(work, call, problems, out_page);
    struct comment_place place = place_of(call);
    *out_page = (struct page){ .redirect = comment_path(work->arena, &place),
                               .done = "comment-kept" };
    return STATUS_OK;
}

enum status page_comment_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct comment_place place = place_of(call);
    bool is_follow_up = strcmp(form_value(call, "follow_up"), "yes") == 0;
    enum status status = comment_add(work, &place, form_value(call, "words"), is_follow_up,
                                     &problems);
    return answer(work, call, status, &problems, out_page);
}

enum status page_comment_settled(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = form_problems(work);
    struct comment_place place = place_of(call);
    enum status status = comment_settle(work, &place, form_number(call, "number"),
                                        form_value(call, "outcome"), &problems);
    return answer(work, call, status, &problems, out_page);
}

enum status return_row_comments(struct work *work, const struct return_sheet *sheet,
                                const struct return_sheet_row *row, json_t *model)
{
    const struct measure *measure = row->measure;
    struct list comments = { 0 };
    json_t *array = json_array();
    if (!measure || !permission_has(work, RIGHT_COMMENT_READ)) {
        json_object_set_new(model, "followUps", array);
        return STATUS_OK;
    }
    enum status status = comment_follow_ups(work, measure->id, sheet->head.unit, sheet->period,
                                            &comments);
    for (size_t i = 0; i < comments.count; i++) {
        const struct value_comment *one = comments.items[i];
        struct comment_place place = { measure->code, sheet->unit_code, one->period };
        json_array_append_new(array, json_pack("{s:s, s:s, s:s}", "words", one->words, "writtenBy",
                                               one->written_by, "href",
                                               comment_path(work->arena, &place)));
    }
    struct comment_place here = { measure->code, sheet->unit_code, sheet->head.period };
    json_object_set_new(model, "followUps", array);
    json_object_set_new(model, "commentsHref", json_string(comment_path(work->arena, &here)));
    return status;
}
