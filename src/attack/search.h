/* Whether there is a table of whole numbers in which a cell lies between two numbers: a search that
 * leaves nothing out, up to a number of steps. */
#ifndef ATTACK_SEARCH_H
#define ATTACK_SEARCH_H

#include "attack/bounds.h"
#include "attack/misses.h"

enum answer { ANSWER_FOUND, ANSWER_NONE, ANSWER_OPEN };

struct search;

/* A search within the bounds, which it changes while it runs and puts back. `near` has a value for
 * each cell: a solution, or what comes closest; it is kept up by the caller. */
struct search *search_new(struct arena *arena, const struct puzzle *puzzle, struct bounds *bounds,
                          const int64_t *near);
/* From here on the search is about these cells, which hang together; `near` may have changed. */
void search_begin(struct search *search, const int32_t *cells, int32_t count);
/* The table that was found last: cells that differ from `near`. */
struct search_table {
    const struct table_change *changes;
    int32_t count;
};
/* Is there a table in which the cell is from least to most? ANSWER_OPEN: not settled within so many
 * steps. */
enum answer search_ask(struct search *search, int32_t cell, int64_t least, int64_t most,
                       int32_t steps, struct search_table *out_table);
/* Notes for good that the cell lies between these numbers, and what follows from it for others. */
void search_learn(struct search *search, int32_t cell, int64_t least, int64_t most);
/* Entries of equations that were looked at so far: what it has cost. */
int64_t search_work(const struct search *search);

#endif
