/* Years as they are written, and the moments that are made of them. */
#include "model/target_year.h"

#include "model/target_date.h"
#include "base/banned.h"

enum { YEAR_LEAST = 1900, YEAR_MOST = 2199 };

int target_start_month(const struct target_reader *reader)
{
    return reader->context->start_month != 0 ? reader->context->start_month : 4;
}

struct target_moment target_day(struct date date)
{
    return (struct target_moment){ .has_year = true, .first = date, .last = date };
}

/* `months` months, the first of them the one given. */
struct target_moment target_months(int year, int month, int months)
{
    struct date first = { year, month, 1 };
    struct date last = date_add_months(first, months - 1);
    return (struct target_moment){ .has_year = true,
                                   .first = first,
                                   .last = date_month_end(last.year, last.month),
                                   .is_whole = true };
}

struct target_moment target_yearless(int month, int day, int months)
{
    return (struct target_moment){ .month = month, .day = day, .months = months };
}

int target_month_at(const struct target_reader *reader, size_t ahead)
{
    const struct target_token *token = target_peek(reader, ahead);
    return token->kind == TARGET_WORD ? date_month_named(token->text) : 0;
}

/* A year of four digits. */
bool target_take_year(struct target_reader *reader, int *out_year)
{
    size_t at = reader->at;
    int64_t number = 0;
    if (target_take_number(reader, 4, 4, &number) && number >= YEAR_LEAST && number <= YEAR_MOST) {
        *out_year = (int)number;
        return true;
    }
    reader->at = at;
    return false;
}

/* A year of four digits, or of two after an optional apostrophe. */
bool target_take_any_year(struct target_reader *reader, int *out_year)
{
    size_t at = reader->at;
    int64_t number = 0;
    if (target_take_year(reader, out_year))
        return true;
    target_take_mark(reader, '\'');
    /* "30 June - 31 July 2012": what stands before a month is a day. */
    if (!target_take_number(reader, 2, 2, &number) || target_month_at(reader, 0) > 0) {
        reader->at = at;
        return false;
    }
    *out_year = (int)number + (number < 70 ? 2000 : 1900);
    return true;
}

/* "2012/13", "2012-2013", and "12/13" when `is_short` allows it: two years that follow. */
bool target_take_two_years(struct target_reader *reader, bool is_short, int *out_year)
{
    size_t at = reader->at;
    int first = 0;
    int64_t second = 0;
    bool read = is_short ? target_take_any_year(reader, &first) : target_take_year(reader, &first);
    read = read && (target_take_mark(reader, '/') || target_take_mark(reader, '-')) &&
           target_take_number(reader, 2, 4, &second);
    if (read && (second == first + 1 || second == (first + 1) % 100)) {
        *out_year = first;
        return true;
    }
    reader->at = at;
    return false;
}

static const char *const year_words[] = {
    "financial year", "fin year", "fiscal year", "reporting year", "f / y", "fy", "year", NULL,
};

/* A reporting year: two years that follow, after words for one or not; "12/13" only after words, or
 * where `is_short` allows it. */
bool target_take_reporting_year(struct target_reader *reader, bool is_short, int *out_year)
{
    size_t at = reader->at;
    target_take_word(reader, "the");
    bool is_named = target_take_any(reader, year_words);
    if (is_named)
        target_take_word(reader, "of");
    if (target_take_two_years(reader, is_short || is_named, out_year)) {
        target_take_any(reader, year_words);
        return true;
    }
    /* A reporting year that is the calendar year has one number. */
    if (target_start_month(reader) == 1 && target_take_year(reader, out_year))
        return true;
    reader->at = at;
    return false;
}
