/* Rating scales: data from rules/scales.csv, rules/rating_scales.csv and rules/milestone_levels.csv
 * (their columns are explained in rules/README.md). No scale is built into the code. */
#ifndef STATS_SCALE_H
#define STATS_SCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "stats/ratio.h"

struct arena;
struct problems;

enum { SCALE_MOST_SCALES = 32, SCALE_MOST_LEVELS = 12, SCALE_MOST_MILESTONES = 24 };

struct scale_level {
    const char *code;       /* what is stored: HG */
    const char *letters;    /* what a cell prints: HG */
    const char *name;       /* High Green */
    const char *word;       /* Excellent */
    const char *colour;     /* a token for style sheets; never the only sign */
    int64_t least_variance; /* the least distance from the target, in per cent or points, in
                               millionths; INTEGER_MISSING in the worst level */
    int64_t order;          /* 1 is the best */
};

struct scale_milestone {
    const char *milestone;
    const char *level; /* a level's code; "" means deliberately not rated */
};

struct scale {
    const char *code, *title;
    int64_t small_base_least; /* a whole number: a smaller denominator is a small base */
    bool small_base_rates;    /* false: a small base is not rated at all */
    struct scale_level levels[SCALE_MOST_LEVELS]; /* the best first, after scales_check */
    size_t level_count;
    struct scale_milestone milestones[SCALE_MOST_MILESTONES];
    size_t milestone_count;
};

/* All scales; its text lives in `arena`. Start with { .arena = arena }. */
struct scales {
    struct arena *arena;
    struct scale items[SCALE_MOST_SCALES];
    size_t count;
};

/* The columns of the three files, in the order in which the functions below take the cells. */
enum { SCALE_COLUMNS = 4, SCALE_LEVEL_COLUMNS = 8, SCALE_MILESTONE_COLUMNS = 3 };
extern const char *const scale_columns[SCALE_COLUMNS];
extern const char *const scale_level_columns[SCALE_LEVEL_COLUMNS];
extern const char *const scale_milestone_columns[SCALE_MILESTONE_COLUMNS];

/* Each adds one row of its file; the cells are copied. What is wrong with the row is added to
 * `problems` and the row is left out. Scales come before their levels and milestones. */
void scales_add_scale(struct scales *scales, const struct slice cells[SCALE_COLUMNS],
                      struct problems *problems);
void scales_add_level(struct scales *scales, const struct slice cells[SCALE_LEVEL_COLUMNS],
                      struct problems *problems);
void scales_add_milestone(struct scales *scales, const struct slice cells[SCALE_MILESTONE_COLUMNS],
                          struct problems *problems);
/* To be called once after the last row: sorts the levels, the best first, and adds what is wrong
 * with a scale as a whole: orders or codes that repeat, bounds that do not fall from level to
 * level, a worst level that has a bound, no level for a missed target, a milestone whose level is
 * not in the scale. A scale may be used only when nothing was added. */
void scales_check(struct scales *scales, struct problems *problems);

/* The scale of that code, or NULL. */
const struct scale *scales_find(const struct scales *scales, const char *code);
/* The level of that code or those letters, case ignored, or NULL. */
const struct scale_level *scale_level_named(const struct scale *scale, struct slice name);
/* The level in which a distance from the target falls. */
const struct scale_level *scale_level_of(const struct scale *scale, struct ratio variance);
/* The best level that a missed strict target may have: the one after the level of "just met". */
const struct scale_level *scale_level_missed(const struct scale *scale);
/* The level of a milestone's state; NULL when the scale gives it none. */
const struct scale_level *scale_level_of_milestone(const struct scale *scale,
                                                   const char *milestone);

#endif
