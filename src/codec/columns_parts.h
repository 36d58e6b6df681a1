/* What the parts of columns_reader.c share; nobody else includes this. */
#ifndef CODEC_COLUMNS_PARTS_H
#define CODEC_COLUMNS_PARTS_H

#include "base/hash.h"
#include "base/threads.h"
#include "codec/columns_reader.h"

/* Where a file's wanted columns stand. */
struct columns_map {
    size_t heading_count;
    int64_t heading_line;
    const size_t *fields; /* for each wish the number of its cell in a row */
};

/* What a file, or a thread's part of one, is read into. Its work and arena are its own, so parts
 * can be read side by side. */
struct intake {
    struct work work;
    const struct columns_request *request;
    const struct columns_map *map;
    struct columns *columns;
    struct problems rejected;
    int64_t rejected_count, short_rows, other_sheets_rows;
    struct problems noted;
    int64_t *noted_counts; /* by wish, as in columns_reading */
    unsigned int *marks;
    const char *sheet;
    int64_t lines; /* that were read */
    /* How many were rejected before the rows that are under way: all of these are named or none, so
     * that the first ones by row are, in whatever order their faults are found. */
    int64_t rejected_before, noted_before;
};

struct intakes {
    bool is_regular;
    struct intake *parts[THREADS_MOST];
    size_t count;
    int64_t lines;                   /* of the file before the first */
    char hash[HASH_TEXT_LENGTH + 1]; /* where there is a layout */
};

/* An intake with an empty column for each wish. */
struct intake *intake_new(const struct columns_request *request, const struct columns_map *map,
                          const char *file);
/* Frees it; its columns too, unless they were taken out. */
void intake_free(struct intake *intake);
/* Counts a rejected row, and names it unless enough were named before. `column` NULL: the whole
 * row. */
void intake_reject(struct intake *intake, int64_t row, const char *column, const char *words);
/* Counts a cell as noted, and names it unless enough were named before. */
void intake_note(struct intake *intake, size_t wish, int64_t row, const char *words);
/* Fails for a wish's column that has too many labels or a table that has too many rows. */
MUST_CHECK enum status intake_fail_full(struct intake *intake, size_t wish);
/* Reads a decimal's cell, trimmed already; the value is INTEGER_MISSING unless there is one. */
enum columns_cell intake_read_decimal(struct intake *intake, size_t wish, struct slice cell,
                                      int64_t *out_value, const char **out_words);
/* The same for a plain number within the scale, alone: digits with at most one point, and so few
 * that they fit with the finest decimals too. */
bool intake_read_plain(struct slice cell, int scale, int finest, int64_t *out_value);

/* Reads all rows behind the headings through table_reader. */
MUST_CHECK enum status intake_read_rows(struct intake *intake, const char *path);

/* Reads a CSV file in UTF-8 that is quoted as RFC 4180 has it, in parts side by side; gives an
 * intake for each, in their order. Where the file is anything else it is not called regular, and no
 * intake is given: table_reader reads it, or says what is wrong. */
MUST_CHECK enum status intakes_read_fast(struct work *work, const struct columns_request *request,
                                         const struct columns_map *map, const char *path,
                                         struct intakes *out_intakes);

#endif
