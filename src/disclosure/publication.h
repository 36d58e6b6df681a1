/* Which cells of a chosen universe can be shown: a greedy over columns in a given order that
 * publishes a cell unless that would give a primary away. */
#ifndef DISCLOSURE_PUBLICATION_H
#define DISCLOSURE_PUBLICATION_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"

struct arena;

/* The kinds stand in this order in a universe. */
enum column_kind {
    COLUMN_BOUND,     /* a primary whose value is the least that a hidden cell can have */
    COLUMN_FORCED,    /* must be shown if that is safe: released before, or known otherwise */
    COLUMN_CANDIDATE, /* may be shown or hidden */
    COLUMN_PRIMARY,   /* any other primary */
    COLUMN_UNSEEN,    /* never shown, and nothing to protect: a combination of the joint space */
};

/* The cells that are not yet known to the reader, in the order of their columns; every other cell
 * is a constant. Candidates are published from the first to the last where that is safe. */
struct universe {
    const int32_t *cells;
    const unsigned char *kinds; /* enum column_kind, by column */
    int32_t count;
    bool substitutes; /* false: a quick pass that leaves dependent candidates hidden */
};

/* What a pattern leaves open: a direction in which all hidden cells can move while the shown ones
 * stay. Cells at their bound move up by `witness`, which is what makes the pattern safe against a
 * reader who knows the bound. */
struct pattern {
    bool *hidden;     /* by cell; of the universe's cells, written */
    int64_t *witness; /* by cell, for cells at their bound: at least 1; read and written */
};

/* Runs the greedy. `pattern->witness` holds a direction that is possible in this universe.
 * Primaries that are known before anything is published are counted in `out_exposed`. Gives the
 * work done in terms touched. */
uint64_t publication_run(struct arena *arena, const struct relations *relations,
                         const struct universe *universe, struct pattern *pattern,
                         int32_t *out_exposed);

#endif
