#include "attack/puzzle.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { FIRST_ROOM = 256 };

struct puzzle_builder puzzle_builder_new(struct arena *arena)
{
    return (struct puzzle_builder){ .arena = arena };
}

/* Room for one more item of `size` bytes: the same place, or one twice as large. */
static void *grown(struct arena *arena, void *items, size_t count, size_t room, size_t size)
{
    void *larger = arena_take_raw(arena, room * size);
    if (count)
        memcpy(larger, items, count * size);
    return larger;
}

enum status puzzle_add_cell(struct work *work, struct puzzle_builder *builder,
                            enum cell_state state, int64_t least, int64_t most)
{
    size_t count = builder->cell_count;
    assert(least <= most && most <= PUZZLE_UNBOUNDED);
    if (count == PUZZLE_MOST_CELLS)
        return work_fail(work, STATUS_LIMIT,
                         "There are more than %d cells; attack fewer tables at once.",
                         PUZZLE_MOST_CELLS);
    if (count == builder->cell_room) {
        builder->cell_room = count ? 2 * count : FIRST_ROOM;
        builder->least = grown(builder->arena, builder->least, count, builder->cell_room,
                               sizeof *builder->least);
        builder->most = grown(builder->arena, builder->most, count, builder->cell_room,
                              sizeof *builder->most);
        builder->state = grown(builder->arena, builder->state, count, builder->cell_room, 1);
    }
    builder->least[count] = least;
    builder->most[count] = most;
    builder->state[count] = (unsigned char)state;
    builder->cell_count++;
    return STATUS_OK;
}

enum status puzzle_add_equation(struct work *work, struct puzzle_builder *builder)
{
    size_t count = builder->equation_count;
    if (count == PUZZLE_MOST_CELLS)
        return work_fail(work, STATUS_LIMIT,
                         "There are more than %d equations; attack fewer tables at once.",
                         PUZZLE_MOST_CELLS);
    if (count == builder->equation_room) {
        builder->equation_room = count ? 2 * count : FIRST_ROOM;
        builder->start = grown(builder->arena, builder->start, count, builder->equation_room,
                               sizeof *builder->start);
    }
    builder->start[count] = builder->entry_count;
    builder->equation_count++;
    return STATUS_OK;
}

enum status puzzle_add_entry(struct work *work, struct puzzle_builder *builder, int32_t cell,
                             int8_t sign)
{
    size_t count = builder->entry_count;
    if (count == PUZZLE_MOST_ENTRIES)
        return work_fail(work, STATUS_LIMIT,
                         "The equations have more than %d parts; attack fewer tables at once.",
                         PUZZLE_MOST_ENTRIES);
    if (count == builder->entry_room) {
        builder->entry_room = count ? 2 * count : FIRST_ROOM;
        builder->cell = grown(builder->arena, builder->cell, count, builder->entry_room,
                              sizeof *builder->cell);
        builder->sign = grown(builder->arena, builder->sign, count, builder->entry_room, 1);
    }
    builder->cell[count] = cell;
    builder->sign[count] = sign;
    builder->entry_count++;
    return STATUS_OK;
}

/* The same entries, sorted by cell: counted, then dealt out. */
static void index_by_cell(struct arena *arena, struct puzzle *puzzle)
{
    size_t cells = (size_t)puzzle->cell_count;
    size_t entries = puzzle->start[puzzle->equation_count];
    puzzle->place = arena_array_of(arena, cells + 1, size_t);
    puzzle->equation = arena_array_of(arena, entries + 1, int32_t);
    puzzle->side = arena_array_of(arena, entries + 1, int8_t);
    for (size_t k = 0; k < entries; k++)
        puzzle->place[puzzle->cell[k] + 1]++;
    for (size_t c = 0; c < cells; c++)
        puzzle->place[c + 1] += puzzle->place[c];
    /* Each place is moved on while it is filled, and ends where the next one began. */
    for (int32_t e = 0; e < puzzle->equation_count; e++)
        for (size_t k = puzzle->start[e]; k < puzzle->start[e + 1]; k++) {
            size_t at = puzzle->place[puzzle->cell[k]]++;
            puzzle->equation[at] = e;
            puzzle->side[at] = puzzle->sign[k];
        }
    memmove(puzzle->place + 1, puzzle->place, cells * sizeof *puzzle->place);
    puzzle->place[0] = 0;
}

struct puzzle puzzle_of(struct puzzle_builder *builder)
{
    struct puzzle puzzle = { .cell_count = (int32_t)builder->cell_count,
                             .equation_count = (int32_t)builder->equation_count,
                             .least = builder->least,
                             .most = builder->most,
                             .state = builder->state,
                             .cell = builder->cell,
                             .sign = builder->sign };
    size_t equations = builder->equation_count;
    for (size_t k = 0; k < builder->entry_count; k++)
        assert(builder->cell[k] >= 0 && builder->cell[k] < puzzle.cell_count);
    puzzle.start = grown(builder->arena, builder->start, equations, equations + 1,
                         sizeof *puzzle.start);
    puzzle.start[equations] = builder->entry_count;
    index_by_cell(builder->arena, &puzzle);
    return puzzle;
}

bool puzzle_is_hidden(const struct puzzle *puzzle, int32_t cell)
{
    return puzzle->state[cell] == CELL_PRIMARY || puzzle->state[cell] == CELL_SECONDARY ||
           puzzle->state[cell] == CELL_DIFFERENCE;
}
