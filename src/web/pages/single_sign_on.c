/* Signing in by the organisation's own identity provider: there, and back. What the attempt must
 * know again when it comes back follows from a secret in the browser's cookie, new for each
 * attempt. */
#include "service/single_sign_on.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "web/site.h"
#include "web/visitor.h"

#include "base/banned.h"

enum { STATE_MOST = 8192 };

/* An attempt: of signing in, or of proving a session, whose cookie stays. What such a one was last
 * proved at makes each differ from the one before. */
struct
try {
    const char *cookie, *next;
    const char *proof; /* "" to sign in */
};

static const char *proof_of(struct work *work, const struct session *session)
{
    return arena_format(work->arena, " proof %s", session->proven_at ? session->proven_at : "");
}

/* The question that belongs to a cookie; the state carries the page that was wanted, and nobody
 * else can make one. */
static struct sso_question question_of(struct work *work, const struct call *call,
                                       const struct try *attempt)
{
    const char *address = call_site_address(work, call), *next = attempt->next;
    const char *purpose = arena_format(work->arena, "state%s %s", attempt->proof, next);
    const char *nonce = arena_format(work->arena, "nonce%s", attempt->proof);
    const char *verifier = arena_format(work->arena, "verifier%s", attempt->proof);
    struct text encoded = text_new(work->arena, STATE_MOST);
    urlencoded_add(&encoded, "", slice_of(next));
    return (struct sso_question){
        .redirect = arena_format(work->arena, "%s/sign-in/single/back", address),
        .state = arena_format(work->arena, "%s.%s", visitor_secret(work, attempt->cookie, purpose),
                              encoded.bytes + 1),
        .nonce = visitor_secret(work, attempt->cookie, nonce),
        .verifier = visitor_secret(work, attempt->cookie, verifier),
        .is_proof = *attempt->proof != '\0',
    };
}

enum status page_single_sign_on(struct work *work, const struct call *call, struct page *out_page)
{
    const char *next = request_query(call->request, "next"), *address = NULL;
    struct page page = { .template = NULL };
    if (!call->site->provider)
        return STATUS_NOT_FOUND;
    next = form_is_own_path(next) ? next : "/";
    const struct try attempt = { visitor_new_cookie(work, call, &page.response), next, "" };
    struct sso_question question = question_of(work, call, &attempt);
    enum status status = single_sign_on_address(work, call->site->provider, &question, &address);
    page.redirect = address;
    if (status == STATUS_OK)
        *out_page = page;
    return status;
}

enum status page_prove_single(struct work *work, const struct call *call, struct page *out_page)
{
    const char *address = NULL;
    if (!call->site->provider)
        return STATUS_NOT_FOUND;
    const struct try attempt = { call->cookie, "/account", proof_of(work, call->session) };
    struct sso_question question = question_of(work, call, &attempt);
    enum status status = single_sign_on_address(work, call->site->provider, &question, &address);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = address };
    return status;
}

static void refuse(const char *why, struct page *out_page)
{
    *out_page = (struct page){ .template = "pages/single-sign-on-refused.html",
                               .title = WORDS("You could not be signed in"),
                               .model = json_pack("{s:s}", "why", why),
                               .response = { .status = 403 } };
}

static bool is_state(const char *state, const struct sso_question *question)
{
    return strlen(state) == strlen(question->state) &&
           sodium_memcmp(state, question->state, strlen(state)) == 0;
}

/* The question that the state belongs to, with the page that was wanted: what follows the full
 * stop. NULL when it is not one that we made for this browser. */
static const char *next_of(struct work *work, const struct call *call, const char *state,
                           struct sso_question *out_question)
{
    const char *stop = state ? strchr(state, '.') : NULL;
    struct urlencoded form;
    struct slice next;
    if (!stop || !call->cookie ||
        urlencoded_read(work, slice_of(arena_format(work->arena, "n=%s", stop + 1)), NULL, &form) !=
            STATUS_OK ||
        !urlencoded_find(&form, "n", &next) || !form_is_own_path(next.start)) {
        work_forget(work);
        return NULL;
    }
    struct try attempt = { call->cookie, next.start, "" };
    *out_question = question_of(work, call, &attempt);
    if (is_state(state, out_question))
        return next.start;
    if (!call->session)
        return NULL;
    attempt.proof = proof_of(work, call->session);
    *out_question = question_of(work, call, &attempt);
    return is_state(state, out_question) ? next.start : NULL;
}

/* Back from proving a session. */
static enum status finish_proof(struct work *work, const struct call *call,
                                const struct sso_question *question, struct page *out_page)
{
    const char *why = NULL;
    enum status status = single_sign_on_prove(work, call->site->provider, question, call->session,
                                              &why);
    if (status == STATUS_OK && why)
        refuse(why, out_page);
    else if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/account", .done = "proved" };
    return status;
}

enum status page_single_sign_on_back(struct work *work, const struct call *call,
                                     struct page *out_page)
{
    struct sso_outcome outcome;
    const char *code = request_query(call->request, "code");
    const char *issuer = request_query(call->request, "iss");
    if (!call->site->provider)
        return STATUS_NOT_FOUND;
    struct sso_question question = { .is_proof = false };
    const char *next = next_of(work, call, request_query(call->request, "state"), &question);
    bool is_theirs = !issuer || strcmp(issuer, provider_options(call->site->provider)->issuer) == 0;
    if (!next || !is_theirs) {
        refuse("This browser did not ask for it, or asked twice. Try once more.", out_page);
        return STATUS_OK;
    }
    if (!code) {
        refuse("The identity provider refused it.", out_page);
        return STATUS_OK;
    }
    question.code = code;
    question.agent = call->request->agent;
    if (question.is_proof)
        return finish_proof(work, call, &question, out_page);
    enum status status = single_sign_on_finish(work, call->site->provider, &question, &outcome);
    if (status != STATUS_OK)
        return status;
    if (outcome.why) {
        refuse(outcome.why, out_page);
        return STATUS_OK;
    }
    *out_page = (struct page){ .redirect = next };
    visitor_set_session(work, call, outcome.sign_in.token, &out_page->response);
    return STATUS_OK;
}
