/* What the parts of cube.c share; nobody else includes this. */
#ifndef STATS_CUBE_PARTS_H
#define STATS_CUBE_PARTS_H

#include "stats/cube.h"

/* A variable as the counting sees it: a code for each row, and the leaf that each code stands for.
 */
struct cube_vector {
    const void *codes;
    int width;         /* bytes of a code: 1, 2 or 4 */
    size_t count;      /* of codes */
    size_t *leaves;    /* for each code the number of its leaf, counted from 0 */
    struct region own; /* holds the codes of a hierarchy */
    struct cube_variable variable;
    struct cube_axis axis;
};

/* Counts by several vectors at once; tables are sums of one. */
struct cube_joint {
    size_t vectors[CUBE_MOST_VARIABLES];
    size_t vector_count, cell_count;
    int64_t *counts, *weights; /* of cells; the last vector varies fastest; weights may be NULL */
};

struct cube_engine {
    struct work *work;
    const struct cube_request *request;
    struct cube_vector *vectors;
    size_t vector_count;
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
/* Fills the counts of all joints. */
void cube_count_joints(struct cube_engine *engine);

#endif
