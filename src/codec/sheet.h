/* Neutral sheets, as exports hand them to the writers of ODS and XLSX. */
#ifndef CODEC_SHEET_H
#define CODEC_SHEET_H

#include <stddef.h>

#include "base/slice.h"
#include "base/work.h"

enum sheet_cell_kind {
    SHEET_EMPTY,
    SHEET_TEXT,   /* UTF-8 */
    SHEET_NUMBER, /* a plain decimal: -40.23; anything else is written as text */
    SHEET_DATE    /* YYYY-MM-DD; anything else is written as text */
};

struct sheet_cell {
    enum sheet_cell_kind kind;
    struct slice text;
};

struct sheet {
    const char *name;
    const struct slice *headings; /* the first row, marked as the heading */
    size_t column_count;
    const struct sheet_cell *cells; /* row after row, column_count in each */
    size_t row_count;
};

struct sheet_file {
    const char *title;
    const char *language; /* en-GB, cy-GB */
    const char *made;     /* moment in ISO 8601, UTC, for the properties */
    const struct sheet *sheets;
    size_t sheet_count; /* at least 1 */
};

/* Each gives the whole file in the work's arena; the same input gives the same bytes. STATUS_LIMIT
 * when the sheets are larger than the format allows, STATUS_STORAGE when memory for it cannot be
 * had. */
MUST_CHECK enum status ods_write(struct work *work, const struct sheet_file *file,
                                 struct slice *out_bytes);
/* Names of sheets are made to fit Excel: 31 characters, none of []:*?/\, no two alike. */
MUST_CHECK enum status xlsx_write(struct work *work, const struct sheet_file *file,
                                  struct slice *out_bytes);

#endif
