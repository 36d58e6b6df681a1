#include "attack/widths.h"

#include <math.h>

#include "attack/program.h"
#include "base/arena.h"
#include "base/banned.h"

enum { CORNERS = 8 };
static const double noise = 1e-6;

/* A programme over a component, and what its solutions have shown. */
struct following {
    struct program *program;
    const struct component *component;
    const struct widths_options *options;
    struct bounds *bounds;
    struct extremes extremes;
    bool *is_apart; /* of a cell */
    int32_t programmes;
    uint64_t random;
};

/* A number from -1 to 1; the same series every time. */
static double next_weight(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*state >> 40) / (double)(1 << 23) - 1;
}

/* A corner: all large, all small, then at random. */
static void visit_corner(struct following *following, double *weights, int corner)
{
    for (int32_t i = 0; i < following->component->count; i++)
        weights[i] = corner == 0 ? 1 : corner == 1 ? -1 : next_weight(&following->random);
    program_visit_corner(following->program, weights);
}

static struct extremes extremes_new(struct arena *arena, int32_t count)
{
    size_t room = (size_t)count + 1;
    struct extremes extremes = { .least = arena_array_of(arena, room, double),
                                 .most = arena_array_of(arena, room, double),
                                 .whole_least = arena_array_of(arena, room, double),
                                 .whole_most = arena_array_of(arena, room, double) };
    for (int32_t i = 0; i < count; i++) {
        extremes.least[i] = extremes.whole_least[i] = INFINITY;
        extremes.most[i] = extremes.whole_most[i] = -INFINITY;
    }
    return extremes;
}

/* Pushes one cell one way until the interval met is wide enough, or it can go no further. */
static bool push(struct following *following, int32_t place, int sign, double enough)
{
    enum push push = program_push(following->program, place, sign, enough);
    following->programmes++;
    program_note(following->program, &following->extremes);
    if (push == PUSH_ENDLESS)
        following->extremes.most[place] = INFINITY;
    return push != PUSH_FAILED;
}

/* Finds how far a cell can go, as far as it matters: an interval that is as wide as it has to be
 * is not followed to its ends, so what was proved before stays said of it. */
static void widen(struct following *following, int32_t place)
{
    int32_t cell = following->component->cells[place];
    double width = (double)following->options->width;
    double *least = &following->extremes.least[place], *most = &following->extremes.most[place];
    int64_t *own_least = &following->bounds->least[cell],
            *own_most = &following->bounds->most[cell];
    double lowest = (double)*own_least, highest = (double)*own_most;
    if (*most - *least < width && *most < highest - noise &&
        !push(following, place, 1, fmin(highest, *least + width)))
        return;
    if (*most - *least < width && lowest < *least - noise &&
        !push(following, place, -1, fmax(lowest, *most - width)))
        return;
    following->is_apart[cell] = *most - *least >= width - noise;
    if (following->is_apart[cell])
        return;
    /* Both ends are known. An interval without a whole number cannot be: then the levels before
     * have missed a contradiction, and what they proved stays. */
    int64_t from = (int64_t)ceil(*least - noise), to = (int64_t)floor(*most + noise);
    if (from <= to && from > *own_least)
        *own_least = from;
    if (from <= to && to < *own_most)
        *own_most = to;
}

/* Tables have not shown yet that the cell can be far enough apart. */
static bool is_followed(const struct following *following, int32_t place)
{
    const struct widths_options *options = following->options;
    int32_t cell = following->component->cells[place];
    double least = fmin((double)options->met->least[cell], following->extremes.whole_least[place]);
    double most = fmax((double)options->met->most[cell], following->extremes.whole_most[place]);
    return options->is_asked[cell] && most - least < (double)options->width;
}

/* Hands on what was met in whole numbers. */
static void add_met(const struct following *following)
{
    const struct bounds *met = following->options->met;
    for (int32_t i = 0; i < following->component->count; i++) {
        int32_t cell = following->component->cells[i];
        if (isinf(following->extremes.whole_least[i]))
            continue;
        int64_t least = llround(following->extremes.whole_least[i]);
        int64_t most = llround(following->extremes.whole_most[i]);
        met->least[cell] = least < met->least[cell] ? least : met->least[cell];
        met->most[cell] = most > met->most[cell] ? most : met->most[cell];
    }
}

static bool has_followed(const struct following *following)
{
    for (int32_t i = 0; i < following->component->count; i++)
        if (is_followed(following, i))
            return true;
    return false;
}

static void follow_component(struct following *following, const struct puzzle *puzzle)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    const struct component *component = following->component;
    following->extremes = extremes_new(arena, component->count);
    if (component->count > WIDTHS_MOST_CELLS || !has_followed(following))
        return;
    following->program = program_new(arena, puzzle, following->bounds, component,
                                     following->options->start);
    if (!following->program || (!following->options->start && !program_solve(following->program)))
        return;
    program_note(following->program, &following->extremes);
    program_look_around(following->program, &following->extremes);
    for (int32_t i = 0; i < component->count; i++)
        if (is_followed(following, i))
            widen(following, i);
    add_met(following);
}

int32_t widths_find(const struct puzzle *puzzle, struct bounds *bounds,
                    const struct widths_options *options, bool *out_is_apart)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct following following = { .options = options, .bounds = bounds, .is_apart = out_is_apart };
    struct components components = components_of(arena, puzzle, bounds);
    for (int32_t i = 0; i < components.count; i++) {
        following.component = &components.items[i];
        follow_component(&following, puzzle);
    }
    return following.programmes;
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
    struct following following = { .program = program, .component = component, .random = 5 };
    double *weights = arena_array_of(arena, (size_t)component->count + 1, double);
    for (int corner = 0; corner < CORNERS; corner++) {
        visit_corner(&following, weights, corner);
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
