/* First by signs: a row whose terms all have one sign holds zeros only; a row with one term against
 * all others gives that term, which is then not negative by itself, so it can be eliminated. What
 * resists is small, and goes through a simplex in whole numbers: it asks for a solution in which
 * every column is at least 1. Where there is none, the proof of that (Farkas) names columns that
 * can only be 0; they are taken out, and the question is asked again. */
#include "attack/cone.h"

#include <assert.h>

#include "base/arena.h"
#include "base/banned.h"

__extension__ typedef __int128 wide; /* products of two factors */

enum { MOST_TABLEAU = 64000000, NO_COLUMN = -1 };
/* Changes of cells in all; some seconds' worth. Only patterns that leak widely come near. */
#define MOST_CHANGES INT64_C(1000000000)

struct cone {
    struct system *system;
    const int8_t *side;
    bool *is_zero;
    int32_t *queue; /* rows to look at again */
    bool *waits;
    size_t first, last, room;
    int64_t changes;  /* of cells of tableaux so far */
    bool *is_settled; /* rows of parts that hold no more zeros, until one of them is touched */
};

static void look_again(void *user, int32_t row)
{
    struct cone *cone = user;
    cone->is_settled[row] = false;
    if (cone->waits[row] || cone->system->rows[row].pivot >= 0)
        return;
    cone->waits[row] = true;
    cone->queue[cone->last] = row;
    cone->last = cone->last + 1 == cone->room ? 0 : cone->last + 1;
}

static void set_zero(struct cone *cone, int32_t column)
{
    const struct system_touched again = { look_again, cone };
    cone->is_zero[column] = true;
    system_each_row(cone->system, column, &again);
}

struct signs {
    int32_t positive, negative;           /* how many */
    int32_t last_positive, last_negative; /* a column of each */
};

static struct signs signs_of(const struct cone *cone, const struct system_row *row)
{
    struct signs signs = { 0, 0, NO_COLUMN, NO_COLUMN };
    for (int32_t k = 0; k < row->count; k++) {
        const struct term *term = &row->terms[k];
        if (cone->is_zero[term->column])
            continue;
        bool is_positive = (term->factor > 0) == (cone->side[term->column] > 0);
        signs.positive += is_positive;
        signs.negative += !is_positive;
        if (is_positive)
            signs.last_positive = term->column;
        else
            signs.last_negative = term->column;
    }
    return signs;
}

/* Settles rows by their signs alone until none is left that can be. */
static void settle_by_signs(struct cone *cone)
{
    const struct system_touched again = { look_again, cone };
    while (cone->first != cone->last && !cone->system->has_overflowed) {
        int32_t index = cone->queue[cone->first];
        cone->first = cone->first + 1 == cone->room ? 0 : cone->first + 1;
        cone->waits[index] = false;
        const struct system_row *row = &cone->system->rows[index];
        if (row->pivot >= 0)
            continue;
        struct signs signs = signs_of(cone, row);
        if (signs.positive == 0 || signs.negative == 0) {
            for (int32_t k = 0; k < row->count; k++)
                if (!cone->is_zero[row->terms[k].column])
                    set_zero(cone, row->terms[k].column);
        } else if (signs.positive == 1 || signs.negative == 1) {
            int32_t column = signs.positive == 1 ? signs.last_positive : signs.last_negative;
            system_pivot(cone->system, index, column, &again);
        }
    }
}

/* A part of what is left: rows that hang together, and the columns that are not 0 in them. */
struct part {
    int32_t *rows, *columns;
    int32_t row_count, column_count;
    int32_t *number; /* of a column in the part, or NO_COLUMN */
    bool *has_row;   /* rows that some part has had */
};

static void part_take(void *user, int32_t row)
{
    struct part *part = user;
    if (part->has_row[row])
        return;
    part->has_row[row] = true;
    part->rows[part->row_count++] = row;
}

static void part_gather(const struct cone *cone, struct part *part, int32_t row)
{
    const struct system_touched take = { part_take, part };
    part_take(part, row);
    for (int32_t i = 0; i < part->row_count; i++) {
        const struct system_row *own = &cone->system->rows[part->rows[i]];
        for (int32_t k = 0; k < own->count; k++) {
            int32_t column = own->terms[k].column;
            if (cone->is_zero[column] || part->number[column] != NO_COLUMN)
                continue;
            part->number[column] = part->column_count;
            part->columns[part->column_count++] = column;
            system_each_row(cone->system, column, &take);
        }
    }
}

/* Rows by columns, times a common divisor. Row `rows` is the cost, column `columns` the right side.
 * A column belongs to a variable that is not in the basis. */
struct tableau {
    int32_t rows, columns;
    int64_t *cells, divisor;
    int32_t *basis;    /* of a row: its variable; NO_COLUMN: the row's own gap */
    int32_t *variable; /* of a column; NO_COLUMN: a gap that has been closed */
    int32_t *filled;   /* while pivoting: the columns in which the pivot's row is not 0 */
    int32_t filled_count;
    int64_t changes; /* of cells so far */
};

static int64_t *tableau_row(const struct tableau *tableau, int32_t row)
{
    return tableau->cells + (size_t)row * (size_t)(tableau->columns + 1);
}

/* The gaps to be closed: row * (1, 1, …, 1), turned such that none is negative. */
static void tableau_fill(const struct cone *cone, const struct part *part, struct tableau *tableau)
{
    int64_t *cost = tableau_row(tableau, tableau->rows);
    for (int32_t i = 0; i < part->row_count; i++) {
        const struct system_row *own = &cone->system->rows[part->rows[i]];
        int64_t *row = tableau_row(tableau, i), sum = 0;
        for (int32_t k = 0; k < own->count; k++) {
            const struct term *term = &own->terms[k];
            if (cone->is_zero[term->column])
                continue;
            row[part->number[term->column]] = term->factor * cone->side[term->column];
            sum += term->factor * cone->side[term->column];
        }
        row[tableau->columns] = -sum;
        for (int32_t c = 0; sum > 0 && c <= tableau->columns; c++)
            row[c] = -row[c];
        tableau->basis[i] = NO_COLUMN;
        for (int32_t c = 0; c <= tableau->columns; c++)
            cost[c] -= row[c];
    }
    for (int32_t c = 0; c < tableau->columns; c++)
        tableau->variable[c] = part->columns[c];
}

/* The column to come in: the most negative cost, or the first of them when `careful` (Bland). */
static int32_t entering(const struct tableau *tableau, bool careful)
{
    const int64_t *cost = tableau_row(tableau, tableau->rows);
    int32_t best = NO_COLUMN;
    for (int32_t c = 0; c < tableau->columns; c++) {
        if (cost[c] >= 0 || tableau->variable[c] == NO_COLUMN)
            continue;
        bool is_better = best == NO_COLUMN ||
                         (careful ? tableau->variable[c] < tableau->variable[best]
                                  : cost[c] < cost[best]);
        if (is_better)
            best = c;
    }
    return best;
}

static int32_t leaving(const struct tableau *tableau, int32_t column)
{
    int32_t best = NO_COLUMN;
    for (int32_t r = 0; r < tableau->rows; r++) {
        const int64_t *row = tableau_row(tableau, r);
        if (row[column] <= 0)
            continue;
        if (best == NO_COLUMN) {
            best = r;
            continue;
        }
        const int64_t *other = tableau_row(tableau, best);
        wide a = (wide)row[tableau->columns] * other[column];
        wide b = (wide)other[tableau->columns] * row[column];
        if (a < b || (a == b && tableau->basis[r] < tableau->basis[best]))
            best = r;
    }
    return best;
}

/* cells = (cells * own - times * pivot) / divisor, in the columns named; false when it does not
 * fit. */
static bool row_change(const struct tableau *tableau, int64_t *cells, const int64_t *pivot,
                       int64_t times, int64_t own, int32_t column)
{
    bool is_sparse = own == tableau->divisor;
    int32_t count = is_sparse ? tableau->filled_count : tableau->columns + 1;
    for (int32_t i = 0; i < count; i++) {
        int32_t c = is_sparse ? tableau->filled[i] : i;
        if (c == column)
            continue;
        wide value = ((wide)cells[c] * own - (wide)times * pivot[c]) / tableau->divisor;
        if (value > INT64_MAX / 2 || value < INT64_MIN / 2)
            return false;
        cells[c] = (int64_t)value;
    }
    cells[column] = -times;
    return true;
}

/* Edmonds' whole-number pivoting: every cell stays a determinant, so the division is exact. */
static bool tableau_pivot(struct tableau *tableau, int32_t row, int32_t column)
{
    int64_t *pivot = tableau_row(tableau, row), own = pivot[column];
    int64_t divisor = tableau->divisor;
    tableau->filled_count = 0;
    for (int32_t c = 0; c <= tableau->columns; c++)
        if (pivot[c])
            tableau->filled[tableau->filled_count++] = c;
    for (int32_t r = 0; r <= tableau->rows; r++) {
        int64_t *cells = tableau_row(tableau, r), times = cells[column];
        if (r == row || (times == 0 && own == divisor))
            continue;
        if (!row_change(tableau, cells, pivot, times, own, column))
            return false;
        tableau->changes += own == divisor ? tableau->filled_count : tableau->columns;
    }
    tableau->changes += tableau->rows;
    pivot[column] = divisor;
    tableau->divisor = own;
    int32_t out = tableau->basis[row];
    tableau->basis[row] = tableau->variable[column];
    tableau->variable[column] = out;
    return true;
}

/* Closes the gaps as far as they can be; false when a number does not fit or it takes too long. */
static bool tableau_solve(struct tableau *tableau)
{
    int64_t still = 0, patience = 2 * ((int64_t)tableau->rows + tableau->columns);
    for (;;) {
        int32_t column = entering(tableau, still > patience);
        if (column == NO_COLUMN)
            return true;
        int32_t row = leaving(tableau, column);
        assert(row != NO_COLUMN); /* the sum of the gaps is never below 0 */
        still = tableau_row(tableau, row)[tableau->columns] == 0 ? still + 1 : 0;
        if (!tableau_pivot(tableau, row, column) || tableau->changes > MOST_CHANGES)
            return false;
    }
}

enum part_outcome { PART_FREE, PART_NARROWED, PART_UNDECIDED };

static enum part_outcome part_settle(struct cone *cone, const struct part *part)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct tableau tableau = { .rows = part->row_count,
                               .columns = part->column_count,
                               .divisor = 1,
                               .changes = cone->changes };
    size_t size = ((size_t)tableau.rows + 1) * ((size_t)tableau.columns + 1);
    if (size > MOST_TABLEAU)
        return PART_UNDECIDED;
    tableau.cells = arena_array_of(arena, size, int64_t);
    tableau.basis = arena_array_of(arena, (size_t)tableau.rows + 1, int32_t);
    tableau.variable = arena_array_of(arena, (size_t)tableau.columns + 1, int32_t);
    tableau.filled = arena_array_of(arena, (size_t)tableau.columns + 1, int32_t);
    tableau_fill(cone, part, &tableau);
    bool is_solved = tableau_solve(&tableau);
    cone->changes = tableau.changes;
    if (!is_solved)
        return PART_UNDECIDED;
    const int64_t *cost = tableau_row(&tableau, tableau.rows);
    if (cost[tableau.columns] == 0)
        return PART_FREE;
    for (int32_t c = 0; c < tableau.columns; c++)
        if (tableau.variable[c] != NO_COLUMN && cost[c] > 0)
            set_zero(cone, tableau.variable[c]);
    return PART_NARROWED;
}

/* Goes through the parts of what is left once. */
static enum part_outcome settle_parts(struct cone *cone)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t rows = (size_t)cone->system->row_count, columns = (size_t)cone->system->column_count;
    struct part part = { .rows = arena_array_of(arena, rows + 1, int32_t),
                         .columns = arena_array_of(arena, columns + 1, int32_t),
                         .number = arena_array_of(arena, columns + 1, int32_t),
                         .has_row = arena_array_of(arena, rows + 1, bool) };
    enum part_outcome outcome = PART_FREE;
    for (size_t c = 0; c < columns; c++)
        part.number[c] = NO_COLUMN;
    for (int32_t r = 0; r < cone->system->row_count && outcome != PART_UNDECIDED; r++) {
        const struct system_row *row = &cone->system->rows[r];
        if (row->pivot >= 0 || cone->is_settled[r] || part.has_row[r] ||
            signs_of(cone, row).positive == 0)
            continue;
        part.row_count = part.column_count = 0;
        part_gather(cone, &part, r);
        enum part_outcome own = part_settle(cone, &part);
        for (int32_t i = 0; own == PART_FREE && i < part.row_count; i++)
            cone->is_settled[part.rows[i]] = true;
        if (own != PART_FREE)
            outcome = own;
    }
    return outcome;
}

bool cone_find_zeros(struct system *system, const int8_t *side, bool *is_zero)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t rows = (size_t)system->row_count;
    struct cone cone = { .system = system,
                         .side = side,
                         .is_zero = is_zero,
                         .queue = arena_array_of(arena, rows + 1, int32_t),
                         .waits = arena_array_of(arena, rows + 1, bool),
                         .is_settled = arena_array_of(arena, rows + 1, bool),
                         .room = rows + 1 };
    for (int32_t r = 0; r < system->row_count; r++)
        look_again(&cone, r);
    for (;;) {
        settle_by_signs(&cone);
        if (system->has_overflowed)
            return false;
        enum part_outcome outcome = settle_parts(&cone);
        if (outcome != PART_NARROWED)
            return outcome == PART_FREE;
    }
}
