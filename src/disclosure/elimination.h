/* Sparse elimination over residues: the relations among a set of columns (cells in a chosen order)
 * are solved for as many of the *latest* columns as their rank allows. What is left over, the free
 * columns, is then the basis that a greedy in that order would have chosen (disclosure.h). */
#ifndef DISCLOSURE_ELIMINATION_H
#define DISCLOSURE_ELIMINATION_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"
#include "disclosure/residue.h"

struct arena;

/* A coefficient in 32 bits: a small integer as itself, any other residue by its place in a table.
 * Nearly all are 1 or -1. */
struct coefficients {
    struct arena *arena;
    uint64_t *large;
    uint32_t count, room;
};

enum { COEFFICIENT_SMALL = 1 << 29 }; /* integers below this in size stand for themselves */

struct term {
    int32_t column, code;
};

struct row {
    struct term *terms;
    int32_t count;
};

struct elimination {
    struct coefficients coefficients;
    int32_t count;    /* of columns */
    bool *is_pivot;   /* by column: expressed by free columns */
    struct row *rows; /* by column, of pivots; see below */
    uint64_t work;    /* terms touched: what the effort is measured by, the same on any machine */
};

/* Brings the relations among the cells that have a column (`columns` by cell, -1: none; such cells
 * are constants) into echelon form: a pivot's row says that the sum of its terms is nought, begins
 * with the pivot at coefficient 1, and goes on with earlier columns, descending. All memory comes
 * from `arena`. */
void elimination_echelon(struct arena *arena, const struct relations *relations,
                         const int32_t *columns, int32_t count,
                         struct elimination *out_elimination);
/* The same, then each pivot in free columns alone: its row is what it equals, in no order. */
void elimination_run(struct arena *arena, const struct relations *relations, const int32_t *columns,
                     int32_t count, struct elimination *out_elimination);
/* Puts the rows of elimination_run in the order of their columns, ascending. */
void elimination_sort(struct elimination *elimination);

int32_t coefficient_code(struct coefficients *coefficients, uint64_t residue);

static inline uint64_t coefficient_residue(const struct coefficients *coefficients, int32_t code)
{
    if (code >= COEFFICIENT_SMALL)
        return coefficients->large[code - COEFFICIENT_SMALL];
    return code >= 0 ? (uint64_t)code : RESIDUE_PRIME - (uint64_t)-code;
}

#endif
