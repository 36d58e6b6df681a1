/* Secondary suppression over all linked tables at once: what else must be hidden so that no primary
 * can be worked out from what is shown. */
#ifndef DISCLOSURE_SECONDARY_H
#define DISCLOSURE_SECONDARY_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"

enum cell_status {
    CELL_PUBLISHED,
    CELL_PRIMARY,     /* hidden for its own sake */
    CELL_SECONDARY,   /* hidden so that primaries cannot be worked out */
    CELL_KNOWN,       /* shown, whatever else: released before, or zero by its nature */
    CELL_UNPUBLISHED, /* never shown, nothing to protect: a combination of the joint space */
    CELL_CONSTANT,    /* outside of what is looked at (part.h) */
    CELL_STATUS_COUNT
};

/* "published", "primary", "secondary", "known", "unpublished", "constant". */
const char *cell_status_name(enum cell_status status);

enum safety {
    SAFETY_LINEAR, /* against a reader who only adds and subtracts */
    SAFETY_ONES,   /* who also knows the least that a hidden cell can hold */
    SAFETY_JOINT,  /* who also reasons about whole people over linked tables (joint.h) */
};

struct secondary_options {
    enum safety safety;
    int64_t least;          /* a reader knows that a hidden cell is at least this: 1 when zeros are
                               shown, 0 when they are hidden among the small numbers */
    const int64_t *weights; /* by cell, what it costs to hide it, from 0; NULL: every cell alike,
                               larger values a little more */
    int64_t effort;         /* how long to look for a cheaper pattern; 0: the first that is safe */
    int64_t most_rounds;    /* of that search; 0: as many as the effort asks for */
};

enum { SECONDARY_STANDARD_EFFORT = 1, SECONDARY_MOST_EFFORT = 1000 };
#define SECONDARY_MOST_WEIGHT INT64_C(1000000)

struct secondary_result {
    int64_t primary_count, secondary_count, published_count, known_count;
    int32_t refused_cell; /* a known cell that gives a primary away, or -1 */
    int64_t rounds;       /* of the search */
    int64_t *witness;     /* by cell; what the audit proves safety with */
};

/* `statuses`, by cell, comes with CELL_PUBLISHED, CELL_PRIMARY and CELL_KNOWN and goes with
 * CELL_SECONDARY where a cell must be hidden. A published cell below `least` is never hidden. The
 * same input gives the same pattern on every machine. Fails with STATUS_REFUSED when known cells
 * give a primary away whatever else is hidden. */
MUST_CHECK enum status secondary_protect(struct work *work, const struct relations *relations,
                                         const struct secondary_options *options,
                                         unsigned char *statuses,
                                         struct secondary_result *out_result);
/* Counts the statuses into the result. */
void secondary_count(const struct relations *relations, const unsigned char *statuses,
                     struct secondary_result *result);

#endif
