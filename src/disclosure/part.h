/* Some of the cells by themselves, with what the relations say between them: everything else in a
 * relation is a constant. */
#ifndef DISCLOSURE_PART_H
#define DISCLOSURE_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"

struct arena;

/* A part: its cells from 0, then for each relation a cell that holds what else stands in it. */
struct part {
    struct relations relations;
    int32_t count;
    const int32_t *cells; /* of all relations, by cell of the part */
};

/* What parts of the same relations are made with; kept from one to the next. */
struct part_maker {
    const struct relations *relations;
    int32_t *places; /* by cell: its number in the part that is being made, else -1 */
    bool *is_taken;  /* by relation: it is in that part */
};

struct part_maker part_maker_new(struct arena *arena, const struct relations *relations);
/* The part of `cells`, which it keeps; its memory is from the arena. */
struct part part_of(struct part_maker *maker, struct arena *arena, const int32_t *cells,
                    int32_t count);
/* Lists the cells nearest to the first `count` of `cells`, these first, by steps from cell to cell
 * of a relation over cells that `counts`, and `most` of them at most. Gives how many. */
int32_t part_gather(struct part_maker *maker, const bool *counts, int32_t *cells, int32_t count,
                    int32_t most);

#endif
