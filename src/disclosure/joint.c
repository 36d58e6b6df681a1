/* Lists combinations by a walk down the relations; fits an even spread of people to the counts by
 * iterative proportional fitting; drops what the fit leaves empty. */
#include "disclosure/joint.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "disclosure/draw.h"
#include "base/banned.h"

enum { SAMPLES = 64, FITTINGS = 300 };
#define FITS_WITHIN 1e-9
#define STILL_SHRINKS 0.9

struct walk {
    struct arena *arena;
    const struct relations *relations;
    bool *is_chosen; /* by cell */
    int32_t *picked; /* by relation: how many of its parts are chosen */
    int32_t *trail;  /* chosen cells in order */
    int32_t trail_count;
    int32_t *counted; /* relations in the order in which `picked` was raised */
    int32_t counted_count;
    bool *is_total;  /* by cell: has parts */
    int32_t *leaves; /* of all combinations, one after the other */
    int64_t *starts; /* by combination */
    int32_t count;
    int64_t leaf_count, leaf_room, steps;
    bool has_several; /* some combination has more than one leaf */
    bool is_over;     /* a limit was met */
};

/* Chooses a cell with all that it is a part of; false when that contradicts what is chosen. */
static bool choose(struct walk *walk, int32_t cell)
{
    const struct relations *relations = walk->relations;
    int32_t from = walk->trail_count;
    if (walk->is_chosen[cell])
        return true;
    if (relations->values[cell] == 0)
        return false;
    walk->is_chosen[cell] = true;
    walk->trail[walk->trail_count++] = cell;
    for (; from < walk->trail_count; from++) {
        int32_t part = walk->trail[from];
        for (int64_t i = relations->cell_starts[part]; i < relations->cell_starts[part + 1]; i++) {
            int32_t r = relations->cell_relations[i];
            int32_t total = relations->members[relations->starts[r]];
            walk->steps++;
            if (total == part)
                continue;
            walk->counted[walk->counted_count++] = r;
            if (++walk->picked[r] > 1 || (!walk->is_chosen[total] && relations->values[total] == 0))
                return false;
            if (walk->is_chosen[total])
                continue;
            walk->is_chosen[total] = true;
            walk->trail[walk->trail_count++] = total;
        }
    }
    return true;
}

/* A place in the walk, to come back to. */
struct place {
    int32_t trail_count, counted_count;
};

static struct place place_of(const struct walk *walk)
{
    return (struct place){ walk->trail_count, walk->counted_count };
}

static void take_back(struct walk *walk, struct place place)
{
    while (walk->counted_count > place.counted_count)
        walk->picked[walk->counted[--walk->counted_count]]--;
    while (walk->trail_count > place.trail_count)
        walk->is_chosen[walk->trail[--walk->trail_count]] = false;
}

/* A relation whose total is chosen and none of whose parts is; -1 when the combination is whole. */
static int32_t next_relation(struct walk *walk, int32_t *from)
{
    const struct relations *relations = walk->relations;
    for (; *from < walk->trail_count; ++*from) {
        int32_t cell = walk->trail[*from];
        for (int64_t i = relations->cell_starts[cell]; i < relations->cell_starts[cell + 1]; i++) {
            int32_t r = relations->cell_relations[i];
            if (relations->members[relations->starts[r]] == cell && walk->picked[r] == 0)
                return r;
        }
    }
    return -1;
}

static void keep_combination(struct walk *walk)
{
    if (walk->count == JOINT_MOST_COMBINATIONS) {
        walk->is_over = true;
        return;
    }
    int64_t first = walk->leaf_count;
    for (int32_t i = 0; i < walk->trail_count; i++) {
        if (walk->is_total[walk->trail[i]])
            continue;
        if (walk->leaf_count == walk->leaf_room) {
            int64_t room = walk->leaf_room ? walk->leaf_room * 2 : 4096;
            int32_t *leaves = arena_take_raw(walk->arena, (size_t)room * sizeof *leaves);
            if (walk->leaf_count)
                memcpy(leaves, walk->leaves, (size_t)walk->leaf_count * sizeof *leaves);
            walk->leaves = leaves;
            walk->leaf_room = room;
        }
        walk->leaves[walk->leaf_count++] = walk->trail[i];
    }
    walk->has_several |= walk->leaf_count - first > 1;
    walk->starts[++walk->count] = walk->leaf_count;
}

/* Lists all combinations that hold what is chosen. The depth is that of the variables. */
static void list_combinations(struct walk *walk, int32_t from)
{
    const struct relations *relations = walk->relations;
    const struct place place = place_of(walk);
    int32_t relation = next_relation(walk, &from);
    if (relation < 0) {
        keep_combination(walk);
        return;
    }
    for (int64_t i = relations->starts[relation] + 1;
         i < relations->starts[relation + 1] && !walk->is_over; i++) {
        if (choose(walk, relations->members[i]))
            list_combinations(walk, from);
        take_back(walk, place);
        walk->is_over |= walk->steps > JOINT_MOST_STEPS + walk->count * JOINT_STEPS_EACH;
    }
}

/* One of the relation's parts that can be chosen, at random; gives how many can. */
static int32_t choose_any(struct walk *walk, int32_t relation, uint64_t *draws)
{
    const struct relations *relations = walk->relations;
    const struct place place = place_of(walk);
    int32_t options = 0, chosen = -1;
    for (int64_t i = relations->starts[relation] + 1; i < relations->starts[relation + 1]; i++) {
        if (choose(walk, relations->members[i]) && draw_next(draws) % (uint64_t)++options == 0)
            chosen = relations->members[i];
        take_back(walk, place);
    }
    if (chosen >= 0)
        (void)choose(walk, chosen);
    return options;
}

/* How many combinations there may be, from random walks (Knuth 1975); 0 when they find none, and
 * negative when each that they find is a single cell. */
static double estimate(struct walk *walk)
{
    uint64_t draws = 1;
    double sum = 0;
    const struct place root = place_of(walk);
    bool has_several = false;
    for (int sample = 0; sample < SAMPLES && sum <= (double)JOINT_MOST_COMBINATIONS * SAMPLES;
         sample++) {
        double product = 1;
        int32_t from = 0, relation = 0, leaves = 0;
        while (product > 0 && (relation = next_relation(walk, &from)) >= 0)
            product *= choose_any(walk, relation, &draws);
        for (int32_t i = 0; i < walk->trail_count; i++)
            leaves += !walk->is_total[walk->trail[i]];
        has_several |= product > 0 && leaves > 1;
        sum += product;
        take_back(walk, root);
    }
    return has_several || sum == 0 ? sum / SAMPLES : -1;
}

/* The one cell that is part of nothing and not 0; -1 when there is none or more. */
static int32_t find_root(struct walk *walk)
{
    const struct relations *relations = walk->relations;
    int32_t root = -1;
    bool *is_part = arena_array_of(walk->arena, (size_t)relations->cell_count, bool);
    for (int32_t r = 0; r < relations->relation_count; r++) {
        walk->is_total[relations->members[relations->starts[r]]] = true;
        for (int64_t i = relations->starts[r] + 1; i < relations->starts[r + 1]; i++)
            is_part[relations->members[i]] = true;
    }
    for (int32_t cell = 0; cell < relations->cell_count; cell++) {
        if (is_part[cell] || relations->values[cell] == 0)
            continue;
        if (root >= 0)
            return -1;
        root = cell;
    }
    return root;
}

/* ---- the even spread ---- */

/* Combinations by leaf. */
struct by_leaf {
    int64_t *starts; /* by cell */
    int32_t *items;
};

static struct by_leaf index_leaves(const struct walk *walk)
{
    size_t cells = (size_t)walk->relations->cell_count;
    struct by_leaf index = {
        arena_array_of(walk->arena, cells + 2, int64_t),
        arena_take_raw(walk->arena, (size_t)walk->leaf_count * sizeof(int32_t)),
    };
    for (int64_t i = 0; i < walk->leaf_count; i++)
        index.starts[walk->leaves[i] + 2]++;
    for (size_t cell = 0; cell < cells; cell++)
        index.starts[cell + 2] += index.starts[cell + 1];
    for (int32_t c = 0; c < walk->count; c++)
        for (int64_t i = walk->starts[c]; i < walk->starts[c + 1]; i++)
            index.items[index.starts[walk->leaves[i] + 1]++] = c;
    return index;
}

/* Scales the combinations of each leaf to its count, one leaf after the other; gives the largest
 * misfit that was met (iterative proportional fitting, Deming and Stephan 1940). */
static double fit_once(const struct walk *walk, const struct by_leaf *index, double *spread)
{
    double misfit = 0;
    for (int32_t cell = 0; cell < walk->relations->cell_count; cell++) {
        double sum = 0;
        for (int64_t i = index->starts[cell]; i < index->starts[cell + 1]; i++)
            sum += spread[index->items[i]];
        if (index->starts[cell] == index->starts[cell + 1])
            continue;
        double ratio = (double)walk->relations->values[cell] / sum;
        misfit = fmax(misfit, fabs(ratio - 1));
        for (int64_t i = index->starts[cell]; i < index->starts[cell + 1]; i++)
            spread[index->items[i]] *= ratio;
    }
    return misfit;
}

/* Marks combinations that an even spread leaves empty. They shrink for ever, at about the pace at
 * which rounds are counted, while the others settle. */
static void find_empty(const struct walk *walk, bool *is_empty)
{
    struct by_leaf index = index_leaves(walk);
    double *spread = arena_take_raw(walk->arena, (size_t)walk->count * sizeof *spread);
    double *halfway = arena_take_raw(walk->arena, (size_t)walk->count * sizeof *halfway);
    for (int32_t c = 0; c < walk->count; c++)
        spread[c] = 1;
    for (int i = 0; i < 2 * FITTINGS; i++) {
        if (i == FITTINGS)
            memcpy(halfway, spread, (size_t)walk->count * sizeof *halfway);
        if (fit_once(walk, &index, spread) < FITS_WITHIN && i < FITTINGS)
            i = FITTINGS - 1; /* fits already: the second half goes on from here */
    }
    for (int32_t c = 0; c < walk->count; c++)
        is_empty[c] = spread[c] < halfway[c] * STILL_SHRINKS;
}

/* ---- the extended relations ---- */

static struct relations *extend(struct arena *arena, const struct walk *walk, const bool *is_empty)
{
    const struct relations *old = walk->relations;
    int32_t cells = old->cell_count, leaves = 0;
    int64_t members = old->starts[old->relation_count];
    int32_t *places = arena_take_raw(arena, (size_t)walk->count * sizeof *places);
    int64_t *lengths = arena_array_of(walk->arena, (size_t)old->cell_count, int64_t);
    for (int32_t c = 0; c < walk->count; c++) {
        places[c] = is_empty[c] ? -1 : cells++;
        for (int64_t i = walk->starts[c]; i < walk->starts[c + 1] && !is_empty[c]; i++)
            lengths[walk->leaves[i]]++;
    }
    for (int32_t cell = 0; cell < old->cell_count; cell++) {
        leaves += lengths[cell] > 0;
        members += lengths[cell] > 0 ? lengths[cell] + 1 : 0;
    }
    struct relations *made = arena_new_of(arena, struct relations);
    *made = (struct relations){
        .cell_count = cells,
        .relation_count = old->relation_count + leaves,
        .values = arena_take_raw(arena, (size_t)cells * sizeof(int64_t)),
        .starts = arena_take_raw(arena,
                                 (size_t)(old->relation_count + leaves + 1) * sizeof(int64_t)),
        .members = arena_take_raw(arena, (size_t)members * sizeof(int32_t)),
    };
    int64_t at = old->starts[old->relation_count];
    int32_t relation = old->relation_count;
    memcpy(made->values, old->values, (size_t)old->cell_count * sizeof(int64_t));
    for (int32_t cell = old->cell_count; cell < cells; cell++)
        made->values[cell] = JOINT_VALUE;
    memcpy(made->starts, old->starts, (size_t)(old->relation_count + 1) * sizeof(int64_t));
    memcpy(made->members, old->members, (size_t)at * sizeof(int32_t));
    for (int32_t cell = 0; cell < old->cell_count; cell++) {
        if (lengths[cell] == 0)
            continue;
        made->members[at] = cell;
        at += lengths[cell] + 1;
        made->starts[++relation] = at;
        lengths[cell] = at - lengths[cell]; /* from here on: where its next combination goes */
    }
    for (int32_t c = 0; c < walk->count; c++)
        for (int64_t i = walk->starts[c]; i < walk->starts[c + 1] && !is_empty[c]; i++)
            made->members[lengths[walk->leaves[i]]++] = places[c];
    relations_index(arena, made);
    return made;
}

struct relations *joint_extend(struct arena *arena, const struct relations *relations,
                               enum joint_extent *out_extent)
{
    CLEANUP_ARENA struct arena *own = arena_new();
    size_t cells = (size_t)relations->cell_count;
    struct walk walk = {
        .arena = own,
        .relations = relations,
        .is_chosen = arena_array_of(own, cells, bool),
        .picked = arena_array_of(own, (size_t)relations->relation_count + 1, int32_t),
        .trail = arena_take_raw(own, cells * sizeof(int32_t)),
        .counted = arena_take_raw(own,
                                  ((size_t)relations->relation_count * 2 + 2) * sizeof(int32_t)),
        .is_total = arena_array_of(own, cells, bool),
        .starts = arena_array_of(own, JOINT_MOST_COMBINATIONS + 1, int64_t),
    };
    int32_t root = find_root(&walk);
    *out_extent = JOINT_IS_TOO_WIDE;
    if (root < 0 || !choose(&walk, root))
        return NULL;
    double expected = estimate(&walk);
    if (expected > JOINT_MOST_COMBINATIONS)
        return NULL;
    *out_extent = expected < 0 ? JOINT_ADDS_NOTHING : JOINT_IS_TOO_WIDE;
    if (expected < 0)
        return NULL;
    walk.steps = 0;
    list_combinations(&walk, 0);
    if (walk.is_over)
        return NULL;
    *out_extent = walk.has_several ? JOINT_EXTENDS : JOINT_ADDS_NOTHING;
    if (!walk.has_several)
        return NULL;
    bool *is_empty = arena_array_of(own, (size_t)walk.count, bool);
    find_empty(&walk, is_empty);
    return extend(arena, &walk, is_empty);
}
