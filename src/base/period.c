#include "base/period.h"

#include "base/arena.h"
#include "base/banned.h"

static bool two_digits(struct slice slice, int *out_number)
{
    int64_t number = 0;
    if (slice.length != 2 || slice.start[0] < '0' || slice.start[0] > '9' ||
        !slice_integer(slice, &number))
        return false;
    *out_number = (int)number;
    return true;
}

static bool four_digits(struct slice slice, int *out_number)
{
    int high = 0, low = 0;
    if (slice.length != 4 || !two_digits(slice_first(slice, 2), &high) ||
        !two_digits(slice_from(slice, 2), &low))
        return false;
    *out_number = high * 100 + low;
    return *out_number > 0;
}

/* The last ISO week of a year is the one that holds 28 December. */
static int weeks_in_year(int year)
{
    struct date january = { year, 1, 1 };
    bool leap = date_month_length(year, 2) == 29;
    return date_weekday(january) == 4 || (leap && date_weekday(january) == 3) ? 53 : 52;
}

static bool read_part(struct slice part, struct period *period)
{
    int64_t number = 0;
    if (part.length != 2 || !slice_integer(slice_from(part, 1), &number) || number < 1)
        return false;
    period->number = (int)number;
    period->kind = part.start[0] == 'Q' ? PERIOD_QUARTER : PERIOD_HALF;
    return (part.start[0] == 'Q' && number <= 4) || (part.start[0] == 'H' && number <= 2);
}

bool period_read(struct slice slice, struct period *out_period)
{
    struct period period = { .kind = PERIOD_YEAR };
    struct slice tail = slice_from(slice, 5);
    int second = 0;
    if (slice.length < 7 || !four_digits(slice_first(slice, 4), &period.year) ||
        slice.start[4] != '-')
        return false;
    if (slice.length == 8 && tail.start[0] == 'W') {
        period.kind = PERIOD_WEEK;
        if (!two_digits(slice_from(tail, 1), &period.number) || period.number < 1 ||
            period.number > weeks_in_year(period.year))
            return false;
    } else if (!two_digits(slice_first(tail, 2), &second)) {
        return false;
    } else if (second == (period.year + 1) % 100 && (tail.length == 2 || tail.length == 5)) {
        if (tail.length == 5 && (tail.start[2] != '-' || !read_part(slice_from(tail, 3), &period)))
            return false;
    } else if (tail.length == 2 && second >= 1 && second <= 12) {
        period.kind = PERIOD_MONTH;
        period.number = second;
    } else {
        return false;
    }
    *out_period = period;
    return true;
}

/* "2012/13", "2012-13" or "2012/2013" after an optional "FY". */
static bool read_reporting_year(struct slice slice, int *out_year)
{
    int first = 0, second = 0;
    if (slice.length < 7 || !four_digits(slice_first(slice, 4), &first) ||
        (slice.start[4] != '/' && slice.start[4] != '-'))
        return false;
    struct slice rest = slice_from(slice, 5);
    if (rest.length == 4 && slice_starts(rest, "20"))
        rest = slice_from(rest, 2);
    if (!two_digits(rest, &second) || second != (first + 1) % 100)
        return false;
    *out_year = first;
    return true;
}

/* "Quarter 1", "qtr 1", "Q1", "Half 2", "H2". */
static bool read_part_word(struct slice word, struct slice *rest, struct period *period)
{
    static const struct {
        const char *word, *letter;
        enum period_kind kind;
        int most;
    } parts[] = { { "quarter", "q", PERIOD_QUARTER, 4 },
                  { "qtr", "q", PERIOD_QUARTER, 4 },
                  { "half", "h", PERIOD_HALF, 2 } };
    int64_t number = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct slice digit = { NULL, 0 };
        if (word.length == 2 && slice_starts_folded(word, parts[i].letter))
            digit = slice_from(word, 1);
        else if (!slice_equal_folded(word, slice_of(parts[i].word)) || !slice_word(rest, &digit))
            continue;
        if (digit.length != 1 || !slice_integer(digit, &number) || number < 1 ||
            number > parts[i].most)
            return false;
        period->number = (int)number;
        period->kind = parts[i].kind;
        return true;
    }
    return false;
}

static bool read_words(struct slice rest, struct period *period)
{
    struct slice word;
    bool year = false;
    *period = (struct period){ .kind = PERIOD_YEAR };
    while (slice_word(&rest, &word)) {
        int month = date_month_named(word);
        if (slice_equal_folded(word, SLICE("fy")) || slice_equal_folded(word, SLICE("of")))
            continue;
        if (month > 0 && period->kind == PERIOD_YEAR && !year) {
            *period = (struct period){ .kind = PERIOD_MONTH, .number = month };
        } else if (!year && period->kind == PERIOD_MONTH && four_digits(word, &period->year)) {
            year = true;
        } else if (!year && period->kind != PERIOD_MONTH &&
                   read_reporting_year(word, &period->year)) {
            year = true;
        } else if (period->kind != PERIOD_YEAR || !read_part_word(word, &rest, period)) {
            return false;
        }
    }
    return year;
}

bool period_read_worded(struct slice slice, struct period *out_period)
{
    struct period period;
    slice = slice_trim(slice);
    if (!period_read(slice, &period) && !read_words(slice, &period))
        return false;
    *out_period = period;
    return true;
}

char *period_print(struct arena *arena, struct period period)
{
    int next = (period.year + 1) % 100;
    switch (period.kind) {
    case PERIOD_YEAR:
        return arena_format(arena, "%04d-%02d", period.year, next);
    case PERIOD_HALF:
        return arena_format(arena, "%04d-%02d-H%d", period.year, next, period.number);
    case PERIOD_QUARTER:
        return arena_format(arena, "%04d-%02d-Q%d", period.year, next, period.number);
    case PERIOD_MONTH:
        return arena_format(arena, "%04d-%02d", period.year, period.number);
    case PERIOD_WEEK:
        break;
    }
    return arena_format(arena, "%04d-W%02d", period.year, period.number);
}

char *period_print_long(struct arena *arena, struct period period)
{
    int next = (period.year + 1) % 100;
    switch (period.kind) {
    case PERIOD_YEAR:
        return arena_format(arena, "%d/%02d", period.year, next);
    case PERIOD_HALF:
        return arena_format(arena, "Half %d %d/%02d", period.number, period.year, next);
    case PERIOD_QUARTER:
        return arena_format(arena, "Quarter %d %d/%02d", period.number, period.year, next);
    case PERIOD_MONTH:
        return arena_format(arena, "%s %d", date_month_name(period.number), period.year);
    case PERIOD_WEEK:
        break;
    }
    return arena_format(arena, "Week %d of %d", period.number, period.year);
}

static struct date week_first_day(int year, int number)
{
    struct date fourth = { year, 1, 4 };
    return date_of_days(date_days(fourth) - (date_weekday(fourth) - 1) + (number - 1) * 7);
}

static int months_long(enum period_kind kind)
{
    static const int lengths[] = { [PERIOD_YEAR] = 12,
                                   [PERIOD_HALF] = 6,
                                   [PERIOD_QUARTER] = 3,
                                   [PERIOD_MONTH] = 1,
                                   [PERIOD_WEEK] = 0 };
    return lengths[kind];
}

struct date period_first_day(struct period period, int start_month)
{
    if (period.kind == PERIOD_WEEK)
        return week_first_day(period.year, period.number);
    if (period.kind == PERIOD_MONTH)
        return (struct date){ period.year, period.number, 1 };
    int before = period.number > 0 ? (period.number - 1) * months_long(period.kind) : 0;
    return date_add_months((struct date){ period.year, start_month, 1 }, before);
}

struct date period_last_day(struct period period, int start_month)
{
    struct date first = period_first_day(period, start_month);
    if (period.kind == PERIOD_WEEK)
        return date_of_days(date_days(first) + 6);
    return date_of_days(date_days(date_add_months(first, months_long(period.kind))) - 1);
}

static int count_in_year(struct period period)
{
    static const int counts[] = { [PERIOD_YEAR] = 1,
                                  [PERIOD_HALF] = 2,
                                  [PERIOD_QUARTER] = 4,
                                  [PERIOD_MONTH] = 12,
                                  [PERIOD_WEEK] = 0 };
    return period.kind == PERIOD_WEEK ? weeks_in_year(period.year) : counts[period.kind];
}

struct period period_previous(struct period period)
{
    if (period.number > 1) {
        period.number--;
        return period;
    }
    period.year--;
    if (period.kind != PERIOD_YEAR)
        period.number = count_in_year(period);
    return period;
}

struct period period_next(struct period period)
{
    if (period.kind != PERIOD_YEAR && period.number < count_in_year(period)) {
        period.number++;
        return period;
    }
    period.year++;
    if (period.kind != PERIOD_YEAR)
        period.number = 1;
    return period;
}

struct period period_year_before(struct period period)
{
    period.year--;
    if (period.kind == PERIOD_WEEK && period.number > weeks_in_year(period.year))
        period.number = weeks_in_year(period.year);
    return period;
}

struct period period_year_of(struct period period, int start_month)
{
    struct date last = period_last_day(period, start_month);
    return (struct period){ .kind = PERIOD_YEAR, .year = last.year - (last.month < start_month) };
}

int period_months_gone(struct period period, int start_month)
{
    struct date last = period_last_day(period, start_month);
    return (last.month - start_month + 12) % 12 + 1;
}

bool period_equal(struct period a, struct period b)
{
    return a.kind == b.kind && a.year == b.year && a.number == b.number;
}

int period_compare(struct period a, struct period b, int start_month)
{
    int order = date_compare(period_last_day(a, start_month), period_last_day(b, start_month));
    return order != 0 ? order : (int)b.kind - (int)a.kind;
}
