/* A queue of relations; each narrows its total by its parts and every part by the others. */
#include "disclosure/intervals.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { MOST_PASSES = 100, FIRST_CHANGES = 256 };

__extension__ typedef __int128 wide; /* sums of many large values */

struct narrowing {
    const struct relations *relations;
    struct intervals *intervals;
    int32_t *queue; /* a ring of relations */
    bool *is_queued;
    int32_t first, count;
    uint64_t work, most_work;
    bool contradicts;
    struct changes *changes; /* NULL: nobody takes anything back */
};

struct changes {
    struct arena *arena;
    struct interval_change *list;
    size_t count, room;
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

/* Keeps what a cell's interval was. */
static void record(struct narrowing *n, int32_t cell)
{
    struct changes *changes = n->changes;
    if (!changes)
        return;
    if (changes->count == changes->room) {
        struct interval_change *larger = arena_take_raw(changes->arena,
                                                        2 * changes->room * sizeof *larger);
        memcpy(larger, changes->list, changes->count * sizeof *larger);
        changes->list = larger;
        changes->room *= 2;
    }
    changes->list[changes->count++] = (struct interval_change){ cell, n->intervals->low[cell],
                                                                n->intervals->high[cell] };
}

/* Narrows one cell; true when it moved. Whoever shares a relation with it is looked at again. */
static bool narrow_cell(struct narrowing *n, int32_t cell, int32_t relation, wide low, wide high)
{
    int64_t *cell_low = &n->intervals->low[cell], *cell_high = &n->intervals->high[cell];
    if (low <= *cell_low && high >= *cell_high)
        return false;
    record(n, cell);
    if (low > *cell_low) {
        *cell_low = low > *cell_high ? *cell_high : (int64_t)low;
        n->contradicts |= low > *cell_high;
    }
    if (high < *cell_high) {
        *cell_high = high < *cell_low ? *cell_low : (int64_t)high;
        n->contradicts |= high < *cell_low;
    }
    const struct relations *relations = n->relations;
    for (int64_t i = relations->cell_starts[cell]; i < relations->cell_starts[cell + 1]; i++)
        if (relations->cell_relations[i] != relation)
            enqueue(n, relations->cell_relations[i]);
    return true;
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

/* `open` comes first: what is handed out is all that callers see. */
struct own_narrower {
    struct narrower open;
    struct narrowing narrowing;
    struct changes changes;
};

struct narrower *narrower_new(struct arena *arena, const struct relations *relations,
                              struct intervals *intervals)
{
    struct own_narrower *own = arena_new_of(arena, struct own_narrower);
    own->narrowing = narrowing_of(arena, relations, intervals);
    own->narrowing.changes = &own->changes;
    own->changes = (struct changes){
        .arena = arena,
        .list = arena_take_raw(arena, FIRST_CHANGES * sizeof(struct interval_change)),
        .room = FIRST_CHANGES,
    };
    return &own->open;
}

/* Forgets what is still to be looked at. */
static void empty_queue(struct narrowing *n)
{
    int32_t room = n->relations->relation_count;
    for (; n->count; n->count--) {
        n->is_queued[n->queue[n->first]] = false;
        n->first = n->first + 1 == room ? 0 : n->first + 1;
    }
}

static void show_changes(struct own_narrower *own)
{
    own->open.changes = own->changes.list;
    own->open.change_count = own->changes.count;
}

bool narrower_set(struct narrower *narrower, int32_t cell, int64_t low, int64_t high)
{
    struct own_narrower *own = (struct own_narrower *)narrower;
    struct narrowing *n = &own->narrowing;
    n->work = 0;
    n->most_work = NARROWER_MOST_WORK;
    n->contradicts = false;
    (void)narrow_cell(n, cell, -1, low, high);
    bool fits = narrow_queued(n);
    empty_queue(n);
    show_changes(own);
    return fits;
}

void narrower_return(struct narrower *narrower, size_t count)
{
    struct own_narrower *own = (struct own_narrower *)narrower;
    while (own->changes.count > count) {
        const struct interval_change *change = &own->changes.list[--own->changes.count];
        own->narrowing.intervals->low[change->cell] = change->low;
        own->narrowing.intervals->high[change->cell] = change->high;
    }
    show_changes(own);
}
