/* Formulas: NHS workforce race and disability equality standards (ratios), the four-fifths rule of
 * the Uniform Guidelines on Employee Selection Procedures, Katz and others 1978, Newcombe 1998. */
#include "stats/likelihood.h"

#include <assert.h>
#include <math.h>

#include "base/number.h"
#include "stats/ratio.h"
#include "base/banned.h"

/* (a/n) / (b/m) in millionths; false when it does not exist. */
static bool ratio_of_shares(struct significance_group top, struct significance_group bottom,
                            int64_t *out_ratio)
{
    struct ratio ratio;
    ratio_wide above = (ratio_wide)top.cases * bottom.base;
    ratio_wide below = (ratio_wide)bottom.cases * top.base;
    return ratio_make(above, below, &ratio) && ratio_round(ratio, out_ratio);
}

/* (a/(n-a)) / (b/(m-b)) in the same way. */
static bool ratio_of_odds(struct significance_group top, struct significance_group bottom,
                          int64_t *out_ratio)
{
    struct ratio ratio;
    ratio_wide above = (ratio_wide)top.cases * (bottom.base - bottom.cases);
    ratio_wide below = (ratio_wide)bottom.cases * (top.base - top.cases);
    return ratio_make(above, below, &ratio) && ratio_round(ratio, out_ratio);
}

static enum likelihood_finding finding_of(struct interval_ratio ratio)
{
    switch (interval_read(ratio)) {
    case INTERVAL_NO_EVIDENCE:
        return LIKELIHOOD_NO_EVIDENCE;
    case INTERVAL_SMALL_BUT_REAL:
        return LIKELIHOOD_SMALL_BUT_REAL;
    case INTERVAL_INDICATION:
        return LIKELIHOOD_INDICATION;
    case INTERVAL_ADVERSE:
        break;
    }
    return LIKELIHOOD_SIGNIFICANT;
}

static bool is_below_four_fifths(struct significance_group group,
                                 struct significance_group reference)
{
    enum { FOUR = 4, FIFTHS = 5 };
    return (ratio_wide)FIFTHS * group.cases * reference.base <
           (ratio_wide)FOUR * reference.cases * group.base;
}

struct likelihood likelihood_compare(struct significance_group reference,
                                     struct significance_group group, enum likelihood_top top)
{
    struct likelihood result = { .finding = LIKELIHOOD_NOT_COMPARED };
    assert(reference.cases >= 0 && reference.cases <= reference.base);
    assert(group.cases >= 0 && group.cases <= group.base);
    if (reference.base == 0 || group.base == 0 || reference.cases + group.cases == 0)
        return result;
    struct significance_group above = top == LIKELIHOOD_GROUP_ON_TOP ? group : reference;
    struct significance_group below = top == LIKELIHOOD_GROUP_ON_TOP ? reference : group;
    struct interval_counts counts = { (double)above.cases, (double)above.base, (double)below.cases,
                                      (double)below.base };
    bool is_odds = top == LIKELIHOOD_REFERENCE_ODDS_ON_TOP;
    result.has_ratio = is_odds ? ratio_of_odds(above, below, &result.ratio)
                               : ratio_of_shares(above, below, &result.ratio);
    result.katz = is_odds ? interval_of_odds(counts, INTERVAL_Z_95)
                          : interval_of_ratio(counts, INTERVAL_Z_95);
    result.difference = interval_of_difference(counts, INTERVAL_Z_95);
    result.test = significance_compare(above, below);
    result.finding = finding_of(result.katz);
    result.is_below_four_fifths = is_below_four_fifths(group, reference);
    result.is_small = reference.base < LIKELIHOOD_SMALL_BASE || group.base < LIKELIHOOD_SMALL_BASE;
    return result;
}

struct significance_group likelihood_pool(const struct significance_group *years, size_t count)
{
    struct significance_group pooled = { 0, 0 };
    for (size_t i = 0; i < count; i++) {
        pooled.cases += years[i].cases;
        pooled.base += years[i].base;
    }
    return pooled;
}

struct significance likelihood_family(const struct significance_group *groups, size_t count,
                                      enum likelihood_top top, struct likelihood *out,
                                      double *out_adjusted)
{
    double p[LIKELIHOOD_MOST_GROUPS], adjusted[LIKELIHOOD_MOST_GROUPS];
    size_t compared = 0;
    assert(count >= 1 && count <= LIKELIHOOD_MOST_GROUPS);
    for (size_t i = 0; i < count; i++) {
        out[i] = i > 0 ? likelihood_compare(groups[0], groups[i], top)
                       : (struct likelihood){ .finding = LIKELIHOOD_NOT_COMPARED };
        out_adjusted[i] = NAN;
        if (out[i].finding != LIKELIHOOD_NOT_COMPARED)
            p[compared++] = out[i].test.p;
    }
    significance_holm(p, compared, adjusted);
    compared = 0;
    for (size_t i = 0; i < count; i++)
        if (out[i].finding != LIKELIHOOD_NOT_COMPARED)
            out_adjusted[i] = adjusted[compared++];
    return significance_of_groups(groups, count);
}

bool likelihood_share_ratio(struct significance_group group, struct significance_group all,
                            int64_t *out_ratio)
{
    return all.cases > 0 && group.base > 0 && ratio_of_shares(group, all, out_ratio);
}

const char *likelihood_finding_code(enum likelihood_finding finding)
{
    static const char *const codes[] = {
        [LIKELIHOOD_NO_EVIDENCE] = "no-evidence",   [LIKELIHOOD_SMALL_BUT_REAL] = "small-but-real",
        [LIKELIHOOD_INDICATION] = "indication",     [LIKELIHOOD_SIGNIFICANT] = "significant",
        [LIKELIHOOD_NOT_COMPARED] = "not-compared",
    };
    return codes[finding];
}
