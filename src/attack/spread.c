/* Scales the combinations of each cell until its sum is in its range, cell after cell, again and
 * again (iterative proportional fitting, Deming and Stephan 1940; with ranges it is Bregman's
 * method of projections, 1967). It tends to a solution that uses as many combinations as any. Those
 * that no solution can use shrink for ever, and slowly; they are dropped on the way, and then it is
 * quick. */
#include "attack/spread.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { SWEEPS = 200, MOST_ROUNDS = 60 };
static const double fits = 1e-11, tiny = 1e-6, still_shrinks = 0.95;

struct spread {
    const struct combinations *combinations;
    int32_t cell_count;
    const struct spread_range *ranges;
    size_t *start; /* cell c lies in combination[k] for k from start[c] to start[c + 1] */
    int32_t *combination;
    double *people;
};

static void index_cells(struct spread *spread, struct arena *arena)
{
    const struct combinations *combinations = spread->combinations;
    size_t cells = (size_t)spread->cell_count, entries = combinations->start[combinations->count];
    spread->start = arena_array_of(arena, cells + 2, size_t);
    spread->combination = arena_array_of(arena, entries + 1, int32_t);
    for (size_t k = 0; k < entries; k++)
        spread->start[combinations->cell[k] + 2]++;
    for (size_t c = 0; c <= cells; c++)
        spread->start[c + 1] += spread->start[c];
    for (int32_t i = 0; i < combinations->count; i++)
        for (size_t k = combinations->start[i]; k < combinations->start[i + 1]; k++)
            spread->combination[spread->start[combinations->cell[k] + 1]++] = i;
}

/* Goes through all cells once; gives the largest misfit that was met, as a share. */
static double fit_once(const struct spread *spread)
{
    double worst = 0;
    for (int32_t c = 0; c < spread->cell_count; c++) {
        double sum = 0;
        for (size_t k = spread->start[c]; k < spread->start[c + 1]; k++)
            sum += spread->people[spread->combination[k]];
        double wanted = fmin(fmax(sum, spread->ranges[c].least), spread->ranges[c].most);
        if (spread->start[c] == spread->start[c + 1] || wanted == sum)
            continue;
        double ratio = sum > 0 ? wanted / sum : 1;
        worst = fmax(worst, sum > 0 ? fabs(ratio - 1) : 1);
        for (size_t k = spread->start[c]; k < spread->start[c + 1]; k++)
            spread->people[spread->combination[k]] *= ratio;
    }
    return worst;
}

/* Empties the combinations below a limit; gives how many were not empty before. */
static int32_t drop(const struct spread *spread, const double *limits, double share)
{
    int32_t count = 0;
    for (int32_t i = 0; i < spread->combinations->count; i++) {
        double limit = limits ? limits[i] * share : tiny;
        if (spread->people[i] == 0 || spread->people[i] > limit)
            continue;
        spread->people[i] = 0;
        count++;
    }
    return count;
}

bool spread_find(const struct combinations *combinations, int32_t cell_count,
                 const struct spread_range *ranges, double *people)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t count = (size_t)combinations->count;
    struct spread spread = { combinations, cell_count, ranges, NULL, NULL, people };
    double *before = arena_array_of(arena, count + 1, double);
    index_cells(&spread, arena);
    for (int round = 0; round < MOST_ROUNDS; round++) {
        double worst = 1;
        for (int sweep = 0; sweep < 2 * SWEEPS && worst > fits; sweep++) {
            if (sweep == SWEEPS)
                memcpy(before, people, count * sizeof *before);
            worst = fit_once(&spread);
        }
        if (worst > fits)
            (void)drop(&spread, before, still_shrinks);
        else if (drop(&spread, NULL, 0) == 0)
            return true;
    }
    return false;
}
