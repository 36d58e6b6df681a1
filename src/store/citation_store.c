#include "store/citation_store.h"

#include "store/rows.h"
#include "base/banned.h"

static const char uses_sql[] =
    "SELECT d.code, d.title, d.state, d.created_at, u.code, c.period, c.breakdown, c.printed, "
    "c.revision, (SELECT MAX(v.revision) FROM value v WHERE v.measure = c.measure AND "
    "v.unit = c.unit AND v.period = c.period AND v.breakdown = COALESCE(c.breakdown, '')) "
    "FROM citation c JOIN document d ON d.id = c.document JOIN unit u ON u.id = c.unit "
    "WHERE c.measure = $1 ORDER BY d.id, c.number";

const char *const citation_statements[] = { uses_sql, NULL };

static const struct row_column uses_columns[] = {
    ROW_COLUMN(citation_use, document),  ROW_COLUMN(citation_use, title),
    ROW_COLUMN(citation_use, state),     ROW_COLUMN(citation_use, made_at),
    ROW_COLUMN(citation_use, unit),      ROW_COLUMN(citation_use, period),
    ROW_COLUMN(citation_use, breakdown), ROW_COLUMN(citation_use, printed),
    ROW_COLUMN(citation_use, revision),  ROW_COLUMN(citation_use, latest),
};

static const struct row_reading read_uses = ROW_READING(citation_use, NULL, uses_columns, uses_sql);

enum status citation_store_uses(struct work *work, int64_t measure, struct list *out_uses)
{
    return rows_read(work, &read_uses, PARAMETERS(parameter_integer(measure)), out_uses);
}
