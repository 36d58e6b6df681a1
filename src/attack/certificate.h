/* Why a cell is known: the steps by which anybody can work it out, in plain words. */
#ifndef ATTACK_CERTIFICATE_H
#define ATTACK_CERTIFICATE_H

#include "attack/attack.h"
#include "attack/published.h"

struct certificate_case {
    const struct published *published;
    const struct published_puzzle *puzzle;
    const struct attack_result *result;
    const char *const *sources; /* where a table was published, by its number; NULL: not said */
};

/* Lines of text in `arena`, each ended by a line end: what is known of the cell, the figures that
 * tell it with where they stand, and the steps between. */
const char *certificate_of(struct arena *arena, const struct certificate_case *about, int32_t cell);

#endif
