#include "codec/date_column.h"

#include "base/banned.h"

enum {
    PARTS = 3,
    SERIAL_LEAST = 366,    /* 31 December 1900 */
    SERIAL_MOST = 73050,   /* 31 December 2099 */
    SERIAL_EPOCH = -25569, /* 30 December 1899, from which spreadsheets count, in days of 1970 */
    YEAR_LEAST = 1850,
    YEAR_MOST = 2199
};

const char *date_form_words(enum date_form form)
{
    static const char *const words[DATE_FORM_COUNT] = {
        [DATE_FORM_ISO] = "year first (1980-03-31)",
        [DATE_FORM_DAY_FIRST] = "day first (31/03/1980)",
        [DATE_FORM_MONTH_FIRST] = "month first (03/31/1980)",
        [DATE_FORM_WORDED] = "with the month in words (31 March 1980)",
        [DATE_FORM_COMPACT] = "eight digits (19800331)",
        [DATE_FORM_SERIAL] = "a spreadsheet's count of days (29311)",
    };
    return words[form];
}

/* Without a time of day: "1980-03-31T00:00:00", "31/03/1980 00:00". */
static struct slice without_time(struct slice cell)
{
    for (size_t i = 8; i + 3 < cell.length; i++) {
        bool parts = cell.start[i] == 'T' || cell.start[i] == ' ';
        bool hour = cell.start[i + 1] >= '0' && cell.start[i + 1] <= '2';
        bool minute = cell.start[i + 2] == ':' || cell.start[i + 3] == ':';
        if (parts && hour && minute)
            return slice_trim(slice_first(cell, i));
    }
    return cell;
}

/* Numbers of 1 to 4 digits, parted by the same mark of / . - */
static bool split(struct slice cell, struct slice parts[PARTS])
{
    char mark = 0;
    size_t count = 0, from = 0;
    for (size_t i = 0; i <= cell.length; i++) {
        char byte = i < cell.length ? cell.start[i] : mark;
        bool is_mark = byte == '/' || byte == '.' || byte == '-';
        if (i < cell.length && byte >= '0' && byte <= '9')
            continue;
        if (!is_mark || (mark && byte != mark) || count == PARTS || i == from || i - from > 4)
            return false;
        mark = byte;
        parts[count++] = slice_first(slice_from(cell, from), i - from);
        from = i + 1;
    }
    return count == PARTS;
}

static int number_of(struct slice digits)
{
    int64_t number = 0;
    return slice_integer(digits, &number) ? (int)number : -1;
}

/* Four digits, or two that end the latest year up to `latest`. */
static int year_of(struct slice digits, int latest)
{
    int year = number_of(digits);
    if (digits.length == 4)
        return year;
    if (digits.length != 2)
        return -1;
    year += latest / 100 * 100;
    return year > latest ? year - 100 : year;
}

static bool give(struct date date, struct date *out_date)
{
    if (date.year < YEAR_LEAST || date.year > YEAR_MOST || !date_exists(date))
        return false;
    *out_date = date;
    return true;
}

static bool read_parted(enum date_form form, int latest, struct slice cell, struct date *out_date)
{
    struct slice parts[PARTS];
    if (!split(cell, parts))
        return false;
    bool year_first = form == DATE_FORM_ISO;
    if (parts[year_first ? 0 : 2].length < (year_first ? 4U : 2U) || parts[1].length > 2 ||
        parts[year_first ? 2 : 0].length > 2)
        return false;
    int month = form == DATE_FORM_MONTH_FIRST ? 0 : 1;
    struct date date = { .year = year_of(parts[year_first ? 0 : 2], latest),
                         .month = number_of(parts[month]),
                         .day = number_of(parts[year_first ? 2 : 1 - month]) };
    return give(date, out_date);
}

/* A day, a month in words and a year, with the day or the month first. */
static bool read_worded(int latest, struct slice cell, struct date *out_date)
{
    struct slice words[PARTS], rest = cell;
    size_t count = 0;
    while (rest.length > 0) {
        size_t length = 0;
        while (length < rest.length && rest.start[length] != ' ' && rest.start[length] != '-' &&
               rest.start[length] != '/' && rest.start[length] != ',')
            length++;
        if (length > 0 && count == PARTS)
            return false;
        if (length > 0)
            words[count++] = slice_first(rest, length);
        rest = slice_from(rest, length + 1);
    }
    if (count != PARTS)
        return false;
    bool month_first = date_month_named(words[0]) > 0;
    struct slice day = words[month_first ? 1 : 0];
    if (slice_ends(day, "st") || slice_ends(day, "nd") || slice_ends(day, "rd") ||
        slice_ends(day, "th"))
        day.length -= 2;
    struct date date = { .year = year_of(words[2], latest),
                         .month = date_month_named(words[month_first ? 0 : 1]),
                         .day = day.length <= 2 ? number_of(day) : -1 };
    return give(date, out_date);
}

static bool read_digits(enum date_form form, struct slice cell, struct date *out_date)
{
    int64_t number = 0;
    if (slice_ends(cell, ".0"))
        cell.length -= 2;
    for (size_t i = 0; i < cell.length; i++)
        if (cell.start[i] < '0' || cell.start[i] > '9')
            return false;
    if (!slice_integer(cell, &number))
        return false;
    if (form == DATE_FORM_SERIAL) {
        if (number < SERIAL_LEAST || number > SERIAL_MOST || cell.length > 5)
            return false;
        return give(date_of_days(number + SERIAL_EPOCH), out_date);
    }
    struct date date = { (int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100) };
    return cell.length == 8 && give(date, out_date);
}

bool date_read_as(enum date_form form, int latest_year, struct slice cell, struct date *out_date)
{
    cell = without_time(slice_trim(cell));
    switch (form) {
    case DATE_FORM_WORDED:
        return read_worded(latest_year, cell, out_date);
    case DATE_FORM_COMPACT:
    case DATE_FORM_SERIAL:
        return read_digits(form, cell, out_date);
    default:
        return read_parted(form, latest_year, cell, out_date);
    }
}

void date_tally_add(struct date_tally *tally, struct slice cell, size_t count)
{
    struct date date;
    if (slice_trim(cell).length == 0)
        return;
    tally->filled += count;
    for (int form = 0; form < DATE_FORM_COUNT; form++)
        if (date_read_as((enum date_form)form, tally->latest_year, cell, &date))
            tally->read[form] += count;
}

struct date_decision date_tally_decide(const struct date_tally *tally)
{
    enum date_form best = DATE_FORM_ISO;
    for (int form = 1; form < DATE_FORM_COUNT; form++)
        if (tally->read[form] > tally->read[best])
            best = (enum date_form)form;
    bool both = tally->read[DATE_FORM_DAY_FIRST] == tally->read[DATE_FORM_MONTH_FIRST];
    return (struct date_decision){
        .form = best,
        .is_certain = best != DATE_FORM_DAY_FIRST || !both,
        .unread = tally->filled - tally->read[best],
    };
}
