/* People as sortable integers, placed by unit, and the sort. */
#include <stdlib.h>
#include <string.h>

#include "base/threads.h"
#include "stats/grouped_parts.h"
#include "base/banned.h"

enum { SHORT_BLOCK = 1 << 16, FEW = 48, DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, KEY_BITS = 32 };

/* ---- the sort ---- */

static void sort_few(uint64_t *items, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t item = items[i];
        size_t at = i;
        for (; at > 0 && item_key(items[at - 1]) > item_key(item); at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

/* One step of a radix sort: by `bits` bits of the item from `shift` on. */
static void sort_by_digit(const uint64_t *from, uint64_t *to, size_t count, unsigned int shift,
                          unsigned int bits)
{
    uint32_t places[DIGITS];
    uint32_t place = 0, mask = (1U << bits) - 1;
    memset(places, 0, (mask + 1) * sizeof *places);
    for (size_t i = 0; i < count; i++)
        places[from[i] >> shift & mask]++;
    for (size_t digit = 0; digit <= mask; digit++) {
        uint32_t wanted = places[digit];
        places[digit] = place;
        place += wanted;
    }
    for (size_t i = 0; i < count; i++)
        to[places[from[i] >> shift & mask]++] = from[i];
}

void grouping_sort(uint64_t *items, uint64_t *scratch, size_t count)
{
    uint32_t differing = 0;
    uint64_t *from = items, *to = scratch;
    if (count <= FEW) {
        sort_few(items, count);
        return;
    }
    for (size_t i = 1; i < count; i++)
        differing |= item_key(items[i]) ^ item_key(items[0]);
    /* Equal digits, as few as have to be: bits in which all agree need no step. */
    unsigned int wanted = differing ? KEY_BITS - (unsigned int)__builtin_clz(differing) : 0;
    unsigned int most = count < DIGITS ? 8 : DIGIT_BITS;
    unsigned int steps = (wanted + most - 1) / most;
    unsigned int bits = steps ? (wanted + steps - 1) / steps : 0;
    for (unsigned int step = 0; step < steps; step++) {
        sort_by_digit(from, to, count, ITEM_SHIFT + step * bits, bits);
        uint64_t *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}

/* ---- keys ---- */

static int compare_amounts(const void *a, const void *b)
{
    const int64_t *first = a, *second = b;
    return (*first > *second) - (*first < *second);
}

/* Amounts that lie too far apart for a key get their rank. */
static void rank_amounts(struct grouping *grouping, const struct column *amount, int64_t rows)
{
    size_t count = 0, kept = 0;
    region_reach(&grouping->amounts, grouping->item_count * sizeof(int64_t));
    int64_t *amounts = grouping->amounts.bytes;
    for (int64_t row = 0; row < rows; row++) {
        int64_t value = column_decimal(amount, row);
        if (value != INTEGER_MISSING)
            amounts[count++] = value;
    }
    qsort(amounts, count, sizeof *amounts, compare_amounts);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || amounts[i] != amounts[kept - 1])
            amounts[kept++] = amounts[i];
    region_trim(&grouping->amounts, kept * sizeof *amounts);
    grouping->amount_count = kept;
}

/* The ends of short amounts, with no branch: a missing one is the least that four bytes hold. */
static void find_short_ends(const int32_t *values, int64_t rows, int64_t ends[2],
                            size_t *out_missing)
{
    int32_t least = INT32_MAX, most = INT32_MIN;
    size_t missing = 0;
    for (int64_t start = 0; start < rows; start += SHORT_BLOCK) {
        int64_t end = rows - start < SHORT_BLOCK ? rows : start + SHORT_BLOCK;
        int32_t absent = 0;
        for (int64_t row = start; row < end; row++) {
            int32_t value = values[row], known = value == INT32_MIN ? INT32_MAX : value;
            absent += value == INT32_MIN;
            least = known < least ? known : least;
            most = value > most ? value : most;
        }
        missing += (size_t)absent;
    }
    ends[0] = least;
    ends[1] = most;
    *out_missing = missing;
}

static void find_long_ends(const int64_t *values, int64_t rows, int64_t ends[2],
                           size_t *out_missing)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (int64_t row = 0; row < rows; row++) {
        *out_missing += values[row] == INTEGER_MISSING;
        if (values[row] == INTEGER_MISSING)
            continue;
        least = values[row] < least ? values[row] : least;
        most = values[row] > most ? values[row] : most;
    }
    ends[0] = least;
    ends[1] = most;
}

void grouping_find_keys(struct grouping *grouping)
{
    const struct column *amount = &grouping->request->columns->column[grouping->request->amount];
    int64_t rows = grouping->request->columns->rows;
    int64_t ends[2];
    size_t missing = 0;
    if (amount->width == 4)
        find_short_ends(amount->values.bytes, rows, ends, &missing);
    else
        find_long_ends(amount->values.bytes, rows, ends, &missing);
    grouping->item_count = (size_t)rows - missing;
    grouping->missing = (int64_t)missing;
    grouping->least = ends[0];
    grouping->most = ends[1];
    if (grouping->item_count && (uint64_t)ends[1] - (uint64_t)ends[0] > UINT32_MAX)
        rank_amounts(grouping, amount, rows);
}

static uint32_t key_of(const struct grouping *grouping, int64_t value)
{
    const int64_t *amounts = grouping->amounts.bytes;
    if (!amounts)
        return (uint32_t)(value - grouping->least);
    size_t low = 0, high = grouping->amount_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (amounts[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* ---- items ---- */

static size_t leaf_of(const struct grouping *grouping, int64_t row)
{
    const struct cube_vector *unit = grouping->unit;
    return unit ? unit->leaves[cube_code(unit, row)] : 0;
}

static uint64_t item_of(const struct grouping *grouping, int64_t row, int64_t value)
{
    uint64_t low = (uint64_t)row;
    if (!grouping->holds_rows) {
        low = 0;
        for (size_t i = 0; i < grouping->request->group_count; i++)
            low |= (uint64_t)cube_code(grouping->groups[i].vector, row)
                   << grouping->groups[i].shift;
    }
    return (uint64_t)key_of(grouping, value) << ITEM_SHIFT | low;
}

/* A part of the rows, for one thread. */
struct placing {
    struct grouping *grouping;
    const struct column *amount;
    int64_t rows;
    size_t leaf_count, threads;
    size_t *places; /* for each thread and leaf */
};

static int64_t part_start(const struct placing *placing, size_t index)
{
    return placing->rows / (int64_t)placing->threads * (int64_t)index;
}

static int64_t part_end(const struct placing *placing, size_t index)
{
    return index + 1 == placing->threads ? placing->rows : part_start(placing, index + 1);
}

/* The end of the rows from `row` on that are of one unit, as those of a snapshot are for long. */
static int64_t end_of_unit(const struct placing *placing, int64_t row, int64_t end)
{
    const struct cube_vector *unit = placing->grouping->unit;
    if (!unit)
        return end;
    uint32_t code = cube_code(unit, row++);
    while (row < end && cube_code(unit, row) == code)
        row++;
    return row;
}

static void count_leaves(void *context, size_t index)
{
    const struct placing *placing = context;
    size_t *counts = placing->places + index * placing->leaf_count;
    int64_t end = part_end(placing, index);
    for (int64_t row = part_start(placing, index); row < end;) {
        int64_t unit_end = end_of_unit(placing, row, end);
        size_t leaf = leaf_of(placing->grouping, row), count = 0;
        for (; row < unit_end; row++)
            count += column_decimal(placing->amount, row) != INTEGER_MISSING;
        counts[leaf] += count;
    }
}

static void place_items(void *context, size_t index)
{
    const struct placing *placing = context;
    const struct grouping *grouping = placing->grouping;
    size_t *places = placing->places + index * placing->leaf_count;
    int64_t end = part_end(placing, index);
    for (int64_t row = part_start(placing, index); row < end;) {
        int64_t unit_end = end_of_unit(placing, row, end);
        size_t leaf = leaf_of(grouping, row);
        uint64_t *item = (uint64_t *)grouping->items.bytes + places[leaf], *first = item;
        for (; row < unit_end; row++) {
            int64_t value = column_decimal(placing->amount, row);
            if (value != INTEGER_MISSING)
                *item++ = item_of(grouping, row, value);
        }
        places[leaf] += (size_t)(item - first);
    }
}

/* Where each leaf's items begin and end, and so those of the nodes above: nodes of a level stand in
 * the order of their parents, so a node's items are side by side at every level. */
static void find_ranges(struct grouping *grouping, struct placing *placing)
{
    size_t place = 0;
    const struct cube_node *nodes = grouping->units->nodes;
    for (size_t node = 0; node < grouping->node_count; node++)
        grouping->starts[node] = SIZE_MAX;
    for (size_t leaf = 0; leaf < placing->leaf_count; leaf++) {
        size_t node = grouping->first_leaf + leaf;
        grouping->starts[node] = place;
        for (size_t i = 0; i < placing->threads; i++) {
            size_t *at = &placing->places[i * placing->leaf_count + leaf], wanted = *at;
            *at = place;
            place += wanted;
        }
        grouping->ends[node] = place;
    }
    for (size_t node = grouping->node_count; node-- > 1;) {
        size_t parent = nodes[node].parent;
        if (grouping->starts[node] < grouping->starts[parent])
            grouping->starts[parent] = grouping->starts[node];
        if (grouping->ends[node] > grouping->ends[parent])
            grouping->ends[parent] = grouping->ends[node];
    }
}

void grouping_make_items(struct grouping *grouping)
{
    const struct grouped_request *request = grouping->request;
    struct placing placing = { .grouping = grouping,
                               .amount = &request->columns->column[request->amount],
                               .rows = request->columns->rows,
                               .leaf_count = grouping->node_count - grouping->first_leaf,
                               .threads = grouping->threads };
    placing.places = calloc(placing.leaf_count * placing.threads + 1, sizeof *placing.places);
    if (!placing.places)
        abort();
    region_reach(&grouping->items, grouping->item_count * sizeof(uint64_t));
    region_reach(&grouping->scratch, grouping->item_count * sizeof(uint64_t));
    threads_run(placing.threads, count_leaves, &placing);
    find_ranges(grouping, &placing);
    threads_run(placing.threads, place_items, &placing);
    free(placing.places);
}
