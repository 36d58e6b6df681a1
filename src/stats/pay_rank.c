/* Sorted by digits of the rate, the lowest first; a digit in which all agree is passed over. */
#include "stats/pay_rank.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/region.h"
#include "base/banned.h"

enum { DIGIT_BITS = 11, DIGIT_VALUES = 1 << DIGIT_BITS, KEY_BITS = 64, FEW = 48 };

static void sort_few(struct pay_ranked *ranked, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct pay_ranked held = ranked[i];
        size_t at = i;
        for (; at > 0 && ranked[at - 1].nano > held.nano; at--)
            ranked[at] = ranked[at - 1];
        ranked[at] = held;
    }
}

/* Moves the items to `to` in the order of one digit; false when all have the same. */
static bool sort_by_digit(const struct pay_ranked *from, size_t count, int shift,
                          struct pay_ranked *to)
{
    size_t places[DIGIT_VALUES] = { 0 };
    for (size_t i = 0; i < count; i++)
        places[((uint64_t)from[i].nano >> shift) % DIGIT_VALUES]++;
    if (places[((uint64_t)from[0].nano >> shift) % DIGIT_VALUES] == count)
        return false;
    size_t before = 0;
    for (size_t value = 0; value < DIGIT_VALUES; value++) {
        size_t here = places[value];
        places[value] = before;
        before += here;
    }
    for (size_t i = 0; i < count; i++)
        to[places[((uint64_t)from[i].nano >> shift) % DIGIT_VALUES]++] = from[i];
    return true;
}

/* Sorts by rate, keeping the order of equals. The room for it is given back at once: a ranking of
 * millions is large. */
static void sort(struct pay_ranked *ranked, size_t count)
{
    CLEANUP_REGION struct region room = { NULL, 0 };
    uint64_t most = 0;
    if (count <= FEW) {
        sort_few(ranked, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        most |= (uint64_t)ranked[i].nano;
    region_reach(&room, count * sizeof *ranked);
    struct pay_ranked *from = ranked, *to = room.bytes;
    for (int shift = 0; shift < KEY_BITS && most >> shift != 0; shift += DIGIT_BITS)
        if (sort_by_digit(from, count, shift, to)) {
            struct pay_ranked *held = from;
            from = to;
            to = held;
        }
    if (from != ranked)
        memcpy(ranked, from, count * sizeof *ranked);
}

static bool is_amount(int64_t amount)
{
    return amount != INTEGER_MISSING && amount > 0;
}

static void elements_of(const struct pay_columns *columns, uint32_t person,
                        struct pay_elements *out_elements)
{
    *out_elements = (struct pay_elements){
        .ordinary = columns->ordinary[person],
        .days = columns->person_days ? columns->person_days[person] : columns->days,
        .hours = columns->hours ? columns->hours[person] : 0,
        .weeks = columns->weeks ? columns->weeks[person] : 1,
    };
    if (columns->bonus && is_amount(columns->bonus[person]))
        out_elements->bonuses[out_elements->bonus_count++] = (struct pay_bonus){
            columns->bonus[person], columns->bonus_days
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
    int64_t hours = columns->hours[person];
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
    bool has_bonus = columns->bonus && is_amount(columns->bonus[person]);
    int64_t pay = columns->ordinary[person];
    if (pay == INTEGER_MISSING)
        return PAY_MISSING;
    if (pay < 0)
        return PAY_NEGATIVE;
    if (pay == 0 && !has_bonus)
        return PAY_NIL;
    if (pay > PAY_MOST || (has_bonus && columns->bonus[person] > PAY_MOST))
        return PAY_TOO_LARGE;
    enum pay_standing hours = columns->hours ? standing_of_hours(columns, person) : PAY_COUNTED;
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

static void rank_rates(struct arena *arena, const struct pay_columns *columns,
                       struct pay_ranking *ranking)
{
    ranking->ranked = arena_take_raw(arena, (columns->count + 1) * sizeof *ranking->ranked);
    ranking->is_exact = true;
    for (uint32_t person = 0; person < columns->count; person++) {
        int64_t nano = 0;
        bool is_exact = true, has_group = columns->group[person] < columns->group_count;
        enum pay_standing standing = standing_of(columns, person, &nano, &is_exact);
        ranking->standing[has_group ? standing : PAY_GROUP_UNKNOWN]++;
        if (standing != PAY_COUNTED)
            continue;
        ranking->is_exact &= is_exact;
        ranking->ranked[ranking->count++] = (struct pay_ranked){ nano, person,
                                                                 has_group ? columns->group[person]
                                                                           : PAY_NO_GROUP };
    }
    sort(ranking->ranked, ranking->count);
}

static void rank_bonuses(struct arena *arena, const struct pay_columns *columns,
                         struct pay_ranking *ranking)
{
    if (!columns->bonus_year)
        return;
    for (size_t person = 0; person < columns->count; person++)
        ranking->bonus_count += is_amount(columns->bonus_year[person]) &&
                                columns->group[person] < columns->group_count;
    ranking->bonuses = arena_take_raw(arena, (ranking->bonus_count + 1) * sizeof *ranking->bonuses);
    size_t at = 0;
    for (uint32_t person = 0; person < columns->count; person++)
        if (is_amount(columns->bonus_year[person]) && columns->group[person] < columns->group_count)
            ranking->bonuses[at++] = (struct pay_ranked){ columns->bonus_year[person], person,
                                                          columns->group[person] };
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
    int64_t whole = ranked->nano / unit, rest = ranked->nano % unit;
    /* A rate that was rounded to just half a unit may be above or below it. */
    if (rest == unit / 2)
        return pay_rate_round(pay_rank_rate(columns, ranked->person), PAY_NANO / unit);
    return whole + (rest > unit / 2);
}

struct pay_split pay_rank_split(struct arena *arena, const struct pay_ranked *ranked, size_t count,
                                const uint32_t *units, size_t unit_count)
{
    struct pay_split split = { arena_take_raw(arena, (count + 1) * sizeof *split.ranked),
                               arena_array_of(arena, unit_count + 1, size_t) };
    size_t *next = arena_array_of(arena, unit_count + 1, size_t);
    for (size_t i = 0; i < count; i++)
        split.starts[units[ranked[i].person] + 1]++;
    for (size_t unit = 0; unit < unit_count; unit++)
        split.starts[unit + 1] += split.starts[unit];
    memcpy(next, split.starts, unit_count * sizeof *next);
    for (size_t i = 0; i < count; i++)
        split.ranked[next[units[ranked[i].person]]++] = ranked[i];
    return split;
}
