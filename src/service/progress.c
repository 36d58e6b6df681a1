/* Joins the sets of progress_store.h into rows. Every join is a look-up in a hash table, so the
 * work grows with the number of rows and values, not with their product. */
#include "service/progress.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/check.h"
#include "service/progress_parts.h"
#include "service/rating_of.h"
#include "base/banned.h"

enum { APRIL = 4 };

static struct progress_periods periods_of(struct arena *arena, struct period period,
                                          int start_month)
{
    return (struct progress_periods){
        .now = period_print(arena, period),
        .before = period_print(arena, period_previous(period)),
        .year_before = period_print(arena, period_year_before(period)),
        .year = period_print(arena, period_year_of(period, start_month)),
        .first_day = date_print(arena, period_first_day(period, start_month)),
        .last_day = date_print(arena, period_last_day(period, start_month)),
    };
}

/* Adds to the list under a pair. */
static void add_to_list(struct arena *arena, struct pair_map *map, int64_t first, int64_t second,
                        void *item)
{
    struct list *list = pair_map_get(map, first, second);
    if (list == NULL) {
        list = arena_new_of(arena, struct list);
        pair_map_put(map, first, second, list);
    }
    list_add(arena, list, item);
}

static void join_values(struct progress_join *join)
{
    const struct progress_data *data = &join->progress->data;
    const struct progress_periods *periods = &join->periods;
    for (size_t i = 0; i < data->values.count; i++) {
        struct value *value = data->values.items[i];
        struct pair_map *map = strcmp(value->period, periods->now) == 0      ? &join->values
                               : strcmp(value->period, periods->before) == 0 ? &join->values_before
                                                                             : NULL;
        if (map != NULL)
            pair_map_put(map, value->measure, value->unit, value);
        if (strcmp(value->period, periods->year_before) == 0)
            pair_map_put(&join->values_year_before, value->measure, value->unit, value);
    }
}

/* Keeps the newest of the values before the period. */
static void join_earlier(struct progress_join *join)
{
    const struct list *values = &join->progress->data.earlier;
    int start = join->progress->start_month;
    for (size_t i = 0; i < values->count; i++) {
        struct value *value = values->items[i];
        struct period period, newest;
        if (!period_read(slice_of(value->period), &period) ||
            period_compare(period, join->progress->period, start) >= 0)
            continue;
        const struct value *kept = pair_map_get(&join->earlier, value->measure, value->unit);
        if (kept == NULL || !period_read(slice_of(kept->period), &newest) ||
            period_compare(period, newest, start) > 0)
            pair_map_put(&join->earlier, value->measure, value->unit, value);
    }
}

/* Targets come by measure, unit and period, so the first annual one is the nearest. */
static void join_targets(struct progress_join *join)
{
    const struct list *targets = &join->progress->data.targets;
    const struct {
        const char *kind;
        struct pair_map *map;
        bool of_period; /* the period's own stands before the year's */
    } kinds[] = {
        { "annual", &join->annual, false },
        { "profile", &join->profile, true },
        { "minimum", &join->minimum, true },
        { "stretch", &join->stretch, true },
    };
    for (size_t i = 0; i < targets->count; i++) {
        struct target *target = targets->items[i];
        bool is_now = strcmp(target->period, join->periods.now) == 0;
        for (size_t k = 0; k < ARRAY_COUNT(kinds); k++) {
            if (strcmp(target->kind, kinds[k].kind) != 0)
                continue;
            bool wins = kinds[k].of_period && (is_now || strcmp(kinds[k].kind, "profile") != 0);
            if (kinds[k].map == &join->profile && !is_now)
                continue;
            if (wins || pair_map_get(kinds[k].map, target->measure, target->unit) == NULL)
                pair_map_put(kinds[k].map, target->measure, target->unit, target);
        }
    }
}

/* Comparators come by measure, name and period: the newest of a name takes the place of the others.
 */
static void add_comparator(struct arena *arena, struct pair_map *map, struct comparator *comparator)
{
    struct list *list = pair_map_get(map, comparator->measure, 0);
    if (list != NULL && list->count > 0) {
        const struct comparator *last = list->items[list->count - 1];
        if (strcmp(last->name, comparator->name) == 0) {
            list->items[list->count - 1] = comparator;
            return;
        }
    }
    add_to_list(arena, map, comparator->measure, 0, comparator);
}

/* A unit that was made later, or was gone before, supplies nothing in the period. */
static bool existed(const struct progress_join *join, const struct unit *unit)
{
    const struct progress_periods *periods = &join->periods;
    return unit && (!unit->valid_from || strcmp(unit->valid_from, periods->last_day) <= 0) &&
           (!unit->valid_to || strcmp(unit->valid_to, periods->first_day) >= 0);
}

static void keep_suppliers_of_the_time(struct progress_join *join)
{
    struct list *suppliers = &join->progress->data.suppliers;
    size_t kept = 0;
    for (size_t i = 0; i < suppliers->count; i++) {
        struct progress_supplier *supplier = suppliers->items[i];
        if (existed(join, pair_map_get(&join->units, supplier->unit, 0)))
            suppliers->items[kept++] = supplier;
    }
    suppliers->count = kept;
}

static void join_rest(struct progress_join *join)
{
    struct arena *arena = join->work->arena;
    const struct progress_data *data = &join->progress->data;
    for (size_t i = 0; i < data->measures.count; i++) {
        struct measure *measure = data->measures.items[i];
        pair_map_put(&join->measures, measure->id, 0, measure);
    }
    for (size_t i = 0; i < data->units.count; i++) {
        struct unit *unit = data->units.items[i];
        pair_map_put(&join->units, unit->id, 0, unit);
    }
    keep_suppliers_of_the_time(join);
    for (size_t i = 0; i < data->suppliers.count; i++) {
        struct progress_supplier *supplier = data->suppliers.items[i];
        pair_map_put(&join->suppliers, supplier->measure, supplier->unit, supplier);
    }
    for (size_t i = 0; i < data->ratings.count; i++) {
        struct rating *rating = data->ratings.items[i];
        pair_map_put(&join->ratings, rating->measure, rating->unit, rating);
    }
    for (size_t i = 0; i < data->forecasts.count; i++) {
        struct forecast *forecast = data->forecasts.items[i];
        add_to_list(arena, &join->forecasts, forecast->measure, forecast->unit, forecast);
    }
    for (size_t i = 0; i < data->comparators.count; i++) {
        struct comparator *comparator = data->comparators.items[i];
        add_comparator(arena, &join->comparators, comparator);
    }
}

static int64_t reference_hash(const char *reference, size_t length)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)reference[i]) * UINT64_C(0x100000001b3);
    return (int64_t)(hash >> 1);
}

static void join_narratives(struct progress_join *join)
{
    struct arena *arena = join->work->arena;
    struct progress *progress = join->progress;
    struct pair_map by_return = pair_map_new(arena, progress->returns.count);
    for (size_t i = 0; i < progress->returns.count; i++) {
        struct progress_return *back = progress->returns.items[i];
        if (back->row != NULL)
            pair_map_put(&by_return, back->row->id, 0, back);
    }
    for (size_t i = 0; i < progress->data.rows.count; i++) {
        const struct return_row *row = progress->data.rows.items[i];
        struct progress_return *back = pair_map_get(&by_return, row->directorate_return, 0);
        if (back == NULL)
            continue;
        struct progress_narrative *narrative = arena_new_of(arena, struct progress_narrative);
        *narrative = (struct progress_narrative){ .row = row, .back = back };
        list_add(arena, &back->narratives, narrative);
        add_to_list(arena, &join->narratives, row->objective,
                    reference_hash(row->reference, strlen(row->reference)), narrative);
    }
}

/* The narrative of a unit at a reference under an objective, or NULL. */
static struct progress_narrative *find_narrative(const struct progress_join *join,
                                                 int64_t objective, struct slice reference,
                                                 const struct unit *unit)
{
    const struct list *all = pair_map_get(&join->narratives, objective,
                                          reference_hash(reference.start, reference.length));
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        struct progress_narrative *narrative = all->items[i];
        if (slice_is(reference, narrative->row->reference) && narrative->back->unit == unit)
            return narrative;
    }
    return NULL;
}

static bool is_small_letter(char character)
{
    return character >= 'a' && character <= 'z';
}

/* The row's own narrative, or that of the printed row of which it is a part: 2.3 of 2.3a. */
static void attach_narrative(struct progress_join *join, struct progress_row *row)
{
    struct slice reference = slice_of(row->reference);
    int64_t objective = row->objective->objective->id;
    if (row->unit == NULL)
        return;
    row->narrative = find_narrative(join, objective, reference, row->unit);
    if (row->narrative == NULL && reference.length > 1 &&
        is_small_letter(reference.start[reference.length - 1]))
        row->narrative = find_narrative(join, objective,
                                        slice_first(reference, reference.length - 1), row->unit);
    if (row->narrative == NULL)
        return;
    row->shows_narrative = row->narrative->rows.count == 0;
    list_add(join->work->arena, &row->narrative->rows, row);
}

static void collect_unit(struct progress_join *join, struct pair_map *seen,
                         struct pair_map *units_of, int64_t measure, int64_t unit_id)
{
    struct unit *unit = pair_map_get(&join->units, unit_id, 0);
    if (unit == NULL || pair_map_get(seen, measure, unit_id) != NULL)
        return;
    pair_map_put(seen, measure, unit_id, unit);
    add_to_list(join->work->arena, units_of, measure, 0, unit);
}

/* Which units have a row for a measure: those that supply it, and those that have anything. */
static void collect_units(struct progress_join *join, struct pair_map *units_of)
{
    const struct progress_data *data = &join->progress->data;
    struct pair_map seen = pair_map_new(join->work->arena, data->suppliers.count);
    for (size_t i = 0; i < data->suppliers.count; i++) {
        const struct progress_supplier *supplier = data->suppliers.items[i];
        collect_unit(join, &seen, units_of, supplier->measure, supplier->unit);
    }
    for (size_t i = 0; i < data->ratings.count; i++) {
        const struct rating *rating = data->ratings.items[i];
        collect_unit(join, &seen, units_of, rating->measure, rating->unit);
    }
    for (size_t i = 0; i < data->values.count; i++) {
        const struct value *value = data->values.items[i];
        if (strcmp(value->period, join->periods.now) == 0)
            collect_unit(join, &seen, units_of, value->measure, value->unit);
    }
}

static int by_unit_name(const void *a, const void *b)
{
    const struct unit *const *left = a, *const *right = b;
    int order = strcmp((*left)->name, (*right)->name);
    return order != 0 ? order : strcmp((*left)->code, (*right)->code);
}

static const char *supplier_words(struct arena *arena, const struct progress_supplier *supplier)
{
    if (supplier == NULL || (supplier->post == NULL && supplier->partner == NULL))
        return NULL;
    if (supplier->post != NULL && supplier->partner != NULL)
        return arena_format(arena, "%s, %s", supplier->post, supplier->partner);
    return supplier->post != NULL ? supplier->post : supplier->partner;
}

static void add_row(struct progress_join *join, struct progress_objective *objective,
                    const struct measure_objective *place, const struct unit *unit)
{
    struct arena *arena = join->work->arena;
    struct progress_row *row = arena_new_of(arena, struct progress_row);
    row->objective = objective;
    row->reference = place->reference;
    row->criterion = place->success_criterion;
    row->measure = pair_map_get(&join->measures, place->measure, 0);
    row->unit = unit;
    if (unit != NULL)
        row->supplier = supplier_words(arena,
                                       pair_map_get(&join->suppliers, place->measure, unit->id));
    list_add(arena, &objective->rows, row);
    list_add(arena, &join->progress->rows, row);
}

/* The objective of a place; places come in the order of the objectives. */
static struct progress_objective *objective_of(const struct progress *progress, int64_t id,
                                               size_t *at)
{
    while (*at < progress->objectives.count) {
        struct progress_objective *objective = progress->objectives.items[*at];
        if (objective->objective->id == id)
            return objective;
        ++*at;
    }
    return NULL;
}

static void make_rows(struct progress_join *join, const struct unit *only)
{
    struct arena *arena = join->work->arena;
    struct progress *progress = join->progress;
    struct pair_map units_of = pair_map_new(arena, progress->data.measures.count);
    collect_units(join, &units_of);
    for (size_t i = 0; i < progress->data.objectives.count; i++) {
        struct progress_objective *objective = arena_new_of(arena, struct progress_objective);
        objective->objective = progress->data.objectives.items[i];
        list_add(arena, &progress->objectives, objective);
    }
    size_t at = 0;
    for (size_t i = 0; i < progress->data.places.count; i++) {
        const struct measure_objective *place = progress->data.places.items[i];
        struct progress_objective *objective = objective_of(progress, place->objective, &at);
        assert(objective != NULL);
        const struct list *units = pair_map_get(&units_of, place->measure, 0);
        if (units == NULL && only == NULL)
            add_row(join, objective, place, NULL);
        if (units != NULL)
            qsort(units->items, units->count, sizeof(void *), by_unit_name);
        for (size_t k = 0; units != NULL && k < units->count; k++) {
            if (only == NULL || units->items[k] == only)
                add_row(join, objective, place, units->items[k]);
        }
    }
}

/* Sub-outputs learn what they are part of; one map of parents, by measure and unit, an objective.
 */
static void link_parts(struct progress_join *join)
{
    struct arena *arena = join->work->arena;
    for (size_t i = 0; i < join->progress->objectives.count; i++) {
        struct progress_objective *objective = join->progress->objectives.items[i];
        struct pair_map parents = pair_map_new(arena, objective->rows.count);
        for (size_t j = 0; j < objective->rows.count; j++) {
            struct progress_row *row = objective->rows.items[j];
            int64_t unit = row->unit == NULL ? 0 : row->unit->id;
            pair_map_put(&parents, row->measure->id, unit, row);
            struct progress_row *parent = row->measure->parent == INTEGER_MISSING
                                              ? NULL
                                              : pair_map_get(&parents, row->measure->parent, unit);
            if (parent != NULL) {
                row->is_part = true;
                list_add(arena, &parent->parts, row);
            }
        }
    }
}

/* Puts a finding where it belongs: at its measure, else at the first measure of its row. */
static void attach_finding(struct progress_join *join, struct finding *finding)
{
    struct arena *arena = join->work->arena;
    struct progress *progress = join->progress;
    struct progress_narrative *narrative = NULL;
    for (size_t i = 0; i < progress->objectives.count && narrative == NULL; i++) {
        const struct progress_objective *objective = progress->objectives.items[i];
        if (finding->objective == NULL ||
            strcmp(objective->objective->code, finding->objective) != 0)
            continue;
        for (size_t j = 0; j < progress->returns.count && narrative == NULL; j++) {
            const struct progress_return *back = progress->returns.items[j];
            if (finding->unit != NULL && strcmp(back->unit->code, finding->unit) == 0)
                narrative = find_narrative(join, objective->objective->id, slice_of(finding->row),
                                           back->unit);
        }
    }
    if (narrative == NULL)
        return;
    list_add(arena, &narrative->findings, finding);
    struct progress_row *place = NULL;
    for (size_t i = 0; i < narrative->rows.count; i++) {
        struct progress_row *row = narrative->rows.items[i];
        bool is_its = finding->measure != NULL && strcmp(row->measure->code, finding->measure) == 0;
        if (place == NULL || is_its)
            place = row;
        if (is_its)
            break;
    }
    if (place != NULL)
        list_add(arena, &place->findings, finding);
}

static enum status load_findings(struct progress_join *join, const struct unit *only)
{
    struct progress *progress = join->progress;
    struct findings findings = { .arena = join->work->arena };
    struct check_options options = { .unit = only == NULL ? NULL : only->code };
    if (progress->data.returns.count == 0)
        return STATUS_OK;
    enum status status = check_period(join->work, progress->period, &options, &findings);
    if (status == STATUS_NOT_FOUND && only != NULL) { /* that unit has returned nothing */
        work_forget(join->work);
        return STATUS_OK;
    }
    if (status != STATUS_OK)
        return status;
    progress->findings = findings.list;
    for (size_t i = 0; i < findings.list.count; i++) {
        struct finding *finding = findings.list.items[i];
        progress->findings_by_severity[finding->severity]++;
        attach_finding(join, finding);
    }
    return STATUS_OK;
}

static void join_all(struct progress_join *join)
{
    struct arena *arena = join->work->arena;
    const struct progress_data *data = &join->progress->data;
    const struct {
        struct pair_map *map;
        size_t expected;
    } maps[] = {
        { &join->measures, data->measures.count },
        { &join->units, data->units.count },
        { &join->values, data->values.count / 2 },
        { &join->values_before, data->values.count / 2 },
        { &join->values_year_before, data->values.count / 2 },
        { &join->earlier, data->earlier.count },
        { &join->annual, data->targets.count },
        { &join->profile, 0 },
        { &join->minimum, 0 },
        { &join->stretch, 0 },
        { &join->ratings, data->ratings.count },
        { &join->forecasts, data->forecasts.count },
        { &join->comparators, data->comparators.count },
        { &join->suppliers, data->suppliers.count },
        { &join->narratives, data->rows.count },
    };
    for (size_t i = 0; i < ARRAY_COUNT(maps); i++)
        *maps[i].map = pair_map_new(arena, maps[i].expected);
    join_rest(join);
    join_values(join);
    join_earlier(join);
    join_targets(join);
}

/* Loads scheme and data, and what rating_of.h wants to know of the period. */
static enum status load_data(struct progress_join *join, const char *scheme_code)
{
    struct work *work = join->work;
    struct progress *progress = join->progress;
    enum status status = progress_store_scheme(work, scheme_code, &join->periods,
                                               &progress->data.scheme);
    if (status == STATUS_OK)
        status = progress_store_load(work, &join->periods, &progress->data);
    if (status != STATUS_OK)
        return status;
    if (progress->data.authority == NULL)
        return work_fail(work, STATUS_NOT_FOUND,
                         "The workspace names no authority; import one with dueregard import "
                         "authorities FILE.");
    return rating_scale_load(work, progress->data.authority->rating_scale, &progress->scale);
}

static enum status find_unit(struct progress_join *join, const char *code,
                             const struct unit **out_unit)
{
    const struct list *units = &join->progress->data.units;
    for (size_t i = 0; code != NULL && i < units->count; i++) {
        const struct unit *unit = units->items[i];
        if (strcmp(unit->code, code) == 0) {
            *out_unit = unit;
            return STATUS_OK;
        }
    }
    if (code == NULL)
        return STATUS_OK;
    return work_fail(join->work, STATUS_NOT_FOUND,
                     "There is no unit with the code %s; dueregard export units lists them.", code);
}

/* The first month of the authority's reporting year, which the periods depend on. */
static enum status prepare(struct progress_join *join)
{
    struct work *work = join->work;
    struct authority *authority = NULL;
    enum status status = progress_store_authority(work, &authority);
    if (status != STATUS_OK)
        return status;
    struct progress *progress = join->progress;
    progress->start_month = authority == NULL ? APRIL : (int)authority->year_start_month;
    progress->data.authority = authority;
    progress->period_code = period_print(work->arena, progress->period);
    progress->period_words = period_print_long(work->arena, progress->period);
    join->periods = periods_of(work->arena, progress->period, progress->start_month);
    join->view = (struct return_view){
        .period = progress->period,
        .period_code = join->periods.now,
        .year_code = join->periods.year,
        .start_month = progress->start_month,
    };
    if (authority != NULL)
        join->view.authority = *authority;
    return STATUS_OK;
}

enum status progress_load(struct work *work, struct period period,
                          const struct progress_options *options, struct progress **out_progress)
{
    static const struct progress_options plain = { 0 };
    options = options == NULL ? &plain : options;
    struct progress *progress = arena_new_of(work->arena, struct progress);
    struct progress_join join = { .work = work, .progress = progress };
    const struct unit *only = NULL;
    progress->period = period;
    enum status status = prepare(&join);
    if (status == STATUS_OK)
        status = load_data(&join, options->scheme);
    if (status == STATUS_OK)
        status = find_unit(&join, options->unit, &only);
    if (status != STATUS_OK)
        return status;
    join_all(&join);
    make_rows(&join, only);
    link_parts(&join);
    for (size_t i = 0; i < progress->rows.count; i++)
        progress_fill_row(&join, progress->rows.items[i]);
    progress_roll_up(&join);
    progress_list_returns(&join);
    join_narratives(&join);
    for (size_t i = 0; i < progress->rows.count; i++) {
        attach_narrative(&join, progress->rows.items[i]);
        progress_compare(&join, progress->rows.items[i]);
    }
    progress_count(&join);
    if (!options->without_check)
        status = load_findings(&join, only);
    if (status == STATUS_OK)
        *out_progress = progress;
    return status;
}
