/* What a reader learns because counts are whole numbers. The audit's proof is over real numbers; a
 * hidden cell that could move by a third alone cannot move at all. */
#ifndef DISCLOSURE_WHOLE_H
#define DISCLOSURE_WHOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"

struct arena;

/* Hidden cells that hang together, with the effort 1; in a larger part none is looked at, because
 * the question is as hard as any integer programme. */
enum { WHOLE_MOST_CELLS = 2000 };

struct whole_options {
    int64_t least; /* hidden cells are known to be this at least */
    int64_t
        effort; /* from 1: how many times larger parts are searched, and how many times longer */
};

enum whole_standing {
    WHOLE_CLEAR,   /* another whole number fits, as far as was looked at */
    WHOLE_OPEN,    /* neither was found within the limits */
    WHOLE_EXPOSED, /* no other whole number fits */
};

struct whole_result {
    int64_t exposed, open;
    unsigned char *standings; /* by cell; of primaries */
    int32_t *parts;           /* by hidden cell: a number that those of its part share */
};

/* `cleared`, by cell, are those for which another number was seen to fit when no more was hidden
 * than now; what is seen is added. Takes the result's memory from the arena. */
void whole_audit(struct arena *arena, const struct relations *relations,
                 const unsigned char *statuses, const struct whole_options *options, bool *cleared,
                 struct whole_result *out_result);

#endif
