#include "codec/money.h"

#include <string.h>

#include "base/number.h"
#include "base/banned.h"

#define MONEY_MOST (INT64_C(1000000000000) * NUMBER_ONE)

enum { EXPONENT_MOST = 12 };

bool money_is_blank(struct slice text)
{
    static const char *const blanks[] = {
        "",        ".",      "-",    "--",  "N/A",  "NA",         "n.a.",
        "NULL",    "(null)", "None", "nan", "#N/A", "Nil return", "Not applicable",
        "Unknown", "?"
    };
    text = slice_trim(text);
    if (text.length > 0 && !strchr(".-#(?nNuU", text.start[0])) /* as most cells */
        return false;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (slice_equal_folded(text, slice_of(blanks[i])))
            return true;
    return false;
}

static bool is_digit(struct slice text, size_t at)
{
    return at < text.length && text.start[at] >= '0' && text.start[at] <= '9';
}

/* Takes `word` off the start, whatever the case. */
static bool take(struct slice *rest, const char *word)
{
    if (!slice_starts_folded(*rest, word))
        return false;
    *rest = slice_from(*rest, slice_of(word).length);
    return true;
}

static void take_blanks(struct slice *rest)
{
    while (take(rest, " ") || take(rest, "\t") || take(rest, "\xC2\xA0"))
        ;
}

static bool take_currency(struct slice *rest)
{
    if (rest->length == 0 || is_digit(*rest, 0))
        return false;
    static const char *const names[] = { "\xC2\xA3", "$", "\xE2\x82\xAC", "GBP", "USD", "EUR" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (take(rest, names[i])) {
            take_blanks(rest);
            return true;
        }
    return false;
}

/* Bytes of what parts thousands at the start of `text`, when three digits and no fourth follow. */
static size_t parting(struct slice text)
{
    size_t length = slice_starts(text, ",") || slice_starts(text, " ") ? 1
                    : slice_starts(text, "\xC2\xA0")                   ? 2
                                                                       : 0;
    for (size_t i = 0; length && i < 3; i++)
        if (!is_digit(text, length + i))
            return 0;
    return length && !is_digit(text, length + 3) ? length : 0;
}

/* The digits before and after the point, in millionths. */
static bool take_number(struct slice *rest, int64_t *out_millionths)
{
    int64_t whole = 0, fraction = 0, unit = NUMBER_ONE;
    bool any = false, up = false;
    for (;;) {
        if (is_digit(*rest, 0)) {
            whole = whole * 10 + (rest->start[0] - '0');
            if (whole > MONEY_MOST / NUMBER_ONE)
                return false;
            any = true;
            *rest = slice_from(*rest, 1);
        } else if (any && parting(*rest)) {
            *rest = slice_from(*rest, parting(*rest));
        } else {
            break;
        }
    }
    if (slice_starts(*rest, ".") && (any || is_digit(*rest, 1))) {
        *rest = slice_from(*rest, 1);
        for (; is_digit(*rest, 0); *rest = slice_from(*rest, 1)) {
            any = true;
            if (unit == 1)
                up = rest->start[0] >= '5';
            unit /= 10;
            fraction += unit * (rest->start[0] - '0');
        }
    }
    *out_millionths = whole * NUMBER_ONE + fraction + up;
    return any;
}

static bool scale(int64_t factor, int64_t *millionths)
{
    return !__builtin_mul_overflow(*millionths, factor, millionths);
}

/* "k" for thousands, "e4" as spreadsheets write long numbers. */
static bool take_scale(struct slice *rest, int64_t *millionths)
{
    if (take(rest, "k"))
        return scale(1000, millionths);
    if (!slice_starts_folded(*rest, "e") || !(is_digit(*rest, 1) || is_digit(*rest, 2)))
        return true;
    struct slice after = slice_from(*rest, 1);
    (void)take(&after, "+");
    int exponent = 0;
    for (; is_digit(after, 0) && exponent <= EXPONENT_MOST; after = slice_from(after, 1))
        exponent = exponent * 10 + (after.start[0] - '0');
    if (exponent > EXPONENT_MOST || after.length + 1 == rest->length)
        return false;
    for (int i = 0; i < exponent; i++)
        if (!scale(10, millionths) || *millionths > MONEY_MOST)
            return false;
    *rest = after;
    return true;
}

static enum money_period take_period(struct slice *rest)
{
    static const struct {
        const char *words;
        enum money_period period;
    } periods[] = {
        { "per annum", MONEY_PER_YEAR }, { "p.a.", MONEY_PER_YEAR },
        { "pa", MONEY_PER_YEAR },        { "per year", MONEY_PER_YEAR },
        { "a year", MONEY_PER_YEAR },    { "/year", MONEY_PER_YEAR },
        { "/yr", MONEY_PER_YEAR },       { "annually", MONEY_PER_YEAR },
        { "pcm", MONEY_PER_MONTH },      { "per month", MONEY_PER_MONTH },
        { "a month", MONEY_PER_MONTH },  { "/month", MONEY_PER_MONTH },
        { "monthly", MONEY_PER_MONTH },  { "pm", MONEY_PER_MONTH },
        { "per week", MONEY_PER_WEEK },  { "a week", MONEY_PER_WEEK },
        { "/week", MONEY_PER_WEEK },     { "weekly", MONEY_PER_WEEK },
        { "pw", MONEY_PER_WEEK },        { "per hour", MONEY_PER_HOUR },
        { "an hour", MONEY_PER_HOUR },   { "/hour", MONEY_PER_HOUR },
        { "/hr", MONEY_PER_HOUR },       { "hourly", MONEY_PER_HOUR },
        { "p/h", MONEY_PER_HOUR },       { "ph", MONEY_PER_HOUR },
    };
    for (size_t i = 0; rest->length > 0 && i < sizeof periods / sizeof *periods; i++)
        if (take(rest, periods[i].words))
            return periods[i].period;
    return MONEY_PERIOD_UNSAID;
}

bool money_read(struct slice text, struct money *out_money)
{
    struct slice rest = slice_trim(text);
    struct money money = { 0 };
    bool negative = false, bracket = take(&rest, "(");
    (void)take_currency(&rest);
    negative = take(&rest, "-");
    if (!negative)
        (void)take(&rest, "+");
    (void)take_currency(&rest);
    if (!take_number(&rest, &money.amount) || !take_scale(&rest, &money.amount) ||
        money.amount > MONEY_MOST || (bracket && (negative || !take(&rest, ")"))))
        return false;
    take_blanks(&rest);
    if (take_currency(&rest))
        take_blanks(&rest);
    money.period = take_period(&rest);
    take_blanks(&rest);
    if (rest.length > 0)
        return false;
    if (negative || bracket)
        money.amount = -money.amount;
    *out_money = money;
    return true;
}
