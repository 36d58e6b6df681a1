/* Cells that are hidden beside small ones which counts being whole numbers would give away
 * (whole.h): chosen near each, and protected by looking at the cells around them alone. */
#ifndef DISCLOSURE_COMPANIONS_H
#define DISCLOSURE_COMPANIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/work.h"
#include "disclosure/relations.h"
#include "disclosure/whole.h"

struct companions {
    const struct relations *relations;
    const int64_t *weights; /* by cell, what it costs to hide it; NULL: its value */
    struct whole_options whole;
    struct whole_result *found; /* by `whole_audit`; what is cleared is noted here */
    unsigned char *statuses;    /* by cell; hidden cells are added */
};

/* Near each exposed cell hides shown cells until another whole number is seen to fit for it, or
 * until no candidate helps. Whatever was safe stays safe, by the same witness: more is hidden, and
 * no cell that can move one way alone. Gives how many cells were hidden. */
int32_t companions_hide(struct work *work, const struct companions *companions);
/* The cheapest shown cells beside those that are still exposed, one near each: for a run over
 * everything with these as primaries. `out_cells` has room for every exposed cell. */
int32_t companions_pick(const struct companions *companions, int32_t *out_cells);

#endif
