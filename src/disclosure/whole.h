/* What a reader learns because counts are whole numbers. The audit's proof is over real numbers; a
 * hidden cell that could move by a third alone cannot move at all. */
#ifndef DISCLOSURE_WHOLE_H
#define DISCLOSURE_WHOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/part.h"
#include "disclosure/relations.h"

struct arena;

/* Hidden cells that hang together, with the effort 1. In a larger part other tables are looked for
 * by shifts alone (shifts.h), and it is never said that there is none: the question is as hard as
 * any integer programme. */
enum { WHOLE_MOST_CELLS = 2000 };

struct whole_options {
    int64_t least; /* hidden cells are known to be this at least */
    int64_t
        effort; /* from 1: how many times larger parts are searched, and how many times longer */
};

enum whole_standing {
    WHOLE_CLEAR,    /* no primary; or another whole number fits, as far as was looked at */
    WHOLE_OPEN,     /* neither was found within the limits */
    WHOLE_EXPOSED,  /* no other whole number fits */
    WHOLE_NOT_ASKED /* comes first */
};

struct whole_result {
    int64_t exposed, open;
    unsigned char *standings; /* by cell */
    bool *is_cleared;         /* by cell: another number was seen to fit */
    struct arena *arena;
    struct whole_reason *reasons; /* by cell: of exposed ones */
};

/* The cells that another number would move, until one could not. */
struct whole_reason {
    int32_t *cells;
    int32_t count;
};

/* Nothing was asked yet. In the arena, and so is what it comes to hold. */
struct whole_result whole_begin(struct arena *arena, const struct relations *relations,
                                const unsigned char *statuses);
/* Asks for primaries that were not asked for, and again for exposed ones: when more is hidden, what
 * was seen to fit still fits. */
void whole_audit(const struct relations *relations, const unsigned char *statuses,
                 const struct whole_options *options, struct whole_result *result);
/* Hidden cells that are near one another; the first `asked` of them are asked for. */
struct whole_near {
    const int32_t *cells;
    int32_t count, asked;
};

/* The same for exposed ones of these, with all other cells fixed: what is not seen to fit may yet.
 * `out_cleared` goes by these cells. Gives how many of the exposed are cleared; `whole_clear` notes
 * it. */
int32_t whole_ask_near(struct part_maker *maker, const struct whole_near *near,
                       const struct whole_options *options, const struct whole_result *result,
                       bool *out_cleared);
void whole_clear(const int32_t *cells, int32_t count, const bool *cleared,
                 struct whole_result *result);

#endif
