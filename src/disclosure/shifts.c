/* Elimination leaves free cells; one of them moved, the others standing still, moves what depends
 * on it: a shift. Cells with the least room to be lowered come first in the order, so that these
 * are free and those that depend have room. Shift after shift is tried on the table that the last
 * one left; in each table on the way every cell that differs from its own value is cleared. */
#include "disclosure/shifts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/draw.h"
#include "disclosure/elimination.h"
#include "base/banned.h"

enum {
    PASSES = 12,         /* over all shifts */
    LONGEST_SHIFT = 512, /* cells */
    LARGEST_MOVE = 1000  /* of a cell in a shift */
};

struct walk {
    struct arena *arena;
    const struct part *part;
    int64_t least;
    bool *cleared;
    int32_t *cells; /* by column: of the part */
    struct elimination elimination;
    int64_t *starts;    /* by column: the columns that it moves when it is free */
    int32_t *moved;     /* those */
    uint64_t *residues; /* and how much each moves by, when the free one moves by one */
    int64_t *values;    /* by column: of the table that the walk is at */
    uint64_t draws;
};

struct ranked {
    int64_t value;
    int32_t cell;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->value != y->value ? (x->value > y->value) - (x->value < y->value)
                                : (x->cell > y->cell) - (x->cell < y->cell);
}

static void eliminate(struct walk *walk)
{
    const struct relations *relations = &walk->part->relations;
    size_t count = (size_t)walk->part->count;
    struct ranked *ranked = arena_take_raw(walk->arena, count * sizeof *ranked);
    int32_t *columns = arena_take_raw(walk->arena, (size_t)relations->cell_count * sizeof *columns);
    walk->cells = arena_take_raw(walk->arena, count * sizeof(int32_t));
    memset(columns, 0xff, (size_t)relations->cell_count * sizeof *columns); /* -1 */
    for (int32_t cell = 0; cell < walk->part->count; cell++)
        ranked[cell] = (struct ranked){ relations->values[cell], cell };
    qsort(ranked, count, sizeof *ranked, compare_ranked);
    for (int32_t column = 0; column < walk->part->count; column++) {
        walk->cells[column] = ranked[column].cell;
        columns[ranked[column].cell] = column;
    }
    elimination_run(walk->arena, relations, columns, walk->part->count, &walk->elimination);
}

/* Turns the rows, by dependent column, into shifts, by free column. */
static void list_shifts(struct walk *walk)
{
    const struct elimination *elimination = &walk->elimination;
    size_t count = (size_t)elimination->count;
    int64_t *next = arena_take_raw(walk->arena, (count + 1) * sizeof *next);
    walk->starts = arena_array_of(walk->arena, count + 1, int64_t);
    for (int32_t row = 0; row < elimination->count; row++)
        for (int32_t i = 0; elimination->is_pivot[row] && i < elimination->rows[row].count; i++)
            walk->starts[elimination->rows[row].terms[i].column + 1]++;
    for (size_t column = 0; column < count; column++)
        walk->starts[column + 1] += walk->starts[column];
    memcpy(next, walk->starts, (count + 1) * sizeof *next);
    walk->moved = arena_take_raw(walk->arena, (size_t)walk->starts[count] * sizeof(int32_t));
    walk->residues = arena_take_raw(walk->arena, (size_t)walk->starts[count] * sizeof(uint64_t));
    for (int32_t row = 0; row < elimination->count; row++)
        for (int32_t i = 0; elimination->is_pivot[row] && i < elimination->rows[row].count; i++) {
            const struct term *term = &elimination->rows[row].terms[i];
            int64_t place = next[term->column]++;
            walk->moved[place] = row;
            walk->residues[place] = coefficient_residue(&elimination->coefficients, term->code);
        }
}

/* How far a column moves when its free one moves by `step`; false when that is no whole number. */
static bool is_whole(uint64_t residue, uint64_t step, int64_t *out_by)
{
    *out_by = residue_signed(residue_multiply(residue, step));
    return *out_by >= -LARGEST_MOVE && *out_by <= LARGEST_MOVE;
}

static void move(struct walk *walk, int32_t column, int64_t by)
{
    int32_t cell = walk->cells[column];
    walk->values[column] += by;
    if (walk->values[column] != walk->part->relations.values[cell])
        walk->cleared[cell] = true;
}

/* Moves a free column by `step` with all that depends on it, if every value stays whole and none
 * falls below the least. */
static bool try_shift(struct walk *walk, int32_t column, int64_t step)
{
    uint64_t residue = residue_of(step);
    int64_t by = 0;
    if (walk->values[column] + step < walk->least)
        return false;
    for (int64_t i = walk->starts[column]; i < walk->starts[column + 1]; i++)
        if (!is_whole(walk->residues[i], residue, &by) ||
            walk->values[walk->moved[i]] + by < walk->least)
            return false;
    move(walk, column, step);
    for (int64_t i = walk->starts[column]; i < walk->starts[column + 1]; i++) {
        (void)is_whole(walk->residues[i], residue, &by);
        move(walk, walk->moved[i], by);
    }
    return true;
}

void shifts_walk(const struct part *part, int64_t least, bool *cleared)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct walk walk = { .arena = arena, .part = part, .least = least, .cleared = cleared };
    eliminate(&walk);
    list_shifts(&walk);
    walk.values = arena_take_raw(arena, (size_t)part->count * sizeof(int64_t));
    for (int32_t column = 0; column < part->count; column++)
        walk.values[column] = part->relations.values[walk.cells[column]];
    for (int pass = 0; pass < PASSES; pass++)
        for (int32_t column = 0; column < part->count; column++) {
            if (walk.elimination.is_pivot[column] ||
                walk.starts[column + 1] - walk.starts[column] > LONGEST_SHIFT)
                continue;
            int64_t way = draw_next(&walk.draws) >> 63 ? 1 : -1;
            for (int64_t size = 1; size <= 2; size++)
                if (try_shift(&walk, column, way * size) || try_shift(&walk, column, -way * size))
                    break;
        }
}
