#include "base/date.h"

#include "base/arena.h"
#include "base/banned.h"

static const char *const month_names[] = { "January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December" };

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_month_length(int year, int month)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && leap(year) ? 29 : lengths[month - 1];
}

bool date_exists(struct date date)
{
    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= date_month_length(date.year, date.month);
}

/* Counts in eras of 400 years that begin on 1 March, so that the leap day comes last. */
int64_t date_days(struct date date)
{
    int64_t year = date.year - (date.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct date date_of_days(int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    struct date date = { .day = (int)(of_year - (153 * month + 2) / 5 + 1),
                         .month = (int)(month < 10 ? month + 3 : month - 9) };
    date.year = (int)(year + era * 400 + (date.month <= 2));
    return date;
}

struct date date_add_months(struct date date, int months)
{
    int count = date.year * 12 + date.month - 1 + months;
    struct date moved = { .year = count / 12, .month = count % 12 + 1, .day = date.day };
    int last = date_month_length(moved.year, moved.month);
    if (moved.day > last)
        moved.day = last;
    return moved;
}

struct date date_month_end(int year, int month)
{
    return (struct date){ year, month, date_month_length(year, month) };
}

int date_weekday(struct date date)
{
    int64_t day = (date_days(date) + 3) % 7;
    return (int)(day < 0 ? day + 7 : day) + 1;
}

int date_compare(struct date a, struct date b)
{
    int64_t apart = date_days(a) - date_days(b);
    return apart < 0 ? -1 : apart > 0;
}

static bool read_digits(struct slice slice, size_t least, size_t most, int *out_number)
{
    int64_t number = 0;
    if (slice.length < least || slice.length > most || slice_starts(slice, "-") ||
        slice_starts(slice, "+") || !slice_integer(slice, &number))
        return false;
    *out_number = (int)number;
    return true;
}

bool date_read(struct slice slice, struct date *out_date)
{
    struct date date;
    if (slice.length != 10 || slice.start[4] != '-' || slice.start[7] != '-' ||
        !read_digits(slice_first(slice, 4), 4, 4, &date.year) ||
        !read_digits(slice_first(slice_from(slice, 5), 2), 2, 2, &date.month) ||
        !read_digits(slice_from(slice, 8), 2, 2, &date.day) || !date_exists(date))
        return false;
    *out_date = date;
    return true;
}

int date_month_named(struct slice word)
{
    if (slice_ends(word, ".") || slice_ends(word, ","))
        word.length--;
    if (slice_equal_folded(word, SLICE("sept")))
        return 9;
    for (int month = 1; word.length >= 3 && month <= 12; month++)
        if (slice_equal_folded(word, slice_of(month_names[month - 1])) ||
            (word.length == 3 &&
             slice_equal_folded(word, slice_first(slice_of(month_names[month - 1]), 3))))
            return month;
    return 0;
}

static bool read_year(struct slice slice, int *out_year)
{
    int year = 0;
    if (!read_digits(slice, 2, 4, &year) || slice.length == 3)
        return false;
    if (slice.length == 2)
        year += year < 70 ? 2000 : 1900;
    *out_year = year;
    return true;
}

static bool read_parted(struct slice slice, char separator, struct date *out_date)
{
    struct slice day, month;
    struct date date;
    if (!slice_split(&slice, separator, &day) || !slice_split(&slice, separator, &month) ||
        !read_digits(day, 1, 2, &date.day) || !read_digits(month, 1, 2, &date.month) ||
        !read_year(slice, &date.year) || !date_exists(date))
        return false;
    *out_date = date;
    return true;
}

static bool read_worded(struct slice slice, struct date *out_date)
{
    struct slice day, month, year;
    struct date date;
    if (!slice_word(&slice, &day) || !slice_word(&slice, &month) || !slice_word(&slice, &year) ||
        slice_trim(slice).length > 0)
        return false;
    if (slice_ends(day, "st") || slice_ends(day, "nd") || slice_ends(day, "rd") ||
        slice_ends(day, "th"))
        day.length -= 2;
    date.month = date_month_named(month);
    if (date.month == 0 || !read_digits(day, 1, 2, &date.day) || !read_year(year, &date.year) ||
        !date_exists(date))
        return false;
    *out_date = date;
    return true;
}

bool date_read_british(struct slice slice, struct date *out_date)
{
    slice = slice_trim(slice);
    return date_read(slice, out_date) || read_parted(slice, '/', out_date) ||
           read_parted(slice, '.', out_date) || read_worded(slice, out_date);
}

const char *date_month_name(int month)
{
    return month_names[month - 1];
}

char *date_print(struct arena *arena, struct date date)
{
    return arena_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

char *date_print_long(struct arena *arena, struct date date)
{
    return arena_format(arena, "%d %s %d", date.day, month_names[date.month - 1], date.year);
}

const char *date_print_iso_long(struct arena *arena, const char *iso)
{
    struct date date;
    return date_read(slice_of(iso), &date) ? date_print_long(arena, date) : iso;
}
