/* Combinations become cells of a wider puzzle, and levels 1 and 2 run on that. */
#include "attack/joint.h"

#include <math.h>
#include <string.h>

#include "attack/combinations.h"
#include "attack/recover.h"
#include "attack/spread.h"
#include "base/arena.h"
#include "base/banned.h"

enum { MOST_TRIES = 8 };
static const double first_margin = 0.25, close_by = 1e-2, inside = 1e-7;

struct joint {
    struct arena *arena;
    const struct puzzle *puzzle;
    struct puzzle wide;
    struct bounds bounds; /* of the wide puzzle */
    struct combinations combinations;
    struct spread_range *ranges; /* of the puzzle's cells */
    double *people;              /* by combination */
    double *point;               /* by cell of the wide puzzle */
    bool has_point;
};

/* The sums of the combinations: a value for every cell that some combination holds. */
static void add_up(const struct joint *joint)
{
    const struct combinations *combinations = &joint->combinations;
    int32_t cells = joint->puzzle->cell_count;
    memset(joint->point, 0, (size_t)cells * sizeof *joint->point);
    for (int32_t i = 0; i < combinations->count; i++) {
        joint->point[cells + i] = joint->people[i];
        for (size_t k = combinations->start[i]; k < combinations->start[i + 1]; k++)
            joint->point[combinations->cell[k]] += joint->people[i];
    }
}

static bool spread_out(const struct joint *joint)
{
    int32_t cells = joint->puzzle->cell_count;
    for (int32_t i = 0; i < joint->combinations.count; i++)
        joint->people[i] = joint->bounds.most[cells + i] > 0;
    return spread_find(&joint->combinations, cells, joint->ranges, joint->people);
}

/* A cell's range, so far inside its bounds. */
static void set_range(const struct joint *joint, int32_t cell, double margin)
{
    double least = (double)joint->bounds.least[cell], most = (double)joint->bounds.most[cell];
    margin = fmin(margin, (most - least) / 4);
    joint->ranges[cell] = (struct spread_range){ least + margin, most - margin };
}

/* Where nobody knows the true counts, cells are kept off their bounds as far as that can be; those
 * that cannot stand exactly at them. */
static bool find_point(const struct joint *joint)
{
    int32_t cells = joint->puzzle->cell_count;
    bool is_found = false, is_exact = true;
    for (int32_t c = 0; c < cells; c++)
        set_range(joint, c, first_margin);
    for (int attempt = 0; attempt < MOST_TRIES && !is_found; attempt++) {
        is_found = spread_out(joint);
        add_up(joint);
        for (int32_t c = 0; c < cells && !is_found; c++)
            if (attempt == MOST_TRIES - 2 || joint->point[c] < joint->ranges[c].least - inside ||
                joint->point[c] > joint->ranges[c].most + inside)
                set_range(joint, c, 0);
    }
    for (int32_t c = 0; c < cells && is_found; c++) {
        double least = (double)joint->bounds.least[c], most = (double)joint->bounds.most[c];
        double value = joint->point[c];
        bool is_near = value < least + close_by || value > most - close_by;
        if (least == most || !is_near)
            continue;
        value = value < least + close_by ? least : most;
        joint->ranges[c] = (struct spread_range){ value, value };
        is_exact = false;
    }
    if (is_found && !is_exact)
        is_found = spread_out(joint);
    add_up(joint);
    return is_found;
}

/* The same where they are at hand. Leaves are enough: the other cells are their sums. */
static bool find_people(const struct joint *joint)
{
    const int64_t *truth = joint->puzzle->truth;
    for (int32_t c = 0; c < joint->puzzle->cell_count; c++)
        joint->ranges[c] = joint->combinations.is_leaf[c]
                               ? (struct spread_range){ (double)truth[c], (double)truth[c] }
                               : (struct spread_range){ 0, INFINITY };
    if (!spread_out(joint))
        return false;
    add_up(joint);
    for (int32_t c = 0; c < joint->puzzle->cell_count; c++)
        joint->point[c] = (double)truth[c];
    return true;
}

static int8_t stand_of(const struct joint *joint, int32_t cell)
{
    double value = joint->point[cell];
    if (value <= (double)joint->wide.least[cell] + inside)
        return STAND_LEAST;
    return value >= (double)joint->wide.most[cell] - inside ? STAND_MOST : STAND_BETWEEN;
}

/* Level 2 over the wide puzzle; false when it could not decide. */
static bool recover(struct joint *joint)
{
    size_t cells = (size_t)joint->wide.cell_count;
    int8_t *stands = arena_array_of(joint->arena, cells + 1, int8_t);
    bool *is_fixed = arena_array_of(joint->arena, cells + 1, bool);
    bool is_decided = false;
    if (!(joint->puzzle->truth ? find_people(joint) : find_point(joint)))
        return false;
    joint->has_point = true;
    for (int32_t c = 0; c < joint->wide.cell_count; c++)
        stands[c] = stand_of(joint, c);
    recover_exact(&joint->wide, &joint->bounds, stands, is_fixed, &is_decided);
    for (int32_t c = 0; c < joint->puzzle->cell_count; c++) {
        bool is_new = is_fixed[c] && joint->bounds.least[c] != joint->bounds.most[c];
        if (is_new && fabs(joint->point[c] - rint(joint->point[c])) > close_by)
            is_decided = false; /* no count: the figures rule each other out */
        else if (is_new)
            joint->bounds.least[c] = joint->bounds.most[c] = llround(joint->point[c]);
    }
    return is_decided;
}

static bool holds_truth(const struct joint *joint)
{
    const int64_t *truth = joint->puzzle->truth;
    for (int32_t c = 0; truth && c < joint->puzzle->cell_count; c++)
        if (truth[c] < joint->bounds.least[c] || truth[c] > joint->bounds.most[c])
            return false;
    return true;
}

/* Hands the wide puzzle on, and whole numbers near what was found. */
static void keep_people(struct arena *kept, const struct joint *joint, struct joint_result *result)
{
    size_t cells = (size_t)joint->wide.cell_count;
    struct puzzle *wide = arena_new_of(kept, struct puzzle);
    int64_t *people = arena_array_of(kept, cells + 1, int64_t);
    *wide = joint->wide;
    for (size_t c = 0; c < cells; c++)
        people[c] = llround(joint->point[c]);
    result->wide = wide;
    result->people = joint->has_point ? people : NULL;
}

/* Levels 1 and 2 over the wide puzzle. */
static enum status recover_jointly(struct work *work, struct joint *joint, struct bounds *bounds,
                                   struct joint_result *result)
{
    struct arena *arena = joint->arena;
    size_t cells = (size_t)joint->puzzle->cell_count;
    enum status status = combinations_puzzle(work, joint->puzzle, bounds, &joint->combinations,
                                             &joint->wide);
    if (status != STATUS_OK)
        return status;
    joint->bounds = bounds_of(arena, &joint->wide);
    if (bounds_narrow(work, &joint->wide, &joint->bounds) != STATUS_OK || !holds_truth(joint)) {
        work_forget(work);
        result->outcome = JOINT_IMPOSSIBLE;
        return STATUS_OK;
    }
    joint->ranges = arena_array_of(arena, cells + 1, struct spread_range);
    joint->people = arena_array_of(arena, (size_t)joint->combinations.count + 1, double);
    joint->point = arena_array_of(arena, (size_t)joint->wide.cell_count + 1, double);
    result->outcome = recover(joint) ? JOINT_DECIDED : JOINT_UNDECIDED;
    keep_people(work->arena, joint, result);
    memcpy(bounds->least, joint->bounds.least, cells * sizeof *bounds->least);
    memcpy(bounds->most, joint->bounds.most, cells * sizeof *bounds->most);
    return STATUS_OK;
}

enum status joint_recover(struct work *work, const struct puzzle *puzzle, struct bounds *bounds,
                          struct joint_result *out_result)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct joint joint = { .arena = arena, .puzzle = puzzle };
    enum combinations_outcome outcome = combinations_list(arena, puzzle, bounds,
                                                          &joint.combinations);
    *out_result = (struct joint_result){ .outcome = JOINT_TOO_MANY };
    if (outcome == COMBINATIONS_TOO_MANY)
        return STATUS_OK;
    *out_result = (struct joint_result){ .outcome = JOINT_NOTHING_NEW,
                                         .combinations = joint.combinations.count };
    if (outcome == COMBINATIONS_ARE_CELLS)
        return STATUS_OK;
    return recover_jointly(work, &joint, bounds, out_result);
}
