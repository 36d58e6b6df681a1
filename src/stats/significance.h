/* Whether a difference may be chance. Measured statistics, in doubles. */
#ifndef STATS_SIGNIFICANCE_H
#define STATS_SIGNIFICANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIGNIFICANCE_MOST_TESTS = 1000 };

struct significance {
    double statistic; /* z, or chi-square; NAN for Fisher's test */
    double p;         /* two-sided */
    int64_t freedom;  /* degrees of freedom of chi-square, else 0 */
    bool is_exact;    /* Fisher's test was used */
    bool is_rough;    /* some expected count is below 5 */
};

/* `cases` of `base` in one group. */
struct significance_group {
    int64_t cases, base;
};

/* The z test of two shares with pooled variance; positive when the first share is larger. z is 0
 * and p is 1 when nobody or everybody is a case. Bases are above 0. */
struct significance significance_of_shares(struct significance_group first,
                                           struct significance_group second);
/* Fisher's exact test, two-sided: the chance of all tables with the same margins that are no
 * likelier than this one. */
struct significance significance_exact(struct significance_group first,
                                       struct significance_group second);
/* The z test where every expected count is 5 at least, else Fisher's. */
struct significance significance_compare(struct significance_group first,
                                         struct significance_group second);
/* Pearson's chi-square for 2 or more groups, cases against the rest; groups with base 0 are left
 * out. With fewer than 2 groups, or no cases, or cases only: 0, p 1, no degrees of freedom. */
struct significance significance_of_groups(const struct significance_group *groups, size_t count);
/* The chance of a chi-square that large or larger; `freedom` is 1 at least. */
double significance_chi_square(double statistic, int64_t freedom);
/* Holm's adjustment for several tests: each p becomes the least level at which it is significant
 * in the family. `out_adjusted` has room for `count` (at most SIGNIFICANCE_MOST_TESTS), in the
 * order of `p`. */
void significance_holm(const double *p, size_t count, double *out_adjusted);

#endif
