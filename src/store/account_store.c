#include "store/account_store.h"

#include "store/entity_store.h"
#include "base/banned.h"

static const char by_email_sql[] = "SELECT id FROM account WHERE email = $1";
static const char by_subject_sql[] = "SELECT id FROM account WHERE subject = $1 AND issuer = $2";
static const char touch_sql[] = "UPDATE session SET seen_at = $1 WHERE id = $2";

const char *const account_statements[] = { by_email_sql, by_subject_sql, touch_sql, NULL };

/* The account whose id is the only thing that the statement gives. */
static enum status find(struct work *work, const char *sql, const struct parameter *parameters,
                        size_t count, struct account *out_account)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, sql, parameters, count, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        status = entity_store_get(work, &account_entity, cursor_integer(cursor, 0), out_account);
    return status == STATUS_END ? STATUS_NOT_FOUND : status;
}

enum status account_store_by_email(struct work *work, const char *email,
                                   struct account *out_account)
{
    return find(work, by_email_sql, PARAMETERS(parameter_text(email)), out_account);
}

enum status account_store_by_subject(struct work *work, const char *issuer, const char *subject,
                                     struct account *out_account)
{
    return find(work, by_subject_sql, PARAMETERS(parameter_text(subject), parameter_text(issuer)),
                out_account);
}

enum status account_store_touch(struct work *work, int64_t session, const char *at)
{
    enum status status = store_begin(work);
    if (status != STATUS_OK)
        return status;
    status = store_run(work, touch_sql, PARAMETERS(parameter_text(at), parameter_integer(session)),
                       NULL);
    if (status == STATUS_OK)
        return store_commit(work);
    store_rollback(work);
    return status;
}
