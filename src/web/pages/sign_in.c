/* Signing in and out. */
#include "base/arena.h"
#include "base/text.h"
#include "base/turnstile.h"
#include "service/account.h"
#include "service/second_factor.h"
#include "service/sign_in.h"
#include "web/again.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "web/site.h"
#include "web/visitor.h"

#include <string.h>

#include "base/banned.h"

/* A page of ours to go on to, from what a form or address says; else the first page. */
static const char *next_of(const char *typed)
{
    return form_is_own_path(typed) ? typed : "/";
}

/* What is shown again with a form of signing in, and carried on with it. */
struct carried {
    const char *next;
    json_t *again; /* NULL: no form waits; taken over by the page */
};

static void carry(json_t *model, const struct carried *carried)
{
    json_object_set_new(model, "next", json_string(carried->next));
    if (carried->again)
        json_object_set_new(model, "again", carried->again);
}

static void show_sign_in(const struct call *call, const char *email, const struct carried *carried,
                         const struct problems *problems, struct page *out_page)
{
    json_t *model = json_pack("{s:o, s:o, s:o}", "email",
                              form_field(&(struct form_field){ .name = "email",
                                                               .label = "E-mail address",
                                                               .type = "email",
                                                               .autocomplete = "username",
                                                               .value = email },
                                         problems),
                              "password",
                              form_field(&(struct form_field){ .name = "password",
                                                               .label = "Password",
                                                               .type = "password",
                                                               .autocomplete = "current-password" },
                                         problems),
                              "submit", form_button("Sign in", NULL));
    json_object_set_new(model, "hasProvider", json_boolean(call->site->provider));
    carry(model, carried);
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/sign-in.html",
                               .title = WORDS("Sign in"),
                               .model = model,
                               .has_form = true };
}

enum status page_sign_in(struct work *work, const struct call *call, struct page *out_page)
{
    (void)work;
    const struct carried carried = { next_of(request_query(call->request, "next")), NULL };
    show_sign_in(call, NULL, &carried, NULL, out_page);
    return STATUS_OK;
}

void page_sign_in_again(struct work *work, const struct call *call, struct page *out_page)
{
    const struct carried carried = { "/", again_of_request(work, call) };
    show_sign_in(call, NULL, &carried, NULL, out_page);
    out_page->response.status = 401;
}

static void show_code(const struct carried *carried, const struct problems *problems,
                      struct page *out_page)
{
    json_t *model = json_pack(
        "{s:o, s:o}", "code",
        form_field(&(struct form_field){ .name = "code",
                                         .label = "Code",
                                         .hint = "The six digits that your telephone shows now, "
                                                 "or a recovery code",
                                         .autocomplete = "one-time-code",
                                         .classes = "govuk-input--width-10" },
                   problems),
        "submit", form_button("Continue", NULL));
    carry(model, carried);
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/sign-in-code.html",
                               .title = WORDS("Enter your code"),
                               .model = model,
                               .has_form = true };
}

/* The cookie of the new session, and on to the page that was wanted, or to the form that waits. */
static void go_on(struct work *work, const struct call *call, const struct sign_in *sign_in,
                  const struct carried *carried, struct page *out_page)
{
    if (carried->again && sign_in->outcome == SIGN_IN_DONE) {
        again_show(work, call, sign_in->token, carried->again, out_page);
        return;
    }
    *out_page = (struct page){ .redirect = carried->next };
    visitor_set_session(work, call, sign_in->token, &out_page->response);
}

enum status page_sign_in_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct sign_in sign_in;
    struct problems problems = form_problems(work);
    const char *email = form_value(call, "email");
    struct sign_in_attempt attempt = { .email = email,
                                       .password = slice_of(form_value(call, "password")),
                                       .agent = call->request->agent };
    turnstile_enter(call->site->hashing);
    enum status status = sign_in_password(work, &attempt, &sign_in);
    turnstile_leave(call->site->hashing);
    if (status != STATUS_OK)
        return status;
    const struct carried carried = { next_of(form_value(call, "next")), again_of_form(call) };
    if (sign_in.outcome == SIGN_IN_REFUSED) {
        problem_add(&problems, "email",
                    "The e-mail address or the password is not right. After some attempts in a row "
                    "you have to wait before each further one");
        show_sign_in(call, email, &carried, &problems, out_page);
        out_page->is_wrong_secret = true;
    } else if (sign_in.outcome == SIGN_IN_CODE_DUE) {
        show_code(&carried, NULL, out_page);
        visitor_begin_forms(work, call, sign_in.token, out_page);
    } else {
        go_on(work, call, &sign_in, &carried, out_page);
    }
    return STATUS_OK;
}

enum status page_sign_in_code(struct work *work, const struct call *call, struct page *out_page)
{
    const struct carried carried = { next_of(request_query(call->request, "next")), NULL };
    if (work->actor->is_code_due)
        show_code(&carried, NULL, out_page);
    else
        *out_page = (struct page){ .redirect = "/sign-in" };
    return STATUS_OK;
}

enum status page_sign_in_code_sent(struct work *work, const struct call *call,
                                   struct page *out_page)
{
    struct sign_in sign_in;
    struct problems problems = form_problems(work);
    *out_page = (struct page){ .redirect = "/sign-in" };
    if (!work->actor->is_code_due)
        return STATUS_OK;
    enum status status = second_factor_sign_in(work, call->session, form_value(call, "code"),
                                               &sign_in);
    if (status != STATUS_OK)
        return status;
    const struct carried carried = { next_of(form_value(call, "next")), again_of_form(call) };
    if (sign_in.outcome == SIGN_IN_DONE) {
        go_on(work, call, &sign_in, &carried, out_page);
        return STATUS_OK;
    }
    problem_add(&problems, "code",
                "The code is not right, or has been used. After %d attempts in a row you have to "
                "sign in anew, and to wait",
                ATTEMPTS_FREE);
    show_code(&carried, &problems, out_page);
    out_page->is_wrong_secret = true;
    return STATUS_OK;
}

enum status page_sign_out(struct work *work, const struct call *call, struct page *out_page)
{
    enum status status = STATUS_OK;
    if (call->session)
        status = session_end(work, call->session->id);
    if (status != STATUS_OK)
        return status;
    *out_page = (struct page){ .redirect = "/sign-in", .done = "signed-out" };
    visitor_set_session(work, call, NULL, &out_page->response);
    return STATUS_OK;
}

/* Links of the demonstration are good on this very machine only. */
static bool takes_demonstration(const struct call *call)
{
    static const char *const hosts[] = { "127.0.0.1", "localhost", "[::1]" };
    if (!call->site->takes_demonstration)
        return false;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        size_t length = strlen(hosts[i]);
        if (strncmp(call->request->host, hosts[i], length) == 0 &&
            (call->request->host[length] == ':' || call->request->host[length] == '\0'))
            return true;
    }
    return false;
}

enum status page_demonstration(struct work *work, const struct call *call, struct page *out_page)
{
    struct invitation invitation;
    struct account account;
    if (!takes_demonstration(call))
        return STATUS_NOT_FOUND;
    enum status status = account_invitation(work, call_parameter(call, "token"), "demonstration",
                                            &invitation, &account);
    if (status == STATUS_NOT_FOUND)
        return page_link_used(work, call, out_page);
    if (status != STATUS_OK)
        return status;
    *out_page = (struct page){
        .template = "pages/demonstration.html",
        .title = WORDS("Sign in to the demonstration"),
        .model = json_pack("{s:s, s:o}", "name", account.name, "submit",
                           form_button("Sign in", NULL)),
        .has_form = true,
    };
    return STATUS_OK;
}

enum status page_demonstration_sent(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    struct sign_in sign_in = { .outcome = SIGN_IN_REFUSED };
    if (!takes_demonstration(call))
        return STATUS_NOT_FOUND;
    enum status status = sign_in_link(work, call_parameter(call, "token"), call->request->agent,
                                      &sign_in);
    if (status == STATUS_NOT_FOUND)
        return page_link_used(work, call, out_page);
    if (status == STATUS_OK)
        go_on(work, call, &sign_in, &(struct carried){ "/", NULL }, out_page);
    return status;
}
