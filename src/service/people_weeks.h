/* Hours week by week, for those without normal hours: SI 2017/353, Schedule 1, paragraph 7. */
#ifndef SERVICE_PEOPLE_WEEKS_H
#define SERVICE_PEOPLE_WEEKS_H

#include "service/people.h"
#include "stats/pay_rank.h"

enum { PEOPLE_MOST_WEEKS = 52 };

/* The columns that people_weeks_add makes: the hours of the weeks that are averaged, together, and
 * how many weeks they are. */
#define PEOPLE_WEEK_HOURS "hours-of-weeks"
#define PEOPLE_WEEKS_AVERAGED "weeks-averaged"

struct people_weeks {
    struct pay_numbers hours[PEOPLE_MOST_WEEKS]; /* of each week, the latest first */
    size_t count;
};

/* A column in millionths, labels as amounts; none when the column is neither. */
struct pay_numbers people_numbers(struct arena *arena, const struct column *column);
/* The columns under headings parted by slashes, the latest week first. STATUS_USAGE for a heading
 * that is not there or has no numbers, and for more weeks than a year has. */
MUST_CHECK enum status people_weeks_find(struct work *work, const struct people *people,
                                         const char *headings, struct people_weeks *out_weeks);
/* The hours of a row's latest twelve weeks worked, and how many there were; false when none. */
bool people_weeks_of(const struct people_weeks *weeks, size_t row, int64_t *out_hours,
                     int64_t *out_used);
/* Adds what has to be known of the weeks once their columns are not kept: for those without
 * contract hours. Gives how many there are. */
MUST_CHECK enum status people_weeks_add(struct work *work, struct people *people,
                                        const char *headings, int64_t *out_averaged);

#endif
