/* By how much each equation is missed while a table is being looked for, and which ones are. */
#ifndef ATTACK_MISSES_H
#define ATTACK_MISSES_H

#include "attack/puzzle.h"

/* A cell that differs between two tables, and its value in the second. */
struct table_change {
    int32_t cell;
    int64_t value;
};

struct misses {
    int64_t *lack;   /* of an equation: what its entries add up to; 0 where it is met */
    int32_t *missed; /* the equations that are not met, in no order */
    int32_t *place;  /* of an equation: its place among them, or -1 */
    int32_t count;
};

/* None is missed. */
struct misses misses_new(struct arena *arena, const struct puzzle *puzzle);
/* A cell has changed by so much: says it to its equations. */
void misses_change(struct misses *misses, const struct puzzle *puzzle, int32_t cell,
                   int64_t change);
/* Works out anew what every equation of these cells lacks; all others count as met. */
void misses_begin(struct misses *misses, const struct puzzle *puzzle, const int32_t *cells,
                  int32_t count, const int64_t *values);
/* By how much all equations together are missed more, where the cell changes by so much. */
int64_t misses_cost(const struct misses *misses, const struct puzzle *puzzle, int32_t cell,
                    int64_t change);

#endif
