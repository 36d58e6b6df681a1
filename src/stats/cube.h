/* Counts of rows by the labels of their columns: any number of tables in one pass, with all margins
 * and the levels of hierarchies where they are wanted. No row is dropped: a cell without text is a
 * state of its own, "". The same rows give the same cube in whatever order they stand and however
 * many threads count. */
#ifndef STATS_CUBE_H
#define STATS_CUBE_H

#include "base/columns.h"
#include "base/processor.h"
#include "base/work.h"

enum {
    CUBE_MOST_TABLES = 4096,
    CUBE_MOST_VARIABLES = 8,   /* of one table */
    CUBE_MOST_LEVELS = 6,      /* of one hierarchy */
    CUBE_MOST_CELLS = 1 << 24, /* of one table, margins included */
    CUBE_MOST_CELLS_IN_ALL = 1 << 27
};

/* What a table is counted by: one category, or a hierarchy from the outermost (department) to the
 * innermost (division). A division is itself only under its department. */
struct cube_variable {
    size_t columns[CUBE_MOST_LEVELS];
    size_t level_count;
};

struct cube_table {
    const char *name;
    struct cube_variable variables[CUBE_MOST_VARIABLES];
    size_t variable_count;
    bool with_margins; /* also every total, and every level of a hierarchy */
};

struct cube_request {
    const struct columns *columns;
    const struct cube_table *tables;
    size_t table_count;
    ptrdiff_t weight; /* a decimal column that is summed beside the counts; -1: none */
    size_t threads;   /* 0: by the number of rows and the machine */
    bool has_form;    /* for tests: another form than the processor's best */
    enum processor_form form;
};

/* A place on an axis: everybody, a department, a division. */
struct cube_node {
    struct slice label; /* "" for everybody, and for a cell without text */
    size_t parent;      /* the node above; of everybody itself */
    size_t level;       /* 0 for everybody, level_count for the innermost */
};

/* A variable's nodes: everybody first, then level by level, each by parent and label (bytes). */
struct cube_axis {
    size_t level_count, node_count, first_leaf; /* leaves: nodes of the innermost level */
    const struct cube_node *nodes;
    const char *names[CUBE_MOST_LEVELS]; /* of the columns */
};

struct cube_counts {
    const char *name;
    size_t axis_count;
    const struct cube_axis *axes[CUBE_MOST_VARIABLES];
    bool with_margins;
    size_t cell_count;
    const int64_t *counts;  /* cells in the order of cube_cell */
    const int64_t *weights; /* in the column's scale, missing ones as 0; NULL without a weight */
};

struct cube {
    const struct cube_counts *tables; /* in the order of the request */
    size_t table_count;
    int64_t rows;
    int64_t unweighted; /* rows whose weight is missing */
};

/* Counts. What is given lives in the work's arena; labels belong to the columns. Fails with
 * STATUS_LIMIT when a table would have too many cells, and says which, or when
 * the weights are too large to be summed. */
MUST_CHECK enum status cube_count(struct work *work, const struct cube_request *request,
                                  struct cube *out_cube);
/* The cell of the nodes, one for each axis; without margins every node is a leaf. The last axis
 * varies fastest. */
size_t cube_cell(const struct cube_counts *counts, const size_t *nodes);
/* The nodes of a cell. */
void cube_nodes(const struct cube_counts *counts, size_t cell, size_t *out_nodes);

#endif
