#include "store/ledger_store.h"

#include "base/arena.h"
#include "store/rows.h"
#include "base/banned.h"

static const char latest_sql[] =
    "SELECT chain_hash FROM disclosure_release ORDER BY id DESC LIMIT 1";

static const char of_periods_sql[] =
    "SELECT r.code, r.period, r.body, COALESCE((SELECT b.chain_hash FROM disclosure_release b "
    "WHERE b.id < r.id ORDER BY b.id DESC LIMIT 1), '') FROM disclosure_release r "
    "WHERE r.period = $1 OR r.period = $2 ORDER BY r.id";

const char *const ledger_statements[] = { latest_sql, of_periods_sql, NULL };

static const struct row_column stored_columns[] = { ROW_COLUMN(ledger_stored, code),
                                                    ROW_COLUMN(ledger_stored, period),
                                                    ROW_COLUMN(ledger_stored, body),
                                                    ROW_COLUMN(ledger_stored, hash_before) };

static const struct row_reading read_stored = ROW_READING(ledger_stored, NULL, stored_columns,
                                                          of_periods_sql);

enum status ledger_store_of_periods(struct work *work, const char *period, const char *year,
                                    struct list *out_releases)
{
    return rows_read(work, &read_stored, PARAMETERS(parameter_text(period), parameter_text(year)),
                     out_releases);
}

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
