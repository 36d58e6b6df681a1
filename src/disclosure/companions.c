/* A companion takes no proof for what was hidden before it: a direction in which the companion
 * moves and that lowers cells at their bound becomes one that does not, once enough of the witness,
 * along which all of those rise, is added. So near a companion only sums and differences matter. */
#include "disclosure/companions.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/part.h"
#include "disclosure/secondary.h"
#include "base/banned.h"

enum {
    NEAR_CELLS = 1000, /* exposed cells among so many hidden ones share companions */
    FIRST_ROOM = 400,  /* cells looked at around a companion */
    MOST_ROOM = 4000,
    MORE_ROOM = 8,
    MOST_ROUNDS = 1,     /* of the search for what it takes */
    MOST_ALONE = 200,    /* candidates tried for one exposed cell, of those that alone may do */
    MOST_WITH_OTHERS = 3 /* and of those that take others with them */
};

static bool is_hidden(unsigned char status)
{
    return status == CELL_PRIMARY || status == CELL_SECONDARY;
}

/* What it costs to hide a shown cell so that others can move: most when it is at its bound and can
 * move one way alone. */
static int64_t cost_of(const struct companions *companions, int32_t cell)
{
    int64_t value = companions->relations->values[cell];
    return (companions->weights ? companions->weights[cell] : value) +
           (value > companions->whole.least ? 0 : RELATIONS_MOST_VALUE);
}

/* A shown cell; how many of its relations have no hidden cell that could balance it; how many
 * exposed ones stand in a relation with it. */
struct candidate {
    int32_t cell, lonely, exposed;
    int64_t cost;
};

static int compare_candidates(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->lonely != y->lonely)
        return (x->lonely > y->lonely) - (x->lonely < y->lonely);
    if (x->exposed != y->exposed)
        return (x->exposed < y->exposed) - (x->exposed > y->exposed);
    if (x->cost != y->cost)
        return (x->cost > y->cost) - (x->cost < y->cost);
    return (x->cell > y->cell) - (x->cell < y->cell);
}

struct repair {
    struct work *work;
    const struct companions *companions;
    struct part_maker maker;
    bool *hidden;    /* by cell */
    bool *is_room;   /* by cell: hidden, or shown and could be hidden here */
    int32_t *places; /* by cell: among the candidates, else -1 */
    int32_t *near;   /* hidden cells near an exposed one */
    bool *is_listed; /* by cell */
    int32_t near_count;
    bool *cleared;                /* by cell near */
    struct candidate *candidates; /* beside the exposed ones among these */
    int32_t candidate_count, candidate_room;
    int32_t *added; /* cells that the last companion took, itself first */
    int32_t added_count;
};

static bool may_be_hidden(const struct companions *companions, int32_t cell, int64_t least)
{
    return companions->statuses[cell] == CELL_PUBLISHED &&
           companions->relations->values[cell] >= least && companions->relations->values[cell] > 0;
}

static struct repair repair_new(struct work *work, const struct companions *companions)
{
    size_t count = (size_t)companions->relations->cell_count;
    struct repair repair = {
        .work = work,
        .companions = companions,
        .maker = part_maker_new(work->arena, companions->relations),
        .hidden = arena_take_raw(work->arena, count),
        .is_room = arena_take_raw(work->arena, count),
        .places = arena_take_raw(work->arena, count * sizeof(int32_t)),
        .is_listed = arena_array_of(work->arena, count, bool),
        .near = arena_take_raw(work->arena, NEAR_CELLS * sizeof(int32_t)),
        .cleared = arena_take_raw(work->arena, NEAR_CELLS * sizeof(bool)),
        .added = arena_take_raw(work->arena, MOST_ROOM * sizeof(int32_t)),
    };
    memset(repair.places, 0xff, count * sizeof(int32_t)); /* -1 */
    for (int32_t cell = 0; cell < companions->relations->cell_count; cell++) {
        repair.hidden[cell] = is_hidden(companions->statuses[cell]);
        repair.is_room[cell] = repair.hidden[cell] ||
                               may_be_hidden(companions, cell, companions->whole.least + 1);
    }
    return repair;
}

static int32_t lonely_relations(const struct repair *repair, int32_t cell)
{
    const struct relations *relations = repair->companions->relations;
    int32_t lonely = 0;
    for (int64_t k = relations->cell_starts[cell]; k < relations->cell_starts[cell + 1]; k++) {
        int32_t r = relations->cell_relations[k];
        bool has_hidden = false;
        for (int64_t m = relations->starts[r]; m < relations->starts[r + 1] && !has_hidden; m++)
            has_hidden = repair->hidden[relations->members[m]];
        lonely += !has_hidden;
    }
    return lonely;
}

static void add_candidate(struct repair *repair, int32_t cell)
{
    if (repair->places[cell] >= 0) {
        repair->candidates[repair->places[cell]].exposed++;
        return;
    }
    if (repair->candidate_count == repair->candidate_room) {
        int32_t room = repair->candidate_room ? repair->candidate_room * 2 : 256;
        struct candidate *larger = arena_take_raw(repair->work->arena,
                                                  (size_t)room * sizeof *larger);
        if (repair->candidate_count)
            memcpy(larger, repair->candidates, (size_t)repair->candidate_count * sizeof *larger);
        repair->candidates = larger;
        repair->candidate_room = room;
    }
    repair->places[cell] = repair->candidate_count;
    repair->candidates[repair->candidate_count++] = (struct candidate){
        cell, lonely_relations(repair, cell), 1, cost_of(repair->companions, cell)
    };
}

/* Lists an exposed cell with its reason, each cell once. */
static int32_t list_reason(struct repair *repair, int32_t exposed, int32_t most)
{
    const struct whole_reason *reason = &repair->companions->found->reasons[exposed];
    int32_t count = 0;
    repair->near[count++] = exposed;
    repair->is_listed[exposed] = true;
    for (int32_t i = 0; i < reason->count && count < most; i++) {
        if (repair->is_listed[reason->cells[i]])
            continue;
        repair->is_listed[reason->cells[i]] = true;
        repair->near[count++] = reason->cells[i];
    }
    for (int32_t i = 0; i < count; i++)
        repair->is_listed[repair->near[i]] = false;
    return count;
}

/* Lists the candidates beside an exposed cell and its reason, the best first. */
static void look_around(struct repair *repair, int32_t exposed)
{
    const struct relations *relations = repair->companions->relations;
    const int64_t least = repair->companions->whole.least;
    repair->near_count = list_reason(repair, exposed, NEAR_CELLS);
    repair->candidate_count = 0;
    for (int32_t i = 0; i < repair->near_count; i++) {
        int32_t near = repair->near[i];
        for (int64_t k = relations->cell_starts[near]; k < relations->cell_starts[near + 1]; k++) {
            int32_t r = relations->cell_relations[k];
            for (int64_t m = relations->starts[r]; m < relations->starts[r + 1]; m++)
                if (may_be_hidden(repair->companions, relations->members[m], least))
                    add_candidate(repair, relations->members[m]);
        }
    }
    for (int32_t i = 0; i < repair->candidate_count; i++)
        repair->places[repair->candidates[i].cell] = -1;
    if (repair->candidate_count)
        qsort(repair->candidates, (size_t)repair->candidate_count, sizeof *repair->candidates,
              compare_candidates);
}

/* ---- what a companion takes ---- */

static int64_t *weights_of(const struct repair *repair, const struct part *part)
{
    const int64_t *weights = repair->companions->weights;
    if (!weights)
        return NULL;
    int64_t *own = arena_array_of(repair->work->arena, (size_t)part->relations.cell_count, int64_t);
    for (int32_t i = 0; i < part->count; i++)
        own[i] = weights[part->cells[i]];
    return own;
}

/* What is hidden only lends room to move; the companion, the first cell, is to be protected; shown
 * cells that can move both ways may be hidden for it. */
static bool hide_within(struct repair *repair, const struct part *part)
{
    unsigned char *own = arena_take_raw(repair->work->arena, (size_t)part->relations.cell_count);
    struct secondary_result result;
    const struct secondary_options options = { .safety = SAFETY_LINEAR,
                                               .least = repair->companions->whole.least,
                                               .weights = weights_of(repair, part),
                                               .effort = SECONDARY_STANDARD_EFFORT,
                                               .most_rounds = MOST_ROUNDS };
    memset(own, CELL_CONSTANT, (size_t)part->relations.cell_count);
    for (int32_t i = 0; i < part->count; i++)
        own[i] = repair->hidden[part->cells[i]] ? CELL_UNPUBLISHED : CELL_PUBLISHED;
    own[0] = CELL_PRIMARY;
    if (secondary_protect(repair->work, &part->relations, &options, own, &result) != STATUS_OK) {
        work_forget(repair->work);
        return false;
    }
    repair->added_count = 0;
    for (int32_t i = 0; i < part->count; i++)
        if (is_hidden(own[i]))
            repair->added[repair->added_count++] = part->cells[i];
    return true;
}

/* Finds what must be hidden with a companion, looking further around it while that does not do.
 * Alone it will do where hidden cells can balance it: a table that clears another moves it too. */
static bool find_added(struct repair *repair, const struct candidate *candidate)
{
    int32_t cell = candidate->cell;
    if (candidate->lonely == 0 && repair->is_room[cell]) {
        repair->added[0] = cell;
        repair->added_count = 1;
        return true;
    }
    const struct arena_mark mark = arena_mark(repair->work->arena);
    bool is_safe = false, is_cut = repair->is_room[cell];
    for (int32_t room = FIRST_ROOM; !is_safe && is_cut && room <= MOST_ROOM; room *= MORE_ROOM) {
        int32_t *cells = arena_take_raw(repair->work->arena, (size_t)room * sizeof *cells);
        cells[0] = cell;
        int32_t count = part_gather(&repair->maker, repair->is_room, cells, 1, room);
        struct part part = part_of(&repair->maker, repair->work->arena, cells, count);
        is_safe = hide_within(repair, &part);
        is_cut = count == room;
    }
    arena_return(repair->work->arena, mark);
    return is_safe;
}

static void set_added(struct repair *repair, unsigned char status)
{
    for (int32_t i = 0; i < repair->added_count; i++) {
        repair->companions->statuses[repair->added[i]] = status;
        repair->hidden[repair->added[i]] = is_hidden(status);
    }
}

/* ---- one exposed cell after the other ---- */

/* Hides a candidate with what it takes; gives how many are then cleared of the exposed cell, or of
 * all near it. */
static int32_t hide_candidate(struct repair *repair, int32_t exposed,
                              const struct candidate *candidate, bool asks_all)
{
    const struct companions *companions = repair->companions;
    int32_t count = 1;
    if (!find_added(repair, candidate))
        return 0;
    set_added(repair, CELL_SECONDARY);
    count = list_reason(repair, exposed, NEAR_CELLS / 2);
    for (int32_t i = 0; i < repair->added_count && count < NEAR_CELLS; i++)
        repair->near[count++] = repair->added[i];
    count = part_gather(&repair->maker, repair->hidden, repair->near, count, NEAR_CELLS);
    repair->near_count = count;
    const struct whole_near near = { repair->near, count, asks_all ? count : 1 };
    return whole_ask_near(&repair->maker, &near, &companions->whole, companions->found,
                          repair->cleared);
}

/* The first candidate that clears the cell; NULL when none does. */
static const struct candidate *find_helpful(struct repair *repair, int32_t exposed)
{
    static const int32_t most[2] = { MOST_ALONE, MOST_WITH_OTHERS };
    int32_t tried[2] = { 0 };
    for (int32_t i = 0; i < repair->candidate_count; i++) {
        if (tried[repair->candidates[i].lonely > 0]++ >= most[repair->candidates[i].lonely > 0])
            continue;
        bool helps = hide_candidate(repair, exposed, &repair->candidates[i], false) > 0;
        set_added(repair, CELL_PUBLISHED);
        repair->added_count = 0;
        if (helps)
            return &repair->candidates[i];
    }
    return NULL;
}

int32_t companions_hide(struct work *work, const struct companions *companions)
{
    const struct arena_mark mark = arena_mark(work->arena);
    struct repair repair = repair_new(work, companions);
    int32_t hidden = 0;
    for (int32_t cell = 0; cell < companions->relations->cell_count; cell++) {
        bool helps = true;
        while (helps && companions->found->standings[cell] == WHOLE_EXPOSED) {
            look_around(&repair, cell);
            const struct candidate *best = find_helpful(&repair, cell);
            helps = best && hide_candidate(&repair, cell, best, true) > 0;
            hidden += helps ? repair.added_count : 0;
            if (helps)
                whole_clear(repair.near, repair.near_count, repair.cleared, companions->found);
        }
    }
    arena_return(work->arena, mark);
    return hidden;
}

int32_t companions_pick(const struct companions *companions, int32_t *out_cells)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct repair repair = repair_new(&work, companions);
    bool *served = arena_array_of(arena, (size_t)companions->relations->cell_count, bool);
    int32_t count = 0;
    for (int32_t cell = 0; cell < companions->relations->cell_count; cell++) {
        if (companions->found->standings[cell] != WHOLE_EXPOSED || served[cell])
            continue;
        look_around(&repair, cell);
        for (int32_t i = 0; i < repair.near_count; i++)
            served[repair.near[i]] = true;
        struct candidate *best = repair.candidates;
        for (int32_t i = 1; i < repair.candidate_count; i++)
            if (repair.candidates[i].lonely > best->lonely)
                best = &repair.candidates[i];
        if (repair.candidate_count)
            out_cells[count++] = best->cell;
    }
    return count;
}
