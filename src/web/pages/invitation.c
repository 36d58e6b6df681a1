/* The link with which somebody chooses a password. */
#include "base/turnstile.h"
#include "service/account.h"
#include "service/password.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "web/site.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum status page_link_used(struct work *work, const struct call *call, struct page *out_page)
{
    (void)call;
    work_forget(work);
    *out_page = (struct page){ .template = "pages/link-used.html",
                               .title = WORDS("This link is no longer good"),
                               .model = json_object(),
                               .is_wrong_secret = true,
                               .response = { .status = 404 } };
    return STATUS_OK;
}

void page_new_password(struct work *work, const struct problems *problems, json_t *model)
{
    json_object_set_new(
        model, "password",
        form_field(
            &(struct form_field){ .name = "password",
                                  .label = "New password",
                                  .type = "password",
                                  .autocomplete = "new-password",
                                  .hint = arena_format(work->arena,
                                                       WORDS("%d characters or more; three or "
                                                             "four words make a good one"),
                                                       PASSWORD_LEAST) },
            problems));
    json_object_set_new(model, "again",
                        form_field(&(struct form_field){ .name = "again",
                                                         .label = "New password again",
                                                         .type = "password",
                                                         .autocomplete = "new-password" },
                                   problems));
}

static void show(struct work *work, const struct account *account, const struct problems *problems,
                 struct page *out_page)
{
    json_t *model = json_pack("{s:s, s:s, s:o}", "name", account->name, "email", account->email,
                              "submit", form_button("Set password", NULL));
    page_new_password(work, problems, model);
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/password.html",
                               .title = WORDS("Choose a password"),
                               .model = model,
                               .has_form = true };
}

enum status page_invitation(struct work *work, const struct call *call, struct page *out_page)
{
    struct invitation invitation;
    struct account account;
    enum status status = account_invitation(work, call_parameter(call, "token"), "password",
                                            &invitation, &account);
    if (status == STATUS_NOT_FOUND)
        return page_link_used(work, call, out_page);
    if (status == STATUS_OK)
        show(work, &account, NULL, out_page);
    return status;
}

enum status page_invitation_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct invitation invitation;
    struct account account;
    struct problems problems = form_problems(work);
    const char *token = call_parameter(call, "token"), *password = form_value(call, "password");
    enum status status = account_invitation(work, token, "password", &invitation, &account);
    if (status == STATUS_NOT_FOUND)
        return page_link_used(work, call, out_page);
    if (status == STATUS_OK && strcmp(password, form_value(call, "again")) != 0) {
        problem_add(&problems, "again", "Type the same password twice");
    } else if (status == STATUS_OK) {
        turnstile_enter(call->site->hashing);
        status = account_accept(work, token, slice_of(password), &problems);
        turnstile_leave(call->site->hashing);
    }
    if (status != STATUS_OK)
        return status;
    if (problems.list.count)
        show(work, &account, &problems, out_page);
    else
        *out_page = (struct page){ .redirect = "/sign-in", .done = "password-chosen" };
    return STATUS_OK;
}
