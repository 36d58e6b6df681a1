/* Levels 0 and 1: plain subtraction, and intervals handed on from equation to equation. */
#ifndef ATTACK_BOUNDS_H
#define ATTACK_BOUNDS_H

#include "attack/puzzle.h"

/* What is proved of each cell so far; starts as what the puzzle says. */
struct bounds {
    int64_t *least, *most;
    int32_t broken; /* the equation that cannot be met, where a level has failed for one; else -1 */
};

struct bounds bounds_of(struct arena *arena, const struct puzzle *puzzle);
struct bounds bounds_copy(struct arena *arena, const struct puzzle *puzzle,
                          const struct bounds *bounds);
/* Level 0. Where all of an equation but one cell is known, that cell follows; again and again until
 * no equation gives more. Gives how many cells were found so. Fails with STATUS_INPUT when an
 * equation whose cells are all known does not add up: the tables contradict each other. */
MUST_CHECK enum status bounds_subtract(struct work *work, const struct puzzle *puzzle,
                                       struct bounds *bounds, int32_t *out_found);
/* Level 1. Each equation bounds each of its cells by the others (the shuttle algorithm of Buzzigoli
 * and Giusti, 1999, over all linked tables at once). Never too narrow; in rare chains that creep it
 * stops early, and then the intervals are wider than they need be. Fails with STATUS_INPUT when an
 * interval becomes empty. */
MUST_CHECK enum status bounds_narrow(struct work *work, const struct puzzle *puzzle,
                                     struct bounds *bounds);

#endif
