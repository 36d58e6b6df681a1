/* What one may do, and where one is signed in. */
#include "base/arena.h"
#include "base/moment.h"
#include "model/account.h"
#include "model/digest_choice.h"
#include "model/unit.h"
#include "service/digest.h"
#include "service/permission.h"
#include "service/sign_in.h"
#include "store/entity_store.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "web/visitor.h"

#include <string.h>

#include "base/banned.h"

/* The roles that hold today, each with the unit that it is for. */
static enum status roles_of(struct work *work, json_t *roles)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < work->actor->granted.count; i++) {
        const struct granted *granted = work->actor->granted.items[i];
        const struct role_row *row = &permission_roles[granted->role];
        struct unit unit = { .name = NULL }; /* the whole authority */
        if (granted->unit != INTEGER_MISSING)
            status = entity_store_get(work, &unit_entity, granted->unit, &unit);
        json_array_append_new(roles, json_pack("{s:s, s:s, s:s?}", "title", row->title, "summary",
                                               row->summary, "unit", unit.name));
    }
    return status;
}

static enum status sessions_of(struct work *work, const struct call *call, json_t *sessions)
{
    struct list list = { 0 };
    struct session_limits limits = visitor_limits(call->site);
    enum status status = session_list(work, &limits, &list);
    for (size_t i = 0; status == STATUS_OK && i < list.count; i++) {
        const struct session *session = list.items[i];
        bool is_this = session->id == work->actor->session;
        json_t *made = json_pack(
            "{s:I, s:s?, s:s, s:s, s:b}", "id", (json_int_t)session->id, "agent", session->agent,
            "since", moment_print_long(work->arena, session->started_at), "seen",
            moment_print_long(work->arena, session->seen_at), "isThis", is_this);
        json_array_append_new(sessions, made);
    }
    return status;
}

/* How often one is told by e-mail what needs one. */
static void add_digest(const struct call *call, const char *frequency, json_t *model)
{
    json_t *items = json_array();
    json_array_append_new(
        items, form_item(DIGEST_DAILY, call_words(call, WORDS("Every day")), NULL, frequency));
    json_array_append_new(
        items, form_item(DIGEST_WEEKLY, call_words(call, WORDS("Every week")), NULL, frequency));
    json_array_append_new(
        items, form_item(DIGEST_NEVER, call_words(call, WORDS("Never")), NULL, frequency));
    json_object_set_new(
        model, "digest",
        form_field(&(struct form_field){ .name = "frequency",
                                         .legend = call_words(call, WORDS("How often you are told "
                                                                          "by e-mail what needs "
                                                                          "you")),
                                         .items = items },
                   NULL));
    json_object_set_new(model, "saveDigest",
                        form_button(call_words(call, WORDS("Save")), "govuk-button--secondary"));
}

enum status page_digest_chosen(struct work *work, const struct call *call, struct page *out_page)
{
    enum status status = digest_choose(work, work->actor->code, form_value(call, "frequency"));
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/account", .done = "digest-chosen" };
    return status;
}

enum status page_my_account(struct work *work, const struct call *call, struct page *out_page)
{
    json_t *roles = json_array(), *sessions = json_array();
    *out_page = (struct page){
        .template = "pages/my-account.html",
        .title = WORDS("Your account"),
        .model = json_pack("{s:s, s:o, s:o, s:o, s:o}", "name", work->actor->name, "roles", roles,
                           "sessions", sessions, "signOut", form_button("Sign out", NULL),
                           "endOthers",
                           form_button("Sign out everywhere else", "govuk-button--secondary")),
        .has_form = true,
    };
    struct account account;
    const char *frequency = DIGEST_WEEKLY;
    enum status status = digest_frequency(work, work->actor->account, &frequency);
    add_digest(call, frequency, out_page->model);
    if (status == STATUS_OK)
        status = entity_store_get(work, &account_entity, work->actor->account, &account);
    if (status == STATUS_OK) {
        json_object_set_new(out_page->model, "hasCodes", json_boolean(account.totp_secret));
        json_object_set_new(out_page->model, "hasPassword", json_boolean(account.password));
    }
    if (status == STATUS_OK)
        status = roles_of(work, roles);
    return status == STATUS_OK ? sessions_of(work, call, sessions) : status;
}

enum status page_end_sessions(struct work *work, const struct call *call, struct page *out_page)
{
    bool is_all = strcmp(form_value(call, "session"), "others") == 0;
    int64_t session = is_all ? INTEGER_MISSING : form_number(call, "session");
    if (!is_all && session == INTEGER_MISSING)
        return STATUS_INPUT;
    enum status status = session_end(work, session);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/account",
                                   .done = is_all ? "sessions-ended" : "session-ended" };
    return status;
}
