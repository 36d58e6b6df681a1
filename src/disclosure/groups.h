/* Cells that hang together because they share relations: union-find. */
#ifndef DISCLOSURE_GROUPS_H
#define DISCLOSURE_GROUPS_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"

/* Joins the cells that stand in one relation, of those that count; each other cell is a group of
 * its own. `groups` has room for every cell. */
void groups_join(const struct relations *relations, const bool *counts, int32_t *groups);
/* The cell that leads the group. */
int32_t group_of(int32_t *groups, int32_t cell);

#endif
