#include "store/message_store.h"

#include "store/entity_store.h"
#include "base/banned.h"

/* `next_attempt_at` of a message that is being sent is when the sender took it. */
static const char next_sql[] = "SELECT id FROM message "
                               "WHERE (state = 'queued' AND next_attempt_at <= $1) "
                               "OR (state = 'sending' AND next_attempt_at <= $2) "
                               "ORDER BY next_attempt_at, id LIMIT 1";

const char *const message_statements[] = { next_sql, NULL };

enum status message_store_next(struct work *work, const char *lost, struct message *out_message)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(
        work, next_sql, PARAMETERS(parameter_text(work->now), parameter_text(lost)), &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    return status == STATUS_OK
               ? entity_store_get(work, &message_entity, cursor_integer(cursor, 0), out_message)
               : status;
}
