/* Where the bound is 1, the true values themselves are a direction (all relations are sums), and 1
 * everywhere is what it holds at the bound. Where hidden zeros are at their bound, an even spread
 * of people over all cells is one: found by scaling, then made exact. */
#include "disclosure/witness.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/elimination.h"
#include "base/banned.h"

enum { SCALINGS = 200, LARGEST_COEFFICIENT = 1 << 20 };
#define SCALE 65536.0
#define LARGEST_START (INT64_C(1) << 36)

/* Makes every total and its parts meet half way, again and again (iterative proportional fitting).
 * Cells outside the universe do not move; relations that hold one of them say nothing here. */
static void spread_evenly(const struct relations *relations, const int32_t *columns, double *spread)
{
    for (int pass = 0; pass < SCALINGS; pass++) {
        double largest = 0;
        for (int32_t r = 0; r < relations->relation_count; r++) {
            int64_t start = relations->starts[r], end = relations->starts[r + 1];
            double sum = 0;
            bool is_whole = true;
            for (int64_t i = start; i < end; i++) {
                is_whole &= columns[relations->members[i]] >= 0;
                sum += i > start ? spread[relations->members[i]] : 0;
            }
            if (!is_whole)
                continue;
            double *total = &spread[relations->members[start]];
            double ratio = sqrt(*total / sum);
            largest = fmax(largest, fabs(ratio - 1));
            *total = sqrt(*total * sum);
            for (int64_t i = start + 1; i < end; i++)
                spread[relations->members[i]] *= ratio;
        }
        if (largest < 1e-6)
            return;
    }
}

/* Free cells as they are; dependent ones follow by the rows of cells at their bound alone. */
static bool make_exact(const struct elimination *echelon, const struct universe *universe,
                       int64_t *witness)
{
    for (int32_t column = 0; column < universe->count; column++) {
        const struct row *row = &echelon->rows[column];
        int64_t sum = 0;
        if (universe->kinds[column] != COLUMN_BOUND)
            break;
        for (int32_t i = 1; echelon->is_pivot[column] && i < row->count; i++) {
            int64_t factor = residue_signed(
                coefficient_residue(&echelon->coefficients, row->terms[i].code));
            if (factor > LARGEST_COEFFICIENT || factor < -LARGEST_COEFFICIENT)
                return false;
            sum -= factor * witness[universe->cells[row->terms[i].column]];
            if (sum > LARGEST_START * LARGEST_COEFFICIENT ||
                sum < -LARGEST_START * LARGEST_COEFFICIENT)
                return false;
        }
        if (echelon->is_pivot[column])
            witness[universe->cells[column]] = sum;
        if (witness[universe->cells[column]] < 1 ||
            witness[universe->cells[column]] > LARGEST_START)
            return false;
    }
    return true;
}

bool witness_start(const struct relations *relations, const struct universe *universe,
                   int64_t *witness)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t count = (size_t)relations->cell_count;
    int32_t *columns = arena_take_raw(arena, count * sizeof *columns);
    double *spread = arena_take_raw(arena, count * sizeof *spread);
    struct elimination echelon;
    bool has_zero = false;
    memset(columns, 0xFF, count * sizeof *columns); /* -1 */
    for (size_t cell = 0; cell < count; cell++) {
        spread[cell] = 1;
        witness[cell] = 1;
    }
    for (int32_t i = 0; i < universe->count; i++) {
        columns[universe->cells[i]] = i;
        has_zero |= universe->kinds[i] == COLUMN_BOUND &&
                    relations->values[universe->cells[i]] == 0;
    }
    if (!has_zero)
        return true;
    spread_evenly(relations, columns, spread);
    for (size_t cell = 0; cell < count; cell++)
        witness[cell] = spread[cell] * SCALE > 1 ? llround(fmin(spread[cell] * SCALE, 1e9)) : 1;
    elimination_echelon(arena, relations, columns, universe->count, &echelon);
    return make_exact(&echelon, universe, witness);
}
