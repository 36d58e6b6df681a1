/* One named stretch of time in a target date: a day, week, month, quarter, half, season, school
 * term or year, or an edge of it; used by target_date.c alone. */
#ifndef MODEL_TARGET_MOMENT_H
#define MODEL_TARGET_MOMENT_H

#include <stdbool.h>

#include "base/date.h"
#include "model/target_reader.h"

struct target_moment {
    bool has_year;
    struct date first, last; /* with a year */
    bool is_whole;           /* a month or longer: `last` is the end of a month */
    /* Without a year: its last month, the day in it (0: the last), and its length in months (0: a
     * day). */
    int month, day, months;
};

/* Reads a moment at the reader's place, as long a one as there is. Years, halves and quarters are
 * the reporting year's; "2012" alone is the calendar year. A quarter or half needs a reporting year
 * ("Q1 2012" could be either) unless that is the calendar year. */
bool target_moment_read(struct target_reader *reader, struct target_moment *out_moment);
/* Gives a moment without year the last year that lets it begin before `later` does. */
bool target_moment_before(struct target_moment moment, struct target_moment later,
                          struct target_moment *out_moment);
/* The end of the school term in which `date` lies, or that comes next. */
struct date target_term_end(const struct target_date_context *context, struct date date);

#endif
