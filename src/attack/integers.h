/* Level 4, its second part: counts are whole. Where a cell can move over the real numbers, it may
 * still have one whole value only; a search that tries everything finds out. */
#ifndef ATTACK_INTEGERS_H
#define ATTACK_INTEGERS_H

#include "attack/bounds.h"

enum {
    INTEGERS_MOST_CELLS = 2000, /* that hang together */
    INTEGERS_MOST_STEPS = 2000, /* of the search for one cell's one side */
    INTEGERS_MOST_WIDTH = 10,
};

struct integers_result {
    int32_t narrowed;    /* hidden cells of which more was proved */
    int32_t not_tried;   /* hidden cells in parts that are too large, or with a larger width */
    int32_t not_settled; /* hidden cells for which the search ended without an answer */
};

struct integers_options {
    const int64_t *start; /* a solution, or NULL */
    int64_t width;        /* cells that can differ by as much are not followed further */
};

/* Narrows the bounds of hidden cells that are less than `width` apart in all solutions in whole
 * numbers. */
struct integers_result integers_find(const struct puzzle *puzzle, struct bounds *bounds,
                                     const struct integers_options *options);

#endif
