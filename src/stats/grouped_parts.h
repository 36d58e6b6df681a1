/* What the parts of grouped.c share; nobody else includes this. */
#ifndef STATS_GROUPED_PARTS_H
#define STATS_GROUPED_PARTS_H

#include <stdatomic.h>

#include "stats/cube_parts.h"
#include "stats/grouped.h"

/* One person in eight bytes: the amount above, below it either the row or the codes of the groups
 * side by side, so that nothing has to be looked up once they are sorted. */
enum { ITEM_SHIFT = 32 };

/* A group of the request, and where its code stands in an item. */
struct grouped_group {
    const struct cube_vector *vector;
    struct grouped_cell *cells;
    unsigned int shift;
    uint32_t mask;
};

struct grouping {
    struct work *work;
    const struct grouped_request *request;
    struct cube_engine engine;
    const struct cube_vector *unit; /* NULL: everybody only */
    struct grouped_group groups[GROUPED_MOST_GROUPS];
    bool holds_rows; /* items hold rows, not codes */
    const struct column *weight;
    /* The amounts: keys are what they are above the least one, or where that is too far (`amounts`
     * is not NULL) their rank among the different amounts. */
    int64_t least, most;
    struct region amounts;
    size_t amount_count;
    struct region items, scratch; /* by unit */
    size_t item_count;
    size_t node_count, first_leaf;
    struct cube_axis everybody; /* when there is no unit */
    const struct cube_axis *units;
    size_t *starts, *ends; /* of each node's items */
    size_t threads;
    /* The level under way. */
    atomic_size_t next_node;
    size_t end_node;
    int64_t missing, unweighted;
};

static inline uint32_t item_key(uint64_t item)
{
    return (uint32_t)(item >> ITEM_SHIFT);
}

/* The amount of a key. */
static inline int64_t grouping_amount(const struct grouping *grouping, uint32_t key)
{
    const int64_t *amounts = grouping->amounts.bytes;
    return amounts ? amounts[key] : grouping->least + (int64_t)key;
}

/* Finds how many items there are, and what their keys are. */
void grouping_find_keys(struct grouping *grouping);
/* Makes the items, by unit. */
void grouping_make_items(struct grouping *grouping);
/* Sorts items by key; `scratch` has room for as many. */
void grouping_sort(uint64_t *items, uint64_t *scratch, size_t count);
/* Fills the cells of one node from its sorted items. */
void grouping_measure_items(struct grouping *grouping, size_t node, const uint64_t *items,
                            size_t count);
/* All of it where rows stand in the order of their units; else false, and nothing is done. */
bool grouping_measure_runs(struct grouping *grouping);

#endif
