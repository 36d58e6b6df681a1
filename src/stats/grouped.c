/* From a request to its measures: items by unit, then level by level from the innermost units to
 * everybody, each unit's list sorted and measured. */
#include "stats/grouped.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/threads.h"
#include "stats/grouped_parts.h"
#include "base/banned.h"

const struct grouped_cell *grouped_cell(const struct grouped *grouped, size_t group, size_t unit,
                                        size_t label)
{
    const struct grouped_labels *labels = &grouped->groups[group];
    assert(unit < grouped->units->node_count && label < labels->axis->node_count);
    return &labels->cells[unit * labels->axis->node_count + label];
}

static enum status find_axes(struct grouping *grouping)
{
    static const struct cube_node everybody = { { "", 0 }, 0, 0 };
    const struct grouped_request *request = grouping->request;
    size_t index = 0;
    enum status status = STATUS_OK;
    grouping->everybody = (struct cube_axis){ .node_count = 1, .nodes = &everybody };
    grouping->units = &grouping->everybody;
    if (request->unit.level_count > 0) {
        status = cube_vector_of(&grouping->engine, &request->unit, &index);
        grouping->unit = &grouping->engine.vectors[index];
        grouping->units = &grouping->unit->axis;
    }
    for (size_t i = 0; status == STATUS_OK && i < request->group_count; i++) {
        const struct cube_variable variable = { { request->groups[i] }, 1 };
        status = cube_vector_of(&grouping->engine, &variable, &index);
        grouping->groups[i].vector = &grouping->engine.vectors[index];
    }
    grouping->node_count = grouping->units->node_count;
    grouping->first_leaf = grouping->units->first_leaf;
    return status;
}

/* Codes stand side by side in an item where they fit and no weight has to be looked up. */
static void lay_out_items(struct grouping *grouping)
{
    unsigned int shift = 0;
    for (size_t i = 0; i < grouping->request->group_count; i++) {
        struct grouped_group *group = &grouping->groups[i];
        unsigned int bits = 1;
        while (group->vector->count > (size_t)1 << bits)
            bits++;
        group->shift = shift;
        group->mask = (uint32_t)(((uint64_t)1 << bits) - 1);
        shift += bits;
    }
    grouping->holds_rows = shift > ITEM_SHIFT || grouping->weight;
}

static enum status take_cells(struct grouping *grouping)
{
    struct arena *arena = grouping->work->arena;
    size_t nodes = grouping->node_count;
    for (size_t i = 0; i < grouping->request->group_count; i++) {
        struct grouped_group *group = &grouping->groups[i];
        size_t labels = group->vector->axis.node_count;
        if (labels > CUBE_MOST_CELLS / nodes)
            return work_fail(
                grouping->work, STATUS_LIMIT,
                "The column \"%.80s\" has too many different labels to measure pay by.",
                group->vector->axis.names[0]);
        group->cells = arena_array_of(arena, nodes * labels, struct grouped_cell);
    }
    grouping->starts = arena_array_of(arena, nodes, size_t);
    grouping->ends = arena_array_of(arena, nodes, size_t);
    return STATUS_OK;
}

static void measure_some(void *context, size_t index)
{
    struct grouping *grouping = context;
    (void)index;
    for (;;) {
        size_t node = atomic_fetch_add(&grouping->next_node, 1);
        if (node >= grouping->end_node)
            return;
        size_t start = grouping->starts[node] == SIZE_MAX ? 0 : grouping->starts[node];
        size_t count = grouping->ends[node] - start;
        uint64_t *items = (uint64_t *)grouping->items.bytes + start;
        if (count > 0)
            grouping_sort(items, (uint64_t *)grouping->scratch.bytes + start, count);
        grouping_measure_items(grouping, node, items, count);
    }
}

static void add_sums(struct grouping *grouping, size_t node)
{
    for (size_t i = 0; i < grouping->request->group_count; i++) {
        size_t labels = grouping->groups[i].vector->axis.node_count;
        struct grouped_cell *cells = grouping->groups[i].cells;
        size_t parent = grouping->units->nodes[node].parent;
        for (size_t label = 0; label < labels; label++)
            cells[parent * labels + label].sum += cells[node * labels + label].sum;
    }
}

static void measure_levels(struct grouping *grouping)
{
    const struct cube_node *nodes = grouping->units->nodes;
    for (size_t end = grouping->node_count; end > 0;) {
        size_t start = end - 1;
        while (start > 0 && nodes[start - 1].level == nodes[end - 1].level)
            start--;
        atomic_store(&grouping->next_node, start);
        grouping->end_node = end;
        threads_run(grouping->threads < end - start ? grouping->threads : end - start, measure_some,
                    grouping);
        end = start;
    }
}

static void count_unweighted(struct grouping *grouping)
{
    const struct columns *columns = grouping->request->columns;
    const struct column *amount = &columns->column[grouping->request->amount];
    for (int64_t row = 0; grouping->weight && row < columns->rows; row++)
        grouping->unweighted += column_decimal(amount, row) != INTEGER_MISSING &&
                                column_decimal(grouping->weight, row) == INTEGER_MISSING;
}

/* Amounts and weights are added up in integers, which have an end. */
static enum status check_sums(struct grouping *grouping)
{
    const struct columns *columns = grouping->request->columns;
    const struct column *const summed[] = { &columns->column[grouping->request->amount],
                                            grouping->weight };
    for (size_t i = 0; i < sizeof summed / sizeof *summed; i++)
        if (summed[i] && !column_sum_fits(summed[i], columns->rows))
            return work_fail(grouping->work, STATUS_LIMIT,
                             "The numbers of \"%.80s\" are too large to be summed.",
                             summed[i]->name);
    return STATUS_OK;
}

static enum status measure(struct grouping *grouping)
{
    enum status status = check_sums(grouping);
    if (status == STATUS_OK)
        status = find_axes(grouping);
    if (status == STATUS_OK)
        status = take_cells(grouping);
    if (status != STATUS_OK)
        return status;
    lay_out_items(grouping);
    grouping_find_keys(grouping);
    count_unweighted(grouping);
    if (!grouping_measure_runs(grouping)) {
        grouping_make_items(grouping);
        measure_levels(grouping);
    }
    for (size_t node = grouping->node_count; node-- > 1;)
        add_sums(grouping, node);
    return STATUS_OK;
}

/* An axis that outlives the engine's vectors. */
static const struct cube_axis *kept(struct arena *arena, const struct cube_axis *axis)
{
    struct cube_axis *copy = arena_new_of(arena, struct cube_axis);
    *copy = *axis;
    return copy;
}

static struct grouped result_of(const struct grouping *grouping)
{
    struct arena *arena = grouping->work->arena;
    size_t count = grouping->request->group_count;
    struct grouped_labels *labels = arena_array_of(arena, count, struct grouped_labels);
    for (size_t i = 0; i < count; i++) {
        const struct cube_axis *axis = &grouping->groups[i].vector->axis;
        labels[i] = (struct grouped_labels){ .name = axis->names[0],
                                             .axis = kept(arena, axis),
                                             .cells = grouping->groups[i].cells };
    }
    return (struct grouped){ .units = kept(arena, grouping->units),
                             .groups = labels,
                             .group_count = count,
                             .missing = grouping->missing,
                             .unweighted = grouping->unweighted };
}

enum status grouped_measure(struct work *work, const struct grouped_request *request,
                            struct grouped *out_grouped)
{
    const struct columns *columns = request->columns;
    assert(columns->is_sealed && request->group_count <= GROUPED_MOST_GROUPS);
    assert(columns->column[request->amount].kind == COLUMN_DECIMAL);
    const struct cube_request axes = { .columns = columns, .weight = -1 };
    struct grouping grouping = { .work = work,
                                 .request = request,
                                 .engine = { .work = work, .request = &axes } };
    grouping.engine.vectors = arena_array_of(work->arena, request->group_count + 1,
                                             struct cube_vector);
    grouping.weight = request->weight >= 0 ? &columns->column[request->weight] : NULL;
    grouping.threads = threads_for_rows(columns->rows, request->threads);
    enum status status = measure(&grouping);
    if (status == STATUS_OK)
        *out_grouped = result_of(&grouping);
    for (size_t i = 0; i < grouping.engine.vector_count; i++)
        region_free(&grouping.engine.vectors[i].own);
    region_free(&grouping.items);
    region_free(&grouping.scratch);
    region_free(&grouping.amounts);
    return status;
}
