/* For each primary: is there another table of whole numbers? Each part of hidden cells that hangs
 * together is asked by itself. One cell is moved; then, one after the other, cells of relations
 * that no longer add up are moved to make them, each time narrowing all the others. Every table
 * that is found clears all primaries that differ in it. */
#include "disclosure/whole.h"

#include <string.h>

#include "base/arena.h"
#include "disclosure/groups.h"
#include "disclosure/intervals.h"
#include "disclosure/network.h"
#include "disclosure/part.h"
#include "disclosure/secondary.h"
#include "disclosure/shifts.h"
#include "base/banned.h"

enum {
    TILE_CELLS = 2000,     /* that are walked through together */
    STEPS_OF_CELL = 100,   /* of the search for one primary, upwards and downwards */
    STEPS_OF_PART = 10000, /* with the effort 1, and so on */
    STEPS_OF_ALL = 60000
};

__extension__ typedef __int128 wide; /* sums of many large values */

struct whole {
    const struct relations *relations;
    struct arena *arena;
    bool *is_cleared; /* by cell of the part: it was seen to move */
    struct intervals at;
    struct narrower *narrower; /* of them */
    int32_t *moved;            /* cells of the part that cannot keep their own values now */
    bool *is_moved;
    int32_t moved_count;
    int32_t asked_count; /* the first cells of the part */
    int64_t cell_steps;  /* for one primary at most */
    int64_t steps, part_steps, all_steps, effort;
    bool is_open; /* the search was broken off */
    bool is_near; /* more than what is looked at could move: that nothing fits tells nothing */
};

static bool is_hidden(unsigned char status)
{
    return status == CELL_PRIMARY || status == CELL_SECONDARY;
}

/* ---- parts ---- */

static int32_t *groups_of(struct arena *arena, const struct relations *relations,
                          const unsigned char *statuses)
{
    size_t count = (size_t)relations->cell_count;
    int32_t *groups = arena_take_raw(arena, count * sizeof *groups);
    bool *hidden = arena_take_raw(arena, count * sizeof *hidden);
    for (size_t cell = 0; cell < count; cell++)
        hidden[cell] = is_hidden(statuses[cell]);
    groups_join(relations, hidden, groups);
    return groups;
}

/* True where whole numbers tell nothing. */
static bool is_network(struct arena *arena, const struct part *part)
{
    struct network network = network_new(arena, &part->relations);
    for (int32_t cell = 0; cell < part->count; cell++)
        if (!network_tie(&network, &part->relations, cell))
            return false;
    return true;
}

/* ---- the search ---- */

static int64_t within(const struct intervals *at, int32_t cell, wide value)
{
    if (value < at->low[cell])
        return at->low[cell];
    return value > at->high[cell] ? at->high[cell] : (int64_t)value;
}

/* The value within its interval that is nearest to the cell's own. */
static int64_t nearest(const struct whole *whole, int32_t cell)
{
    return within(&whole->at, cell, whole->relations->values[cell]);
}

static bool keeps_own(const struct whole *whole, int32_t cell)
{
    int64_t own = whole->relations->values[cell];
    return own >= whole->at.low[cell] && own <= whole->at.high[cell];
}

/* How far a relation is from adding up with every cell at its nearest; how many of its cells can
 * still be chosen, and of these the one that disturbs the fewest other relations, or with the
 * widest interval among such. */
struct gap {
    wide left;
    int32_t choices, cell;
};

static bool is_freer(const struct whole *whole, int32_t cell, int32_t other)
{
    const int64_t *starts = whole->relations->cell_starts;
    const struct intervals *at = &whole->at;
    int64_t own = starts[cell + 1] - starts[cell], others = starts[other + 1] - starts[other];
    return own < others ||
           (own == others && at->high[cell] - at->low[cell] > at->high[other] - at->low[other]);
}

/* With `most` choices or more it is of no interest, and comes as if it added up. */
static struct gap gap_of(const struct whole *whole, int32_t relation, int32_t most)
{
    const struct relations *relations = whole->relations;
    const struct intervals *at = &whole->at;
    struct gap gap = { 0, 0, -2 };
    int64_t start = relations->starts[relation];
    for (int64_t i = start; i < relations->starts[relation + 1]; i++) {
        int32_t cell = relations->members[i];
        gap.left += i == start ? nearest(whole, cell) : -nearest(whole, cell);
        if (at->low[cell] == at->high[cell])
            continue;
        if (++gap.choices >= most)
            return (struct gap){ 0, most, -2 };
        if (gap.cell < 0 || is_freer(whole, cell, gap.cell))
            gap.cell = cell;
    }
    return gap;
}

/* The cell to choose next, of the relation that does not add up and leaves the fewest choices, and
 * the value with which it would; -1 when all add up, -2 when one leaves no choice. With their own
 * values all relations add up, so only those are looked at in which a cell cannot keep its own. */
static int32_t next_cell(const struct whole *whole, int64_t *out_value)
{
    const struct relations *relations = whole->relations;
    struct gap best = { 0, INT32_MAX, -1 };
    int32_t relation = -1;
    for (int32_t m = 0; m < whole->moved_count && best.choices > 0; m++) {
        int32_t cell = whole->moved[m];
        for (int64_t i = relations->cell_starts[cell]; i < relations->cell_starts[cell + 1]; i++) {
            struct gap gap = gap_of(whole, relations->cell_relations[i], best.choices);
            if (gap.left == 0)
                continue;
            best = gap;
            relation = relations->cell_relations[i];
        }
    }
    if (best.cell >= 0)
        *out_value = within(&whole->at, best.cell,
                            nearest(whole, best.cell) +
                                (best.cell == relations->members[relations->starts[relation]]
                                     ? -best.left
                                     : best.left));
    return best.cell;
}

/* Narrows a cell and what follows, and lists the cells that cannot keep their own values any more.
 * False when nothing fits. */
static bool narrow(struct whole *whole, int32_t cell, int64_t low, int64_t high)
{
    struct narrower *narrower = whole->narrower;
    size_t before = narrower->change_count;
    bool fits = narrower_set(narrower, cell, low, high);
    for (size_t i = before; i < narrower->change_count; i++) {
        int32_t changed = narrower->changes[i].cell;
        if (whole->is_moved[changed] || keeps_own(whole, changed))
            continue;
        whole->is_moved[changed] = true;
        whole->moved[whole->moved_count++] = changed;
    }
    return fits;
}

/* Takes back what came after `changes` changes and `moved` moved cells. */
static void take_back(struct whole *whole, size_t changes, int32_t moved)
{
    narrower_return(whole->narrower, changes);
    while (whole->moved_count > moved)
        whole->is_moved[whole->moved[--whole->moved_count]] = false;
}

/* The next value to try for a cell: the best, one more, one less, two more …; false when all of the
 * interval was tried. */
static bool next_value(const struct intervals *at, int32_t cell, int64_t best, int64_t *tries,
                       int64_t *value)
{
    int64_t low = at->low[cell], high = at->high[cell];
    while (best - *tries / 2 >= low || best + (*tries + 1) / 2 <= high) {
        int64_t by = (*tries + 1) / 2;
        *value = *tries % 2 ? best + by : best - by;
        ++*tries;
        if (*value >= low && *value <= high)
            return true;
    }
    return false;
}

static bool may_go_on(struct whole *whole)
{
    whole->is_open = ++whole->steps > STEPS_OF_CELL ||
                     ++whole->part_steps > STEPS_OF_PART * whole->effort ||
                     ++whole->all_steps > STEPS_OF_ALL * whole->effort;
    return !whole->is_open;
}

/* True when a table of whole numbers lies within the intervals as they are, narrowed by one cell
 * more; what moved in it is then cleared. Leaves the intervals as they were. */
static bool fits(struct whole *whole, int32_t changed, int64_t low, int64_t high)
{
    int64_t best = 0, tries = 0, value = 0;
    size_t changes = whole->narrower->change_count;
    int32_t moved = whole->moved_count;
    bool found = false;
    if (narrow(whole, changed, low, high)) {
        int32_t cell = next_cell(whole, &best);
        found = cell == -1;
        for (int32_t m = 0; found && m < whole->moved_count; m++)
            whole->is_cleared[whole->moved[m]] = true;
        while (cell >= 0 && !found && !whole->is_open &&
               next_value(&whole->at, cell, best, &tries, &value))
            found = may_go_on(whole) && fits(whole, cell, value, value);
    }
    take_back(whole, changes, moved);
    return found;
}

static enum whole_standing standing_of(struct whole *whole, int32_t cell)
{
    int64_t value = whole->relations->values[cell];
    int64_t low = whole->at.low[cell], high = whole->at.high[cell];
    bool is_open = false;
    for (int side = 0; side < 2; side++) {
        whole->steps = 0;
        whole->is_open = false;
        if (side == 0 ? value < high && fits(whole, cell, value + 1, high)
                      : value > low && fits(whole, cell, low, value - 1))
            return WHOLE_CLEAR;
        is_open = is_open || whole->is_open;
    }
    return is_open ? WHOLE_OPEN : WHOLE_EXPOSED;
}

/* Lists what was to move with the cell, upwards and downwards. */
static void keep_reason(struct whole *whole, const struct part *part, int32_t cell,
                        struct arena *arena, struct whole_reason *reason)
{
    const struct narrower *narrower = whole->narrower;
    int64_t value = whole->relations->values[cell];
    int64_t low = whole->at.low[cell], high = whole->at.high[cell];
    *reason = (struct whole_reason){ NULL, 0 };
    for (int side = 0; side < 2; side++) {
        if (side == 0 ? value >= high : value <= low)
            continue;
        (void)narrow(whole, cell, side == 0 ? value + 1 : low, side == 0 ? high : value - 1);
        int32_t *cells = arena_take_raw(arena, ((size_t)reason->count + narrower->change_count) *
                                                   sizeof *cells);
        if (reason->count)
            memcpy(cells, reason->cells, (size_t)reason->count * sizeof *cells);
        reason->cells = cells;
        for (size_t i = 0; i < narrower->change_count; i++)
            if (narrower->changes[i].cell < part->count)
                cells[reason->count++] = part->cells[narrower->changes[i].cell];
        take_back(whole, 0, 0);
    }
}

static bool is_asked(enum whole_standing standing)
{
    return standing == WHOLE_NOT_ASKED || standing == WHOLE_EXPOSED;
}

/* Asks for the cells of a part; those that were seen to move are in `is_cleared` then. */
static void audit_part(struct whole *whole, const struct part *part, int64_t least,
                       const struct whole_result *result)
{
    size_t count = (size_t)part->relations.cell_count;
    whole->at = (struct intervals){ arena_take_raw(whole->arena, count * sizeof(int64_t)),
                                    arena_take_raw(whole->arena, count * sizeof(int64_t)) };
    whole->relations = &part->relations;
    whole->is_cleared = arena_array_of(whole->arena, count, bool);
    whole->is_moved = arena_array_of(whole->arena, count, bool);
    whole->moved = arena_take_raw(whole->arena, count * sizeof *whole->moved);
    whole->moved_count = 0;
    whole->part_steps = 0;
    for (int32_t cell = 0; cell < part->relations.cell_count; cell++) {
        bool hidden = cell < part->count;
        whole->at.low[cell] = hidden ? least : part->relations.values[cell];
        whole->at.high[cell] = hidden ? INTERVAL_OPEN : part->relations.values[cell];
        whole->is_cleared[cell] = hidden && result->is_cleared[part->cells[cell]];
    }
    if (!intervals_narrow(&part->relations, &whole->at))
        return; /* values that do not add up */
    whole->narrower = narrower_new(whole->arena, &part->relations, &whole->at);
    for (int32_t cell = 0; cell < whole->asked_count; cell++) {
        unsigned char *standing = &result->standings[part->cells[cell]];
        if (!is_asked(*standing) || whole->is_cleared[cell])
            continue;
        enum whole_standing found = standing_of(whole, cell);
        if (!whole->is_near)
            *standing = (unsigned char)found;
        if (!whole->is_near && found == WHOLE_EXPOSED)
            keep_reason(whole, part, cell, result->arena, &result->reasons[part->cells[cell]]);
    }
}

void whole_clear(const int32_t *cells, int32_t count, const bool *cleared,
                 struct whole_result *result)
{
    for (int32_t i = 0; i < count; i++) {
        result->is_cleared[cells[i]] |= cleared[i];
        if (cleared[i])
            result->standings[cells[i]] = WHOLE_CLEAR;
    }
}

/* Lists of the hidden cells of each part, by the cell that leads it. */
struct lists {
    int32_t *sizes, *heads, *next;
    bool *are_asked; /* one of the cells at least */
};

static struct lists lists_of(struct arena *arena, const struct relations *relations,
                             const unsigned char *statuses, const struct whole_result *result)
{
    size_t all = (size_t)relations->cell_count;
    int32_t *groups = groups_of(arena, relations, statuses);
    struct lists lists = { arena_array_of(arena, all, int32_t),
                           arena_take_raw(arena, all * sizeof(int32_t)),
                           arena_take_raw(arena, all * sizeof(int32_t)),
                           arena_array_of(arena, all, bool) };
    memset(lists.heads, 0xff, all * sizeof(int32_t));
    for (int32_t cell = relations->cell_count - 1; cell >= 0; cell--) {
        if (!is_hidden(statuses[cell]))
            continue;
        int32_t group = group_of(groups, cell);
        lists.next[cell] = lists.heads[group];
        lists.heads[group] = cell;
        lists.sizes[group]++;
        lists.are_asked[group] |= is_asked(result->standings[cell]);
    }
    return lists;
}

struct whole_result whole_begin(struct arena *arena, const struct relations *relations,
                                const unsigned char *statuses)
{
    size_t all = (size_t)relations->cell_count;
    struct whole_result result = { .standings = arena_array_of(arena, all, unsigned char),
                                   .is_cleared = arena_array_of(arena, all, bool),
                                   .arena = arena,
                                   .reasons = arena_array_of(arena, all, struct whole_reason) };
    for (size_t cell = 0; cell < all; cell++)
        result.standings[cell] = statuses[cell] == CELL_PRIMARY ? WHOLE_NOT_ASKED : WHOLE_CLEAR;
    return result;
}

/* Walks through tiles of the part, each around a primary that was not seen to move before. What is
 * near it counts as looked at; the rim of a tile has less room than it has in truth. */
static void walk_tiles(struct whole *whole, const struct part *part, int64_t least,
                       struct whole_result *result)
{
    const struct arena_mark mark = arena_mark(whole->arena);
    struct part_maker maker = part_maker_new(whole->arena, &part->relations);
    bool *counts = arena_array_of(whole->arena, (size_t)part->relations.cell_count, bool);
    bool *is_seen = arena_array_of(whole->arena, (size_t)part->count, bool);
    int32_t *cells = arena_take_raw(whole->arena, TILE_CELLS * sizeof *cells);
    bool *cleared = arena_take_raw(whole->arena, TILE_CELLS * sizeof *cleared);
    memset(counts, true, (size_t)part->count * sizeof *counts);
    for (int32_t cell = 0; cell < part->count; cell++) {
        if (result->standings[part->cells[cell]] != WHOLE_NOT_ASKED || is_seen[cell])
            continue;
        const struct arena_mark tile_mark = arena_mark(whole->arena);
        cells[0] = cell;
        int32_t count = part_gather(&maker, counts, cells, 1, TILE_CELLS);
        struct part tile = part_of(&maker, whole->arena, cells, count);
        memset(cleared, false, (size_t)count * sizeof *cleared);
        shifts_walk(&tile, least, cleared);
        for (int32_t i = 0; i < count; i++) {
            is_seen[cells[i]] |= count < TILE_CELLS || i < 3 * TILE_CELLS / 4;
            cells[i] = part->cells[cells[i]];
        }
        whole_clear(cells, count, cleared, result);
        arena_return(whole->arena, tile_mark);
    }
    arena_return(whole->arena, mark);
}

/* Where nothing is asked. */
static void settle(const struct part *part, enum whole_standing standing,
                   struct whole_result *result)
{
    for (int32_t i = 0; i < part->count; i++)
        if (is_asked(result->standings[part->cells[i]]))
            result->standings[part->cells[i]] = (unsigned char)standing;
}

/* In a large part what the walk does not clear stays open. */
static void ask_part(struct whole *whole, const struct part *part, int64_t least,
                     struct whole_result *result)
{
    walk_tiles(whole, part, least, result);
    if (part->count > WHOLE_MOST_CELLS * whole->effort) {
        settle(part, WHOLE_OPEN, result);
        return;
    }
    whole->asked_count = part->count;
    audit_part(whole, part, least, result);
    whole_clear(part->cells, part->count, whole->is_cleared, result);
}

int32_t whole_ask_near(struct part_maker *maker, const struct whole_near *near,
                       const struct whole_options *options, const struct whole_result *result,
                       bool *out_cleared)
{
    CLEANUP_ARENA struct arena *own = arena_new();
    struct whole whole = {
        .arena = own, .effort = options->effort, .is_near = true, .cell_steps = STEPS_OF_CELL
    };
    struct part part = part_of(maker, own, near->cells, near->count);
    int32_t cleared = 0;
    whole.asked_count = near->asked;
    audit_part(&whole, &part, options->least, result);
    memcpy(out_cleared, whole.is_cleared, (size_t)near->count * sizeof *out_cleared);
    for (int32_t i = 0; i < near->count; i++)
        cleared += out_cleared[i] && result->standings[near->cells[i]] == WHOLE_EXPOSED;
    return cleared;
}

void whole_audit(const struct relations *relations, const unsigned char *statuses,
                 const struct whole_options *options, struct whole_result *result)
{
    CLEANUP_ARENA struct arena *own = arena_new();
    struct whole whole = { .arena = own, .effort = options->effort };
    struct lists lists = lists_of(own, relations, statuses, result);
    struct part_maker maker = part_maker_new(own, relations);
    for (int32_t group = 0; group < relations->cell_count; group++) {
        int32_t size = lists.sizes[group], count = 0;
        if (!lists.are_asked[group])
            continue;
        struct arena_mark mark = arena_mark(own);
        int32_t *cells = arena_take_raw(own, (size_t)size * sizeof *cells);
        for (int32_t cell = lists.heads[group]; cell >= 0; cell = lists.next[cell])
            cells[count++] = cell;
        struct part part = part_of(&maker, own, cells, count);
        if (is_network(own, &part))
            settle(&part, WHOLE_CLEAR, result);
        else
            ask_part(&whole, &part, options->least, result);
        arena_return(own, mark);
    }
    result->exposed = result->open = 0;
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        result->exposed += result->standings[cell] == WHOLE_EXPOSED;
        result->open += result->standings[cell] == WHOLE_OPEN;
    }
}
