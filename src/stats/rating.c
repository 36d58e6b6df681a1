/* Values, targets and distances are exact fractions; only the interval is in doubles. */
#include "stats/rating.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "stats/rating_reason.h"
#include "base/banned.h"

enum { MONTHS = 12, HUNDRED = 100 };

static const char *const polarity_codes[] = {
    [RATING_HIGHER] = "higher",
    [RATING_LOWER] = "lower",
    [RATING_BAND] = "band",
    [RATING_MILESTONE] = "milestone",
};

static const char *const comparator_codes[] = {
    [RATING_AT_LEAST] = "at-least", [RATING_ABOVE] = "above",     [RATING_AT_MOST] = "at-most",
    [RATING_BELOW] = "below",       [RATING_BETWEEN] = "between", [RATING_EQUAL] = "equal",
};

static const char *const distance_codes[] = {
    [RATING_RELATIVE] = "relative",
    [RATING_POINTS] = "points",
};

static const char *const missing_codes[] = {
    [RATING_NOT_MISSING] = "",
    [RATING_NOT_DUE] = "not-due",
    [RATING_AWAITED] = "awaited",
    [RATING_NOT_COLLECTED] = "not-collected",
    [RATING_BASELINE_NOT_SET] = "baseline-not-set",
    [RATING_NOT_APPLICABLE] = "not-applicable",
    [RATING_WITHHELD] = "withheld",
};

static const char *const roll_up_codes[] = {
    [RATING_ROLL_NONE] = "none",   [RATING_ROLL_SUM] = "sum",       [RATING_ROLL_MEAN] = "mean",
    [RATING_ROLL_WORST] = "worst", [RATING_ROLL_MANUAL] = "manual",
};

static const char *const refusal_codes[] = {
    [RATING_GIVEN] = NULL,
    [RATING_REFUSED_MISSING] = "missing",
    [RATING_REFUSED_UNTYPED] = "missing-untyped",
    [RATING_REFUSED_NO_TARGET] = "no-target",
    [RATING_REFUSED_NO_BASELINE] = "no-baseline",
    [RATING_REFUSED_NO_BASE] = "no-base",
    [RATING_REFUSED_ZERO_TARGET] = "zero-target",
    [RATING_REFUSED_CONTRADICTION] = "contradiction",
    [RATING_REFUSED_SMALL_BASE] = "small-base",
    [RATING_REFUSED_MILESTONE] = "milestone-without-level",
    [RATING_REFUSED_TOO_LARGE] = "too-large",
    [RATING_REFUSED_PARTS] = "parts",
};

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static bool code_read(const char *const *codes, size_t count, const char *code, size_t *out_place)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(codes[i], code != NULL ? code : "") != 0)
            continue;
        *out_place = i;
        return true;
    }
    return false;
}

bool rating_polarity_read(const char *code, enum rating_polarity *out_polarity)
{
    size_t place = 0;
    bool known = code_read(polarity_codes, COUNT_OF(polarity_codes), code, &place);
    if (known)
        *out_polarity = (enum rating_polarity)place;
    return known;
}

bool rating_comparator_read(const char *code, enum rating_comparator *out_comparator)
{
    size_t place = 0;
    bool known = code_read(comparator_codes, COUNT_OF(comparator_codes), code, &place);
    if (known)
        *out_comparator = (enum rating_comparator)place;
    return known;
}

bool rating_distance_read(const char *code, enum rating_distance *out_distance)
{
    size_t place = 0;
    bool known = code_read(distance_codes, COUNT_OF(distance_codes), code, &place);
    if (known)
        *out_distance = (enum rating_distance)place;
    return known;
}

bool rating_missing_read(const char *code, enum rating_missing *out_missing)
{
    size_t place = 0;
    bool known = code_read(missing_codes, COUNT_OF(missing_codes), code, &place);
    if (known)
        *out_missing = (enum rating_missing)place;
    return known;
}

bool rating_roll_up_read(const char *code, enum rating_roll_up *out_roll_up)
{
    size_t place = 0;
    bool known = code_read(roll_up_codes, COUNT_OF(roll_up_codes), code, &place);
    if (known)
        *out_roll_up = (enum rating_roll_up)place;
    return known;
}

const char *rating_refusal_code(enum rating_refusal refusal)
{
    return refusal_codes[refusal];
}

static bool is_given(int64_t millionths)
{
    return millionths != INTEGER_MISSING;
}

/* The value as an exact fraction, in the unit in which it is printed. */
static enum rating_refusal find_value(const struct rating_input *input,
                                      struct computed_rating *rating)
{
    if (is_given(input->denominator) && input->denominator == 0)
        return RATING_REFUSED_NO_BASE;
    if (is_given(input->numerator) && is_given(input->denominator)) {
        struct ratio factor = ratio_of(input->is_percentage ? HUNDRED : 1), quotient = { 0, 1 };
        if (!ratio_make(input->numerator, input->denominator, &quotient) ||
            !ratio_multiply(quotient, factor, &rating->value))
            return RATING_REFUSED_TOO_LARGE;
    } else if (is_given(input->value)) {
        rating->value = ratio_of_millionths(input->value);
    } else {
        return RATING_REFUSED_UNTYPED;
    }
    rating->has_value = true;
    return RATING_GIVEN;
}

/* baseline * (100 + change) / 100 */
static enum rating_refusal find_relative_target(const struct rating_input *input,
                                                struct ratio *out_target)
{
    struct ratio factor = { 0, 1 };
    if (!is_given(input->change_percent))
        return RATING_REFUSED_NO_TARGET;
    if (!is_given(input->baseline))
        return RATING_REFUSED_NO_BASELINE;
    return ratio_add(ratio_of_millionths(input->change_percent), ratio_of(HUNDRED), &factor) &&
                   ratio_divide(factor, ratio_of(HUNDRED), &factor) &&
                   ratio_multiply(ratio_of_millionths(input->baseline), factor, out_target)
               ? RATING_GIVEN
               : RATING_REFUSED_TOO_LARGE;
}

/* The effective target: of a baseline, or as given; its share of the year where that is due. */
static enum rating_refusal find_target(const struct rating_input *input,
                                       struct computed_rating *rating)
{
    enum rating_refusal refusal = RATING_GIVEN;
    bool is_band = input->comparator == RATING_BETWEEN;
    if (input->is_baseline_relative && !is_band)
        refusal = find_relative_target(input, &rating->target);
    else if (!is_given(input->target) ||
             (is_band && (!is_given(input->upper) || input->upper < input->target)))
        refusal = RATING_REFUSED_NO_TARGET;
    else
        rating->target = ratio_of_millionths(input->target);
    if (refusal != RATING_GIVEN)
        return refusal;
    rating->upper = is_band ? ratio_of_millionths(input->upper) : rating->target;
    if (input->is_cumulative && input->target_kind == RATING_ANNUAL && !input->is_percentage) {
        assert(input->months_gone >= 1 && input->months_gone <= MONTHS);
        struct ratio share = { 0, 1 };
        if (!ratio_make(input->months_gone, MONTHS, &share) ||
            !ratio_multiply(rating->target, share, &rating->target) ||
            !ratio_multiply(rating->upper, share, &rating->upper))
            return RATING_REFUSED_TOO_LARGE;
        rating->is_shared_out = input->months_gone < MONTHS;
    }
    rating->has_target = true;
    return RATING_GIVEN;
}

static bool contradicts(enum rating_polarity polarity, enum rating_comparator comparator)
{
    bool wants_high = comparator == RATING_AT_LEAST || comparator == RATING_ABOVE;
    bool wants_low = comparator == RATING_AT_MOST || comparator == RATING_BELOW;
    return (polarity == RATING_HIGHER && wants_low) || (polarity == RATING_LOWER && wants_high);
}

/* The distance in the value's own unit, better being positive, and the edge it is taken from. */
static bool find_points(const struct rating_input *input, const struct computed_rating *rating,
                        struct ratio *out_points, struct ratio *out_edge)
{
    struct ratio points = { 0, 1 };
    bool above = ratio_compare(rating->value, rating->upper) > 0;
    *out_edge = above ? rating->upper : rating->target;
    if (!ratio_subtract(rating->value, *out_edge, &points))
        return false;
    switch (input->comparator) {
    case RATING_AT_LEAST:
    case RATING_ABOVE:
        break;
    case RATING_AT_MOST:
    case RATING_BELOW:
        points = ratio_negate(points);
        break;
    case RATING_BETWEEN:
        if (!above && ratio_compare(rating->value, rating->target) >= 0)
            points = ratio_of(0);
        points = ratio_negate(ratio_absolute(points));
        break;
    case RATING_EQUAL:
        points = ratio_negate(ratio_absolute(points));
        break;
    }
    *out_points = points;
    return true;
}

static enum rating_refusal find_variance(const struct rating_input *input,
                                         struct computed_rating *rating)
{
    struct ratio points = { 0, 1 }, edge = { 0, 1 };
    if (!find_points(input, rating, &points, &edge))
        return RATING_REFUSED_TOO_LARGE;
    rating->distance = input->distance;
    rating->variance = points;
    if (input->distance == RATING_RELATIVE) {
        bool inside = input->comparator == RATING_BETWEEN && ratio_sign(points) == 0;
        if (ratio_sign(edge) == 0 && !inside)
            return RATING_REFUSED_ZERO_TARGET;
        if (!inside && (!ratio_divide(points, ratio_absolute(edge), &points) ||
                        !ratio_multiply(points, ratio_of(HUNDRED), &rating->variance)))
            return RATING_REFUSED_TOO_LARGE;
    }
    return ratio_round(rating->variance, &rating->variance_rounded) ? RATING_GIVEN
                                                                    : RATING_REFUSED_TOO_LARGE;
}

/* Wilson's interval of a percentage whose base is known, and the flags that follow from the base.
 */
static void judge_base(const struct scale *scale, const struct rating_input *input,
                       struct computed_rating *rating)
{
    if (!is_given(input->denominator) || input->denominator <= 0)
        return;
    struct ratio base = ratio_of_millionths(input->denominator);
    struct ratio least = is_given(input->small_base) ? ratio_of_millionths(input->small_base)
                                                     : ratio_of(scale->small_base_least);
    rating->is_small_base = ratio_compare(base, least) < 0;
    if (!input->is_percentage || ratio_sign(rating->value) < 0 ||
        ratio_compare(rating->value, ratio_of(HUNDRED)) > 0)
        return;
    double count = ratio_real(base);
    double cases = ratio_real(rating->value) / HUNDRED * count;
    struct interval interval = interval_wilson(cases < count ? cases : count, count, INTERVAL_Z_95);
    rating->interval = (struct interval){ interval.low * HUNDRED, interval.high * HUNDRED };
    rating->has_interval = true;
    double low = ratio_real(rating->target), high = ratio_real(rating->upper);
    rating->is_not_significant = (rating->interval.low <= low && low <= rating->interval.high) ||
                                 (rating->interval.low <= high && high <= rating->interval.high);
}

static void find_level(const struct scale *scale, const struct rating_input *input,
                       struct computed_rating *rating)
{
    bool is_strict = input->comparator == RATING_ABOVE || input->comparator == RATING_BELOW;
    rating->level = scale_level_of(scale, rating->variance);
    rating->is_strict_bound = is_strict && ratio_sign(rating->variance) == 0;
    if (is_strict && ratio_sign(rating->variance) <= 0 && rating->level < scale_level_missed(scale))
        rating->level = scale_level_missed(scale);
}

static enum rating_refusal rate_value(const struct scale *scale, const struct rating_input *input,
                                      struct computed_rating *rating)
{
    enum rating_refusal refusal = find_value(input, rating);
    if (refusal == RATING_GIVEN)
        refusal = find_target(input, rating);
    if (refusal == RATING_GIVEN && contradicts(input->polarity, input->comparator))
        refusal = RATING_REFUSED_CONTRADICTION;
    if (refusal == RATING_GIVEN && !ratio_round(rating->target, &rating->effective_target))
        refusal = RATING_REFUSED_TOO_LARGE;
    if (refusal == RATING_GIVEN)
        refusal = find_variance(input, rating);
    if (refusal != RATING_GIVEN)
        return refusal;
    judge_base(scale, input, rating);
    if (rating->is_small_base && !scale->small_base_rates)
        return RATING_REFUSED_SMALL_BASE;
    find_level(scale, input, rating);
    return RATING_GIVEN;
}

static enum rating_refusal rate_milestone(const struct scale *scale,
                                          const struct rating_input *input,
                                          struct computed_rating *rating)
{
    if (input->milestone == NULL || input->milestone[0] == '\0')
        return RATING_REFUSED_UNTYPED;
    rating->level = scale_level_of_milestone(scale, input->milestone);
    return rating->level != NULL ? RATING_GIVEN : RATING_REFUSED_MILESTONE;
}

void rating_compute(struct arena *arena, const struct scale *scale,
                    const struct rating_input *input, struct computed_rating *out_rating)
{
    assert(input->decimals >= 0 && input->decimals <= NUMBER_PLACES);
    struct computed_rating rating = {
        .missing = input->missing,
        .value = { 0, 1 },
        .target = { 0, 1 },
        .upper = { 0, 1 },
        .variance = { 0, 1 },
        .effective_target = INTEGER_MISSING,
        .variance_rounded = INTEGER_MISSING,
    };
    if (input->missing != RATING_NOT_MISSING)
        rating.refusal = RATING_REFUSED_MISSING;
    else if (input->polarity == RATING_MILESTONE)
        rating.refusal = rate_milestone(scale, input, &rating);
    else
        rating.refusal = rate_value(scale, input, &rating);
    rating.reasoning = rating_reason(arena, scale, input, &rating);
    *out_rating = rating;
}

void rating_roll(struct arena *arena, const struct scale *scale, enum rating_roll_up roll_up,
                 const struct scale_level *const *levels, size_t count,
                 struct rating_rolled *out_rolled)
{
    struct rating_rolled rolled = { .refusal = RATING_REFUSED_PARTS };
    size_t worst = 0, places = 0;
    for (size_t i = 0; i < count; i++) {
        if (levels[i] == NULL) {
            rolled.unrated++;
            continue;
        }
        size_t place = (size_t)(levels[i] - scale->levels);
        assert(place < scale->level_count);
        worst = place > worst ? place : worst;
        places += place;
        rolled.rated++;
    }
    if (rolled.rated > 0 && (roll_up == RATING_ROLL_WORST || roll_up == RATING_ROLL_MEAN)) {
        size_t mean = (places + rolled.rated - 1) / rolled.rated;
        rolled.refusal = RATING_GIVEN;
        rolled.level = &scale->levels[roll_up == RATING_ROLL_WORST ? worst : mean];
    }
    rolled.reasoning = rating_roll_reason(arena, roll_up, &rolled);
    *out_rolled = rolled;
}
