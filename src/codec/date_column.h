/* In which order the dates of a column are written: decided for the column as a whole, never cell
 * by cell, because 03/04/1980 alone says nothing. */
#ifndef CODEC_DATE_COLUMN_H
#define CODEC_DATE_COLUMN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

enum date_form {
    DATE_FORM_ISO,         /* 1980-03-31, 1980/03/31, 1980-03-31T00:00:00 */
    DATE_FORM_DAY_FIRST,   /* 31/03/1980, 31.3.80, 31-03-1980 */
    DATE_FORM_MONTH_FIRST, /* 03/31/1980 */
    DATE_FORM_WORDED,      /* 31 March 1980, 31-Mar-80, March 31, 1980 */
    DATE_FORM_COMPACT,     /* 19800331 */
    DATE_FORM_SERIAL,      /* 29311: days as spreadsheets count them */
    DATE_FORM_COUNT
};

/* What the cells of a column can be read as. */
struct date_tally {
    int latest_year; /* a year of two digits is the latest one up to this that ends with them */
    size_t filled;
    size_t read[DATE_FORM_COUNT]; /* how many cells each form reads */
};

struct date_decision {
    enum date_form form;
    bool is_certain; /* false: no day is above 12, so that the British order was taken */
    size_t unread;   /* cells that the form does not read */
};

/* Adds `count` cells of the same text; blanks do not count. */
void date_tally_add(struct date_tally *tally, struct slice cell, size_t count);
/* The form that reads the most; of day first and month first that read as many, day first. */
struct date_decision date_tally_decide(const struct date_tally *tally);
/* Reads a cell in one form; a time of day after it is passed over. */
bool date_read_as(enum date_form form, int latest_year, struct slice cell, struct date *out_date);
/* "day first (31/03/1980)", for people. */
const char *date_form_words(enum date_form form);

#endif
