/* Groups that feed a small cell are emptied or filled up to the base, one after the other where the
 * sums of the tables fall short most. */
#include "disclosure/small_counts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

struct rounding {
    struct arena *arena;
    const struct release_plan *plan;
    int64_t base;
    size_t column_count;
    uint32_t **codes, **ranks; /* by column: of a rank, of a code */
    int64_t *sizes;            /* people by group */
    int32_t *places;           /* the cells that a group lies in: place_count of them each */
    size_t place_count, group_count;
    bool *is_rounded; /* by group */
    bool *is_filled;  /* by group: rounded up to the base */
    int64_t *values;  /* by cell: what is shown now */
    int64_t *missing; /* by cell: people of rounded groups that no filled group makes up for */
    int64_t *scores;  /* by group: what is missing in its cells together */
    int64_t *starts;  /* by cell: its rounded groups */
    int32_t *groups;
};

/* `context` is how many ranks a person has. */
static int compare_people(const void *a, const void *b, void *context)
{
    const uint32_t *x = a, *y = b;
    for (size_t i = 0; i < *(const size_t *)context; i++)
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    return 0;
}

struct ranked_label {
    struct slice label;
    uint32_t code;
};

static int compare_labels(const void *a, const void *b)
{
    struct slice x = ((const struct ranked_label *)a)->label;
    struct slice y = ((const struct ranked_label *)b)->label;
    size_t shorter = x.length < y.length ? x.length : y.length;
    int order = shorter ? memcmp(x.start, y.start, shorter) : 0;
    return order ? order : (x.length > y.length) - (x.length < y.length);
}

/* Codes follow the rows' order, ranks the labels': by column and rank the code, and the reverse. */
static void rank_labels(struct rounding *r)
{
    r->codes = arena_array_of(r->arena, r->column_count, uint32_t *);
    r->ranks = arena_array_of(r->arena, r->column_count, uint32_t *);
    for (size_t i = 0; i < r->column_count; i++) {
        const struct column *column = &r->plan->people->column[r->plan->column_places[i]];
        size_t count = column_label_count(column);
        struct ranked_label *labels = arena_array_of(r->arena, count, struct ranked_label);
        for (uint32_t code = 0; code < count; code++)
            labels[code] = (struct ranked_label){ column_label(column, code), code };
        qsort(labels, count, sizeof *labels, compare_labels);
        r->codes[i] = arena_array_of(r->arena, count, uint32_t);
        r->ranks[i] = arena_array_of(r->arena, count, uint32_t);
        for (uint32_t rank = 0; rank < count; rank++) {
            r->codes[i][rank] = labels[rank].code;
            r->ranks[i][labels[rank].code] = rank;
        }
    }
}

/* The ranks of the people's labels, in order, so that equal people stand together, and that the
 * order of rows does not matter. */
static uint32_t *sort_people(struct rounding *r)
{
    const struct columns *people = r->plan->people;
    size_t count = r->column_count, size = count * sizeof(uint32_t);
    uint32_t *ranks = arena_take_raw(r->arena, (size_t)people->rows * size);
    for (int64_t row = 0; row < people->rows; row++)
        for (size_t i = 0; i < count; i++)
            ranks[(size_t)row * count + i] =
                r->ranks[i][column_code(&people->column[r->plan->column_places[i]], row)];
    qsort_r(ranks, (size_t)people->rows, size, compare_people, &count);
    return ranks;
}

static enum status find_groups(struct work *work, struct rounding *r)
{
    size_t rows = (size_t)r->plan->people->rows, count = r->column_count;
    rank_labels(r);
    const uint32_t *ranks = sort_people(r);
    uint32_t codes[RELEASE_PLAN_MOST_COLUMNS];
    r->place_count = release_plan_families(r->plan);
    size_t most = SMALL_COUNTS_MOST_PLACES / (r->place_count ? r->place_count : 1);
    most = most < SMALL_COUNTS_MOST_GROUPS ? most : SMALL_COUNTS_MOST_GROUPS;
    most = most < rows ? most : rows;
    r->sizes = arena_array_of(r->arena, most + 1, int64_t);
    r->places = arena_take_raw(r->arena, (most + 1) * r->place_count * sizeof(int32_t));
    for (size_t row = 0; row < rows; row++) {
        const uint32_t *at = ranks + row * count;
        if (row > 0 && memcmp(at - count, at, count * sizeof *at) == 0) {
            r->sizes[r->group_count - 1]++;
            continue;
        }
        if (r->group_count == most)
            return work_fail(work, STATUS_LIMIT,
                             "The tables' columns tell more than %zu kinds of people apart, too "
                             "many for small count rounding; take a profile that rounds.",
                             most);
        for (size_t i = 0; i < count; i++)
            codes[i] = r->codes[i][at[i]];
        release_plan_cells_of(r->plan, codes, r->places + r->group_count * r->place_count);
        r->sizes[r->group_count++] = 1;
    }
    return STATUS_OK;
}

/* Adds every group that lies in a cell whose figure is small now; false when there is none. */
static bool add_groups(struct rounding *r)
{
    bool added = false;
    for (size_t g = 0; g < r->group_count; g++)
        for (size_t i = 0; i < r->place_count && !r->is_rounded[g]; i++) {
            int64_t value = r->values[r->places[g * r->place_count + i]];
            if (value > 0 && value < r->base)
                r->is_rounded[g] = added = true;
        }
    return added;
}

static void index_groups(struct rounding *r)
{
    size_t cells = (size_t)r->plan->relations->cell_count;
    memset(r->starts, 0, (cells + 2) * sizeof *r->starts);
    memset(r->missing, 0, cells * sizeof *r->missing);
    for (size_t g = 0; g < r->group_count; g++)
        for (size_t i = 0; r->is_rounded[g] && i < r->place_count; i++) {
            int32_t cell = r->places[g * r->place_count + i];
            r->starts[cell + 2]++;
            r->missing[cell] += r->sizes[g];
        }
    for (size_t cell = 0; cell < cells; cell++)
        r->starts[cell + 2] += r->starts[cell + 1];
    for (size_t g = 0; g < r->group_count; g++)
        for (size_t i = 0; r->is_rounded[g] && i < r->place_count; i++)
            r->groups[r->starts[r->places[g * r->place_count + i] + 1]++] = (int32_t)g;
}

/* Fills one group, and takes the base off what its cells miss. */
static void fill(struct rounding *r, size_t group)
{
    r->is_filled[group] = true;
    for (size_t i = 0; i < r->place_count; i++) {
        int32_t cell = r->places[group * r->place_count + i];
        r->missing[cell] -= r->base;
        for (int64_t k = r->starts[cell]; k < r->starts[cell + 1]; k++)
            r->scores[r->groups[k]] -= r->base;
    }
}

/* All rounded groups anew: as many are filled as their people make, where most is missing. */
static void round_groups(struct rounding *r)
{
    int64_t people = 0;
    index_groups(r);
    memset(r->is_filled, 0, r->group_count * sizeof *r->is_filled);
    for (size_t g = 0; g < r->group_count; g++) {
        r->scores[g] = 0;
        people += r->is_rounded[g] ? r->sizes[g] : 0;
        for (size_t i = 0; i < r->place_count; i++)
            r->scores[g] += r->missing[r->places[g * r->place_count + i]];
    }
    for (int64_t left = (2 * people + r->base) / (2 * r->base); left > 0; left--) {
        ptrdiff_t best = -1;
        for (size_t g = 0; g < r->group_count; g++)
            if (r->is_rounded[g] && !r->is_filled[g] &&
                (best < 0 || r->scores[g] > r->scores[best]))
                best = (ptrdiff_t)g;
        if (best < 0)
            break;
        fill(r, (size_t)best);
    }
    for (int32_t cell = 0; cell < r->plan->relations->cell_count; cell++)
        r->values[cell] = r->plan->relations->values[cell] - r->missing[cell];
}

static struct rounding rounding_new(struct arena *arena, const struct release_plan *plan,
                                    int64_t base)
{
    return (struct rounding){
        .arena = arena, .plan = plan, .base = base, .column_count = plan->column_count
    };
}

static void take_rest(struct rounding *r, int64_t *values)
{
    size_t cells = (size_t)r->plan->relations->cell_count;
    r->values = values;
    memcpy(values, r->plan->relations->values, cells * sizeof *values);
    r->is_rounded = arena_array_of(r->arena, r->group_count + 1, bool);
    r->is_filled = arena_array_of(r->arena, r->group_count + 1, bool);
    r->scores = arena_array_of(r->arena, r->group_count + 1, int64_t);
    r->missing = arena_array_of(r->arena, cells, int64_t);
    r->starts = arena_array_of(r->arena, cells + 2, int64_t);
    r->groups = arena_take_raw(r->arena, r->group_count * r->place_count * sizeof(int32_t));
}

enum status small_counts_round(struct work *work, const struct release_plan *plan, int64_t base,
                               struct small_counts *out_counts)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct rounding r = rounding_new(arena, plan, base);
    struct small_counts counts = { 0 };
    size_t cells = (size_t)plan->relations->cell_count;
    counts.values = arena_take_raw(work->arena, cells * sizeof *counts.values);
    enum status status = find_groups(work, &r);
    if (status != STATUS_OK)
        return status;
    take_rest(&r, counts.values);
    for (int round = 0; add_groups(&r); round++) {
        if (round == SMALL_COUNTS_MOST_ROUNDS)
            return work_fail(work, STATUS_REFUSED,
                             "Small counts come back as fast as they are rounded; take a profile "
                             "that rounds every figure.");
        round_groups(&r);
    }
    for (size_t g = 0; g < r.group_count; g++)
        counts.group_count += r.is_rounded[g];
    for (size_t cell = 0; cell < cells; cell++) {
        int64_t change = llabs(counts.values[cell] - plan->relations->values[cell]);
        counts.changed_count += change > 0;
        counts.largest_change = change > counts.largest_change ? change : counts.largest_change;
    }
    *out_counts = counts;
    return STATUS_OK;
}
