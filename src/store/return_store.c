/* One statement for each kind of record, joined here by number: the count of journeys does not grow
 * with the rows. Measures that have no number, or no target, in the period are asked for together.
 */
#include "store/return_store.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/list.h"
#include "store/entity_store.h"
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
#define OBJECTIVE_COLUMNS "o.id, o.code, o.scheme, o.number, o.title, o.explanation, o.event"
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
enum statement {
    STATEMENT_AUTHORITY,
    STATEMENT_HEADS,
    STATEMENT_ROWS,
    STATEMENT_PLACES,
    STATEMENT_MEASURES,
    STATEMENT_TARGETS,
    STATEMENT_VALUES,
    STATEMENT_FORECASTS,
    STATEMENT_RATINGS,
    /* The same for one return. */
    STATEMENT_HEADS_ALONE,
    STATEMENT_ROWS_ALONE,
    STATEMENT_PLACES_ALONE,
    STATEMENT_TARGETS_ALONE,
    STATEMENT_VALUES_ALONE,
    STATEMENT_FORECASTS_ALONE,
    STATEMENT_RATINGS_ALONE,
    STATEMENT_PART_HAS_ROW,
    STATEMENT_SUPPLIERS,
    STATEMENT_VALUES_OF_PERIODS,
    STATEMENT_OTHER_PROGRESS,
    STATEMENT_VALUE_HISTORY,
    STATEMENT_TARGET_HISTORY,
    STATEMENT_COUNT
};

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

/* What is loaded before it is joined; lists are in the order of their statements. */
struct loading {
    struct work *work;
    struct return_view *view;
    const struct return_scope *scope;
    const char *previous_code, *year_before_code;
    struct list unfilled;     /* of struct unfilled *: measures for which more must be asked */
    struct list heads, lines; /* of struct return_head *, struct return_line * */
    struct list places, measures, targets, values, forecasts, ratings;
};

static void sort(struct list *list, int (*order)(const void *, const void *))
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, order);
}

static enum status query(const struct loading *loading, enum statement statement,
                         const struct parameter *parameters, size_t count,
                         struct cursor **out_cursor)
{
    return store_query(loading->work, return_store_statements[statement], parameters, count,
                       out_cursor);
}

static enum status take_rows(struct arena *arena, const struct entity *entity,
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
static enum status load_list(struct loading *loading, enum statement statement,
                             const struct entity *entity, const struct parameter *parameters,
                             size_t count, struct list *out_list)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = query(loading, statement, parameters, count, &cursor);
    return status == STATUS_OK ? take_rows(loading->work->arena, entity, cursor, out_list) : status;
}

static enum status load_authority(struct loading *loading)
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

static enum status load_heads(struct loading *loading)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct arena *arena = loading->work->arena;
    const struct directorate_return *alone = loading->scope->alone;
    enum status status = query(loading, alone ? STATEMENT_HEADS_ALONE : STATEMENT_HEADS,
                               PARAMETERS(alone ? parameter_integer(alone->id)
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

static enum status load_lines(struct loading *loading)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct arena *arena = loading->work->arena;
    const struct directorate_return *alone = loading->scope->alone;
    const struct parameter period[] = { parameter_text(loading->view->period_code),
                                        parameter_text(loading->scope->draft_of) };
    enum status status = alone ? query(loading, STATEMENT_ROWS_ALONE,
                                       PARAMETERS(parameter_integer(alone->id)), &cursor)
                               : query(loading, STATEMENT_ROWS, period, 2, &cursor);
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
    enum statement all, alone;
    const struct entity *entity;
    const struct parameter *periods;
    size_t period_count;
    bool is_for_check;
    struct list *list;
};

static enum status load_kind(struct loading *loading, const struct record_kind *kind)
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
static enum status add_measures(struct loading *loading, int64_t *ids, size_t count)
{
    const struct id_list wanted = { ids, distinct(ids, count) };
    enum status status = entity_store_get_rows(loading->work, &measure_entity, &wanted,
                                               &loading->measures);
    sort(&loading->measures, by_id);
    return status;
}

static const struct measure *find_measure(const struct loading *loading, int64_t id)
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
static bool is_at_a_line(const struct loading *loading, const struct measure_objective *place)
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
static enum status load_measures_alone(struct loading *loading)
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
            !find_measure(loading, measure->complement_of))
            ids[count++] = measure->complement_of;
    }
    return status == STATUS_OK && count > 0 ? add_measures(loading, ids, count) : status;
}

static enum status load_plan(struct loading *loading)
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

static enum status load_all(struct loading *loading)
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

/* A record's measure and unit stand in its second and third member, whatever its entity. */
struct record_key {
    int64_t id, measure, unit;
};
static_assert(offsetof(struct target, unit) == offsetof(struct record_key, unit), "target");
static_assert(offsetof(struct value, unit) == offsetof(struct record_key, unit), "value");
static_assert(offsetof(struct forecast, unit) == offsetof(struct record_key, unit), "forecast");
static_assert(offsetof(struct rating, unit) == offsetof(struct record_key, unit), "rating");

static int64_t member_at(const void *record, size_t offset)
{
    int64_t member = 0;
    memcpy(&member, (const char *)record + offset, sizeof member);
    return member;
}

static int key_order(const void *record, int64_t measure, int64_t unit)
{
    int64_t own = member_at(record, offsetof(struct record_key, measure));
    if (own != measure)
        return own < measure ? -1 : 1;
    own = member_at(record, offsetof(struct record_key, unit));
    return own == unit ? 0 : own < unit ? -1 : 1;
}

/* The first place in a list sorted by measure and unit whose record is not before the key. */
static size_t first_of(const struct list *list, int64_t measure, int64_t unit)
{
    size_t low = 0, high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (key_order(list->items[middle], measure, unit) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The number of records of that key, from `*out_first` on. */
static size_t range_of(const struct list *list, int64_t measure, int64_t unit, size_t *out_first)
{
    size_t first = first_of(list, measure, unit), end = first;
    while (end < list->count && key_order(list->items[end], measure, unit) == 0)
        end++;
    *out_first = first;
    return end - first;
}

static const struct value *find_value(const struct loading *loading, int64_t measure, int64_t unit,
                                      const char *period)
{
    size_t first = 0, count = range_of(&loading->values, measure, unit, &first);
    for (size_t i = first; i < first + count; i++) {
        const struct value *value = loading->values.items[i];
        if (strcmp(value->period, period) == 0)
            return value;
    }
    return NULL;
}

static void take_target(const struct return_view *view, const struct target *target,
                        struct return_measure *measure)
{
    bool of_period = strcmp(target->period, view->period_code) == 0;
    if (strcmp(target->kind, "minimum") == 0)
        measure->minimum = target;
    else if (strcmp(target->kind, "stretch") == 0)
        measure->stretch = target;
    else if (strcmp(target->kind, "profile") == 0)
        measure->profile = of_period ? target : measure->profile;
    else
        measure->annual = target;
}

static bool has_number(const struct value *value)
{
    return value && (value->value != INTEGER_MISSING || value->numerator != INTEGER_MISSING);
}

/* The newest number before the period. */
static void take_last(const struct return_view *view, const struct list *history,
                      struct return_measure *measure)
{
    struct period newest = { 0 };
    for (size_t i = 0; i < history->count; i++) {
        const struct value *value = history->items[i];
        struct period period;
        if (!has_number(value) || !period_read(slice_of(value->period), &period) ||
            period_compare(period, view->period, view->start_month) >= 0)
            continue;
        if (measure->last && period_compare(period, newest, view->start_month) <= 0)
            continue;
        measure->last = value;
        newest = period;
    }
}

/* The annual target of the nearest year to come, for goals set some years ahead. */
static void take_later_target(const struct return_view *view, const struct list *history,
                              struct return_measure *measure)
{
    struct period nearest = { 0 };
    for (size_t i = 0; i < history->count; i++) {
        const struct target *target = history->items[i];
        struct period period;
        if (strcmp(target->kind, "annual") != 0 ||
            !period_read(slice_of(target->period), &period) ||
            period_compare(period, view->period, view->start_month) < 0)
            continue;
        if (measure->annual && period_compare(period, nearest, view->start_month) >= 0)
            continue;
        measure->annual = target;
        nearest = period;
    }
}

/* A measure whose own records of the period do not say all. */
struct unfilled {
    struct return_measure *measure;
    int64_t unit;
    bool wants_last, wants_target;
};

/* What an unfilled measure may want, and how it is taken from all that is on record of it. */
struct history_kind {
    enum statement statement;
    const struct entity *entity;
    void (*take)(const struct return_view *view, const struct list *history,
                 struct return_measure *measure);
};
static const struct history_kind value_history = { STATEMENT_VALUE_HISTORY, &value_entity,
                                                   take_last };
static const struct history_kind target_history = { STATEMENT_TARGET_HISTORY, &target_entity,
                                                    take_later_target };

/* Asks for the histories of some measures in one journey. */
static enum status ask_histories(struct loading *loading, const struct history_kind *kind,
                                 const struct unfilled *const *unfilled, size_t count)
{
    struct cursor *cursors[STORE_ROWS_MOST];
    struct parameter parameters[2 * STORE_ROWS_MOST];
    for (size_t i = 0; i < count; i++) {
        parameters[2 * i] = parameter_integer(unfilled[i]->measure->measure->id);
        parameters[2 * i + 1] = parameter_integer(unfilled[i]->unit);
    }
    enum status status = store_query_rows(loading->work, return_store_statements[kind->statement],
                                          &(struct parameter_rows){ parameters, 2, count },
                                          cursors);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct list history = { 0 };
        status = take_rows(loading->work->arena, kind->entity, cursors[i], &history);
        kind->take(loading->view, &history, unfilled[i]->measure);
        cursor_close(cursors[i]);
        for (size_t k = i + 1; status != STATUS_OK && k < count; k++)
            cursor_close(cursors[k]);
    }
    return status;
}

static enum status fill_rest(struct loading *loading, const struct history_kind *kind)
{
    const struct unfilled *some[STORE_ROWS_MOST];
    /* Where a journey costs nothing, one at a time: every one open at once would be a statement of
     * its own. */
    const size_t most = store_rows_at_once(loading->work->store);
    enum status status = STATUS_OK;
    size_t count = 0;
    for (size_t i = 0; status == STATUS_OK && i < loading->unfilled.count; i++) {
        const struct unfilled *unfilled = loading->unfilled.items[i];
        if (kind == &value_history ? unfilled->wants_last : unfilled->wants_target)
            some[count++] = unfilled;
        if (count < most && i + 1 < loading->unfilled.count)
            continue;
        status = count > 0 ? ask_histories(loading, kind, some, count) : STATUS_OK;
        count = 0;
    }
    return status;
}

static void fill_measure(struct loading *loading, int64_t unit, struct return_measure *measure)
{
    const struct return_view *view = loading->view;
    int64_t id = measure->measure->id;
    size_t first = 0, count = range_of(&loading->targets, id, unit, &first);
    for (size_t i = first; i < first + count; i++)
        take_target(view, loading->targets.items[i], measure);
    measure->value = find_value(loading, id, unit, view->period_code);
    measure->previous = find_value(loading, id, unit, loading->previous_code);
    measure->year_before = find_value(loading, id, unit, loading->year_before_code);
    int64_t complement = measure->measure->complement_of;
    if (complement != INTEGER_MISSING) {
        measure->complement = find_measure(loading, complement);
        measure->complement_value = find_value(loading, complement, unit, view->period_code);
    }
    count = range_of(&loading->forecasts, id, unit, &first);
    const struct forecast **forecasts = arena_array_of(loading->work->arena, count,
                                                       const struct forecast *);
    for (size_t i = 0; i < count; i++)
        forecasts[i] = loading->forecasts.items[first + i];
    measure->forecasts = forecasts;
    measure->forecast_count = count;
    if (range_of(&loading->ratings, id, unit, &first) > 0)
        measure->declared = loading->ratings.items[first];
    bool is_milestone = measure->value && measure->value->milestone;
    struct unfilled unfilled = {
        .measure = measure,
        .unit = unit,
        .wants_last = !loading->scope->is_for_rating && !has_number(measure->value) &&
                      !is_milestone,
        .wants_target = !measure->annual,
    };
    if (unfilled.wants_last || unfilled.wants_target) {
        struct unfilled *kept = arena_new_of(loading->work->arena, struct unfilled);
        *kept = unfilled;
        list_add(loading->work->arena, &loading->unfilled, kept);
    }
}

/* References of one objective in byte order, so that 2.3a and 2.3b follow 2.3. */
static int place_order(const void *left, const void *right)
{
    const struct measure_objective *a = *(const struct measure_objective *const *)left;
    const struct measure_objective *b = *(const struct measure_objective *const *)right;
    if (a->objective != b->objective)
        return a->objective < b->objective ? -1 : 1;
    int order = strcmp(a->reference, b->reference);
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

static int line_order(const void *left, const void *right)
{
    const struct return_line *a = *(const struct return_line *const *)left;
    const struct return_line *b = *(const struct return_line *const *)right;
    if (a->row->objective != b->row->objective)
        return a->row->objective < b->row->objective ? -1 : 1;
    return strcmp(a->row->reference, b->row->reference);
}

/* True for 2.3a beside 2.3: one letter more. */
static bool is_part(const char *reference, const char *part)
{
    size_t length = strlen(reference);
    if (strncmp(part, reference, length) != 0 || strlen(part) != length + 1)
        return false;
    char letter = part[length];
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

static bool has_row(const struct list *sorted, const struct return_line *like,
                    const char *reference)
{
    struct return_row row = *like->row;
    row.reference = reference;
    const struct return_line line = { .row = &row }, *key = &line;
    return sorted->count > 0 &&
           bsearch(&key, sorted->items, sorted->count, sizeof *sorted->items, line_order) != NULL;
}

static size_t first_place(const struct list *places, int64_t objective, const char *reference)
{
    size_t low = 0, high = places->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct measure_objective *place = places->items[middle];
        bool before = place->objective != objective ? place->objective < objective
                                                    : strcmp(place->reference, reference) < 0;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_measure(struct loading *loading, struct list *list, int64_t id,
                        const char *reference)
{
    const struct measure *measure = find_measure(loading, id);
    for (size_t i = 0; i < list->count; i++)
        if (((const struct return_measure *)list->items[i])->measure == measure)
            return;
    if (!measure)
        return;
    struct return_measure *added = arena_new_of(loading->work->arena, struct return_measure);
    added->reference = reference;
    added->measure = measure;
    list_add(loading->work->arena, list, added);
}

/* Whether the part has a row of its own, here or, where one return is read, in another that is
 * given. */
static enum status part_has_row(const struct loading *loading, const struct list *sorted,
                                const struct return_line *line, const char *reference,
                                bool *out_has)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    *out_has = has_row(sorted, line, reference);
    if (*out_has || !loading->scope->alone)
        return STATUS_OK;
    enum status status = query(loading, STATEMENT_PART_HAS_ROW,
                               PARAMETERS(parameter_text(loading->view->period_code),
                                          parameter_integer(line->row->objective),
                                          parameter_text(reference)),
                               &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    *out_has = status == STATUS_OK;
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status join_line(struct loading *loading, const struct list *sorted,
                             struct return_line *line)
{
    struct arena *arena = loading->work->arena;
    struct list found = { 0 };
    int64_t objective = line->row->objective;
    const char *reference = line->row->reference;
    enum status status = STATUS_OK;
    for (size_t i = first_place(&loading->places, objective, reference);
         status == STATUS_OK && i < loading->places.count; i++) {
        const struct measure_objective *place = loading->places.items[i];
        if (place->objective != objective ||
            strncmp(place->reference, reference, strlen(reference)) != 0)
            break;
        bool is_here = strcmp(place->reference, reference) == 0, is_elsewhere = false;
        if (is_part(reference, place->reference)) {
            status = part_has_row(loading, sorted, line, place->reference, &is_elsewhere);
            is_here = !is_elsewhere;
        }
        if (status == STATUS_OK && is_here)
            add_measure(loading, &found, place->measure, place->reference);
    }
    if (line->row->measure != INTEGER_MISSING)
        add_measure(loading, &found, line->row->measure, reference);
    struct return_measure *measures = arena_array_of(arena, found.count, struct return_measure);
    line->measures = measures;
    line->measure_count = found.count;
    for (size_t i = 0; status == STATUS_OK && i < found.count; i++) {
        measures[i] = *(const struct return_measure *)found.items[i];
        fill_measure(loading, line->head->row.unit, &measures[i]);
    }
    return status;
}

static const struct return_head *find_head(const struct loading *loading, int64_t id)
{
    size_t low = 0, high = loading->heads.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct return_head *head = loading->heads.items[middle];
        if (head->row.id == id)
            return head;
        if (head->row.id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Joins the lines that are kept and puts them into the view. */
static enum status join_all(struct loading *loading)
{
    struct arena *arena = loading->work->arena;
    struct return_view *view = loading->view;
    struct list sorted = { 0 };
    for (size_t i = 0; i < loading->lines.count; i++)
        list_add(arena, &sorted, loading->lines.items[i]);
    sort(&sorted, line_order);
    sort(&loading->places, place_order);
    view->heads = arena_array_of(arena, loading->heads.count, struct return_head);
    for (size_t i = 0; i < loading->heads.count; i++) {
        const struct return_head *head = loading->heads.items[i];
        view->heads[view->head_count++] = *head;
    }
    view->lines = arena_array_of(arena, loading->lines.count, struct return_line);
    for (size_t i = 0; i < loading->lines.count; i++) {
        struct return_line *line = loading->lines.items[i];
        line->head = find_head(loading, line->row->directorate_return);
        if (!line->head)
            continue;
        enum status status = join_line(loading, &sorted, line);
        if (status != STATUS_OK)
            return status;
        view->lines[view->line_count++] = *line;
    }
    return STATUS_OK;
}

enum status return_store_load(struct work *work, struct period period,
                              const struct return_scope *scope, struct return_view **out_view)
{
    struct return_view *view = arena_new_of(work->arena, struct return_view);
    struct loading loading = { .work = work, .view = view, .scope = scope };
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
        status = join_all(&loading);
    if (status == STATUS_OK)
        status = fill_rest(&loading, &value_history);
    if (status == STATUS_OK)
        status = fill_rest(&loading, &target_history);
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
        status = take_rows(work->arena, &value_entity, cursor, &values);
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
