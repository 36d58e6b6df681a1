/* Neutral sheets, as exports hand them to the writers of ODS and XLSX. */
#ifndef CODEC_SHEET_H
#define CODEC_SHEET_H

#include <stdbool.h>
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

/* How a column is shown and filled in. */
struct sheet_column {
    int width;                  /* in characters */
    bool is_input;              /* may be written in where the sheet is protected */
    const char *const *choices; /* what may stand in it, ended by NULL; or NULL: anything. No comma
                                   in them, and 255 characters together: XLSX holds no more */
};

struct sheet {
    const char *name;
    const struct slice *headings; /* the first row, marked as the heading */
    size_t column_count;
    const struct sheet_cell *cells; /* row after row, column_count in each */
    size_t row_count;
    const struct sheet_column *columns; /* column_count of them, and words wrap; or NULL: plain */
    size_t frozen;     /* columns on the left that stay in view, as the heading does */
    bool is_protected; /* what is no input is not written over by mistake; there is no password */
};

struct sheet_file {
    const char *title;
    const char *language; /* en-GB, cy-GB */
    const char *made;     /* moment in ISO 8601, UTC, for the properties */
    const struct sheet *sheets;
    size_t sheet_count; /* at least 1 */
};

/* Whether the columns of known width can be read on one page beside each other. */
bool sheet_fits_paper(const struct sheet *sheet);

/* Each gives the whole file in the work's arena; the same input gives the same bytes. STATUS_LIMIT
 * when the sheets are larger than the format allows, STATUS_STORAGE when memory for it cannot be
 * had. */
MUST_CHECK enum status ods_write(struct work *work, const struct sheet_file *file,
                                 struct slice *out_bytes);
/* Names of sheets are made to fit Excel: 31 characters, none of []:*?/\, no two alike. */
MUST_CHECK enum status xlsx_write(struct work *work, const struct sheet_file *file,
                                  struct slice *out_bytes);

#endif
