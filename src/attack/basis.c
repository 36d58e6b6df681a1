/* Columns that are alone in a row come first, columns that have a single row left come last, and
 * neither fills anything in. What is between is small; of it the shortest columns go first. */
#include "attack/basis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { MOST_UPDATES = 100, FIRST_ROOM = 1024, NONE = -1 };
static const double negligible = 1e-11, least_pivot = 1e-7, share_of_largest = 0.05;

struct factor {
    int32_t row;
    double pivot;
    size_t end; /* of its entries; they begin where those of the one before end */
};

struct basis {
    struct arena *arena;
    const struct matrix *matrix;
    struct factor *factors;
    size_t count, room, inverted_count;
    int32_t *row; /* entries of all factors */
    double *value;
    size_t entry_count, entry_room;
    double *dense;       /* by row, 0 between uses */
    int32_t *row_count;  /* columns left in a row */
    int32_t *left;       /* of a place in the basis: rows left */
    int32_t *given;      /* of a place: the row that it gives, or NONE */
    bool *is_taken;      /* of a row */
    size_t *place_start; /* by row: the places whose columns have it */
    int32_t *place;
    int32_t *queue, *back; /* places; back: those that come last */
};

struct basis *basis_new(struct arena *arena, const struct matrix *matrix)
{
    size_t rows = (size_t)matrix->rows + 1;
    struct basis *basis = arena_new_of(arena, struct basis);
    *basis = (struct basis){ .arena = arena,
                             .matrix = matrix,
                             .dense = arena_array_of(arena, rows, double),
                             .row_count = arena_array_of(arena, rows, int32_t),
                             .left = arena_array_of(arena, rows, int32_t),
                             .given = arena_array_of(arena, rows, int32_t),
                             .is_taken = arena_array_of(arena, rows, bool),
                             .place_start = arena_array_of(arena, rows + 1, size_t),
                             .place = arena_array_of(arena, matrix->start[matrix->columns] + 1,
                                                     int32_t),
                             .queue = arena_array_of(arena, rows, int32_t),
                             .back = arena_array_of(arena, rows, int32_t) };
    return basis;
}

static void *larger(struct arena *arena, const void *items, size_t count, size_t room, size_t size)
{
    void *more = arena_take_raw(arena, room * size);
    if (count)
        memcpy(more, items, count * size);
    return more;
}

static void add_entry(struct basis *basis, int32_t row, double value)
{
    if (basis->entry_count == basis->entry_room) {
        basis->entry_room = basis->entry_room ? 2 * basis->entry_room : FIRST_ROOM;
        basis->row = larger(basis->arena, basis->row, basis->entry_count, basis->entry_room,
                            sizeof *basis->row);
        basis->value = larger(basis->arena, basis->value, basis->entry_count, basis->entry_room,
                              sizeof *basis->value);
    }
    basis->row[basis->entry_count] = row;
    basis->value[basis->entry_count++] = value;
}

/* Ends a factor whose entries were added. */
static void add_factor(struct basis *basis, int32_t row, double pivot)
{
    if (basis->count == basis->room) {
        basis->room = basis->room ? 2 * basis->room : FIRST_ROOM;
        basis->factors = larger(basis->arena, basis->factors, basis->count, basis->room,
                                sizeof *basis->factors);
    }
    basis->factors[basis->count++] = (struct factor){ row, pivot, basis->entry_count };
}

static size_t entries_of(const struct basis *basis, size_t factor)
{
    return factor == 0 ? 0 : basis->factors[factor - 1].end;
}

static void forward_from(const struct basis *basis, size_t first, double *vector)
{
    for (size_t f = first; f < basis->count; f++) {
        const struct factor *factor = &basis->factors[f];
        double value = vector[factor->row];
        if (value == 0)
            continue;
        value /= factor->pivot;
        vector[factor->row] = value;
        for (size_t k = entries_of(basis, f); k < factor->end; k++)
            vector[basis->row[k]] -= basis->value[k] * value;
    }
}

void basis_forward(const struct basis *basis, double *vector)
{
    forward_from(basis, 0, vector);
}

void basis_backward(const struct basis *basis, double *vector)
{
    for (size_t f = basis->count; f-- > 0;) {
        const struct factor *factor = &basis->factors[f];
        double value = vector[factor->row];
        for (size_t k = entries_of(basis, f); k < factor->end; k++)
            value -= basis->value[k] * vector[basis->row[k]];
        vector[factor->row] = value == 0 ? 0 : value / factor->pivot;
    }
}

void basis_replace(struct basis *basis, int32_t row, const double *direction)
{
    for (int32_t r = 0; r < basis->matrix->rows; r++)
        if (r != row && fabs(direction[r]) > negligible)
            add_entry(basis, r, direction[r]);
    add_factor(basis, row, direction[row]);
}

bool basis_is_worn(const struct basis *basis)
{
    return basis->count - basis->inverted_count > MOST_UPDATES;
}

/* Which places have a row, and how many each has. */
static void index_places(struct basis *basis, const int32_t *basic)
{
    const struct matrix *matrix = basis->matrix;
    size_t rows = (size_t)matrix->rows;
    memset(basis->row_count, 0, rows * sizeof *basis->row_count);
    memset(basis->is_taken, 0, rows * sizeof *basis->is_taken);
    memset(basis->place_start, 0, (rows + 2) * sizeof *basis->place_start);
    for (size_t p = 0; p < rows; p++) {
        size_t from = matrix->start[basic[p]], to = matrix->start[basic[p] + 1];
        basis->left[p] = (int32_t)(to - from);
        basis->given[p] = NONE;
        for (size_t k = from; k < to; k++)
            basis->place_start[matrix->row[k] + 2]++;
    }
    for (size_t r = 0; r < rows; r++) {
        basis->row_count[r] = (int32_t)basis->place_start[r + 2];
        basis->place_start[r + 2] += basis->place_start[r + 1];
    }
    for (size_t p = 0; p < rows; p++)
        for (size_t k = matrix->start[basic[p]]; k < matrix->start[basic[p] + 1]; k++)
            basis->place[basis->place_start[matrix->row[k] + 1]++] = (int32_t)p;
}

/* A column as it stands, for it meets no factor before it. */
static void add_plain(struct basis *basis, int32_t column, int32_t row)
{
    const struct matrix *matrix = basis->matrix;
    double pivot = 0;
    for (size_t k = matrix->start[column]; k < matrix->start[column + 1]; k++)
        if (matrix->row[k] == row)
            pivot = matrix->factor[k];
        else
            add_entry(basis, matrix->row[k], matrix->factor[k]);
    add_factor(basis, row, pivot);
}

/* Rows with one column left: the column gives the row. */
static void take_lone_rows(struct basis *basis, const int32_t *basic)
{
    const struct matrix *matrix = basis->matrix;
    int32_t count = 0;
    for (int32_t r = 0; r < matrix->rows; r++)
        if (basis->row_count[r] == 1)
            basis->queue[count++] = r;
    for (int32_t i = 0; i < count; i++) {
        int32_t row = basis->queue[i], own = NONE;
        for (size_t k = basis->place_start[row]; k < basis->place_start[row + 1]; k++)
            if (basis->given[basis->place[k]] == NONE)
                own = basis->place[k];
        if (own == NONE || basis->is_taken[row])
            continue;
        basis->given[own] = row;
        basis->is_taken[row] = true;
        add_plain(basis, basic[own], row);
        for (size_t k = matrix->start[basic[own]]; k < matrix->start[basic[own] + 1]; k++)
            if (--basis->row_count[matrix->row[k]] == 1 && !basis->is_taken[matrix->row[k]])
                basis->queue[count++] = matrix->row[k];
    }
}

/* A row is taken: the columns that have it have one left fewer. */
static void drop_row(struct basis *basis, int32_t row, int32_t *count)
{
    for (size_t k = basis->place_start[row]; k < basis->place_start[row + 1]; k++) {
        int32_t place = basis->place[k];
        if (--basis->left[place] == 1 && basis->given[place] == NONE)
            basis->queue[(*count)++] = place;
    }
}

/* Columns with one row left give it, and come last. Gives how many. */
static int32_t take_lone_columns(struct basis *basis, const int32_t *basic)
{
    const struct matrix *matrix = basis->matrix;
    int32_t count = 0, back = 0;
    for (int32_t p = 0; p < matrix->rows; p++) {
        int32_t left = 0;
        for (size_t k = matrix->start[basic[p]]; k < matrix->start[basic[p] + 1]; k++)
            left += !basis->is_taken[matrix->row[k]];
        basis->left[p] = left;
        if (left == 1 && basis->given[p] == NONE)
            basis->queue[count++] = p;
    }
    for (int32_t i = 0; i < count; i++) {
        int32_t place = basis->queue[i], row = NONE;
        for (size_t k = matrix->start[basic[place]]; k < matrix->start[basic[place] + 1]; k++)
            if (!basis->is_taken[matrix->row[k]])
                row = matrix->row[k];
        if (row == NONE || basis->given[place] != NONE)
            continue;
        basis->given[place] = row;
        basis->is_taken[row] = true;
        basis->back[back++] = place;
        drop_row(basis, row, &count);
    }
    return back;
}

/* The row that a column in `dense` gives: not much smaller than its largest, in few columns. */
static int32_t choose_row(const struct basis *basis)
{
    double largest = least_pivot;
    int32_t best = NONE;
    for (int32_t r = 0; r < basis->matrix->rows; r++)
        if (!basis->is_taken[r])
            largest = fmax(largest, fabs(basis->dense[r]));
    for (int32_t r = 0; r < basis->matrix->rows; r++)
        if (!basis->is_taken[r] && fabs(basis->dense[r]) >= share_of_largest * largest &&
            fabs(basis->dense[r]) >= least_pivot &&
            (best == NONE || basis->row_count[r] < basis->row_count[best]))
            best = r;
    return best;
}

/* What is between: column after column through the factors that stand already. */
static bool take_others(struct basis *basis, const int32_t *basic)
{
    const struct matrix *matrix = basis->matrix;
    size_t first = basis->count;
    int32_t longest = 0;
    for (int32_t p = 0; p < matrix->rows; p++)
        if (basis->given[p] == NONE && basis->left[p] > longest)
            longest = basis->left[p];
    for (int32_t length = 0; length <= longest; length++)
        for (int32_t p = 0; p < matrix->rows; p++) {
            if (basis->given[p] != NONE || basis->left[p] != length)
                continue;
            for (size_t k = matrix->start[basic[p]]; k < matrix->start[basic[p] + 1]; k++)
                basis->dense[matrix->row[k]] = matrix->factor[k];
            forward_from(basis, first, basis->dense);
            int32_t row = choose_row(basis);
            if (row != NONE) {
                basis_replace(basis, row, basis->dense);
                basis->given[p] = row;
                basis->is_taken[row] = true;
            }
            memset(basis->dense, 0, (size_t)matrix->rows * sizeof *basis->dense);
            if (row == NONE)
                return false;
        }
    return true;
}

bool basis_invert(struct basis *basis, int32_t *basic)
{
    int32_t rows = basis->matrix->rows;
    basis->count = basis->entry_count = 0;
    index_places(basis, basic);
    take_lone_rows(basis, basic);
    int32_t back = take_lone_columns(basis, basic);
    if (!take_others(basis, basic))
        return false;
    while (back-- > 0)
        add_plain(basis, basic[basis->back[back]], basis->given[basis->back[back]]);
    for (int32_t p = 0; p < rows; p++)
        basis->queue[basis->given[p]] = basic[p];
    memcpy(basic, basis->queue, (size_t)rows * sizeof *basic);
    basis->inverted_count = basis->count;
    return true;
}
