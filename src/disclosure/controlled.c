/* In units of the base each cell lies between two whole numbers. Cells that hang together by their
 * sums are rounded part by part: by shortest augmenting paths from the nearest rounding where the
 * sums are a network, else by choosing cell after cell and taking choices back. */
#include "disclosure/controlled.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "disclosure/groups.h"
#include "disclosure/intervals.h"
#include "disclosure/network.h"
#include "base/banned.h"

enum {
    MOST_STEPS = 20000,   /* of the search for one part */
    MOST_SEARCHED = 5000, /* its cells */
    MOST_PROVED = 60      /* cells of a part in which the least movement is looked for */
};

/* Cells that hang together, and the relations in which any of them stands. */
struct part {
    const int32_t *cells, *relations;
    int32_t cell_count, relation_count;
};

struct rounding {
    struct arena *arena;
    const struct relations *relations;
    int64_t base;
    struct intervals units; /* by cell: between what it may become, in units of the base */
    int64_t *chosen;        /* by cell, in units */
    struct network network;
    struct narrower *narrower;
    bool is_least;
};

/* What a cell moves when it becomes so many units. */
static int64_t moved(const struct rounding *r, int32_t cell, int64_t units)
{
    return llabs(units * r->base - r->relations->values[cell]);
}

/* The unit within its interval that moves a cell least; the lower of two. */
static int64_t nearest(const struct rounding *r, int32_t cell)
{
    int64_t best = r->units.low[cell];
    for (int64_t units = best + 1; units <= r->units.high[cell]; units++)
        if (moved(r, cell, units) < moved(r, cell, best))
            best = units;
    return best;
}

static bool is_free(const struct rounding *r, int32_t cell)
{
    return r->units.low[cell] < r->units.high[cell];
}

/* ---- networks ---- */

/* A flow: nodes are relations, by their number, and one more, the ground, at which cells end that
 * stand in one relation. What a node lacks is passed on through cells until another has it over. */
struct flow {
    struct rounding *rounding;
    const struct part *part;
    int64_t *lacks;     /* by node */
    int64_t *distances; /* by node, of the search for a path */
    int32_t *arrived;   /* by node: the cell through which it was reached */
    int32_t *from;      /* by node: the node before */
    int32_t *queue;     /* of nodes, a ring */
    bool *is_queued;
    int32_t room, first, queued, ground;
};

#define FAR (INT64_MAX / 2)

/* The nodes of the part, the ground last. */
static int32_t node_at(const struct flow *flow, int32_t i)
{
    return i < flow->part->relation_count ? flow->part->relations[i] : flow->ground;
}

/* The sign with which a cell stands in a node. */
static int sign_of(const struct flow *flow, int32_t node, int32_t cell)
{
    const struct rounding *r = flow->rounding;
    const struct relations *relations = r->relations;
    if (node == flow->ground)
        return -sign_of(flow, relations->cell_relations[relations->cell_starts[cell]], cell);
    bool is_total = relations->members[relations->starts[node]] == cell;
    return is_total != network_is_across(&r->network, node) ? -1 : 1;
}

/* The node at the other end of a cell. */
static int32_t other_end(const struct flow *flow, int32_t node, int32_t cell)
{
    const struct relations *relations = flow->rounding->relations;
    int64_t at = relations->cell_starts[cell];
    if (relations->cell_starts[cell + 1] - at == 1)
        return node == flow->ground ? relations->cell_relations[at] : flow->ground;
    return relations->cell_relations[relations->cell_relations[at] == node ? at + 1 : at];
}

static void measure_lacks(struct flow *flow)
{
    const struct relations *relations = flow->rounding->relations;
    flow->lacks[flow->ground] = 0;
    for (int32_t i = 0; i < flow->part->relation_count; i++) {
        int32_t r = flow->part->relations[i];
        flow->lacks[r] = 0;
        for (int64_t k = relations->starts[r]; k < relations->starts[r + 1]; k++) {
            int32_t cell = relations->members[k];
            flow->lacks[r] -= sign_of(flow, r, cell) * flow->rounding->chosen[cell];
        }
        flow->lacks[flow->ground] -= flow->lacks[r];
    }
}

static void enqueue(struct flow *flow, int32_t node)
{
    if (flow->is_queued[node])
        return;
    flow->queue[(flow->first + flow->queued++) % flow->room] = node;
    flow->is_queued[node] = true;
}

/* Tries to pass what a node lacks on through a cell. */
static void relax(struct flow *flow, int32_t node, int32_t cell)
{
    struct rounding *r = flow->rounding;
    int64_t units = r->chosen[cell], next = units + sign_of(flow, node, cell);
    if (next < r->units.low[cell] || next > r->units.high[cell])
        return;
    int32_t other = other_end(flow, node, cell);
    int64_t distance = flow->distances[node] + moved(r, cell, next) - moved(r, cell, units);
    if (distance >= flow->distances[other])
        return;
    flow->distances[other] = distance;
    flow->arrived[other] = cell;
    flow->from[other] = node;
    enqueue(flow, other);
}

static void relax_all(struct flow *flow, int32_t node)
{
    const struct relations *relations = flow->rounding->relations;
    if (node != flow->ground) {
        for (int64_t k = relations->starts[node]; k < relations->starts[node + 1]; k++)
            relax(flow, node, relations->members[k]);
        return;
    }
    for (int32_t i = 0; i < flow->part->cell_count; i++) {
        int32_t cell = flow->part->cells[i];
        if (relations->cell_starts[cell + 1] - relations->cell_starts[cell] == 1)
            relax(flow, node, cell);
    }
}

/* Shortest paths from one node (Bellman and Ford, with a queue). */
static void find_paths(struct flow *flow, int32_t source)
{
    for (int32_t i = 0; i <= flow->part->relation_count; i++)
        flow->distances[node_at(flow, i)] = FAR;
    flow->distances[source] = 0;
    enqueue(flow, source);
    while (flow->queued > 0) {
        int32_t node = flow->queue[flow->first];
        flow->first = (flow->first + 1) % flow->room;
        flow->queued--;
        flow->is_queued[node] = false;
        relax_all(flow, node);
    }
}

/* The nearest node that has too much; -1 when none can be reached. */
static int32_t nearest_sink(const struct flow *flow)
{
    int32_t best = -1;
    for (int32_t i = 0; i <= flow->part->relation_count; i++) {
        int32_t node = node_at(flow, i);
        if (flow->lacks[node] < 0 && flow->distances[node] < FAR &&
            (best < 0 || flow->distances[node] < flow->distances[best]))
            best = node;
    }
    return best;
}

static void pass_on(struct flow *flow, int32_t source, int32_t sink)
{
    for (int32_t node = sink; node != source; node = flow->from[node])
        flow->rounding->chosen[flow->arrived[node]] += sign_of(flow, flow->from[node],
                                                               flow->arrived[node]);
    flow->lacks[source]--;
    flow->lacks[sink]++;
}

/* Rounds a part whose sums are a network, with the least movement there is: from the nearest
 * rounding by shortest augmenting paths. False when it cannot be done. */
static bool round_network(struct flow *flow, const struct part *part)
{
    struct rounding *r = flow->rounding;
    flow->part = part;
    for (int32_t i = 0; i < part->cell_count; i++)
        r->chosen[part->cells[i]] = nearest(r, part->cells[i]);
    measure_lacks(flow);
    for (int32_t i = 0; i <= part->relation_count; i++) {
        int32_t source = node_at(flow, i);
        while (flow->lacks[source] > 0) {
            find_paths(flow, source);
            int32_t sink = nearest_sink(flow);
            if (sink < 0)
                return false;
            pass_on(flow, source, sink);
        }
    }
    return true;
}

static struct flow flow_new(struct rounding *r)
{
    size_t nodes = (size_t)r->relations->relation_count + 1;
    return (struct flow){ .rounding = r,
                          .lacks = arena_array_of(r->arena, nodes, int64_t),
                          .distances = arena_array_of(r->arena, nodes, int64_t),
                          .arrived = arena_array_of(r->arena, nodes, int32_t),
                          .from = arena_array_of(r->arena, nodes, int32_t),
                          .queue = arena_array_of(r->arena, nodes, int32_t),
                          .is_queued = arena_array_of(r->arena, nodes, bool),
                          .room = (int32_t)nodes,
                          .ground = (int32_t)nodes - 1 };
}

/* ---- what is no network ---- */

struct search {
    struct rounding *rounding;
    const struct part *part;
    int64_t *best; /* by cell of the part, in units */
    int64_t best_moved;
    int32_t steps;
    bool has_best, proves;
};

/* Of the relation with the fewest free cells, the one that one of its two choices moves most: it is
 * the surest. -1 when none is free. */
static int32_t pick_cell(const struct rounding *r, const struct part *part)
{
    int32_t best = -1, fewest = INT32_MAX;
    const struct relations *relations = r->relations;
    for (int32_t i = 0; i < part->relation_count; i++) {
        int32_t relation = part->relations[i], count = 0, surest = -1;
        int64_t most = -1;
        for (int64_t k = relations->starts[relation]; k < relations->starts[relation + 1]; k++) {
            int32_t cell = relations->members[k];
            if (!is_free(r, cell))
                continue;
            int64_t low = moved(r, cell, r->units.low[cell]);
            int64_t high = moved(r, cell, r->units.high[cell]);
            count++;
            if ((low > high ? low : high) <= most)
                continue;
            most = low > high ? low : high;
            surest = cell;
        }
        if (count == 0 || count >= fewest)
            continue;
        fewest = count;
        best = surest;
    }
    return best;
}

/* What the part moves at least, as it is narrowed. */
static int64_t least_moved(const struct rounding *r, const struct part *part)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < part->cell_count; i++)
        sum += moved(r, part->cells[i], nearest(r, part->cells[i]));
    return sum;
}

static bool adds_up(const struct rounding *r, const struct part *part)
{
    const struct relations *relations = r->relations;
    for (int32_t i = 0; i < part->relation_count; i++) {
        int32_t relation = part->relations[i];
        int64_t start = relations->starts[relation];
        int64_t left = 2 * r->units.low[relations->members[start]];
        for (int64_t k = start; k < relations->starts[relation + 1]; k++)
            left -= r->units.low[relations->members[k]];
        if (left != 0)
            return false;
    }
    return true;
}

static void keep_best(struct search *search)
{
    const struct rounding *r = search->rounding;
    if (!adds_up(r, search->part))
        return;
    search->has_best = true;
    search->best_moved = least_moved(r, search->part);
    for (int32_t i = 0; i < search->part->cell_count; i++)
        search->best[i] = r->units.low[search->part->cells[i]];
}

static void explore(struct search *search)
{
    struct rounding *r = search->rounding;
    if (++search->steps > MOST_STEPS ||
        (search->has_best && least_moved(r, search->part) >= search->best_moved))
        return;
    int32_t cell = pick_cell(r, search->part);
    if (cell < 0) {
        keep_best(search);
        return;
    }
    int64_t first = nearest(r, cell), low = r->units.low[cell], high = r->units.high[cell];
    for (int64_t i = 0; i <= 2 * (high - low); i++) {
        int64_t units = i % 2 ? first + (i + 1) / 2 : first - i / 2; /* outwards from the nearest */
        size_t before = r->narrower->change_count;
        if (units < low || units > high)
            continue;
        if (narrower_set(r->narrower, cell, units, units))
            explore(search);
        narrower_return(r->narrower, before);
        if (search->steps > MOST_STEPS || (search->has_best && !search->proves))
            return;
    }
}

static bool round_by_search(struct rounding *r, const struct part *part)
{
    struct arena_mark mark = arena_mark(r->arena);
    struct search search = { .rounding = r,
                             .part = part,
                             .best = arena_array_of(r->arena, (size_t)part->cell_count, int64_t),
                             .proves = part->cell_count <= MOST_PROVED };
    if (part->cell_count <= MOST_SEARCHED)
        explore(&search);
    for (int32_t i = 0; i < part->cell_count && search.has_best; i++)
        r->chosen[part->cells[i]] = search.best[i];
    r->is_least = r->is_least && search.proves && search.steps <= MOST_STEPS;
    arena_return(r->arena, mark);
    return search.has_best;
}

/* ---- parts ---- */

/* Cells by the part they lie in, part after part, and the same of relations. */
struct parts {
    int32_t *cells, *relations;
    int64_t *cell_ends, *relation_ends; /* by the cell that leads the part */
};

static struct parts find_parts(struct rounding *r, int32_t *groups)
{
    const struct relations *relations = r->relations;
    size_t cells = (size_t)relations->cell_count, sums = (size_t)relations->relation_count;
    struct parts parts = { arena_array_of(r->arena, cells, int32_t),
                           arena_array_of(r->arena, sums, int32_t),
                           arena_array_of(r->arena, cells + 1, int64_t),
                           arena_array_of(r->arena, cells + 1, int64_t) };
    bool *counts = arena_array_of(r->arena, cells, bool);
    int32_t *part_of = arena_array_of(r->arena, sums, int32_t); /* by relation; -1: none is free */
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        counts[cell] = is_free(r, cell);
    groups_join(relations, counts, groups);
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        parts.cell_ends[group_of(groups, cell)] += counts[cell];
    for (int32_t i = 0; i < relations->relation_count; i++) {
        part_of[i] = -1;
        for (int64_t k = relations->starts[i]; k < relations->starts[i + 1]; k++)
            if (counts[relations->members[k]])
                part_of[i] = group_of(groups, relations->members[k]);
        if (part_of[i] >= 0)
            parts.relation_ends[part_of[i]]++;
    }
    int64_t cell_end = 0, relation_end = 0;
    for (size_t group = 0; group < cells; group++) { /* from sizes to where each begins */
        int64_t cell_size = parts.cell_ends[group], relation_size = parts.relation_ends[group];
        parts.cell_ends[group] = cell_end;
        parts.relation_ends[group] = relation_end;
        cell_end += cell_size;
        relation_end += relation_size;
    }
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        if (counts[cell])
            parts.cells[parts.cell_ends[group_of(groups, cell)]++] = cell;
    for (int32_t i = 0; i < relations->relation_count; i++)
        if (part_of[i] >= 0)
            parts.relations[parts.relation_ends[part_of[i]]++] = i;
    return parts;
}

static bool round_part(struct rounding *r, struct flow *flow, const struct part *part)
{
    for (int32_t i = 0; i < part->cell_count; i++)
        if (!network_tie(&r->network, r->relations, part->cells[i]))
            return round_by_search(r, part);
    return round_network(flow, part);
}

static bool round_parts(struct rounding *r)
{
    const struct relations *relations = r->relations;
    int32_t *groups = arena_array_of(r->arena, (size_t)relations->cell_count, int32_t);
    const struct parts parts = find_parts(r, groups);
    struct flow flow = flow_new(r);
    int64_t first_cell = 0, first_relation = 0;
    for (int32_t group = 0; group < relations->cell_count; group++) {
        const struct part part = {
            .cells = parts.cells + first_cell,
            .relations = parts.relations + first_relation,
            .cell_count = (int32_t)(parts.cell_ends[group] - first_cell),
            .relation_count = (int32_t)(parts.relation_ends[group] - first_relation),
        };
        first_cell = parts.cell_ends[group];
        first_relation = parts.relation_ends[group];
        if (part.cell_count > 0 && !round_part(r, &flow, &part))
            return false;
    }
    return true;
}

/* ---- from end to end ---- */

static bool round_all(struct rounding *r, bool is_widened)
{
    for (int32_t cell = 0; cell < r->relations->cell_count; cell++) {
        int64_t value = r->relations->values[cell], below = value / r->base;
        bool is_multiple = value % r->base == 0, may_move = is_multiple && is_widened && value > 0;
        r->units.low[cell] = below - may_move;
        r->units.high[cell] = below + (may_move || !is_multiple);
    }
    r->is_least = !is_widened;
    if (!intervals_narrow(r->relations, &r->units))
        return false;
    r->network = network_new(r->arena, r->relations);
    r->narrower = narrower_new(r->arena, r->relations, &r->units);
    for (int32_t cell = 0; cell < r->relations->cell_count; cell++)
        r->chosen[cell] = r->units.low[cell];
    return round_parts(r);
}

static void measure(const struct relations *relations, struct controlled *controlled)
{
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        int64_t change = llabs(controlled->values[cell] - relations->values[cell]);
        controlled->changed_count += change > 0;
        controlled->moved += change;
        if (change > controlled->largest_change)
            controlled->largest_change = change;
    }
}

enum status controlled_round(struct work *work, const struct relations *relations, int64_t base,
                             struct controlled *out_controlled)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t cells = (size_t)relations->cell_count;
    struct rounding r = { .arena = arena,
                          .relations = relations,
                          .base = base,
                          .units = { arena_array_of(arena, cells, int64_t),
                                     arena_array_of(arena, cells, int64_t) },
                          .chosen = arena_array_of(arena, cells, int64_t) };
    struct controlled controlled = { .values = arena_array_of(work->arena, cells, int64_t) };
    assert(base > 0 && base <= CONTROLLED_MOST_BASE);
    if (!round_all(&r, false)) {
        controlled.is_widened = true;
        if (!round_all(&r, true))
            return work_fail(work, STATUS_REFUSED,
                             "No controlled rounding was found for these tables together; name "
                             "fewer, or take the profile small-counts or public.");
    }
    controlled.is_least = r.is_least;
    for (size_t cell = 0; cell < cells; cell++)
        controlled.values[cell] = r.chosen[cell] * base;
    measure(relations, &controlled);
    *out_controlled = controlled;
    return STATUS_OK;
}
