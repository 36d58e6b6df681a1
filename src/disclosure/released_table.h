/* A table that may leave the building. Its body is private to this folder and only `release_make`
 * makes one, so that whoever prints for the public or widely inside the authority cannot be handed
 * an unprotected count: the compiler refuses it. */
#ifndef DISCLOSURE_RELEASED_TABLE_H
#define DISCLOSURE_RELEASED_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/list.h"
#include "base/slice.h"
#include "base/work.h"

struct released_table;

/* Why no number stands in a cell, in the shorthand of the Government Analysis Function. */
enum released_mark {
    RELEASED_SHOWN,
    RELEASED_CONFIDENTIAL,   /* [c]: hidden, for its own sake or another's: never said which */
    RELEASED_LOW,            /* [low]: rounds to nought, but is not */
    RELEASED_UNAVAILABLE,    /* [x] */
    RELEASED_NOT_APPLICABLE, /* [z] */
    RELEASED_MARK_COUNT
};

#define RELEASED_ALL "All" /* the label of a row that is of all labels of the column together */

struct released_figure {
    enum released_mark mark;
    int64_t number; /* 0 unless it is shown */
};

const char *released_table_name(const struct released_table *table);
size_t released_table_headings(const struct released_table *table);
size_t released_table_rows(const struct released_table *table);
const char *released_table_heading(const struct released_table *table, size_t column);
/* "All" where the row is of all labels of that column together. */
const char *released_table_label(const struct released_table *table, size_t row, size_t column);
struct released_figure released_table_count(const struct released_table *table, size_t row);
/* Whole per cent of the row in which the first variable is all; [z] in that row itself. */
struct released_figure released_table_percent(const struct released_table *table, size_t row);
/* Whether the rows have a mean and a median of an amount, and those, in whole units of it. */
bool released_table_has_amounts(const struct released_table *table);
struct released_figure released_table_mean(const struct released_table *table, size_t row);
struct released_figure released_table_median(const struct released_table *table, size_t row);
/* "[c]", "[low]", "[x]", "[z]"; "" for what is shown. */
const char *released_mark_text(enum released_mark mark);

/* Several tables as one CSV, long: table, the labels, count and per cent (and mean and median),
 * each with its mark. */
MUST_CHECK enum status released_as_csv(struct work *work,
                                       const struct released_table *const *tables, size_t count,
                                       struct slice *out_bytes);
/* The same as a workbook with a sheet for each table, and one that explains the marks. */
MUST_CHECK enum status released_as_ods(struct work *work,
                                       const struct released_table *const *tables, size_t count,
                                       struct slice *out_bytes);
MUST_CHECK enum status released_as_json(struct work *work,
                                        const struct released_table *const *tables, size_t count,
                                        struct slice *out_bytes);

/* What released_as_json gave, read back from where it was kept. STATUS_INPUT, naming `name`, for
 * anything else. */
MUST_CHECK enum status
released_read(struct work *work, const char *name, struct slice bytes,
              struct list *out_tables); /* of const struct released_table * */

#endif
