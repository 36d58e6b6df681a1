/* Level 4, its first part: counts are whole. Where a cell can move over the real numbers, it may
 * still have one whole value only. Two tables of whole numbers in which a cell is far enough apart
 * settle it, and so does a search that leaves nothing out and finds none. */
#ifndef ATTACK_INTEGERS_H
#define ATTACK_INTEGERS_H

#include "attack/bounds.h"

enum { INTEGERS_MOST_WIDTH = 10 }; /* above it nothing is searched through */

struct integers;

struct integers_options {
    const int64_t *start; /* a table, or what comes near one; NULL: one is looked for */
    const bool *is_asked; /* of a cell */
    int64_t width;        /* cells that can differ by as much are not followed further */
    int64_t effort;       /* from 1: how long is searched, times what is usual */
};

/* Looks for tables of whole numbers: quick, and enough for most cells. The bounds are narrowed by
 * what is proved on the way. */
struct integers *integers_look(struct arena *arena, const struct puzzle *puzzle,
                               struct bounds *bounds, const struct integers_options *options);
/* What cells have in the tables met so far, for others to read and to add to; least above most
 * where none was met. */
const struct bounds *integers_met(const struct integers *integers);
/* Goes after the cells one by one that are not settled, and narrows the bounds of those that turn
 * out to be less than `width` apart. */
void integers_search(struct integers *integers);
/* True where tables show that a cell can be far enough apart. */
bool integers_is_wide(const struct integers *integers, int32_t cell);
/* True where the work was used up before all cells were looked at. */
bool integers_is_exhausted(const struct integers *integers);

#endif
