/* What is to go out together: the cells of all tables with what they mean, identical cells once,
 * and every relation between them. Made from a raw cube; what leaves this folder is a released
 * table. */
#ifndef DISCLOSURE_RELEASE_PLAN_H
#define DISCLOSURE_RELEASE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/columns.h"
#include "base/work.h"
#include "disclosure/profile.h"
#include "disclosure/relations.h"
#include "stats/cube.h"

enum { RELEASE_PLAN_MOST_COLUMNS = 64 /* of all tables together */ };

struct release_plan_cell {
    uint64_t columns;      /* bit i: it holds one label of the plan's column i */
    const uint32_t *codes; /* of those columns, by ascending place */
};

struct release_plan {
    const struct columns *people;
    const struct profiles *profiles;
    size_t column_places[RELEASE_PLAN_MOST_COLUMNS]; /* in `people` */
    size_t column_count;
    const struct cube *cube;
    int32_t **cells;                    /* by table and cell of the cube: its number here */
    struct release_plan_cell *meanings; /* by number */
    struct relations *relations;
    int64_t *key_sums; /* by number, of the people's record keys; NULL without keys */
    const struct release_plan_index *index; /* finds cells by what they mean */
    bool *is_withheld;                      /* by number: in no relation, and never shown */
};

struct release_plan_source {
    const struct columns *people;
    const struct cube_table *tables;
    size_t table_count;
    const struct cube *cube;         /* of these tables, with their margins */
    int64_t weight_unit;             /* 0: rows are people; else the cube's weights are counts of
                                        people in this unit (1000000: millionths) */
    bool has_keys;                   /* the weights are sums of record keys instead */
    const struct profiles *profiles; /* whose rules for sensitive columns hold; NULL: none */
};

/* Makes the plan. Fails when a column stands twice in a table, or when there are too many. Cells
 * that a sensitive rule withholds (counted for the whole organisation only) stand in no relation:
 * they are not shown, so nothing follows from them. */
MUST_CHECK enum status release_plan_make(struct work *work,
                                         const struct release_plan_source *source,
                                         struct release_plan **out_plan);
/* How many cells everybody lies in: one for each set of columns. */
size_t release_plan_families(const struct release_plan *plan);
/* The cells that a person lies in, by their codes in the plan's columns. */
void release_plan_cells_of(const struct release_plan *plan, const uint32_t *codes,
                           int32_t *out_cells);
/* The label of a plan's column in a cell; false when the cell is of all its labels together. */
bool release_plan_label(const struct release_plan *plan, int32_t cell, size_t column,
                        struct slice *out_label);

#endif
