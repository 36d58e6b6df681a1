#include "web/proof.h"

#include <string.h>

#include "base/arena.h"
#include "base/turnstile.h"
#include "service/proof.h"
#include "web/again.h"
#include "web/form.h"
#include "web/limits.h"
#include "web/pool.h"
#include "web/site.h"

#include "base/banned.h"

static const char field_name[] = "proof";

/* Takes the proof out of the form, so that no handler and no carried form has it; NULL: there was
 * none. */
static const char *take_proof(struct urlencoded *form)
{
    const char *proof = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < form->count; i++)
        if (slice_is(form->pairs[i].name, field_name))
            proof = form->pairs[i].value.start;
        else
            form->pairs[kept++] = form->pairs[i];
    form->count = kept;
    return proof;
}

static const char *wrong_words(enum proof_kind kind)
{
    if (kind == PROOF_CODE)
        return WORDS("The code is not right, or has been used. After some attempts in a row you "
                     "have to wait before each further one");
    if (kind == PROOF_PROVIDER)
        return WORDS("Your work account has not confirmed it yet. Sign in with it first");
    return WORDS("The password is not right. After some attempts in a row you have to wait before "
                 "each further one");
}

/* Tries what was typed, with a store that writes. */
static enum status try_proof(struct work *work, const struct call *call, enum proof_kind kind,
                             const char *typed, bool *out_is_right)
{
    struct store *own = NULL;
    enum status status = pool_take(call->site->writers, work, &own);
    if (status != STATUS_OK)
        return status;
    if (kind == PROOF_PASSWORD)
        turnstile_enter(call->site->hashing);
    status = proof_try(work, call->session, kind, slice_of(typed), out_is_right);
    if (kind == PROOF_PASSWORD)
        turnstile_leave(call->site->hashing);
    pool_give(call->site->writers, work, own);
    return status;
}

enum status proof_pass(struct work *work, struct call *call)
{
    bool is_right = false;
    enum proof_kind kind = PROOF_PASSWORD;
    if (!call->route->is_delicate)
        return STATUS_OK;
    const char *typed = take_proof(&call->form);
    if (proof_is_fresh(work, call->session, call->site->prove_again * 60))
        return STATUS_OK;
    call->must_prove = true;
    if (!typed || !call->session || !call->site->writers)
        return STATUS_OK;
    enum status status = proof_kind_of(work, call->session, &kind);
    if (status == STATUS_OK)
        status = try_proof(work, call, kind, typed, &is_right);
    if (status != STATUS_OK)
        return status;
    call->must_prove = !is_right;
    if (!is_right) {
        call->proof_problem = call_words(call, wrong_words(kind));
        limits_note_wrong(call->site->limits, call);
    }
    return STATUS_OK;
}

/* The field for what the account is asked for; NULL: none is typed. */
static json_t *field_of(const struct call *call, enum proof_kind kind,
                        const struct problems *problems)
{
    if (kind == PROOF_CODE)
        return form_field(
            &(struct form_field){ .name = field_name,
                                  .label = call_words(call, WORDS("Code")),
                                  .hint = call_words(call, WORDS("The six digits that your "
                                                                 "telephone shows now, or a "
                                                                 "recovery code")),
                                  .autocomplete = "one-time-code",
                                  .classes = "govuk-input--width-10" },
            problems);
    if (kind != PROOF_PASSWORD)
        return json_null();
    return form_field(&(struct form_field){ .name = field_name,
                                            .label = call_words(call, WORDS("Password")),
                                            .type = "password",
                                            .autocomplete = "current-password",
                                            .classes = "govuk-input--width-20" },
                      problems);
}

enum status proof_ask(struct work *work, const struct call *call, struct page *out_page)
{
    enum proof_kind kind = PROOF_PASSWORD;
    struct problems problems = form_problems(work);
    json_t *again = again_of_request(work, call);
    enum status status = proof_kind_of(work, call->session, &kind);
    if (status != STATUS_OK || !again) {
        json_decref(again);
        return status == STATUS_OK ? work_fail(work, STATUS_LIMIT, "The form is too long.")
                                   : status;
    }
    if (call->proof_problem)
        problem_add(&problems, field_name, "%s", call->proof_problem);
    json_t *model = json_pack("{s:o, s:o, s:b, s:b, s:I, s:o}", "again", again, "proof",
                              field_of(call, kind, &problems), "isProvider", kind == PROOF_PROVIDER,
                              "isConsent", kind == PROOF_CONSENT, "minutes",
                              (json_int_t)call->site->prove_again, "submit",
                              form_button(call_words(call, WORDS("Go on")), NULL));
    form_tell(model, &problems);
    *out_page = (struct page){
        .template = "pages/prove.html",
        .title = kind == PROOF_PROVIDER  ? WORDS("Sign in again to go on")
                 : kind == PROOF_CODE    ? WORDS("Enter a code to go on")
                 : kind == PROOF_CONSENT ? WORDS("Confirm it to go on")
                                         : WORDS("Enter your password to go on"),
        .model = model,
        .has_form = true,
        .response = { .status = 401 },
    };
    return STATUS_OK;
}

void proof_problem(struct work *work, const struct call *call, struct response *out_response)
{
    json_t *model = json_pack(
        "{s:s, s:s, s:i, s:s, s:s, s:s}", "type", "about:blank", "title",
        call_words(call, WORDS("Prove again who you are")), "status", 401, "detail",
        call->proof_problem
            ? call->proof_problem
            : call_words(call, WORDS("This step needs your password, or what you sign in with, "
                                     "once more: send it with the form as \"proof\", or to the "
                                     "address under \"prove\".")),
        "prove", "/account/prove", "field", field_name);
    char *words = json_dumps(model, JSON_COMPACT | JSON_PRESERVE_ORDER);
    *out_response = (struct response){ .status = 401,
                                       .media_type = "application/problem+json",
                                       .body = slice_of(
                                           arena_copy_text(work->arena, words ? words : "{}")) };
    free(words);
    json_decref(model);
    response_add_header(out_response, "WWW-Authenticate",
                        arena_format(work->arena,
                                     "Bearer error=\"insufficient_user_authentication\", "
                                     "max_age=\"%lld\"",
                                     (long long)call->site->prove_again * 60));
}
