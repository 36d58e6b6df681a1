/* A walk down the sums: a person who is in a total is put into each of its parts in turn, and with
 * a part into everything that this is a part of. */
#include "attack/combinations.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { NONE = -1, FIRST_ROOM = 4096 };
static const int64_t most_steps = 100000000;
static const size_t most_entries = 40000000; /* cells of all combinations together */

/* A sum that is being gone through: its parts before `next` have been tried. */
struct choice {
    int32_t equation, from; /* from: the first cell of the trail that may have an open sum */
    size_t next;
    int32_t trail_count, counted_count; /* to go back to */
};

struct walk {
    struct arena *arena;
    const struct puzzle *puzzle;
    const struct bounds *bounds;
    int32_t *total;   /* of an equation: the cell that the others make up, or NONE */
    int32_t *picked;  /* of an equation: how many of its parts the person is in */
    bool *is_in;      /* of a cell */
    bool *is_done;    /* of a cell: all combinations with it are listed */
    int32_t *trail;   /* the cells that the person is in */
    int32_t *counted; /* equations, each time that `picked` was raised */
    int32_t trail_count, counted_count;
    struct choice choices[COMBINATIONS_MOST_DEPTH];
    int32_t depth;
    struct combinations found;
    size_t entry_room;
    int64_t steps;
    bool has_several, is_over;
};

/* The cell that stands alone on its side of an equation; NONE where there is no such cell, or one
 * stands there twice. `seen` has the last equation + 1 in which a cell was met. */
static int32_t total_of(const struct puzzle *puzzle, int32_t equation, int32_t *seen)
{
    int32_t count[2] = { 0, 0 }, last[2] = { NONE, NONE };
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++) {
        int32_t cell = puzzle->cell[k];
        int side = puzzle->sign[k] > 0;
        count[side]++;
        last[side] = cell;
        if (seen[cell] == equation + 1)
            return NONE;
        seen[cell] = equation + 1;
    }
    if (count[0] == 1 && count[1] > 0)
        return last[0];
    return count[1] == 1 && count[0] > 0 ? last[1] : NONE;
}

/* Puts the person into a cell and everything that it is a part of; false where that cannot be. */
static bool enter(struct walk *walk, int32_t cell)
{
    const struct puzzle *puzzle = walk->puzzle;
    int32_t at = walk->trail_count;
    if (walk->is_in[cell])
        return true;
    walk->is_in[cell] = true;
    walk->trail[walk->trail_count++] = cell;
    for (; at < walk->trail_count; at++) {
        int32_t part = walk->trail[at];
        if (walk->bounds->most[part] == 0 || walk->is_done[part])
            return false;
        for (size_t k = puzzle->place[part]; k < puzzle->place[part + 1]; k++) {
            int32_t equation = puzzle->equation[k], total = walk->total[equation];
            walk->steps++;
            if (total == NONE || total == part)
                continue;
            walk->counted[walk->counted_count++] = equation;
            if (++walk->picked[equation] > 1)
                return false;
            if (walk->is_in[total])
                continue;
            walk->is_in[total] = true;
            walk->trail[walk->trail_count++] = total;
        }
    }
    return true;
}

static void leave(struct walk *walk, int32_t trail_count, int32_t counted_count)
{
    while (walk->counted_count > counted_count)
        walk->picked[walk->counted[--walk->counted_count]]--;
    while (walk->trail_count > trail_count)
        walk->is_in[walk->trail[--walk->trail_count]] = false;
}

/* An equation whose total the person is in, but none of its parts; NONE when there is none. */
static int32_t open_sum(const struct walk *walk, int32_t *from)
{
    const struct puzzle *puzzle = walk->puzzle;
    for (; *from < walk->trail_count; ++*from) {
        int32_t cell = walk->trail[*from];
        for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
            int32_t equation = puzzle->equation[k];
            if (walk->total[equation] == cell && walk->picked[equation] == 0)
                return equation;
        }
    }
    return NONE;
}

static void keep(struct walk *walk)
{
    struct combinations *found = &walk->found;
    size_t at = found->start[found->count], count = (size_t)walk->trail_count;
    int32_t leaves = 0;
    if (found->count == COMBINATIONS_MOST || at + count > most_entries) {
        walk->is_over = true;
        return;
    }
    if (at + count > walk->entry_room) {
        walk->entry_room = 2 * (at + count);
        int32_t *larger = arena_take_raw(walk->arena, walk->entry_room * sizeof *larger);
        memcpy(larger, found->cell, at * sizeof *larger);
        found->cell = larger;
    }
    memcpy(found->cell + at, walk->trail, count * sizeof *found->cell);
    for (size_t i = 0; i < count; i++)
        leaves += found->is_leaf[walk->trail[i]];
    walk->has_several = walk->has_several || leaves > 1;
    found->start[++found->count] = at + count;
}

/* Keeps the combination at hand if it is whole, else opens the next choice. */
static void go_down(struct walk *walk, int32_t from)
{
    int32_t equation = open_sum(walk, &from);
    if (equation == NONE) {
        keep(walk);
    } else if (walk->depth == COMBINATIONS_MOST_DEPTH) {
        walk->is_over = true;
    } else {
        walk->choices[walk->depth++] = (struct choice){ equation, from,
                                                        walk->puzzle->start[equation],
                                                        walk->trail_count, walk->counted_count };
    }
}

/* Lists all combinations that hold a cell, which is a part of nothing. */
static void list_from(struct walk *walk, int32_t root)
{
    if (enter(walk, root))
        go_down(walk, 0);
    while (walk->depth > 0 && !walk->is_over) {
        struct choice *choice = &walk->choices[walk->depth - 1];
        leave(walk, choice->trail_count, choice->counted_count);
        if (choice->next == walk->puzzle->start[choice->equation + 1]) {
            walk->depth--;
            continue;
        }
        int32_t part = walk->puzzle->cell[choice->next++];
        if (part != walk->total[choice->equation] && enter(walk, part))
            go_down(walk, choice->from);
        walk->is_over = walk->is_over || walk->steps > most_steps;
    }
    leave(walk, 0, 0);
    walk->is_done[root] = true;
}

static struct walk walk_new(struct arena *arena, struct arena *own, const struct puzzle *puzzle,
                            const struct bounds *bounds)
{
    size_t cells = (size_t)puzzle->cell_count + 1, equations = (size_t)puzzle->equation_count + 1;
    struct walk walk = { .arena = arena,
                         .puzzle = puzzle,
                         .bounds = bounds,
                         .total = arena_array_of(own, equations, int32_t),
                         .picked = arena_array_of(own, equations, int32_t),
                         .is_in = arena_array_of(own, cells, bool),
                         .is_done = arena_array_of(own, cells, bool),
                         .trail = arena_array_of(own, cells, int32_t),
                         .counted = arena_array_of(own, puzzle->start[puzzle->equation_count] + 1,
                                                   int32_t) };
    walk.entry_room = FIRST_ROOM;
    walk.found.cell = arena_array_of(arena, FIRST_ROOM, int32_t);
    walk.found.start = arena_array_of(arena, COMBINATIONS_MOST + 1, size_t);
    walk.found.is_leaf = arena_array_of(arena, cells, bool);
    memset(walk.found.is_leaf, true, cells);
    int32_t *seen = arena_array_of(own, cells, int32_t);
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        walk.total[e] = total_of(puzzle, e, seen);
        if (walk.total[e] != NONE)
            walk.found.is_leaf[walk.total[e]] = false;
    }
    return walk;
}

/* True when some sum has the cell as a part. */
static bool is_part(const struct walk *walk, int32_t cell)
{
    const struct puzzle *puzzle = walk->puzzle;
    for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
        int32_t total = walk->total[puzzle->equation[k]];
        if (total != NONE && total != cell)
            return true;
    }
    return false;
}

/* Cells that no root leads to (sums that go round in a circle) are no leaves: nothing is said of
 * them. */
static void drop_unreached(struct walk *walk, struct arena *own)
{
    const struct puzzle *puzzle = walk->puzzle;
    bool *is_reached = arena_array_of(own, (size_t)puzzle->cell_count + 1, bool);
    int32_t count = 0;
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        is_reached[c] = walk->is_done[c];
        if (walk->is_done[c])
            walk->trail[count++] = c;
    }
    for (int32_t i = 0; i < count; i++) {
        int32_t cell = walk->trail[i];
        for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
            int32_t equation = puzzle->equation[k];
            for (size_t j = puzzle->start[equation];
                 walk->total[equation] == cell && j < puzzle->start[equation + 1]; j++) {
                int32_t part = puzzle->cell[j];
                if (is_reached[part])
                    continue;
                is_reached[part] = true;
                walk->trail[count++] = part;
            }
        }
    }
    for (int32_t c = 0; c < puzzle->cell_count; c++)
        walk->found.is_leaf[c] = walk->found.is_leaf[c] && is_reached[c];
}

enum combinations_outcome combinations_list(struct arena *arena, const struct puzzle *puzzle,
                                            const struct bounds *bounds,
                                            struct combinations *out_combinations)
{
    CLEANUP_ARENA struct arena *own = arena_new();
    struct walk walk = walk_new(arena, own, puzzle, bounds);
    for (int32_t c = 0; c < puzzle->cell_count && !walk.is_over; c++)
        if (!is_part(&walk, c))
            list_from(&walk, c);
    if (walk.is_over)
        return COMBINATIONS_TOO_MANY;
    drop_unreached(&walk, own);
    *out_combinations = walk.found;
    return walk.has_several ? COMBINATIONS_LISTED : COMBINATIONS_ARE_CELLS;
}

static enum status add_puzzle(struct work *work, struct puzzle_builder *builder,
                              const struct puzzle *puzzle, const struct bounds *bounds)
{
    enum status status = STATUS_OK;
    for (int32_t c = 0; status == STATUS_OK && c < puzzle->cell_count; c++)
        status = puzzle_add_cell(work, builder, puzzle->state[c], bounds->least[c],
                                 bounds->most[c]);
    for (int32_t e = 0; status == STATUS_OK && e < puzzle->equation_count; e++) {
        status = puzzle_add_equation(work, builder);
        for (size_t k = puzzle->start[e]; status == STATUS_OK && k < puzzle->start[e + 1]; k++)
            status = puzzle_add_entry(work, builder, puzzle->cell[k], puzzle->sign[k]);
    }
    return status;
}

/* By leaf, the numbers of its combinations. */
struct members {
    size_t *start;
    int32_t *combination;
};

static struct members members_of(struct arena *arena, int32_t cell_count,
                                 const struct combinations *combinations)
{
    size_t cells = (size_t)cell_count, entries = combinations->start[combinations->count];
    struct members members = { arena_array_of(arena, cells + 2, size_t),
                               arena_array_of(arena, entries + 1, int32_t) };
    for (size_t k = 0; k < entries; k++)
        members.start[combinations->cell[k] + 2]++;
    for (size_t c = 0; c <= cells; c++)
        members.start[c + 1] += members.start[c];
    for (int32_t i = 0; i < combinations->count; i++)
        for (size_t k = combinations->start[i]; k < combinations->start[i + 1]; k++)
            members.combination[members.start[combinations->cell[k] + 1]++] = i;
    return members;
}

enum status combinations_puzzle(struct work *work, const struct puzzle *puzzle,
                                const struct bounds *bounds,
                                const struct combinations *combinations, struct puzzle *out_wide)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct puzzle_builder builder = puzzle_builder_new(work->arena);
    struct members members = members_of(arena, puzzle->cell_count, combinations);
    enum status status = add_puzzle(work, &builder, puzzle, bounds);
    for (int32_t i = 0; status == STATUS_OK && i < combinations->count; i++)
        status = puzzle_add_cell(work, &builder, CELL_UNPUBLISHED, 0, PUZZLE_UNBOUNDED);
    for (int32_t c = 0; status == STATUS_OK && c < puzzle->cell_count; c++) {
        if (!combinations->is_leaf[c])
            continue;
        status = puzzle_add_equation(work, &builder);
        if (status == STATUS_OK)
            status = puzzle_add_entry(work, &builder, c, -1);
        for (size_t k = members.start[c]; status == STATUS_OK && k < members.start[c + 1]; k++)
            status = puzzle_add_entry(work, &builder, puzzle->cell_count + members.combination[k],
                                      1);
    }
    if (status == STATUS_OK)
        *out_wide = puzzle_of(&builder);
    return status;
}
