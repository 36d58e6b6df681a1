#include "codec/decimal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/banned.h"

enum {
    EXACT_DIGITS = 15,   /* so many go through a double and back unchanged */
    MOST_DIGITS = 17,    /* so many tell any two doubles apart */
    LONGEST_NUMBER = 64, /* bytes of text */
    MOST_EXPONENT = 40   /* places before or behind the point that are written out */
};

/* digits[0].digits[1]… times ten to the power of `exponent`. */
struct decimal {
    bool is_negative;
    char digits[LONGEST_NUMBER + 1];
    int count, exponent;
};

static bool is_digit(char character)
{
    return character >= '0' && character <= '9';
}

static void trim_zeros(struct decimal *decimal)
{
    int lead = 0;
    while (lead < decimal->count && decimal->digits[lead] == '0')
        lead++;
    decimal->count -= lead;
    for (int i = 0; lead > 0 && i < decimal->count; i++)
        decimal->digits[i] = decimal->digits[lead + i];
    decimal->exponent -= lead;
    while (decimal->count > 0 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
}

static bool parse_exponent(struct slice text, int *out_exponent)
{
    int64_t exponent = 0;
    if (text.length == 0) {
        *out_exponent = 0;
        return true;
    }
    if (text.start[0] != 'e' && text.start[0] != 'E')
        return false;
    if (!slice_integer(slice_from(text, 1), &exponent) || exponent < -400 || exponent > 400)
        return false;
    *out_exponent = (int)exponent;
    return true;
}

static bool parse(struct slice text, struct decimal *out_decimal)
{
    if (text.length == 0 || text.length > LONGEST_NUMBER)
        return false;
    struct decimal decimal = { .is_negative = text.start[0] == '-', .exponent = -1 };
    size_t at = text.start[0] == '-' || text.start[0] == '+';
    for (; at < text.length && is_digit(text.start[at]); at++, decimal.exponent++)
        decimal.digits[decimal.count++] = text.start[at];
    if (at < text.length && text.start[at] == '.')
        for (at++; at < text.length && is_digit(text.start[at]); at++)
            decimal.digits[decimal.count++] = text.start[at];
    int exponent = 0;
    if (decimal.count == 0 || !parse_exponent(slice_from(text, at), &exponent))
        return false;
    decimal.exponent += exponent;
    trim_zeros(&decimal);
    *out_decimal = decimal;
    return true;
}

bool decimal_read(struct slice text, double *out_number)
{
    struct decimal decimal;
    char copy[LONGEST_NUMBER + 1] = "";
    double number = 0;
    if (!parse(text, &decimal))
        return false;
    memcpy(copy, text.start, text.length);
    if (sscanf(copy, "%lf", &number) != 1 || !isfinite(number))
        return false;
    *out_number = number;
    return true;
}

/* Of the decimals with 15, 16 and 17 digits, the first that reads back as the same double. */
static bool shorten(struct slice text, struct decimal *decimal)
{
    double number = 0, again = 0;
    if (!decimal_read(text, &number))
        return false;
    for (int digits = EXACT_DIGITS; digits <= MOST_DIGITS; digits++) {
        char shorter[LONGEST_NUMBER];
        snprintf(shorter, sizeof shorter, "%.*e", digits - 1, number);
        if (sscanf(shorter, "%lf", &again) == 1 && !(again < number) && !(again > number))
            return parse(slice_of(shorter), decimal);
    }
    return false;
}

static void add_digits(struct text *text, const struct decimal *decimal, int from, int to)
{
    for (int i = from; i < to; i++)
        text_add_character(text, i < decimal->count ? decimal->digits[i] : '0');
}

struct slice decimal_shortest(struct arena *arena, struct slice text)
{
    struct decimal decimal;
    if (!parse(text, &decimal))
        return text;
    if (decimal.count > EXACT_DIGITS && !shorten(text, &decimal))
        return text;
    if (decimal.count == 0)
        return SLICE("0");
    if (decimal.exponent > MOST_EXPONENT || decimal.exponent < -MOST_EXPONENT)
        return text;
    struct text plain = text_new(arena, 2 * (LONGEST_NUMBER + MOST_EXPONENT));
    if (decimal.is_negative)
        text_add_character(&plain, '-');
    int whole = decimal.exponent + 1; /* digits before the point */
    if (whole <= 0)
        text_add_character(&plain, '0');
    add_digits(&plain, &decimal, 0, whole > 0 ? whole : 0);
    if (decimal.count > whole)
        text_add_character(&plain, '.');
    for (int i = whole; i < 0; i++)
        text_add_character(&plain, '0');
    add_digits(&plain, &decimal, whole > 0 ? whole : 0, decimal.count);
    return text_slice(&plain);
}

struct slice decimal_percent(struct arena *arena, struct slice text)
{
    struct slice whole, rest = decimal_shortest(arena, text);
    double number = 0;
    if (!decimal_read(rest, &number) || slice_find_folded(rest, "e") >= 0)
        return rest;
    const char *sign = slice_starts(rest, "-") ? "-" : "";
    rest = slice_from(rest, *sign ? 1 : 0);
    (void)slice_split(&rest, '.', &whole);
    /* Two digits move from behind the point to before it; zeros stand in for those not there. */
    char moved[2] = { rest.length > 0 ? rest.start[0] : '0',
                      rest.length > 1 ? rest.start[1] : '0' };
    struct slice tail = slice_from(rest, 2);
    const char *digits = arena_format(arena, "%.*s%.2s", (int)whole.length, whole.start, moved);
    while (digits[0] == '0' && digits[1])
        digits++;
    return slice_of(arena_format(arena, "%s%s%s%.*s%%", sign, digits, tail.length ? "." : "",
                                 (int)tail.length, tail.length ? tail.start : ""));
}
