/* Products are taken without sign and only when they fit, so nothing overflows. */
#include "stats/ratio.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/banned.h"

static ratio_bare size_of(ratio_wide number)
{
    return number < 0 ? -(ratio_bare)number : (ratio_bare)number;
}

static int bits_of(ratio_bare number)
{
    uint64_t high = (uint64_t)(number >> 64), low = (uint64_t)number;
    if (high != 0)
        return 128 - __builtin_clzll(high);
    return low != 0 ? 64 - __builtin_clzll(low) : 0;
}

ratio_bare ratio_common_divisor(ratio_bare a, ratio_bare b)
{
    while (b != 0) {
        ratio_bare rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Answers with sign * a * b when that is small enough. */
static bool product(ratio_wide a, ratio_wide b, ratio_wide *out_product)
{
    ratio_bare size_a = size_of(a), size_b = size_of(b);
    if (bits_of(size_a) + bits_of(size_b) > RATIO_BITS)
        return false;
    ratio_wide size = (ratio_wide)(size_a * size_b);
    *out_product = (a < 0) != (b < 0) ? -size : size;
    return true;
}

bool ratio_make(ratio_wide numerator, ratio_wide denominator, struct ratio *out_ratio)
{
    if (denominator == 0)
        return false;
    ratio_bare top = size_of(numerator), bottom = size_of(denominator);
    ratio_bare divisor = ratio_common_divisor(top, bottom);
    top /= divisor;
    bottom /= divisor;
    if (bits_of(top) > RATIO_BITS || bits_of(bottom) > RATIO_BITS)
        return false;
    bool negative = (numerator < 0) != (denominator < 0);
    *out_ratio = (struct ratio){ negative ? -(ratio_wide)top : (ratio_wide)top,
                                 (ratio_wide)bottom };
    return true;
}

struct ratio ratio_of(int64_t whole)
{
    return (struct ratio){ whole, 1 };
}

struct ratio ratio_of_millionths(int64_t millionths)
{
    struct ratio ratio = { 0, 1 };
    bool made = ratio_make(millionths, NUMBER_ONE, &ratio);
    assert(made && millionths != INTEGER_MISSING);
    return ratio;
}

bool ratio_add(struct ratio a, struct ratio b, struct ratio *out_sum)
{
    ratio_wide left = 0, right = 0, bottom = 0;
    ratio_wide divisor = (ratio_wide)ratio_common_divisor((ratio_bare)a.denominator,
                                                          (ratio_bare)b.denominator);
    return product(a.numerator, b.denominator / divisor, &left) &&
           product(b.numerator, a.denominator / divisor, &right) &&
           product(a.denominator, b.denominator / divisor, &bottom) &&
           ratio_make(left + right, bottom, out_sum);
}

bool ratio_subtract(struct ratio a, struct ratio b, struct ratio *out_difference)
{
    return ratio_add(a, ratio_negate(b), out_difference);
}

bool ratio_multiply(struct ratio a, struct ratio b, struct ratio *out_product)
{
    struct ratio across = { 0, 1 }, down = { 0, 1 };
    ratio_wide top = 0, bottom = 0;
    return ratio_make(a.numerator, b.denominator, &across) &&
           ratio_make(b.numerator, a.denominator, &down) &&
           product(across.numerator, down.numerator, &top) &&
           product(across.denominator, down.denominator, &bottom) &&
           ratio_make(top, bottom, out_product);
}

bool ratio_divide(struct ratio a, struct ratio b, struct ratio *out_quotient)
{
    struct ratio inverse = { 0, 1 };
    return ratio_make(b.denominator, b.numerator, &inverse) &&
           ratio_multiply(a, inverse, out_quotient);
}

struct ratio ratio_negate(struct ratio ratio)
{
    ratio.numerator = -ratio.numerator;
    return ratio;
}

struct ratio ratio_absolute(struct ratio ratio)
{
    return ratio.numerator < 0 ? ratio_negate(ratio) : ratio;
}

/* Compares sizes by whole parts, then the inverted rests: Euclid's steps, without any product. */
static int compare_sizes(ratio_bare a, ratio_bare b, ratio_bare c, ratio_bare d)
{
    int sign = 1;
    for (;;) {
        ratio_bare left = a / b, right = c / d;
        if (left != right)
            return left < right ? -sign : sign;
        a %= b;
        c %= d;
        if (a == 0 || c == 0)
            return a == c ? 0 : (a == 0 ? -sign : sign);
        ratio_bare held = a;
        a = b;
        b = held;
        held = c;
        c = d;
        d = held;
        sign = -sign;
    }
}

int ratio_compare(struct ratio a, struct ratio b)
{
    int sign_a = ratio_sign(a), sign_b = ratio_sign(b);
    if (sign_a != sign_b)
        return sign_a < sign_b ? -1 : 1;
    int order = compare_sizes(size_of(a.numerator), (ratio_bare)a.denominator, size_of(b.numerator),
                              (ratio_bare)b.denominator);
    return sign_a < 0 ? -order : order;
}

int ratio_sign(struct ratio ratio)
{
    return (ratio.numerator > 0) - (ratio.numerator < 0);
}

struct ratio ratio_round_to(struct ratio ratio, int decimals)
{
    assert(decimals >= 0 && decimals <= NUMBER_PLACES);
    enum { MOST_BITS = 100 }; /* a larger number is kept as it is: six more digits might not fit */
    ratio_bare bottom = (ratio_bare)ratio.denominator, size = size_of(ratio.numerator);
    ratio_bare whole = size / bottom, rest = size % bottom, scale = 1;
    if (bits_of(whole) > MOST_BITS)
        return ratio;
    for (int place = 0; place < decimals; place++) {
        whole = whole * 10 + rest * 10 / bottom;
        rest = rest * 10 % bottom;
        scale *= 10;
    }
    whole += rest >= bottom - rest;
    struct ratio rounded = { 0, 1 };
    ratio_wide signed_whole = ratio.numerator < 0 ? -(ratio_wide)whole : (ratio_wide)whole;
    bool made = ratio_make(signed_whole, (ratio_wide)scale, &rounded);
    assert(made);
    return rounded;
}

bool ratio_round(struct ratio ratio, int64_t *out_millionths)
{
    struct ratio rounded = ratio_round_to(ratio, NUMBER_PLACES);
    ratio_wide whole = 0;
    if (!product(rounded.numerator, NUMBER_ONE / rounded.denominator, &whole) ||
        whole > INT64_MAX || whole <= INT64_MIN)
        return false;
    *out_millionths = (int64_t)whole;
    return true;
}

char *ratio_print(struct arena *arena, struct ratio ratio, int decimals)
{
    enum { MOST_DIGITS = 64 };
    char digits[MOST_DIGITS];
    size_t at = MOST_DIGITS;
    struct ratio rounded = ratio_round_to(ratio, decimals);
    assert(rounded.denominator > 0);
    ratio_bare bottom = (ratio_bare)rounded.denominator, size = size_of(rounded.numerator);
    ratio_bare whole = size / bottom, rest = size % bottom;
    char fraction[NUMBER_PLACES + 1];
    for (int place = 0; place < decimals; place++) {
        fraction[place] = (char)('0' + (int)(rest * 10 / bottom));
        rest = rest * 10 % bottom;
    }
    do {
        digits[--at] = (char)('0' + (int)(whole % 10));
        whole /= 10;
    } while (whole != 0);
    return arena_format(arena, "%s%.*s%s%.*s", rounded.numerator < 0 ? "-" : "",
                        (int)(MOST_DIGITS - at), digits + at, decimals > 0 ? "." : "", decimals,
                        fraction);
}

char *ratio_print_short(struct arena *arena, struct ratio ratio, int decimals)
{
    while (decimals > 0 &&
           ratio_compare(ratio_round_to(ratio, decimals), ratio_round_to(ratio, decimals - 1)) == 0)
        decimals--;
    return ratio_print(arena, ratio, decimals);
}

double ratio_real(struct ratio ratio)
{
    return (double)ratio.numerator / (double)ratio.denominator;
}
