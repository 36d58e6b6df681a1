/* A person leaves: what they hold, and who takes all of it over. */
#include "service/handover.h"

#include "base/arena.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

/* Everybody as options; those who hold no post only where `with_all` says so. */
static enum status people_items(struct work *work, const struct call *call, const char *chosen,
                                bool with_all, json_t **out_items)
{
    json_t *people = NULL;
    enum status status = handover_people(work, &people);
    if (status != STATUS_OK)
        return status;
    *out_items = json_array();
    json_array_append_new(*out_items, form_item("", "Choose a person", NULL, chosen));
    for (size_t i = 0; i < json_array_size(people); i++) {
        const json_t *one = json_array_get(people, i);
        const char *code = json_string_value(json_object_get(one, "code"));
        if (with_all || json_integer_value(json_object_get(one, "posts")))
            json_array_append_new(*out_items,
                                  form_data_item(call, code,
                                                 json_string_value(json_object_get(one, "name")),
                                                 chosen));
    }
    json_decref(people);
    return STATUS_OK;
}

/* The page for one who leaves (NULL: nobody is chosen yet). */
static enum status show(struct work *work, const struct call *call, const char *from,
                        const struct problems *problems, struct page *out_page)
{
    json_t *leavers = NULL, *takers = NULL, *person = json_null(), *vacant = NULL;
    enum status status = people_items(work, call, from, false, &leavers);
    if (status == STATUS_OK)
        status = people_items(work, call, form_value(call, "to"), true, &takers);
    if (status == STATUS_OK && from && *from)
        status = handover_of(work, from, &person);
    if (status == STATUS_OK)
        status = handover_vacant(work, &vacant);
    if (status != STATUS_OK) {
        json_decref(leavers);
        json_decref(takers);
        return status;
    }
    json_t *model = json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "vacant", vacant, "person", person, "from",
        form_field(
            &(struct form_field){
                .name = "from", .label = "Who leaves", .items = leavers, .value = from },
            problems),
        "to",
        form_field(&(struct form_field){ .name = "to",
                                         .label = "Who takes over",
                                         .items = takers,
                                         .value = form_value(call, "to") },
                   problems),
        "last_day",
        form_field(&(struct form_field){ .name = "last_day",
                                         .label = "Last day of the one who leaves",
                                         .hint = "For example, 31 March 2027",
                                         .value = form_value(call, "last_day"),
                                         .classes = "govuk-input--width-10" },
                   problems),
        "choose", form_button("Show what they hold", "govuk-button--secondary"), "submit",
        form_button("Hand everything over", NULL));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/handover.html",
                               .title = WORDS("Hand over a person’s posts"),
                               .model = model,
                               .has_form = true };
    return STATUS_OK;
}

enum status page_handover(struct work *work, const struct call *call, struct page *out_page)
{
    return show(work, call, request_query(call->request, "from"), NULL, out_page);
}

enum status page_handover_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = form_problems(work);
    size_t posts = 0;
    const struct handover handover = { form_value(call, "from"), form_value(call, "to"),
                                       form_value(call, "last_day") };
    enum status status = handover_do(work, &handover, &problems, &posts);
    if (status == STATUS_OK && problems.list.count)
        return show(work, call, handover.from, &problems, out_page);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/handover", .done = "handed-over" };
    return status;
}
