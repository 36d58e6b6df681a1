/* One row of the progress report: its target, its value, what rating follows from them, and which
 * way the measure travels. Ratings are those of rating_of.h, so that check and report agree. */
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/number.h"
#include "model/codes.h"
#include "service/progress_parts.h"
#include "service/rating_of.h"
#include "stats/aggregate.h"
#include "base/banned.h"

static bool has_number(const struct value *value)
{
    return value != NULL &&
           (value->value != INTEGER_MISSING ||
            (value->numerator != INTEGER_MISSING && value->denominator != INTEGER_MISSING));
}

/* The measure whose complement this is, or NULL. */
static const struct measure *complement_of(const struct progress_join *join,
                                           const struct measure *measure)
{
    return measure->complement_of == INTEGER_MISSING
               ? NULL
               : pair_map_get(&join->measures, measure->complement_of, 0);
}

static struct progress_figure figure_of(const struct progress_join *join,
                                        const struct progress_row *row, const struct measure *cited,
                                        const struct value *value)
{
    struct arena *arena = join->work->arena;
    struct progress_figure figure = { .value = value, .cited = cited, .unit = row->unit };
    int64_t number = progress_value_number(cited, value);
    if (number != INTEGER_MISSING && cited != row->measure)
        number = aggregate_complement(number);
    if (number != INTEGER_MISSING)
        figure.words = progress_number_words(arena, row->measure, number, value->decimals);
    return figure;
}

/* The value of the row in one of the maps: its own, or the complement's. */
static struct progress_figure find_figure(const struct progress_join *join,
                                          const struct pair_map *map,
                                          const struct progress_row *row)
{
    struct progress_figure none = { 0 };
    if (row->unit == NULL)
        return none;
    const struct value *value = pair_map_get(map, row->measure->id, row->unit->id);
    if (has_number(value))
        return figure_of(join, row, row->measure, value);
    const struct measure *complement = complement_of(join, row->measure);
    value = complement == NULL ? NULL : pair_map_get(map, complement->id, row->unit->id);
    return has_number(value) ? figure_of(join, row, complement, value) : none;
}

/* The number as it is printed, for the trend. */
static int64_t figure_number(const struct progress_row *row, const struct progress_figure *figure)
{
    int64_t number = figure->words == NULL ? INTEGER_MISSING
                                           : progress_value_number(figure->cited, figure->value);
    if (number != INTEGER_MISSING && figure->cited != row->measure)
        number = aggregate_complement(number);
    return number;
}

static void fill_target(const struct progress_join *join, struct progress_row *row)
{
    if (row->unit == NULL)
        return;
    int64_t measure = row->measure->id, unit = row->unit->id;
    const struct target *annual = pair_map_get(&join->annual, measure, unit);
    const struct target *profile = pair_map_get(&join->profile, measure, unit);
    row->target = profile != NULL ? profile : annual;
    row->annual = profile != NULL ? annual : NULL;
    row->is_target_later = profile == NULL && annual != NULL &&
                           strcmp(annual->period, join->periods.year) > 0;
}

static void fill_value(const struct progress_join *join, struct progress_row *row)
{
    if (row->unit != NULL)
        row->value = pair_map_get(&join->values, row->measure->id, row->unit->id);
    bool is_milestone = row->value != NULL && row->value->milestone != NULL;
    if (is_milestone)
        row->milestone_words = code_label(milestone_codes, row->value->milestone);
    row->figure = find_figure(join, &join->values, row);
    if (row->figure.words == NULL && !is_milestone) {
        row->missing = row->value != NULL ? row->value->missing : NULL;
        row->missing_words = row->missing == NULL ? WORDS("No value")
                                                  : code_label(missing_codes, row->missing);
        row->earlier = find_figure(join, &join->earlier, row);
    }
    if (row->figure.words != NULL && row->figure.cited != row->measure) {
        row->source = row->figure;
        row->source.words = progress_number_words(
            join->work->arena, row->figure.cited,
            progress_value_number(row->figure.cited, row->figure.value),
            row->figure.value->decimals);
    }
}

/* What rating_of_measure wants to know of the row. */
static struct return_measure return_measure_of(const struct progress_join *join,
                                               const struct progress_row *row)
{
    int64_t measure = row->measure->id, unit = row->unit == NULL ? 0 : row->unit->id;
    struct return_measure all = {
        .reference = row->reference,
        .measure = row->measure,
        .annual = row->is_target_later ? NULL : pair_map_get(&join->annual, measure, unit),
        .profile = pair_map_get(&join->profile, measure, unit),
        .minimum = pair_map_get(&join->minimum, measure, unit),
        .stretch = pair_map_get(&join->stretch, measure, unit),
        .value = row->value,
        .complement = complement_of(join, row->measure),
    };
    if (all.complement != NULL)
        all.complement_value = pair_map_get(&join->values, all.complement->id, unit);
    return all;
}

static void take_rating(struct progress_row *row, const struct computed_rating *computed)
{
    row->computed = computed->level;
    row->reasoning = computed->reasoning;
    row->refusal = rating_refusal_code(computed->refusal);
    row->is_small_base = computed->is_small_base;
    row->is_not_significant = computed->is_not_significant;
}

static bool is_broken(const struct progress_join *join, const struct measure *measure,
                      const char *earlier)
{
    struct period period;
    struct date broken;
    int start = join->progress->start_month;
    if (measure->series_break == NULL || !date_read(slice_of(measure->series_break), &broken) ||
        !period_read(slice_of(earlier), &period))
        return false;
    return date_compare(broken, period_last_day(period, start)) > 0 &&
           date_compare(broken, period_last_day(join->progress->period, start)) <= 0;
}

static void fill_trend(const struct progress_join *join, struct progress_row *row)
{
    const struct measure *measure = row->measure;
    row->before = find_figure(join, &join->values_before, row);
    row->year_before = find_figure(join, &join->values_year_before, row);
    struct trend_input input = {
        .is_cumulative = strcmp(measure->accumulation, "cumulative") == 0,
        .decimals = (int)measure->decimals,
        .materiality = INTEGER_MISSING,
        .now = figure_number(row, &row->figure),
        .before = figure_number(row, &row->before),
        .year_before = figure_number(row, &row->year_before),
        .is_broken_since_before = is_broken(join, measure, join->periods.before),
        .is_broken_since_year_before = is_broken(join, measure, join->periods.year_before),
        .lower = row->target == NULL ? INTEGER_MISSING : row->target->value,
        .upper = row->target == NULL ? INTEGER_MISSING : row->target->upper,
    };
    (void)rating_polarity_read(measure->polarity, &input.polarity);
    trend_compute(&input, &row->trend);
}

static void fill_lists(const struct progress_join *join, struct progress_row *row)
{
    const struct list *forecasts = row->unit == NULL
                                       ? NULL
                                       : pair_map_get(&join->forecasts, row->measure->id,
                                                      row->unit->id);
    const struct list *comparators = pair_map_get(&join->comparators, row->measure->id, 0);
    if (forecasts != NULL)
        row->forecasts = *forecasts;
    if (comparators != NULL)
        row->comparators = *comparators;
}

void progress_fill_row(struct progress_join *join, struct progress_row *row)
{
    struct arena *arena = join->work->arena;
    fill_target(join, row);
    fill_value(join, row);
    fill_lists(join, row);
    fill_trend(join, row);
    row->target_words = progress_target_words(arena, row->measure, row->target);
    struct return_measure all = return_measure_of(join, row);
    struct rated_measure rated = rating_of_measure(arena, &join->view, join->progress->scale, &all,
                                                   0);
    take_rating(row, &rated.computed);
    if (row->is_target_later && row->computed == NULL && row->figure.words != NULL)
        row->reasoning = arena_format(
            arena, "Not rated: the target is for %s, and the year has none of its own.",
            row->target->period);
    if (row->unit != NULL)
        row->rating = pair_map_get(&join->ratings, row->measure->id, row->unit->id);
}

/* The row has no value of its own, and needs none. */
static void take_parts(struct progress_row *row, const char *words)
{
    row->rolled_words = words;
    row->missing = row->missing_words = NULL;
}

/* The parts' numbers together. Of a percentage it is the share of the sums: percentages themselves
 * do not add, and their mean would give small parts too much weight. */
static bool add_parts(struct arena *arena, const struct progress_row *row, const struct list *parts,
                      struct aggregate *out_sum)
{
    int64_t *numbers = arena_array_of(arena, parts->count, int64_t);
    int64_t *tops = arena_array_of(arena, parts->count, int64_t);
    int64_t *bottoms = arena_array_of(arena, parts->count, int64_t);
    for (size_t i = 0; i < parts->count; i++) {
        const struct progress_row *part = parts->items[i];
        const struct value *value = part->figure.value;
        numbers[i] = figure_number(part, &part->figure);
        tops[i] = value ? value->numerator : INTEGER_MISSING;
        bottoms[i] = value ? value->denominator : INTEGER_MISSING;
        bool is_both = tops[i] != INTEGER_MISSING && bottoms[i] != INTEGER_MISSING;
        if (is_both && part->figure.cited != part->measure)
            tops[i] = bottoms[i] - tops[i]; /* the complement's */
    }
    return rating_is_percentage(row->measure)
               ? aggregate_share(tops, bottoms, parts->count, out_sum)
               : aggregate_sum(numbers, parts->count, out_sum);
}

/* "The sum of 3 parts is 12", "Of 40 in 2 parts, 10 are 25%"; and whether parts are missing. */
static const char *sum_words(struct arena *arena, const struct progress_row *row,
                             const struct aggregate *sum)
{
    const char *printed = progress_number_words(arena, row->measure, sum->value, INTEGER_MISSING);
    const char *further = sum->missing > 0 ? ", and further parts have no value" : "";
    if (sum->denominator == INTEGER_MISSING)
        return arena_format(arena, "The sum of %zu parts is %s%s.", sum->present, printed, further);
    return arena_format(arena, "%s of %s in %zu parts together are %s%s.",
                        number_print_short(arena, sum->numerator),
                        number_print_short(arena, sum->denominator), sum->present, printed,
                        further);
}

/* The sum of the parts as if it were the row's own value, rated. */
static void roll_sum(struct progress_join *join, struct progress_row *row, const struct list *parts)
{
    struct arena *arena = join->work->arena;
    struct aggregate sum;
    if (!add_parts(arena, row, parts, &sum) || sum.value == INTEGER_MISSING) {
        if (rating_is_percentage(row->measure))
            row->reasoning =
                "Not rated: percentages of parts do not add up; give the numerator and "
                "the denominator of each part.";
        return;
    }
    struct value *value = entity_row(arena, &value_entity);
    value->value = sum.value;
    value->numerator = sum.numerator;
    value->denominator = sum.denominator;
    value->decimals = row->measure->decimals;
    struct return_measure all = return_measure_of(join, row);
    all.value = value;
    struct rated_measure rated = rating_of_measure(arena, &join->view, join->progress->scale, &all,
                                                   0);
    take_rating(row, &rated.computed);
    take_parts(row, progress_number_words(arena, row->measure, sum.value, INTEGER_MISSING));
    row->reasoning = arena_format(arena, "%s %s", sum_words(arena, row, &sum),
                                  rated.computed.reasoning);
}

static void roll_row(struct progress_join *join, struct progress_row *row, const char *roll_up,
                     const struct list *parts)
{
    struct arena *arena = join->work->arena;
    enum rating_roll_up kind = RATING_ROLL_NONE;
    if (parts->count == 0 || !rating_roll_up_read(roll_up, &kind) || kind == RATING_ROLL_NONE ||
        kind == RATING_ROLL_MANUAL)
        return;
    if (kind == RATING_ROLL_SUM) {
        roll_sum(join, row, parts);
        return;
    }
    const struct scale_level **levels = arena_array_of(arena, parts->count,
                                                       const struct scale_level *);
    for (size_t i = 0; i < parts->count; i++)
        levels[i] = ((const struct progress_row *)parts->items[i])->computed;
    struct rating_rolled rolled;
    rating_roll(arena, join->progress->scale, kind, levels, parts->count, &rolled);
    row->computed = rolled.level;
    if (rolled.level != NULL)
        take_parts(row, WORDS("From its parts"));
    row->reasoning = rolled.reasoning;
    row->refusal = rating_refusal_code(rolled.refusal);
}

/* The rows of the same measure and objective for other units. */
static struct list other_units(const struct progress_join *join, const struct pair_map *by_measure,
                               const struct progress_row *row)
{
    struct list others = { 0 };
    const struct list *all = pair_map_get(by_measure, row->measure->id,
                                          row->objective->objective->id);
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        const struct progress_row *other = all->items[i];
        if (other != row && strcmp(other->reference, row->reference) == 0)
            list_add(join->work->arena, &others, all->items[i]);
    }
    return others;
}

void progress_roll_up(struct progress_join *join)
{
    struct arena *arena = join->work->arena;
    const struct list *rows = &join->progress->rows;
    struct pair_map by_measure = pair_map_new(arena, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        struct progress_row *row = rows->items[i];
        struct list *same = pair_map_get(&by_measure, row->measure->id,
                                         row->objective->objective->id);
        if (same == NULL) {
            same = arena_new_of(arena, struct list);
            pair_map_put(&by_measure, row->measure->id, row->objective->objective->id, same);
        }
        list_add(arena, same, row);
    }
    for (size_t i = rows->count; i-- > 0;) { /* parts stand below what they are part of */
        struct progress_row *row = rows->items[i];
        if (row->computed != NULL || row->figure.words != NULL || row->milestone_words != NULL)
            continue;
        const struct progress_supplier *supplier = row->unit == NULL
                                                       ? NULL
                                                       : pair_map_get(&join->suppliers,
                                                                      row->measure->id,
                                                                      row->unit->id);
        if (row->parts.count > 0) {
            roll_row(join, row, row->measure->roll_up, &row->parts);
        } else if (supplier != NULL && strcmp(supplier->roll_up, "none") != 0) {
            struct list others = other_units(join, &by_measure, row);
            roll_row(join, row, supplier->roll_up, &others);
        }
    }
}

/* What the directorate declared: its stored rating, else what its return prints. */
static void take_declared(const struct progress_join *join, struct progress_row *row)
{
    const char *declared = row->rating != NULL ? row->rating->declared
                           : row->narrative != NULL && row->parts.count == 0
                               ? row->narrative->row->declared
                               : NULL;
    if (declared == NULL)
        return;
    row->declared = rating_declared(join->progress->scale, declared);
    if (row->declared == NULL)
        row->declared_words = declared;
}

void progress_compare(const struct progress_join *join, struct progress_row *row)
{
    take_declared(join, row);
    if (row->declared != NULL && row->computed != NULL)
        row->agreement = row->declared == row->computed ? PROGRESS_AGREES : PROGRESS_DIFFERS;
    else if (row->declared != NULL)
        row->agreement = PROGRESS_DECLARED;
    else if (row->computed != NULL)
        row->agreement = PROGRESS_COMPUTED;
    else
        row->agreement = PROGRESS_NEITHER;
    if (row->agreement == PROGRESS_DIFFERS)
        row->declared_reason = row->rating != NULL && row->rating->declared_reason != NULL
                                   ? row->rating->declared_reason
                                   : "no reason given";
}
