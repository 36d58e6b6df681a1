/* A person leaves: what they hold, and all of it going to another at once. */
#include "web/api/api.h"

#include "service/handover.h"
#include "web/routes.h"
#include "base/banned.h"

enum status api_handover(struct work *work, const struct call *call, struct page *out_page)
{
    json_t *person = NULL, *posts = json_array();
    enum status status = handover_of(work, call_parameter(call, "person"), &person);
    const json_t *held = json_object_get(person, "posts");
    for (size_t i = 0; i < json_array_size(held); i++) {
        json_t *post = json_array_get(held, i);
        json_array_append_new(posts, json_pack("{s:O, s:O, s:O, s:O, s:O}", "code",
                                               json_object_get(post, "code"), "title",
                                               json_object_get(post, "postTitle"), "unit_name",
                                               json_object_get(post, "unitName"), "actions",
                                               json_object_get(post, "actions"), "measures",
                                               json_object_get(post, "measures")));
    }
    if (status == STATUS_OK)
        status = api_answer(work,
                            json_pack("{s:O, s:O, s:O}", "code", json_object_get(person, "code"),
                                      "name", json_object_get(person, "name"), "posts", posts),
                            out_page);
    json_decref(posts);
    json_decref(person);
    return status;
}

static const char *member(const struct call *call, const char *name)
{
    const char *words = json_string_value(json_object_get(call->body, name));
    return words ? words : "";
}

enum status api_handover_do(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = { .arena = work->arena };
    const struct handover handover = { call_parameter(call, "person"), member(call, "to"),
                                       member(call, "last_day") };
    size_t posts = 0;
    enum status status = handover_do(work, &handover, &problems, &posts);
    if (status != STATUS_OK)
        return status;
    return problems.list.count
               ? api_refuse_problem(work, &problems, out_page)
               : api_answer(work,
                            json_pack("{s:s, s:s, s:s, s:I}", "from", handover.from, "to",
                                      handover.to, "last_day", handover.last_day, "posts",
                                      (json_int_t)posts),
                            out_page);
}
