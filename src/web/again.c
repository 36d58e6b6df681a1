#include "web/again.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "web/form.h"
#include "web/language.h"
#include "web/visitor.h"
#include "base/banned.h"

/* Before the names of fields that are carried on. */
static const char prefix[] = "again.";

static void add_field(json_t *fields, struct slice name, struct slice value)
{
    json_array_append_new(fields, json_pack("{s:s%, s:s%}", "name", name.start, name.length,
                                            "value", value.start, value.length));
}

json_t *again_of_request(struct work *work, const struct call *call)
{
    if (call->request->body.length > AGAIN_MOST)
        return NULL;
    struct text path = text_new(work->arena, (size_t)2 * REQUEST_TARGET_MOST);
    json_t *fields = json_array();
    text_add(&path, languages[call->language].home);
    for (size_t i = 0; i < call->request->segment_count; i++)
        text_add_format(&path, "/%s", call->request->segments[i]);
    for (size_t i = 0; i < call->form.count; i++)
        if (!slice_is(call->form.pairs[i].name, "token"))
            add_field(fields, call->form.pairs[i].name, call->form.pairs[i].value);
    return json_pack("{s:s, s:o}", "path", path.bytes, "fields", fields);
}

json_t *again_of_form(const struct call *call)
{
    const char *path = form_value(call, "again-path");
    json_t *fields = json_array();
    for (size_t i = 0; i < call->form.count; i++) {
        const struct urlencoded_pair *pair = &call->form.pairs[i];
        if (slice_starts(pair->name, prefix))
            add_field(fields, slice_from(pair->name, strlen(prefix)), pair->value);
    }
    if (form_is_own_path(path))
        return json_pack("{s:s, s:o}", "path", path, "fields", fields);
    json_decref(fields);
    return NULL;
}

void again_show(struct work *work, const struct call *call, const char *token, json_t *again,
                struct page *out_page)
{
    *out_page = (struct page){
        .template = "pages/again.html",
        .title = WORDS("You are signed in again"),
        .model = json_pack("{s:o, s:o}", "again", again, "submit",
                           form_button("Go on with what you typed", NULL)),
    };
    visitor_begin_forms(work, call, token, out_page);
}
