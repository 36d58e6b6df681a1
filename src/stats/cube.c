/* From a request to its cube: axes, then joint counts over the rows, then each table as a sum of
 * one of them, then margins. */
#include "stats/cube.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "stats/cube_parts.h"
#include "base/banned.h"

struct table_plan {
    size_t vectors[CUBE_MOST_VARIABLES];
    size_t joint;
};

static size_t axis_size(const struct cube_axis *axis, bool with_margins)
{
    return with_margins ? axis->node_count : axis->node_count - axis->first_leaf;
}

size_t cube_cell(const struct cube_counts *counts, const size_t *nodes)
{
    size_t cell = 0;
    for (size_t i = 0; i < counts->axis_count; i++) {
        const struct cube_axis *axis = counts->axes[i];
        size_t first = counts->with_margins ? 0 : axis->first_leaf;
        assert(nodes[i] >= first && nodes[i] < axis->node_count);
        cell = cell * axis_size(axis, counts->with_margins) + (nodes[i] - first);
    }
    return cell;
}

void cube_nodes(const struct cube_counts *counts, size_t cell, size_t *out_nodes)
{
    for (size_t i = counts->axis_count; i-- > 0;) {
        const struct cube_axis *axis = counts->axes[i];
        size_t size = axis_size(axis, counts->with_margins);
        out_nodes[i] = cell % size + (counts->with_margins ? 0 : axis->first_leaf);
        cell /= size;
    }
}

/* ---- what is counted ---- */

static enum status plan_table(struct cube_engine *engine, const struct cube_table *table,
                              struct table_plan *plan, struct cube_counts *counts)
{
    assert(table->variable_count >= 1 && table->variable_count <= CUBE_MOST_VARIABLES);
    *counts = (struct cube_counts){ .name = table->name,
                                    .axis_count = table->variable_count,
                                    .with_margins = table->with_margins,
                                    .cell_count = 1 };
    for (size_t i = 0; i < table->variable_count; i++) {
        enum status status = cube_vector_of(engine, &table->variables[i], &plan->vectors[i]);
        if (status != STATUS_OK)
            return status;
        const struct cube_axis *axis = &engine->vectors[plan->vectors[i]].axis;
        counts->axes[i] = axis;
        if (__builtin_mul_overflow(counts->cell_count, axis_size(axis, table->with_margins),
                                   &counts->cell_count) ||
            counts->cell_count > CUBE_MOST_CELLS)
            return work_fail(engine->work, STATUS_LIMIT,
                             "The table %.80s would have more than %d cells; count by fewer "
                             "variables at once.",
                             table->name, CUBE_MOST_CELLS);
    }
    return STATUS_OK;
}

/* The joint that a table is a sum of: here one with just its variables. */
static size_t joint_of(struct cube_engine *engine, const struct table_plan *plan, size_t count)
{
    struct cube_joint joint = { .vector_count = count, .cell_count = 1 };
    memcpy(joint.vectors, plan->vectors, count * sizeof *joint.vectors);
    for (size_t i = 0; i < count; i++)
        joint.cell_count *= engine->vectors[joint.vectors[i]].count;
    for (size_t i = 0; i < engine->joint_count; i++)
        if (engine->joints[i].vector_count == count &&
            memcmp(engine->joints[i].vectors, joint.vectors, count * sizeof *joint.vectors) == 0)
            return i;
    struct arena *arena = engine->work->arena;
    joint.counts = arena_array_of(arena, joint.cell_count, int64_t);
    if (engine->request->weight >= 0)
        joint.weights = arena_array_of(arena, joint.cell_count, int64_t);
    engine->joints[engine->joint_count] = joint;
    return engine->joint_count++;
}

/* ---- from joints to tables ---- */

/* Adds each cell of the joint to that of the table where its leaves stand. */
static void gather(const struct cube_engine *engine, const struct cube_joint *joint,
                   const struct cube_counts *counts, const int64_t *from, int64_t *to)
{
    for (size_t cell = 0; cell < joint->cell_count; cell++) {
        size_t nodes[CUBE_MOST_VARIABLES], rest = cell;
        if (from[cell] == 0)
            continue;
        for (size_t i = joint->vector_count; i-- > 0;) {
            const struct cube_vector *vector = &engine->vectors[joint->vectors[i]];
            nodes[i] = vector->axis.first_leaf + vector->leaves[rest % vector->count];
            rest /= vector->count;
        }
        to[cube_cell(counts, nodes)] += from[cell];
    }
}

/* Adds each node's cells to those of the node above, the innermost first. */
static void add_margins(const struct cube_counts *counts, int64_t *cells)
{
    size_t inner = 1;
    for (size_t i = counts->axis_count; i-- > 0;) {
        const struct cube_axis *axis = counts->axes[i];
        size_t block = inner * axis->node_count;
        for (size_t start = 0; start < counts->cell_count; start += block)
            for (size_t node = axis->node_count; node-- > 1;) {
                const int64_t *from = cells + start + node * inner;
                int64_t *to = cells + start + axis->nodes[node].parent * inner;
                for (size_t k = 0; k < inner; k++)
                    to[k] += from[k];
            }
        inner = block;
    }
}

static const int64_t *finish(const struct cube_engine *engine, const struct cube_joint *joint,
                             const struct cube_counts *counts, const int64_t *from)
{
    int64_t *cells = arena_array_of(engine->work->arena, counts->cell_count, int64_t);
    gather(engine, joint, counts, from, cells);
    if (counts->with_margins)
        add_margins(counts, cells);
    return cells;
}

static enum status count_tables(struct cube_engine *engine, struct table_plan *plans,
                                struct cube_counts *counts)
{
    const struct cube_request *request = engine->request;
    size_t in_all = 0;
    for (size_t i = 0; i < request->table_count; i++) {
        enum status status = plan_table(engine, &request->tables[i], &plans[i], &counts[i]);
        if (status != STATUS_OK)
            return status;
        in_all += counts[i].cell_count;
        if (in_all > CUBE_MOST_CELLS_IN_ALL)
            return work_fail(engine->work, STATUS_LIMIT,
                             "The tables together would have more than %d cells; count fewer at "
                             "once.",
                             CUBE_MOST_CELLS_IN_ALL);
    }
    for (size_t i = 0; i < request->table_count; i++)
        plans[i].joint = joint_of(engine, &plans[i], counts[i].axis_count);
    cube_count_joints(engine);
    for (size_t i = 0; i < request->table_count; i++) {
        const struct cube_joint *joint = &engine->joints[plans[i].joint];
        counts[i].counts = finish(engine, joint, &counts[i], joint->counts);
        if (joint->weights)
            counts[i].weights = finish(engine, joint, &counts[i], joint->weights);
    }
    return STATUS_OK;
}

enum status cube_count(struct work *work, const struct cube_request *request, struct cube *out_cube)
{
    assert(request->columns->is_sealed);
    if (request->table_count > CUBE_MOST_TABLES)
        return work_fail(work, STATUS_LIMIT, "There are too many tables; %d are counted at once.",
                         CUBE_MOST_TABLES);
    size_t variables = 0, count = request->table_count;
    for (size_t i = 0; i < count; i++)
        variables += request->tables[i].variable_count;
    struct cube_engine engine = { .work = work, .request = request };
    engine.vectors = arena_array_of(work->arena, variables, struct cube_vector);
    engine.joints = arena_array_of(work->arena, count, struct cube_joint);
    struct table_plan *plans = arena_array_of(work->arena, count, struct table_plan);
    struct cube_counts *counts = arena_array_of(work->arena, count, struct cube_counts);
    enum status status = count_tables(&engine, plans, counts);
    for (size_t i = 0; i < engine.vector_count; i++)
        region_free(&engine.vectors[i].own);
    if (status != STATUS_OK)
        return status;
    *out_cube = (struct cube){ .tables = counts,
                               .table_count = count,
                               .rows = request->columns->rows,
                               .unweighted = engine.unweighted };
    return STATUS_OK;
}
