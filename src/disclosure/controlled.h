/* Controlled rounding: every count becomes one of the two multiples of the base next to it, so that
 * every sum of the tables still holds and as little as can be is moved (Cox 1987). A multiple of
 * the base stays (zero-restricted); where no such rounding is found, multiples may move by the base
 * too. No count moves by more than the base.
 *
 * The rounded table adds up and is a table of counts itself, so it is among those that fit what a
 * reader knows: who narrows a figure down to one count can only find a multiple of the base. */
#ifndef DISCLOSURE_CONTROLLED_H
#define DISCLOSURE_CONTROLLED_H

#include <stdbool.h>
#include <stdint.h>

#include "disclosure/relations.h"

enum { CONTROLLED_MOST_BASE = 1000000 };

struct controlled {
    int64_t *values;        /* by cell: what is shown */
    int64_t changed_count;  /* cells that differ from the truth */
    int64_t largest_change; /* of a cell */
    int64_t moved;          /* what all cells moved together */
    bool is_widened;        /* multiples of the base had to move */
    bool is_least;          /* proved: no rounding of this kind moves less in all */
};

/* Tables of two variables, and what hangs together like them, are solved exactly as a flow through
 * a network; the rest by branch and bound with a limit on its steps. The same counts give the same
 * figures. STATUS_REFUSED when no rounding is found within the limit. */
MUST_CHECK enum status controlled_round(struct work *work, const struct relations *relations,
                                        int64_t base, struct controlled *out_controlled);

#endif
