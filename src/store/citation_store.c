#include "store/citation_store.h"

#include "store/rows.h"
#include "base/banned.h"

static const char uses_sql[] =
    "SELECT d.code, d.title, d.state, d.created_at, u.code, c.period, c.breakdown, c.printed, "
    "c.revision, (SELECT MAX(v.revision) FROM value v WHERE v.measure = c.measure AND "
    "v.unit = c.unit AND v.period = c.period AND v.breakdown = COALESCE(c.breakdown, '')) "
    "FROM citation c JOIN document d ON d.id = c.document JOIN unit u ON u.id = c.unit "
    "WHERE c.measure = $1 ORDER BY d.id, c.number";

static const char revised_sql[] =
    "SELECT c.number, v.revision, t.value, t.numerator, t.denominator, t.decimals, v.value, "
    "v.numerator, v.denominator, v.decimals, v.missing, m.kind, m.unit_of_measure, m.decimals "
    "FROM citation c JOIN measure m ON m.id = c.measure "
    "JOIN value t ON t.measure = c.measure AND t.unit = c.unit AND t.period = c.period AND "
    "t.breakdown = COALESCE(c.breakdown, '') AND t.revision = c.revision "
    "JOIN value v ON v.measure = t.measure AND v.unit = t.unit AND v.period = t.period AND "
    "v.breakdown = t.breakdown AND v.latest = 1 AND v.revision > t.revision "
    "WHERE c.document = $1 ORDER BY c.number";

const char *const citation_statements[] = { uses_sql, revised_sql, NULL };

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

static const struct row_column revised_columns[] = { ROW_COLUMN(citation_revised, number),
                                                     ROW_COLUMN(citation_revised, revision),
                                                     ROW_COLUMN(citation_revised, then_value),
                                                     ROW_COLUMN(citation_revised, then_numerator),
                                                     ROW_COLUMN(citation_revised, then_denominator),
                                                     ROW_COLUMN(citation_revised, then_decimals),
                                                     ROW_COLUMN(citation_revised, value),
                                                     ROW_COLUMN(citation_revised, numerator),
                                                     ROW_COLUMN(citation_revised, denominator),
                                                     ROW_COLUMN(citation_revised, decimals),
                                                     ROW_COLUMN(citation_revised, missing),
                                                     ROW_COLUMN(citation_revised, kind),
                                                     ROW_COLUMN(citation_revised, unit_of_measure),
                                                     ROW_COLUMN(citation_revised,
                                                                measure_decimals) };

static const struct row_reading read_revised = ROW_READING(citation_revised, NULL, revised_columns,
                                                           revised_sql);

enum status citation_store_revised(struct work *work, int64_t document, struct list *out_revised)
{
    return rows_read(work, &read_revised, PARAMETERS(parameter_integer(document)), out_revised);
}
