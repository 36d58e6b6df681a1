/* The sets of rows behind a progress report. Everything a report prints
 * comes from these statements; what is made of it is service/progress.c. */
#include "store/progress_store.h"

#include "base/arena.h"
#include "store/rows.h"
#include "base/banned.h"

static const struct row_column scheme_columns[] = {
    ROW_COLUMN(scheme, id),           ROW_COLUMN(scheme, code),
    ROW_COLUMN(scheme, title),        ROW_COLUMN(scheme, starts),
    ROW_COLUMN(scheme, ends),         ROW_COLUMN(scheme, period_note),
    ROW_COLUMN(scheme, vision),       ROW_COLUMN(scheme, summary),
    ROW_COLUMN(scheme, status),       ROW_COLUMN(scheme, adopted_on),
    ROW_COLUMN(scheme, published_on), ROW_COLUMN(scheme, next_due)
};

#define SELECT_SCHEME                                                                              \
    "SELECT s.id, s.code, s.title, s.starts, s.ends, s.period_note, s.vision, s.summary, "         \
    "s.status, s.adopted_on, s.published_on, s.next_due FROM scheme s WHERE "

static const char scheme_by_code_sql[] = SELECT_SCHEME "s.code = $1";

static const char scheme_in_force_sql[] = SELECT_SCHEME
    "s.starts <= $2 AND (s.ends IS NULL OR s.ends >= $1) AND EXISTS (SELECT 1 FROM "
    "measure_objective "
    "mo JOIN objective o ON o.id = mo.objective WHERE o.scheme = s.id) ORDER BY s.starts "
    "DESC, s.id LIMIT 1";

static const struct row_column authority_columns[] = { ROW_COLUMN(authority, id),
                                                       ROW_COLUMN(authority, code),
                                                       ROW_COLUMN(authority, name),
                                                       ROW_COLUMN(authority, nation),
                                                       ROW_COLUMN(authority, kind),
                                                       ROW_COLUMN(authority, headcount),
                                                       ROW_COLUMN(authority, year_start_month),
                                                       ROW_COLUMN(authority, rating_scale),
                                                       ROW_COLUMN(authority, small_base),
                                                       ROW_COLUMN(authority, note) };

static const char authority_sql[] =
    "SELECT a.id, a.code, a.name, a.nation, a.kind, a.headcount, a.year_start_month, "
    "a.rating_scale, a.small_base, a.note FROM authority a ORDER BY a.id LIMIT 1";

static const struct row_column objectives_columns[] = {
    ROW_COLUMN(objective, id),     ROW_COLUMN(objective, code),  ROW_COLUMN(objective, scheme),
    ROW_COLUMN(objective, number), ROW_COLUMN(objective, title), ROW_COLUMN(objective, explanation),
    ROW_COLUMN(objective, sponsor)
};

static const char objectives_sql[] =
    "SELECT o.id, o.code, o.scheme, o.number, o.title, o.explanation, o.sponsor FROM objective o "
    "WHERE o.scheme = $1 ORDER BY o.number, o.id";

static const struct row_column places_columns[] = { ROW_COLUMN(measure_objective, id),
                                                    ROW_COLUMN(measure_objective, objective),
                                                    ROW_COLUMN(measure_objective, reference),
                                                    ROW_COLUMN(measure_objective, measure),
                                                    ROW_COLUMN(measure_objective,
                                                               success_criterion),
                                                    ROW_COLUMN(measure_objective, sequence) };

static const char places_sql[] =
    "SELECT mo.id, mo.objective, mo.reference, mo.measure, mo.success_criterion, "
    "mo.sequence FROM measure_objective mo JOIN objective o ON o.id = mo.objective WHERE "
    "o.scheme = $1 ORDER BY o.number, mo.sequence, mo.id";

static const struct row_column measures_columns[] = { ROW_COLUMN(measure, id),
                                                      ROW_COLUMN(measure, code),
                                                      ROW_COLUMN(measure, title),
                                                      ROW_COLUMN(measure, kind),
                                                      ROW_COLUMN(measure, polarity),
                                                      ROW_COLUMN(measure, unit_of_measure),
                                                      ROW_COLUMN(measure, decimals),
                                                      ROW_COLUMN(measure, population),
                                                      ROW_COLUMN(measure, accumulation),
                                                      ROW_COLUMN(measure, multi_year_span),
                                                      ROW_COLUMN(measure, frequency),
                                                      ROW_COLUMN(measure, variance),
                                                      ROW_COLUMN(measure, parent),
                                                      ROW_COLUMN(measure, roll_up),
                                                      ROW_COLUMN(measure, complement_of),
                                                      ROW_COLUMN(measure, successor),
                                                      ROW_COLUMN(measure, series_break),
                                                      ROW_COLUMN(measure, break_note),
                                                      ROW_COLUMN(measure, survey_next),
                                                      ROW_COLUMN(measure, source),
                                                      ROW_COLUMN(measure, external_code),
                                                      ROW_COLUMN(measure, status) };

static const char measures_sql[] =
    "SELECT m.id, m.code, m.title, m.kind, m.polarity, m.unit_of_measure, m.decimals, "
    "m.population, m.accumulation, m.multi_year_span, m.frequency, m.variance, m.parent, "
    "m.roll_up, m.complement_of, m.successor, m.series_break, m.break_note, "
    "m.survey_next, m.source, m.external_code, m.status FROM measure m WHERE m.id IN "
    "(SELECT mo.measure FROM measure_objective mo JOIN objective o ON o.id = mo.objective "
    "WHERE o.scheme = $1) OR m.parent IN (SELECT mo.measure FROM measure_objective mo "
    "JOIN objective o ON o.id = mo.objective WHERE o.scheme = $1) OR m.id IN (SELECT "
    "c.complement_of FROM measure c WHERE c.id IN (SELECT mo.measure FROM "
    "measure_objective mo JOIN objective o ON o.id = mo.objective WHERE o.scheme = $1)) "
    "ORDER BY m.id";

static const struct row_column units_columns[] = {
    ROW_COLUMN(unit, id),      ROW_COLUMN(unit, code),   ROW_COLUMN(unit, name),
    ROW_COLUMN(unit, kind),    ROW_COLUMN(unit, parent), ROW_COLUMN(unit, valid_from),
    ROW_COLUMN(unit, valid_to)
};

static const char units_sql[] =
    "SELECT u.id, u.code, u.name, u.kind, u.parent, u.valid_from, u.valid_to FROM unit u "
    "ORDER BY u.id";

static const struct row_column suppliers_columns[] = { ROW_COLUMN(progress_supplier, measure),
                                                       ROW_COLUMN(progress_supplier, unit),
                                                       ROW_COLUMN(progress_supplier, roll_up),
                                                       ROW_COLUMN(progress_supplier, post),
                                                       ROW_COLUMN(progress_supplier, partner) };

static const char suppliers_sql[] =
    "SELECT ms.measure, ms.unit, ms.roll_up, p.title, b.name FROM measure_supplier ms "
    "LEFT JOIN post p ON p.id = ms.post LEFT JOIN body b ON b.id = ms.partner WHERE "
    "ms.measure IN (SELECT mo.measure FROM measure_objective mo JOIN objective o ON o.id "
    "= mo.objective WHERE o.scheme = $1) ORDER BY ms.measure, ms.unit";

static const struct row_column targets_columns[] = { ROW_COLUMN(target, id),
                                                     ROW_COLUMN(target, measure),
                                                     ROW_COLUMN(target, unit),
                                                     ROW_COLUMN(target, period),
                                                     ROW_COLUMN(target, kind),
                                                     ROW_COLUMN(target, revision),
                                                     ROW_COLUMN(target, latest),
                                                     ROW_COLUMN(target, comparator),
                                                     ROW_COLUMN(target, value),
                                                     ROW_COLUMN(target, upper),
                                                     ROW_COLUMN(target, decimals),
                                                     ROW_COLUMN(target, baseline),
                                                     ROW_COLUMN(target, baseline_period),
                                                     ROW_COLUMN(target, change_percent),
                                                     ROW_COLUMN(target, baseline_relative),
                                                     ROW_COLUMN(target, wording) };

static const char targets_sql[] =
    "SELECT t.id, t.measure, t.unit, t.period, t.kind, t.revision, t.latest, "
    "t.comparator, t.value, t.upper, t.decimals, t.baseline, t.baseline_period, "
    "t.change_percent, t.baseline_relative, t.wording FROM target t WHERE t.latest = 1 "
    "AND (t.period = $1 OR t.period = $2 OR (t.kind = 'annual' AND t.period > $2 AND "
    "length(t.period) = 7)) ORDER BY t.measure, t.unit, t.period, t.id";

static const struct row_column value_columns[] = {
    ROW_COLUMN(value, id),          ROW_COLUMN(value, measure),   ROW_COLUMN(value, unit),
    ROW_COLUMN(value, period),      ROW_COLUMN(value, breakdown), ROW_COLUMN(value, revision),
    ROW_COLUMN(value, latest),      ROW_COLUMN(value, numerator), ROW_COLUMN(value, denominator),
    ROW_COLUMN(value, value),       ROW_COLUMN(value, decimals),  ROW_COLUMN(value, as_at),
    ROW_COLUMN(value, state),       ROW_COLUMN(value, missing),   ROW_COLUMN(value, milestone),
    ROW_COLUMN(value, quality_note)
};

#define SELECT_VALUE                                                                               \
    "SELECT v.id, v.measure, v.unit, v.period, v.breakdown, v.revision, v.latest, "                \
    "v.numerator, v.denominator, v.value, v.decimals, v.as_at, v.state, v.missing, "               \
    "v.milestone, v.quality_note FROM "

static const char values_sql[] = SELECT_VALUE "value v WHERE v.period IN ($1, $2, $3) AND v.latest "
                                              "= 1 AND v.breakdown = ''";

static const char earlier_sql[] = SELECT_VALUE
    "value n JOIN value v ON v.measure = n.measure AND "
    "v.unit = n.unit WHERE n.period = $1 AND n.latest = 1 AND n.breakdown = '' AND "
    "n.missing IS NOT NULL AND v.latest = 1 AND v.breakdown = '' AND v.period <> $1 AND "
    "(v.value IS NOT NULL OR v.numerator IS NOT NULL)";

static const struct row_column forecasts_columns[] = {
    ROW_COLUMN(forecast, id),     ROW_COLUMN(forecast, measure), ROW_COLUMN(forecast, unit),
    ROW_COLUMN(forecast, period), ROW_COLUMN(forecast, made_in), ROW_COLUMN(forecast, revision),
    ROW_COLUMN(forecast, latest), ROW_COLUMN(forecast, value),   ROW_COLUMN(forecast, decimals),
    ROW_COLUMN(forecast, note)
};

static const char forecasts_sql[] =
    "SELECT f.id, f.measure, f.unit, f.period, f.made_in, f.revision, f.latest, f.value, "
    "f.decimals, f.note FROM forecast f WHERE f.made_in = $1 AND f.latest = 1 ORDER BY "
    "f.measure, f.unit, f.period, f.id";

static const struct row_column ratings_columns[] = {
    ROW_COLUMN(rating, id),         ROW_COLUMN(rating, measure),
    ROW_COLUMN(rating, unit),       ROW_COLUMN(rating, period),
    ROW_COLUMN(rating, revision),   ROW_COLUMN(rating, latest),
    ROW_COLUMN(rating, declared),   ROW_COLUMN(rating, declared_reason),
    ROW_COLUMN(rating, declared_by)
};

static const char ratings_sql[] =
    "SELECT r.id, r.measure, r.unit, r.period, r.revision, r.latest, r.declared, "
    "r.declared_reason, r.declared_by FROM rating r WHERE r.period = $1 AND r.latest = 1";

static const struct row_column returns_columns[] = { ROW_COLUMN(directorate_return, id),
                                                     ROW_COLUMN(directorate_return, code),
                                                     ROW_COLUMN(directorate_return, period),
                                                     ROW_COLUMN(directorate_return, unit),
                                                     ROW_COLUMN(directorate_return, state),
                                                     ROW_COLUMN(directorate_return, due_on),
                                                     ROW_COLUMN(directorate_return, submitted_on),
                                                     ROW_COLUMN(directorate_return, note),
                                                     ROW_COLUMN(directorate_return,
                                                                first_complete_on) };

static const char returns_sql[] =
    "SELECT d.id, d.code, d.period, d.unit, d.state, d.due_on, d.submitted_on, d.note, "
    "d.first_complete_on "
    "FROM directorate_return d WHERE d.period = $1 ORDER BY d.id";

static const struct row_column return_rows_columns[] = { ROW_COLUMN(return_row, id),
                                                         ROW_COLUMN(return_row, directorate_return),
                                                         ROW_COLUMN(return_row, reference),
                                                         ROW_COLUMN(return_row, sequence),
                                                         ROW_COLUMN(return_row, objective),
                                                         ROW_COLUMN(return_row, measure),
                                                         ROW_COLUMN(return_row, owner),
                                                         ROW_COLUMN(return_row, success_criterion),
                                                         ROW_COLUMN(return_row, target_text),
                                                         ROW_COLUMN(return_row, progress),
                                                         ROW_COLUMN(return_row, value_text),
                                                         ROW_COLUMN(return_row, forecast_text),
                                                         ROW_COLUMN(return_row, declared),
                                                         ROW_COLUMN(return_row, missing),
                                                         ROW_COLUMN(return_row, nothing_to_report),
                                                         ROW_COLUMN(return_row, note),
                                                         ROW_COLUMN(return_row, corrective_action),
                                                         ROW_COLUMN(return_row, corrective_owner),
                                                         ROW_COLUMN(return_row, corrective_by),
                                                         ROW_COLUMN(return_row, outcome_of_last) };

static const char return_rows_sql[] =
    "SELECT w.id, w.directorate_return, w.reference, w.sequence, w.objective, w.measure, "
    "w.owner, w.success_criterion, w.target_text, w.progress, w.value_text, "
    "w.forecast_text, w.declared, w.missing, w.nothing_to_report, w.note, "
    "w.corrective_action, w.corrective_owner, w.corrective_by, w.outcome_of_last FROM return_row "
    "w JOIN directorate_return d ON d.id = w.directorate_return WHERE d.period = $1 AND "
    "d.state NOT IN ('due', 'sent-back') ORDER BY w.sequence, w.id";

static const struct row_column comparators_columns[] = {
    ROW_COLUMN(comparator, id),    ROW_COLUMN(comparator, measure),
    ROW_COLUMN(comparator, name),  ROW_COLUMN(comparator, period),
    ROW_COLUMN(comparator, value), ROW_COLUMN(comparator, decimals),
    ROW_COLUMN(comparator, source)
};

static const char comparators_sql[] =
    "SELECT c.id, c.measure, c.name, c.period, c.value, c.decimals, c.source FROM "
    "comparator c WHERE c.measure IN (SELECT mo.measure FROM measure_objective mo JOIN "
    "objective o ON o.id = mo.objective WHERE o.scheme = $1) ORDER BY c.measure, c.name, "
    "c.period, c.id";

static const struct row_reading read_scheme_by_code = ROW_READING(
    scheme, &scheme_entity, scheme_columns, scheme_by_code_sql);

static const struct row_reading read_scheme_in_force = ROW_READING(
    scheme, &scheme_entity, scheme_columns, scheme_in_force_sql);

static const struct row_reading read_authority = ROW_READING(authority, &authority_entity,
                                                             authority_columns, authority_sql);

static const struct row_reading read_objectives = ROW_READING(objective, &objective_entity,
                                                              objectives_columns, objectives_sql);

static const struct row_reading read_places = ROW_READING(
    measure_objective, &measure_objective_entity, places_columns, places_sql);

static const struct row_reading read_measures = ROW_READING(measure, &measure_entity,
                                                            measures_columns, measures_sql);

static const struct row_reading read_units = ROW_READING(unit, &unit_entity, units_columns,
                                                         units_sql);

static const struct row_reading read_suppliers = ROW_READING(progress_supplier, NULL,
                                                             suppliers_columns, suppliers_sql);

static const struct row_reading read_targets = ROW_READING(target, &target_entity, targets_columns,
                                                           targets_sql);

static const struct row_reading read_values = ROW_READING(value, &value_entity, value_columns,
                                                          values_sql);

static const struct row_reading read_earlier = ROW_READING(value, &value_entity, value_columns,
                                                           earlier_sql);

static const struct row_reading read_forecasts = ROW_READING(forecast, &forecast_entity,
                                                             forecasts_columns, forecasts_sql);

static const struct row_reading read_ratings = ROW_READING(rating, &rating_entity, ratings_columns,
                                                           ratings_sql);

static const struct row_reading read_returns = ROW_READING(
    directorate_return, &directorate_return_entity, returns_columns, returns_sql);

static const struct row_reading read_return_rows = ROW_READING(
    return_row, &return_row_entity, return_rows_columns, return_rows_sql);

static const struct row_reading read_comparators = ROW_READING(
    comparator, &comparator_entity, comparators_columns, comparators_sql);

const char *const progress_statements[] = { scheme_by_code_sql,
                                            scheme_in_force_sql,
                                            authority_sql,
                                            objectives_sql,
                                            places_sql,
                                            measures_sql,
                                            units_sql,
                                            suppliers_sql,
                                            targets_sql,
                                            values_sql,
                                            earlier_sql,
                                            forecasts_sql,
                                            ratings_sql,
                                            returns_sql,
                                            return_rows_sql,
                                            comparators_sql,
                                            NULL };

enum status progress_store_authority(struct work *work, struct authority **out_authority)
{
    return rows_read_one(work, &read_authority, NULL, 0, out_authority);
}

enum status progress_store_scheme(struct work *work, const char *code,
                                  const struct progress_periods *periods,
                                  struct scheme **out_scheme)
{
    struct scheme *scheme = NULL;
    enum status status = code != NULL ? rows_read_one(work, &read_scheme_by_code,
                                                      PARAMETERS(parameter_text(code)), &scheme)
                                      : rows_read_one(work, &read_scheme_in_force,
                                                      PARAMETERS(parameter_text(periods->first_day),
                                                                 parameter_text(periods->last_day)),
                                                      &scheme);
    if (status != STATUS_OK)
        return status;
    if (scheme == NULL && code != NULL)
        return work_fail(
            work, STATUS_NOT_FOUND,
            "There is no scheme with the code %s; dueregard export schemes lists them.", code);
    if (scheme == NULL)
        return work_fail(work, STATUS_NOT_FOUND,
                         "No scheme with measures was in force in %s; choose another period, or "
                         "import the measures that stand under its objectives.",
                         periods->now);
    *out_scheme = scheme;
    return STATUS_OK;
}

/* The sets that belong to the scheme. */
static enum status load_scheme(struct work *work, struct progress_data *data)
{
    const struct {
        const struct row_reading *reading;
        struct list *rows;
    } sets[] = {
        { &read_objectives, &data->objectives },   { &read_places, &data->places },
        { &read_measures, &data->measures },       { &read_suppliers, &data->suppliers },
        { &read_comparators, &data->comparators },
    };
    enum status status = rows_read(work, &read_units, NULL, 0, &data->units);
    for (size_t i = 0; i < ARRAY_COUNT(sets) && status == STATUS_OK; i++)
        status = rows_read(work, sets[i].reading, PARAMETERS(parameter_integer(data->scheme->id)),
                           sets[i].rows);
    return status;
}

/* The sets that belong to the period alone. */
static enum status load_period(struct work *work, const char *period, struct progress_data *data)
{
    const struct {
        const struct row_reading *reading;
        struct list *rows;
    } sets[] = {
        { &read_earlier, &data->earlier },  { &read_forecasts, &data->forecasts },
        { &read_ratings, &data->ratings },  { &read_returns, &data->returns },
        { &read_return_rows, &data->rows },
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; i < ARRAY_COUNT(sets) && status == STATUS_OK; i++)
        status = rows_read(work, sets[i].reading, PARAMETERS(parameter_text(period)), sets[i].rows);
    return status;
}

enum status progress_store_load(struct work *work, const struct progress_periods *periods,
                                struct progress_data *data)
{
    assert(data->scheme != NULL);
    enum status status = load_scheme(work, data);
    if (status == STATUS_OK)
        status = load_period(work, periods->now, data);
    if (status == STATUS_OK)
        status = rows_read(work, &read_targets,
                           PARAMETERS(parameter_text(periods->now), parameter_text(periods->year)),
                           &data->targets);
    if (status == STATUS_OK)
        status = rows_read(work, &read_values,
                           PARAMETERS(parameter_text(periods->now), parameter_text(periods->before),
                                      parameter_text(periods->year_before)),
                           &data->values);
    return status;
}
