/* One walk along the ranking, rate by rate. */
#include "stats/pay_bands.h"

#include <stdbool.h>

#include "base/arena.h"
#include "base/banned.h"

/* Sizes of the bands of n people: as equal as can be. One left over goes to the lower band; two to
 * the lower and the upper middle; three to all but the top. */
static void pay_bands_sizes(int64_t count, int64_t out_sizes[PAY_QUARTERS])
{
    static const bool extra[PAY_QUARTERS][PAY_QUARTERS] = {
        { false, false, false, false },
        { true, false, false, false },
        { true, false, true, false },
        { true, true, true, false },
    };
    for (int band = 0; band < PAY_QUARTERS; band++)
        out_sizes[band] = count / PAY_QUARTERS + extra[count % PAY_QUARTERS][band];
}

/* Shares `people` among bands with `places` free, of `all` together: floor first, then the largest
 * remainders. The sum of places is `all`, and people <= all, so each share fits. */
static void share_out(int64_t people, int64_t all, const int64_t places[PAY_QUARTERS],
                      int64_t out_shares[PAY_QUARTERS])
{
    int64_t remainders[PAY_QUARTERS], left = people;
    for (int band = 0; band < PAY_QUARTERS; band++) {
        out_shares[band] = places[band] * people / all;
        remainders[band] = places[band] * people % all;
        left -= out_shares[band];
    }
    for (; left > 0; left--) {
        int best = 0;
        for (int band = 1; band < PAY_QUARTERS; band++)
            if (remainders[band] > remainders[best])
                best = band;
        out_shares[best]++;
        remainders[best] = -1;
    }
}

struct walk {
    struct arena *arena;
    const struct pay_columns *columns;
    struct pay_bands *bands;
    int64_t ends[PAY_QUARTERS]; /* place after the last of each band, from 0 */
    int64_t at;                 /* people placed so far */
    int band;                   /* in which the next stands */
};

/* The freedom that a tie leaves: within the ratio, and without it. */
static void widen(struct pay_band_counts *counts, int64_t people, int64_t all,
                  const int64_t places[PAY_QUARTERS])
{
    for (int band = 0; band < PAY_QUARTERS; band++) {
        int64_t ideal = places[band] * people;
        int64_t others = all - people;
        counts->least[band] += ideal / all;
        counts->most[band] += (ideal + all - 1) / all;
        counts->any_least[band] += places[band] > others ? places[band] - others : 0;
        counts->any_most[band] += places[band] < people ? places[band] : people;
    }
}

static void place_tie(struct walk *walk, int64_t rate, const int64_t *groups, int64_t all)
{
    size_t group_count = walk->columns->group_count;
    struct pay_tie *tie = arena_new_of(walk->arena, struct pay_tie);
    *tie = (struct pay_tie){ .rate = rate, .first = walk->at + 1 };
    tie->groups = arena_array_of(walk->arena, group_count, int64_t);
    tie->shared = arena_array_of(walk->arena, group_count * PAY_QUARTERS, int64_t);
    for (int64_t left = all, at = walk->at; left > 0;) {
        while (at >= walk->ends[walk->band])
            walk->band++;
        int64_t room = walk->ends[walk->band] - at;
        tie->places[walk->band] = left < room ? left : room;
        at += tie->places[walk->band];
        left -= tie->places[walk->band];
    }
    int64_t places[PAY_QUARTERS], rest = all;
    for (int band = 0; band < PAY_QUARTERS; band++)
        places[band] = tie->places[band];
    for (size_t group = 0; group < group_count; group++) {
        tie->groups[group] = groups[group];
        if (groups[group] == 0)
            continue;
        int64_t *shares = tie->shared + group * PAY_QUARTERS;
        share_out(groups[group], rest, places, shares);
        rest -= groups[group];
        for (int band = 0; band < PAY_QUARTERS; band++) {
            walk->bands->groups[group].people[band] += shares[band];
            places[band] -= shares[band];
        }
        widen(&walk->bands->groups[group], groups[group], all, tie->places);
    }
    list_add(walk->arena, &walk->bands->ties, tie);
}

/* People on one rate that stand in one band. */
static void place_together(struct walk *walk, const int64_t *groups)
{
    for (size_t group = 0; group < walk->columns->group_count; group++) {
        struct pay_band_counts *counts = &walk->bands->groups[group];
        int64_t people = groups[group];
        counts->people[walk->band] += people;
        counts->least[walk->band] += people;
        counts->most[walk->band] += people;
        counts->any_least[walk->band] += people;
        counts->any_most[walk->band] += people;
    }
}

static void place(struct walk *walk, int64_t rate, int64_t *groups, int64_t all)
{
    if (all == 0)
        return;
    while (walk->at >= walk->ends[walk->band])
        walk->band++;
    if (walk->at + all <= walk->ends[walk->band])
        place_together(walk, groups);
    else
        place_tie(walk, rate, groups, all);
    walk->at += all;
    for (size_t group = 0; group < walk->columns->group_count; group++)
        groups[group] = 0;
}

void pay_bands_fill(struct arena *arena, const struct pay_columns *columns,
                    const struct pay_ranked *ranked, size_t count, struct pay_bands *out_bands)
{
    int64_t groups[PAY_MOST_GROUPS] = { 0 }, all = 0, people = 0, rate = -1;
    *out_bands = (struct pay_bands){ 0 };
    out_bands->groups = arena_array_of(arena, columns->group_count, struct pay_band_counts);
    for (size_t i = 0; i < count; i++)
        people += pay_ranked_group(&ranked[i]) < columns->group_count;
    pay_bands_sizes(people, out_bands->size);
    struct walk walk = { .arena = arena, .columns = columns, .bands = out_bands };
    for (int band = 0; band < PAY_QUARTERS; band++)
        walk.ends[band] = (band > 0 ? walk.ends[band - 1] : 0) + out_bands->size[band];
    for (size_t i = 0; i < count; i++) {
        uint8_t group = pay_ranked_group(&ranked[i]);
        if (group >= columns->group_count)
            continue;
        int64_t tie = pay_rank_tie(columns, &ranked[i]);
        if (tie != rate) {
            place(&walk, rate, groups, all);
            all = 0;
            rate = tie;
        }
        groups[group]++;
        all++;
    }
    place(&walk, rate, groups, all);
}
