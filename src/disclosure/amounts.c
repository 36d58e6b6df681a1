/* Every person's amount goes into each cell that the person lies in; cells are then sorted alone.
 */
#include "disclosure/amounts.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/secondary.h"
#include "stats/ratio.h"
#include "base/banned.h"

struct measuring {
    struct work *work;
    const struct release_plan *plan;
    const struct amounts_rule *rule;
    struct amounts amounts;
    size_t *starts;        /* by cell: where its amounts begin; one more at the end */
    int64_t *values;       /* the amounts, cell after cell */
    unsigned char *hidden; /* by cell, an enum cell_status: of its mean */
};

/* ---- gathering ---- */

/* The codes of a person, and the amount; false when there is none. */
static bool read_person(const struct measuring *measuring, int64_t row, uint32_t *codes,
                        int64_t *out_amount)
{
    const struct release_plan *plan = measuring->plan;
    for (size_t i = 0; i < plan->column_count; i++)
        codes[i] = column_code(&plan->people->column[plan->column_places[i]], row);
    *out_amount = column_decimal(&plan->people->column[measuring->rule->column], row);
    return *out_amount != INTEGER_MISSING && *out_amount >= 0;
}

/* Two walks: how many amounts each cell has, then each to its place. */
static void gather(struct measuring *measuring)
{
    const struct release_plan *plan = measuring->plan;
    size_t cells = (size_t)plan->relations->cell_count, families = release_plan_families(plan);
    struct arena *arena = measuring->work->arena;
    int32_t *own = arena_array_of(arena, families + 1, int32_t);
    size_t *next = arena_array_of(arena, cells + 1, size_t);
    uint32_t codes[RELEASE_PLAN_MOST_COLUMNS];
    int64_t amount = 0;
    measuring->starts = arena_array_of(arena, cells + 1, size_t);
    for (int64_t row = 0; row < plan->people->rows; row++) {
        if (!read_person(measuring, row, codes, &amount))
            continue;
        release_plan_cells_of(plan, codes, own);
        for (size_t f = 0; f < families; f++)
            measuring->starts[own[f] + 1]++;
    }
    for (size_t cell = 0; cell < cells; cell++)
        measuring->starts[cell + 1] += measuring->starts[cell];
    memcpy(next, measuring->starts, cells * sizeof *next);
    measuring->values = arena_array_of(arena, measuring->starts[cells] + 1, int64_t);
    for (int64_t row = 0; row < plan->people->rows; row++) {
        if (!read_person(measuring, row, codes, &amount))
            continue;
        release_plan_cells_of(plan, codes, own);
        for (size_t f = 0; f < families; f++)
            measuring->values[next[own[f]]++] = amount;
    }
}

/* ---- what may be shown ---- */

static int by_amount(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* `number` over `parts`, half away from zero; amounts are not negative. */
static int64_t divide(ratio_wide number, ratio_wide parts)
{
    return (int64_t)((2 * number + parts) / (2 * parts));
}

/* One has too much of the sum, or the second largest could work the largest out too closely. The
 * bounds are millionths of per cent. */
static bool is_dominated(const struct profile *profile, const int64_t *sorted, size_t count,
                         ratio_wide sum)
{
    const ratio_wide all = (ratio_wide)100 * NUMBER_ONE;
    int64_t largest = sorted[count - 1], second = count > 1 ? sorted[count - 2] : 0;
    if (profile->largest_share != INTEGER_MISSING && largest * all > sum * profile->largest_share)
        return true;
    return profile->p_percent != INTEGER_MISSING &&
           (sum - largest - second) * all < (ratio_wide)largest * profile->p_percent;
}

/* Mean and median of one cell, and whether its own people forbid them. */
static void measure_cell(struct measuring *measuring, int32_t cell)
{
    struct amounts *amounts = &measuring->amounts;
    const struct profile *profile = measuring->rule->profile;
    size_t count = measuring->starts[cell + 1] - measuring->starts[cell];
    int64_t *sorted = measuring->values + measuring->starts[cell];
    int64_t unit = 1;
    for (int i = 0; i < measuring->plan->people->column[measuring->rule->column].scale; i++)
        unit *= 10;
    bool is_count_shown = measuring->rule->statuses[cell] == CELL_PUBLISHED &&
                          !measuring->plan->is_withheld[cell];
    measuring->hidden[cell] = CELL_PRIMARY;
    if (count == 0 && is_count_shown) { /* a sum of nought, as everybody sees */
        measuring->hidden[cell] = CELL_PUBLISHED;
        return;
    }
    if (count == 0 || (int64_t)count < profile->mean_base) {
        amounts->few_count += is_count_shown;
        return;
    }
    qsort(sorted, count, sizeof *sorted, by_amount);
    ratio_wide sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += sorted[i];
    amounts->means[cell] = divide(sum, (ratio_wide)unit * (ratio_wide)count);
    amounts->medians[cell] = divide((ratio_wide)sorted[(count - 1) / 2] + sorted[count / 2],
                                    (ratio_wide)2 * unit);
    if (!is_count_shown)
        return;
    if (is_dominated(profile, sorted, count, sum))
        amounts->dominated_count++;
    else
        measuring->hidden[cell] = CELL_PUBLISHED;
}

/* Sums add up as counts do: what is hidden must not follow from what is shown. */
static enum status protect_sums(struct measuring *measuring)
{
    const struct relations *relations = measuring->plan->relations;
    struct secondary_options options = { .safety = SAFETY_LINEAR };
    struct secondary_result result = { 0 };
    enum status status = secondary_protect(measuring->work, relations, &options, measuring->hidden,
                                           &result);
    measuring->amounts.secondary_count = result.secondary_count;
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        measuring->amounts.is_shown[cell] = measuring->hidden[cell] == CELL_PUBLISHED;
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        measuring->amounts.counts[cell] = (int64_t)(measuring->starts[cell + 1] -
                                                    measuring->starts[cell]);
    return status;
}

enum status amounts_measure(struct work *work, const struct release_plan *plan,
                            const struct amounts_rule *rule, struct amounts *out_amounts)
{
    size_t cells = (size_t)plan->relations->cell_count, families = release_plan_families(plan);
    struct measuring measuring = {
        .work = work,
        .plan = plan,
        .rule = rule,
        .amounts = { .counts = arena_array_of(work->arena, cells + 1, int64_t),
                     .means = arena_array_of(work->arena, cells + 1, int64_t),
                     .medians = arena_array_of(work->arena, cells + 1, int64_t),
                     .is_shown = arena_array_of(work->arena, cells + 1, bool) },
        .hidden = arena_array_of(work->arena, cells + 1, unsigned char),
    };
    if (families > 0 && plan->people->rows > AMOUNTS_MOST_PLACES / (int64_t)families)
        return work_fail(work, STATUS_LIMIT,
                         "Means of %lld people in %zu sets of columns are more than can be "
                         "measured at once; name fewer tables.",
                         (long long)plan->people->rows, families);
    gather(&measuring);
    for (int32_t cell = 0; cell < plan->relations->cell_count; cell++)
        measure_cell(&measuring, cell);
    enum status status = protect_sums(&measuring);
    if (status == STATUS_OK)
        *out_amounts = measuring.amounts;
    return status;
}
