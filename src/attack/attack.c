#include "attack/attack.h"

#include <string.h>

#include "attack/recover.h"
#include "base/arena.h"
#include "base/banned.h"

const char *attack_level_name(enum attack_level level)
{
    static const char *const names[LEVEL_COUNT] = {
        [LEVEL_SUBTRACTION] = "subtraction",
        [LEVEL_INTERVALS] = "intervals",
        [LEVEL_EXACT] = "exact recovery",
    };
    return level < LEVEL_COUNT ? names[level] : "";
}

/* Notes the hidden cells that have become known at this level. */
static void note_known(const struct puzzle *puzzle, struct attack_result *result,
                       enum attack_level level)
{
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        if (!puzzle_is_hidden(puzzle, c) || result->level[c] != LEVEL_NONE ||
            result->bounds.least[c] != result->bounds.most[c])
            continue;
        result->level[c] = (unsigned char)level;
        result->known[level].primary += puzzle->state[c] == CELL_PRIMARY;
        result->known[level].secondary += puzzle->state[c] == CELL_SECONDARY;
    }
}

static enum status run_exact(struct work *work, const struct puzzle *puzzle,
                             struct attack_result *result)
{
    size_t cells = (size_t)puzzle->cell_count;
    int8_t *stands = arena_array_of(work->arena, cells + 1, int8_t);
    bool *is_fixed = arena_array_of(work->arena, cells + 1, bool);
    bool is_decided = true;
    enum status status = recover_stands(work, puzzle, puzzle->truth, stands);
    if (status != STATUS_OK)
        return status;
    recover_exact(puzzle, &result->bounds, stands, is_fixed, &is_decided);
    for (size_t c = 0; c < cells; c++)
        if (is_fixed[c])
            result->bounds.least[c] = result->bounds.most[c] = puzzle->truth[c];
    result->is_undecided = !is_decided;
    return STATUS_OK;
}

static enum status run_level(struct work *work, const struct puzzle *puzzle,
                             enum attack_level level, struct attack_result *result)
{
    int32_t found = 0;
    switch (level) {
    case LEVEL_SUBTRACTION:
        return bounds_subtract(work, puzzle, &result->bounds, &found);
    case LEVEL_INTERVALS:
        return bounds_narrow(work, puzzle, &result->bounds);
    case LEVEL_EXACT:
        return run_exact(work, puzzle, result);
    case LEVEL_COUNT:
        break;
    }
    return STATUS_OK;
}

static void judge(const struct puzzle *puzzle, const struct attack_options *options,
                  struct attack_result *result)
{
    for (int32_t c = 0; c < puzzle->cell_count; c++) {
        if (!puzzle_is_hidden(puzzle, c))
            continue;
        int64_t least = result->bounds.least[c], most = result->bounds.most[c];
        bool is_protected = puzzle->state[c] == CELL_PRIMARY || most < options->threshold;
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
        enum status status = run_level(work, puzzle, level, &result);
        if (status != STATUS_OK)
            return status;
        note_known(puzzle, &result, level);
    }
    judge(puzzle, options, &result);
    *out_result = result;
    return STATUS_OK;
}
