/* Tries every base up to a limit; few that fit are as good as the base itself. */
#include "disclosure/percentages.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/slice.h"
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

bool percentages_read(const char *list, struct printed_percent out_printed[PERCENTAGES_MOST],
                      size_t *out_count)
{
    struct slice rest = slice_of(list), word;
    size_t count = 0;
    while (slice_split(&rest, ',', &word)) {
        word = slice_trim(word);
        if (slice_ends(word, "%"))
            word = slice_first(word, word.length - 1);
        if (count == PERCENTAGES_MOST)
            return false;
        struct printed_percent *percent = &out_printed[count++];
        if (!number_read(slice_trim(word), &percent->percent, &percent->decimals) ||
            percent->percent < 0 || percent->percent > 100 * NUMBER_ONE)
            return false;
    }
    *out_count = count;
    return true;
}

const char *percentages_words(struct arena *arena, const struct percentages *percentages,
                              const struct percentages_finding *finding)
{
    const struct printed_percent *worst = &percentages->printed[finding->which];
    const char *words = number_print(arena, worst->percent, worst->decimals);
    const char *of = finding->is_half_posts ? (finding->count == 1 ? "half post" : "half posts")
                                            : (finding->count == 1 ? "person" : "people");
    if (percentages->base)
        return arena_format(arena,
                            "Of %lld, %s%% tells of %lld %s, or of all but so many. Print whole "
                            "per cent made from rounded counts, or leave it out.",
                            (long long)finding->base, words, (long long)finding->count, of);
    return arena_format(arena,
                        "Only %lld of the bases from 1 to %d fit, the smallest being %lld; of it, "
                        "%s%% are %lld %s, or all but so many. Print whole per cent made from "
                        "rounded counts.",
                        (long long)finding->bases, PERCENTAGES_LARGEST_BASE,
                        (long long)finding->base, words, (long long)finding->count, of);
}
