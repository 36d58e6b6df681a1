/* The search keeps near a solution that it has. It moves the cell asked about, finds an equation
 * that is not met any more, moves a cell of that, and so on; each move narrows bounds, which every
 * equation hands on. Where a move fails, its opposite is tried, so that nothing is left out. */
#include "attack/search.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum {
    NONE = -1,
    FIRST_ROOM = 1024,
    MOST_DEPTH = 4000,  /* moves one within the other */
    MOST_HANDED = 40000 /* entries looked at after one move: what is left out proves less, never
                           too much */
};

/* What a bound was before it was narrowed. */
struct narrowing {
    int32_t cell;
    int64_t least, most;
};

struct search {
    struct arena *arena;
    const struct puzzle *puzzle;
    struct bounds *bounds; /* at this point of the search */
    const int64_t *near;
    struct misses misses;
    struct narrowing *narrowings;
    size_t narrowing_count, narrowing_room;
    int32_t *queue; /* a ring of the equations to look at; each stands in it once at most */
    bool *waits;
    size_t first, waiting;
    struct table_change *changes;
    bool *is_changed;
    int32_t steps, most_steps, depth;
    int64_t work;
};

struct search *search_new(struct arena *arena, const struct puzzle *puzzle, struct bounds *bounds,
                          const int64_t *near)
{
    size_t cells = (size_t)puzzle->cell_count + 1, equations = (size_t)puzzle->equation_count + 1;
    struct search *search = arena_new_of(arena, struct search);
    *search = (struct search){ .arena = arena,
                               .puzzle = puzzle,
                               .bounds = bounds,
                               .near = near,
                               .misses = misses_new(arena, puzzle),
                               .queue = arena_array_of(arena, equations, int32_t),
                               .waits = arena_array_of(arena, equations, bool),
                               .changes = arena_array_of(arena, cells, struct table_change),
                               .is_changed = arena_array_of(arena, cells, bool) };
    return search;
}

static int64_t value_at(const struct search *search, int32_t cell)
{
    int64_t value = search->near[cell];
    if (value < search->bounds->least[cell])
        return search->bounds->least[cell];
    return value > search->bounds->most[cell] ? search->bounds->most[cell] : value;
}

/* Sets the bounds of a cell, and what they do to the equations. */
static void set_bounds(struct search *search, int32_t cell, int64_t least, int64_t most)
{
    int64_t before = value_at(search, cell);
    search->bounds->least[cell] = least;
    search->bounds->most[cell] = most;
    misses_change(&search->misses, search->puzzle, cell, value_at(search, cell) - before);
}

static void wake(struct search *search, int32_t cell)
{
    const struct puzzle *puzzle = search->puzzle;
    size_t room = (size_t)puzzle->equation_count;
    for (size_t k = puzzle->place[cell]; k < puzzle->place[cell + 1]; k++) {
        int32_t equation = puzzle->equation[k];
        if (search->waits[equation])
            continue;
        search->waits[equation] = true;
        size_t at = search->first + search->waiting++;
        search->queue[at < room ? at : at - room] = equation;
    }
}

static void remember(struct search *search, int32_t cell)
{
    if (search->narrowing_count == search->narrowing_room) {
        search->narrowing_room = search->narrowing_room ? 2 * search->narrowing_room : FIRST_ROOM;
        struct narrowing *larger = arena_take_raw(search->arena,
                                                  search->narrowing_room * sizeof *larger);
        if (search->narrowing_count)
            memcpy(larger, search->narrowings, search->narrowing_count * sizeof *larger);
        search->narrowings = larger;
    }
    search->narrowings[search->narrowing_count++] = (struct narrowing){
        cell, search->bounds->least[cell], search->bounds->most[cell]
    };
}

/* False where nothing is left. */
static bool narrow(struct search *search, int32_t cell, int64_t least, int64_t most)
{
    int64_t own_least = search->bounds->least[cell], own_most = search->bounds->most[cell];
    if (least <= own_least && most >= own_most)
        return true;
    least = least > own_least ? least : own_least;
    most = most < own_most ? most : own_most;
    if (least > most)
        return false;
    remember(search, cell);
    set_bounds(search, cell, least, most);
    wake(search, cell);
    return true;
}

static void go_back(struct search *search, size_t count)
{
    while (search->narrowing_count > count) {
        const struct narrowing *last = &search->narrowings[--search->narrowing_count];
        set_bounds(search, last->cell, last->least, last->most);
    }
}

/* Narrows each cell of an equation by the others. */
static bool narrow_in(struct search *search, int32_t equation)
{
    const struct puzzle *puzzle = search->puzzle;
    const struct bounds *bounds = search->bounds;
    int64_t low = 0, high = 0;
    size_t from = puzzle->start[equation], to = puzzle->start[equation + 1];
    search->work += (int64_t)(to - from);
    for (size_t k = from; k < to; k++) {
        int32_t cell = puzzle->cell[k];
        low += puzzle->sign[k] > 0 ? bounds->least[cell] : -bounds->most[cell];
        high += puzzle->sign[k] > 0 ? bounds->most[cell] : -bounds->least[cell];
    }
    if (low > 0 || high < 0)
        return false;
    for (size_t k = from; k < to; k++) {
        int32_t cell = puzzle->cell[k];
        int64_t least = bounds->least[cell], most = bounds->most[cell];
        /* What the others can come to at their lowest leaves this much above the least. */
        bool is_kept = puzzle->sign[k] > 0 ? narrow(search, cell, most - high, least - low)
                                           : narrow(search, cell, most + low, least + high);
        if (!is_kept)
            return false;
        low += puzzle->sign[k] > 0 ? bounds->least[cell] - least : most - bounds->most[cell];
        high += puzzle->sign[k] > 0 ? bounds->most[cell] - most : least - bounds->least[cell];
    }
    return true;
}

static bool settle(struct search *search)
{
    size_t room = (size_t)search->puzzle->equation_count;
    int64_t end = search->work + MOST_HANDED;
    bool is_kept = true;
    while (search->waiting > 0) {
        int32_t equation = search->queue[search->first];
        search->first = search->first + 1 == room ? 0 : search->first + 1;
        search->waiting--;
        search->waits[equation] = false;
        if (is_kept && search->work < end)
            is_kept = narrow_in(search, equation);
    }
    return is_kept;
}

/* A move of a cell by one; cell NONE: there is none. */
struct step {
    int32_t cell;
    int way;
};

/* The move in an equation after which equations are missed the least. */
static struct step best_step(struct search *search, int32_t equation)
{
    const struct puzzle *puzzle = search->puzzle;
    int64_t lack = search->misses.lack[equation], best_cost = 0;
    struct step best = { NONE, 0 };
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++) {
        int32_t cell = puzzle->cell[k];
        int way = (lack > 0) == (puzzle->sign[k] > 0) ? -1 : 1;
        int64_t value = value_at(search, cell);
        search->work++;
        if (value == (way > 0 ? search->bounds->most[cell] : search->bounds->least[cell]))
            continue;
        int64_t cost = misses_cost(&search->misses, puzzle, cell, way);
        search->work += (int64_t)(puzzle->place[cell + 1] - puzzle->place[cell]);
        if (best.cell != NONE && cost >= best_cost)
            continue;
        best = (struct step){ cell, way };
        best_cost = cost;
    }
    return best;
}

/* Where every equation is met, what is near is a solution. */
static enum answer search_on(struct search *search) /* NOLINT(misc-no-recursion) */
{
    const struct misses *misses = &search->misses;
    if (misses->count == 0)
        return ANSWER_FOUND;
    if (++search->steps > search->most_steps || search->depth > MOST_DEPTH)
        return ANSWER_OPEN;
    int32_t equation = misses->missed[0];
    for (int32_t i = 1; i < misses->count; i++)
        equation = misses->missed[i] < equation ? misses->missed[i] : equation;
    struct step step = best_step(search, equation);
    if (step.cell == NONE)
        return ANSWER_NONE;
    int64_t value = value_at(search, step.cell);
    search->depth++;
    enum answer answer = ANSWER_NONE;
    for (int turn = 0; turn < 2 && answer == ANSWER_NONE; turn++) {
        size_t count = search->narrowing_count;
        /* A step at least in that direction; or none in it. */
        bool is_up = (step.way > 0) == (turn == 0);
        int64_t least = is_up ? value + (turn == 0) : search->bounds->least[step.cell];
        int64_t most = is_up ? search->bounds->most[step.cell] : value - (turn == 0);
        bool is_kept = narrow(search, step.cell, least, most);
        is_kept = settle(search) && is_kept;
        answer = is_kept ? search_on(search) : ANSWER_NONE;
        if (answer == ANSWER_NONE)
            go_back(search, count);
    }
    search->depth--;
    return answer;
}

static int32_t list_changes(struct search *search)
{
    int32_t count = 0;
    for (size_t i = 0; i < search->narrowing_count; i++) {
        int32_t cell = search->narrowings[i].cell;
        int64_t value = value_at(search, cell);
        if (value == search->near[cell] || search->is_changed[cell])
            continue;
        search->is_changed[cell] = true;
        search->changes[count++] = (struct table_change){ cell, value };
    }
    for (int32_t i = 0; i < count; i++)
        search->is_changed[search->changes[i].cell] = false;
    return count;
}

enum answer search_ask(struct search *search, int32_t cell, int64_t least, int64_t most,
                       int32_t steps, struct search_table *out_table)
{
    search->steps = search->depth = 0;
    search->most_steps = steps;
    *out_table = (struct search_table){ search->changes, 0 };
    bool is_kept = narrow(search, cell, least, most);
    is_kept = settle(search) && is_kept;
    enum answer answer = is_kept ? search_on(search) : ANSWER_NONE;
    if (answer == ANSWER_FOUND)
        out_table->count = list_changes(search);
    go_back(search, 0);
    return answer;
}

void search_learn(struct search *search, int32_t cell, int64_t least, int64_t most)
{
    bool is_kept = narrow(search, cell, least, most);
    is_kept = settle(search) && is_kept;
    if (!is_kept) {
        go_back(search, 0);
        return;
    }
    /* What follows from a cell without an upper bound has none either. */
    for (size_t i = 0; i < search->narrowing_count; i++) {
        int64_t *own = &search->bounds->most[search->narrowings[i].cell];
        *own = *own > PUZZLE_UNBOUNDED / 2 ? PUZZLE_UNBOUNDED : *own;
    }
    search->narrowing_count = 0;
}

void search_begin(struct search *search, const int32_t *cells, int32_t count)
{
    misses_begin(&search->misses, search->puzzle, cells, count, search->near);
}

int64_t search_work(const struct search *search)
{
    return search->work;
}
