/* What an attacker holds in his hands: cells of which he knows an interval, and equations between
 * them (a total is the sum of its parts). Made from published tables, from a relations file or from
 * the ledger; everything in this folder works on it. */
#ifndef ATTACK_PUZZLE_H
#define ATTACK_PUZZLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/work.h"

/* A cell of which no upper bound is known has this as its most; counts stay below it. */
#define PUZZLE_UNBOUNDED (INT64_C(1) << 40)
enum { PUZZLE_MOST_CELLS = 50000000, PUZZLE_MOST_ENTRIES = 500000000 };

/* What the publisher did with a cell. */
enum cell_state {
    CELL_SHOWN,       /* its value stands in a table */
    CELL_KNOWN,       /* not shown, but everybody knows it (a structural zero) */
    CELL_PRIMARY,     /* hidden for its own sake */
    CELL_SECONDARY,   /* hidden for the sake of another */
    CELL_UNPUBLISHED, /* in no table: a count that only the equations speak of */
    CELL_DIFFERENCE,  /* people counted in one population or period and not in another */
};

struct puzzle {
    int32_t cell_count, equation_count;
    int64_t *least, *most; /* what is known of each cell from the start */
    const int64_t *truth;  /* the true counts where they are held, for comparing; or NULL */
    unsigned char *state;  /* enum cell_state */
    /* Equation e is the sum of sign[k] * cell[k] = 0 for k from start[e] to start[e + 1]. */
    size_t *start;
    int32_t *cell;
    int8_t *sign;
    /* Cell c stands in equation[k] with side[k] for k from place[c] to place[c + 1]. */
    size_t *place;
    int32_t *equation;
    int8_t *side;
};

/* Collects cells and equations, whose number need not be known before. */
struct puzzle_builder {
    struct arena *arena;
    int64_t *least, *most;
    unsigned char *state;
    size_t cell_count, cell_room;
    size_t *start;
    size_t equation_count, equation_room;
    int32_t *cell;
    int8_t *sign;
    size_t entry_count, entry_room;
};

struct puzzle_builder puzzle_builder_new(struct arena *arena);
/* Adds a cell; gives its number. Fails with STATUS_LIMIT when there are too many. */
MUST_CHECK enum status puzzle_add_cell(struct work *work, struct puzzle_builder *builder,
                                       enum cell_state state, int64_t least, int64_t most);
/* Opens an equation; entries added after it belong to it. */
MUST_CHECK enum status puzzle_add_equation(struct work *work, struct puzzle_builder *builder);
/* Adds a cell, whose number may be one that is added later, with the sign +1 or -1. */
MUST_CHECK enum status puzzle_add_entry(struct work *work, struct puzzle_builder *builder,
                                        int32_t cell, int8_t sign);
/* The finished puzzle, in the builder's arena. Every cell of an entry must have been added. */
struct puzzle puzzle_of(struct puzzle_builder *builder);

/* True where there is something to find out: the publisher hid the cell, or never meant to speak of
 * those people alone. */
bool puzzle_is_hidden(const struct puzzle *puzzle, int32_t cell);

#endif
