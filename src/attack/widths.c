#include "attack/widths.h"

#include <math.h>

#include "attack/program.h"
#include "base/arena.h"
#include "base/banned.h"

enum { CORNERS = 8 };
static const double noise = 1e-6;

struct extremes {
    struct program *program;
    const struct component *component;
    double *least, *most; /* met so far, by place */
    uint64_t random;
};

static void extremes_note(struct extremes *extremes)
{
    for (int32_t i = 0; i < extremes->component->count; i++) {
        double value = program_value(extremes->program, i);
        extremes->least[i] = fmin(extremes->least[i], value);
        extremes->most[i] = fmax(extremes->most[i], value);
    }
}

/* A number from -1 to 1; the same series every time. */
static double next_weight(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 40) / (double)(1 << 23) - 1;
}

/* A corner: all large, all small, then at random. Each shows for many cells how far they can go. */
static void visit_corner(struct extremes *extremes, double *weights, int corner)
{
    for (int32_t i = 0; i < extremes->component->count; i++)
        weights[i] = corner == 0 ? 1 : corner == 1 ? -1 : next_weight(&extremes->random);
    program_visit_corner(extremes->program, weights);
    extremes_note(extremes);
}

static struct extremes extremes_new(struct arena *arena, struct program *program,
                                    const struct component *component)
{
    size_t count = (size_t)component->count;
    struct extremes extremes = { .program = program,
                                 .component = component,
                                 .least = arena_array_of(arena, count, double),
                                 .most = arena_array_of(arena, count, double),
                                 .random = 5 };
    for (size_t i = 0; i < count; i++) {
        extremes.least[i] = INFINITY;
        extremes.most[i] = -INFINITY;
    }
    return extremes;
}

/* Pushes one cell one way until the interval met is wide enough, or it can go no further. */
static bool push(struct extremes *extremes, int32_t place, int sign, double enough,
                 struct widths_result *result)
{
    enum push push = program_push(extremes->program, place, sign, enough);
    result->programmes++;
    extremes_note(extremes);
    if (push == PUSH_ENDLESS)
        extremes->most[place] = INFINITY;
    return push != PUSH_FAILED;
}

/* Finds how far a cell can go, as far as it matters: an interval that is as wide as it has to be
 * is not followed to its ends, so what was proved before stays said of it. */
static bool widen(struct extremes *extremes, int32_t place, struct bounds *bounds, double width,
                  struct widths_result *result)
{
    int32_t cell = extremes->component->cells[place];
    double *least = &extremes->least[place], *most = &extremes->most[place];
    double lowest = (double)bounds->least[cell], highest = (double)bounds->most[cell];
    if (*most - *least < width && *most < highest - noise &&
        !push(extremes, place, 1, fmin(highest, *least + width), result))
        return false;
    if (*most - *least<width && * least> lowest + noise &&
        !push(extremes, place, -1, fmax(lowest, *most - width), result))
        return false;
    if (*most - *least >= width)
        return true;
    /* Both ends are known. An interval without a whole number cannot be: then the levels before
     * have missed a contradiction, and what they proved stays. */
    int64_t from = (int64_t)ceil(*least - noise), to = (int64_t)floor(*most + noise);
    if (from <= to && from > bounds->least[cell])
        bounds->least[cell] = from;
    if (from <= to && to < bounds->most[cell])
        bounds->most[cell] = to;
    return true;
}

static void component_widths(const struct puzzle *puzzle, struct bounds *bounds,
                             const struct component *component,
                             const struct widths_options *options, struct widths_result *result)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct program *program = program_new(arena, puzzle, bounds, component, options->start);
    if (!program || (!options->start && !program_solve(program))) {
        result->too_large += component->count;
        return;
    }
    struct extremes extremes = extremes_new(arena, program, component);
    extremes_note(&extremes);
    program_look_around(program, extremes.least, extremes.most);
    for (int32_t i = 0; i < component->count; i++)
        if (puzzle_is_hidden(puzzle, component->cells[i]) &&
            !widen(&extremes, i, bounds, (double)options->width, result))
            result->too_large++;
}

struct widths_result widths_find(const struct puzzle *puzzle, struct bounds *bounds,
                                 const struct widths_options *options)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct widths_result result = { 0 };
    struct components components = components_of(arena, puzzle, bounds);
    for (int32_t i = 0; i < components.count; i++)
        component_widths(puzzle, bounds, &components.items[i], options, &result);
    return result;
}

enum { MOST_ROUNDS = 12, SWEEPS = 400, LARGEST_FOR_PROGRAMME = 15000 };
static const double first_margin = 0.25, stubborn = 1e-3, enough = 1e-7;

/* A component's equations over its own unknown cells, packed, since they are gone through often. */
struct middle {
    const struct puzzle *puzzle;
    const struct bounds *bounds;
    const struct component *component;
    int32_t count;        /* of equations */
    size_t *start;        /* equation e has places [start[e], start[e + 1]) */
    int32_t *place;       /* of a cell in the component */
    double *sign, *known; /* of an entry; of an equation: what its known cells add up to */
    double *least, *most; /* of a cell, its margin taken off */
    double *point;
};

static bool is_open(const struct bounds *bounds, int32_t cell)
{
    return bounds->least[cell] != bounds->most[cell];
}

static double clipped(const struct middle *middle, int32_t place, double value)
{
    if (value < middle->least[place])
        return middle->least[place];
    return value > middle->most[place] ? middle->most[place] : value;
}

/* Shares out what an equation lacks among its unknown cells; gives what it lacked. */
static double settle_equation(const struct middle *middle, int32_t equation)
{
    size_t from = middle->start[equation], to = middle->start[equation + 1];
    double lack = middle->known[equation];
    for (size_t k = from; k < to; k++)
        lack += middle->sign[k] * middle->point[middle->place[k]];
    double share = lack / (double)(to - from);
    for (size_t k = from; k < to; k++) {
        int32_t place = middle->place[k];
        middle->point[place] = clipped(middle, place,
                                       middle->point[place] - middle->sign[k] * share);
    }
    return fabs(lack);
}

static void set_margin(const struct middle *middle, int32_t place, double margin)
{
    int32_t cell = middle->component->cells[place];
    double least = (double)middle->bounds->least[cell], most = (double)middle->bounds->most[cell];
    margin = fmin(margin, (most - least) / 4);
    middle->least[place] = least + margin;
    middle->most[place] = most - margin;
}

/* Where an equation cannot be met with its cells away from their bounds, they may stand at them. */
static void give_way(const struct middle *middle)
{
    for (int32_t e = 0; e < middle->count; e++)
        if (settle_equation(middle, e) >= stubborn)
            for (size_t k = middle->start[e]; k < middle->start[e + 1]; k++)
                set_margin(middle, middle->place[k], 0);
}

/* Packs one equation; `places` has the place of each open cell of the puzzle. */
static void middle_pack(struct middle *middle, int32_t equation, const int32_t *places)
{
    const struct puzzle *puzzle = middle->puzzle;
    size_t at = middle->start[middle->count];
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++) {
        int32_t cell = puzzle->cell[k];
        if (is_open(middle->bounds, cell)) {
            middle->place[at] = places[cell];
            middle->sign[at++] = puzzle->sign[k];
        } else {
            middle->known[middle->count] += puzzle->sign[k] * (double)middle->bounds->least[cell];
        }
    }
    middle->start[++middle->count] = at;
}

static void middle_start(struct middle *middle, struct arena *arena)
{
    const struct puzzle *puzzle = middle->puzzle;
    const struct component *component = middle->component;
    size_t cells = (size_t)component->count, equations = 0, entries = 0;
    bool *has = arena_array_of(arena, (size_t)puzzle->equation_count + 1, bool);
    int32_t *places = arena_array_of(arena, (size_t)puzzle->cell_count + 1, int32_t);
    int32_t *list = arena_array_of(arena, (size_t)puzzle->equation_count + 1, int32_t);
    for (int32_t i = 0; i < component->count; i++) {
        int32_t cell = component->cells[i];
        places[cell] = i;
        for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
            if (!has[puzzle->equation[k]])
                list[equations++] = puzzle->equation[k];
            has[puzzle->equation[k]] = true;
            entries++;
        }
    }
    middle->start = arena_array_of(arena, equations + 1, size_t);
    middle->known = arena_array_of(arena, equations + 1, double);
    middle->place = arena_array_of(arena, entries + 1, int32_t);
    middle->sign = arena_array_of(arena, entries + 1, double);
    middle->least = arena_array_of(arena, cells, double);
    middle->most = arena_array_of(arena, cells, double);
    middle->point = arena_array_of(arena, cells, double);
    for (int32_t i = 0; i < component->count; i++) {
        set_margin(middle, i, first_margin);
        middle->point[i] = clipped(middle, i,
                                   (double)middle->bounds->least[component->cells[i]] + 2);
    }
    for (size_t e = 0; e < equations; e++)
        middle_pack(middle, list[e], places);
}

/* A solution by going from equation to equation (projections onto convex sets, Bregman 1967): quick
 * where cells have room, and large tables are no harder than small ones. */
static bool component_middle(const struct puzzle *puzzle, const struct bounds *bounds,
                             const struct component *component, double *out_point)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct middle middle = { .puzzle = puzzle, .bounds = bounds, .component = component };
    middle_start(&middle, arena);
    double worst = 1;
    for (int round = 0; round < MOST_ROUNDS && worst > enough; round++) {
        if (round > 0)
            give_way(&middle);
        worst = 1;
        for (int sweep = 0; sweep < SWEEPS && worst > enough; sweep++) {
            worst = 0;
            for (int32_t e = 0; e < middle.count; e++)
                worst = fmax(worst, settle_equation(&middle, e));
        }
    }
    for (int32_t i = 0; i < component->count; i++)
        out_point[component->cells[i]] = middle.point[i];
    return worst <= enough;
}

static bool component_point(const struct puzzle *puzzle, const struct bounds *bounds,
                            const struct component *component, double *out_point)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    if (component_middle(puzzle, bounds, component, out_point))
        return true;
    for (int32_t i = 0; i < component->count; i++)
        out_point[component->cells[i]] = 0;
    if (component->count > LARGEST_FOR_PROGRAMME)
        return false;
    struct program *program = program_new(arena, puzzle, bounds, component, NULL);
    if (!program || !program_solve(program))
        return false;
    struct extremes extremes = extremes_new(arena, program, component);
    double *weights = arena_array_of(arena, (size_t)component->count + 1, double);
    for (int corner = 0; corner < CORNERS; corner++) {
        visit_corner(&extremes, weights, corner);
        for (int32_t i = 0; i < component->count; i++)
            out_point[component->cells[i]] += program_value(program, i) / CORNERS;
    }
    return true;
}

bool widths_point(const struct puzzle *puzzle, const struct bounds *bounds, double *out_point)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct components components = components_of(arena, puzzle, bounds);
    bool is_found = true;
    for (int32_t c = 0; c < puzzle->cell_count; c++)
        out_point[c] = bounds->least[c] == bounds->most[c] ? (double)bounds->least[c] : 0;
    for (int32_t i = 0; i < components.count; i++)
        if (!component_point(puzzle, bounds, &components.items[i], out_point))
            is_found = false;
    return is_found;
}
