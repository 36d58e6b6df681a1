/* Sorted where it stands, by digits from the highest one in which rates differ: a ranking of
 * millions is large, and a second one beside it would be as large again. */
#include "stats/pay_rank.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/banned.h"

enum { DIGIT_BITS = 8, DIGIT_VALUES = 1 << DIGIT_BITS, KEY_BITS = 64, FEW = 32, WORD_BITS = 64 };
_Static_assert(PAY_MOST_PEOPLE <= 1LL << (32 - PAY_GROUP_BITS), "so that a person fits");
_Static_assert(PAY_MOST_GROUPS < (1 << PAY_GROUP_BITS) - 1, "so that a group fits");

static void swap(struct pay_ranked *left, struct pay_ranked *right)
{
    struct pay_ranked held = *left;
    *left = *right;
    *right = held;
}

static void sort_few(struct pay_ranked *ranked, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct pay_ranked held = ranked[i];
        size_t at = i;
        for (; at > 0 && pay_ranked_rate(&ranked[at - 1]) > pay_ranked_rate(&held); at--)
            ranked[at] = ranked[at - 1];
        ranked[at] = held;
    }
}

static unsigned digit_of(const struct pay_ranked *ranked, int shift)
{
    return (unsigned)((uint64_t)pay_ranked_rate(ranked) >> shift) % DIGIT_VALUES;
}

/* Puts everybody into the place of their digit; `ends` get where each digit's ends. */
static void put_by_digit(struct pay_ranked *ranked, size_t count, int shift,
                         size_t ends[DIGIT_VALUES])
{
    size_t next[DIGIT_VALUES], counts[DIGIT_VALUES] = { 0 }, before = 0;
    for (size_t i = 0; i < count; i++)
        counts[digit_of(&ranked[i], shift)]++;
    for (unsigned digit = 0; digit < DIGIT_VALUES; digit++) {
        next[digit] = before;
        before += counts[digit];
        ends[digit] = before;
    }
    for (unsigned digit = 0; digit < DIGIT_VALUES; digit++)
        while (next[digit] < ends[digit]) {
            struct pay_ranked *here = &ranked[next[digit]];
            unsigned own = digit_of(here, shift);
            if (own == digit)
                next[digit]++;
            else
                swap(here, &ranked[next[own]++]);
        }
}

static void sort(struct pay_ranked *ranked, size_t count)
{
    size_t ends[DIGIT_VALUES];
    uint64_t differs = 0;
    if (count <= FEW) {
        sort_few(ranked, count);
        return;
    }
    for (size_t i = 1; i < count; i++)
        differs |= (uint64_t)(pay_ranked_rate(&ranked[i]) ^ pay_ranked_rate(&ranked[0]));
    if (differs == 0)
        return;
    int bits = KEY_BITS - __builtin_clzll(differs);
    int shift = bits > DIGIT_BITS ? bits - DIGIT_BITS : 0;
    put_by_digit(ranked, count, shift, ends);
    for (unsigned digit = 0; shift > 0 && digit < DIGIT_VALUES; digit++) {
        size_t start = digit > 0 ? ends[digit - 1] : 0;
        sort(ranked + start, ends[digit] - start);
    }
}

static bool is_amount(int64_t amount)
{
    return amount != INTEGER_MISSING && amount > 0;
}

/* Paid in the pay period. */
static int64_t bonus_of(const struct pay_columns *columns, uint32_t person)
{
    return pay_numbers_are(&columns->bonus) ? pay_number(&columns->bonus, person) : INTEGER_MISSING;
}

static void elements_of(const struct pay_columns *columns, uint32_t person,
                        struct pay_elements *out_elements)
{
    *out_elements = (struct pay_elements){
        .ordinary = pay_number(&columns->ordinary, person),
        .days = pay_numbers_are(&columns->own_days) ? pay_number(&columns->own_days, person)
                                                    : columns->days,
        .hours = pay_numbers_are(&columns->hours) ? pay_number(&columns->hours, person) : 0,
        .weeks = columns->weeks ? columns->weeks[person] : 1,
    };
    int64_t bonus = bonus_of(columns, person);
    if (is_amount(bonus))
        out_elements->bonuses[out_elements->bonus_count++] = (struct pay_bonus){
            bonus, columns->bonus_days
        };
}

struct pay_fraction pay_rank_rate(const struct pay_columns *columns, uint32_t person)
{
    struct pay_elements elements;
    struct pay_fraction rate = { 0, 1 };
    elements_of(columns, person, &elements);
    bool has_rate = pay_rate_of(&elements, &rate);
    assert(has_rate);
    return rate;
}

static enum pay_standing standing_of_hours(const struct pay_columns *columns, uint32_t person)
{
    int64_t hours = pay_number(&columns->hours, person);
    int64_t weeks = columns->weeks ? columns->weeks[person] : 1;
    if (hours == INTEGER_MISSING)
        return PAY_HOURS_MISSING;
    if (hours <= 0 || weeks <= 0 || hours > PAY_MOST_HOURS * NUMBER_ONE * weeks)
        return PAY_HOURS_REFUSED;
    return PAY_COUNTED;
}

/* The standing of a person by pay, whatever the group; with PAY_COUNTED also the rate. */
static enum pay_standing standing_of(const struct pay_columns *columns, uint32_t person,
                                     int64_t *out_nano, bool *out_is_exact)
{
    struct pay_elements elements;
    struct pay_fraction rate;
    if (columns->reduced && columns->reduced[person])
        return PAY_REDUCED;
    int64_t bonus = bonus_of(columns, person);
    bool has_bonus = is_amount(bonus);
    int64_t pay = pay_number(&columns->ordinary, person);
    if (pay == INTEGER_MISSING)
        return PAY_MISSING;
    if (pay < 0)
        return PAY_NEGATIVE;
    if (pay == 0 && !has_bonus)
        return PAY_NIL;
    if (pay > PAY_MOST || (has_bonus && bonus > PAY_MOST))
        return PAY_TOO_LARGE;
    enum pay_standing hours = pay_numbers_are(&columns->hours) ? standing_of_hours(columns, person)
                                                               : PAY_COUNTED;
    if (hours != PAY_COUNTED)
        return hours;
    elements_of(columns, person, &elements);
    if (elements.days <= 0)
        return PAY_MISSING;
    if (!pay_rate_of(&elements, &rate) || !pay_rate_nano(rate, out_nano))
        return PAY_TOO_LARGE;
    *out_is_exact = (uint64_t)PAY_NANO % rate.bottom == 0;
    return PAY_COUNTED;
}

static struct pay_ranked ranked_at(const struct pay_columns *columns, int64_t nano, uint32_t person)
{
    bool has_group = columns->group[person] < columns->group_count;
    return pay_ranked_new(nano, person, has_group ? columns->group[person] : PAY_NO_GROUP);
}

static void rank_rates(struct arena *arena, const struct pay_columns *columns,
                       struct pay_ranking *ranking)
{
    ranking->ranked = arena_take_raw(arena, (columns->count + 1) * sizeof *ranking->ranked);
    ranking->is_ranked = arena_array_of(arena, columns->count / WORD_BITS + 1, uint64_t);
    ranking->is_exact = true;
    for (uint32_t person = 0; person < columns->count; person++) {
        int64_t nano = 0;
        bool is_exact = true, has_group = columns->group[person] < columns->group_count;
        enum pay_standing standing = standing_of(columns, person, &nano, &is_exact);
        ranking->standing[has_group ? standing : PAY_GROUP_UNKNOWN]++;
        if (standing != PAY_COUNTED)
            continue;
        ranking->is_exact &= is_exact;
        ranking->is_ranked[person / WORD_BITS] |= UINT64_C(1) << person % WORD_BITS;
        ranking->ranked[ranking->count++] = ranked_at(columns, nano, person);
    }
    sort(ranking->ranked, ranking->count);
}

/* The year's bonus of somebody who has a group; else no amount. */
static int64_t year_bonus_of(const struct pay_columns *columns, uint32_t person)
{
    bool has_group = columns->group[person] < columns->group_count;
    return has_group ? pay_number(&columns->bonus_year, person) : INTEGER_MISSING;
}

static void rank_bonuses(struct arena *arena, const struct pay_columns *columns,
                         struct pay_ranking *ranking)
{
    if (!pay_numbers_are(&columns->bonus_year))
        return;
    for (uint32_t person = 0; person < columns->count; person++)
        ranking->bonus_count += is_amount(year_bonus_of(columns, person));
    ranking->bonuses = arena_take_raw(arena, (ranking->bonus_count + 1) * sizeof *ranking->bonuses);
    size_t at = 0;
    for (uint32_t person = 0; person < columns->count; person++) {
        int64_t bonus = year_bonus_of(columns, person);
        if (is_amount(bonus))
            ranking->bonuses[at++] = ranked_at(columns, bonus, person);
    }
    sort(ranking->bonuses, ranking->bonus_count);
}

void pay_rank(struct arena *arena, const struct pay_columns *columns,
              struct pay_ranking *out_ranking)
{
    assert(columns->count <= PAY_MOST_PEOPLE && columns->group_count <= PAY_MOST_GROUPS);
    assert(columns->tie_places >= 0 && columns->tie_places <= NUMBER_PLACES);
    *out_ranking = (struct pay_ranking){ .columns = columns };
    rank_rates(arena, columns, out_ranking);
    rank_bonuses(arena, columns, out_ranking);
}

int64_t pay_rank_tie(const struct pay_columns *columns, const struct pay_ranked *ranked)
{
    static const int64_t units[] = {
        1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000
    };
    int64_t unit = units[columns->tie_places];
    int64_t rate = pay_ranked_rate(ranked), whole = rate / unit, rest = rate % unit;
    /* A rate that was rounded to just half a unit may be above or below it. */
    if (rest == unit / 2)
        return pay_rate_round(pay_rank_rate(columns, pay_ranked_person(ranked)), PAY_NANO / unit);
    return whole + (rest > unit / 2);
}

static bool is_ranked(const struct pay_ranking *ranking, uint32_t person)
{
    return ranking->is_ranked[person / WORD_BITS] >> person % WORD_BITS & 1;
}

/* From how many each unit has, in starts[unit + 1], where each begins. */
static size_t *begin_units(struct arena *arena, size_t *starts, size_t unit_count)
{
    size_t *next = arena_array_of(arena, unit_count + 1, size_t);
    for (size_t unit = 0; unit < unit_count; unit++)
        starts[unit + 1] += starts[unit];
    memcpy(next, starts, unit_count * sizeof *next);
    return next;
}

/* Person after person once more: the columns are read in their order, which costs less than to look
 * each person of the ranking up in them. */
static size_t *rates_by_unit(struct arena *arena, struct pay_ranking *ranking,
                             const struct column *units, size_t unit_count)
{
    const struct pay_columns *columns = ranking->columns;
    size_t *starts = arena_array_of(arena, unit_count + 1, size_t);
    for (uint32_t person = 0; person < columns->count; person++)
        starts[column_code(units, person) + 1] += is_ranked(ranking, person);
    size_t *next = begin_units(arena, starts, unit_count);
    for (uint32_t person = 0; person < columns->count; person++) {
        int64_t nano = 0;
        bool is_exact = true;
        if (!is_ranked(ranking, person))
            continue;
        enum pay_standing standing = standing_of(columns, person, &nano, &is_exact);
        assert(standing == PAY_COUNTED); /* as it was before */
        ranking->ranked[next[column_code(units, person)]++] = ranked_at(columns, nano, person);
    }
    for (size_t unit = 0; unit < unit_count; unit++)
        sort(ranking->ranked + starts[unit], starts[unit + 1] - starts[unit]);
    return starts;
}

static size_t *bonuses_by_unit(struct arena *arena, struct pay_ranking *ranking,
                               const struct column *units, size_t unit_count)
{
    const struct pay_columns *columns = ranking->columns;
    size_t *starts = arena_array_of(arena, unit_count + 1, size_t);
    size_t count = ranking->bonus_count > 0 ? columns->count : 0;
    for (uint32_t person = 0; person < count; person++)
        starts[column_code(units, person) + 1] += is_amount(year_bonus_of(columns, person));
    size_t *next = begin_units(arena, starts, unit_count);
    for (uint32_t person = 0; person < count; person++) {
        int64_t bonus = year_bonus_of(columns, person);
        if (is_amount(bonus))
            ranking->bonuses[next[column_code(units, person)]++] = ranked_at(columns, bonus,
                                                                             person);
    }
    for (size_t unit = 0; unit < unit_count; unit++)
        sort(ranking->bonuses + starts[unit], starts[unit + 1] - starts[unit]);
    return starts;
}

struct pay_places pay_rank_by_unit(struct arena *arena, struct pay_ranking *ranking,
                                   const struct column *units, size_t unit_count)
{
    return (struct pay_places){ rates_by_unit(arena, ranking, units, unit_count),
                                bonuses_by_unit(arena, ranking, units, unit_count) };
}
