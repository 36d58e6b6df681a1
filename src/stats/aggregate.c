/* Sums are taken in 128 bits. A printed percentage p with step s stands for the shares from p - s/2
 * to p + s/2, the lower edge included where rounding away from zero would reach it. */
#include "stats/aggregate.h"

#include <assert.h>

#include "base/number.h"
#include "stats/ratio.h"
#include "base/banned.h"

enum { HUNDRED = 100 };

static const struct aggregate nothing = { INTEGER_MISSING, INTEGER_MISSING, INTEGER_MISSING, 0, 0 };

static bool fits(ratio_wide number)
{
    return number > INT64_MIN && number <= INT64_MAX;
}

/* Adds what is present; 2 to the power of 63 parts would be needed to overflow. */
static ratio_wide add_all(const int64_t *values, size_t count, struct aggregate *aggregate)
{
    ratio_wide sum = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_present = values[i] != INTEGER_MISSING;
        sum += is_present ? values[i] : 0;
        aggregate->present += is_present;
        aggregate->missing += !is_present;
    }
    return sum;
}

bool aggregate_sum(const int64_t *values, size_t count, struct aggregate *out_aggregate)
{
    struct aggregate aggregate = nothing;
    ratio_wide sum = add_all(values, count, &aggregate);
    if (!fits(sum))
        return false;
    if (aggregate.present > 0)
        aggregate.value = (int64_t)sum;
    *out_aggregate = aggregate;
    return true;
}

bool aggregate_share(const int64_t *numerators, const int64_t *denominators, size_t count,
                     struct aggregate *out_aggregate)
{
    struct aggregate aggregate = nothing;
    ratio_wide top = 0, bottom = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_present = numerators[i] != INTEGER_MISSING && denominators[i] != INTEGER_MISSING;
        top += is_present ? numerators[i] : 0;
        bottom += is_present ? denominators[i] : 0;
        aggregate.present += is_present;
        aggregate.missing += !is_present;
    }
    if (!fits(top) || !fits(bottom))
        return false;
    if (aggregate.present > 0) {
        aggregate.numerator = (int64_t)top;
        aggregate.denominator = (int64_t)bottom;
        if (bottom != 0 &&
            !number_percent(aggregate.numerator, aggregate.denominator, &aggregate.value))
            return false;
    }
    *out_aggregate = aggregate;
    return true;
}

int64_t aggregate_complement(int64_t percentage)
{
    int64_t complement = INTEGER_MISSING;
    if (percentage != INTEGER_MISSING &&
        __builtin_sub_overflow(HUNDRED * NUMBER_ONE, percentage, &complement))
        return INTEGER_MISSING;
    return complement;
}

static bool share_of(int64_t numerator, int64_t denominator, struct ratio *out_percent)
{
    struct ratio share = { 0, 1 };
    return numerator != INTEGER_MISSING && denominator != INTEGER_MISSING &&
           ratio_make(numerator, denominator, &share) &&
           ratio_multiply(share, ratio_of(HUNDRED), out_percent);
}

static bool growth_of(int64_t before, int64_t after, struct ratio *out_percent)
{
    struct ratio change = { 0, 1 }, size = { 0, 1 };
    if (before == INTEGER_MISSING || after == INTEGER_MISSING || before == 0)
        return false;
    size = ratio_absolute(ratio_of_millionths(before));
    return ratio_subtract(ratio_of_millionths(after), ratio_of_millionths(before), &change) &&
           ratio_divide(change, size, &change) &&
           ratio_multiply(change, ratio_of(HUNDRED), out_percent);
}

bool growth_percent(int64_t before, int64_t after, int64_t *out_percent)
{
    struct ratio percent = { 0, 1 };
    return growth_of(before, after, &percent) && ratio_round(percent, out_percent);
}

static bool prints_as(struct ratio percent, int64_t printed, int decimals)
{
    return printed != INTEGER_MISSING &&
           ratio_compare(ratio_round_to(percent, decimals), ratio_of_millionths(printed)) == 0;
}

bool percent_agrees(int64_t numerator, int64_t denominator, int64_t printed, int decimals)
{
    struct ratio percent = { 0, 1 };
    return share_of(numerator, denominator, &percent) && prints_as(percent, printed, decimals);
}

bool growth_agrees(int64_t before, int64_t after, int64_t printed, int decimals)
{
    struct ratio percent = { 0, 1 };
    return growth_of(before, after, &percent) && prints_as(percent, printed, decimals);
}

/* Half of one unit of the last printed place, in half millionths: 10 to the power of 6 - decimals.
 */
static int64_t half_step(int decimals)
{
    int64_t step = 1;
    for (int place = decimals; place < NUMBER_PLACES; place++)
        step *= 10;
    return step;
}

static ratio_wide divide_up(ratio_wide a, ratio_wide b)
{
    return a <= 0 ? -(-a / b) : (a + b - 1) / b;
}

bool numerators_of(struct printed_percent printed, int64_t denominator, int64_t parts,
                   int64_t *out_least, int64_t *out_most)
{
    assert(printed.decimals >= 0 && printed.decimals <= NUMBER_PLACES && parts >= 1 &&
           parts <= NUMBER_ONE);
    const int64_t all = HUNDRED * NUMBER_ONE;
    int64_t half = half_step(printed.decimals);
    if (denominator < 1 || printed.percent < 0 || printed.percent > all)
        return false;
    /* k prints as p when 2p - half <= 2 * 100% * k / (parts * d) < 2p + half; shares are not
     * negative, so a half rounds up. */
    ratio_wide places = (ratio_wide)denominator * parts, units = 2 * (ratio_wide)all;
    ratio_wide low = 2 * (ratio_wide)printed.percent - half;
    ratio_wide high = 2 * (ratio_wide)printed.percent + half;
    ratio_wide least = low <= 0 ? 0 : divide_up(low * places, units);
    ratio_wide most = divide_up(high * places, units) - 1;
    most = most < places ? most : places;
    if (least > most || !fits(most))
        return false;
    *out_least = (int64_t)least;
    *out_most = (int64_t)most;
    return true;
}

size_t denominators_of(const struct printed_percent *printed, size_t count, int64_t parts,
                       int64_t most, int64_t *out_denominators, size_t room)
{
    size_t found = 0;
    for (int64_t denominator = 1; denominator <= most; denominator++) {
        int64_t least = 0, largest = 0;
        bool is_possible = true;
        for (size_t i = 0; is_possible && i < count; i++)
            is_possible = numerators_of(printed[i], denominator, parts, &least, &largest);
        if (!is_possible)
            continue;
        if (found < room)
            out_denominators[found] = denominator;
        found++;
    }
    return found;
}
