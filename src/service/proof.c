#include "service/proof.h"

#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "service/password.h"
#include "service/record.h"
#include "service/second_factor.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { CLOCK_MAY_LAG = 60 /* seconds that a clock may have been put back */ };

bool proof_is_fresh(const struct work *work, const struct session *session, int64_t seconds)
{
    int64_t now = 0, proven = 0;
    return session && session->proven_at && moment_read(work->now, &now) &&
           moment_read(session->proven_at, &proven) && now - proven < seconds &&
           proven - now < CLOCK_MAY_LAG;
}

enum status proof_kind_of(struct work *work, const struct session *session,
                          enum proof_kind *out_kind)
{
    struct account account;
    enum status status = entity_store_get(work, &account_entity, session->account, &account);
    if (status != STATUS_OK)
        return status;
    *out_kind = strcmp(session->level, "proven") == 0 ? PROOF_PROVIDER
                : account.totp_secret                 ? PROOF_CODE
                : account.password                    ? PROOF_PASSWORD
                                                      : PROOF_CONSENT;
    return STATUS_OK;
}

enum status proof_note(struct work *work, struct audit *audit, int64_t session)
{
    struct session before, after;
    enum status status = entity_store_get(work, &session_entity, session, &before);
    if (status != STATUS_OK)
        return status;
    after = before;
    after.proven_at = work->now;
    return record_change(work, audit, &session_entity, &before, &after);
}

/* Within the event: the account, read again so that two attempts at once are counted as two. A code
 * is tried here, because it is used up. */
static enum status settle(struct work *work, struct audit *audit, const struct session *session,
                          const char *code, bool *is_right)
{
    struct account account, before;
    enum status status = entity_store_get(work, &account_entity, session->account, &account);
    if (status != STATUS_OK)
        return status;
    before = account;
    if (code)
        *is_right = second_factor_use(work, &account, code);
    if (*is_right) {
        account.failures = 0;
        account.locked_until = NULL;
    } else {
        sign_in_count_failure(work, &account);
    }
    status = record_change(work, audit, &account_entity, &before, &account);
    return status == STATUS_OK && *is_right ? proof_note(work, audit, session->id) : status;
}

enum status proof_try(struct work *work, const struct session *session, enum proof_kind kind,
                      struct slice typed, bool *out_is_right)
{
    struct account account;
    struct audit *audit = NULL;
    const char *code = kind == PROOF_CODE ? slice_copy(work->arena, typed) : NULL;
    *out_is_right = false;
    if (kind == PROOF_PROVIDER)
        return STATUS_OK;
    enum status status = entity_store_get(work, &account_entity, session->account, &account);
    if (status != STATUS_OK || sign_in_must_wait(work, &account))
        return status;
    /* Outside the transaction: it takes long. */
    bool is_right = kind == PROOF_CONSENT ? !account.password
                                          : !code && password_verify(account.password, typed);
    status = audit_begin(work, "prove-again", account.code, &audit);
    if (status != STATUS_OK)
        return status;
    status = record_end(work, audit, settle(work, audit, session, code, &is_right));
    if (status == STATUS_OK)
        *out_is_right = is_right;
    return status;
}
