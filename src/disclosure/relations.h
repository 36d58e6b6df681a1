/* Cells and the relations "total = sum of parts" between them, over all tables of a release at
 * once. A cell is a number from 0; identical cells of several tables are one cell. */
#ifndef DISCLOSURE_RELATIONS_H
#define DISCLOSURE_RELATIONS_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/work.h"

struct arena;

#define RELATIONS_MOST_BYTES ((size_t)1 << 30)  /* of a plain file */
#define RELATIONS_MOST_VALUE (INT64_C(1) << 53) /* of one cell */
enum {
    RELATIONS_MOST_CELLS = 8000000,
    RELATIONS_MOST_RELATIONS = 8000000,
    RELATIONS_MOST_MEMBERS = 100000000 /* of all relations together */
};

struct relations {
    int32_t cell_count, relation_count;
    int64_t *values;         /* by cell, not negative */
    int64_t *starts;         /* relation r holds members[starts[r]] to members[starts[r + 1] - 1] */
    int32_t *members;        /* cells; the first of a relation is its total */
    int64_t *cell_starts;    /* cell c stands in cell_relations[cell_starts[c]] and on */
    int32_t *cell_relations; /* ascending for each cell */
};

/* Building: cells and relations are added, then finished. The builder lives in the work's arena. */
struct relations_builder;
struct relations_builder *relations_builder_new(struct work *work);
/* Adds a cell and gives its number; `value` is from 0 to RELATIONS_MOST_VALUE. */
MUST_CHECK enum status relations_add_cell(struct relations_builder *builder, int64_t value,
                                          int32_t *out_cell);
/* Adds total = sum of parts, of cells added before, each at most once in it; the total comes first.
 * Messages name `place` and `line`. Fails with STATUS_INPUT when a cell is unknown or stands twice,
 * or when the values do not add up. */
MUST_CHECK enum status relations_add(struct relations_builder *builder, const char *place,
                                     int64_t line, const int32_t *members, size_t count);
/* Puts what was added into the work's arena. */
struct relations *relations_finish(struct relations_builder *builder);
/* Fills cell_starts and cell_relations from the rest; for whoever makes relations by hand. */
void relations_index(struct arena *arena, struct relations *relations);

/* Reads the plain form: "CELLS RELATIONS", a value a line, then a line per relation: how many
 * numbers follow, the total, its parts. Messages call the file `name` and give the line. */
MUST_CHECK enum status relations_read_plain(struct work *work, const char *name, struct slice bytes,
                                            struct relations **out_relations);

#endif
