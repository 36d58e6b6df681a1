#include "store/citation_store.h"

#include "store/rows.h"
#include "base/banned.h"

/* The newest revision of each thing that is cited. A comparator has none: it was changed since when
 * its last event is later than that of the citation. */
static const char uses_sql[] =
    "SELECT d.code, d.title, d.state, d.created_at, c.subject, c.detail, u.code, c.period, "
    "c.breakdown, c.printed, c.revision, CASE c.subject "
    "WHEN 'value' THEN (SELECT MAX(v.revision) FROM value v WHERE v.measure = c.measure AND "
    "v.unit = c.unit AND v.period = c.period AND v.breakdown = COALESCE(c.breakdown, '')) "
    "WHEN 'target' THEN (SELECT MAX(t.revision) FROM target t WHERE t.measure = c.measure AND "
    "t.unit = c.unit AND t.period = c.period AND t.kind = c.detail) "
    "WHEN 'forecast' THEN (SELECT MAX(f.revision) FROM forecast f WHERE f.measure = c.measure AND "
    "f.unit = c.unit AND f.period = c.period AND f.made_in = c.detail) "
    "ELSE (SELECT COUNT(*) FROM comparator k WHERE k.measure = c.measure AND k.name = c.detail "
    "AND k.period = c.period AND k.event > c.event) END "
    "FROM citation c JOIN document d ON d.id = c.document LEFT JOIN unit u ON u.id = c.unit "
    "WHERE c.measure = $1 ORDER BY d.id, c.number";

#define REVISED_FROM                                                                               \
    "FROM citation c JOIN measure m ON m.id = c.measure LEFT JOIN unit u ON u.id = c.unit "
#define REVISED_CITATION                                                                           \
    "SELECT c.printed, c.subject, m.code, u.code, c.period, c.breakdown, c.detail, c.revision, "
#define REVISED_MEASURE "m.kind, m.unit_of_measure, m.decimals "

static const char revised_values_sql[] = REVISED_CITATION
    "t.value, NULL, t.numerator, t.denominator, t.decimals, v.value, NULL, "
    "v.numerator, v.denominator, v.decimals, v.missing, " REVISED_MEASURE REVISED_FROM
    "JOIN value t ON t.measure = c.measure AND t.unit = c.unit AND t.period = c.period AND "
    "t.breakdown = COALESCE(c.breakdown, '') AND t.revision = c.revision "
    "JOIN value v ON v.measure = t.measure AND v.unit = t.unit AND v.period = t.period AND "
    "v.breakdown = t.breakdown AND v.latest = 1 AND v.revision > t.revision "
    "WHERE c.document = $1 AND c.subject = 'value' ORDER BY c.number";

static const char revised_targets_sql[] = REVISED_CITATION
    "t.value, t.upper, NULL, NULL, t.decimals, v.value, v.upper, NULL, NULL, "
    "v.decimals, NULL, " REVISED_MEASURE REVISED_FROM
    "JOIN target t ON t.measure = c.measure AND t.unit = c.unit AND t.period = c.period AND "
    "t.kind = c.detail AND t.revision = c.revision "
    "JOIN target v ON v.measure = t.measure AND v.unit = t.unit AND v.period = t.period AND "
    "v.kind = t.kind AND v.latest = 1 AND v.revision > t.revision "
    "WHERE c.document = $1 AND c.subject = 'target' ORDER BY c.number";

static const char revised_forecasts_sql[] = REVISED_CITATION
    "t.value, NULL, NULL, NULL, t.decimals, v.value, NULL, NULL, NULL, "
    "v.decimals, NULL, " REVISED_MEASURE REVISED_FROM
    "JOIN forecast t ON t.measure = c.measure AND t.unit = c.unit AND t.period = c.period AND "
    "t.made_in = c.detail AND t.revision = c.revision "
    "JOIN forecast v ON v.measure = t.measure AND v.unit = t.unit AND v.period = t.period AND "
    "v.made_in = t.made_in AND v.latest = 1 AND v.revision > t.revision "
    "WHERE c.document = $1 AND c.subject = 'forecast' ORDER BY c.number";

static const char revised_comparators_sql[] = REVISED_CITATION
    "NULL, NULL, NULL, NULL, NULL, k.value, NULL, NULL, NULL, k.decimals, NULL, " REVISED_MEASURE
        REVISED_FROM
    "JOIN comparator k ON k.measure = c.measure AND k.name = c.detail AND k.period = c.period AND "
    "k.event > c.event "
    "WHERE c.document = $1 AND c.subject = 'comparator' ORDER BY c.number";

const char *const citation_statements[] = { uses_sql,
                                            revised_values_sql,
                                            revised_targets_sql,
                                            revised_forecasts_sql,
                                            revised_comparators_sql,
                                            NULL };

static const struct row_column uses_columns[] = {
    ROW_COLUMN(citation_use, document),  ROW_COLUMN(citation_use, title),
    ROW_COLUMN(citation_use, state),     ROW_COLUMN(citation_use, made_at),
    ROW_COLUMN(citation_use, subject),   ROW_COLUMN(citation_use, detail),
    ROW_COLUMN(citation_use, unit),      ROW_COLUMN(citation_use, period),
    ROW_COLUMN(citation_use, breakdown), ROW_COLUMN(citation_use, printed),
    ROW_COLUMN(citation_use, revision),  ROW_COLUMN(citation_use, latest),
};

static const struct row_reading read_uses = ROW_READING(citation_use, NULL, uses_columns, uses_sql);

enum status citation_store_uses(struct work *work, int64_t measure, struct list *out_uses)
{
    return rows_read(work, &read_uses, PARAMETERS(parameter_integer(measure)), out_uses);
}

static const struct row_column revised_columns[] = {
    ROW_COLUMN(citation_revised, printed),         ROW_COLUMN(citation_revised, subject),
    ROW_COLUMN(citation_revised, measure),         ROW_COLUMN(citation_revised, unit),
    ROW_COLUMN(citation_revised, period),          ROW_COLUMN(citation_revised, breakdown),
    ROW_COLUMN(citation_revised, detail),          ROW_COLUMN(citation_revised, revision),
    ROW_COLUMN(citation_revised, then_value),      ROW_COLUMN(citation_revised, then_upper),
    ROW_COLUMN(citation_revised, then_numerator),  ROW_COLUMN(citation_revised, then_denominator),
    ROW_COLUMN(citation_revised, then_decimals),   ROW_COLUMN(citation_revised, value),
    ROW_COLUMN(citation_revised, upper),           ROW_COLUMN(citation_revised, numerator),
    ROW_COLUMN(citation_revised, denominator),     ROW_COLUMN(citation_revised, decimals),
    ROW_COLUMN(citation_revised, missing),         ROW_COLUMN(citation_revised, kind),
    ROW_COLUMN(citation_revised, unit_of_measure), ROW_COLUMN(citation_revised, measure_decimals),
};

static const struct row_reading read_revised[] = {
    ROW_READING(citation_revised, NULL, revised_columns, revised_values_sql),
    ROW_READING(citation_revised, NULL, revised_columns, revised_targets_sql),
    ROW_READING(citation_revised, NULL, revised_columns, revised_forecasts_sql),
    ROW_READING(citation_revised, NULL, revised_columns, revised_comparators_sql),
};

enum status citation_store_revised(struct work *work, int64_t document, struct list *out_revised)
{
    struct list revised = { 0 };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < ARRAY_COUNT(read_revised) && status == STATUS_OK; i++)
        status = rows_read(work, &read_revised[i], PARAMETERS(parameter_integer(document)),
                           &revised);
    if (status == STATUS_OK)
        *out_revised = revised;
    return status;
}
