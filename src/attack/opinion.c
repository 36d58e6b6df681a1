/* Corners first: each solution shows for many cells that they can be far enough apart. The cells
 * that are left are made as large and as small as can be, one by one but many in a file. */
#include "attack/opinion.h"

#include <math.h>

#include "attack/solver.h"
#include "base/arena.h"
#include "base/banned.h"

enum { DIRECTIONS = 3, MOST_ROUNDS = 60, COLUMNS_A_FILE = 2400 };
static const double apart = 1e-3; /* two values further apart than this are two */

struct asking {
    struct work *work;
    const struct puzzle *puzzle;
    const struct opinion_options *options;
    struct bounds *bounds;
    struct opinion_result *result;
    const bool *is_asked; /* of a cell */
    enum solver solver;
};

/* What the solver's solutions have shown of a component's cells. */
struct shown {
    struct solver_block block;
    double *least, *most;
    bool *is_asked, *is_unsolved; /* of a cell: its own goals were asked; and not answered */
};

static double noise(double value)
{
    return 1e-5 + 1e-7 * fabs(value);
}

static void note(struct shown *shown, const double *values, size_t goal_count)
{
    size_t cells = (size_t)shown->block.component->count;
    for (size_t k = 0; k < goal_count * cells; k++) {
        shown->least[k % cells] = fmin(shown->least[k % cells], values[k]);
        shown->most[k % cells] = fmax(shown->most[k % cells], values[k]);
    }
}

/* Puts the goals to the solver, so many in a file. */
static enum status put(struct asking *asking, struct shown *shown, const struct solver_goal *goals,
                       size_t count)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t cells = (size_t)shown->block.component->count;
    size_t most = COLUMNS_A_FILE / cells < 2 ? 2 : COLUMNS_A_FILE / cells;
    double *values = arena_array_of(arena, most * cells, double);
    enum status status = STATUS_OK;
    for (size_t from = 0; status == STATUS_OK && from < count; from += most) {
        size_t now = count - from < most ? count - from : most;
        bool is_solved = false;
        const struct solver_question question = { &shown->block, goals + from, now };
        status = solver_ask(asking->work, asking->solver, &question, values, &is_solved);
        if (is_solved)
            note(shown, values, now);
        for (size_t i = from; status == STATUS_OK && i < from + now && !is_solved; i++)
            if (!goals[i].weights)
                shown->is_unsolved[goals[i].place] = true;
        asking->result->programmes += is_solved ? (int32_t)now : 0;
    }
    return status;
}

static bool is_wide(const struct asking *asking, const struct shown *shown, int32_t place)
{
    return !asking->is_asked[shown->block.component->cells[place]] ||
           shown->most[place] - shown->least[place] >= (double)asking->options->width - apart;
}

/* Weights on the cells that are left: all up, all down, or some each way. Gives how many are left.
 */
static int32_t set_weights(const struct asking *asking, const struct shown *shown, int direction,
                           uint64_t *random, double *weights)
{
    int32_t left = 0;
    for (int32_t i = 0; i < shown->block.component->count; i++) {
        bool is_left = !is_wide(asking, shown, i);
        *random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double any = (double)(*random >> 44) / (double)(1 << 19) - 1;
        weights[i] = !is_left ? 0 : direction == 0 ? 1 : direction == 1 ? -1 : any;
        left += is_left;
    }
    return left;
}

static enum status ask_together(struct asking *asking, struct shown *shown, struct arena *arena)
{
    size_t cells = (size_t)shown->block.component->count;
    double *weights = arena_array_of(arena, DIRECTIONS * cells, double);
    uint64_t random = 7;
    enum status status = STATUS_OK;
    for (int32_t round = 0, before = -1; status == STATUS_OK && round < MOST_ROUNDS; round++) {
        struct solver_goal goals[DIRECTIONS];
        int32_t left = 0;
        for (int d = 0; d < DIRECTIONS; d++) {
            goals[d] = (struct solver_goal){ .weights = weights + (size_t)d * cells };
            left = set_weights(asking, shown, d, &random, weights + (size_t)d * cells);
        }
        if (left == 0 || left == before)
            break;
        before = left;
        status = put(asking, shown, goals, DIRECTIONS);
    }
    return status;
}

/* What the solver says of one cell, beside what level 2 says. */
static void judge(struct asking *asking, const struct shown *shown, int32_t place)
{
    int32_t cell = shown->block.component->cells[place];
    double least = shown->least[place], most = shown->most[place];
    bool is_one = shown->is_asked[place] && !shown->is_unsolved[place] && most - least < apart;
    bool is_known = asking->options->is_known[cell];
    if (shown->is_unsolved[place]) {
        asking->result->unsolved++;
        return;
    }
    if (most - least >= apart ? is_known : is_one && !is_known && asking->options->is_decided)
        asking->result->disagreements++;
    if (!shown->is_asked[place])
        return;
    int64_t from = (int64_t)ceil(least - noise(least)), to = (int64_t)floor(most + noise(most));
    if (from > to)
        return;
    if (from > asking->bounds->least[cell] && from <= asking->bounds->most[cell])
        asking->bounds->least[cell] = from;
    if (to < asking->bounds->most[cell] && to >= asking->bounds->least[cell])
        asking->bounds->most[cell] = to;
}

static enum status ask_component(struct asking *asking, const struct component *component)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    const struct puzzle *puzzle = asking->puzzle;
    const struct bounds published = { puzzle->least, puzzle->most, -1 };
    size_t cells = (size_t)component->count, count = 0;
    struct shown shown = { .block = solver_block_of(arena, puzzle, &published, component),
                           .least = arena_array_of(arena, cells, double),
                           .most = arena_array_of(arena, cells, double),
                           .is_asked = arena_array_of(arena, cells, bool),
                           .is_unsolved = arena_array_of(arena, cells, bool) };
    struct solver_goal *goals = arena_array_of(arena, 2 * cells, struct solver_goal);
    for (size_t i = 0; i < cells; i++) {
        shown.least[i] = INFINITY;
        shown.most[i] = -INFINITY;
    }
    enum status status = ask_together(asking, &shown, arena);
    for (int32_t i = 0; i < component->count; i++) {
        if (is_wide(asking, &shown, i))
            continue;
        shown.is_asked[i] = true;
        goals[count++] = (struct solver_goal){ .place = i, .sign = 1 };
        goals[count++] = (struct solver_goal){ .place = i, .sign = -1 };
    }
    if (status == STATUS_OK)
        status = put(asking, &shown, goals, count);
    for (int32_t i = 0; status == STATUS_OK && i < component->count; i++)
        if (asking->is_asked[component->cells[i]])
            judge(asking, &shown, i);
    return status;
}

/* The hidden cells that are not known from the start: all, or so many of them, evenly spread. */
static const bool *choose_cells(struct arena *arena, const struct puzzle *puzzle, int64_t sample,
                                int32_t *out_count)
{
    bool *is_asked = arena_array_of(arena, (size_t)puzzle->cell_count + 1, bool);
    int64_t count = 0, seen = 0;
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        is_asked[c] = puzzle_is_hidden(puzzle, c) && puzzle->least[c] != puzzle->most[c];
        count += is_asked[c];
    }
    *out_count = (int32_t)(sample > 0 && sample < count ? sample : count);
    for (int32_t c = 0; c < puzzle->cell_count && *out_count < count; c++) {
        if (!is_asked[c])
            continue;
        /* The place of the cell in the sample grows by one where it is chosen. */
        is_asked[c] = (seen + 1) * sample / count > seen * sample / count;
        seen++;
    }
    return is_asked;
}

static bool has_asked(const struct asking *asking, const struct component *component)
{
    for (int32_t i = 0; i < component->count; i++)
        if (asking->is_asked[component->cells[i]])
            return true;
    return false;
}

enum status opinion_ask(struct work *work, const struct puzzle *puzzle,
                        const struct opinion_options *options, struct bounds *bounds,
                        struct opinion_result *out_result)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    const struct bounds published = { puzzle->least, puzzle->most, -1 };
    struct components components = components_of(arena, puzzle, &published);
    struct opinion_result result = { 0 };
    struct asking asking = {
        .work = work, .puzzle = puzzle, .options = options, .bounds = bounds, .result = &result
    };
    asking.is_asked = choose_cells(arena, puzzle, options->sample, &result.asked);
    enum status status = STATUS_OK;
    for (int s = 0; s < SOLVER_COUNT; s++)
        for (int32_t i = 0; status == STATUS_OK && i < components.count; i++) {
            asking.solver = (enum solver)s;
            if (has_asked(&asking, &components.items[i]))
                status = ask_component(&asking, &components.items[i]);
        }
    if (status == STATUS_OK)
        *out_result = result;
    return status;
}
