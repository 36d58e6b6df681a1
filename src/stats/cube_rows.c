/* The walk over the rows: threads by range, within a range block by block, so that the codes of a
 * block are still near when the next joint wants them. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/threads.h"
#include "stats/cube_kernels.h"
#include "base/banned.h"

enum { BLOCK = 8192, ROWS_TOGETHER = 64 };

/* What one thread counts, before all are added up. */
struct walk {
    const struct cube_engine *engine;
    int64_t start, end;
    uint32_t **counts;  /* of each joint; a small one has CUBE_WAYS of them */
    int64_t **weights;  /* of each joint */
    struct region room; /* holds them */
    int64_t unweighted;
    uint16_t small[BLOCK];
    uint32_t large[BLOCK];
    int64_t values[BLOCK]; /* weights of the block's rows */
};

struct walks {
    struct walk *walk[THREADS_MOST];
    size_t count;
};

static size_t ways_of(const struct cube_joint *joint)
{
    return joint->kind == CUBE_SMALL ? CUBE_WAYS : 1;
}

static void take_room(struct walk *walk)
{
    const struct cube_engine *engine = walk->engine;
    bool is_weighted = engine->request->weight >= 0;
    size_t weights = 0, counts = 0;
    for (size_t i = 0; i < engine->joint_count; i++) {
        counts += engine->joints[i].cell_count * ways_of(&engine->joints[i]);
        weights += is_weighted ? engine->joints[i].cell_count : 0;
    }
    region_reach(&walk->room, weights * sizeof(int64_t) + counts * sizeof(uint32_t));
    int64_t *weight = walk->room.bytes;
    uint32_t *count = (uint32_t *)(weight + weights);
    for (size_t i = 0; i < engine->joint_count; i++) {
        walk->counts[i] = count;
        count += engine->joints[i].cell_count * ways_of(&engine->joints[i]);
        walk->weights[i] = is_weighted ? weight : NULL;
        weight += is_weighted ? engine->joints[i].cell_count : 0;
    }
}

static void read_weights(struct walk *walk, int64_t row, size_t count)
{
    const struct cube_request *request = walk->engine->request;
    const struct column *column = &request->columns->column[request->weight];
    for (size_t i = 0; i < count; i++) {
        int64_t value = column_decimal(column, row + (int64_t)i);
        walk->unweighted += value == INTEGER_MISSING;
        walk->values[i] = value == INTEGER_MISSING ? 0 : value;
    }
}

static void count_small(struct walk *walk, size_t index, int64_t row, size_t count)
{
    const struct cube_joint *joint = &walk->engine->joints[index];
    int64_t *weights = walk->weights[index];
    cube_small_cells(walk->engine, joint, row, count, walk->small);
    cube_add_cells(walk->small, count, joint->cell_count, walk->counts[index]);
    for (size_t i = 0; weights && i < count; i++)
        weights[walk->small[i]] += walk->values[i];
}

static void count_large(struct walk *walk, size_t index, int64_t row, size_t count)
{
    const struct cube_joint *joint = &walk->engine->joints[index];
    int64_t *weights = walk->weights[index];
    uint32_t *counts = walk->counts[index];
    cube_large_cells(walk->engine, joint, row, count, walk->large);
    for (size_t i = 0; i < count; i++)
        counts[walk->large[i]]++;
    for (size_t i = 0; weights && i < count; i++)
        weights[walk->large[i]] += walk->values[i];
}

/* Rows of one code of the first vector stand together: each run is counted by the second. */
static void count_runs(struct walk *walk, size_t index)
{
    const struct cube_engine *engine = walk->engine;
    const struct cube_joint *joint = &engine->joints[index];
    const struct cube_vector *outer = &engine->vectors[joint->vectors[0]];
    const struct cube_vector *inner = joint->vector_count > 1 ? &engine->vectors[joint->vectors[1]]
                                                              : NULL;
    for (int64_t row = walk->start; row < walk->end;) {
        int64_t end = cube_run_end(outer, row, walk->end);
        uint32_t code = cube_code(outer, row);
        if (inner)
            cube_add_codes(engine->form, (const uint8_t *)inner->codes + row, (size_t)(end - row),
                           inner->count, walk->counts[index] + code * inner->count);
        else
            walk->counts[index][code] += (uint32_t)(end - row);
        row = end;
    }
}

static void count_range(void *context, size_t index)
{
    const struct walks *walks = context;
    struct walk *walk = walks->walk[index];
    const struct cube_engine *engine = walk->engine;
    take_room(walk);
    for (int64_t row = walk->start; row < walk->end; row += BLOCK) {
        size_t count = walk->end - row < BLOCK ? (size_t)(walk->end - row) : BLOCK;
        if (engine->request->weight >= 0)
            read_weights(walk, row, count);
        for (size_t i = 0; i < engine->joint_count; i++) {
            if (engine->joints[i].kind == CUBE_SMALL)
                count_small(walk, i, row, count);
            else if (engine->joints[i].kind == CUBE_LARGE)
                count_large(walk, i, row, count);
        }
    }
    for (size_t i = 0; i < engine->joint_count; i++)
        if (engine->joints[i].kind == CUBE_RUNS)
            count_runs(walk, i);
}

static void add_walk(struct cube_engine *engine, const struct walk *walk)
{
    engine->unweighted += walk->unweighted;
    for (size_t i = 0; i < engine->joint_count; i++) {
        struct cube_joint *joint = &engine->joints[i];
        for (size_t way = 0; way < ways_of(joint); way++) {
            const uint32_t *counts = walk->counts[i] + way * joint->cell_count;
            for (size_t cell = 0; cell < joint->cell_count; cell++)
                joint->counts[cell] += counts[cell];
        }
        for (size_t cell = 0; joint->weights && cell < joint->cell_count; cell++)
            joint->weights[cell] += walk->weights[i][cell];
    }
}

static struct walk *walk_new(struct cube_engine *engine)
{
    struct walk *walk = malloc(sizeof *walk);
    if (!walk)
        abort();
    walk->engine = engine;
    walk->room = (struct region){ 0 };
    walk->unweighted = 0;
    walk->counts = arena_array_of(engine->work->arena, engine->joint_count, uint32_t *);
    walk->weights = arena_array_of(engine->work->arena, engine->joint_count, int64_t *);
    return walk;
}

void cube_count_joints(struct cube_engine *engine)
{
    int64_t rows = engine->request->columns->rows;
    struct walks walks = { .count = threads_for_rows(rows, engine->request->threads) };
    int64_t share = (rows / (int64_t)walks.count + ROWS_TOGETHER) / ROWS_TOGETHER * ROWS_TOGETHER;
    for (size_t i = 0; i < walks.count; i++) {
        int64_t start = share * (int64_t)i, end = start + share;
        walks.walk[i] = walk_new(engine);
        walks.walk[i]->start = start < rows ? start : rows;
        walks.walk[i]->end = end < rows ? end : rows;
    }
    threads_run(walks.count, count_range, &walks);
    for (size_t i = 0; i < walks.count; i++) {
        add_walk(engine, walks.walk[i]);
        region_free(&walks.walk[i]->room);
        free(walks.walk[i]);
    }
}
