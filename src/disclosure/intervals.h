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
/* The same where only one cell's interval is narrower than after the last call, for a hundredth of
 * the work at most. */
bool intervals_narrow_from(struct arena *arena, const struct relations *relations, int32_t cell,
                           struct intervals *intervals);

#endif
