#include "attack/misses.h"

#include "base/arena.h"
#include "base/banned.h"

enum { NONE = -1 };

struct misses misses_new(struct arena *arena, const struct puzzle *puzzle)
{
    size_t equations = (size_t)puzzle->equation_count + 1;
    struct misses misses = { .lack = arena_array_of(arena, equations, int64_t),
                             .missed = arena_array_of(arena, equations, int32_t),
                             .place = arena_array_of(arena, equations, int32_t) };
    for (size_t e = 0; e < equations; e++)
        misses.place[e] = NONE;
    return misses;
}

static void set_lack(struct misses *misses, int32_t equation, int64_t lack)
{
    int32_t place = misses->place[equation];
    misses->lack[equation] = lack;
    if (lack != 0 && place == NONE) {
        misses->place[equation] = misses->count;
        misses->missed[misses->count++] = equation;
    } else if (lack == 0 && place != NONE) {
        int32_t last = misses->missed[--misses->count];
        misses->missed[place] = last;
        misses->place[last] = place;
        misses->place[equation] = NONE;
    }
}

void misses_change(struct misses *misses, const struct puzzle *puzzle, int32_t cell, int64_t change)
{
    for (size_t k = puzzle->place[cell]; change != 0 && k < puzzle->place[cell + 1]; k++)
        set_lack(misses, puzzle->equation[k],
                 misses->lack[puzzle->equation[k]] + puzzle->side[k] * change);
}

void misses_begin(struct misses *misses, const struct puzzle *puzzle, const int32_t *cells,
                  int32_t count, const int64_t *values)
{
    while (misses->count > 0)
        set_lack(misses, misses->missed[0], 0);
    for (int32_t i = 0; i < count; i++)
        for (size_t k = puzzle->place[cells[i]]; k < puzzle->place[cells[i] + 1]; k++) {
            int32_t equation = puzzle->equation[k];
            int64_t lack = 0;
            for (size_t j = puzzle->start[equation]; j < puzzle->start[equation + 1]; j++)
                lack += puzzle->sign[j] * values[puzzle->cell[j]];
            set_lack(misses, equation, lack);
        }
}

static int64_t magnitude(int64_t number)
{
    return number < 0 ? -number : number;
}

int64_t misses_cost(const struct misses *misses, const struct puzzle *puzzle, int32_t cell,
                    int64_t change)
{
    int64_t cost = 0;
    for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
        int64_t lack = misses->lack[puzzle->equation[k]];
        cost += magnitude(lack + puzzle->side[k] * change) - magnitude(lack);
    }
    return cost;
}
