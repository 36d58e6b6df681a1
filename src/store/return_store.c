/* One statement for each kind of record, joined here by number: the count of journeys does not grow
 * with the rows. Measures that have no number, or no target, in the period are asked for together.
 */
#include "store/return_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/list.h"
#include "store/entity_store.h"
#include "store/return_parts.h"
#include "base/banned.h"

/* The columns of each entity in their order; a test compares them with its fields. */
#define AUTHORITY_COLUMNS                                                                          \
    "a.id, a.code, a.name, a.nation, a.kind, a.headcount, a.year_start_month, a.rating_scale, "    \
    "a.small_base, a.note, a.event"
#define DIRECTORATE_RETURN_COLUMNS                                                                 \
    "r.id, r.code, r.period, r.unit, r.state, r.due_on, r.submitted_on, r.note, "                  \
    "r.opened_on, r.lock_on, r.first_complete_on, r.open_until, r.open_reason, r.event"
#define RETURN_ROW_COLUMNS                                                                         \
    "w.id, w.directorate_return, w.reference, w.sequence, w.objective, w.measure, w.owner, "       \
    "w.success_criterion, w.target_text, w.progress, w.value_text, w.forecast_text, "              \
    "w.declared, w.missing, w.nothing_to_report, w.note, w.numerator_text, w.denominator_text, "   \
    "w.milestone, w.declared_reason, w.quality_note, w.corrective_action, w.corrective_owner, "    \
    "w.corrective_by, w.outcome_of_last, w.is_complete, w.supplied_by, w.edited_by, "              \
    "w.edited_at, w.version, w.event"
#define OBJECTIVE_COLUMNS                                                                          \
    "o.id, o.code, o.scheme, o.number, o.title, o.explanation, o.sponsor, o.event"
#define MEASURE_OBJECTIVE_COLUMNS                                                                  \
    "p.id, p.objective, p.reference, p.measure, p.success_criterion, p.sequence, p.event"
#define MEASURE_COLUMNS                                                                            \
    "m.id, m.code, m.title, m.kind, m.polarity, m.unit_of_measure, m.decimals, "                   \
    "m.numerator_definition, m.denominator_definition, m.population, m.accumulation, "             \
    "m.multi_year_span, m.frequency, m.variance, m.parent, m.roll_up, m.complement_of, "           \
    "m.successor, m.series_break, m.break_note, m.survey_question, m.survey_wave, "                \
    "m.survey_from, m.survey_to, m.survey_base, m.survey_weighting, m.survey_next, m.source, "     \
    "m.external_code, m.status, m.note, m.event"
#define TARGET_COLUMNS                                                                             \
    "t.id, t.measure, t.unit, t.period, t.kind, t.revision, t.latest, t.comparator, t.value, "     \
    "t.upper, t.decimals, t.baseline, t.baseline_period, t.change_percent, "                       \
    "t.baseline_relative, t.wording, t.reason, t.approved_by, t.event"
#define VALUE_COLUMNS                                                                              \
    "v.id, v.measure, v.unit, v.period, v.breakdown, v.revision, v.latest, v.numerator, "          \
    "v.denominator, v.value, v.decimals, v.as_at, v.state, v.missing, v.milestone, "               \
    "v.quality_note, v.source_hash, v.reason, v.event"
#define FORECAST_COLUMNS                                                                           \
    "f.id, f.measure, f.unit, f.period, f.made_in, f.revision, f.latest, f.value, f.decimals, "    \
    "f.note, f.reason, f.event"
#define RATING_COLUMNS                                                                             \
    "g.id, g.measure, g.unit, g.period, g.revision, g.latest, g.declared, g.declared_reason, "     \
    "g.declared_by, g.reason, g.event"

#define SELECT_HEADS                                                                               \
    "SELECT " DIRECTORATE_RETURN_COLUMNS ", u.code, u.name, u.kind "                               \
    "FROM directorate_return r JOIN unit u ON u.id = r.unit "
#define SELECT_ROWS                                                                                \
    "SELECT " RETURN_ROW_COLUMNS ", " OBJECTIVE_COLUMNS ", s.code "                                \
    "FROM return_row w "                                                                           \
    "JOIN objective o ON o.id = w.objective "                                                      \
    "JOIN scheme s ON s.id = o.scheme "
const char *const return_store_statements[] = {
    [STATEMENT_AUTHORITY] = "SELECT " AUTHORITY_COLUMNS " FROM authority a ORDER BY a.id LIMIT 1",
    [STATEMENT_HEADS] = SELECT_HEADS "WHERE r.period = $1 ORDER BY r.id",
    [STATEMENT_ROWS] = SELECT_ROWS "JOIN directorate_return r ON r.id = w.directorate_return "
                                   "JOIN unit u ON u.id = r.unit "
                                   "WHERE r.period = $1 "
                                   "AND (r.state NOT IN ('due', 'sent-back') OR u.code = $2) "
                                   "ORDER BY s.starts, s.id, o.number, w.sequence, w.id",
    [STATEMENT_PLACES] = "SELECT " MEASURE_OBJECTIVE_COLUMNS " FROM measure_objective p "
                         "ORDER BY p.id",
    [STATEMENT_MEASURES] = "SELECT " MEASURE_COLUMNS " FROM measure m ORDER BY m.id",
    [STATEMENT_TARGETS] = "SELECT " TARGET_COLUMNS " FROM target t "
                          "WHERE t.latest = 1 AND t.period IN ($1, $2) "
                          "ORDER BY t.measure, t.unit, t.id",
    [STATEMENT_VALUES] = "SELECT " VALUE_COLUMNS " FROM value v "
                         "WHERE v.latest = 1 AND v.breakdown = '' AND v.period IN ($1, $2, $3) "
                         "ORDER BY v.measure, v.unit, v.id",
    [STATEMENT_FORECASTS] = "SELECT " FORECAST_COLUMNS " FROM forecast f "
                            "WHERE f.latest = 1 AND f.made_in = $1 "
                            "ORDER BY f.measure, f.unit, f.period, f.id",
    [STATEMENT_RATINGS] = "SELECT " RATING_COLUMNS " FROM rating g "
                          "WHERE g.latest = 1 AND g.period = $1 ORDER BY g.measure, g.unit, g.id",
    [STATEMENT_HEADS_ALONE] = SELECT_HEADS "WHERE r.id = $1",
    [STATEMENT_ROWS_ALONE] = SELECT_ROWS "WHERE w.directorate_return = $1 "
                                         "ORDER BY s.starts, s.id, o.number, w.sequence, w.id",
    [STATEMENT_PLACES_ALONE] = "SELECT " MEASURE_OBJECTIVE_COLUMNS " FROM measure_objective p "
                               "WHERE p.objective IN (SELECT w.objective FROM return_row w "
                               "WHERE w.directorate_return = $1) ORDER BY p.id",
    [STATEMENT_TARGETS_ALONE] = "SELECT " TARGET_COLUMNS " FROM target t "
                                "WHERE t.latest = 1 AND t.period IN ($1, $2) AND t.unit = $3 "
                                "ORDER BY t.measure, t.unit, t.id",
    [STATEMENT_VALUES_ALONE] = "SELECT " VALUE_COLUMNS " FROM value v "
                               "WHERE v.latest = 1 AND v.breakdown = '' "
                               "AND v.period IN ($1, $2, $3) AND v.unit = $4 "
                               "ORDER BY v.measure, v.unit, v.id",
    [STATEMENT_FORECASTS_ALONE] = "SELECT " FORECAST_COLUMNS " FROM forecast f "
                                  "WHERE f.latest = 1 AND f.made_in = $1 AND f.unit = $2 "
                                  "ORDER BY f.measure, f.unit, f.period, f.id",
    [STATEMENT_RATINGS_ALONE] = "SELECT " RATING_COLUMNS " FROM rating g "
                                "WHERE g.latest = 1 AND g.period = $1 AND g.unit = $2 "
                                "ORDER BY g.measure, g.unit, g.id",
    [STATEMENT_PART_HAS_ROW] = "SELECT w.id FROM return_row w "
                               "JOIN directorate_return r ON r.id = w.directorate_return "
                               "WHERE r.period = $1 AND r.state NOT IN ('due', 'sent-back') "
                               "AND w.objective = CAST($2 AS bigint) AND w.reference = $3 LIMIT 1",
    [STATEMENT_SUPPLIERS] = "SELECT s.measure, p.title, b.name, CASE WHEN p.id IS NULL THEN 0 "
                            "WHEN p.valid_from > $2 OR p.valid_to < $2 OR NOT EXISTS (SELECT 1 "
                            "FROM appointment a WHERE a.post = p.id "
                            "AND (a.valid_from IS NULL OR a.valid_from <= $2) "
                            "AND (a.valid_to IS NULL OR a.valid_to >= $2)) THEN 1 ELSE 0 END "
                            "FROM measure_supplier s "
                            "LEFT JOIN post p ON p.id = s.post "
                            "LEFT JOIN body b ON b.id = s.partner "
                            "WHERE s.unit = $1 ORDER BY s.measure, s.id",
    [STATEMENT_VALUES_OF_PERIODS] = "SELECT " VALUE_COLUMNS " FROM value v "
                                    "WHERE v.latest = 1 AND v.breakdown = '' "
                                    "AND v.period IN ($2, $3, $4, $5) AND v.unit = $1 "
                                    "ORDER BY v.measure, v.id",
    [STATEMENT_OTHER_PROGRESS] = "SELECT w.progress FROM directorate_return r "
                                 "JOIN return_row w ON w.directorate_return = r.id "
                                 "WHERE r.period = $1 AND r.id <> CAST($2 AS bigint) "
                                 "AND r.state NOT IN ('due', 'sent-back') "
                                 "AND w.progress IS NOT NULL",
    [STATEMENT_VALUE_HISTORY] = "SELECT " VALUE_COLUMNS " FROM value v "
                                "WHERE v.latest = 1 AND v.breakdown = '' AND v.measure = $1 "
                                "AND v.unit = $2 ORDER BY v.id",
    [STATEMENT_TARGET_HISTORY] = "SELECT " TARGET_COLUMNS " FROM target t "
                                 "WHERE t.latest = 1 AND t.measure = $1 AND t.unit = $2 "
                                 "ORDER BY t.id",
};
const size_t return_store_statement_count = STATEMENT_COUNT;

void return_sort(struct list *list, int (*order)(const void *, const void *))
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, order);
}

enum status return_query(const struct return_loading *loading, enum return_statement statement,
                         const struct parameter *parameters, size_t count,
                         struct cursor **out_cursor)
{
    return store_query(loading->work, return_store_statements[statement], parameters, count,
                       out_cursor);
}

enum status return_take_rows(struct arena *arena, const struct entity *entity,
                             struct cursor *cursor, struct list *out_list)
{
    enum status status;
    while ((status = cursor_next(cursor)) == STATUS_OK) {
        void *row = entity_row(arena, entity);
        entity_store_read(arena, entity, cursor, 0, row);
        list_add(arena, out_list, row);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* All rows of one entity. */
static enum status load_list(struct return_loading *loading, enum return_statement statement,
                             const struct entity *entity, const struct parameter *parameters,
                             size_t count, struct list *out_list)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = return_query(loading, statement, parameters, count, &cursor);
    return status == STATUS_OK ? return_take_rows(loading->work->arena, entity, cursor, out_list)
                               : status;
}

static enum status load_authority(struct return_loading *loading)
{
    struct list rows = { 0 };
    enum status status = load_list(loading, STATEMENT_AUTHORITY, &authority_entity, NULL, 0, &rows);
    if (status != STATUS_OK)
        return status;
    if (rows.count == 0)
        return work_fail(
            loading->work, STATUS_NOT_FOUND,
            "The workspace has no authority yet; import one, or run `dueregard demo`.");
    loading->view->authority = *(const struct authority *)rows.items[0];
    return STATUS_OK;
}

static enum status load_heads(struct return_loading *loading)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct arena *arena = loading->work->arena;
    const struct directorate_return *alone = loading->scope->alone;
    enum status status = return_query(loading, alone ? STATEMENT_HEADS_ALONE : STATEMENT_HEADS,
                                      PARAMETERS(alone
                                                     ? parameter_integer(alone->id)
                                                     : parameter_text(loading->view->period_code)),
                                      &cursor);
    size_t own = directorate_return_entity.field_count;
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        struct return_head *head = arena_new_of(arena, struct return_head);
        entity_store_read(arena, &directorate_return_entity, cursor, 0, &head->row);
        head->unit_code = arena_copy_text(arena, cursor_text(cursor, own));
        head->unit_name = arena_copy_text(arena, cursor_text(cursor, own + 1));
        head->unit_kind = arena_copy_text(arena, cursor_text(cursor, own + 2));
        list_add(arena, &loading->heads, head);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status load_lines(struct return_loading *loading)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct arena *arena = loading->work->arena;
    const struct directorate_return *alone = loading->scope->alone;
    const struct parameter period[] = { parameter_text(loading->view->period_code),
                                        parameter_text(loading->scope->draft_of) };
    enum status status = alone ? return_query(loading, STATEMENT_ROWS_ALONE,
                                              PARAMETERS(parameter_integer(alone->id)), &cursor)
                               : return_query(loading, STATEMENT_ROWS, period, 2, &cursor);
    size_t own = return_row_entity.field_count, both = own + objective_entity.field_count;
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        struct return_line *line = arena_new_of(arena, struct return_line);
        struct return_row *row = arena_new_of(arena, struct return_row);
        struct objective *objective = arena_new_of(arena, struct objective);
        entity_store_read(arena, &return_row_entity, cursor, 0, row);
        entity_store_read(arena, &objective_entity, cursor, own, objective);
        line->row = row;
        line->objective = objective;
        line->scheme_code = arena_copy_text(arena, cursor_text(cursor, both));
        list_add(arena, &loading->lines, line);
    }
    return status == STATUS_END ? STATUS_OK : status;
}

/* A kind of record, and the statements that give it: of the period, and of one unit, whose id is
 * then one parameter more. */
struct record_kind {
    enum return_statement all, alone;
    const struct entity *entity;
    const struct parameter *periods;
    size_t period_count;
    bool is_for_check;
    struct list *list;
};

static enum status load_kind(struct return_loading *loading, const struct record_kind *kind)
{
    struct parameter parameters[RETURN_PERIODS_MOST];
    const struct directorate_return *alone = loading->scope->alone;
    size_t count = kind->period_count;
    if (kind->is_for_check && loading->scope->is_for_rating)
        return STATUS_OK;
    memcpy(parameters, kind->periods, count * sizeof *parameters);
    if (alone)
        parameters[count++] = parameter_integer(alone->unit);
    return load_list(loading, alone ? kind->alone : kind->all, kind->entity, parameters, count,
                     kind->list);
}

static int by_number(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

/* Sorts the numbers and leaves one of each; gives how many are left. */
static size_t distinct(int64_t *numbers, size_t count)
{
    size_t kept = 0;
    if (count > 1)
        qsort(numbers, count, sizeof *numbers, by_number);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || numbers[kept - 1] != numbers[i])
            numbers[kept++] = numbers[i];
    return kept;
}

static int by_id(const void *a, const void *b)
{
    const struct measure *left = *(const struct measure *const *)a;
    const struct measure *right = *(const struct measure *const *)b;
    return (left->id > right->id) - (left->id < right->id);
}

/* Loads the measures of those ids, which may repeat; the list is by id again. */
static enum status add_measures(struct return_loading *loading, int64_t *ids, size_t count)
{
    const struct id_list wanted = { ids, distinct(ids, count) };
    enum status status = entity_store_get_rows(loading->work, &measure_entity, &wanted,
                                               &loading->measures);
    return_sort(&loading->measures, by_id);
    return status;
}

const struct measure *return_find_measure(const struct return_loading *loading, int64_t id)
{
    size_t low = 0, high = loading->measures.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct measure *measure = loading->measures.items[middle];
        if (measure->id == id)
            return measure;
        if (measure->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Whether the place is at the reference of a line, or below it. */
static bool is_at_a_line(const struct return_loading *loading,
                         const struct measure_objective *place)
{
    for (size_t i = 0; i < loading->lines.count; i++) {
        const struct return_row *row = ((const struct return_line *)loading->lines.items[i])->row;
        if (row->objective == place->objective &&
            strncmp(place->reference, row->reference, strlen(row->reference)) == 0)
            return true;
    }
    return false;
}

/* The measures that may stand at the rows of one return, and then those whose complement they
 * are. */
static enum status load_measures_alone(struct return_loading *loading)
{
    const size_t most = loading->lines.count + loading->places.count;
    int64_t *ids = arena_array_of(loading->work->arena, most, int64_t);
    size_t count = 0;
    for (size_t i = 0; i < loading->lines.count; i++) {
        const struct return_line *line = loading->lines.items[i];
        if (line->row->measure != INTEGER_MISSING)
            ids[count++] = line->row->measure;
    }
    for (size_t i = 0; i < loading->places.count; i++) {
        const struct measure_objective *place = loading->places.items[i];
        if (is_at_a_line(loading, place))
            ids[count++] = place->measure;
    }
    enum status status = add_measures(loading, ids, count);
    count = 0;
    for (size_t i = 0; i < loading->measures.count; i++) {
        const struct measure *measure = loading->measures.items[i];
        if (measure->complement_of != INTEGER_MISSING &&
            !return_find_measure(loading, measure->complement_of))
            ids[count++] = measure->complement_of;
    }
    return status == STATUS_OK && count > 0 ? add_measures(loading, ids, count) : status;
}

static enum status load_plan(struct return_loading *loading)
{
    const struct directorate_return *alone = loading->scope->alone;
    if (alone) {
        enum status status = load_list(loading, STATEMENT_PLACES_ALONE, &measure_objective_entity,
                                       PARAMETERS(parameter_integer(alone->id)), &loading->places);
        return status == STATUS_OK ? load_measures_alone(loading) : status;
    }
    enum status status = load_list(loading, STATEMENT_PLACES, &measure_objective_entity, NULL, 0,
                                   &loading->places);
    return status == STATUS_OK ? load_list(loading, STATEMENT_MEASURES, &measure_entity, NULL, 0,
                                           &loading->measures)
                               : status;
}

static enum status load_all(struct return_loading *loading)
{
    const struct return_view *view = loading->view;
    const bool is_for_rating = loading->scope->is_for_rating;
    const struct parameter period = parameter_text(view->period_code);
    const struct parameter year[] = { period, parameter_text(view->year_code) };
    const struct parameter three[] = {
        period, parameter_text(is_for_rating ? NULL : loading->previous_code),
        parameter_text(is_for_rating ? NULL : loading->year_before_code)
    };
    const struct record_kind kinds[] = {
        { STATEMENT_TARGETS, STATEMENT_TARGETS_ALONE, &target_entity, year, 2, false,
          &loading->targets },
        { STATEMENT_VALUES, STATEMENT_VALUES_ALONE, &value_entity, three, 3, false,
          &loading->values },
        { STATEMENT_FORECASTS, STATEMENT_FORECASTS_ALONE, &forecast_entity, &period, 1, true,
          &loading->forecasts },
        { STATEMENT_RATINGS, STATEMENT_RATINGS_ALONE, &rating_entity, &period, 1, true,
          &loading->ratings },
    };
    enum status status = load_heads(loading);
    if (status == STATUS_OK)
        status = load_lines(loading);
    if (status == STATUS_OK)
        status = load_plan(loading);
    for (size_t i = 0; status == STATUS_OK && i < ARRAY_COUNT(kinds); i++)
        status = load_kind(loading, &kinds[i]);
    return status;
}

enum status return_store_load(struct work *work, struct period period,
                              const struct return_scope *scope, struct return_view **out_view)
{
    struct return_view *view = arena_new_of(work->arena, struct return_view);
    struct return_loading loading = { .work = work, .view = view, .scope = scope };
    view->period = period;
    view->period_code = period_print(work->arena, period);
    loading.previous_code = period_print(work->arena, period_previous(period));
    loading.year_before_code = period_print(work->arena, period_year_before(period));
    enum status status = load_authority(&loading);
    if (status != STATUS_OK)
        return status;
    view->start_month = (int)view->authority.year_start_month;
    view->year_code = period_print(work->arena, period_year_of(period, view->start_month));
    status = load_all(&loading);
    if (status == STATUS_OK)
        status = return_join(&loading);
    if (status == STATUS_OK)
        *out_view = view;
    return status;
}

enum status return_store_suppliers(struct work *work, int64_t unit, struct list *out_suppliers)
{
    const char *day = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct list suppliers = { 0 };
    enum status status = store_query(work, return_store_statements[STATEMENT_SUPPLIERS],
                                     PARAMETERS(parameter_integer(unit), parameter_text(day)),
                                     &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        struct return_supplier *supplier = arena_new_of(work->arena, struct return_supplier);
        const size_t words = cursor_is_null(cursor, 1) ? 2 : 1;
        supplier->measure = cursor_integer(cursor, 0);
        supplier->words = arena_copy_text(work->arena, cursor_text(cursor, words));
        supplier->is_vacant = cursor_integer(cursor, 3) == 1;
        list_add(work->arena, &suppliers, supplier);
    }
    if (status != STATUS_END)
        return status;
    *out_suppliers = suppliers;
    return STATUS_OK;
}

enum status return_store_values(struct work *work, int64_t unit,
                                const char *const periods[RETURN_PERIODS_MOST],
                                struct list *out_values)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct list values = { 0 };
    enum status status = store_query(
        work, return_store_statements[STATEMENT_VALUES_OF_PERIODS],
        PARAMETERS(parameter_integer(unit), parameter_text(periods[0]), parameter_text(periods[1]),
                   parameter_text(periods[2]), parameter_text(periods[3])),
        &cursor);
    if (status == STATUS_OK)
        status = return_take_rows(work->arena, &value_entity, cursor, &values);
    if (status == STATUS_OK)
        *out_values = values;
    return status;
}

enum status return_store_other_progress(struct work *work, const struct directorate_return *head,
                                        struct list *out_texts)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct list texts = { 0 };
    enum status status = store_query(
        work, return_store_statements[STATEMENT_OTHER_PROGRESS],
        PARAMETERS(parameter_text(head->period), parameter_integer(head->id)), &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK)
        list_add(work->arena, &texts, arena_copy_text(work->arena, cursor_text(cursor, 0)));
    if (status != STATUS_END)
        return status;
    *out_texts = texts;
    return STATUS_OK;
}
