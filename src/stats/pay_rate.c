/* Regulation: SI 2017/353, Schedule 1, paragraphs 6 (hourly rate) and 7 (weekly hours). */
#include "stats/pay_rate.h"

#include <assert.h>

#include "base/number.h"
#include "base/banned.h"

/* Small enough that the products below fit into 128 bits. */
enum { MOST_TOP_BITS = 90, MOST_BOTTOM_BITS = 62, MOST_NANO_BITS = 56 };

/* The amount over the period's days, before it is divided among hours: top / bottom in millionths a
 * day. */
static bool pay_a_day(const struct pay_elements *elements, ratio_bare *out_top,
                      uint64_t *out_bottom)
{
    ratio_bare top = (ratio_bare)elements->ordinary, bottom = (ratio_bare)elements->days;
    for (size_t i = 0; i < elements->bonus_count; i++) {
        const struct pay_bonus *bonus = &elements->bonuses[i];
        ratio_bare days = (ratio_bare)(bonus->days > elements->days ? bonus->days : elements->days);
        ratio_bare shared = ratio_common_divisor(bottom, days);
        top = top * (days / shared) + (ratio_bare)bonus->paid * (bottom / shared);
        bottom = bottom / shared * days;
        if (bottom >> MOST_BOTTOM_BITS || top >> MOST_TOP_BITS)
            return false;
    }
    *out_top = top;
    *out_bottom = (uint64_t)bottom;
    return true;
}

bool pay_rate_of(const struct pay_elements *elements, struct pay_fraction *out_rate)
{
    ratio_bare top;
    uint64_t days;
    assert(elements->days > 0 && elements->hours >= 0);
    if (elements->hours == 0 && elements->bonus_count == 0) {
        *out_rate = (struct pay_fraction){ elements->ordinary, (uint64_t)NUMBER_ONE };
        return true;
    }
    if (!pay_a_day(elements, &top, &days))
        return false;
    /* With hours: seven days over the period's are 700 hundredths over `days`, and the millionths
     * of amounts and hours cancel. Without: a day's pay times the days of the period. */
    uint64_t times = (uint64_t)elements->days, shares = (uint64_t)NUMBER_ONE;
    if (elements->hours > 0) {
        times = PAY_DAYS_WEEK * (uint64_t)elements->weeks;
        shares = (uint64_t)elements->hours;
    }
    ratio_bare bottom = (ratio_bare)days * shares;
    top *= times;
    if (elements->bonus_count > 0) {
        ratio_bare shared = ratio_common_divisor(top, bottom);
        top /= shared;
        bottom /= shared;
    }
    if (bottom >> MOST_BOTTOM_BITS || top >> MOST_TOP_BITS)
        return false;
    *out_rate = (struct pay_fraction){ (ratio_wide)top, (uint64_t)bottom };
    return true;
}

/* rate * scale, rounded half away from zero. */
static ratio_bare scaled(struct pay_fraction rate, uint64_t scale)
{
    ratio_bare whole = (ratio_bare)rate.top / rate.bottom,
               rest = (ratio_bare)rate.top % rate.bottom;
    ratio_bare part = rest * scale;
    ratio_bare more = part / rate.bottom, left = part % rate.bottom;
    return whole * scale + more + (left >= rate.bottom - left);
}

bool pay_rate_nano(struct pay_fraction rate, int64_t *out_nano)
{
    ratio_bare nano = scaled(rate, (uint64_t)PAY_NANO);
    if (nano >> MOST_NANO_BITS)
        return false;
    *out_nano = (int64_t)nano;
    return true;
}

int64_t pay_rate_round(struct pay_fraction rate, int64_t parts_of_pound)
{
    return (int64_t)scaled(rate, (uint64_t)parts_of_pound);
}

int pay_rate_compare(struct pay_fraction a, struct pay_fraction b)
{
    /* By whole pounds, then by what is left over. */
    ratio_bare left = (ratio_bare)a.top / a.bottom, right = (ratio_bare)b.top / b.bottom;
    if (left == right) {
        left = (ratio_bare)a.top % a.bottom * b.bottom;
        right = (ratio_bare)b.top % b.bottom * a.bottom;
    }
    return (left > right) - (left < right);
}

bool pay_rate_hours_of_weeks(const int64_t *weeks, size_t count, int64_t *out_hours,
                             int64_t *out_weeks)
{
    int64_t sum = 0, used = 0;
    for (size_t i = 0; i < count && used < PAY_WEEKS; i++) {
        if (weeks[i] == INTEGER_MISSING || weeks[i] <= 0)
            continue;
        sum += weeks[i];
        used++;
    }
    if (used == 0)
        return false;
    *out_hours = sum;
    *out_weeks = used;
    return true;
}
