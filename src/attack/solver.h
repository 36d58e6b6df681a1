/* Other people's solvers, run as programs: COIN-OR's clp and GLPK's glpsol. Nothing of theirs is
 * linked, and nothing but level 5 asks them. */
#ifndef ATTACK_SOLVER_H
#define ATTACK_SOLVER_H

#include "attack/program.h"

enum solver { SOLVER_CLP, SOLVER_GLPK, SOLVER_COUNT };

/* What is to be made as large as can be: a sum over the component's cells with weights by place;
 * or, without weights, one cell with a sign. */
struct solver_goal {
    const double *weights;
    int32_t place;
    int8_t sign;
};

/* A component as it is written down for a solver: its equations over its own cells. */
struct solver_block {
    const struct component *component;
    double *least, *most, *known; /* of a cell; of an equation: what its known cells add up to */
    size_t *start;                /* equation e has entries [start[e], start[e + 1]) */
    int32_t *place;
    int8_t *sign;
    int32_t equation_count;
};

struct solver_question {
    const struct solver_block *block;
    const struct solver_goal *goals;
    size_t goal_count;
};

/* Writes a component down. Cells without an upper bound get one far beyond all that is known. */
struct solver_block solver_block_of(struct arena *arena, const struct puzzle *puzzle,
                                    const struct bounds *bounds, const struct component *component);
/* Solves one programme for each goal, all in one run of the solver. `out_values` has a value for
 * each cell of the component, goal after goal. False in `out_is_solved` when it gave up. Fails with
 * STATUS_USAGE when the solver is not installed, with STATUS_STORAGE when no file could be written.
 */
MUST_CHECK enum status solver_ask(struct work *work, enum solver solver,
                                  const struct solver_question *question, double *out_values,
                                  bool *out_is_solved);

#endif
