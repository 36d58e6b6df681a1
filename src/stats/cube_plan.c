/* Which joints to count. Every table of two variables could be counted by itself; but a joint of
 * five small variables holds ten such tables and costs one step a row. As with Steiner's triple
 * systems, each table should be in some joint and the joints few. The plan is greedy: it begins a
 * joint with the largest table not yet held, and adds the variable that brings in most others. */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "stats/cube_parts.h"
#include "base/banned.h"

enum { LEAST_RUN = 256, PROBED_RUNS = 64 };

int64_t cube_run_end(const struct cube_vector *vector, int64_t start, int64_t end)
{
    const char *codes = vector->codes;
    size_t width = (size_t)vector->width;
    int64_t step = LEAST_RUN;
    /* Each code is that of the next: memory compared with itself, one code on. */
    while (start + 1 < end) {
        int64_t length = end - 1 - start < step ? end - 1 - start : step;
        const char *at = codes + (size_t)start * width;
        if (memcmp(at, at + width, (size_t)length * width) == 0) {
            start += length;
            step *= 2;
        } else if (length == 1) {
            break;
        } else {
            step = length / 2;
        }
    }
    return start + 1;
}

static bool is_in_runs(const struct cube_vector *vector, int64_t rows)
{
    int64_t row = 0;
    for (int64_t runs = 1; row < rows; runs++) {
        row = cube_run_end(vector, row, rows);
        if (row < rows && runs % PROBED_RUNS == 0 && row < runs * LEAST_RUN)
            return false;
        if (row == rows)
            return rows >= runs * LEAST_RUN;
    }
    return false;
}

/* ---- sets ---- */

static bool set_has(const struct cube_set *set, size_t vector)
{
    for (size_t i = 0; i < set->count; i++)
        if (set->vectors[i] == vector)
            return true;
    return false;
}

/* True when `inner` lies within `outer` and `vector` (SIZE_MAX: no more). */
static bool set_is_within(const struct cube_set *inner, const struct cube_set *outer, size_t vector)
{
    for (size_t i = 0; i < inner->count; i++)
        if (inner->vectors[i] != vector && !set_has(outer, inner->vectors[i]))
            return false;
    return true;
}

static size_t cells_of(const struct cube_engine *engine, const struct cube_set *set)
{
    size_t cells = 1;
    for (size_t i = 0; i < set->count; i++)
        if (__builtin_mul_overflow(cells, engine->vectors[set->vectors[i]].count, &cells))
            return SIZE_MAX;
    return cells;
}

static enum cube_joint_kind kind_of(const struct cube_engine *engine, const struct cube_set *set)
{
    bool is_narrow = true;
    size_t in_runs = 0, compared = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct cube_vector *vector = &engine->vectors[set->vectors[i]];
        is_narrow &= vector->width == 1;
        in_runs += vector->is_in_runs;
        compared += !vector->is_in_runs && vector->width == 1 && vector->count <= CUBE_COMPARED;
    }
    if (in_runs == 1 && in_runs + compared == set->count && compared <= 1)
        return CUBE_RUNS;
    return is_narrow && cells_of(engine, set) <= CUBE_SMALL_CELLS ? CUBE_SMALL : CUBE_LARGE;
}

/* ---- joints ---- */

/* How many tables of the kind, not yet held, the joint would hold with one more vector. */
static size_t gain_of(const struct cube_engine *engine, enum cube_joint_kind kind,
                      const struct cube_set *joint, size_t vector)
{
    size_t gain = 0;
    for (size_t i = 0; i < engine->request->table_count; i++) {
        const struct cube_set *set = &engine->sets[i];
        gain += set->joint == SIZE_MAX && set->kind == kind && set_has(set, vector) &&
                set_is_within(set, joint, vector);
    }
    return gain;
}

/* The vector to add, or SIZE_MAX when none gains; among equals the one with fewest codes. */
static size_t best_vector(const struct cube_engine *engine, enum cube_joint_kind kind,
                          const struct cube_set *joint, size_t most_cells)
{
    size_t best = SIZE_MAX, best_gain = 0, cells = cells_of(engine, joint);
    for (size_t i = 0; i < engine->vector_count; i++) {
        const struct cube_vector *vector = &engine->vectors[i];
        if (set_has(joint, i) || vector->count == 0 || cells > most_cells / vector->count)
            continue;
        size_t gain = gain_of(engine, kind, joint, i);
        if (gain > best_gain ||
            (gain > 0 && gain == best_gain && vector->count < engine->vectors[best].count)) {
            best = i;
            best_gain = gain;
        }
    }
    return best;
}

/* The largest table of the kind that no joint holds; NULL when all are held. */
static const struct cube_set *largest_left(const struct cube_engine *engine,
                                           enum cube_joint_kind kind)
{
    const struct cube_set *largest = NULL;
    for (size_t i = 0; i < engine->request->table_count; i++) {
        const struct cube_set *set = &engine->sets[i];
        if (set->joint == SIZE_MAX && set->kind == kind &&
            (!largest || set->cell_count > largest->cell_count))
            largest = set;
    }
    return largest;
}

static void add_joint(struct cube_engine *engine, enum cube_joint_kind kind,
                      const struct cube_set *set)
{
    struct arena *arena = engine->work->arena;
    struct cube_joint joint = { .kind = kind,
                                .vector_count = set->count,
                                .cell_count = cells_of(engine, set) };
    for (size_t i = 0; i < set->count; i++)
        joint.vectors[i] = set->vectors[i];
    if (kind == CUBE_RUNS && set->count == 2 && !engine->vectors[set->vectors[0]].is_in_runs) {
        joint.vectors[0] = set->vectors[1];
        joint.vectors[1] = set->vectors[0];
    }
    joint.counts = arena_array_of(arena, joint.cell_count, int64_t);
    if (engine->request->weight >= 0)
        joint.weights = arena_array_of(arena, joint.cell_count, int64_t);
    for (size_t i = 0; i < engine->request->table_count; i++)
        if (engine->sets[i].joint == SIZE_MAX && set_is_within(&engine->sets[i], set, SIZE_MAX))
            engine->sets[i].joint = engine->joint_count;
    engine->joints[engine->joint_count++] = joint;
}

static void plan_kind(struct cube_engine *engine, enum cube_joint_kind kind)
{
    size_t most_cells = kind == CUBE_SMALL   ? CUBE_SMALL_CELLS
                        : kind == CUBE_LARGE ? CUBE_LARGE_CELLS
                                             : 0;
    for (const struct cube_set *left; (left = largest_left(engine, kind)) != NULL;) {
        struct cube_set joint = *left;
        while (joint.count < CUBE_MOST_VARIABLES) {
            size_t vector = best_vector(engine, kind, &joint, most_cells);
            if (vector == SIZE_MAX)
                break;
            joint.vectors[joint.count++] = vector;
        }
        add_joint(engine, kind, &joint);
    }
}

void cube_plan_joints(struct cube_engine *engine)
{
    int64_t rows = engine->request->columns->rows;
    for (size_t i = 0; i < engine->vector_count; i++)
        engine->vectors[i].is_in_runs = engine->vectors[i].count > CUBE_COMPARED &&
                                        engine->request->weight < 0 &&
                                        is_in_runs(&engine->vectors[i], rows);
    for (size_t i = 0; i < engine->request->table_count; i++) {
        engine->sets[i].kind = kind_of(engine, &engine->sets[i]);
        engine->sets[i].cell_count = cells_of(engine, &engine->sets[i]);
    }
    /* Those in runs first: a table of the unit alone is then a part of one of them. */
    plan_kind(engine, CUBE_RUNS);
    plan_kind(engine, CUBE_SMALL);
    plan_kind(engine, CUBE_LARGE);
}
