/* Products are taken in 128 bits, so nothing overflows on its way to a rounded result. */
#include "base/number.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/banned.h"

__extension__ typedef __int128 wide;

enum { PRINTED_MOST = 32 }; /* sign, nineteen digits and a point, with room to spare */

static const int64_t powers[NUMBER_PLACES + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

static bool digit_at(struct slice slice, size_t i)
{
    return i < slice.length && slice.start[i] >= '0' && slice.start[i] <= '9';
}

/* A comma is allowed only where it parts thousands: three digits follow, then no digit. */
static bool thousands_comma(struct slice slice, size_t i)
{
    return i > 0 && slice.start[i] == ',' && digit_at(slice, i - 1) && digit_at(slice, i + 1) &&
           digit_at(slice, i + 2) && digit_at(slice, i + 3) && !digit_at(slice, i + 4);
}

static bool read_whole(struct slice slice, size_t *at, int64_t *whole)
{
    for (; *at < slice.length && slice.start[*at] != '.'; (*at)++) {
        if (thousands_comma(slice, *at))
            continue;
        if (!digit_at(slice, *at) || __builtin_mul_overflow(*whole, 10, whole) ||
            __builtin_add_overflow(*whole, slice.start[*at] - '0', whole))
            return false;
    }
    return true;
}

static bool read_fraction(struct slice slice, size_t *at, int64_t *fraction, int *decimals)
{
    for (; *at < slice.length; (*at)++) {
        if (!digit_at(slice, *at))
            return false;
        int digit = slice.start[*at] - '0';
        if (*decimals < NUMBER_PLACES) {
            *fraction += digit * powers[NUMBER_PLACES - 1 - *decimals];
            (*decimals)++;
        } else if (digit != 0) {
            return false;
        }
    }
    return true;
}

bool number_read(struct slice slice, int64_t *out_millionths, int *out_decimals)
{
    bool negative = slice_starts(slice, "-");
    if (negative || slice_starts(slice, "+"))
        slice = slice_from(slice, 1);
    int64_t whole = 0, fraction = 0;
    int decimals = 0;
    size_t at = 0;
    if (slice.length == 0 || !read_whole(slice, &at, &whole))
        return false;
    bool point = at < slice.length;
    at += point;
    if (point && (!digit_at(slice, at) || !read_fraction(slice, &at, &fraction, &decimals)))
        return false;
    if (__builtin_mul_overflow(whole, NUMBER_ONE, &whole) ||
        __builtin_add_overflow(whole, fraction, &whole))
        return false;
    *out_millionths = negative ? -whole : whole;
    *out_decimals = decimals;
    return true;
}

static wide divide_rounded(wide a, wide b)
{
    if (b < 0) {
        a = -a;
        b = -b;
    }
    return a >= 0 ? (a + b / 2) / b : -((-a + b / 2) / b);
}

int64_t number_round(int64_t millionths, int decimals)
{
    int64_t step = powers[NUMBER_PLACES - decimals];
    wide rounded = divide_rounded(millionths, step) * step;
    bool fits = rounded <= INT64_MAX && rounded >= -INT64_MAX;
    return fits ? (int64_t)rounded : millionths / step * step;
}

char *number_print(struct arena *arena, int64_t millionths, int decimals)
{
    int64_t rounded = number_round(millionths, decimals);
    uint64_t size = rounded < 0 ? -(uint64_t)rounded : (uint64_t)rounded;
    uint64_t whole = size / NUMBER_ONE;
    uint64_t fraction = size % NUMBER_ONE / (uint64_t)powers[NUMBER_PLACES - decimals];
    char room[PRINTED_MOST], *end = room + PRINTED_MOST, *start = end;
    for (int i = 0; i < decimals; i++, fraction /= 10) /* from the last digit to the first */
        *--start = (char)('0' + fraction % 10);
    if (decimals > 0)
        *--start = '.';
    do
        *--start = (char)('0' + whole % 10);
    while ((whole /= 10) > 0);
    if (rounded < 0)
        *--start = '-';
    return arena_copy(arena, start, (size_t)(end - start));
}

int number_decimals(int64_t millionths)
{
    int decimals = NUMBER_PLACES;
    while (decimals > 0 && millionths % powers[NUMBER_PLACES - decimals + 1] == 0)
        decimals--;
    return decimals;
}

char *number_print_count(struct arena *arena, int64_t count)
{
    enum { COUNT_LONGEST = 64, GROUP = 3 };
    struct slice digits = slice_of(arena_format(arena, "%lld", (long long)count));
    char *words = arena_take(arena, COUNT_LONGEST), *end = words;
    for (size_t i = 0; i < digits.length; i++) {
        if (i > 0 && (digits.length - i) % GROUP == 0 && digits.start[i - 1] != '-')
            *end++ = ',';
        *end++ = digits.start[i];
    }
    return words;
}

char *number_print_short(struct arena *arena, int64_t millionths)
{
    return number_print(arena, millionths, number_decimals(millionths));
}

bool number_scale(int64_t a, int64_t b, int64_t c, int64_t *out_result)
{
    if (c == 0)
        return false;
    wide result = divide_rounded((wide)a * b, c);
    if (result > INT64_MAX || result <= INT64_MIN)
        return false;
    *out_result = (int64_t)result;
    return true;
}

bool number_percent(int64_t numerator, int64_t denominator, int64_t *out_millionths)
{
    return number_scale(numerator, 100 * NUMBER_ONE, denominator, out_millionths);
}
