#include "store/history_store.h"

#include "store/rows.h"
#include "base/banned.h"

static const char changes_sql[] =
    "SELECT c.event, e.at, e.who, e.operation, c.field, c.old_value, c.new_value "
    "FROM row_change c JOIN audit_event e ON e.id = c.event "
    "WHERE c.entity = $1 AND c.row_id = $2 ORDER BY c.event DESC, c.id";

const char *const history_statements[] = { changes_sql, NULL };

static const struct row_column columns[] = {
    ROW_COLUMN(history_change, event),     ROW_COLUMN(history_change, at),
    ROW_COLUMN(history_change, who),       ROW_COLUMN(history_change, operation),
    ROW_COLUMN(history_change, field),     ROW_COLUMN(history_change, old_value),
    ROW_COLUMN(history_change, new_value),
};

static const struct row_reading reading = ROW_READING(history_change, NULL, columns, changes_sql);

enum status history_store_of(struct work *work, const char *entity, int64_t row,
                             struct list *out_changes)
{
    return rows_read(work, &reading, PARAMETERS(parameter_text(entity), parameter_integer(row)),
                     out_changes);
}
