/* Import: rows of a spreadsheet become rows of an entity, in one transaction with one event.
 *
 * Good rows go in although others fail. What is wrong is a list of problems; the rows that were
 * refused come back as a file that can be mended and sent again. Sending the same file twice
 * changes nothing. */
#ifndef SERVICE_IMPORT_H
#define SERVICE_IMPORT_H

#include "base/problem.h"
#include "entity/entity.h"
#include "store/store.h"

struct table_reader;

enum {
    IMPORT_MOST_PROBLEMS = 1000, /* kept in words; all are counted */
    IMPORT_MOST_CHANGES = 200,   /* shown in words; all are counted */
    IMPORT_MOST_MEND_BYTES = 16 * 1024 * 1024,
};

/* A value for a column that the file does not have: period=2012-13-Q1. */
struct import_constant {
    const char *name, *text;
};

struct import_options {
    const struct entity *entity;
    bool dry_run; /* everything is done and then rolled back */
    const struct import_constant *constants;
    size_t constant_count;
};

/* What one row brought, for the dry run. */
struct import_change {
    const char *sheet;
    int64_t row;
    const char *words; /* "new: bame-employees", "changed: …: Title from "…" to "…"" */
};

struct import_result {
    int64_t read, inserted, changed, unchanged, rejected;
    int64_t dates_moved; /* actions that are due otherwise, since a scheme or authority changed */
    struct problems problems;
    struct list changes; /* of struct import_change * */
    struct list skipped; /* of const char *: headings and sheets that were not understood */
    const char *mend;    /* the refused rows as CSV with a column of problems; NULL when none */
    size_t mend_length;
    const char *file_hash;
};

/* Imports all rows that `reader` gives; `name` is the file's name for messages and the audit.
 * The work has an open store. STATUS_FINDINGS when rows were refused, with everything else done. */
MUST_CHECK enum status import_table(struct work *work, const char *name,
                                    struct table_reader *reader,
                                    const struct import_options *options,
                                    struct import_result *out_result);
/* The same for a file on disk. */
MUST_CHECK enum status import_file(struct work *work, const char *path,
                                   const struct import_options *options,
                                   struct import_result *out_result);

#endif
