#include "service/api_token.h"

#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "entity/field_text.h"
#include "service/account.h"
#include "service/record.h"
#include "service/token.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { DAY = 24 * 60 * 60 };

static enum status check(struct work *work, const struct api_token_details *details,
                         struct api_token *row)
{
    struct problems problems = { .arena = work->arena };
    const struct field *scope = entity_field(&api_token_entity, "scope");
    if (details->days < 1 || details->days > API_TOKEN_DAYS_MOST)
        return work_fail(work, STATUS_INPUT, "A token is good for 1 to %d days.",
                         API_TOKEN_DAYS_MOST);
    if (!details->name || slice_trim(slice_of(details->name)).length == 0)
        return work_fail(work, STATUS_INPUT, "Say in a few words what the token is for.");
    row->name = details->name;
    (void)field_read(work->arena, scope, slice_of(details->scope ? details->scope : API_TOKEN_READ),
                     row, &problems, NULL);
    if (problems.list.count > 0)
        return work_fail(work, STATUS_INPUT, "%s",
                         ((const struct problem *)problems.list.items[0])->words);
    return STATUS_OK;
}

enum status api_token_add(struct work *work, const struct api_token_details *details,
                          const char **out_token)
{
    struct account account;
    struct audit *audit = NULL;
    struct token token = token_new();
    struct api_token *row = entity_row(work->arena, &api_token_entity);
    enum status status = permission_require(work, RIGHT_ACCOUNTS_MANAGE, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = check(work, details, row);
    if (status == STATUS_OK)
        status = account_find(work, details->account, &account);
    if (status == STATUS_OK)
        status = audit_begin(work, "add-token", details->account, &audit);
    if (status != STATUS_OK)
        return status;
    row->account = account.id;
    row->token = token.hash;
    row->made_at = work->now;
    row->expires_on = slice_copy(
        work->arena,
        slice_first(slice_of(moment_after(work->arena, work->now, details->days * DAY)), 10));
    row->event = audit_event_id(audit);
    status = record_end(work, audit, record_insert(work, audit, &api_token_entity, row));
    if (status == STATUS_OK)
        *out_token = arena_copy_text(work->arena, token.text);
    return status;
}

enum status api_token_list(struct work *work, struct list *out_tokens)
{
    enum status status = permission_require(work, RIGHT_ACCOUNTS_MANAGE, INTEGER_MISSING);
    return status == STATUS_OK ? entity_store_list(work, &api_token_entity, 0, out_tokens) : status;
}

enum status api_token_revoke(struct work *work, int64_t number)
{
    struct api_token before, after;
    struct audit *audit = NULL;
    enum status status = permission_require(work, RIGHT_ACCOUNTS_MANAGE, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, "revoke-token",
                             arena_format(work->arena, "%lld", (long long)number), &audit);
    if (status != STATUS_OK)
        return status;
    status = entity_store_get(work, &api_token_entity, number, &before);
    if (status == STATUS_OK) {
        after = before;
        after.revoked_at = work->now;
        after.event = audit_event_id(audit);
        status = record_change(work, audit, &api_token_entity, &before, &after);
    }
    return record_end(work, audit, status);
}

enum status api_token_find(struct work *work, const char *token, struct actor *out_actor,
                           bool *out_writes)
{
    char hash[HASH_TEXT_LENGTH + 1];
    struct account account;
    if (strlen(token) != TOKEN_LENGTH)
        return STATUS_NOT_FOUND;
    token_hash(token, hash);
    struct api_token row = { .token = hash };
    enum status status = entity_store_find(work, &api_token_entity, &row, &row);
    if (status != STATUS_OK)
        return status;
    if (row.revoked_at || strncmp(work->now, row.expires_on, 10) > 0)
        return STATUS_NOT_FOUND;
    status = entity_store_get(work, &account_entity, row.account, &account);
    if (status != STATUS_OK)
        return status;
    if (strcmp(account.status, "open") != 0)
        return STATUS_NOT_FOUND;
    out_actor->account = account.id;
    out_actor->code = account.code;
    out_actor->name = account.name;
    *out_writes = strcmp(row.scope, API_TOKEN_WRITE) == 0;
    return permission_load(work, account.id, out_actor);
}
