#include "attack/recover.h"

#include "attack/cone.h"
#include "base/arena.h"
#include "base/banned.h"

enum { KNOWN = -1 };

struct recovery {
    struct arena *arena;
    const struct puzzle *puzzle;
    const struct bounds *bounds;
    int32_t *column; /* of a cell, or KNOWN */
    int32_t *cell;   /* of a column */
    int32_t column_count;
};

static void number_columns(struct recovery *recovery)
{
    const struct puzzle *puzzle = recovery->puzzle;
    size_t cells = (size_t)puzzle->cell_count;
    recovery->column = arena_array_of(recovery->arena, cells + 1, int32_t);
    recovery->cell = arena_array_of(recovery->arena, cells + 1, int32_t);
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        bool is_known = recovery->bounds->least[c] == recovery->bounds->most[c];
        recovery->column[c] = is_known ? KNOWN : recovery->column_count;
        if (!is_known)
            recovery->cell[recovery->column_count++] = c;
    }
}

static struct system build(const struct recovery *recovery)
{
    const struct puzzle *puzzle = recovery->puzzle;
    size_t entries = puzzle->start[puzzle->equation_count];
    struct system_row *rows = arena_array_of(recovery->arena, (size_t)puzzle->equation_count + 1,
                                             struct system_row);
    struct term *terms = arena_take_raw(recovery->arena, (entries + 1) * sizeof *terms);
    int32_t count = 0;
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        int32_t length = 0;
        for (size_t k = puzzle->start[e]; k < puzzle->start[e + 1]; k++) {
            int32_t column = recovery->column[puzzle->cell[k]];
            if (column != KNOWN)
                terms[length++] = (struct term){ column, puzzle->sign[k] };
        }
        length = system_tidy(terms, length);
        if (length == 0)
            continue;
        rows[count++] = (struct system_row){ terms, length, -1 };
        terms += length;
    }
    return system_of(recovery->arena, rows, count, recovery->column_count);
}

/* Which columns may be eliminated: those between their bounds, or else those not found to be 0. */
static void choose(const struct recovery *recovery, const int8_t *stands, const bool *is_zero,
                   bool *out_may)
{
    for (int32_t c = 0; c < recovery->column_count; c++)
        out_may[c] = is_zero ? !is_zero[c] : stands[recovery->cell[c]] == STAND_BETWEEN;
}

void recover_exact(const struct puzzle *puzzle, const struct bounds *bounds, const int8_t *stands,
                   bool *out_is_fixed, bool *out_is_decided)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct recovery recovery = { .arena = arena, .puzzle = puzzle, .bounds = bounds };
    number_columns(&recovery);
    size_t columns = (size_t)recovery.column_count;
    struct system system = build(&recovery);
    bool *may = arena_array_of(arena, columns + 1, bool);
    bool *is_zero = arena_array_of(arena, columns + 1, bool);
    int8_t *side = arena_array_of(arena, columns + 1, int8_t);
    uint64_t *values = arena_array_of(arena, columns + 1, uint64_t);
    for (size_t c = 0; c < columns; c++)
        side[c] = stands[recovery.cell[c]];
    choose(&recovery, stands, NULL, may);
    system_eliminate(&system, may);
    bool is_decided = !system.has_overflowed && cone_find_zeros(&system, side, is_zero);
    choose(&recovery, stands, is_zero, may);
    if (is_decided)
        system_eliminate(&system, may);
    is_decided = is_decided && !system.has_overflowed;
    if (is_decided)
        system_solve(&system, is_zero, values);
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        int32_t column = recovery.column[c];
        out_is_fixed[c] = column == KNOWN || is_zero[column] || (is_decided && values[column] == 0);
    }
    *out_is_decided = is_decided;
}

enum status recover_stands(struct work *work, const struct puzzle *puzzle, const int64_t *counts,
                           int8_t *out_stands)
{
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        int64_t sum = 0;
        for (size_t k = puzzle->start[e]; k < puzzle->start[e + 1]; k++)
            sum += puzzle->sign[k] * counts[puzzle->cell[k]];
        if (sum != 0)
            return work_fail(work, STATUS_INPUT,
                             "Equation %d (counted from 0) does not add up: its parts and its "
                             "total differ by %lld.",
                             e, (long long)(sum < 0 ? -sum : sum));
    }
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        if (counts[c] < puzzle->least[c] || counts[c] > puzzle->most[c])
            return work_fail(work, STATUS_INPUT,
                             "Cell %d (counted from 0) is not what its status says: a hidden "
                             "zero where zeros are shown, or a count outside its band.",
                             c);
        out_stands[c] = counts[c] == puzzle->least[c]  ? STAND_LEAST
                        : counts[c] == puzzle->most[c] ? STAND_MOST
                                                       : STAND_BETWEEN;
    }
    return STATUS_OK;
}
