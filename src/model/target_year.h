/* Years of a target date, and moments made from them; used by target_moment.c and target_season.c.
 */
#ifndef MODEL_TARGET_YEAR_H
#define MODEL_TARGET_YEAR_H

#include "model/target_moment.h"

/* The first month of the reporting year. */
int target_start_month(const struct target_reader *reader);
/* The month that the token `ahead` names; 0 when it names none. */
int target_month_at(const struct target_reader *reader, size_t ahead);
/* A year of four digits, 1900 to 2199. */
bool target_take_year(struct target_reader *reader, int *out_year);
/* The same, or one of two digits after an optional apostrophe. */
bool target_take_any_year(struct target_reader *reader, int *out_year);
/* "2012/13", "2012-2013", and "12/13" when `is_short` allows it: two years that follow. */
bool target_take_two_years(struct target_reader *reader, bool is_short, int *out_year);
/* A reporting year: two years that follow, after words for one or not. */
bool target_take_reporting_year(struct target_reader *reader, bool is_short, int *out_year);
/* One day; `months` months that begin with the one given; and a moment without a year. */
struct target_moment target_day(struct date date);
struct target_moment target_months(int year, int month, int months);
struct target_moment target_yearless(int month, int day, int months);

#endif
