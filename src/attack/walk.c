/* A walk that keeps from undoing its latest steps (tabu search, Glover 1989), with a step at random
 * now and then. */
#include "attack/walk.h"

#include "base/arena.h"
#include "base/banned.h"

enum {
    NONE = -1,
    TRIES = 20,
    STEPS = 1000,     /* of a try */
    MOST_MISSED = 30, /* equations at once: then the try has gone astray */
    RESTS = 3,        /* steps in which a cell is not moved again */
    ONE_AT_RANDOM = 64,
    SETTLING_STEPS = 40, /* times the cells, to find a first table */
};

struct walk {
    const struct puzzle *puzzle;
    const struct bounds *bounds;
    int64_t *base, *value; /* equal between calls */
    struct misses misses;
    int64_t *moved_at;            /* of a cell: the step */
    struct table_change *changes; /* cells that were moved since the base */
    bool *has_moved;
    int32_t change_count, held; /* held: the cell asked about */
    int64_t step, work;
    uint64_t random;
};

struct walk *walk_new(struct arena *arena, const struct puzzle *puzzle, const struct bounds *bounds,
                      int64_t *base)
{
    size_t cells = (size_t)puzzle->cell_count + 1;
    struct walk *walk = arena_new_of(arena, struct walk);
    *walk = (struct walk){ .puzzle = puzzle,
                           .bounds = bounds,
                           .base = base,
                           .value = arena_array_of(arena, cells, int64_t),
                           .misses = misses_new(arena, puzzle),
                           .moved_at = arena_array_of(arena, cells, int64_t),
                           .changes = arena_array_of(arena, cells, struct table_change),
                           .has_moved = arena_array_of(arena, cells, bool),
                           .held = NONE,
                           .step = RESTS,
                           .random = 11 };
    for (int32_t c = 0; c < puzzle->cell_count; c++)
        walk->value[c] = base[c];
    return walk;
}

static uint32_t draw(struct walk *walk, uint32_t below)
{
    walk->random = walk->random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((walk->random >> 33) % below);
}

static void move(struct walk *walk, int32_t cell, int64_t way)
{
    if (!walk->has_moved[cell])
        walk->changes[walk->change_count++].cell = cell;
    walk->has_moved[cell] = true;
    walk->moved_at[cell] = walk->step;
    walk->value[cell] += way;
    misses_change(&walk->misses, walk->puzzle, cell, way);
}

/* By how much the entry's cell can mend what its equation lacks. */
static int64_t way_of(const struct walk *walk, size_t entry, int64_t lack)
{
    int32_t cell = walk->puzzle->cell[entry];
    int64_t way = walk->puzzle->sign[entry] > 0 ? -lack : lack;
    int64_t down = walk->bounds->least[cell] - walk->value[cell];
    int64_t up = walk->bounds->most[cell] - walk->value[cell];
    return way < down ? down : way > up ? up : way;
}

/* One step: in an equation that is missed, the cell that mends most; of several, any. False where
 * no cell of it can be moved. */
static bool step(struct walk *walk)
{
    const struct puzzle *puzzle = walk->puzzle;
    int32_t equation = walk->misses.missed[draw(walk, (uint32_t)walk->misses.count)];
    int64_t lack = walk->misses.lack[equation], best_cost = 0, best_way = 0;
    int32_t best = NONE;
    uint32_t alike = 0;
    bool at_random = draw(walk, ONE_AT_RANDOM) == 0;
    walk->step++;
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++) {
        int32_t cell = puzzle->cell[k];
        int64_t way = cell == walk->held ? 0 : way_of(walk, k, lack);
        walk->work++;
        if (way == 0 || walk->moved_at[cell] + RESTS > walk->step)
            continue;
        int64_t cost = at_random ? 0 : misses_cost(&walk->misses, puzzle, cell, way);
        walk->work += (int64_t)(puzzle->place[cell + 1] - puzzle->place[cell]);
        if (best != NONE && cost > best_cost)
            continue;
        alike = best != NONE && cost == best_cost ? alike + 1 : 1;
        if (alike > 1 && draw(walk, alike) != 0)
            continue;
        best = cell;
        best_cost = cost;
        best_way = way;
    }
    if (best != NONE)
        move(walk, best, best_way);
    return best != NONE;
}

/* Back to the base. */
static void go_back(struct walk *walk)
{
    for (int32_t i = 0; i < walk->change_count; i++) {
        int32_t cell = walk->changes[i].cell;
        misses_change(&walk->misses, walk->puzzle, cell, walk->base[cell] - walk->value[cell]);
        walk->value[cell] = walk->base[cell];
        walk->has_moved[cell] = false;
        walk->moved_at[cell] = 0;
    }
    walk->change_count = 0;
}

static bool has_arrived(struct walk *walk, int64_t steps, int32_t most_missed)
{
    int32_t stuck = 0;
    for (int64_t i = 0; i < steps && walk->misses.count > 0; i++) {
        if (walk->misses.count > most_missed)
            return false;
        stuck = step(walk) ? 0 : stuck + 1;
        if (stuck > 2 * RESTS)
            return false;
    }
    return walk->misses.count == 0;
}

bool walk_settle(struct walk *walk, const int32_t *cells, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        walk->value[cells[i]] = walk->base[cells[i]];
    misses_begin(&walk->misses, walk->puzzle, cells, count, walk->value);
    walk->held = NONE;
    bool is_found = has_arrived(walk, (int64_t)SETTLING_STEPS * count, INT32_MAX);
    for (int32_t i = 0; i < walk->change_count && is_found; i++)
        walk->base[walk->changes[i].cell] = walk->value[walk->changes[i].cell];
    go_back(walk);
    return is_found;
}

int32_t walk_find(struct walk *walk, int32_t cell, int64_t value,
                  const struct table_change **out_changes)
{
    int32_t count = 0;
    for (int attempt = 0; attempt < TRIES; attempt++) {
        go_back(walk);
        walk->held = cell;
        move(walk, cell, value - walk->base[cell]);
        if (!has_arrived(walk, STEPS, MOST_MISSED))
            continue;
        for (int32_t i = 0; i < walk->change_count; i++) {
            int32_t changed = walk->changes[i].cell;
            if (walk->value[changed] != walk->base[changed])
                walk->changes[count++] = (struct table_change){ changed, walk->value[changed] };
            else
                walk->has_moved[changed] = false;
        }
        walk->change_count = count;
        break;
    }
    if (count == 0)
        go_back(walk);
    *out_changes = walk->changes;
    return count;
}

int64_t walk_work(const struct walk *walk)
{
    return walk->work;
}
