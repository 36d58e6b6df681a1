/* Finds dates and period labels, so that their numbers are no figures. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "service/narrative_parts.h"
#include "base/banned.h"

enum { FIRST_YEAR = 1950, LAST_YEAR = 2100, CENTURY = 2000, PAST_CENTURY = 1900, TURN = 70 };

/* A year that was read at some token. */
struct year_label {
    int year;
    bool calendar; /* a bare 2012 */
    size_t length; /* in tokens; 0: none */
};

static size_t digits(const struct narrative *narrative, size_t token)
{
    return token_whole(narrative, token) >= 0 ? narrative->tokens[token].text.length : 0;
}

static bool is_joiner(const struct narrative *narrative, size_t token)
{
    return token_is(narrative, token, "/") || token_is(narrative, token, "-");
}

static int full_year(int64_t two_digits)
{
    return (int)two_digits + (two_digits < TURN ? CENTURY : PAST_CENTURY);
}

/* 2011/12, 2011-2012, 10/11: the second is the year after the first. */
static struct year_label pair_at(const struct narrative *narrative, size_t token)
{
    int64_t first = token_whole(narrative, token), second = token_whole(narrative, token + 2);
    size_t length = digits(narrative, token), other = digits(narrative, token + 2);
    if (!is_joiner(narrative, token + 1) || (length != 2 && length != 4) || other == 0)
        return (struct year_label){ 0 };
    int year = length == 2 ? full_year(first) : (int)first;
    bool follows = (other == 2 && second == (year + 1) % 100) ||
                   (length == 4 && other == 4 && second == year + 1);
    bool apart = narrative->tokens[token + 2].percent || narrative->tokens[token].percent;
    if (!follows || apart || year < FIRST_YEAR || year > LAST_YEAR)
        return (struct year_label){ 0 };
    return (struct year_label){ .year = year, .length = 3 };
}

/* fy21, fy2021 as one word, or the word before a year. */
static struct year_label financial_at(const struct narrative *narrative, size_t token)
{
    if (token_is(narrative, token, "fy")) {
        struct year_label label = pair_at(narrative, token + 1);
        label.length += label.length > 0;
        return label;
    }
    if (token >= narrative->count || !slice_starts_folded(narrative->tokens[token].text, "fy"))
        return (struct year_label){ 0 };
    int64_t first = 0, second = token_whole(narrative, token + 2);
    struct slice after = slice_from(narrative->tokens[token].text, 2);
    if (!slice_integer(after, &first) || first < 0 || (after.length != 2 && after.length != 4))
        return (struct year_label){ 0 };
    int year = after.length == 2 ? full_year(first) : (int)first;
    bool paired = is_joiner(narrative, token + 1) && second == (year + 1) % 100;
    bool likely = year >= FIRST_YEAR && year <= LAST_YEAR;
    return paired && likely ? (struct year_label){ .year = year, .length = 3 }
                            : (struct year_label){ 0 };
}

/* Any year after a quarter or month, where there is no doubt that it is one. */
static struct year_label sure_year_at(const struct narrative *narrative, size_t token)
{
    struct year_label label = pair_at(narrative, token);
    if (label.length == 0)
        label = financial_at(narrative, token);
    int64_t whole = token_whole(narrative, token);
    if (label.length == 0 && digits(narrative, token) == 4 && whole >= FIRST_YEAR &&
        whole <= LAST_YEAR)
        label = (struct year_label){ .year = (int)whole, .calendar = true, .length = 1 };
    return label;
}

static void add_period(struct narrative *narrative, struct narrative_period period)
{
    for (size_t i = period.first; i < period.end; i++)
        narrative->tokens[i].use = USE_PERIOD;
    narrative->periods = narrative_room(narrative->arena, narrative->periods,
                                        narrative->period_count, sizeof *narrative->periods);
    narrative->periods[narrative->period_count++] = period;
}

static int ordinal(const struct narrative *narrative, size_t token)
{
    static const char *const words[][3] = { { "first", "1st", "one" },
                                            { "second", "2nd", "two" },
                                            { "third", "3rd", "three" },
                                            { "fourth", "4th", "four" } };
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 3; j++)
            if (token_is(narrative, token, words[i][j]))
                return i + 1;
    int64_t whole = token_whole(narrative, token);
    return whole >= 1 && whole <= 4 && digits(narrative, token) == 1 ? (int)whole : 0;
}

/* Q1, h2, quarter 1, qtr 1, first quarter, half 2: its kind, number and length in tokens. */
static size_t part_of_year_at(const struct narrative *narrative, size_t token,
                              struct period *out_period)
{
    if (token >= narrative->count)
        return 0;
    const char *word = narrative->tokens[token].word;
    if ((word[0] == 'q' || word[0] == 'h') && word[1] >= '1' &&
        word[1] <= (word[0] == 'q' ? '4' : '2') && word[2] == '\0') {
        *out_period = (struct period){ word[0] == 'q' ? PERIOD_QUARTER : PERIOD_HALF, 0,
                                       word[1] - '0' };
        return 1;
    }
    static const char kinds[] = "quarter qtr half";
    bool after = token_is_among(narrative, token, kinds);
    size_t numbered = after ? token + 1 : token, named = after ? token : token + 1;
    int number = ordinal(narrative, numbered);
    if (!token_is_among(narrative, named, kinds) || number == 0 ||
        !token_same_sentence(narrative, token, token + 1))
        return 0;
    bool half = token_is(narrative, named, "half");
    if ((half && number > 2) || (!after && token_whole(narrative, token) >= 0) ||
        (!after && narrative->tokens[token].worded))
        return 0;
    *out_period = (struct period){ half ? PERIOD_HALF : PERIOD_QUARTER, 0, number };
    return 2;
}

static size_t small_join(const struct narrative *narrative, size_t token)
{
    return token_is_among(narrative, token, "of in for , ( - /") ? 1 : 0;
}

/* Q1 2012/13, Quarter 1 of 2012-13, 2012/13 Q1. */
static bool quarter_at(const struct narrative *narrative, size_t token,
                       struct narrative_period *out_period)
{
    struct period period = { PERIOD_QUARTER, 0, 0 };
    struct year_label year = sure_year_at(narrative, token);
    if (year.length > 0 && !year.calendar) {
        size_t next = token + year.length;
        next += token_is_among(narrative, next, ", -") ? 1 : 0;
        size_t length = part_of_year_at(narrative, next, &period);
        if (length == 0)
            return false;
        period.year = year.year;
        *out_period = (struct narrative_period){ period, true, false, token, next + length };
        return true;
    }
    size_t length = part_of_year_at(narrative, token, &period);
    if (length == 0)
        return false;
    size_t end = token + length, join = small_join(narrative, end);
    year = sure_year_at(narrative, end + join);
    if (year.length > 0)
        end += join + year.length;
    period.year = year.year;
    *out_period = (struct narrative_period){ period, year.length > 0, false, token, end };
    return true;
}

static int day_at(const struct narrative *narrative, size_t token)
{
    int64_t day = token_whole(narrative, token);
    if (day >= 1 && day <= 31)
        return (int)day;
    if (token >= narrative->count || narrative->tokens[token].use != USE_LABEL)
        return 0;
    struct slice text = narrative->tokens[token].text;
    bool ordinal_day = text.length > 2 && slice_integer(slice_first(text, text.length - 2), &day);
    return ordinal_day && day >= 1 && day <= 31 ? (int)day : 0;
}

/* The month that a token names; "may" and "march" only where they cannot be verbs. */
static int month_named(const struct narrative *narrative, size_t token)
{
    if (token >= narrative->count || narrative->tokens[token].kind != TOKEN_WORD)
        return 0;
    int month = date_month_named(narrative->tokens[token].text);
    if (month == 0 || !token_is_among(narrative, token, "may march mar"))
        return month;
    bool dated = sure_year_at(narrative, token + 1).length > 0 ||
                 (token > 0 && day_at(narrative, token - 1) > 0) ||
                 (token > 0 && token_is_among(narrative, token - 1,
                                              "in by since until till from of to during end early "
                                              "late mid before after last"));
    return dated ? month : 0;
}

/* 31 March 2013, 14th Sept., May 2012, October. */
static bool month_at(const struct narrative *narrative, size_t token,
                     struct narrative_period *out_period)
{
    size_t named = token + (day_at(narrative, token) > 0 ? 1 : 0);
    named += named > token && token_is_among(narrative, named, "st nd rd th") ? 1 : 0;
    named += named > token && token_is(narrative, named, "of") ? 1 : 0;
    int month = month_named(narrative, named);
    if (month == 0 || (named > token && !token_same_sentence(narrative, token, named)))
        return false;
    size_t end = named + 1, gap = token_is_among(narrative, end, ". ,") ? 1 : 0;
    struct year_label year = sure_year_at(narrative, end + gap);
    if (year.length > 0 && year.calendar)
        end += gap + year.length;
    bool has_year = year.length > 0 && year.calendar;
    *out_period = (struct narrative_period){
        { PERIOD_MONTH, has_year ? year.year : 0, month }, has_year, false, token, end
    };
    return true;
}

/* 31/03/2013 and 31.03.13 written with strokes. */
static bool numeric_date_at(const struct narrative *narrative, size_t token,
                            struct narrative_period *out_period)
{
    int64_t month = token_whole(narrative, token + 2), year = token_whole(narrative, token + 4);
    size_t length = digits(narrative, token + 4);
    if (!token_is(narrative, token + 1, "/") || !token_is(narrative, token + 3, "/") ||
        day_at(narrative, token) == 0 || month < 1 || month > 12 || (length != 2 && length != 4))
        return false;
    int full = length == 2 ? full_year(year) : (int)year;
    if (full < FIRST_YEAR || full > LAST_YEAR)
        return false;
    *out_period = (struct narrative_period){
        { PERIOD_MONTH, full, (int)month }, true, false, token, token + 5
    };
    return true;
}

static const char before_a_year[] = "in for since during of from period year years fy end by to "
                                    "until till before after last and ( early late mid spring "
                                    "summer autumn winter on survey baseline report";

/* 2012/13 anywhere; 10/11 where a year is likely; 2011 where a count is not. */
static bool year_at(const struct narrative *narrative, size_t token,
                    struct narrative_period *out_period)
{
    struct year_label label = sure_year_at(narrative, token);
    if (label.length == 0)
        return false;
    bool first = token == 0 || !token_same_sentence(narrative, token - 1, token);
    bool share = token > 1 && token_is(narrative, token - 1, "of") &&
                 token_is_number(narrative, token - 2);
    bool expected = token > 0 && !share && token_is_among(narrative, token - 1, before_a_year);
    size_t next = token + label.length;
    bool number_next = token_same_sentence(narrative, next, token) &&
                       token_is_number(narrative, next);
    if (!label.calendar && digits(narrative, token) == 2 && !expected && !(first && number_next))
        return false;
    if (label.calendar &&
        (narrative->tokens[token].percent || (label.year % 100 == 0 && !expected)))
        return false;
    struct period period = { PERIOD_YEAR, label.year, 0 };
    *out_period = (struct narrative_period){ period, true, label.calendar, token, next };
    return true;
}

void narrative_find_periods(struct narrative *narrative)
{
    for (size_t i = 0; i < narrative->count;) {
        struct narrative_period period = { 0 };
        if (quarter_at(narrative, i, &period) || numeric_date_at(narrative, i, &period) ||
            month_at(narrative, i, &period) || year_at(narrative, i, &period)) {
            add_period(narrative, period);
            i = period.end;
        } else {
            i++;
        }
    }
}
