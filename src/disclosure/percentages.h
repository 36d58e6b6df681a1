/* Percentages that give counts away: rational reconstruction. Decimals that few bases can have
 * tell the base, and the base tells the count: 16.13, 47.58 and 1.61 per cent can only be of 124
 * people (or 62 posts, or a multiple), and 1.61 per cent of those are two people. */
#ifndef DISCLOSURE_PERCENTAGES_H
#define DISCLOSURE_PERCENTAGES_H

#include <stdbool.h>
#include <stdint.h>

#include "stats/aggregate.h"

struct arena;

enum {
    PERCENTAGES_MOST = 64, /* looked at together: one base for all */
    PERCENTAGES_LARGEST_BASE = 1000,
    PERCENTAGES_FEW_ONE_IN = 10 /* fewer bases than one in so many: they tell the base */
};

struct percentages_finding {
    int64_t base;       /* the smallest that fits all: people, or half posts */
    int64_t bases;      /* how many fit, up to PERCENTAGES_LARGEST_BASE */
    bool is_half_posts; /* only with half posts does anything fit */
    size_t which;       /* the percentage with the smallest count */
    int64_t count;      /* how many people (or half posts) it stands for, or leaves */
};

struct percentages {
    const struct printed_percent *printed; /* of one base */
    size_t count;
    int64_t base; /* if the reader knows it, else 0 */
};

/* Do they tell of a count from 1 to below `threshold`, or of so few others? */
bool percentages_reveal(struct arena *arena, const struct percentages *percentages,
                        int64_t threshold, struct percentages_finding *out_finding);

/* Reads "16.13%, 47.58, 1.61": numbers from 0 to 100 with the decimals that are printed, parted by
 * commas. False for anything else, or more than PERCENTAGES_MOST. */
bool percentages_read(const char *list, struct printed_percent out_printed[PERCENTAGES_MOST],
                      size_t *out_count);
/* What was found, in a sentence with the remedy. */
const char *percentages_words(struct arena *arena, const struct percentages *percentages,
                              const struct percentages_finding *finding);

#endif
