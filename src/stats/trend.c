#include "stats/trend.h"

#include <assert.h>

#include "base/number.h"
#include "base/banned.h"

static const char *const reason_words[] = {
    [TREND_KNOWN] = "",
    [TREND_NO_VALUE] = "no value this period",
    [TREND_NO_EARLIER] = "no earlier value",
    [TREND_SERIES_BREAK] = "the series broke in between",
    [TREND_CUMULATIVE] = "a cumulative value compares with the same period last year only",
    [TREND_NO_DIRECTION] = "the measure has no better direction",
};

const char *trend_reason_words(enum trend_reason reason)
{
    return reason_words[reason];
}

/* How bad a value is: the less, the better. False when that does not fit. */
static bool badness(const struct trend_input *input, int64_t value, int64_t *out_badness)
{
    int64_t below = 0, above = 0;
    switch (input->polarity) {
    case RATING_HIGHER:
        return !__builtin_sub_overflow(0, value, out_badness);
    case RATING_LOWER:
        *out_badness = value;
        return true;
    case RATING_BAND:
        if (__builtin_sub_overflow(input->lower, value, &below) ||
            __builtin_sub_overflow(value, input->upper, &above))
            return false;
        below = below > above ? below : above;
        *out_badness = below > 0 ? below : 0;
        return true;
    case RATING_MILESTONE:
        break;
    }
    return false;
}

static bool has_direction(const struct trend_input *input)
{
    if (input->polarity == RATING_BAND)
        return input->lower != INTEGER_MISSING && input->upper != INTEGER_MISSING &&
               input->lower <= input->upper;
    return input->polarity != RATING_MILESTONE;
}

static struct trend_arrow unknown(enum trend_reason reason)
{
    return (struct trend_arrow){ TREND_UNKNOWN, reason, INTEGER_MISSING };
}

static struct trend_arrow compare(const struct trend_input *input, int64_t then, bool is_broken)
{
    if (!has_direction(input))
        return unknown(TREND_NO_DIRECTION);
    if (input->now == INTEGER_MISSING)
        return unknown(TREND_NO_VALUE);
    if (then == INTEGER_MISSING)
        return unknown(TREND_NO_EARLIER);
    if (is_broken)
        return unknown(TREND_SERIES_BREAK);
    int64_t now = number_round(input->now, input->decimals), change = 0;
    int64_t bad_now = 0, bad_then = 0, worse = 0;
    then = number_round(then, input->decimals);
    if (!badness(input, now, &bad_now) || !badness(input, then, &bad_then) ||
        __builtin_sub_overflow(bad_now, bad_then, &worse) ||
        __builtin_sub_overflow(now, then, &change))
        return unknown(TREND_NO_DIRECTION);
    int64_t least = input->materiality == INTEGER_MISSING ? 0 : input->materiality;
    struct trend_arrow arrow = { TREND_SAME, TREND_KNOWN, change };
    if (worse != 0 && (worse >= least || worse <= -least))
        arrow.direction = worse > 0 ? TREND_WORSE : TREND_IMPROVED;
    return arrow;
}

void trend_compute(const struct trend_input *input, struct trend *out_trend)
{
    assert(input->decimals >= 0 && input->decimals <= NUMBER_PLACES);
    assert(input->materiality == INTEGER_MISSING || input->materiality >= 0);
    out_trend->before = input->is_cumulative
                            ? unknown(TREND_CUMULATIVE)
                            : compare(input, input->before, input->is_broken_since_before);
    out_trend->year_before = compare(input, input->year_before, input->is_broken_since_year_before);
}
