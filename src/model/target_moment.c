/* Each kind of moment has one function that reads it; the table at the end says in which order they
 * are tried, the more specific first. */
#include "model/target_moment.h"

#include "base/period.h"
#include "model/target_date.h"
#include "model/target_season.h"
#include "model/target_year.h"
#include "base/banned.h"

enum { MONTHS = 12, HALF = 6 };

static bool read_iso(struct target_reader *reader, struct target_moment *out)
{
    struct period week;
    struct date date;
    struct slice first = target_peek(reader, 0)->text;
    struct date parts = { (int)target_peek(reader, 0)->number, (int)target_peek(reader, 2)->number,
                          (int)target_peek(reader, 4)->number };
    if (first.length == 4 && target_is_mark(reader, 1, '/') && target_is_mark(reader, 3, '/') &&
        date_exists(parts)) {
        *out = target_day(parts);
        reader->at += 5;
        return true;
    }
    if (target_is_mark(reader, 1, '-') && target_is_mark(reader, 3, '-') &&
        date_read(target_text(reader, reader->at, reader->at + 5), &date)) {
        *out = target_day(date);
        reader->at += 5;
        return true;
    }
    if (first.length == 4 && target_is_mark(reader, 1, '-') &&
        period_read(target_text(reader, reader->at, reader->at + 4), &week) &&
        week.kind == PERIOD_WEEK) {
        *out = (struct target_moment){ .has_year = true,
                                       .first = period_first_day(week, target_start_month(reader)),
                                       .last = period_last_day(week, target_start_month(reader)) };
        reader->at += 4;
        return true;
    }
    return false;
}

/* 31/03/24, 31.3.2024, 31-03-2024; the marks are alike. */
static bool read_numbers(struct target_reader *reader, struct target_moment *out)
{
    static const char separators[] = { '/', '.', '-' };
    int64_t day = 0, month = 0;
    struct date date = { 0 };
    if (!target_take_number(reader, 1, 2, &day))
        return false;
    for (size_t i = 0; i < sizeof separators; i++) {
        if (!target_take_mark(reader, separators[i]))
            continue;
        if (!target_take_number(reader, 1, 2, &month) || !target_take_mark(reader, separators[i]) ||
            !target_take_any_year(reader, &date.year))
            return false;
        date.month = (int)month;
        date.day = (int)day;
        *out = target_day(date);
        return date_exists(date);
    }
    return false;
}

/* 03/2012 */
static bool read_month_number(struct target_reader *reader, struct target_moment *out)
{
    int64_t month = 0;
    int year = 0;
    if (!target_take_number(reader, 1, 2, &month) ||
        (!target_take_mark(reader, '/') && !target_take_mark(reader, '-')) ||
        !target_take_year(reader, &year) || month < 1 || month > MONTHS)
        return false;
    *out = target_months(year, (int)month, 1);
    return true;
}

static bool take_ordinal(struct target_reader *reader)
{
    static const char *const endings[] = { "st", "nd", "rd", "th", NULL };
    return target_peek(reader, 0)->touches && target_take_any(reader, endings);
}

static void skip_weekday(struct target_reader *reader)
{
    static const char *const weekdays[] = {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue",
        "tues",   "wed",     "thu",       "thur",     "thurs",  "fri",      "sat",    "sun", NULL,
    };
    if (target_take_any(reader, weekdays) && !target_take_mark(reader, ','))
        target_take_mark(reader, '.');
}

static bool fill_day(int year, int month, int64_t day, struct target_moment *out)
{
    struct date date = { year, month, (int)day };
    *out = target_day(date);
    return date_exists(date);
}

/* 31 March 2024, 31st of Mar, 31-Mar-24, Monday 4 June 2012, 4 June. */
static bool read_day(struct target_reader *reader, struct target_moment *out)
{
    int64_t day = 0;
    int year = 0;
    skip_weekday(reader);
    target_take_word(reader, "the");
    if (!target_take_number(reader, 1, 2, &day))
        return false;
    take_ordinal(reader);
    target_take_word(reader, "of");
    if (!target_take_mark(reader, '-'))
        target_take_mark(reader, '/');
    int month = target_month_at(reader, 0);
    if (month == 0)
        return false;
    reader->at++;
    target_take_mark(reader, '.');
    size_t after = reader->at;
    if (!target_take_mark(reader, ',') && !target_take_mark(reader, '-'))
        target_take_mark(reader, '/');
    if (target_take_any_year(reader, &year))
        return fill_day(year, month, day, out);
    reader->at = after;
    /* A leap year, so that 29 February is a day; without a year it recurs on the last day. */
    *out = target_yearless(month, (int)day, 0);
    return day >= 1 && day <= date_month_length(2000, month);
}

/* March 31, 2012: the month before the day, which is plain only with a year of four digits, or with
 * "st", "nd", "rd" or "th" after the day. */
static bool read_american(struct target_reader *reader, struct target_moment *out)
{
    int64_t day = 0;
    int year = 0, month = target_month_at(reader, 0);
    if (month == 0)
        return false;
    reader->at++;
    if (!target_take_number(reader, 1, 2, &day))
        return false;
    bool is_ordinal = take_ordinal(reader);
    size_t after = reader->at;
    target_take_mark(reader, ',');
    if (target_take_year(reader, &year))
        return fill_day(year, month, day, out);
    reader->at = after;
    *out = target_yearless(month, (int)day, 0);
    return is_ordinal && day >= 1 && day <= date_month_length(2000, month);
}

/* March 2012, Dec-11, Dec '11, Mar 12; March. "March 31" is read in two ways and therefore not. */
static bool read_month(struct target_reader *reader, struct target_moment *out)
{
    int year = 0, month = target_month_at(reader, 0);
    if (month == 0)
        return false;
    reader->at++;
    size_t after_word = reader->at;
    target_take_mark(reader, '.');
    target_take_mark(reader, ',');
    target_take_word(reader, "of");
    size_t after = reader->at;
    bool joined = target_take_mark(reader, '-') || target_take_mark(reader, '/');
    const struct target_token *token = target_peek(reader, 0);
    bool short_year = token->kind == TARGET_NUMBER && token->text.length == 2;
    joined |= token->touches;
    if (short_year && !joined && token->number == date_month_length(2000, month))
        return false;
    if (target_take_any_year(reader, &year)) {
        *out = target_months(year, month, 1);
        return true;
    }
    reader->at = after > after_word && target_is_mark(reader, 0, '-') ? after : after_word;
    *out = target_yearless(month, 0, 1);
    return true;
}

static const char *const ordinals[][3] = {
    { "first", "1 st", NULL },
    { "second", "2 nd", NULL },
    { "third", "3 rd", NULL },
    { "fourth", "4 th", NULL },
};

/* "Q3", "quarter 3", "third quarter"; "H1", "first half". `parts` is 4 or 2. */
static bool take_part(struct target_reader *reader, int parts, int64_t *out_number)
{
    static const char *const quarters[] = { "quarter", "qtr", "q", NULL };
    static const char *const halves[] = { "half year", "half", "h", NULL };
    const char *const *words = parts == 4 ? quarters : halves;
    size_t at = reader->at;
    target_take_word(reader, "the");
    for (int64_t i = 0; i < parts; i++) {
        bool is_last = i == parts - 1 && target_take_word(reader, "last");
        if (!is_last && !target_take_any(reader, ordinals[i]))
            continue;
        if (!target_take_any(reader, words))
            break;
        *out_number = i + 1;
        return true;
    }
    reader->at = at;
    if (target_take_any(reader, words)) {
        target_take_mark(reader, '.');
        if (target_take_number(reader, 1, 1, out_number) && *out_number >= 1 &&
            *out_number <= parts)
            return true;
    }
    reader->at = at;
    return false;
}

static void skip_joint(struct target_reader *reader)
{
    static const char *const joints[] = { "of", "in", "-", ",", "/", NULL };
    target_take_any(reader, joints);
    target_take_word(reader, "the");
}

/* A quarter or half of a reporting year, before or after that year's number, or without it. */
static bool read_part(struct target_reader *reader, int parts, struct target_moment *out)
{
    int64_t number = 0;
    int year = 0, length = MONTHS / parts;
    bool year_first = target_take_reporting_year(reader, true, &year);
    if (year_first)
        skip_joint(reader);
    if (!take_part(reader, parts, &number))
        return false;
    struct date first = { 2000, target_start_month(reader), 1 };
    first = date_add_months(first, (int)(number - 1) * length);
    size_t after = reader->at;
    if (!year_first) {
        skip_joint(reader);
        if (!target_take_reporting_year(reader, true, &year)) {
            reader->at = after;
            *out = target_yearless(date_add_months(first, length - 1).month, 0, length);
            /* A single year beside it could be the calendar's or the reporting year's. */
            skip_joint(reader);
            bool is_doubtful = target_peek(reader, 0)->kind == TARGET_NUMBER;
            reader->at = after;
            return !is_doubtful;
        }
    }
    *out = target_months(year + (first.year - 2000), first.month, length);
    return true;
}

static bool read_quarter(struct target_reader *reader, struct target_moment *out)
{
    return read_part(reader, 4, out);
}

static bool read_half(struct target_reader *reader, struct target_moment *out)
{
    return read_part(reader, 2, out);
}

static bool read_reporting_year(struct target_reader *reader, struct target_moment *out)
{
    int year = 0;
    /* "24/25" can be no day and month; "11/12" can. */
    bool is_short = target_peek(reader, 0)->number > MONTHS;
    if (!target_take_reporting_year(reader, is_short, &year))
        return false;
    *out = target_months(year, target_start_month(reader), MONTHS);
    return true;
}

/* 2012-04 */
static bool read_iso_month(struct target_reader *reader, struct target_moment *out)
{
    int year = 0;
    int64_t month = 0;
    if (!target_take_year(reader, &year) || !target_take_mark(reader, '-') ||
        !target_take_number(reader, 2, 2, &month) || month < 1 || month > MONTHS ||
        target_is_mark(reader, 0, '-'))
        return false;
    *out = target_months(year, (int)month, 1);
    return true;
}

static bool read_calendar_year(struct target_reader *reader, struct target_moment *out)
{
    int year = 0;
    static const char *const words[] = { "the calendar year", "calendar year", "the year", "year",
                                         NULL };
    if (target_take_any(reader, words))
        target_take_word(reader, "of");
    if (!target_take_year(reader, &year))
        return false;
    *out = target_months(year, 1, MONTHS);
    return true;
}

/* "w/c 4 June 2012", "week ending 8 June 2012". */
static bool read_week(struct target_reader *reader, struct target_moment *out)
{
    static const char *const beginnings[] = { "week commencing",
                                              "week beginning",
                                              "week starting",
                                              "wk commencing",
                                              "w / c",
                                              "w / b",
                                              "wc",
                                              NULL };
    static const char *const endings[] = { "week ending", "wk ending", "w / e", NULL };
    target_take_word(reader, "the");
    bool is_beginning = target_take_any(reader, beginnings);
    if (!is_beginning && !target_take_any(reader, endings))
        return false;
    target_take_mark(reader, ':');
    if (!target_moment_read(reader, out) || !out->has_year ||
        date_compare(out->first, out->last) != 0)
        return false;
    if (is_beginning)
        out->last = date_of_days(date_days(out->last) + 6);
    else
        out->first = date_of_days(date_days(out->first) - 6);
    return true;
}

/* The middle day of a month, the end of the first half of a year. */
static bool to_middle(struct target_moment *moment)
{
    if (!moment->has_year) {
        bool is_month = moment->months == 1;
        *moment = target_yearless(moment->month, 15, 0);
        return is_month;
    }
    if (!moment->is_whole)
        return false;
    struct date half = date_add_months(moment->first, HALF - 1);
    if (date_compare(moment->last, date_month_end(moment->first.year, moment->first.month)) == 0) {
        *moment = target_day((struct date){ moment->first.year, moment->first.month, 15 });
        return true;
    }
    if (date_compare(date_add_months(moment->first, MONTHS - 1),
                     (struct date){ moment->last.year, moment->last.month, 1 }) != 0)
        return false;
    *moment = target_day(date_month_end(half.year, half.month));
    return true;
}

static bool to_start(struct target_moment *moment)
{
    if (!moment->has_year) {
        int month = (moment->month - moment->months + MONTHS) % MONTHS + 1;
        bool is_day = moment->months == 0;
        *moment = target_yearless(month, 1, 0);
        return !is_day;
    }
    bool is_day = date_compare(moment->first, moment->last) == 0;
    *moment = target_day(moment->first);
    return !is_day;
}

/* "end of March 2012", "mid-March 2012", "start of Q3 2012/13", "year end 2012/13". */
static bool read_edge(struct target_reader *reader, struct target_moment *out)
{
    static const char *const ends[] = { "end of",          "end -",       "end",        "close of",
                                        "last day of",     "late",        "year end",   "month end",
                                        "year - end",      "month - end", "the end of", "the end",
                                        "the last day of", NULL };
    static const char *const starts[] = {
        "the start of",     "start of", "the beginning of", "beginning of", "first day of",
        "the first day of", NULL
    };
    static const char *const middles[] = { "the middle of", "middle of", "mid -", "mid", NULL };
    bool is_start = target_take_any(reader, starts);
    bool is_middle = !is_start && target_take_any(reader, middles);
    if (!is_start && !is_middle && !target_take_any(reader, ends))
        return false;
    target_take_word(reader, "of");
    if (!target_moment_read(reader, out))
        return false;
    if (is_start)
        return to_start(out);
    if (is_middle)
        return to_middle(out);
    /* The end of a day is none that anybody would write. */
    return out->has_year ? date_compare(out->first, out->last) != 0 : out->months > 0;
}

typedef bool moment_reader(struct target_reader *reader, struct target_moment *out);

static moment_reader *const readers[] = {
    read_week,         read_iso,
    read_numbers,      target_read_school_year,
    read_quarter,      read_half,
    target_read_term,  target_read_season,
    target_read_feast, read_day,
    read_american,     read_month,
    read_month_number, read_reporting_year,
    read_iso_month,    read_calendar_year,
    read_edge,
};

bool target_moment_read(struct target_reader *reader, struct target_moment *out_moment)
{
    size_t at = reader->at;
    /* Edges and weeks hold a moment themselves; every step takes a token, so this ends. */
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct target_moment moment = { 0 };
        if (readers[i](reader, &moment)) {
            *out_moment = moment;
            return true;
        }
        reader->at = at;
    }
    return false;
}

bool target_moment_before(struct target_moment moment, struct target_moment later,
                          struct target_moment *out_moment)
{
    if (moment.has_year || !later.has_year)
        return false;
    for (int year = later.first.year; year >= later.first.year - 1; year--) {
        struct target_moment dated;
        struct date last = { year, moment.month, moment.day };
        if (moment.months == 0) {
            if (!date_exists(last))
                continue;
            dated = target_day(last);
        } else {
            struct date first = date_add_months((struct date){ year, moment.month, 1 },
                                                1 - moment.months);
            dated = target_months(first.year, first.month, moment.months);
        }
        if (date_compare(dated.first, later.first) >= 0)
            continue;
        *out_moment = dated;
        return true;
    }
    return false;
}
