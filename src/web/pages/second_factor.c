/* Codes from a telephone as a second proof: turned on, and off. */
#include "service/second_factor.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "chart/qr_code.h"
#include "model/account.h"
#include "store/entity_store.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

static json_t *code_field(const char *hint, const struct problems *problems)
{
    return form_field(&(struct form_field){ .name = "code",
                                            .label = "Code",
                                            .hint = hint,
                                            .autocomplete = "one-time-code",
                                            .classes = "govuk-input--width-10" },
                      problems);
}

/* The secret in groups of four, which are easier to type. */
static const char *in_groups(struct arena *arena, const char *secret)
{
    struct text text = text_new(arena, 2 * SECRET_LENGTH);
    for (size_t i = 0; secret[i]; i++)
        text_add_format(&text, "%s%c", i && i % 4 == 0 ? " " : "", secret[i]);
    return text.bytes;
}

static enum status show_off(struct work *work, const struct call *call, const char *secret,
                            const struct problems *problems, struct page *out_page)
{
    const char *picture = NULL;
    enum status status = STATUS_OK;
    if (!secret)
        status = second_factor_secret(work, &secret);
    if (status == STATUS_OK)
        status = qr_code_svg(
            work, second_factor_address(work, call->site->authority, secret),
            call_words(call, WORDS("Picture to take with the telephone; the same as the "
                                   "letters below")),
            &picture);
    if (status != STATUS_OK)
        return status;
    json_t *model = json_pack(
        "{s:s, s:s, s:s, s:o, s:o}", "secret", secret, "secretInGroups",
        in_groups(work->arena, secret), "pictureHtml", picture, "code",
        code_field(WORDS("The six digits that the telephone shows then"), problems), "submit",
        form_button("Turn codes on", NULL));
    json_object_set_new(model, "signOut",
                        work->actor->must_turn_codes_on
                            ? form_button("Sign out", "govuk-button--secondary")
                            : json_null());
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/second-factor-on.html",
                               .title = WORDS("Sign in with codes from your telephone"),
                               .model = model,
                               .has_form = true };
    return STATUS_OK;
}

static void show_on(const struct problems *problems, struct page *out_page)
{
    json_t *model = json_pack(
        "{s:o, s:o}", "code",
        code_field(WORDS("The six digits that your telephone shows now, or a recovery code"),
                   problems),
        "submit", form_button("Turn codes off", "govuk-button--warning"));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/second-factor-off.html",
                               .title = WORDS("Codes from your telephone"),
                               .model = model,
                               .has_form = true };
}

enum status page_second_factor(struct work *work, const struct call *call, struct page *out_page)
{
    struct account account;
    enum status status = entity_store_get(work, &account_entity, work->actor->account, &account);
    if (status == STATUS_OK && account.totp_secret)
        show_on(NULL, out_page);
    else if (status == STATUS_OK)
        status = show_off(work, call, NULL, NULL, out_page);
    return status;
}

enum status page_second_factor_on(struct work *work, const struct call *call, struct page *out_page)
{
    const char *codes[RECOVERY_CODES], *secret = form_value(call, "secret");
    struct problems problems = form_problems(work);
    enum status status = second_factor_turn_on(work, secret, form_value(call, "code"), codes,
                                               &problems);
    if (status != STATUS_OK)
        return status;
    if (problems.list.count)
        return show_off(work, call, strlen(secret) == SECRET_LENGTH ? secret : NULL, &problems,
                        out_page);
    json_t *list = json_array();
    for (size_t i = 0; i < RECOVERY_CODES; i++)
        json_array_append_new(list, json_string(codes[i]));
    *out_page = (struct page){ .template = "pages/recovery-codes.html",
                               .title = WORDS("Codes are on: keep your recovery codes"),
                               .model = json_pack("{s:o}", "codes", list) };
    return STATUS_OK;
}

enum status page_second_factor_off(struct work *work, const struct call *call,
                                   struct page *out_page)
{
    struct problems problems = form_problems(work);
    enum status status = second_factor_turn_off(work, form_value(call, "code"), &problems);
    if (status == STATUS_OK && problems.list.count)
        show_on(&problems, out_page);
    else if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/account", .done = "codes-off" };
    return status;
}
