/* Level 3: what follows when a reader thinks of whole people, over all linked tables. */
#ifndef ATTACK_JOINT_H
#define ATTACK_JOINT_H

#include "attack/bounds.h"

enum joint_outcome {
    JOINT_NOT_RUN,
    JOINT_DECIDED,
    JOINT_NOTHING_NEW, /* combinations are cells, so the levels before have said all */
    JOINT_TOO_MANY,    /* more combinations than are listed; nothing is said */
    JOINT_IMPOSSIBLE,  /* no people can stand behind the figures; nothing is said */
    JOINT_UNDECIDED,   /* what was proved holds, but more may be known */
};

struct joint_result {
    enum joint_outcome outcome;
    int32_t combinations;
    /* The puzzle with a further cell for each combination, behind the others, and by cell what
     * comes near people that can stand behind the figures; where none were found NULL. */
    const struct puzzle *wide;
    const int64_t *people;
};

/* Narrows the bounds to what the joint space gives: intervals over it, then every cell that has the
 * same value in all its solutions over the real numbers. Fails with STATUS_LIMIT when the joint
 * space is too large to be written down. */
MUST_CHECK enum status joint_recover(struct work *work, const struct puzzle *puzzle,
                                     struct bounds *bounds, struct joint_result *out_result);

#endif
