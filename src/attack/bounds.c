#include "attack/bounds.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { MOST_ROUNDS = 200 }; /* times that all equations could be gone through */

struct bounds bounds_copy(struct arena *arena, const struct puzzle *puzzle,
                          const struct bounds *bounds)
{
    size_t size = (size_t)puzzle->cell_count * sizeof(int64_t);
    struct bounds copy = { arena_take_raw(arena, size + 1), arena_take_raw(arena, size + 1), -1 };
    if (size) {
        memcpy(copy.least, bounds->least, size);
        memcpy(copy.most, bounds->most, size);
    }
    return copy;
}

struct bounds bounds_of(struct arena *arena, const struct puzzle *puzzle)
{
    const struct bounds published = { puzzle->least, puzzle->most, -1 };
    return bounds_copy(arena, puzzle, &published);
}

/* Per equation how many of its cells are unknown, and their numbers XORed, so that the last one is
 * known by its number at once; and a queue of the equations with one. */
struct subtraction {
    int32_t *unknown, *which, *queue;
    size_t first, last;
};

static enum status contradiction(struct work *work, struct bounds *bounds, int32_t equation)
{
    bounds->broken = equation;
    return work_fail(work, STATUS_INPUT,
                     "The figures contradict each other: equation %d (counted from 0) cannot be "
                     "met; check that total and parts belong to one population and period.",
                     equation);
}

/* Sets the one unknown cell of an equation to what the others leave. */
static enum status subtract_in(struct work *work, const struct puzzle *puzzle,
                               struct bounds *bounds, int32_t equation, int32_t unknown)
{
    int64_t sum = 0, sign = 0;
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++) {
        int32_t cell = puzzle->cell[k];
        if (cell == unknown)
            sign += puzzle->sign[k];
        else
            sum += puzzle->sign[k] * bounds->least[cell];
    }
    if (sign == 0)
        return sum == 0 ? STATUS_OK : contradiction(work, bounds, equation);
    int64_t value = -sum / sign;
    if (value * sign != -sum || value < bounds->least[unknown] || value > bounds->most[unknown])
        return contradiction(work, bounds, equation);
    bounds->least[unknown] = bounds->most[unknown] = value;
    return STATUS_OK;
}

static void count_unknown(const struct puzzle *puzzle, const struct bounds *bounds,
                          struct subtraction *state)
{
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        for (size_t k = puzzle->start[e]; k < puzzle->start[e + 1]; k++) {
            int32_t cell = puzzle->cell[k];
            if (bounds->least[cell] != bounds->most[cell]) {
                state->unknown[e]++;
                state->which[e] ^= cell;
            }
        }
        if (state->unknown[e] <= 1)
            state->queue[state->last++] = e;
    }
}

enum status bounds_subtract(struct work *work, const struct puzzle *puzzle, struct bounds *bounds,
                            int32_t *out_found)
{
    size_t equations = (size_t)puzzle->equation_count;
    struct subtraction state = { .unknown = arena_array_of(work->arena, equations + 1, int32_t),
                                 .which = arena_array_of(work->arena, equations + 1, int32_t),
                                 .queue = arena_array_of(work->arena, equations + 1, int32_t) };
    int32_t found = 0;
    count_unknown(puzzle, bounds, &state);
    while (state.first < state.last) {
        int32_t equation = state.queue[state.first++];
        /* None left: then the equation has only to add up. */
        int32_t cell = state.unknown[equation] == 1 ? state.which[equation] : -1;
        enum status status = subtract_in(work, puzzle, bounds, equation, cell);
        if (status != STATUS_OK)
            return status;
        if (cell < 0 || bounds->least[cell] != bounds->most[cell])
            continue;
        found++;
        for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
            int32_t other = puzzle->equation[k];
            state.which[other] ^= cell;
            if (--state.unknown[other] == 1)
                state.queue[state.last++] = other;
        }
    }
    *out_found = found;
    return STATUS_OK;
}

/* The least and the most that the entries of an equation can add up to; entries without an upper
 * bound are counted apart. */
struct range {
    int64_t least, most;
    int32_t open_below, open_above;
};

struct narrowing {
    const struct puzzle *puzzle;
    struct bounds *bounds;
    int32_t *queue; /* a ring of the equations to look at; each stands in it once at most */
    bool *waits;
    size_t first, count;
};

/* Counts an entry in, or with `times` -1 out again. */
static void range_add(struct range *range, int8_t sign, int64_t least, int64_t most, int times)
{
    bool open = most == PUZZLE_UNBOUNDED;
    int64_t upper = open ? 0 : most;
    range->least += times * (sign > 0 ? least : -upper);
    range->most += times * (sign > 0 ? upper : -least);
    range->open_above += times * (open && sign > 0);
    range->open_below += times * (open && sign < 0);
}

static struct range range_of(const struct narrowing *state, int32_t equation)
{
    const struct puzzle *puzzle = state->puzzle;
    struct range range = { 0 };
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++)
        range_add(&range, puzzle->sign[k], state->bounds->least[puzzle->cell[k]],
                  state->bounds->most[puzzle->cell[k]], 1);
    return range;
}

static void wake(struct narrowing *state, int32_t cell, int32_t except)
{
    const struct puzzle *puzzle = state->puzzle;
    for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
        int32_t equation = puzzle->equation[k];
        if (equation == except || state->waits[equation])
            continue;
        size_t room = (size_t)puzzle->equation_count;
        state->waits[equation] = true;
        size_t at = state->first + state->count++;
        state->queue[at < room ? at : at - room] = equation;
    }
}

/* Narrows every cell of one equation by the others; true when something changed. */
static bool narrow_in(struct narrowing *state, int32_t equation, bool *out_empty)
{
    const struct puzzle *puzzle = state->puzzle;
    struct range range = range_of(state, equation);
    bool changed = false;
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++) {
        int32_t cell = puzzle->cell[k];
        int8_t sign = puzzle->sign[k];
        int64_t *least = &state->bounds->least[cell], *most = &state->bounds->most[cell];
        struct range rest = range;
        range_add(&rest, sign, *least, *most, -1);
        /* sign * cell = -rest */
        int64_t from = sign > 0 ? -rest.most : rest.least, to = sign > 0 ? -rest.least : rest.most;
        bool has_from = !(sign > 0 ? rest.open_above : rest.open_below) && from > *least;
        bool has_to = !(sign > 0 ? rest.open_below : rest.open_above) && to < *most;
        if (!has_from && !has_to)
            continue;
        *least = has_from ? from : *least;
        *most = has_to ? to : *most;
        if (*least > *most) {
            *out_empty = true;
            return true;
        }
        range_add(&rest, sign, *least, *most, 1);
        range = rest;
        changed = true;
        wake(state, cell, equation);
    }
    return changed;
}

enum status bounds_narrow(struct work *work, const struct puzzle *puzzle, struct bounds *bounds)
{
    size_t equations = (size_t)puzzle->equation_count;
    struct narrowing state = { .puzzle = puzzle,
                               .bounds = bounds,
                               .queue = arena_array_of(work->arena, equations + 1, int32_t),
                               .waits = arena_array_of(work->arena, equations + 1, bool),
                               .count = equations };
    size_t most_steps = MOST_ROUNDS * equations, steps = 0;
    for (size_t e = 0; e < equations; e++) {
        state.queue[e] = (int32_t)e;
        state.waits[e] = true;
    }
    while (state.count > 0 && steps++ < most_steps) {
        int32_t equation = state.queue[state.first];
        bool empty = false;
        state.first = state.first + 1 == equations ? 0 : state.first + 1;
        state.count--;
        state.waits[equation] = false;
        while (narrow_in(&state, equation, &empty) && !empty && steps++ < most_steps)
            ;
        if (empty)
            return contradiction(work, bounds, equation);
    }
    return STATUS_OK;
}
