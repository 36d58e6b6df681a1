/* A table as a file to download: CSV for machines, ODS for people. */
#ifndef WEB_PAGES_TABLE_FILE_H
#define WEB_PAGES_TABLE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"
#include "base/work.h"

struct page;

struct table_file {
    const char *name;  /* of the file, without its ending: values */
    const char *title; /* of the ODS */
    const char *const *headings;
    size_t columns;
    const struct slice *cells; /* row after row */
    size_t rows;
    size_t numbers_from; /* the columns from here on are numbers where they read as such */
};

/* Makes the file the page's answer. STATUS_LIMIT when it is too large. */
MUST_CHECK enum status table_file_answer(struct work *work, const struct table_file *table,
                                         bool is_ods, struct page *out_page);

#endif
