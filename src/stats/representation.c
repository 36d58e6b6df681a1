/* Representation index and shortfall: share against benchmark. Rates of disclosure and response. */
#include "stats/representation.h"

#include <assert.h>

#include "base/number.h"
#include "stats/ratio.h"
#include "base/banned.h"

enum { PER_CENT = 100, LEAST_INDEX = 80, MOST_INDEX = 125 };

static enum likelihood_finding finding_of(const struct representation *representation,
                                          int64_t benchmark)
{
    double aim = (double)benchmark / (double)NUMBER_ONE;
    bool holds = representation->interval.low <= aim && representation->interval.high >= aim;
    bool outside = representation->index < LEAST_INDEX * NUMBER_ONE ||
                   representation->index > MOST_INDEX * NUMBER_ONE;
    if (outside)
        return holds ? LIKELIHOOD_INDICATION : LIKELIHOOD_SIGNIFICANT;
    return holds ? LIKELIHOOD_NO_EVIDENCE : LIKELIHOOD_SMALL_BUT_REAL;
}

bool representation_of(int64_t people, int64_t all, int64_t benchmark,
                       struct representation *out_representation)
{
    struct representation result = { .is_small = all < LIKELIHOOD_SMALL_BASE };
    struct ratio share, aim = { 0, 1 }, index, gap, wanted;
    if (all <= 0 || benchmark == INTEGER_MISSING || benchmark <= 0 ||
        benchmark > PER_CENT * NUMBER_ONE)
        return false;
    assert(people >= 0 && people <= all);
    aim = ratio_of_millionths(benchmark);
    bool made = ratio_make((ratio_wide)people * PER_CENT, all, &share) &&
                ratio_divide(share, aim, &index) &&
                ratio_multiply(index, ratio_of(PER_CENT), &index) &&
                ratio_subtract(share, aim, &gap) && ratio_multiply(aim, ratio_of(all), &wanted) &&
                ratio_divide(wanted, ratio_of(PER_CENT), &wanted) &&
                ratio_round(share, &result.share) && ratio_round(index, &result.index) &&
                ratio_round(gap, &result.gap);
    if (!made)
        return false;
    result.shortfall = (int64_t)ratio_round_to(wanted, 0).numerator - people;
    result.interval = interval_wilson((double)people, (double)all, INTERVAL_Z_95);
    result.interval.low *= PER_CENT;
    result.interval.high *= PER_CENT;
    result.finding = finding_of(&result, benchmark);
    *out_representation = result;
    return true;
}

bool answer_rates_of(struct answer_counts counts, struct answer_rates *out_rates)
{
    int64_t responses = counts.answered + counts.preferred_not;
    return counts.all > 0 &&
           number_scale(counts.answered, PER_CENT * NUMBER_ONE, counts.all,
                        &out_rates->disclosure) &&
           number_scale(responses, PER_CENT * NUMBER_ONE, counts.all, &out_rates->response) &&
           number_scale(counts.all - responses, PER_CENT * NUMBER_ONE, counts.all,
                        &out_rates->unknown);
}

bool survey_share_of(const struct weighted_share *weighted, struct survey_share *out_share)
{
    if (weighted->weight <= 0)
        return false;
    double share = weighted->cases_weight / weighted->weight;
    double base = weighted->weight * weighted->weight / weighted->squared_weight;
    share = share > 1 ? 1 : share;
    struct interval interval = interval_wilson(share * base, base, INTERVAL_Z_95);
    *out_share = (struct survey_share){ share * PER_CENT,
                                        base,
                                        { interval.low * PER_CENT, interval.high * PER_CENT } };
    return true;
}
