/* The attack: the levels one after the other, each of which proves more than the one before it. */
#ifndef ATTACK_ATTACK_H
#define ATTACK_ATTACK_H

#include "attack/bounds.h"
#include "attack/integers.h"
#include "attack/joint.h"
#include "attack/opinion.h"

enum attack_level {
    LEVEL_SUBTRACTION,
    LEVEL_INTERVALS,
    LEVEL_EXACT,
    LEVEL_JOINT,
    LEVEL_WIDTHS,
    LEVEL_OPINION,
    LEVEL_COUNT,
    LEVEL_NONE = LEVEL_COUNT, /* of a cell that no level found */
};

struct attack_options {
    enum attack_level level; /* the last to run */
    int64_t width;           /* the difference between most and least that a protected cell needs;
                                1: it must not be known exactly */
    int64_t sample;          /* of level 5: it asks about so many hidden cells; 0: about all */
    int64_t threshold;     /* a hidden cell that is not primary is protected too where it is proved
                              to be below this; 0: only primary ones are */
    int64_t effort;        /* of level 4: how long is searched, times what is usual; 0: as usual */
    int64_t rounded_below; /* a figure that is shown rounded is protected too where it is proved to
                              be below this and somebody; 0: it is not */
};

struct attack_count {
    int32_t primary, secondary;
};

struct attack_result {
    struct bounds bounds;                   /* what is proved of each cell */
    unsigned char *level;                   /* at which level a hidden cell became known exactly */
    bool *is_exposed;                       /* proved more narrowly than it may be */
    int32_t hidden, primary;                /* cells hidden, and of them for their own sake */
    struct attack_count known[LEVEL_COUNT]; /* cells known exactly, by the level that did it */
    int32_t exposed;
    bool is_undecided;             /* some cells could not be decided at level 2: not proved safe */
    struct joint_result joint;     /* of level 3 */
    struct opinion_result opinion; /* of level 5 */
    /* Of level 4: cells of which it is not known whether they can be far enough apart, and of them
     * those that can over the real numbers; cells of which more was proved; programmes solved. */
    int32_t open, open_apart, narrowed, programmes;
    bool is_exhausted; /* and its time was used up before all were looked at */
};

/* Runs the levels. Fails with STATUS_INPUT when the figures contradict each other; then the
 * result's bounds say which equation cannot be met. */
MUST_CHECK enum status attack_run(struct work *work, const struct puzzle *puzzle,
                                  const struct attack_options *options,
                                  struct attack_result *out_result);
/* What a level is called in a report: "subtraction"; NULL where there is none of that number. */
const char *attack_level_name(enum attack_level level);

#endif
