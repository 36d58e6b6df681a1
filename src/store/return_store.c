/* One statement for each kind of record, joined here by number: the count of statements does not
 * grow with the rows, save one for each measure that has no number, or no target, in the period. */
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
    STATEMENT_VALUE_HISTORY,
    STATEMENT_TARGET_HISTORY,
    STATEMENT_COUNT
};

const char *const return_store_statements[] = {
    [STATEMENT_AUTHORITY] = "SELECT " AUTHORITY_COLUMNS " FROM authority a ORDER BY a.id LIMIT 1",
    [STATEMENT_HEADS] = "SELECT " DIRECTORATE_RETURN_COLUMNS ", u.code, u.name, u.kind "
                        "FROM directorate_return r JOIN unit u ON u.id = r.unit "
                        "WHERE r.period = $1 ORDER BY r.id",
    [STATEMENT_ROWS] = "SELECT " RETURN_ROW_COLUMNS ", " OBJECTIVE_COLUMNS ", s.code "
                       "FROM return_row w "
                       "JOIN directorate_return r ON r.id = w.directorate_return "
                       "JOIN objective o ON o.id = w.objective "
                       "JOIN scheme s ON s.id = o.scheme "
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
    const char *previous_code, *year_before_code;
    const char *
        draft_of; /* the code of the unit whose rows are read while it still writes them; or NULL */
    struct list heads, lines; /* of struct return_head *, struct return_line * */
    struct list places, measures, targets, values, forecasts, ratings;
};

static enum status query(struct loading *loading, enum statement statement,
                         const struct parameter *parameters, size_t count,
                         struct cursor **out_cursor)
{
    return store_query(loading->work, return_store_statements[statement], parameters, count,
                       out_cursor);
}

/* All rows of one entity. */
static enum status load_list(struct loading *loading, enum statement statement,
                             const struct entity *entity, const struct parameter *parameters,
                             size_t count, struct list *out_list)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    struct arena *arena = loading->work->arena;
    enum status status = query(loading, statement, parameters, count, &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        void *row = entity_row(arena, entity);
        entity_store_read(arena, entity, cursor, 0, row);
        list_add(arena, out_list, row);
    }
    return status == STATUS_END ? STATUS_OK : status;
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
    enum status status = query(loading, STATEMENT_HEADS,
                               PARAMETERS(parameter_text(loading->view->period_code)), &cursor);
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
    enum status status = query(
        loading, STATEMENT_ROWS,
        PARAMETERS(parameter_text(loading->view->period_code), parameter_text(loading->draft_of)),
        &cursor);
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

static enum status load_all(struct loading *loading)
{
    const struct return_view *view = loading->view;
    const struct parameter period = parameter_text(view->period_code);
    enum status status = load_heads(loading);
    if (status == STATUS_OK)
        status = load_lines(loading);
    if (status == STATUS_OK)
        status = load_list(loading, STATEMENT_PLACES, &measure_objective_entity, NULL, 0,
                           &loading->places);
    if (status == STATUS_OK)
        status = load_list(loading, STATEMENT_MEASURES, &measure_entity, NULL, 0,
                           &loading->measures);
    if (status == STATUS_OK)
        status = load_list(loading, STATEMENT_TARGETS, &target_entity,
                           PARAMETERS(period, parameter_text(view->year_code)), &loading->targets);
    if (status == STATUS_OK)
        status = load_list(loading, STATEMENT_VALUES, &value_entity,
                           PARAMETERS(period, parameter_text(loading->previous_code),
                                      parameter_text(loading->year_before_code)),
                           &loading->values);
    if (status == STATUS_OK)
        status = load_list(loading, STATEMENT_FORECASTS, &forecast_entity, PARAMETERS(period),
                           &loading->forecasts);
    if (status == STATUS_OK)
        status = load_list(loading, STATEMENT_RATINGS, &rating_entity, PARAMETERS(period),
                           &loading->ratings);
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
static enum status find_last(struct loading *loading, int64_t unit, struct return_measure *measure)
{
    struct list history = { 0 };
    enum status status = load_list(
        loading, STATEMENT_VALUE_HISTORY, &value_entity,
        PARAMETERS(parameter_integer(measure->measure->id), parameter_integer(unit)), &history);
    struct period newest = { 0 };
    for (size_t i = 0; status == STATUS_OK && i < history.count; i++) {
        const struct value *value = history.items[i];
        struct period period;
        if (!has_number(value) || !period_read(slice_of(value->period), &period) ||
            period_compare(period, loading->view->period, loading->view->start_month) >= 0)
            continue;
        if (measure->last && period_compare(period, newest, loading->view->start_month) <= 0)
            continue;
        measure->last = value;
        newest = period;
    }
    return status;
}

/* The annual target of the nearest year to come, for goals set some years ahead. */
static enum status find_later_target(struct loading *loading, int64_t unit,
                                     struct return_measure *measure)
{
    struct list history = { 0 };
    int start = loading->view->start_month;
    enum status status = load_list(
        loading, STATEMENT_TARGET_HISTORY, &target_entity,
        PARAMETERS(parameter_integer(measure->measure->id), parameter_integer(unit)), &history);
    struct period nearest = { 0 };
    for (size_t i = 0; status == STATUS_OK && i < history.count; i++) {
        const struct target *target = history.items[i];
        struct period period;
        if (strcmp(target->kind, "annual") != 0 ||
            !period_read(slice_of(target->period), &period) ||
            period_compare(period, loading->view->period, start) < 0)
            continue;
        if (measure->annual && period_compare(period, nearest, start) >= 0)
            continue;
        measure->annual = target;
        nearest = period;
    }
    return status;
}

static enum status fill_measure(struct loading *loading, int64_t unit,
                                struct return_measure *measure)
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
    enum status status = STATUS_OK;
    bool is_milestone = measure->value && measure->value->milestone;
    if (!has_number(measure->value) && !is_milestone)
        status = find_last(loading, unit, measure);
    if (status == STATUS_OK && !measure->annual)
        status = find_later_target(loading, unit, measure);
    return status;
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

static enum status join_line(struct loading *loading, const struct list *sorted,
                             struct return_line *line)
{
    struct arena *arena = loading->work->arena;
    struct list found = { 0 };
    int64_t objective = line->row->objective;
    const char *reference = line->row->reference;
    for (size_t i = first_place(&loading->places, objective, reference); i < loading->places.count;
         i++) {
        const struct measure_objective *place = loading->places.items[i];
        if (place->objective != objective ||
            strncmp(place->reference, reference, strlen(reference)) != 0)
            break;
        bool same = strcmp(place->reference, reference) == 0;
        if (same ||
            (is_part(reference, place->reference) && !has_row(sorted, line, place->reference)))
            add_measure(loading, &found, place->measure, place->reference);
    }
    if (line->row->measure != INTEGER_MISSING)
        add_measure(loading, &found, line->row->measure, reference);
    struct return_measure *measures = arena_array_of(arena, found.count, struct return_measure);
    line->measures = measures;
    line->measure_count = found.count;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < found.count; i++) {
        measures[i] = *(const struct return_measure *)found.items[i];
        status = fill_measure(loading, line->head->row.unit, &measures[i]);
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

static void sort(struct list *list, int (*order)(const void *, const void *))
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, order);
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

enum status return_store_load(struct work *work, struct period period, const char *draft_of,
                              struct return_view **out_view)
{
    struct return_view *view = arena_new_of(work->arena, struct return_view);
    struct loading loading = { .work = work, .view = view, .draft_of = draft_of };
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
        *out_view = view;
    return status;
}
