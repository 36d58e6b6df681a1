/* Level 2: every cell that the equations and the bounds determine exactly, and no other. */
#ifndef ATTACK_RECOVER_H
#define ATTACK_RECOVER_H

#include "attack/bounds.h"

/* Where a cell stands in some solution of the puzzle: at its least, at its most, or between. */
enum stand { STAND_LEAST = 1, STAND_MOST = -1, STAND_BETWEEN = 0 };

/* Finds the cells that have the same value in every solution over the real numbers.
 *
 * Let x be any solution, and K the directions z with (equations) z = 0, z >= 0 where x stands at
 * its least and z <= 0 where it stands at its most. Each z of K can be followed for a while from x,
 * so a cell is determined exactly when it is 0 in all of K. The cells at a bound that are 0 in all
 * of K are found first (cone.h); without them K is a linear space, and one random solution shows
 * which cells are 0 in all of it. Which solution x is does not matter: the answer is the same for
 * the true counts, which only the publisher has, as for one that an attacker finds by himself.
 *
 * `stands` has a stand for each cell; `out_is_fixed` is set for each cell that is determined, the
 * known ones among them. False in `out_is_decided` when some cells could not be decided in whole
 * numbers; those that are set are right all the same. */
void recover_exact(const struct puzzle *puzzle, const struct bounds *bounds, const int8_t *stands,
                   bool *out_is_fixed, bool *out_is_decided);
/* The stands of the true counts. Fails with STATUS_INPUT when a count lies outside of what the
 * puzzle says of it, or an equation does not hold. */
MUST_CHECK enum status recover_stands(struct work *work, const struct puzzle *puzzle,
                                      const int64_t *counts, int8_t *out_stands);

#endif
