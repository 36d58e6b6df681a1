#include "attack/attack.h"

#include <math.h>
#include <string.h>

#include "attack/recover.h"
#include "attack/widths.h"
#include "base/arena.h"
#include "base/banned.h"

const char *attack_level_name(enum attack_level level)
{
    static const char *const names[LEVEL_COUNT] = {
        [LEVEL_SUBTRACTION] = "subtraction", [LEVEL_INTERVALS] = "intervals",
        [LEVEL_EXACT] = "exact recovery",    [LEVEL_JOINT] = "joint counts",
        [LEVEL_WIDTHS] = "widths",           [LEVEL_OPINION] = "second opinion",
    };
    return level < LEVEL_COUNT ? names[level] : NULL;
}

/* The rounding was to hide this figure, and it is proved to be small. */
static bool is_rounded_small(const struct puzzle *puzzle, const struct attack_options *options,
                             const struct attack_result *result, int32_t cell)
{
    return puzzle->state[cell] == CELL_SHOWN && puzzle->least[cell] != puzzle->most[cell] &&
           result->bounds.least[cell] > 0 && result->bounds.most[cell] < options->rounded_below;
}

/* Notes the hidden cells that have become known at this level. */
static void note_known(const struct puzzle *puzzle, const struct attack_options *options,
                       struct attack_result *result, enum attack_level level)
{
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        bool is_rounded = is_rounded_small(puzzle, options, result, c);
        if (!(puzzle_is_hidden(puzzle, c) || is_rounded) || result->level[c] != LEVEL_NONE ||
            result->bounds.least[c] != result->bounds.most[c])
            continue;
        bool is_primary = puzzle->state[c] == CELL_PRIMARY || is_rounded;
        result->level[c] = (unsigned char)level;
        result->known[level].primary += is_primary;
        result->known[level].secondary += !is_primary;
    }
}

enum { CLOSE = 1000000 }; /* a point nearer to a bound than a millionth stands at it */

/* The stands of a solution that an attacker finds for himself. Where he finds none, cells count as
 * between their bounds: then what is called fixed still is, but more may be. */
static int8_t stand_of(const struct puzzle *puzzle, int32_t cell, double value)
{
    if (value - (double)puzzle->least[cell] < 1.0 / CLOSE)
        return STAND_LEAST;
    return (double)puzzle->most[cell] - value < 1.0 / CLOSE ? STAND_MOST : STAND_BETWEEN;
}

static enum status run_exact(struct work *work, const struct puzzle *puzzle,
                             struct attack_result *result)
{
    size_t cells = (size_t)puzzle->cell_count;
    int8_t *stands = arena_array_of(work->arena, cells + 1, int8_t);
    bool *is_fixed = arena_array_of(work->arena, cells + 1, bool);
    double *point = NULL;
    bool is_decided = true, has_point = true;
    if (puzzle->truth) {
        enum status status = recover_stands(work, puzzle, puzzle->truth, stands);
        if (status != STATUS_OK)
            return status;
    } else {
        point = arena_array_of(work->arena, cells + 1, double);
        has_point = widths_point(puzzle, &result->bounds, point);
        for (int32_t c = 0; c < puzzle->cell_count && has_point; c++)
            stands[c] = stand_of(puzzle, c, point[c]);
    }
    recover_exact(puzzle, &result->bounds, stands, is_fixed, &is_decided);
    for (size_t c = 0; c < cells; c++) {
        if (is_fixed[c] && puzzle->truth)
            result->bounds.least[c] = result->bounds.most[c] = puzzle->truth[c];
        else if (is_fixed[c] && has_point && point)
            result->bounds.least[c] = result->bounds.most[c] = llround(point[c]);
    }
    result->is_undecided = !is_decided || !has_point;
    return STATUS_OK;
}

/* Cells of which it matters how far they can move. */
static bool *asked_of(struct arena *arena, const struct puzzle *puzzle,
                      const struct attack_options *options)
{
    bool *is_asked = arena_array_of(arena, (size_t)puzzle->cell_count + 1, bool);
    for (int32_t c = 0; c < puzzle->cell_count; c++)
        is_asked[c] = puzzle_is_hidden(puzzle, c) ||
                      (puzzle->state[c] == CELL_SHOWN && puzzle->least[c] < puzzle->most[c] &&
                       puzzle->least[c] < options->rounded_below);
    return is_asked;
}

/* What is left open when level 4 is done. */
static void count_open(const struct puzzle *puzzle, const struct attack_options *options,
                       const bool *is_open, const bool *is_apart, struct attack_result *result)
{
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        bool is_narrow = result->bounds.most[c] - result->bounds.least[c] < options->width;
        result->open += is_open[c] && !is_narrow;
        result->open_apart += is_open[c] && !is_narrow && is_apart[c];
    }
    /* Every hidden cell was followed, which level 2 could not do for all at once. */
    result->is_undecided = result->is_undecided && result->open > result->open_apart;
}

/* The same between whole people, where level 3 has listed the combinations of labels that they can
 * have: a table by table may allow what no people can make up. */
static void follow_people(const struct puzzle *puzzle, const struct attack_options *options,
                          bool *is_open, struct attack_result *result)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    const struct puzzle *wide = result->joint.wide;
    size_t cells = (size_t)puzzle->cell_count;
    bool *is_asked = asked_of(arena, wide, options);
    struct bounds bounds = bounds_of(arena, wide);
    memcpy(bounds.least, result->bounds.least, cells * sizeof *bounds.least);
    memcpy(bounds.most, result->bounds.most, cells * sizeof *bounds.most);
    const struct integers_options whole = { result->joint.people, is_asked, options->width,
                                            options->effort > 0 ? options->effort : 1 };
    struct integers *integers = integers_look(arena, wide, &bounds, &whole);
    integers_search(integers);
    result->is_exhausted = result->is_exhausted || integers_is_exhausted(integers);
    memcpy(result->bounds.least, bounds.least, cells * sizeof *bounds.least);
    memcpy(result->bounds.most, bounds.most, cells * sizeof *bounds.most);
    for (size_t c = 0; c < cells; c++)
        is_open[c] = is_asked[c] && !integers_is_wide(integers, (int32_t)c);
}

/* Tables of whole numbers first; what they leave open is followed over the real numbers, and then
 * searched through. */
static void run_widths(const struct puzzle *puzzle, const struct attack_options *options,
                       struct attack_result *result)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    size_t cells = (size_t)puzzle->cell_count + 1;
    const bool *is_asked = asked_of(arena, puzzle, options);
    bool *is_apart = arena_array_of(arena, cells, bool);
    bool *is_open = arena_array_of(arena, cells, bool);
    const struct bounds before = bounds_copy(arena, puzzle, &result->bounds);
    const struct integers_options whole = { puzzle->truth, is_asked, options->width,
                                            options->effort > 0 ? options->effort : 1 };
    struct integers *integers = integers_look(arena, puzzle, &result->bounds, &whole);
    const struct widths_options reals = { puzzle->truth, is_asked, options->width,
                                          integers_met(integers) };
    result->programmes = widths_find(puzzle, &result->bounds, &reals, is_apart);
    integers_search(integers);
    result->is_exhausted = integers_is_exhausted(integers);
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        is_open[c] = is_asked[c] && !integers_is_wide(integers, c);
        is_apart[c] = is_apart[c] || integers_is_wide(integers, c);
    }
    if (result->joint.people)
        follow_people(puzzle, options, is_open, result);
    for (int32_t c = 0; c < puzzle->cell_count; c++)
        result->narrowed += is_asked[c] && (result->bounds.least[c] > before.least[c] ||
                                            result->bounds.most[c] < before.most[c]);
    count_open(puzzle, options, is_open, is_apart, result);
}

static enum status run_opinion(struct work *work, const struct puzzle *puzzle,
                               const struct attack_options *options, struct attack_result *result)
{
    size_t cells = (size_t)puzzle->cell_count;
    bool *is_known = arena_array_of(work->arena, cells + 1, bool);
    for (size_t c = 0; c < cells; c++)
        is_known[c] = result->level[c] <= LEVEL_EXACT;
    const struct opinion_options question = { is_known, !result->is_undecided, options->width,
                                              options->sample };
    return opinion_ask(work, puzzle, &question, &result->bounds, &result->opinion);
}

static enum status run_level(struct work *work, const struct puzzle *puzzle,
                             const struct attack_options *options, enum attack_level level,
                             struct attack_result *result)
{
    int32_t found = 0;
    switch (level) {
    case LEVEL_SUBTRACTION:
        return bounds_subtract(work, puzzle, &result->bounds, &found);
    case LEVEL_INTERVALS:
        return bounds_narrow(work, puzzle, &result->bounds);
    case LEVEL_EXACT:
        return run_exact(work, puzzle, result);
    case LEVEL_JOINT:
        return joint_recover(work, puzzle, &result->bounds, &result->joint);
    case LEVEL_WIDTHS:
        run_widths(puzzle, options, result);
        break;
    case LEVEL_OPINION:
        return run_opinion(work, puzzle, options, result);
    case LEVEL_COUNT:
        break;
    }
    return STATUS_OK;
}

static void judge(const struct puzzle *puzzle, const struct attack_options *options,
                  struct attack_result *result)
{
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        bool is_rounded = is_rounded_small(puzzle, options, result, c);
        if (!puzzle_is_hidden(puzzle, c) && !is_rounded)
            continue;
        int64_t least = result->bounds.least[c], most = result->bounds.most[c];
        bool is_small = most < options->threshold;
        bool is_protected = puzzle->state[c] == CELL_DIFFERENCE
                                ? is_small && least > 0
                                : puzzle->state[c] == CELL_PRIMARY || is_small || is_rounded;
        result->is_exposed[c] = is_protected && most - least < options->width;
        result->exposed += result->is_exposed[c];
    }
}

enum status attack_run(struct work *work, const struct puzzle *puzzle,
                       const struct attack_options *options, struct attack_result *out_result)
{
    size_t cells = (size_t)puzzle->cell_count;
    struct attack_result result = { .bounds = bounds_of(work->arena, puzzle),
                                    .level = arena_take_raw(work->arena, cells + 1),
                                    .is_exposed = arena_array_of(work->arena, cells + 1, bool) };
    memset(result.level, LEVEL_NONE, cells + 1);
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        result.hidden += puzzle_is_hidden(puzzle, c);
        result.primary += puzzle->state[c] == CELL_PRIMARY;
    }
    for (enum attack_level level = 0; level <= options->level && level < LEVEL_COUNT; level++) {
        enum status status = run_level(work, puzzle, options, level, &result);
        if (status != STATUS_OK) {
            *out_result = result;
            return status;
        }
        note_known(puzzle, options, &result, level);
    }
    judge(puzzle, options, &result);
    *out_result = result;
    return STATUS_OK;
}
