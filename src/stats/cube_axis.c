/* Axes: the labels of a variable in their order, and for a hierarchy the paths that the rows take
 * through its levels. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "stats/cube_parts.h"
#include "base/banned.h"

enum { MOST_NODES = DICTIONARY_MOST_LABELS, FIRST_SLOTS = 1024 };

/* A path: a label under a path of the level above. Paths of a level are numbered as they come. */
struct path {
    uint32_t parent, code;
};

struct level {
    struct path *paths;
    size_t count, room;
    uint32_t *slots; /* number + 1; 0: free */
    size_t slot_count;
};

static void *checked(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

static size_t slot_of(const struct level *level, struct path path)
{
    uint64_t mixed = ((uint64_t)path.parent << 32 | path.code) * UINT64_C(0x9E3779B97F4A7C15);
    for (size_t i = (size_t)(mixed >> 32);; i++) {
        size_t slot = i & (level->slot_count - 1);
        uint32_t held = level->slots[slot];
        if (!held || (level->paths[held - 1].parent == path.parent &&
                      level->paths[held - 1].code == path.code))
            return slot;
    }
}

static void grow(struct level *level)
{
    if (level->count == level->room) {
        level->room = level->room ? 2 * level->room : FIRST_SLOTS / 2;
        level->paths = checked(reallocarray(level->paths, level->room, sizeof *level->paths));
    }
    if (2 * level->count < level->slot_count)
        return;
    level->slot_count = level->slot_count ? 2 * level->slot_count : FIRST_SLOTS;
    free(level->slots);
    level->slots = checked(calloc(level->slot_count, sizeof *level->slots));
    for (size_t i = 0; i < level->count; i++)
        level->slots[slot_of(level, level->paths[i])] = (uint32_t)i + 1;
}

static uint32_t path_number(struct level *level, struct path path)
{
    if (level->count == level->room || 2 * level->count >= level->slot_count)
        grow(level);
    uint32_t *slot = &level->slots[slot_of(level, path)];
    if (!*slot) {
        level->paths[level->count++] = path;
        *slot = (uint32_t)level->count;
    }
    return *slot - 1;
}

/* ---- nodes ---- */

struct ranked {
    struct slice label;
    size_t parent; /* a node */
    uint32_t number;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *first = a, *second = b;
    if (first->parent != second->parent)
        return first->parent < second->parent ? -1 : 1;
    return slice_compare(first->label, second->label);
}

/* Puts the paths of a level behind the nodes that stand there. `parents` has the node of each path
 * of the level above (NULL: everybody); gives, for the caller to free, the node of each path. */
static size_t *add_nodes(struct cube_engine *engine, struct cube_axis *axis,
                         const struct column *column, const struct level *level,
                         const size_t *parents)
{
    struct cube_node *nodes = arena_array_of(engine->work->arena, axis->node_count + level->count,
                                             struct cube_node);
    struct ranked *ranked = checked(calloc(level->count + 1, sizeof *ranked));
    size_t *node_of = checked(calloc(level->count + 1, sizeof *node_of));
    memcpy(nodes, axis->nodes, axis->node_count * sizeof *nodes);
    for (size_t i = 0; i < level->count; i++)
        ranked[i] = (struct ranked){ .label = column_label(column, level->paths[i].code),
                                     .parent = parents ? parents[level->paths[i].parent] : 0,
                                     .number = (uint32_t)i };
    qsort(ranked, level->count, sizeof *ranked, compare_ranked);
    axis->first_leaf = axis->node_count;
    axis->level_count++;
    for (size_t i = 0; i < level->count; i++) {
        node_of[ranked[i].number] = axis->node_count;
        nodes[axis->node_count++] = (struct cube_node){ .label = ranked[i].label,
                                                        .parent = ranked[i].parent,
                                                        .level = axis->level_count };
    }
    axis->nodes = nodes;
    free(ranked);
    return node_of;
}

/* Every label of the first level is a path, also one that no row has. */
static struct level first_level(const struct column *column)
{
    struct level level = { .count = column_label_count(column) };
    level.paths = checked(calloc(level.count + 1, sizeof *level.paths));
    for (size_t i = 0; i < level.count; i++)
        level.paths[i] = (struct path){ 0, (uint32_t)i };
    return level;
}

/* Takes each row's path one level further. False when there are too many. */
static bool extend(const struct column *column, int64_t rows, uint32_t *paths, struct level *level)
{
    for (int64_t row = 0; row < rows; row++) {
        paths[row] = path_number(level, (struct path){ paths[row], column_code(column, row) });
        if (level->count > MOST_NODES)
            return false;
    }
    return true;
}

static void narrow(struct cube_vector *vector, int64_t rows)
{
    uint32_t *codes = vector->own.bytes;
    vector->width = vector->count <= 1 << 8 ? 1 : vector->count <= 1 << 16 ? 2 : 4;
    for (int64_t row = 0; row < rows; row++) {
        uint32_t code = codes[row];
        if (vector->width == 1)
            ((uint8_t *)codes)[row] = (uint8_t)code;
        else if (vector->width == 2)
            ((uint16_t *)codes)[row] = (uint16_t)code;
    }
    region_trim(&vector->own, (size_t)rows * (size_t)vector->width);
    vector->codes = vector->own.bytes;
}

/* The codes of a variable of several levels, to begin with those of the outermost. */
static void copy_codes(struct cube_vector *vector, const struct column *column, int64_t rows)
{
    region_reach(&vector->own, (size_t)rows * sizeof(uint32_t));
    for (int64_t row = 0; row < rows; row++)
        ((uint32_t *)vector->own.bytes)[row] = column_code(column, row);
}

static bool add_levels(struct cube_engine *engine, struct cube_vector *vector)
{
    const struct columns *columns = engine->request->columns;
    const struct cube_variable *variable = &vector->variable;
    const struct column *column = &columns->column[variable->columns[0]];
    struct level level = first_level(column);
    size_t *node_of = add_nodes(engine, &vector->axis, column, &level, NULL);
    bool fits = true;
    vector->codes = column->values.bytes;
    vector->width = column->width;
    if (variable->level_count > 1)
        copy_codes(vector, column, columns->rows);
    for (size_t i = 1; fits && i < variable->level_count; i++) {
        struct level next = { 0 };
        grow(&next);
        column = &columns->column[variable->columns[i]];
        fits = extend(column, columns->rows, vector->own.bytes, &next);
        size_t *parents = node_of;
        node_of = add_nodes(engine, &vector->axis, column, &next, parents);
        free(parents);
        free(level.paths);
        free(level.slots);
        level = next;
    }
    vector->count = level.count;
    vector->leaves = arena_array_of(engine->work->arena, level.count + 1, size_t);
    for (size_t i = 0; i < level.count; i++)
        vector->leaves[i] = node_of[i] - vector->axis.first_leaf;
    if (fits && variable->level_count > 1)
        narrow(vector, columns->rows);
    free(level.paths);
    free(level.slots);
    free(node_of);
    return fits;
}

static bool is_same(const struct cube_variable *a, const struct cube_variable *b)
{
    return a->level_count == b->level_count &&
           memcmp(a->columns, b->columns, a->level_count * sizeof *a->columns) == 0;
}

enum status cube_vector_of(struct cube_engine *engine, const struct cube_variable *variable,
                           size_t *out_index)
{
    static const struct cube_node everybody = { { "", 0 }, 0, 0 };
    assert(variable->level_count >= 1 && variable->level_count <= CUBE_MOST_LEVELS);
    for (size_t i = 0; i < engine->vector_count; i++)
        if (is_same(&engine->vectors[i].variable, variable)) {
            *out_index = i;
            return STATUS_OK;
        }
    struct cube_vector *vector = &engine->vectors[engine->vector_count];
    *vector = (struct cube_vector){ .variable = *variable,
                                    .axis = { .node_count = 1, .nodes = &everybody } };
    *out_index = engine->vector_count++;
    for (size_t i = 0; i < variable->level_count; i++)
        vector->axis.names[i] = engine->request->columns->column[variable->columns[i]].name;
    if (!add_levels(engine, vector))
        return work_fail(engine->work, STATUS_LIMIT,
                         "The hierarchy that ends with \"%.80s\" has too many units (%d at most).",
                         vector->axis.names[variable->level_count - 1], MOST_NODES);
    return STATUS_OK;
}
