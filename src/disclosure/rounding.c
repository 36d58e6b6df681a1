/* Each figure stands for an interval; the audit narrows the intervals through all relations, and
 * the repair withholds a figure beside each small count that comes out. */
#include "disclosure/rounding.h"

#include <assert.h>

#include "base/arena.h"
#include "disclosure/intervals.h"
#include "disclosure/profile.h"
#include "base/banned.h"

enum { MOST_REPAIRS = 50 };

static bool is_small(const struct relations *relations, const struct rounding_options *options,
                     int32_t cell)
{
    int64_t value = relations->values[cell], threshold = options->thresholds[cell];
    if (value == 0)
        return !options->shows_zeros && threshold > 0;
    return value < (threshold > 0 ? threshold : options->base);
}

static void mark(const struct relations *relations, const struct rounding_options *options,
                 unsigned char *statuses)
{
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        statuses[cell] = options->thresholds[cell] > 0 && is_small(relations, options, cell)
                             ? CELL_PRIMARY
                             : CELL_PUBLISHED;
}

/* What the reader knows of each cell at first: exactly what the rules say of what is printed. */
static void start_intervals(const struct relations *relations,
                            const struct rounding_options *options, const unsigned char *statuses,
                            struct intervals *intervals)
{
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        int64_t threshold = options->thresholds[cell], *low = &intervals->low[cell];
        int64_t shown = profile_round(options->base, relations->values[cell]);
        bool exact_zero = options->shows_zeros && threshold > 0 && relations->values[cell] == 0;
        *low = exact_zero ? 0 : shown - options->base / 2;
        intervals->high[cell] = exact_zero ? 0 : shown + (options->base - 1) / 2;
        if (!exact_zero && *low < threshold)
            *low = threshold;
        if (*low < 0)
            *low = 0;
        if (statuses[cell] == CELL_PUBLISHED)
            continue;
        *low = options->shows_zeros && statuses[cell] == CELL_PRIMARY ? 1 : 0;
        intervals->high[cell] = statuses[cell] == CELL_PRIMARY ? threshold - 1 : INTERVAL_OPEN;
    }
}

/* The cheapest rounded figure that shares a relation with the cell; -1 when there is none left. */
static int32_t pick_withheld(const struct relations *relations, const unsigned char *statuses,
                             int32_t cell)
{
    int32_t best = -1;
    for (int64_t i = relations->cell_starts[cell]; i < relations->cell_starts[cell + 1]; i++) {
        int32_t r = relations->cell_relations[i];
        for (int64_t k = relations->starts[r]; k < relations->starts[r + 1]; k++) {
            int32_t other = relations->members[k];
            if (statuses[other] == CELL_PUBLISHED && relations->values[other] > 0 &&
                (best < 0 || relations->values[other] < relations->values[best]))
                best = other;
        }
    }
    return best;
}

/* Does a relation of the cell hold a figure that was withheld this round? */
static bool is_helped(const struct relations *relations, const bool *is_touched, int32_t cell)
{
    for (int64_t i = relations->cell_starts[cell]; i < relations->cell_starts[cell + 1]; i++)
        if (is_touched[relations->cell_relations[i]])
            return true;
    return false;
}

static void withhold(const struct relations *relations, unsigned char *statuses, bool *is_touched,
                     int32_t cell)
{
    statuses[cell] = CELL_SECONDARY;
    for (int64_t i = relations->cell_starts[cell]; i < relations->cell_starts[cell + 1]; i++)
        is_touched[relations->cell_relations[i]] = true;
}

/* One figure for each small count that came out, unless one was withheld beside it this round. A
 * small count that is itself shown, rounded, is the one to withhold. */
static enum status repair(struct work *work, const struct relations *relations,
                          const struct intervals *intervals, const struct rounding_options *options,
                          unsigned char *statuses)
{
    bool has_helped = false;
    CLEANUP_ARENA struct arena *arena = arena_new();
    bool *is_touched = arena_array_of(arena, (size_t)relations->relation_count, bool);
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        if (intervals->low[cell] != intervals->high[cell] || !is_small(relations, options, cell) ||
            is_helped(relations, is_touched, cell))
            continue;
        int32_t withheld = statuses[cell] == CELL_PUBLISHED && relations->values[cell] > 0
                               ? cell
                               : pick_withheld(relations, statuses, cell);
        if (withheld < 0)
            continue;
        withhold(relations, statuses, is_touched, withheld);
        has_helped = true;
    }
    return has_helped
               ? STATUS_OK
               : work_fail(work, STATUS_REFUSED,
                           "Rounding does not protect every small number, and no figure is left to "
                           "withhold; merge categories or raise the threshold.");
}

static int64_t count_exposed(const struct relations *relations,
                             const struct rounding_options *options,
                             const struct intervals *intervals)
{
    int64_t count = 0;
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        count += intervals->low[cell] == intervals->high[cell] &&
                 is_small(relations, options, cell);
    return count;
}

enum status rounding_protect(struct work *work, const struct relations *relations,
                             const struct rounding_options *options, unsigned char *statuses,
                             struct rounding_result *out_result)
{
    size_t count = (size_t)relations->cell_count;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct intervals intervals = { arena_take_raw(arena, count * sizeof(int64_t)),
                                   arena_take_raw(arena, count * sizeof(int64_t)) };
    struct rounding_result result = { 0 };
    mark(relations, options, statuses);
    for (;; result.rounds++) {
        start_intervals(relations, options, statuses, &intervals);
        bool fits = intervals_narrow(relations, &intervals);
        assert(fits); /* the true table is among what fits */
        int64_t exposed = count_exposed(relations, options, &intervals);
        result.found = result.rounds ? result.found : exposed;
        if (exposed == 0)
            break;
        enum status status = result.rounds < MOST_REPAIRS
                                 ? repair(work, relations, &intervals, options, statuses)
                                 : work_fail(work, STATUS_REFUSED,
                                             "Rounding gives small numbers away that withholding "
                                             "does not cure; merge categories.");
        if (status != STATUS_OK)
            return status;
    }
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        result.primary_count += statuses[cell] == CELL_PRIMARY;
        result.withheld_count += statuses[cell] == CELL_SECONDARY;
        result.published_count += statuses[cell] == CELL_PUBLISHED;
    }
    *out_result = result;
    return STATUS_OK;
}
