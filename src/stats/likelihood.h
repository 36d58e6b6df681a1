/* How likely one group is to meet with an event (to be appointed, to be disciplined, to be served)
 * against a reference group; and how that may be spoken of. Shares and ratios are exact until they
 * are printed; intervals and tests are measured statistics. */
#ifndef STATS_LIKELIHOOD_H
#define STATS_LIKELIHOOD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/interval.h"
#include "stats/significance.h"

enum {
    LIKELIHOOD_MOST_GROUPS = 200,
    LIKELIHOOD_SMALL_BASE = 30 /* below this two or three years should be pooled */
};

/* Which group's likelihood is divided by the other's, and whether it is odds that are divided: the
 * race disparity ratio is White staff in higher grades over those in lower, over the same of staff
 * of ethnic minorities. The workforce race standard puts White staff
 * on top for appointments and training, and staff of ethnic minorities for disciplinary processes,
 * so that above 1 always means a disadvantage for the latter. */
enum likelihood_top {
    LIKELIHOOD_REFERENCE_ON_TOP,
    LIKELIHOOD_GROUP_ON_TOP,
    LIKELIHOOD_REFERENCE_ODDS_ON_TOP
};

/* The decision table for speaking of a difference. */
enum likelihood_finding {
    LIKELIHOOD_NO_EVIDENCE,
    LIKELIHOOD_SMALL_BUT_REAL, /* within 0.8 to 1.25, and the interval leaves out 1 */
    LIKELIHOOD_INDICATION,     /* outside, and the interval holds 1: small numbers */
    LIKELIHOOD_SIGNIFICANT,    /* outside, and the interval leaves out 1 */
    LIKELIHOOD_NOT_COMPARED    /* a base is 0, or nobody at all met with the event */
};

struct likelihood {
    enum likelihood_finding finding;
    bool has_ratio; /* the bottom likelihood is above 0, so the ratio itself exists */
    int64_t ratio;  /* in millionths, rounded half away from zero */
    struct interval_ratio
        katz; /* 95%; with half a case added where a number is 0; Woolf's of odds */
    struct interval difference; /* Newcombe's, 95%, of top less bottom, as shares */
    struct significance test;   /* z where all expected counts are 5, else Fisher's */
    bool is_below_four_fifths;  /* the group's share is below 4/5 of the reference's, exactly */
    bool is_small;              /* a base is below LIKELIHOOD_SMALL_BASE: pool years */
};

/* Compares a group with the reference. Cases are at most their base. */
struct likelihood likelihood_compare(struct significance_group reference,
                                     struct significance_group group, enum likelihood_top top);
/* Years together: sums of cases and of bases. */
struct significance_group likelihood_pool(const struct significance_group *years, size_t count);

/* Several groups against the reference, groups[0]: the chi-square of all of them, and each one's
 * comparison with its p value adjusted by Holm for the number of comparisons made. `out` and
 * `out_adjusted` have an item for each group; the reference's own is LIKELIHOOD_NOT_COMPARED, and
 * so is a group without base. An adjusted p is NAN where nothing was compared. */
struct significance likelihood_family(const struct significance_group *groups, size_t count,
                                      enum likelihood_top top, struct likelihood *out,
                                      double *out_adjusted);

/* (a group's share of those with the outcome) / (its share of those who could have had it), in
 * millionths: hires against applicants, leavers against staff, and equality of service provision
 * (PAF E48), where 1 is parity. False when nobody had the outcome or the group has no base. */
bool likelihood_share_ratio(struct significance_group group, struct significance_group all,
                            int64_t *out_ratio);

/* "significant", "indication", "small-but-real", "no-evidence", "not-compared". */
const char *likelihood_finding_code(enum likelihood_finding finding);

#endif
