/* From a request to its cube: axes, then joint counts over the rows, then each table as a sum of
 * one of them, then margins. */
#include "stats/cube.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "stats/cube_parts.h"
#include "base/banned.h"

struct table_plan {
    size_t vectors[CUBE_MOST_VARIABLES]; /* of each axis */
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

/* The different variables of a table, in the order of their numbers. */
static struct cube_set set_of(const struct table_plan *plan, size_t count)
{
    struct cube_set set = { .joint = SIZE_MAX };
    for (size_t i = 0; i < count; i++) {
        size_t at = set.count;
        while (at > 0 && set.vectors[at - 1] > plan->vectors[i])
            at--;
        if (at > 0 && set.vectors[at - 1] == plan->vectors[i])
            continue;
        memmove(set.vectors + at + 1, set.vectors + at, (set.count - at) * sizeof *set.vectors);
        set.vectors[at] = plan->vectors[i];
        set.count++;
    }
    return set;
}

/* ---- from joints to tables ---- */

/* How far each code of a joint's vectors lies into the table, and a place in the joint. */
struct gathering {
    const struct cube_joint *joint;
    size_t *offsets[CUBE_MOST_VARIABLES]; /* for each vector of the joint, of each of its codes */
    size_t counts[CUBE_MOST_VARIABLES];
};

/* The offset of a code is that of its leaf, along every axis of the table that the vector stands
 * on; vectors that the table does not have lie at 0, and so are summed over. */
static void find_offsets(const struct cube_engine *engine, const struct table_plan *plan,
                         const struct cube_counts *counts, struct gathering *gathering)
{
    const struct cube_joint *joint = gathering->joint;
    for (size_t k = 0; k < joint->vector_count; k++) {
        const struct cube_vector *vector = &engine->vectors[joint->vectors[k]];
        size_t stride = 1, first = counts->with_margins ? vector->axis.first_leaf : 0;
        gathering->counts[k] = vector->count;
        gathering->offsets[k] = arena_array_of(engine->work->arena, vector->count, size_t);
        for (size_t i = counts->axis_count; i-- > 0;) {
            for (size_t code = 0; plan->vectors[i] == joint->vectors[k] && code < vector->count;
                 code++)
                gathering->offsets[k][code] += (first + vector->leaves[code]) * stride;
            stride *= axis_size(counts->axes[i], counts->with_margins);
        }
    }
}

/* Adds each cell of the joint to that of the table where its leaves stand: a loop over the codes of
 * the last vector, within a count through those of the others. */
static void gather(const struct gathering *gathering, const int64_t *from, int64_t *to)
{
    assert(gathering->joint->vector_count > 0);
    size_t last = gathering->joint->vector_count - 1, codes[CUBE_MOST_VARIABLES] = { 0 };
    const size_t *inner = gathering->offsets[last];
    for (size_t cell = 0; cell < gathering->joint->cell_count; cell += gathering->counts[last]) {
        int64_t *start = to;
        for (size_t k = 0; k < last; k++)
            start += gathering->offsets[k][codes[k]];
        for (size_t code = 0; code < gathering->counts[last]; code++)
            start[inner[code]] += from[cell + code];
        for (size_t k = last; k-- > 0 && ++codes[k] == gathering->counts[k];)
            codes[k] = 0;
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

static const int64_t *finish(const struct cube_engine *engine, const struct gathering *gathering,
                             const struct cube_counts *counts, const int64_t *from)
{
    int64_t *cells = arena_array_of(engine->work->arena, counts->cell_count, int64_t);
    gather(gathering, from, cells);
    if (counts->with_margins)
        add_margins(counts, cells);
    return cells;
}

static void finish_table(const struct cube_engine *engine, const struct table_plan *plan,
                         const struct cube_joint *joint, struct cube_counts *counts)
{
    struct gathering gathering = { .joint = joint };
    find_offsets(engine, plan, counts, &gathering);
    counts->counts = finish(engine, &gathering, counts, joint->counts);
    if (joint->weights)
        counts->weights = finish(engine, &gathering, counts, joint->weights);
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
        engine->sets[i] = set_of(&plans[i], counts[i].axis_count);
    cube_plan_joints(engine);
    cube_count_joints(engine);
    for (size_t i = 0; i < request->table_count; i++)
        finish_table(engine, &plans[i], &engine->joints[engine->sets[i].joint], &counts[i]);
    return STATUS_OK;
}

enum status cube_count(struct work *work, const struct cube_request *request, struct cube *out_cube)
{
    assert(request->columns->is_sealed);
    if (request->table_count > CUBE_MOST_TABLES)
        return work_fail(work, STATUS_LIMIT, "There are too many tables; %d are counted at once.",
                         CUBE_MOST_TABLES);
    if (request->weight >= 0 &&
        !column_sum_fits(&request->columns->column[request->weight], request->columns->rows))
        return work_fail(work, STATUS_LIMIT, "The numbers of \"%.80s\" are too large to be summed.",
                         request->columns->column[request->weight].name);
    size_t variables = 0, count = request->table_count;
    for (size_t i = 0; i < count; i++)
        variables += request->tables[i].variable_count;
    struct cube_engine engine = { .work = work, .request = request };
    engine.vectors = arena_array_of(work->arena, variables, struct cube_vector);
    engine.form = request->has_form ? request->form : processor_best();
    engine.sets = arena_array_of(work->arena, count, struct cube_set);
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
