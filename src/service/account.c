#include "service/account.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/moment.h"
#include "entity/field_text.h"
#include "model/unit.h"
#include "service/approval.h"
#include "service/password.h"
#include "service/record.h"
#include "service/sign_in.h"
#include "service/token.h"
#include "store/account_store.h"
#include "store/entity_store.h"
#include "store/progress_store.h"
#include "base/banned.h"

static enum status manage(struct work *work)
{
    return permission_require(work, RIGHT_ACCOUNTS_MANAGE, INTEGER_MISSING);
}

enum status account_find(struct work *work, const char *code, struct account *out_account)
{
    struct account key = { .code = code };
    enum status status = entity_store_find(work, &account_entity, &key, out_account);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no account \"%.60s\".", code);
    return status;
}

static char *lower(struct arena *arena, const char *text)
{
    char *copy = slice_copy(arena, slice_trim(slice_of(text)));
    for (char *c = copy; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return copy;
}

const char *account_email(struct arena *arena, const char *typed)
{
    return lower(arena, typed);
}

static void check_code(struct problems *problems, const char *code)
{
    static const char *const allowed = "abcdefghijklmnopqrstuvwxyz0123456789-.";
    if (*code && (strspn(code, allowed) != strlen(code) || code[0] == '-' || code[0] == '.'))
        problem_add(problems, "code",
                    "The short name must be small letters, digits, hyphens and full stops, and "
                    "begin with a letter or digit");
    if (strcmp(code, "new") == 0)
        problem_add(problems, "code", "\"new\" cannot be a short name; choose another");
}

static void check_email(struct problems *problems, const char *email)
{
    const char *at = strchr(email, '@');
    bool is_sound = at && at > email && at[1] && !strchr(at + 1, '@') && strchr(at, '.') &&
                    !strpbrk(email, " ,;<>\"\t\r\n");
    if (*email && !is_sound)
        problem_add(problems, "email", "The e-mail address must be written like name@example.org");
}

/* Nobody else has the short name or the address. */
static enum status check_unique(struct work *work, const struct account *account,
                                struct problems *problems)
{
    struct account other;
    enum status status = entity_store_find(work, &account_entity, account, &other);
    if (status == STATUS_OK)
        problem_add(problems, "code", "There is an account with this short name already");
    if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        status = account_store_by_email(work, account->email, &other);
    if (status == STATUS_OK)
        problem_add(problems, "email", "There is an account with this e-mail address already");
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status account_add(struct work *work, const struct account_details *details,
                        struct problems *problems)
{
    struct account *account = entity_row(work->arena, &account_entity);
    struct audit *audit = NULL;
    account->code = lower(work->arena, details->code);
    account->name = slice_copy(work->arena, slice_trim(slice_of(details->name)));
    account->email = lower(work->arena, details->email);
    account->created_at = work->now;
    entity_set_standards(work->arena, &account_entity, account);
    enum status status = manage(work);
    if (status != STATUS_OK)
        return status;
    (void)entity_validate(&account_entity, account, problems);
    check_code(problems, account->code);
    check_email(problems, account->email);
    status = audit_begin(work, "add-account", account->code, &audit);
    if (status != STATUS_OK)
        return status;
    status = check_unique(work, account, problems);
    if (status == STATUS_OK && problems->list.count == 0)
        status = record_insert(work, audit, &account_entity, account);
    return record_end(work, audit, status);
}

static bool read_day(struct problems *problems, const char *column, const char *typed,
                     struct date *out_day)
{
    if (date_read_british(slice_trim(slice_of(typed)), out_day))
        return true;
    problem_add(problems, column, "The day must be a date, such as 1 April 2026");
    return false;
}

static enum status read_unit(struct work *work, const char *typed, struct problems *problems,
                             struct role_grant *grant)
{
    if (!typed || !*typed)
        return STATUS_OK;
    enum status status = entity_store_id(work, &unit_entity, slice_trim(slice_of(typed)),
                                         &grant->unit);
    if (status != STATUS_NOT_FOUND)
        return status;
    problem_add(problems, "unit", "There is no unit with the code %.60s", typed);
    return STATUS_OK;
}

static void read_days(struct work *work, const struct account_grant *given,
                      struct problems *problems, struct role_grant *grant)
{
    struct date from, to;
    bool says_from = given->valid_from && *given->valid_from;
    bool says_to = given->valid_to && *given->valid_to;
    grant->valid_from = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    if (says_from && read_day(problems, "valid_from", given->valid_from, &from))
        grant->valid_from = date_print(work->arena, from);
    if (says_to && read_day(problems, "valid_to", given->valid_to, &to))
        grant->valid_to = date_print(work->arena, to);
    if (grant->valid_to && strcmp(grant->valid_to, grant->valid_from) < 0)
        problem_add(problems, "valid_to", "The last day must not be before the first");
}

/* The same role for the same unit is granted once at a time. */
static enum status check_new(struct work *work, const struct role_grant *grant,
                             struct problems *problems)
{
    struct list grants = { 0 };
    enum status status = entity_store_list_of(work, &role_grant_entity, "account", grant->account,
                                              &grants);
    for (size_t i = 0; status == STATUS_OK && i < grants.count; i++) {
        const struct role_grant *other = grants.items[i];
        bool overlaps = (!other->valid_to || strcmp(other->valid_to, grant->valid_from) >= 0) &&
                        (!grant->valid_to || strcmp(grant->valid_to, other->valid_from) >= 0);
        if (overlaps && strcmp(other->role, grant->role) == 0 && other->unit == grant->unit) {
            problem_add(problems, "role", "This account has that role for that unit already");
            break;
        }
    }
    return status;
}

enum status account_put_grant(struct work *work, struct audit *audit, struct role_grant *grant,
                              struct problems *problems)
{
    enum status status = check_new(work, grant, problems);
    if (status == STATUS_OK && problems->list.count == 0)
        status = record_insert(work, audit, &role_grant_entity, grant);
    return status;
}

static enum status grant_to(struct work *work, struct audit *audit, const char *code,
                            const struct account_grant *given, struct problems *problems)
{
    struct account account;
    enum role role = ROLE_COUNT;
    struct role_grant *grant = entity_row(work->arena, &role_grant_entity);
    enum status status = account_find(work, code, &account);
    if (status != STATUS_OK)
        return status;
    if (!work->actor->is_owner && work->actor->account == account.id)
        return work_fail(work, STATUS_REFUSED,
                         "Nobody grants a role to themself; ask another administrator.");
    grant->account = account.id;
    grant->role = given->role ? given->role : "";
    if (!permission_role(grant->role, &role))
        problem_add(problems, "role", "Choose a role");
    status = read_unit(work, given->unit, problems, grant);
    read_days(work, given, problems, grant);
    if (status == STATUS_OK && problems->list.count == 0)
        status = approval_is_wanted(work, role) ? approval_ask_role(work, audit, grant)
                                                : account_put_grant(work, audit, grant, problems);
    return status;
}

enum status account_grant(struct work *work, const char *code, const struct account_grant *grant,
                          struct problems *problems)
{
    struct audit *audit = NULL;
    enum status status = manage(work);
    if (status == STATUS_OK)
        status = audit_begin(work, "grant-role", code, &audit);
    if (status != STATUS_OK)
        return status;
    return record_end(work, audit, grant_to(work, audit, code, grant, problems));
}

static enum status revoke_from(struct work *work, struct audit *audit, const char *code, int64_t id)
{
    struct account account;
    struct role_grant grant;
    enum status status = account_find(work, code, &account);
    if (status == STATUS_OK)
        status = entity_store_get(work, &role_grant_entity, id, &grant);
    if (status == STATUS_OK && grant.account != account.id)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "\"%.60s\" has no role with the number %lld.", code,
                         (long long)id);
    if (status != STATUS_OK || !permission_holds(work, &grant))
        return status;
    return account_end_grant(work, audit, &grant);
}

enum status account_end_grant(struct work *work, struct audit *audit, struct role_grant *grant)
{
    struct date today;
    struct role_grant before = *grant;
    if (!date_read(slice_first(slice_of(work->now), 10), &today))
        return work_fail(work, STATUS_STORAGE, "The clock gives no date; set the system's clock.");
    grant->valid_to = date_print(work->arena, date_of_days(date_days(today) - 1));
    return record_change(work, audit, &role_grant_entity, &before, grant);
}

enum status account_revoke(struct work *work, const char *code, int64_t grant)
{
    struct audit *audit = NULL;
    enum status status = manage(work);
    if (status == STATUS_OK)
        status = audit_begin(work, "revoke-role", code, &audit);
    if (status != STATUS_OK)
        return status;
    return record_end(work, audit, revoke_from(work, audit, code, grant));
}

static enum status set_open(struct work *work, struct audit *audit, const char *code, bool is_open)
{
    struct account before, account;
    enum status status = account_find(work, code, &before);
    if (status != STATUS_OK)
        return status;
    account = before;
    account.status = is_open ? "open" : "closed";
    status = record_change(work, audit, &account_entity, &before, &account);
    if (status == STATUS_OK && !is_open)
        status = sign_in_end_sessions(work, audit, account.id);
    return status;
}

enum status account_set_open(struct work *work, const char *code, bool is_open)
{
    struct audit *audit = NULL;
    enum status status = manage(work);
    if (status == STATUS_OK)
        status = audit_begin(work, is_open ? "open-account" : "close-account", code, &audit);
    if (status != STATUS_OK)
        return status;
    return record_end(work, audit, set_open(work, audit, code, is_open));
}

/* Uses up the links that the account was given before. */
static enum status use_up(struct work *work, struct audit *audit, int64_t account)
{
    struct list invitations = { 0 };
    enum status status = entity_store_list_of(work, &invitation_entity, "account", account,
                                              &invitations);
    for (size_t i = 0; status == STATUS_OK && i < invitations.count; i++) {
        struct invitation *invitation = invitations.items[i], before = *invitation;
        if (invitation->used_at)
            continue;
        invitation->used_at = work->now;
        status = record_change(work, audit, &invitation_entity, &before, invitation);
    }
    return status;
}

/* Who makes a link for somebody's account could become that somebody: not for the roles that two
 * people grant. */
static enum status check_take_over(struct work *work, const struct account *account)
{
    struct actor actor = { .account = account->id };
    enum status status = permission_load(work, account->id, &actor);
    for (size_t i = 0; status == STATUS_OK && i < actor.granted.count; i++)
        if (approval_is_wanted(work, ((const struct granted *)actor.granted.items[i])->role))
            return work_fail(work, STATUS_REFUSED,
                             "This account has a role that two people grant, so its password is "
                             "not for one administrator to renew: the owner of the workspace makes "
                             "the link, with `dueregard account invite`.");
    return status;
}

static enum status invite(struct work *work, struct audit *audit, const char *code,
                          const char *kind, const char **out_token)
{
    struct account account;
    struct token token = token_new();
    bool is_demonstration = strcmp(kind, "demonstration") == 0;
    int64_t seconds = is_demonstration ? DEMONSTRATION_MINUTES * 60
                                       : (int64_t)INVITATION_DAYS * 24 * 60 * 60;
    enum status status = account_find(work, code, &account);
    if (status == STATUS_OK && account.password && !is_demonstration)
        status = check_take_over(work, &account);
    if (status == STATUS_OK)
        status = use_up(work, audit, account.id);
    if (status != STATUS_OK)
        return status;
    struct invitation invitation = { .account = account.id,
                                     .token = token.hash,
                                     .kind = kind,
                                     .made_at = work->now,
                                     .expires_at = moment_after(work->arena, work->now, seconds) };
    status = record_insert(work, audit, &invitation_entity, &invitation);
    *out_token = arena_copy_text(work->arena, token.text);
    return status;
}

enum status account_invite(struct work *work, const char *code, const char *kind,
                           const char **out_token)
{
    struct audit *audit = NULL;
    const char *token = NULL;
    enum status status = manage(work);
    if (status == STATUS_OK)
        status = audit_begin(work, "invite", code, &audit);
    if (status != STATUS_OK)
        return status;
    status = record_end(work, audit, invite(work, audit, code, kind, &token));
    if (status == STATUS_OK)
        *out_token = token;
    return status;
}

static int by_name(const void *a, const void *b)
{
    const struct account *left = *(const struct account *const *)a;
    const struct account *right = *(const struct account *const *)b;
    int order = strcmp(left->name, right->name);
    return order ? order : strcmp(left->code, right->code);
}

enum status account_list(struct work *work, struct list *out_accounts)
{
    struct list accounts = { 0 };
    enum status status = manage(work);
    if (status == STATUS_OK)
        status = entity_store_list(work, &account_entity, 0, &accounts);
    if (status != STATUS_OK)
        return status;
    if (accounts.count > 1)
        qsort(accounts.items, accounts.count, sizeof *accounts.items, by_name);
    *out_accounts = accounts;
    return STATUS_OK;
}

enum status account_invitation(struct work *work, const char *token, const char *kind,
                               struct invitation *out_invitation, struct account *out_account)
{
    char hash[HASH_TEXT_LENGTH + 1];
    token_hash(token, hash);
    struct invitation key = { .token = hash };
    enum status status = entity_store_find(work, &invitation_entity, &key, out_invitation);
    if (status == STATUS_OK &&
        (strcmp(out_invitation->kind, kind) != 0 || out_invitation->used_at ||
         strcmp(out_invitation->expires_at, work->now) <= 0))
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = entity_store_get(work, &account_entity, out_invitation->account, out_account);
    if (status == STATUS_OK && strcmp(out_account->status, "open") != 0)
        status = STATUS_NOT_FOUND;
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "This link has been used or is too old; ask for a new one.");
    return status;
}

enum status account_use_invitation(struct work *work, struct audit *audit,
                                   struct invitation *invitation)
{
    struct invitation before = *invitation;
    invitation->used_at = work->now;
    return record_change(work, audit, &invitation_entity, &before, invitation);
}

static enum status accept(struct work *work, struct audit *audit, const char *token,
                          const char *hash)
{
    struct invitation invitation;
    struct account account, before;
    enum status status = account_invitation(work, token, "password", &invitation, &account);
    if (status != STATUS_OK)
        return status;
    before = account;
    account.password = hash;
    account.failures = 0;
    account.locked_until = NULL;
    status = account_use_invitation(work, audit, &invitation);
    if (status == STATUS_OK)
        status = record_change(work, audit, &account_entity, &before, &account);
    if (status == STATUS_OK)
        status = sign_in_end_sessions(work, audit, account.id);
    return status;
}

/* Whether the owner of the account can have that password. */
static enum status check_password(struct work *work, const struct account *account,
                                  struct slice password, struct problems *problems)
{
    struct authority *authority = NULL;
    enum status status = progress_store_authority(work, &authority);
    if (status == STATUS_OK)
        password_check(problems, password,
                       &(struct password_owner){ account->code, account->name, account->email,
                                                 authority ? authority->name : "" });
    return status;
}

enum status account_accept(struct work *work, const char *token, struct slice password,
                           struct problems *problems)
{
    struct invitation invitation;
    struct account account = { .id = INTEGER_MISSING };
    struct audit *audit = NULL;
    const char *hash = NULL;
    enum status status = account_invitation(work, token, "password", &invitation, &account);
    if (status != STATUS_OK)
        return status;
    status = check_password(work, &account, password, problems);
    if (status != STATUS_OK || problems->list.count)
        return status;
    /* Outside the transaction: it takes long. */
    status = password_hash(work, password, &hash);
    if (status != STATUS_OK)
        return status;
    const char *user = work->user;
    work->user = account.code; /* whom the link proves */
    status = audit_begin(work, "choose-password", account.code, &audit);
    if (status == STATUS_OK)
        status = record_end(work, audit, accept(work, audit, token, hash));
    work->user = user;
    return status;
}

static enum status change_password(struct work *work, struct audit *audit, const char *hash)
{
    struct account account, before;
    enum status status = entity_store_get(work, &account_entity, work->actor->account, &account);
    before = account;
    account.password = hash;
    if (status == STATUS_OK)
        status = record_change(work, audit, &account_entity, &before, &account);
    return status == STATUS_OK ? sign_in_end_others(work, audit) : status;
}

enum status account_choose_password(struct work *work, struct slice password,
                                    struct problems *problems)
{
    struct account account;
    struct audit *audit = NULL;
    const char *hash = NULL;
    enum status status = permission_require(work, RIGHT_SIGNED_IN, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = entity_store_get(work, &account_entity, work->actor->account, &account);
    if (status == STATUS_OK && !account.password)
        status = work_fail(work, STATUS_NOT_FOUND, "This account signs in without a password.");
    if (status != STATUS_OK)
        return status;
    status = check_password(work, &account, password, problems);
    if (status != STATUS_OK || problems->list.count)
        return status;
    status = password_hash(work, password, &hash);
    if (status == STATUS_OK)
        status = audit_begin(work, "change-password", account.code, &audit);
    return status == STATUS_OK ? record_end(work, audit, change_password(work, audit, hash))
                               : status;
}
