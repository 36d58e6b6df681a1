/* Level 4: the interval of every hidden cell over all solutions, by linear programmes; and a
 * solution of a puzzle, where no true counts are at hand. */
#ifndef ATTACK_WIDTHS_H
#define ATTACK_WIDTHS_H

#include "attack/bounds.h"

enum { WIDTHS_MOST_CELLS = 6000 }; /* that hang together: what is larger takes hours */

struct widths_options {
    const int64_t *start;     /* a solution, or NULL */
    const bool *is_asked;     /* of a cell */
    int64_t width;            /* cells that can differ by as much are not followed further */
    const struct bounds *met; /* what cells have in tables of whole numbers, least above most where
                                 none is known; those far enough apart in them are not followed, and
                                 what is met on the way is added */
};

/* Follows cells over the real numbers. Narrows the bounds of those that are less than `width` apart
 * in all solutions to the whole numbers between; sets `out_is_apart` for those that can be as far
 * apart. Neither is said of cells in parts that are too large, or not settled in the time. Gives
 * how many programmes were solved. */
int32_t widths_find(const struct puzzle *puzzle, struct bounds *bounds,
                    const struct widths_options *options, bool *out_is_apart);
/* Finds a solution within the bounds that stands away from them where it can: the middle of several
 * corners. Gives false for cells of components for which none was found; the sentence for that is
 * the caller's. `out_point` has a value for each cell. */
bool widths_point(const struct puzzle *puzzle, const struct bounds *bounds, double *out_point);

#endif
