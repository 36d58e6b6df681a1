/* Level 5: the same questions, put to solvers that others have written. */
#ifndef ATTACK_OPINION_H
#define ATTACK_OPINION_H

#include "attack/bounds.h"

struct opinion_result {
    int32_t programmes;    /* that were solved by all solvers together */
    int32_t asked;         /* hidden cells that were asked about */
    int32_t disagreements; /* hidden cells of which a solver says what level 2 denies */
    int32_t unsolved;      /* hidden cells that a solver could not settle */
};

struct opinion_options {
    const bool *is_known; /* of a cell: levels 0 to 2 say that it has one value over the reals */
    bool is_decided;      /* and of all others they say that they have more */
    int64_t width;        /* how far apart least and most of a hidden cell have to be */
    int64_t sample;       /* so many hidden cells are asked about, evenly spread; 0: all */
};

/* Asks each solver how far the hidden cells can go, as far as `width` matters, over what was
 * published and nothing that we worked out; narrows the bounds of cells that both find to be
 * narrower to the whole numbers between. Fails with STATUS_USAGE when a solver is not installed. */
MUST_CHECK enum status opinion_ask(struct work *work, const struct puzzle *puzzle,
                                   const struct opinion_options *options, struct bounds *bounds,
                                   struct opinion_result *out_result);

#endif
