/* A solution in the space of combinations: so many people on each that all cells come out. */
#ifndef ATTACK_SPREAD_H
#define ATTACK_SPREAD_H

#include "attack/combinations.h"

struct spread_range {
    double least, most; /* of a cell; equal where its count is given */
};

/* Finds a spread of people (fractions are allowed) over the combinations such that each cell of
 * `ranges` lies within its range. Those on which nobody need be get exactly 0, all others more than
 * a millionth. `people` has a number for each combination: it comes with 0 for those that cannot be
 * and 1 for the others. False when none was found. */
bool spread_find(const struct combinations *combinations, int32_t cell_count,
                 const struct spread_range *ranges, double *people);

#endif
