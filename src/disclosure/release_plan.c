/* Cells are found again by what they mean: their columns and labels, whichever table they stand in.
 * Relations follow from the sets of columns: cells of a larger set add up to those of a smaller one
 * with no set between the two. */
#include "disclosure/release_plan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/sensitive.h"
#include "base/banned.h"

/* A set of columns that cells have, and the cells that have it. */
struct family {
    uint64_t columns;
    int32_t *cells;
    int32_t count, room;
};

/* Cells by what they mean. */
struct release_plan_index {
    int32_t *slots; /* open addressing over cells; -1: free */
    size_t slot_mask;
    struct family *families;
    size_t family_count, family_room;
};

struct making {
    struct work *work;
    struct release_plan *plan;
    const struct release_plan_source *source;
    struct relations_builder *builder;
    struct release_plan_index *index;
};

static size_t hash_of(uint64_t columns, const uint32_t *codes)
{
    uint64_t hash = columns * UINT64_C(0x9E3779B97F4A7C15);
    int count = __builtin_popcountll(columns);
    for (int i = 0; i < count; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
        hash = (hash ^ (hash >> 29) ^ codes[i]) * UINT64_C(0xBF58476D1CE4E5B9);
    return (size_t)(hash ^ (hash >> 32));
}

/* The slot of a cell, or the free one where it would go. */
static size_t slot_of(const struct release_plan *plan, uint64_t columns, const uint32_t *codes)
{
    const struct release_plan_index *index = plan->index;
    size_t slot = hash_of(columns, codes) & index->slot_mask;
    size_t bytes = (size_t)__builtin_popcountll(columns) * sizeof *codes;
    for (;; slot = (slot + 1) & index->slot_mask) {
        int32_t cell = index->slots[slot];
        if (cell < 0 || (plan->meanings[cell].columns == columns &&
                         (bytes == 0 || memcmp(plan->meanings[cell].codes, codes, bytes) == 0)))
            return slot;
    }
}

static struct family *family_of(struct making *making, uint64_t columns)
{
    for (size_t i = 0; i < making->index->family_count; i++)
        if (making->index->families[i].columns == columns)
            return &making->index->families[i];
    assert(making->index->family_count < making->index->family_room);
    struct family *family = &making->index->families[making->index->family_count++];
    *family = (struct family){ .columns = columns };
    return family;
}

static void family_add(struct arena *arena, struct family *family, int32_t cell)
{
    if (family->count == family->room) {
        int32_t room = family->room ? family->room * 2 : 64;
        int32_t *cells = arena_take_raw(arena, (size_t)room * sizeof *cells);
        if (family->count)
            memcpy(cells, family->cells, (size_t)family->count * sizeof *cells);
        family->cells = cells;
        family->room = room;
    }
    family->cells[family->count++] = cell;
}

/* Which plan column a column of the people is. */
static size_t place_of(const struct release_plan *plan, size_t column)
{
    size_t place = 0;
    while (plan->column_places[place] != column)
        place++;
    assert(place < plan->column_count);
    return place;
}

/* What a cell of a table means: a code for each column on its nodes' way up. */
static uint64_t meaning_of(struct release_plan *plan, const struct cube_table *table,
                           const struct cube_counts *counts, size_t cube_cell,
                           uint32_t *codes_by_column)
{
    size_t nodes[CUBE_MOST_VARIABLES];
    uint64_t columns = 0;
    cube_nodes(counts, cube_cell, nodes);
    for (size_t a = 0; a < counts->axis_count; a++) {
        const struct cube_axis *axis = counts->axes[a];
        for (size_t node = nodes[a]; axis->nodes[node].level > 0; node = axis->nodes[node].parent) {
            size_t column = table->variables[a].columns[axis->nodes[node].level - 1];
            size_t place = place_of(plan, column);
            columns |= UINT64_C(1) << place;
            codes_by_column[place] = dictionary_find(plan->people->column[column].labels,
                                                     axis->nodes[node].label);
        }
    }
    return columns;
}

static enum status add_cell(struct making *making, uint64_t columns,
                            const uint32_t *codes_by_column, int64_t value, int32_t *out_cell)
{
    struct arena *arena = making->work->arena;
    uint32_t codes[RELEASE_PLAN_MOST_COLUMNS];
    int count = 0;
    for (uint64_t rest = columns; rest; rest &= rest - 1)
        codes[count++] = codes_by_column[__builtin_ctzll(rest)];
    size_t slot = slot_of(making->plan, columns, codes);
    if (making->index->slots[slot] >= 0) {
        *out_cell = making->index->slots[slot];
        return STATUS_OK;
    }
    int32_t cell = 0;
    enum status status = relations_add_cell(making->builder, value, &cell);
    if (status != STATUS_OK)
        return status;
    uint32_t *kept = arena_take_raw(arena, (size_t)count * sizeof *kept);
    if (count)
        memcpy(kept, codes, (size_t)count * sizeof *kept);
    making->plan->meanings[cell] = (struct release_plan_cell){ columns, kept };
    making->index->slots[slot] = cell;
    family_add(arena, family_of(making, columns), cell);
    *out_cell = cell;
    return STATUS_OK;
}

static enum status add_table(struct making *making, size_t t)
{
    struct release_plan *plan = making->plan;
    const struct cube_counts *counts = &plan->cube->tables[t];
    uint32_t codes[RELEASE_PLAN_MOST_COLUMNS];
    enum status status = STATUS_OK;
    plan->cells[t] = arena_take_raw(making->work->arena, counts->cell_count * sizeof(int32_t));
    for (size_t i = 0; i < counts->cell_count && status == STATUS_OK; i++) {
        uint64_t columns = meaning_of(plan, &making->source->tables[t], counts, i, codes);
        int64_t unit = making->source->weight_unit;
        int64_t value = unit ? counts->weights[i] / unit : counts->counts[i];
        if ((unit && counts->weights[i] % unit) || value < 0 || value > RELATIONS_MOST_VALUE)
            return work_fail(making->work, STATUS_INPUT,
                             "The table %.60s has a cell whose count is below 0, too large or no "
                             "whole number of people.",
                             counts->name);
        status = add_cell(making, columns, codes, value, &plan->cells[t][i]);
        if (status == STATUS_OK && plan->key_sums)
            plan->key_sums[plan->cells[t][i]] = counts->weights[i];
    }
    return status;
}

/* ---- relations ---- */

struct pair {
    int32_t total, part;
};

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return x->total != y->total ? (x->total > y->total) - (x->total < y->total)
                                : (x->part > y->part) - (x->part < y->part);
}

/* The cell of the smaller set in which a cell of the larger one lies. */
static int32_t total_of(const struct making *making, int32_t part, uint64_t columns)
{
    const struct release_plan_cell *meaning = &making->plan->meanings[part];
    uint32_t codes[RELEASE_PLAN_MOST_COLUMNS];
    int from = 0, to = 0;
    for (uint64_t rest = meaning->columns; rest; rest &= rest - 1, from++)
        if (columns >> __builtin_ctzll(rest) & 1)
            codes[to++] = meaning->codes[from];
    return making->index->slots[slot_of(making->plan, columns, codes)];
}

static enum status relate(struct making *making, const struct family *smaller,
                          const struct family *larger)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t count = (size_t)larger->count;
    struct pair *pairs = arena_take_raw(arena, count * sizeof *pairs);
    int32_t *members = arena_take_raw(arena, (count + 1) * sizeof *members);
    enum status status = STATUS_OK;
    const bool *withheld = making->plan->is_withheld;
    for (size_t i = 0; i < count; i++)
        pairs[i] = (struct pair){ total_of(making, larger->cells[i], smaller->columns),
                                  larger->cells[i] };
    qsort(pairs, count, sizeof *pairs, compare_pairs);
    for (size_t start = 0, end = 0; start < count && status == STATUS_OK; start = end) {
        size_t length = 0;
        members[length++] = pairs[start].total;
        for (; end < count && pairs[end].total == pairs[start].total; end++)
            members[length++] = pairs[end].part;
        if (pairs[start].total >= 0 && !withheld[pairs[start].part])
            status = relations_add(making->builder, "the tables", 0, members, length);
    }
    return status;
}

static bool has_between(const struct making *making, uint64_t smaller, uint64_t larger)
{
    for (size_t i = 0; i < making->index->family_count; i++) {
        uint64_t between = making->index->families[i].columns;
        if (between != smaller && between != larger && (between & smaller) == smaller &&
            (between & larger) == between)
            return true;
    }
    return false;
}

static enum status add_relations(struct making *making)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < making->index->family_count; i++)
        for (size_t k = 0; k < making->index->family_count && status == STATUS_OK; k++) {
            uint64_t smaller = making->index->families[i].columns,
                     larger = making->index->families[k].columns;
            if (smaller == larger || (smaller & larger) != smaller ||
                has_between(making, smaller, larger))
                continue;
            status = relate(making, &making->index->families[i], &making->index->families[k]);
        }
    return status;
}

static struct making start(struct work *work, struct release_plan *plan,
                           const struct release_plan_source *source)
{
    struct arena *arena = work->arena;
    size_t cells = 0, families = 1, slots = 1024;
    for (size_t t = 0; t < source->table_count; t++) {
        size_t sets = 1;
        cells += plan->cube->tables[t].cell_count;
        for (size_t v = 0; v < source->tables[t].variable_count; v++)
            sets *= source->tables[t].variables[v].level_count + 1;
        families += sets;
    }
    cells = cells < RELATIONS_MOST_CELLS ? cells : RELATIONS_MOST_CELLS;
    while (slots < cells * 2)
        slots *= 2;
    plan->meanings = arena_take_raw(arena, cells * sizeof *plan->meanings);
    if (source->has_keys)
        plan->key_sums = arena_take_raw(arena, cells * sizeof *plan->key_sums);
    struct release_plan_index *index = arena_new_of(arena, struct release_plan_index);
    *index = (struct release_plan_index){
        .slots = arena_take_raw(arena, slots * sizeof(int32_t)),
        .slot_mask = slots - 1,
        .families = arena_array_of(arena, families, struct family),
        .family_room = families,
    };
    memset(index->slots, 0xFF, slots * sizeof(int32_t)); /* -1 */
    plan->index = index;
    struct making making = {
        .work = work,
        .plan = plan,
        .source = source,
        .builder = relations_builder_new(work),
        .index = index,
    };
    return making;
}

static enum status check_columns(struct work *work, const struct release_plan_source *source,
                                 struct release_plan *plan)
{
    for (size_t t = 0; t < source->table_count; t++) {
        const struct cube_table *table = &source->tables[t];
        uint64_t seen = 0;
        for (size_t v = 0; v < table->variable_count; v++)
            for (size_t l = 0; l < table->variables[v].level_count; l++) {
                size_t place = 0, column = table->variables[v].columns[l];
                while (place < plan->column_count && plan->column_places[place] != column)
                    place++;
                if (place == RELEASE_PLAN_MOST_COLUMNS)
                    return work_fail(work, STATUS_LIMIT, "The tables name more than %d columns.",
                                     RELEASE_PLAN_MOST_COLUMNS);
                if (seen >> place & 1)
                    return work_fail(
                        work, STATUS_INPUT,
                        "The table %.60s has the column \"%.60s\" twice; name it once.",
                        table->name, source->people->column[column].name);
                if (place == plan->column_count)
                    plan->column_places[plan->column_count++] = column;
                seen |= UINT64_C(1) << place;
            }
    }
    return STATUS_OK;
}

enum status release_plan_make(struct work *work, const struct release_plan_source *source,
                              struct release_plan **out_plan)
{
    struct release_plan *plan = arena_new_of(work->arena, struct release_plan);
    *plan = (struct release_plan){ .people = source->people,
                                   .profiles = source->profiles,
                                   .cube = source->cube,
                                   .cells = arena_array_of(work->arena, source->table_count,
                                                           int32_t *) };
    struct making making = start(work, plan, source);
    enum status status = check_columns(work, source, plan);
    for (size_t t = 0; t < source->table_count && status == STATUS_OK; t++)
        status = add_table(&making, t);
    int32_t cells = 0;
    for (size_t i = 0; i < making.index->family_count; i++)
        cells += making.index->families[i].count;
    if (status == STATUS_OK)
        status = sensitive_withhold(work, plan, cells);
    if (status == STATUS_OK)
        status = add_relations(&making);
    if (status != STATUS_OK)
        return status;
    plan->relations = relations_finish(making.builder);
    *out_plan = plan;
    return STATUS_OK;
}

bool release_plan_label(const struct release_plan *plan, int32_t cell, size_t column,
                        struct slice *out_label)
{
    const struct release_plan_cell *meaning = &plan->meanings[cell];
    uint64_t bit = UINT64_C(1) << column;
    if (!(meaning->columns & bit))
        return false;
    uint32_t code = meaning->codes[__builtin_popcountll(meaning->columns & (bit - 1))];
    *out_label = column_label(&plan->people->column[plan->column_places[column]], code);
    return true;
}

size_t release_plan_families(const struct release_plan *plan)
{
    return plan->index->family_count;
}

void release_plan_cells_of(const struct release_plan *plan, const uint32_t *codes,
                           int32_t *out_cells)
{
    for (size_t f = 0; f < plan->index->family_count; f++) {
        uint64_t columns = plan->index->families[f].columns;
        uint32_t of_family[RELEASE_PLAN_MOST_COLUMNS];
        int count = 0;
        for (uint64_t rest = columns; rest; rest &= rest - 1)
            of_family[count++] = codes[__builtin_ctzll(rest)];
        out_cells[f] = plan->index->slots[slot_of(plan, columns, of_family)];
        assert(out_cells[f] >= 0); /* the cube has counted this person there */
    }
}
