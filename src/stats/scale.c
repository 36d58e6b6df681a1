/* Rows become levels; a level's place in its array is its rank, the best first. */
#include "stats/scale.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/banned.h"

const char *const scale_columns[SCALE_COLUMNS] = { "scale", "title", "small_base_least",
                                                   "small_base_rates" };
const char *const scale_level_columns[SCALE_LEVEL_COLUMNS] = {
    "scale", "level", "letters", "name", "word", "colour", "least_variance", "order",
};
const char *const scale_milestone_columns[SCALE_MILESTONE_COLUMNS] = { "scale", "milestone",
                                                                       "level" };

enum {
    LEVEL_SCALE,
    LEVEL_CODE,
    LEVEL_LETTERS,
    LEVEL_NAME,
    LEVEL_WORD,
    LEVEL_COLOUR,
    LEVEL_LEAST,
    LEVEL_ORDER
};

static struct scale *find(struct scales *scales, struct slice code)
{
    for (size_t i = 0; i < scales->count; i++)
        if (slice_is(code, scales->items[i].code))
            return &scales->items[i];
    return NULL;
}

/* Adds a problem for the first of the cells up to `count` that is empty. */
static bool all_filled(const struct slice *cells, const char *const *columns, size_t count,
                       struct problems *problems)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_trim(cells[i]).length > 0)
            continue;
        problem_add(problems, columns[i], "Give the %s of every row.", columns[i]);
        return false;
    }
    return true;
}

void scales_add_scale(struct scales *scales, const struct slice cells[SCALE_COLUMNS],
                      struct problems *problems)
{
    int64_t least = 0;
    if (!all_filled(cells, scale_columns, SCALE_COLUMNS, problems))
        return;
    bool rates = slice_is(slice_trim(cells[3]), "yes");
    if (find(scales, slice_trim(cells[0])) != NULL) {
        problem_add(problems, "scale", "This scale stands in the file twice; keep one row.");
    } else if (scales->count == SCALE_MOST_SCALES) {
        problem_add(problems, "scale", "There can be at most %d scales.", SCALE_MOST_SCALES);
    } else if (!slice_integer(slice_trim(cells[2]), &least) || least < 0) {
        problem_add(problems, "small_base_least", "Give a whole number of cases, 0 or more.");
    } else if (!rates && !slice_is(slice_trim(cells[3]), "no")) {
        problem_add(problems, "small_base_rates", "Write yes or no.");
    } else {
        scales->items[scales->count++] = (struct scale){
            .code = slice_copy(scales->arena, slice_trim(cells[0])),
            .title = slice_copy(scales->arena, slice_trim(cells[1])),
            .small_base_least = least,
            .small_base_rates = rates,
        };
    }
}

/* Reads the two numbers of a level's row. */
static bool level_numbers(const struct slice *cells, struct scale_level *level,
                          struct problems *problems)
{
    struct slice least = slice_trim(cells[LEVEL_LEAST]);
    int decimals = 0;
    level->least_variance = INTEGER_MISSING;
    if (least.length > 0 && !number_read(least, &level->least_variance, &decimals)) {
        problem_add(problems, "least_variance",
                    "Give a number such as -5, or leave it empty in the worst level.");
        return false;
    }
    if (!slice_integer(slice_trim(cells[LEVEL_ORDER]), &level->order) || level->order < 1) {
        problem_add(problems, "order", "Give a whole number; 1 is the best level.");
        return false;
    }
    return true;
}

void scales_add_level(struct scales *scales, const struct slice cells[SCALE_LEVEL_COLUMNS],
                      struct problems *problems)
{
    struct scale_level level = { .order = 0 };
    struct scale *scale = find(scales, slice_trim(cells[LEVEL_SCALE]));
    if (!all_filled(cells, scale_level_columns, LEVEL_LEAST, problems) ||
        !level_numbers(cells, &level, problems))
        return;
    if (scale == NULL) {
        problem_add(problems, "scale", "No such scale stands in rules/scales.csv; add it there.");
        return;
    }
    if (scale->level_count == SCALE_MOST_LEVELS) {
        problem_add(problems, "level", "A scale has at most %d levels.", SCALE_MOST_LEVELS);
        return;
    }
    level.code = slice_copy(scales->arena, slice_trim(cells[LEVEL_CODE]));
    level.letters = slice_copy(scales->arena, slice_trim(cells[LEVEL_LETTERS]));
    level.name = slice_copy(scales->arena, slice_trim(cells[LEVEL_NAME]));
    level.word = slice_copy(scales->arena, slice_trim(cells[LEVEL_WORD]));
    level.colour = slice_copy(scales->arena, slice_trim(cells[LEVEL_COLOUR]));
    scale->levels[scale->level_count++] = level;
}

void scales_add_milestone(struct scales *scales, const struct slice cells[SCALE_MILESTONE_COLUMNS],
                          struct problems *problems)
{
    struct scale *scale = find(scales, slice_trim(cells[0]));
    struct slice milestone = slice_trim(cells[1]);
    if (!all_filled(cells, scale_milestone_columns, 2, problems))
        return;
    if (scale == NULL) {
        problem_add(problems, "scale", "No such scale stands in rules/scales.csv; add it there.");
        return;
    }
    for (size_t i = 0; i < scale->milestone_count; i++) {
        if (!slice_is(milestone, scale->milestones[i].milestone))
            continue;
        problem_add(problems, "milestone", "This milestone has a level already; keep one row.");
        return;
    }
    if (scale->milestone_count == SCALE_MOST_MILESTONES) {
        problem_add(problems, "milestone", "A scale has at most %d milestones.",
                    SCALE_MOST_MILESTONES);
        return;
    }
    scale->milestones[scale->milestone_count++] = (struct scale_milestone){
        .milestone = slice_copy(scales->arena, milestone),
        .level = slice_copy(scales->arena, slice_trim(cells[2])),
    };
}

static void sort_levels(struct scale *scale)
{
    for (size_t i = 1; i < scale->level_count; i++) {
        struct scale_level level = scale->levels[i];
        size_t at = i;
        for (; at > 0 && scale->levels[at - 1].order > level.order; at--)
            scale->levels[at] = scale->levels[at - 1];
        scale->levels[at] = level;
    }
}

static bool same_name(const struct scale_level *a, const struct scale_level *b)
{
    return slice_equal_folded(slice_of(a->code), slice_of(b->code)) ||
           slice_equal_folded(slice_of(a->letters), slice_of(b->letters)) ||
           slice_equal_folded(slice_of(a->code), slice_of(b->letters)) ||
           slice_equal_folded(slice_of(a->letters), slice_of(b->code));
}

static void check_levels(const struct scale *scale, struct problems *problems)
{
    size_t last = scale->level_count - 1;
    for (size_t i = 0; i <= last; i++) {
        const struct scale_level *level = &scale->levels[i];
        for (size_t j = 0; j < i; j++)
            if (same_name(level, &scale->levels[j]))
                problem_add(problems, "level", "Scale %s has two levels called %s.", scale->code,
                            level->code);
        if (i > 0 && level->order == level[-1].order)
            problem_add(problems, "order", "Scale %s has two levels of order %" PRId64 ".",
                        scale->code, level->order);
        if (i < last && level->least_variance == INTEGER_MISSING)
            problem_add(problems, "least_variance",
                        "Scale %s, level %s: only the worst level has no bound.", scale->code,
                        level->code);
        else if (i > 0 && i < last && level->least_variance >= level[-1].least_variance)
            problem_add(problems, "least_variance",
                        "Scale %s, level %s: each bound must be below that of the better level.",
                        scale->code, level->code);
    }
    if (scale->levels[last].least_variance != INTEGER_MISSING)
        problem_add(problems, "least_variance",
                    "Scale %s: leave the bound of the worst level, %s, empty, so that every "
                    "distance has a level.",
                    scale->code, scale->levels[last].code);
    else if (last > 0 && scale->levels[last - 1].least_variance > 0)
        problem_add(problems, "least_variance",
                    "Scale %s: a target that is just met must not fall in the worst level, %s.",
                    scale->code, scale->levels[last].code);
}

void scales_check(struct scales *scales, struct problems *problems)
{
    for (size_t i = 0; i < scales->count; i++) {
        struct scale *scale = &scales->items[i];
        if (scale->level_count < 2) {
            problem_add(problems, "scale", "Scale %s needs two levels at least.", scale->code);
            continue;
        }
        sort_levels(scale);
        check_levels(scale, problems);
        for (size_t j = 0; j < scale->milestone_count; j++) {
            const char *level = scale->milestones[j].level;
            if (level[0] != '\0' && scale_level_named(scale, slice_of(level)) == NULL)
                problem_add(problems, "level", "Scale %s has no level %s for the milestone %s.",
                            scale->code, level, scale->milestones[j].milestone);
        }
    }
}

const struct scale *scales_find(const struct scales *scales, const char *code)
{
    for (size_t i = 0; i < scales->count; i++)
        if (strcmp(scales->items[i].code, code) == 0)
            return &scales->items[i];
    return NULL;
}

const struct scale_level *scale_level_named(const struct scale *scale, struct slice name)
{
    name = slice_trim(name);
    for (size_t i = 0; i < scale->level_count; i++)
        if (slice_equal_folded(name, slice_of(scale->levels[i].code)) ||
            slice_equal_folded(name, slice_of(scale->levels[i].letters)))
            return &scale->levels[i];
    return NULL;
}

const struct scale_level *scale_level_of(const struct scale *scale, struct ratio variance)
{
    assert(scale->level_count > 0);
    for (size_t i = 0; i + 1 < scale->level_count; i++)
        if (ratio_compare(variance, ratio_of_millionths(scale->levels[i].least_variance)) >= 0)
            return &scale->levels[i];
    return &scale->levels[scale->level_count - 1];
}

const struct scale_level *scale_level_missed(const struct scale *scale)
{
    const struct scale_level *met = scale_level_of(scale, ratio_of(0));
    assert(met < &scale->levels[scale->level_count - 1]);
    return met + 1;
}

const struct scale_level *scale_level_of_milestone(const struct scale *scale, const char *milestone)
{
    for (size_t i = 0; i < scale->milestone_count; i++)
        if (strcmp(scale->milestones[i].milestone, milestone) == 0)
            return scale_level_named(scale, slice_of(scale->milestones[i].level));
    return NULL;
}
