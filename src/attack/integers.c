/* Tables found by mending settle most cells, each of them many at once. The search goes after the
 * others one by one. */
#include "attack/integers.h"

#include <math.h>

#include "attack/program.h"
#include "attack/search.h"
#include "attack/walk.h"
#include "attack/widths.h"
#include "base/arena.h"
#include "base/banned.h"

enum {
    MOST_QUESTIONS = 40, /* about a cell */
    STEPS = 2000,        /* of the search, for one question */
    LARGE = 2000,        /* cells that hang together: then fewer */
    STEPS_IN_LARGE = 150,
};
/* Entries of equations that are looked at, which is about half a minute. */
static const int64_t usual_work = INT64_C(4000000000);

struct integers {
    const struct puzzle *puzzle;
    struct bounds *bounds;
    struct integers_options options;
    struct walk *walk;
    struct search *search;
    struct components components;
    const struct component *component; /* the one at hand */
    int64_t *base;                     /* a table of whole numbers, where there is one */
    bool *has_base;                    /* of a component */
    struct bounds met;
    int64_t most_work;
};

bool integers_is_exhausted(const struct integers *integers)
{
    return walk_work(integers->walk) + search_work(integers->search) > integers->most_work;
}

static void note(struct integers *integers, const struct table_change *changes, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        int32_t cell = changes[i].cell;
        int64_t value = changes[i].value;
        integers->met.least[cell] = value < integers->met.least[cell] ? value
                                                                      : integers->met.least[cell];
        integers->met.most[cell] = value > integers->met.most[cell] ? value
                                                                    : integers->met.most[cell];
    }
}

bool integers_is_wide(const struct integers *integers, int32_t cell)
{
    return integers->met.most[cell] - integers->met.least[cell] >= integers->options.width;
}

/* True where the bounds say that it cannot. */
static bool is_narrow(const struct integers *integers, int32_t cell)
{
    return integers->bounds->most[cell] - integers->bounds->least[cell] < integers->options.width;
}

static void walk_to(struct integers *integers, int32_t cell, int64_t value)
{
    const struct table_change *changes;
    if (value < integers->bounds->least[cell] || value > integers->bounds->most[cell])
        return;
    int32_t count = walk_find(integers->walk, cell, value, &changes);
    note(integers, changes, count);
}

/* Looks for tables that settle the cell: so far up or down at once, or some of it each way. */
static void walk_about(struct integers *integers, int32_t cell)
{
    int64_t own = integers->base[cell];
    for (int64_t way = integers->options.width; way > 0 && !integers_is_wide(integers, cell);
         way /= 2) {
        if (integers->met.most[cell] < own + way)
            walk_to(integers, cell, own + way);
        if (!integers_is_wide(integers, cell) && integers->met.least[cell] > own - way)
            walk_to(integers, cell, own - way);
    }
}

/* Is there a table in which the cell is from least to most? What is found or ruled out is noted. */
static enum answer ask(struct integers *integers, int32_t cell, int64_t least, int64_t most)
{
    struct search_table table;
    int32_t steps = integers->component->count > LARGE ? STEPS_IN_LARGE : STEPS;
    enum answer answer = search_ask(integers->search, cell, least, most,
                                    (int32_t)(steps * integers->options.effort), &table);
    if (answer == ANSWER_FOUND)
        note(integers, table.changes, table.count);
    return answer;
}

/* Asks until the cell is known to be wide enough, or too narrow, or it stays open. */
static void decide(struct integers *integers, int32_t cell)
{
    const struct bounds *bounds = integers->bounds;
    int64_t width = integers->options.width;
    for (int question = 0; question < MOST_QUESTIONS; question++) {
        int64_t low = integers->met.least[cell], high = integers->met.most[cell];
        int64_t least = bounds->least[cell], most = bounds->most[cell];
        if (integers_is_wide(integers, cell) || is_narrow(integers, cell))
            return;
        /* First so far that it is enough, then the next number; upwards, then downwards. */
        bool is_up = high < most;
        int64_t far = is_up                   ? low + width <= most ? low + width : high + 1
                      : high - width >= least ? high - width
                                              : low - 1;
        enum answer answer = is_up ? ask(integers, cell, far, most)
                                   : ask(integers, cell, least, far);
        if (answer == ANSWER_OPEN)
            return;
        if (answer == ANSWER_NONE && is_up)
            search_learn(integers->search, cell, least, far - 1);
        else if (answer == ANSWER_NONE)
            search_learn(integers->search, cell, far + 1, most);
    }
}

static int64_t within(const struct bounds *bounds, int32_t cell, int64_t value)
{
    if (value < bounds->least[cell])
        return bounds->least[cell];
    return value > bounds->most[cell] ? bounds->most[cell] : value;
}

/* Finds a first table where none is at hand: by mending a solution over the real numbers, or by the
 * search. */
static bool find_base(struct integers *integers)
{
    const struct component *component = integers->component;
    int32_t first = component->cells[0];
    if (walk_settle(integers->walk, component->cells, component->count))
        return true;
    struct search_table table;
    search_begin(integers->search, component->cells, component->count);
    if (search_ask(integers->search, first, integers->bounds->least[first],
                   integers->bounds->most[first], STEPS, &table) != ANSWER_FOUND)
        return false;
    for (int32_t i = 0; i < component->count; i++) {
        int32_t cell = component->cells[i];
        integers->base[cell] = within(integers->bounds, cell, integers->base[cell]);
    }
    for (int32_t i = 0; i < table.count; i++)
        integers->base[table.changes[i].cell] = table.changes[i].value;
    return walk_settle(integers->walk, component->cells, component->count);
}

static void look_for_tables(struct integers *integers)
{
    const struct component *component = integers->component;
    for (int32_t i = 0; i < component->count; i++) {
        int32_t cell = component->cells[i];
        integers->met.least[cell] = integers->met.most[cell] = integers->base[cell];
    }
    for (int32_t i = 0; i < component->count && !integers_is_exhausted(integers); i++) {
        int32_t cell = component->cells[i];
        if (integers->options.is_asked[cell] && !is_narrow(integers, cell))
            walk_about(integers, cell);
    }
}

static bool has_asked(const struct integers *integers)
{
    for (int32_t i = 0; i < integers->component->count; i++)
        if (integers->options.is_asked[integers->component->cells[i]])
            return true;
    return false;
}

/* What is at hand, or whole numbers near a solution over the real numbers. */
static void set_base(struct integers *integers)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    const int64_t *start = integers->options.start;
    size_t cells = (size_t)integers->puzzle->cell_count;
    double *point = arena_array_of(arena, cells + 1, double);
    if (!start)
        (void)widths_point(integers->puzzle, integers->bounds, point);
    for (size_t c = 0; c < cells; c++)
        integers->base[c] = within(integers->bounds, (int32_t)c,
                                   start ? start[c] : llround(point[c]));
}

struct integers *integers_look(struct arena *arena, const struct puzzle *puzzle,
                               struct bounds *bounds, const struct integers_options *options)
{
    size_t cells = (size_t)puzzle->cell_count + 1;
    struct integers *integers = arena_new_of(arena, struct integers);
    *integers = (struct integers){ .puzzle = puzzle,
                                   .bounds = bounds,
                                   .options = *options,
                                   .components = components_of(arena, puzzle, bounds),
                                   .base = arena_array_of(arena, cells, int64_t),
                                   .met = { arena_array_of(arena, cells, int64_t),
                                            arena_array_of(arena, cells, int64_t), -1 },
                                   .most_work = usual_work * options->effort };
    for (size_t c = 0; c < cells; c++) {
        integers->met.least[c] = PUZZLE_UNBOUNDED;
        integers->met.most[c] = -PUZZLE_UNBOUNDED;
    }
    integers->has_base = arena_array_of(arena, (size_t)integers->components.count + 1, bool);
    set_base(integers);
    integers->walk = walk_new(arena, puzzle, bounds, integers->base);
    integers->search = search_new(arena, puzzle, bounds, integers->base);
    for (int32_t i = 0; i < integers->components.count; i++) {
        integers->component = &integers->components.items[i];
        integers->has_base[i] = has_asked(integers) && find_base(integers);
        if (integers->has_base[i])
            look_for_tables(integers);
    }
    return integers;
}

const struct bounds *integers_met(const struct integers *integers)
{
    return &integers->met;
}

void integers_search(struct integers *integers)
{
    if (integers->options.width > INTEGERS_MOST_WIDTH)
        return;
    for (int32_t i = 0; i < integers->components.count; i++) {
        const struct component *component = &integers->components.items[i];
        integers->component = component;
        if (!integers->has_base[i])
            continue;
        search_begin(integers->search, component->cells, component->count);
        for (int32_t k = 0; k < component->count && !integers_is_exhausted(integers); k++)
            if (integers->options.is_asked[component->cells[k]])
                decide(integers, component->cells[k]);
    }
}
