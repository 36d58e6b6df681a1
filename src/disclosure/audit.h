/* The protector's own proof: which hidden cells can a reader work out exactly? Run on every
 * release; the attacker (a program of its own) asks the same in other ways.
 *
 * Theorem. Let the hidden cells S satisfy R x = 0 with the shown ones, and let the reader know that
 * they are at least `least`. Write U for the hidden cells that are at it. Cell p is known exactly
 * if and only if z_p = 0 for every z with R_S z = 0 and z_u >= 0 on U. When some such z is positive
 * on all of U (the witness), these z span the whole null space, and one random null vector over a
 * prime field tells every cell apart: z_p = 0 just for those that are known, save for a chance of
 * cells / 2^61. */
#ifndef DISCLOSURE_AUDIT_H
#define DISCLOSURE_AUDIT_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"
#include "disclosure/secondary.h"

struct audit_options {
    bool knows_least;       /* false: the reader only adds and subtracts */
    int64_t least;          /* of a hidden cell */
    const int64_t *witness; /* by cell, for cells at their bound; NULL: 1 for each */
};

struct audit_result {
    int64_t exposed_primaries;   /* known exactly to a reader */
    int64_t exposed_secondaries; /* hidden for nothing */
    int64_t narrowed;            /* hidden cells that interval propagation alone gives away */
    int64_t unproved;            /* cells at their bound without a witness: counted as exposed */
    bool *is_exposed;            /* by cell */
};

/* Audits a pattern; takes the result's memory from the work's arena. */
void audit_pattern(struct work *work, const struct relations *relations,
                   const unsigned char *statuses, const struct audit_options *options,
                   struct audit_result *out_result);

/* How a reader gets at `cell` from shown cells alone, in words such as "cell 7 = cell 1 - cell 3";
 * NULL when adding and subtracting shown cells does not give it. */
const char *audit_certificate(struct work *work, const struct relations *relations,
                              const unsigned char *statuses, int32_t cell);

#endif
