/* What was loaded of a period, joined by number: each row with the measures that stand at it, and
 * each measure with its records of the return's unit. */
#include "store/return_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

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

static const struct value *find_value(const struct return_loading *loading, int64_t measure,
                                      int64_t unit, const char *period)
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
    enum return_statement statement;
    const struct entity *entity;
    void (*take)(const struct return_view *view, const struct list *history,
                 struct return_measure *measure);
};
static const struct history_kind value_history = { STATEMENT_VALUE_HISTORY, &value_entity,
                                                   take_last };
static const struct history_kind target_history = { STATEMENT_TARGET_HISTORY, &target_entity,
                                                    take_later_target };

/* Asks for the histories of some measures in one journey. */
static enum status ask_histories(struct return_loading *loading, const struct history_kind *kind,
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
        status = return_take_rows(loading->work->arena, kind->entity, cursors[i], &history);
        kind->take(loading->view, &history, unfilled[i]->measure);
        cursor_close(cursors[i]);
        for (size_t k = i + 1; status != STATUS_OK && k < count; k++)
            cursor_close(cursors[k]);
    }
    return status;
}

static enum status fill_rest(struct return_loading *loading, const struct history_kind *kind)
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

static void fill_measure(struct return_loading *loading, int64_t unit,
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
        measure->complement = return_find_measure(loading, complement);
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

static void add_measure(struct return_loading *loading, struct list *list, int64_t id,
                        const char *reference)
{
    const struct measure *measure = return_find_measure(loading, id);
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
static enum status part_has_row(const struct return_loading *loading, const struct list *sorted,
                                const struct return_line *line, const char *reference,
                                bool *out_has)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    *out_has = has_row(sorted, line, reference);
    if (*out_has || !loading->scope->alone)
        return STATUS_OK;
    enum status status = return_query(loading, STATEMENT_PART_HAS_ROW,
                                      PARAMETERS(parameter_text(loading->view->period_code),
                                                 parameter_integer(line->row->objective),
                                                 parameter_text(reference)),
                                      &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    *out_has = status == STATUS_OK;
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status join_line(struct return_loading *loading, const struct list *sorted,
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

static const struct return_head *find_head(const struct return_loading *loading, int64_t id)
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
enum status return_join(struct return_loading *loading)
{
    struct arena *arena = loading->work->arena;
    struct return_view *view = loading->view;
    struct list sorted = { 0 };
    for (size_t i = 0; i < loading->lines.count; i++)
        list_add(arena, &sorted, loading->lines.items[i]);
    return_sort(&sorted, line_order);
    return_sort(&loading->places, place_order);
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
    enum status status = fill_rest(loading, &value_history);
    return status == STATUS_OK ? fill_rest(loading, &target_history) : status;
}
