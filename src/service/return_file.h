/* A return as a spreadsheet: filled in with what is known, sent out, written in and taken back. */
#ifndef SERVICE_RETURN_FILE_H
#define SERVICE_RETURN_FILE_H

#include "service/return_life.h"

struct table_reader;

enum return_file_kind { RETURN_FILE_ODS, RETURN_FILE_XLSX };
/* What a sheet must have been loaded with to be written. */
enum { RETURN_FILE_PARTS = RETURN_SHEET_SUPPLIERS | RETURN_SHEET_PAST };

/* The return's rows with targets, the four periods before and what has been typed so far; help
 * stands on a second sheet, so that the first can be sent back as it is. Bytes in the arena. */
MUST_CHECK enum status return_file_write(struct work *work, const struct return_sheet *sheet,
                                         enum return_file_kind kind, struct slice *out_bytes);

struct return_taken {
    int64_t read, changed, unchanged, refused, conflicts;
    struct problems problems; /* by sheet, row and column */
};

/* Saves each row of a file that return_file_write made, in any format that is read. A row that
 * somebody changed since the file was made is a conflict: it is not saved, and the problem shows
 * what stands there. Empty cells empty what was typed. Good rows go in although others fail. */
MUST_CHECK enum status return_file_take(struct work *work, const char *name,
                                        struct table_reader *reader, const char *code,
                                        struct return_taken *out_taken);

#endif
