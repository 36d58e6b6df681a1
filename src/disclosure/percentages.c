/* Tries every base up to a limit; few that fit are as good as the base itself. */
#include "disclosure/percentages.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/banned.h"

/* The smallest count, or rest, that one of the percentages stands for on this base. */
static int64_t smallest_count(const struct percentages *percentages, int64_t base, int64_t parts,
                              size_t *out_which)
{
    int64_t smallest = INT64_MAX, least = 0, most = 0;
    for (size_t i = 0; i < percentages->count; i++) {
        if (!numerators_of(percentages->printed[i], base, parts, &least, &most))
            continue;
        for (int64_t k = least; k <= most; k++) {
            int64_t rest = base * parts - k, low = k < rest ? k : rest;
            if (low > 0 && low < smallest) {
                smallest = low;
                *out_which = i;
            }
        }
    }
    return smallest;
}

static bool reveals_on(const struct percentages *percentages, int64_t parts, int64_t base,
                       int64_t threshold, struct percentages_finding *out_finding)
{
    size_t which = 0;
    int64_t count = smallest_count(percentages, base, parts, &which);
    if (count >= threshold * parts)
        return false;
    out_finding->base = base;
    out_finding->is_half_posts = parts == 2;
    out_finding->which = which;
    out_finding->count = count;
    return true;
}

bool percentages_reveal(struct arena *arena, const struct percentages *percentages,
                        int64_t threshold, struct percentages_finding *out_finding)
{
    int64_t *bases = arena_array_of(arena, PERCENTAGES_LARGEST_BASE, int64_t);
    for (int64_t parts = 1; parts <= 2; parts++) {
        if (percentages->base > 0) {
            out_finding->bases = 1;
            if (reveals_on(percentages, parts, percentages->base, threshold, out_finding))
                return true;
            continue;
        }
        size_t fitting = denominators_of(percentages->printed, percentages->count, parts,
                                         PERCENTAGES_LARGEST_BASE, bases, PERCENTAGES_LARGEST_BASE);
        out_finding->bases = (int64_t)fitting;
        if (fitting > 0 && fitting * PERCENTAGES_FEW_ONE_IN < PERCENTAGES_LARGEST_BASE &&
            reveals_on(percentages, parts, bases[0], threshold, out_finding))
            return true;
    }
    return false;
}
