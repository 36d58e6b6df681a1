/* Proving again who one is, and a new password of one's own. */
#include "base/turnstile.h"
#include "model/account.h"
#include "service/account.h"
#include "service/password.h"
#include "service/proof.h"
#include "store/entity_store.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/proof.h"
#include "web/routes.h"
#include "web/site.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

/* Where a delicate page was asked for: the form that asks leads there. */
enum status page_prove(struct work *work, const struct call *call, struct page *out_page)
{
    const char *next = call_asked(call, "next");
    struct urlencoded_pair pair = { SLICE("next"), slice_of(form_is_own_path(next) ? next : "/") };
    struct call asked = *call;
    asked.form = (struct urlencoded){ &pair, 1 };
    enum status status = proof_ask(work, &asked, out_page);
    if (status == STATUS_OK)
        out_page->response.status = 200;
    return status;
}

/* Its route is delicate, so whoever comes here has proved it. */
enum status page_proved(struct work *work, const struct call *call, struct page *out_page)
{
    const char *next = form_value(call, "next");
    *out_page = (struct page){ .redirect = form_is_own_path(next)
                                               ? arena_copy_text(work->arena, next)
                                               : "/" };
    return STATUS_OK;
}

static enum status show_password(struct work *work, const struct call *call,
                                 const struct problems *problems, struct page *out_page)
{
    struct account account;
    enum status status = entity_store_get(work, &account_entity, work->actor->account, &account);
    if (status != STATUS_OK)
        return status;
    if (!account.password)
        return work_fail(work, STATUS_NOT_FOUND, "This account signs in without a password.");
    json_t *model = json_pack("{s:s, s:o}", "email", account.email, "submit",
                              form_button(call_words(call, WORDS("Set password")), NULL));
    page_new_password(work, problems, model);
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/password.html",
                               .title = WORDS("Change your password"),
                               .model = model,
                               .has_form = true };
    return STATUS_OK;
}

enum status page_password(struct work *work, const struct call *call, struct page *out_page)
{
    return show_password(work, call, NULL, out_page);
}

enum status page_password_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = form_problems(work);
    const char *password = form_value(call, "password");
    enum status status = STATUS_OK;
    if (strcmp(password, form_value(call, "again")) != 0) {
        problem_add(&problems, "again", "Type the same password twice");
    } else {
        turnstile_enter(call->site->hashing);
        status = account_choose_password(work, slice_of(password), &problems);
        turnstile_leave(call->site->hashing);
    }
    if (status == STATUS_OK && problems.list.count)
        return show_password(work, call, &problems, out_page);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/account", .done = "password-changed" };
    return status;
}
