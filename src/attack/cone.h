/* Which columns of a system are 0 in every solution that respects their signs: the cone
 * { z : rows z = 0, side[c] * z[c] >= 0 }. A hidden count that stands at its bound can only move
 * one way; where the equations forbid that too, it is given away. */
#ifndef ATTACK_CONE_H
#define ATTACK_CONE_H

#include "attack/system.h"

/* Every column that stands in an active row must have a side of +1 or -1. Sets `is_zero` for the
 * columns that can only be 0; those set before are taken as 0. Rows may become pivots on the way,
 * exactly. False when it could not be decided (too large, or numbers that do not fit); then the
 * columns set so far are still right. */
bool cone_find_zeros(struct system *system, const int8_t *side, bool *is_zero);

#endif
