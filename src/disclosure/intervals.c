/* A queue of relations; each narrows its total by its parts and every part by the others. */
#include "disclosure/intervals.h"

#include "base/arena.h"
#include "base/banned.h"

enum { MOST_PASSES = 100, MOST_PASSES_FROM = 1 };

__extension__ typedef __int128 wide; /* sums of many large values */

struct narrowing {
    const struct relations *relations;
    struct intervals *intervals;
    int32_t *queue; /* a ring of relations */
    bool *is_queued;
    int32_t first, count;
    uint64_t work, most_work;
    bool contradicts;
};

/* The sums of the parts' ends; `open` counts parts without an upper end. */
struct ends {
    wide low, high;
    int32_t open;
};

static void enqueue(struct narrowing *n, int32_t relation)
{
    if (n->is_queued[relation])
        return;
    int32_t room = n->relations->relation_count;
    int32_t place = n->first + n->count;
    n->queue[place >= room ? place - room : place] = relation;
    n->is_queued[relation] = true;
    n->count++;
}

/* Narrows one cell; true when it moved. Whoever shares a relation with it is looked at again. */
static bool narrow_cell(struct narrowing *n, int32_t cell, int32_t relation, wide low, wide high)
{
    int64_t *cell_low = &n->intervals->low[cell], *cell_high = &n->intervals->high[cell];
    bool moved = false;
    if (low > *cell_low) {
        *cell_low = low > *cell_high ? *cell_high : (int64_t)low;
        n->contradicts |= low > *cell_high;
        moved = true;
    }
    if (high < *cell_high) {
        *cell_high = high < *cell_low ? *cell_low : (int64_t)high;
        n->contradicts |= high < *cell_low;
        moved = true;
    }
    const struct relations *relations = n->relations;
    for (int64_t i = relations->cell_starts[cell]; moved && i < relations->cell_starts[cell + 1];
         i++)
        if (relations->cell_relations[i] != relation)
            enqueue(n, relations->cell_relations[i]);
    return moved;
}

static struct ends sum_parts(const struct narrowing *n, int64_t start, int64_t end)
{
    struct ends ends = { 0, 0, 0 };
    for (int64_t i = start + 1; i < end; i++) {
        int32_t cell = n->relations->members[i];
        ends.low += n->intervals->low[cell];
        if (n->intervals->high[cell] == INTERVAL_OPEN)
            ends.open++;
        else
            ends.high += n->intervals->high[cell];
    }
    return ends;
}

static bool narrow_relation(struct narrowing *n, int32_t relation)
{
    const struct relations *relations = n->relations;
    int64_t start = relations->starts[relation], end = relations->starts[relation + 1];
    struct ends ends = sum_parts(n, start, end);
    int32_t total = relations->members[start];
    int64_t *low = n->intervals->low, *high = n->intervals->high;
    bool moved = narrow_cell(n, total, relation, ends.low, ends.open ? INTERVAL_OPEN : ends.high);
    for (int64_t i = start + 1; i < end; i++) {
        int32_t cell = relations->members[i];
        bool is_open = high[cell] == INTERVAL_OPEN;
        int64_t old_low = low[cell], old_high = high[cell];
        int32_t others_open = ends.open - is_open;
        wide least = others_open ? old_low : low[total] - (ends.high - (is_open ? 0 : old_high));
        wide most = high[total] == INTERVAL_OPEN ? INTERVAL_OPEN
                                                 : high[total] - (ends.low - old_low);
        if (!narrow_cell(n, cell, relation, least, most))
            continue;
        moved = true;
        ends.low += low[cell] - old_low;
        ends.open -= is_open && high[cell] != INTERVAL_OPEN;
        if (high[cell] != INTERVAL_OPEN)
            ends.high += high[cell] - (is_open ? 0 : old_high);
    }
    n->work += (uint64_t)(end - start);
    return moved;
}

/* Goes on with what is queued. */
static bool narrow_queued(struct narrowing *n)
{
    int32_t room = n->relations->relation_count;
    while (n->count && n->work < n->most_work && !n->contradicts) {
        int32_t relation = n->queue[n->first];
        n->first = n->first + 1 == room ? 0 : n->first + 1;
        n->count--;
        n->is_queued[relation] = false;
        if (narrow_relation(n, relation))
            enqueue(n, relation); /* what moved in it can move the rest of it */
    }
    return !n->contradicts;
}

static struct narrowing narrowing_of(struct arena *arena, const struct relations *relations,
                                     struct intervals *intervals)
{
    size_t count = (size_t)relations->relation_count;
    return (struct narrowing){
        .relations = relations,
        .intervals = intervals,
        .queue = arena_take_raw(arena, count * sizeof(int32_t)),
        .is_queued = arena_array_of(arena, count, bool),
        .most_work = (uint64_t)relations->starts[count] * MOST_PASSES,
    };
}

bool intervals_narrow(const struct relations *relations, struct intervals *intervals)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct narrowing n = narrowing_of(arena, relations, intervals);
    for (int32_t r = 0; r < relations->relation_count; r++)
        enqueue(&n, r);
    return narrow_queued(&n);
}

bool intervals_narrow_from(struct arena *arena, const struct relations *relations, int32_t cell,
                           struct intervals *intervals)
{
    struct arena_mark mark = arena_mark(arena);
    struct narrowing n = narrowing_of(arena, relations, intervals);
    n.most_work = (uint64_t)relations->starts[relations->relation_count] * MOST_PASSES_FROM;
    for (int64_t i = relations->cell_starts[cell]; i < relations->cell_starts[cell + 1]; i++)
        enqueue(&n, relations->cell_relations[i]);
    bool fits = narrow_queued(&n);
    arena_return(arena, mark);
    return fits;
}
