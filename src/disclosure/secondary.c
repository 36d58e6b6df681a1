/* A first safe pattern from the greedy over all cells; then rounds over what it hides and a few
 * cells beside, in other orders, keeping what is cheaper in each part that hangs together. */
#include "disclosure/secondary.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/draw.h"
#include "disclosure/groups.h"
#include "disclosure/publication.h"
#include "disclosure/witness.h"
#include "base/banned.h"

enum {
    COST_OF_CELL = 1000,  /* without weights: of any cell */
    COST_OF_DOUBLING = 4, /* and for each doubling of its value */
    EXTRA_ONE_IN = 10,    /* of the cells beside the pattern, one in so many joins a round */
    WINDOW = 3,           /* the search goes on while so many rounds together */
    GAIN_PER_MILLE = 20,  /* gain so much, divided by the effort */
    WORK_PER_CELL = 1000, /* terms touched per cell at effort 1 */
    LEAST_WORK = 200000,  /* before which small instances do not stop for want of gain */
    ROUND_PER_CELL = 12,  /* and what a round touches beside terms */
    ROUND_PER_MEMBER = 3
};

const char *cell_status_name(enum cell_status status)
{
    static const char *const names[CELL_STATUS_COUNT] = {
        [CELL_PUBLISHED] = "published",     [CELL_PRIMARY] = "primary",
        [CELL_SECONDARY] = "secondary",     [CELL_KNOWN] = "known",
        [CELL_UNPUBLISHED] = "unpublished", [CELL_CONSTANT] = "constant",
    };
    return names[status];
}

struct search {
    const struct relations *relations;
    const struct secondary_options *options;
    const unsigned char *statuses;
    int64_t *costs;      /* by cell */
    struct pattern best; /* the cheapest so far */
    struct pattern trial;
    bool *is_promoted; /* by cell: at its bound, no primary, and hidden because it must be */
    bool *is_included; /* by cell: stands in the round's universe */
    uint64_t *ranks;   /* by cell: candidates are published from the greatest down */
    int32_t *cells;    /* the universe's */
    unsigned char *kinds;
    int32_t *groups; /* by cell: union-find of what hangs together in the round's universe */
    int64_t *gains;  /* by cell that leads a group */
    uint64_t draws, work;
};

static bool is_at_bound(const struct search *search, int32_t cell)
{
    return search->options->safety != SAFETY_LINEAR &&
           search->relations->values[cell] <= search->options->least;
}

/* Published unless something else needs it hidden. A reader would know at once of a cell below
 * `least` that it is not hidden, so those always are; and cells at it are hidden only if they must,
 * because they can move one way alone. */
static bool is_candidate(const struct search *search, int32_t cell)
{
    return search->statuses[cell] == CELL_PUBLISHED && !is_at_bound(search, cell) &&
           search->relations->values[cell] >= search->options->least;
}

static int64_t cost_of(const struct search *search, int32_t cell)
{
    uint64_t value = (uint64_t)search->relations->values[cell] + 1;
    if (search->options->weights)
        return 1 + search->options->weights[cell];
    return COST_OF_CELL + COST_OF_DOUBLING * (63 - __builtin_clzll(value));
}

static enum column_kind kind_of(const struct search *search, int32_t cell)
{
    if (search->statuses[cell] == CELL_UNPUBLISHED)
        return COLUMN_UNSEEN;
    if (is_candidate(search, cell))
        return COLUMN_CANDIDATE;
    if (search->statuses[cell] != CELL_PRIMARY && !search->is_promoted[cell])
        return COLUMN_FORCED;
    return is_at_bound(search, cell) ? COLUMN_BOUND : COLUMN_PRIMARY;
}

struct ranked {
    uint64_t rank;
    int32_t cell;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    return x->rank != y->rank ? (x->rank < y->rank) - (x->rank > y->rank)
                              : (x->cell > y->cell) - (x->cell < y->cell);
}

/* The included cells in order: by kind, and candidates by rank. */
static struct universe arrange(struct search *search, bool substitutes)
{
    struct ranked *ranked = NULL;
    int32_t candidates = 0, count = 0;
    for (int32_t cell = 0; cell < search->relations->cell_count; cell++)
        candidates += search->is_included[cell] && kind_of(search, cell) == COLUMN_CANDIDATE;
    CLEANUP_ARENA struct arena *arena = arena_new();
    ranked = arena_take_raw(arena, (size_t)candidates * sizeof *ranked);
    candidates = 0;
    for (enum column_kind kind = COLUMN_BOUND; kind <= COLUMN_UNSEEN; kind++) {
        for (int32_t cell = 0; cell < search->relations->cell_count; cell++) {
            if (!search->is_included[cell] || kind_of(search, cell) != kind)
                continue;
            if (kind == COLUMN_CANDIDATE)
                ranked[candidates++] = (struct ranked){ search->ranks[cell], cell };
            else
                search->cells[count++] = cell;
        }
        if (kind != COLUMN_CANDIDATE)
            continue;
        qsort(ranked, (size_t)candidates, sizeof *ranked, compare_ranked);
        for (int32_t i = 0; i < candidates; i++)
            search->cells[count++] = ranked[i].cell;
    }
    for (int32_t i = 0; i < count; i++)
        search->kinds[i] = (unsigned char)kind_of(search, search->cells[i]);
    return (struct universe){ search->cells, search->kinds, count, substitutes };
}

static int32_t run_trial(struct search *search, bool substitutes)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct universe universe = arrange(search, substitutes);
    int32_t exposed = 0;
    size_t count = (size_t)search->relations->cell_count;
    memcpy(search->trial.witness, search->best.witness, count * sizeof(int64_t));
    search->work += publication_run(arena, search->relations, &universe, &search->trial, &exposed);
    search->work += count * ROUND_PER_CELL +
                    (uint64_t)search->relations->starts[search->relations->relation_count] *
                        ROUND_PER_MEMBER;
    return exposed;
}

/* ---- the first pattern ---- */

/* All cells that are not shown from the start; the dearest and largest first. */
static void include_all(struct search *search)
{
    const struct relations *relations = search->relations;
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        search->is_included[cell] = search->statuses[cell] != CELL_CONSTANT &&
                                    (search->statuses[cell] != CELL_PUBLISHED ||
                                     relations->values[cell] >= search->options->least);
        search->ranks[cell] = search->options->weights
                                  ? (uint64_t)search->costs[cell] << 32 |
                                        (uint64_t)(relations->values[cell] & INT32_MAX)
                                  : (uint64_t)relations->values[cell];
        search->trial.hidden[cell] = false;
    }
}

/* Cells that should be shown and cannot: those at their bound are promoted, and the greedy runs
 * again; a known one ends it. */
static bool promote(struct search *search, struct secondary_result *result)
{
    bool again = false;
    for (int32_t cell = 0; cell < search->relations->cell_count; cell++) {
        if (!search->is_included[cell] || !search->trial.hidden[cell] ||
            kind_of(search, cell) != COLUMN_FORCED)
            continue;
        if (search->statuses[cell] == CELL_KNOWN) {
            result->refused_cell = cell;
            return false;
        }
        search->is_promoted[cell] = again = true;
    }
    return again;
}

static enum status find_first(struct work *work, struct search *search,
                              struct secondary_result *result)
{
    int32_t exposed = 0;
    include_all(search);
    do {
        struct universe universe = arrange(search, false);
        if (!witness_start(search->relations, &universe, search->best.witness))
            return work_fail(work, STATUS_REFUSED,
                             "The hidden zeros cannot be proved safe together; show zeros, or "
                             "withhold the tables in which whole rows are empty.");
        exposed = run_trial(search, false);
    } while (exposed == 0 && promote(search, result));
    struct pattern swap = search->best;
    search->best = search->trial;
    search->trial = swap;
    return exposed == 0 && result->refused_cell < 0
               ? STATUS_OK
               : work_fail(work, STATUS_REFUSED,
                           "What is shown already gives a small number away; no choice of further "
                           "cells to hide protects it.");
}

/* ---- rounds ---- */

/* Takes over the trial in every group where it costs no more. Gives what was gained in all. */
static int64_t keep_cheaper(struct search *search)
{
    int32_t count = search->relations->cell_count;
    int64_t gained = 0;
    groups_join(search->relations, search->is_included, search->groups);
    memset(search->gains, 0, (size_t)count * sizeof *search->gains);
    for (int32_t cell = 0; cell < count; cell++)
        if (search->is_included[cell])
            search->gains[group_of(search->groups, cell)] += search->costs[cell] *
                                                             ((int64_t)search->best.hidden[cell] -
                                                              (int64_t)search->trial.hidden[cell]);
    for (int32_t cell = 0; cell < count; cell++) {
        if (!search->is_included[cell])
            continue;
        int64_t gain = search->gains[group_of(search->groups, cell)];
        if (gain < 0)
            continue;
        gained += search->groups[cell] == cell ? gain : 0;
        search->best.hidden[cell] = search->trial.hidden[cell];
        search->best.witness[cell] = search->trial.witness[cell];
    }
    return gained;
}

/* The cells hidden now, and at random some candidates that share a relation with them. */
static void include_for_round(struct search *search, bool extras)
{
    const struct relations *relations = search->relations;
    memcpy(search->is_included, search->best.hidden,
           (size_t)relations->cell_count * sizeof *search->is_included);
    for (int32_t r = 0; extras && r < relations->relation_count; r++) {
        bool is_touched = false;
        int64_t start = relations->starts[r], end = relations->starts[r + 1];
        for (int64_t i = start; i < end && !is_touched; i++)
            is_touched = search->best.hidden[relations->members[i]];
        for (int64_t i = start; i < end && is_touched; i++) {
            int32_t cell = relations->members[i];
            if (is_candidate(search, cell) && draw_next(&search->draws) % EXTRA_ONE_IN == 0)
                search->is_included[cell] = true;
        }
    }
}

static void rank_for_round(struct search *search, bool shuffle)
{
    for (int32_t cell = 0; shuffle && cell < search->relations->cell_count; cell++)
        if (search->is_included[cell])
            search->ranks[cell] = draw_next(&search->draws) >> 24;
}

static int64_t cost_of_best(const struct search *search)
{
    int64_t cost = 0;
    for (int32_t cell = 0; cell < search->relations->cell_count; cell++)
        if (search->best.hidden[cell] && search->statuses[cell] == CELL_PUBLISHED)
            cost += search->costs[cell];
    return cost;
}

static int64_t search_rounds(struct search *search)
{
    int64_t cost = cost_of_best(search), round = 0, gains[WINDOW] = { 0 };
    uint64_t most = (uint64_t)search->options->effort * WORK_PER_CELL *
                    (uint64_t)search->relations->cell_count;
    for (search->work = 0; cost > 0 && search->work < most; round++) {
        int64_t gain = 0;
        include_for_round(search, round > 0);
        rank_for_round(search, round > 0);
        int32_t exposed = run_trial(search, true);
        assert(exposed == 0);
        gains[round % WINDOW] = keep_cheaper(search);
        cost -= gains[round % WINDOW];
        for (int i = 0; i < WINDOW; i++)
            gain += gains[i];
        if (round + 1 == search->options->most_rounds)
            return round + 1;
        if (round >= WINDOW && search->work >= LEAST_WORK &&
            gain * 1000 * search->options->effort < cost * GAIN_PER_MILLE)
            return round + 1;
    }
    return round;
}

static struct pattern pattern_new(struct arena *arena, size_t count)
{
    return (struct pattern){
        arena_array_of(arena, count, bool),
        arena_array_of(arena, count, int64_t),
    };
}

void secondary_count(const struct relations *relations, const unsigned char *statuses,
                     struct secondary_result *result)
{
    int64_t counts[CELL_STATUS_COUNT] = { 0 };
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        counts[statuses[cell]]++;
    result->published_count = counts[CELL_PUBLISHED];
    result->primary_count = counts[CELL_PRIMARY];
    result->secondary_count = counts[CELL_SECONDARY];
    result->known_count = counts[CELL_KNOWN];
}

enum status secondary_protect(struct work *work, const struct relations *relations,
                              const struct secondary_options *options, unsigned char *statuses,
                              struct secondary_result *out_result)
{
    struct arena *arena = work->arena;
    size_t count = (size_t)relations->cell_count;
    struct search search = {
        .relations = relations,
        .options = options,
        .statuses = statuses,
        .costs = arena_take_raw(arena, count * sizeof(int64_t)),
        .best = pattern_new(arena, count),
        .trial = pattern_new(arena, count),
        .is_promoted = arena_array_of(arena, count, bool),
        .is_included = arena_array_of(arena, count, bool),
        .ranks = arena_take_raw(arena, count * sizeof(uint64_t)),
        .cells = arena_take_raw(arena, count * sizeof(int32_t)),
        .kinds = arena_take_raw(arena, count),
        .groups = arena_take_raw(arena, count * sizeof(int32_t)),
        .gains = arena_take_raw(arena, count * sizeof(int64_t)),
        .draws = 1,
    };
    *out_result = (struct secondary_result){ .refused_cell = -1 };
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        search.costs[cell] = cost_of(&search, cell);
    enum status status = find_first(work, &search, out_result);
    if (status != STATUS_OK)
        return status;
    out_result->rounds = search_rounds(&search);
    for (int32_t cell = 0; cell < relations->cell_count; cell++)
        if (statuses[cell] == CELL_PUBLISHED && search.best.hidden[cell])
            statuses[cell] = CELL_SECONDARY;
    out_result->witness = search.best.witness;
    secondary_count(relations, statuses, out_result);
    return STATUS_OK;
}
