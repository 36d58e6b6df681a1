#include "store/ledger_store.h"

#include "base/arena.h"
#include "base/banned.h"

static const char latest_sql[] =
    "SELECT chain_hash FROM disclosure_release ORDER BY id DESC LIMIT 1";

const char *const ledger_statements[] = { latest_sql, NULL };

enum status ledger_store_latest(struct work *work, const char **out_hash)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, latest_sql, NULL, 0, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_END)
        *out_hash = "";
    else if (status == STATUS_OK)
        *out_hash = arena_copy_text(work->arena, cursor_text(cursor, 0));
    return status == STATUS_END ? STATUS_OK : status;
}
