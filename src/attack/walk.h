/* Other tables of whole numbers, found by mending: one cell is moved, then cells of the equations
 * that are missed, the one that mends most first, until all are met. Finds tables quickly in parts
 * of any size, and proves nothing where it finds none. */
#ifndef ATTACK_WALK_H
#define ATTACK_WALK_H

#include "attack/bounds.h"
#include "attack/misses.h"

struct walk;

/* A walk over tables within the bounds, which may become narrower meanwhile. `base` has a value for
 * each cell and is kept up by the caller. */
struct walk *walk_new(struct arena *arena, const struct puzzle *puzzle, const struct bounds *bounds,
                      int64_t *base);
/* Turns the base of these cells into a solution by mending; false when none was met. The same cells
 * have to be given before walk_find asks about any of them. */
bool walk_settle(struct walk *walk, const int32_t *cells, int32_t count);
/* Looks for a table in which the cell has the value. Gives how many cells differ from the base in
 * it, 0 where none was found; `out_changes` stays good until the next call. */
int32_t walk_find(struct walk *walk, int32_t cell, int64_t value,
                  const struct table_change **out_changes);
/* Entries of equations that were looked at so far: what it has cost. */
int64_t walk_work(const struct walk *walk);

#endif
