/* What a number in an XLSX means by its style: a plain number, a date, a time. */
#ifndef CODEC_XLSX_NUMBER_H
#define CODEC_XLSX_NUMBER_H

#include <stdbool.h>

#include "base/slice.h"

struct arena;

enum xlsx_style {
    XLSX_PLAIN,
    XLSX_PERCENT, /* 0.405 is what a person reads as 40.5% */
    XLSX_DATE,    /* shows a day and no time */
    XLSX_MOMENT,  /* shows both */
    XLSX_TIME,    /* shows a time of day */
    XLSX_ELAPSED, /* shows hours, minutes or seconds beyond a day: [h]:mm */
};

/* The style of a number format that Excel builds in, by its id (ECMA-376 part 1, 18.8.30). */
enum xlsx_style xlsx_style_built_in(int64_t id);
/* The style of a format code such as "dd/mm/yyyy", read as its first section, without what stands
 * in quotation marks, in brackets or behind a backslash. */
enum xlsx_style xlsx_style_of_code(struct slice code);
/* A cell's number as text: the shortest decimal (a percentage as it reads, 40.5%), or ISO text for
 * dates, by the system that counts from 1900 (with its 29 February 1900) or from 1904. A moment at
 * midnight is a date. What cannot be a date (negative, beyond 9999, the day that never was) stays a
 * number. */
struct slice xlsx_number_print(struct arena *arena, struct slice number, enum xlsx_style style,
                               bool is_1904);

#endif
