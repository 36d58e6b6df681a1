/* What the parts of cube.c share; nobody else includes this. */
#ifndef STATS_CUBE_PARTS_H
#define STATS_CUBE_PARTS_H

#include "base/processor.h"
#include "stats/cube.h"

enum {
    CUBE_SMALL_CELLS =
        2048, /* of a joint whose counts stay in the nearest cache, four times over */
    CUBE_LARGE_CELLS = 65536, /* of one whose counts stay in the next */
    CUBE_COMPARED = 64        /* codes of a vector that can be counted by comparing */
};

/* A variable as the counting sees it: a code for each row, and the leaf that each code stands for.
 */
struct cube_vector {
    const void *codes;
    int width;         /* bytes of a code: 1, 2 or 4 */
    size_t count;      /* of codes */
    size_t *leaves;    /* for each code the number of its leaf, counted from 0 */
    bool is_in_runs;   /* rows of one code stand together, many at a time */
    struct region own; /* holds the codes of a hierarchy */
    struct cube_variable variable;
    struct cube_axis axis;
};

enum cube_joint_kind {
    CUBE_SMALL, /* bytes, CUBE_SMALL_CELLS at most */
    CUBE_RUNS,  /* a vector in runs, and perhaps one that is compared */
    CUBE_LARGE  /* any other */
};

/* Counts by several vectors at once; tables are sums of one. The last vector varies fastest. */
struct cube_joint {
    enum cube_joint_kind kind;
    size_t vectors[CUBE_MOST_VARIABLES];
    size_t vector_count, cell_count;
    int64_t *counts, *weights; /* weights: NULL without */
};

/* The different variables of a table, ascending. */
struct cube_set {
    size_t vectors[CUBE_MOST_VARIABLES];
    size_t count;
    enum cube_joint_kind kind; /* of a joint that would hold it alone */
    size_t cell_count;
    size_t joint; /* the one that it is a part of; SIZE_MAX: none yet */
};

struct cube_engine {
    struct work *work;
    const struct cube_request *request;
    enum processor_form form;
    struct cube_vector *vectors;
    size_t vector_count;
    struct cube_set *sets; /* of each table */
    struct cube_joint *joints;
    size_t joint_count;
    int64_t unweighted;
};

static inline uint32_t cube_code(const struct cube_vector *vector, int64_t row)
{
    if (vector->width == 1)
        return ((const uint8_t *)vector->codes)[row];
    if (vector->width == 2)
        return ((const uint16_t *)vector->codes)[row];
    return ((const uint32_t *)vector->codes)[row];
}

/* The vector of a variable, made when it is new. */
MUST_CHECK enum status cube_vector_of(struct cube_engine *engine,
                                      const struct cube_variable *variable, size_t *out_index);
/* The end of the run of one code that begins at `start`. */
int64_t cube_run_end(const struct cube_vector *vector, int64_t start, int64_t end);
/* Finds few joints that every table's set is a part of. */
void cube_plan_joints(struct cube_engine *engine);
/* Fills the counts of all joints. */
void cube_count_joints(struct cube_engine *engine);

#endif
