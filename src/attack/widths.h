/* Level 4: the interval of every hidden cell over all solutions, by linear programmes; and a
 * solution of a puzzle, where no true counts are at hand. */
#ifndef ATTACK_WIDTHS_H
#define ATTACK_WIDTHS_H

#include "attack/bounds.h"

struct widths_result {
    int32_t programmes; /* how many were solved */
    int32_t too_large;  /* cells in components that are too large for it, or that failed */
};

struct widths_options {
    const int64_t *start; /* a solution, or NULL */
    int64_t width;        /* cells that can differ by as much are not followed further */
};

/* Narrows the bounds of hidden cells that are less than `width` apart in all solutions over the
 * real numbers to the whole numbers between. */
struct widths_result widths_find(const struct puzzle *puzzle, struct bounds *bounds,
                                 const struct widths_options *options);
/* Finds a solution within the bounds that stands away from them where it can: the middle of several
 * corners. Gives false for cells of components for which none was found; the sentence for that is
 * the caller's. `out_point` has a value for each cell. */
bool widths_point(const struct puzzle *puzzle, const struct bounds *bounds, double *out_point);

#endif
