/* Dates of the proleptic Gregorian calendar: ISO text outside, a count of days inside. */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct arena;

struct date {
    int year, month, day; /* month and day count from 1 */
};

int date_month_length(int year, int month);
/* True for a day that exists, in the years 1 to 9999. */
bool date_exists(struct date date);
/* Days since 1970-01-01. */
int64_t date_days(struct date date);
struct date date_of_days(int64_t days);
/* Adds months and keeps the day, or takes the month's last day when it has none such. */
struct date date_add_months(struct date date, int months);
struct date date_month_end(int year, int month);
/* Monday is 1. */
int date_weekday(struct date date);
int date_compare(struct date a, struct date b);
/* Reads YYYY-MM-DD, and nothing else. */
bool date_read(struct slice slice, struct date *out_date);
/* Reads what British people write: YYYY-MM-DD, DD/MM/YYYY, DD/MM/YY, D.M.YYYY, 31 March 2024,
 * 31st Mar 24. Two-digit years are 2000 to 2069 or 1970 to 1999. */
bool date_read_british(struct slice slice, struct date *out_date);
/* The month that a word names, whole or by three letters at least ("Sept" too); 0 when none. */
int date_month_named(struct slice word);
/* "March", for 1 to 12, in English; pages translate it. */
const char *date_month_name(int month);
/* YYYY-MM-DD. */
char *date_print(struct arena *arena, struct date date);
/* 31 March 2024. */
char *date_print_long(struct arena *arena, struct date date);
/* A date in ISO text as date_print_long; other text as it is. */
const char *date_print_iso_long(struct arena *arena, const char *iso);

#endif
