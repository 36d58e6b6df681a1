/* Seasons, school terms and years, and the two feasts that deadlines are named after. */
#include "model/target_season.h"

#include "model/target_date.h"
#include "model/target_year.h"
#include "base/banned.h"

enum { MONTHS = 12, QUARTER = 3 };

static struct date term_end(const struct target_date_context *context, int term, int year)
{
    static const struct date standard[] = { { 0, 3, 31 }, { 0, 8, 31 }, { 0, 12, 31 } };
    struct date end = context->term_ends[term];
    if (end.month == 0)
        end = standard[term];
    end.year = year;
    int last = date_month_length(year, end.month);
    end.day = end.day < 1 || end.day > last ? last : end.day;
    return end;
}

struct date target_term_end(const struct target_date_context *context, struct date date)
{
    for (int year = date.year;; year++)
        for (int term = 0; term < TARGET_DATE_TERMS; term++)
            if (date_compare(term_end(context, term, year), date) >= 0)
                return term_end(context, term, year);
}

/* "summer term 2012", "autumn term 2012/13": the year, or the school year, which begins in autumn.
 */
bool target_read_term(struct target_reader *reader, struct target_moment *out)
{
    static const char *const terms[][3] = { { "spring", NULL },
                                            { "summer", NULL },
                                            { "autumn", "fall", NULL } };
    int year = 0, term = 0;
    target_take_word(reader, "the");
    while (term < TARGET_DATE_TERMS && !target_take_any(reader, terms[term]))
        term++;
    target_take_word(reader, "school");
    if (term == TARGET_DATE_TERMS || !target_take_word(reader, "term"))
        return false;
    target_take_mark(reader, ',');
    target_take_word(reader, "of");
    if (target_take_two_years(reader, false, &year))
        year += term < TARGET_DATE_TERMS - 1;
    else if (!target_take_year(reader, &year))
        return false;
    struct date last = term_end(reader->context, term, year);
    struct date before = term > 0 ? term_end(reader->context, term - 1, year)
                                  : term_end(reader->context, TARGET_DATE_TERMS - 1, year - 1);
    *out = (struct target_moment){ .has_year = true,
                                   .first = date_of_days(date_days(before) + 1),
                                   .last = last };
    return true;
}

/* Seasons by the month in which they end. A winter is named by the year in which it begins. */
bool target_read_season(struct target_reader *reader, struct target_moment *out)
{
    static const struct {
        const char *words[3];
        int last_month;
    } seasons[] = { { { "spring", NULL }, 5 },
                    { { "summer", NULL }, 8 },
                    { { "autumn", "fall", NULL }, 11 },
                    { { "winter", NULL }, 2 } };
    size_t season = 0, count = sizeof seasons / sizeof *seasons;
    int year = 0;
    while (season < count && !target_take_any(reader, seasons[season].words))
        season++;
    if (season == count || target_take_word(reader, "term"))
        return false;
    size_t after = reader->at;
    bool is_winter = season == count - 1;
    target_take_mark(reader, ',');
    target_take_word(reader, "of");
    if ((is_winter && target_take_two_years(reader, false, &year)) ||
        target_take_any_year(reader, &year)) {
        *out = target_months(year, is_winter ? MONTHS : seasons[season].last_month - 2, QUARTER);
        return true;
    }
    reader->at = after;
    *out = target_yearless(seasons[season].last_month, 0, QUARTER);
    return true;
}

/* The Sunday of Easter: the anonymous Gregorian rule. */
static struct date easter(int year)
{
    int golden = year % 19, century = year / 100, rest = year % 100;
    int epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 +
                 15) %
                30;
    int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    int shift = (golden + 11 * epact + 22 * weekday) / 451;
    int day = epact + weekday - 7 * shift + 114;
    return (struct date){ year, day / 31, day % 31 + 1 };
}

bool target_read_feast(struct target_reader *reader, struct target_moment *out)
{
    int year = 0;
    bool is_easter = target_take_word(reader, "easter");
    if (!is_easter && !target_take_word(reader, "christmas"))
        return false;
    if (!target_take_year(reader, &year))
        return false;
    *out = target_day(is_easter ? easter(year) : (struct date){ year, MONTHS, 25 });
    return true;
}

/* "academic year 2012/13", "2012/13 school year": September to August. */
bool target_read_school_year(struct target_reader *reader, struct target_moment *out)
{
    static const char *const words[] = { "academic year", "school year", NULL };
    int year = 0;
    target_take_word(reader, "the");
    bool is_named = target_take_any(reader, words);
    if (is_named)
        target_take_word(reader, "of");
    if (!target_take_two_years(reader, is_named, &year))
        return false;
    if (!is_named && !target_take_any(reader, words))
        return false;
    *out = target_months(year, 9, MONTHS);
    return true;
}
