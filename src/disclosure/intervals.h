/* Interval propagation: what a reader can narrow each cell down to by going through the relations
 * again and again with the least and the most that each cell can be (Buzzigoli and Giusti's shuttle
 * on whole numbers). Never too narrow, and not always as narrow as could be. */
#ifndef DISCLOSURE_INTERVALS_H
#define DISCLOSURE_INTERVALS_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"

struct arena;

#define INTERVAL_OPEN INT64_MAX /* no upper end is known */

struct intervals {
    int64_t *low, *high; /* by cell, inclusive */
};

/* Narrows the intervals until nothing moves, or until the work is a hundred times the relations'
 * size. False when they contradict one another: no true table fits. */
bool intervals_narrow(const struct relations *relations, struct intervals *intervals);
/* The same for a search: one cell after another is narrowed, what follows from it is narrowed too,
 * and all of it can be taken back. Every change is on record in `changes`, the oldest first. */
struct interval_change {
    int32_t cell;
    int64_t low, high; /* before it */
};

struct narrower {
    const struct interval_change *changes;
    size_t change_count;
};

/* Begins with intervals that `intervals_narrow` has narrowed, and changes them. In the arena. */
struct narrower *narrower_new(struct arena *arena, const struct relations *relations,
                              struct intervals *intervals);
/* Narrows a cell to what is given, which lies within its interval, and what follows from that by no
 * more than NARROWER_MOST_WORK members looked at. False when nothing fits. */
MUST_CHECK bool narrower_set(struct narrower *narrower, int32_t cell, int64_t low, int64_t high);
/* Takes back what came after the first `count` changes. */
void narrower_return(struct narrower *narrower, size_t count);

enum { NARROWER_MOST_WORK = 4000 };

#endif
