/* The walk over the rows. */
#include "stats/cube_parts.h"
#include "base/banned.h"

static void count_joint(const struct cube_engine *engine, const struct cube_joint *joint,
                        const struct column *weight)
{
    int64_t rows = engine->request->columns->rows;
    for (int64_t row = 0; row < rows; row++) {
        size_t cell = 0;
        for (size_t i = 0; i < joint->vector_count; i++) {
            const struct cube_vector *vector = &engine->vectors[joint->vectors[i]];
            cell = cell * vector->count + cube_code(vector, row);
        }
        joint->counts[cell]++;
        if (weight) {
            int64_t value = column_decimal(weight, row);
            joint->weights[cell] += value == INTEGER_MISSING ? 0 : value;
        }
    }
}

void cube_count_joints(struct cube_engine *engine)
{
    const struct columns *columns = engine->request->columns;
    const struct column *weight = engine->request->weight >= 0
                                      ? &columns->column[engine->request->weight]
                                      : NULL;
    for (size_t i = 0; i < engine->joint_count; i++)
        count_joint(engine, &engine->joints[i], weight);
    for (int64_t row = 0; weight && row < columns->rows; row++)
        engine->unweighted += column_decimal(weight, row) == INTEGER_MISSING;
}
