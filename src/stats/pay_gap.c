/* Regulation: SI 2017/353, Schedule 1. Top 5% of earners: Best Value performance indicator 11. */
#include "stats/pay_gap.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/number.h"
#include "stats/exact_sum.h"
#include "base/banned.h"

enum {
    TENTHS = 1000,      /* a whole, in tenths of a per cent */
    TOP_SHARE = 20,     /* a twentieth is 5% */
    LEAST_LEVEL = 1000, /* a mean of so few of the ranking's units is nothing */
};

/* Two levels as a comparison needs them: value = sum / count, in the ranking's unit. */
struct compared {
    ratio_wide sum;
    int64_t count;
};

/* 1000 (a - b) / a, rounded half away from zero. a is above 0. */
static int64_t tenths_of(struct compared a, struct compared b)
{
    ratio_wide bottom = a.sum * b.count;
    ratio_wide top = TENTHS * (bottom - b.sum * a.count);
    ratio_wide size = top < 0 ? -top : top;
    ratio_wide whole = size / bottom, rest = size % bottom;
    whole += rest >= bottom - rest;
    return (int64_t)(top < 0 ? -whole : whole);
}

/* Who makes a level: a group of a part, by mean or by the two middle values. */
struct makers {
    const struct pay_columns *columns;
    const struct pay_ranked *ranked;
    size_t count;
    uint8_t group;
    bool is_median;
};

static int by_rate(const void *a, const void *b)
{
    const struct exact_term *left = a, *right = b;
    return pay_rate_compare((struct pay_fraction){ left->top, left->bottom },
                            (struct pay_fraction){ right->top, right->bottom });
}

static struct exact_term term_of(const struct makers *makers, size_t index)
{
    struct pay_fraction rate = pay_rank_rate(makers->columns,
                                             pay_ranked_person(&makers->ranked[index]));
    return (struct exact_term){ rate.top, rate.bottom };
}

/* The exact rate at a place of the group's ranking, from 0: rates that were rounded to the same
 * are put in order first. */
static struct exact_term term_at(struct arena *arena, const struct makers *makers, size_t place)
{
    size_t first = 0, seen = 0, same = 0;
    int64_t nano = -1;
    for (size_t i = 0; i < makers->count && seen <= place; i++) {
        if (pay_ranked_group(&makers->ranked[i]) != makers->group)
            continue;
        if (pay_ranked_rate(&makers->ranked[i]) != nano) {
            first = i;
            same = 0;
            nano = pay_ranked_rate(&makers->ranked[i]);
        }
        seen++;
        same++;
    }
    size_t within = same - 1, count = 0;
    for (size_t i = first; i < makers->count && pay_ranked_rate(&makers->ranked[i]) == nano; i++)
        count += pay_ranked_group(&makers->ranked[i]) == makers->group;
    struct exact_term *terms = arena_array_of(arena, count, struct exact_term);
    count = 0;
    for (size_t i = first; i < makers->count && pay_ranked_rate(&makers->ranked[i]) == nano; i++)
        if (pay_ranked_group(&makers->ranked[i]) == makers->group)
            terms[count++] = term_of(makers, i);
    qsort(terms, count, sizeof *terms, by_rate);
    return terms[within];
}

/* The fractions whose sum the level is made from. */
static struct exact_side side_of(struct arena *arena, const struct makers *makers)
{
    size_t people = 0;
    for (size_t i = 0; i < makers->count; i++)
        people += pay_ranked_group(&makers->ranked[i]) == makers->group;
    struct exact_term *terms = arena_array_of(arena, people + 2, struct exact_term);
    size_t count = 0;
    if (makers->is_median) {
        terms[count++] = term_at(arena, makers, (people - 1) / 2);
        terms[count++] = term_at(arena, makers, people / 2);
    } else {
        for (size_t i = 0; i < makers->count; i++)
            if (pay_ranked_group(&makers->ranked[i]) == makers->group)
                terms[count++] = term_of(makers, i);
    }
    return (struct exact_side){ terms, exact_sum_gather(terms, count), 0 };
}

/* Settles between `low` and the higher tenths, one bound after the other: the gap is at or past k/2
 * tenths where (2000 - k) a >= 2000 b, with k odd. Just at a bound it goes away from zero. */
static void settle(struct arena *arena, const struct makers *makers, const struct compared *levels,
                   int64_t high, struct pay_gap *gap)
{
    struct makers other = *makers;
    struct arena_mark mark = arena_mark(arena);
    other.group = 0;
    struct exact_side first = side_of(arena, &other);
    struct exact_side second = side_of(arena, makers);
    for (; gap->tenths < high; gap->tenths++) {
        int64_t bound = 2 * gap->tenths + 1;
        int sign = 0;
        second.factor = 2 * TENTHS * (uint64_t)levels[0].count;
        gap->is_unproven = __builtin_mul_overflow((uint64_t)(2 * TENTHS - bound),
                                                  (uint64_t)levels[1].count, &first.factor) ||
                           !exact_sum_compare(arena, first, second, &sign);
        if (gap->is_unproven || sign < 0 || (sign == 0 && bound < 0))
            break;
    }
    arena_return(arena, mark);
}

/* `levels` are the comparator's and the group's. A quick answer, and where rates are rounded the
 * answers at both ends of the error: half a unit for each person. */
static struct pay_gap gap_of(struct arena *arena, const struct makers *makers,
                             const struct compared *levels, bool is_exact)
{
    struct pay_gap gap = { .state = PAY_GAP_GIVEN };
    struct compared a = levels[0], b = levels[1];
    if (is_exact) {
        gap.tenths = tenths_of(a, b);
        return gap;
    }
    struct compared least_a = { 2 * a.sum - a.count, 2 * a.count };
    struct compared most_a = { 2 * a.sum + a.count, 2 * a.count };
    struct compared least_b = { 2 * b.sum - b.count, 2 * b.count };
    struct compared most_b = { 2 * b.sum + b.count, 2 * b.count };
    gap.tenths = tenths_of(least_a, most_b);
    int64_t high = tenths_of(most_a, least_b);
    if (gap.tenths != high)
        settle(arena, makers, levels, high, &gap);
    if (gap.is_unproven)
        gap.tenths = tenths_of(a, b);
    return gap;
}

static enum pay_gap_state state_of(const struct pay_level *first, const struct pay_level *second,
                                   int64_t least)
{
    if (first->sum <= LEAST_LEVEL * (ratio_wide)first->people)
        return PAY_GAP_NO_COMPARATOR;
    if (second->people == 0)
        return PAY_GAP_NOBODY;
    return first->people < least || second->people < least ? PAY_GAP_TOO_SMALL : PAY_GAP_GIVEN;
}

static struct compared mean_of(const struct pay_level *level)
{
    return (struct compared){ level->sum, level->people };
}

static struct compared median_of(const struct pay_level *level)
{
    return (struct compared){ (ratio_wide)level->middle[0] + level->middle[1], 2 };
}

/* Numbers and sums first, then the middle ones. */
static void levels_of(const struct pay_ranked *ranked, size_t count, size_t group_count,
                      struct pay_level levels[PAY_MOST_GROUPS])
{
    int64_t seen[PAY_MOST_GROUPS] = { 0 };
    for (size_t group = 0; group < group_count; group++)
        levels[group] = (struct pay_level){ 0 };
    for (size_t i = 0; i < count; i++) {
        uint8_t group = pay_ranked_group(&ranked[i]);
        if (group < group_count) {
            levels[group].people++;
            levels[group].sum += pay_ranked_rate(&ranked[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        uint8_t group = pay_ranked_group(&ranked[i]);
        if (group >= group_count)
            continue;
        struct pay_level *level = &levels[group];
        if (seen[group] == (level->people - 1) / 2)
            level->middle[0] = pay_ranked_rate(&ranked[i]);
        if (seen[group] == level->people / 2)
            level->middle[1] = pay_ranked_rate(&ranked[i]);
        seen[group]++;
    }
}

static void fill_gaps(struct arena *arena, const struct pay_ranking *ranking,
                      const struct pay_part *part, struct pay_figures *figures)
{
    const struct pay_columns *columns = ranking->columns;
    const struct pay_group_figures *first = &figures->groups[0];
    for (size_t g = 1; g < columns->group_count; g++) {
        struct pay_group_figures *group = &figures->groups[g];
        struct makers makers = { columns, part->ranked, part->count, (uint8_t)g, false };
        group->mean_gap.state = state_of(&first->pay, &group->pay, part->least_people);
        group->median_gap.state = group->mean_gap.state;
        if (group->mean_gap.state == PAY_GAP_GIVEN) {
            struct compared means[] = { mean_of(&first->pay), mean_of(&group->pay) };
            struct compared medians[] = { median_of(&first->pay), median_of(&group->pay) };
            group->mean_gap = gap_of(arena, &makers, means, ranking->is_exact);
            makers.is_median = true;
            group->median_gap = gap_of(arena, &makers, medians, ranking->is_exact);
        }
        group->mean_bonus_gap.state = pay_numbers_are(&columns->bonus_year)
                                          ? state_of(&first->bonus, &group->bonus,
                                                     part->least_people)
                                          : PAY_GAP_NOT_KNOWN;
        group->median_bonus_gap.state = group->mean_bonus_gap.state;
        if (group->mean_bonus_gap.state == PAY_GAP_GIVEN) {
            group->mean_bonus_gap.tenths = tenths_of(mean_of(&first->bonus),
                                                     mean_of(&group->bonus));
            group->median_bonus_gap.tenths = tenths_of(median_of(&first->bonus),
                                                       median_of(&group->bonus));
        }
    }
}

static int64_t full_time_of(const struct pay_columns *columns, uint32_t person)
{
    int64_t share = pay_numbers_are(&columns->full_time) ? pay_number(&columns->full_time, person)
                                                         : NUMBER_ONE;
    return share == INTEGER_MISSING || share < 0 ? 0 : share;
}

/* Somebody whose contract is too short is nowhere near the top, whatever the pay. */
static bool is_passing(const struct pay_columns *columns, uint32_t person)
{
    return columns->is_passing && columns->is_passing[person];
}

/* From the best paid down until 5% of all full-time equivalents, with everybody on the pay of the
 * last one taken. */
static void fill_top(const struct pay_columns *columns, const struct pay_part *part,
                     struct pay_figures *figures)
{
    int64_t all = 0, rate = -1;
    for (size_t i = 0; i < part->count; i++) {
        uint32_t person = pay_ranked_person(&part->ranked[i]);
        if (!is_passing(columns, person))
            all += full_time_of(columns, person);
    }
    for (size_t i = part->count; i-- > 0 && all > 0;) {
        const struct pay_ranked *ranked = &part->ranked[i];
        int64_t tie = pay_rank_tie(columns, ranked);
        uint32_t person = pay_ranked_person(ranked);
        uint8_t group = pay_ranked_group(ranked);
        if (is_passing(columns, person))
            continue;
        if (tie != rate && figures->top_full_time >= (all + TOP_SHARE - 1) / TOP_SHARE)
            break;
        int64_t share = full_time_of(columns, person);
        rate = tie;
        figures->top_rate = pay_ranked_rate(ranked);
        figures->top_people++;
        figures->top_full_time += share;
        if (group < columns->group_count) {
            figures->groups[group].top_people++;
            figures->groups[group].top_full_time += share;
        }
    }
}

void pay_gap_figures(struct arena *arena, const struct pay_ranking *ranking, struct pay_part part,
                     struct pay_figures *out_figures)
{
    struct pay_level levels[PAY_MOST_GROUPS];
    size_t group_count = ranking->columns->group_count;
    *out_figures = (struct pay_figures){ 0 };
    out_figures->groups = arena_array_of(arena, group_count, struct pay_group_figures);
    levels_of(part.ranked, part.count, group_count, levels);
    for (size_t group = 0; group < group_count; group++) {
        out_figures->groups[group].pay = levels[group];
        out_figures->groups[group].relevant = part.relevant[group];
    }
    levels_of(part.bonuses, part.bonus_count, group_count, levels);
    for (size_t group = 0; group < group_count; group++)
        out_figures->groups[group].bonus = levels[group];
    fill_gaps(arena, ranking, &part, out_figures);
    pay_bands_fill(arena, ranking->columns, part.ranked, part.count, &out_figures->bands);
    fill_top(ranking->columns, &part, out_figures);
}

void pay_gap_relevant(const struct pay_columns *columns, const struct column *units,
                      int64_t *out_relevant)
{
    for (size_t person = 0; person < columns->count; person++)
        if (columns->group[person] < columns->group_count)
            out_relevant[(units ? column_code(units, (int64_t)person) : 0) * columns->group_count +
                         columns->group[person]]++;
}
