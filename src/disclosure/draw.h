/* A repeatable source of numbers for searches and random directions: the same on every machine.
 * Not for secrets. */
#ifndef DISCLOSURE_DRAW_H
#define DISCLOSURE_DRAW_H

#include <stdint.h>

#include "disclosure/residue.h"

/* The next number of the sequence that `state` walks (splitmix64, Steele and others 2014). */
static inline uint64_t draw_next(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9E3779B97F4A7C15);
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94D049BB133111EB);
    return mixed ^ (mixed >> 31);
}

/* A residue that is not 0. */
static inline uint64_t draw_residue(uint64_t *state)
{
    return 1 + draw_next(state) % (RESIDUE_PRIME - 1);
}

#endif
