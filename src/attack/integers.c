/* The search keeps near a solution that it has. It moves the cell asked about, finds an equation
 * that is not met any more, moves a cell of that, and so on; each move narrows bounds, which every
 * equation hands on. Where a move fails, its opposite is tried, so that nothing is left out. */
#include "attack/integers.h"

#include <string.h>

#include "attack/program.h"
#include "base/arena.h"
#include "base/banned.h"

enum { NONE = -1, MOST_QUESTIONS = 40 };
enum answer { ANSWER_FOUND, ANSWER_NONE, ANSWER_OPEN };

/* What a bound was before it was narrowed. */
struct change {
    int32_t cell;
    int64_t least, most;
};

struct search {
    struct arena *arena;
    const struct puzzle *puzzle;
    int64_t *least, *most; /* at this point of the search */
    int64_t *near;         /* a solution, or what comes closest */
    struct change *changes;
    size_t change_count, change_room;
    int32_t *queue; /* a ring of the equations to look at; each stands in it once at most */
    bool *waits;
    size_t first, waiting;
    int64_t *lack;    /* of an equation: by how much it is missed near the solution */
    int32_t *missed;  /* the equations that are */
    int32_t *missing; /* of an equation: its place among them, or NONE */
    int32_t missed_count;
    int32_t steps;
};

static int64_t value_at(const struct search *search, int32_t cell)
{
    int64_t value = search->near[cell];
    if (value < search->least[cell])
        return search->least[cell];
    return value > search->most[cell] ? search->most[cell] : value;
}

static void set_lack(struct search *search, int32_t equation, int64_t lack)
{
    int32_t place = search->missing[equation];
    search->lack[equation] = lack;
    if (lack != 0 && place == NONE) {
        search->missing[equation] = search->missed_count;
        search->missed[search->missed_count++] = equation;
    } else if (lack == 0 && place != NONE) {
        int32_t last = search->missed[--search->missed_count];
        search->missed[place] = last;
        search->missing[last] = place;
        search->missing[equation] = NONE;
    }
}

/* Sets the bounds of a cell, and what they do to the equations. */
static void set_bounds(struct search *search, int32_t cell, int64_t least, int64_t most)
{
    const struct puzzle *puzzle = search->puzzle;
    int64_t before = value_at(search, cell);
    search->least[cell] = least;
    search->most[cell] = most;
    int64_t change = value_at(search, cell) - before;
    for (size_t k = puzzle->place[cell]; change != 0 && k < puzzle->place[cell + 1]; k++)
        set_lack(search, puzzle->equation[k],
                 search->lack[puzzle->equation[k]] + puzzle->side[k] * change);
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
        search->queue[(search->first + search->waiting++) % room] = equation;
    }
}

/* False where nothing is left. */
static bool narrow(struct search *search, int32_t cell, int64_t least, int64_t most)
{
    if (least <= search->least[cell] && most >= search->most[cell])
        return true;
    if (search->change_count == search->change_room) {
        search->change_room = search->change_room ? 2 * search->change_room : 1024;
        struct change *larger = arena_take_raw(search->arena, search->change_room * sizeof *larger);
        if (search->change_count)
            memcpy(larger, search->changes, search->change_count * sizeof *larger);
        search->changes = larger;
    }
    least = least > search->least[cell] ? least : search->least[cell];
    most = most < search->most[cell] ? most : search->most[cell];
    if (least > most)
        return false;
    search->changes[search->change_count++] = (struct change){ cell, search->least[cell],
                                                               search->most[cell] };
    set_bounds(search, cell, least, most);
    wake(search, cell);
    return true;
}

static void go_back(struct search *search, size_t count)
{
    while (search->change_count > count) {
        const struct change *change = &search->changes[--search->change_count];
        set_bounds(search, change->cell, change->least, change->most);
    }
}

/* Narrows each cell of an equation by the others. */
static bool narrow_in(struct search *search, int32_t equation)
{
    const struct puzzle *puzzle = search->puzzle;
    int64_t low = 0, high = 0;
    size_t from = puzzle->start[equation], to = puzzle->start[equation + 1];
    for (size_t k = from; k < to; k++) {
        int32_t cell = puzzle->cell[k];
        low += puzzle->sign[k] > 0 ? search->least[cell] : -search->most[cell];
        high += puzzle->sign[k] > 0 ? search->most[cell] : -search->least[cell];
    }
    if (low > 0 || high < 0)
        return false;
    for (size_t k = from; k < to; k++) {
        int32_t cell = puzzle->cell[k];
        int64_t least = search->least[cell], most = search->most[cell];
        /* What the others can come to at their lowest leaves this much above the least. */
        bool is_kept = puzzle->sign[k] > 0 ? narrow(search, cell, most - high, least - low)
                                           : narrow(search, cell, most + low, least + high);
        if (!is_kept)
            return false;
        low += puzzle->sign[k] > 0 ? search->least[cell] - least : most - search->most[cell];
        high += puzzle->sign[k] > 0 ? search->most[cell] - most : least - search->least[cell];
    }
    return true;
}

static bool settle(struct search *search)
{
    bool is_kept = true;
    while (search->waiting > 0) {
        int32_t equation = search->queue[search->first];
        search->first = (search->first + 1) % (size_t)search->puzzle->equation_count;
        search->waiting--;
        search->waits[equation] = false;
        is_kept = is_kept && narrow_in(search, equation);
    }
    return is_kept;
}

/* A cell of an equation that would mend it, and in few others; `sign` says which way. */
static int32_t cell_to_move(const struct search *search, int32_t equation, int64_t lack,
                            int *out_sign)
{
    const struct puzzle *puzzle = search->puzzle;
    int32_t best = NONE;
    for (size_t k = puzzle->start[equation]; k < puzzle->start[equation + 1]; k++) {
        int32_t cell = puzzle->cell[k];
        int sign = (lack > 0) == (puzzle->sign[k] > 0) ? -1 : 1;
        int64_t value = value_at(search, cell);
        if (value == (sign > 0 ? search->most[cell] : search->least[cell]))
            continue;
        if (best != NONE && puzzle->place[cell + 1] - puzzle->place[cell] >=
                                puzzle->place[best + 1] - puzzle->place[best])
            continue;
        best = cell;
        *out_sign = sign;
    }
    return best;
}

/* Where every equation is met, what is near is a solution. */
static enum answer search_on(struct search *search) /* NOLINT(misc-no-recursion) */
{
    int32_t cell = NONE;
    int sign = 1;
    if (++search->steps > INTEGERS_MOST_STEPS)
        return ANSWER_OPEN;
    if (search->missed_count == 0)
        return ANSWER_FOUND;
    int32_t equation = search->missed[0];
    for (int32_t i = 1; i < search->missed_count; i++)
        equation = search->missed[i] < equation ? search->missed[i] : equation;
    cell = cell_to_move(search, equation, search->lack[equation], &sign);
    if (cell == NONE)
        return ANSWER_NONE;
    int64_t value = value_at(search, cell);
    for (int turn = 0; turn < 2; turn++) {
        size_t count = search->change_count;
        /* A step at least in that direction; or none in it. */
        bool is_up = (sign > 0) == (turn == 0);
        int64_t least = is_up ? value + (turn == 0) : search->least[cell];
        int64_t most = is_up ? search->most[cell] : value - (turn == 0);
        bool is_kept = narrow(search, cell, least, most);
        is_kept = settle(search) && is_kept;
        enum answer answer = is_kept ? search_on(search) : ANSWER_NONE;
        if (answer != ANSWER_NONE)
            return answer;
        go_back(search, count);
    }
    return ANSWER_NONE;
}

/* What solutions have shown of the cells of one component. */
struct asking {
    struct search *search;
    const struct component *component;
    int64_t *least, *most; /* of a cell */
    bool has_solution;
};

static void note(struct asking *asking, bool is_first)
{
    const struct search *search = asking->search;
    for (int32_t i = 0; i < asking->component->count; i++) {
        int32_t cell = asking->component->cells[i];
        int64_t value = value_at(search, cell);
        asking->least[cell] = is_first || value < asking->least[cell] ? value : asking->least[cell];
        asking->most[cell] = is_first || value > asking->most[cell] ? value : asking->most[cell];
    }
}

/* Is there a solution in which the cell is from least to most? */
static enum answer ask(struct asking *asking, int32_t cell, int64_t least, int64_t most)
{
    struct search *search = asking->search;
    bool is_first = !asking->has_solution;
    search->steps = 0;
    bool is_kept = narrow(search, cell, least, most);
    is_kept = settle(search) && is_kept;
    enum answer answer = is_kept ? search_on(search) : ANSWER_NONE;
    if (answer == ANSWER_FOUND)
        note(asking, is_first);
    go_back(search, 0);
    return answer;
}

/* Asks until the cell is known to be wide enough, or too narrow; false where it stays open. What is
 * proved on the way goes into the bounds. */
static bool decide(struct asking *asking, struct bounds *bounds, int32_t cell, int64_t width)
{
    int64_t *least = &bounds->least[cell], *most = &bounds->most[cell];
    for (int question = 0; question < MOST_QUESTIONS; question++) {
        int64_t low = asking->least[cell], high = asking->most[cell];
        if (high - low >= width || *most - *least < width)
            return true;
        /* First so far that it is enough, then the next number; upwards, then downwards. */
        int64_t far = low + width <= *most ? low + width : high + 1;
        if (high < *most) {
            enum answer answer = ask(asking, cell, far, *most);
            if (answer == ANSWER_OPEN)
                return false;
            if (answer == ANSWER_NONE)
                *most = far - 1;
            continue;
        }
        far = high - width >= *least ? high - width : low - 1;
        enum answer answer = ask(asking, cell, *least, far);
        if (answer == ANSWER_OPEN)
            return false;
        if (answer == ANSWER_NONE)
            *least = far + 1;
    }
    return false;
}

static int32_t hidden_count(const struct puzzle *puzzle, const struct component *component)
{
    int32_t count = 0;
    for (int32_t i = 0; i < component->count; i++)
        count += puzzle_is_hidden(puzzle, component->cells[i]);
    return count;
}

/* By how much each equation of a component is missed at the outset. */
static void begin_component(struct search *search, const struct component *component)
{
    const struct puzzle *puzzle = search->puzzle;
    while (search->missed_count > 0)
        search->missing[search->missed[--search->missed_count]] = NONE;
    for (int32_t i = 0; i < component->count; i++) {
        int32_t own = component->cells[i];
        for (size_t k = puzzle->place[own]; k < puzzle->place[own + 1]; k++) {
            int32_t equation = puzzle->equation[k];
            int64_t lack = 0;
            for (size_t j = puzzle->start[equation]; j < puzzle->start[equation + 1]; j++)
                lack += puzzle->sign[j] * value_at(search, puzzle->cell[j]);
            set_lack(search, equation, lack);
        }
    }
}

/* From here on the search keeps near the first solution. */
static void keep_near(struct asking *asking)
{
    for (int32_t i = 0; i < asking->component->count; i++)
        asking->search->near[asking->component->cells[i]] =
            asking->least[asking->component->cells[i]];
    begin_component(asking->search, asking->component);
}

static void component_integers(struct asking *asking, struct bounds *bounds, int64_t width,
                               struct integers_result *result)
{
    const struct component *component = asking->component;
    const struct puzzle *puzzle = asking->search->puzzle;
    int32_t hidden = hidden_count(puzzle, component), first = component->cells[0];
    if (hidden == 0)
        return;
    if (component->count > INTEGERS_MOST_CELLS || width > INTEGERS_MOST_WIDTH) {
        result->not_tried += hidden;
        return;
    }
    struct search *search = asking->search;
    /* With the true counts at hand this finds them at once. */
    begin_component(search, component);
    asking->has_solution = false;
    asking->has_solution = ask(asking, first, search->least[first], search->most[first]) ==
                           ANSWER_FOUND;
    if (asking->has_solution)
        keep_near(asking);
    for (int32_t i = 0; i < component->count; i++) {
        int32_t cell = component->cells[i];
        int64_t before = bounds->most[cell] - bounds->least[cell];
        if (!puzzle_is_hidden(puzzle, cell))
            continue;
        result->not_settled += !asking->has_solution || !decide(asking, bounds, cell, width);
        result->narrowed += bounds->most[cell] - bounds->least[cell] < before;
    }
}

struct integers_result integers_find(const struct puzzle *puzzle, struct bounds *bounds,
                                     const struct integers_options *options)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t cells = (size_t)puzzle->cell_count + 1, equations = (size_t)puzzle->equation_count + 1;
    struct integers_result result = { 0 };
    struct components components = components_of(arena, puzzle, bounds);
    struct search search = { .arena = arena,
                             .puzzle = puzzle,
                             .least = arena_array_of(arena, cells, int64_t),
                             .most = arena_array_of(arena, cells, int64_t),
                             .near = arena_array_of(arena, cells, int64_t),
                             .queue = arena_array_of(arena, equations, int32_t),
                             .waits = arena_array_of(arena, equations, bool),
                             .lack = arena_array_of(arena, equations, int64_t),
                             .missed = arena_array_of(arena, equations, int32_t),
                             .missing = arena_array_of(arena, equations, int32_t) };
    for (size_t e = 0; e < equations; e++)
        search.missing[e] = NONE;
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        search.least[c] = bounds->least[c];
        search.most[c] = bounds->most[c];
        search.near[c] = options->start ? options->start[c] : bounds->least[c];
    }
    struct asking asking = { .search = &search,
                             .least = arena_array_of(arena, cells, int64_t),
                             .most = arena_array_of(arena, cells, int64_t) };
    for (int32_t i = 0; i < components.count; i++) {
        asking.component = &components.items[i];
        component_integers(&asking, bounds, options->width, &result);
    }
    return result;
}
