/* One port over all kinds of tables that people send: CSV, XLSX, ODS, and the tables in DOCX. Rows
 * come one at a time, in order, in memory that does not grow with the file (spreadsheets hold their
 * compressed bytes and shared strings). What a cell holds is UTF-8 text: numbers are plain decimals
 * (40.23), percentages as they are shown (40.5%), dates ISO text (2012-06-30, 2012-06-30T14:30:00,
 * 14:30:00), truth TRUE or FALSE. */
#ifndef CODEC_TABLE_READER_H
#define CODEC_TABLE_READER_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/work.h"

struct table_reader;

enum table_kind { TABLE_CSV, TABLE_XLSX, TABLE_ODS, TABLE_DOCX };

/* The limits, each with what it is when the caller gives 0. */
#define TABLE_MOST_BYTES (INT64_C(4) << 30) /* of a CSV file */
enum {
    TABLE_MOST_PACKED = 64 << 20,    /* bytes of a compressed file (XLSX, ODS, DOCX) */
    TABLE_MOST_PART = 64 << 20,      /* bytes of one part of it when unpacked */
    TABLE_MOST_UNPACKED = 512 << 20, /* bytes of all the parts read */
    TABLE_MOST_RATIO = 200,          /* times that a part may grow, once it is above 4 MiB */
    TABLE_MOST_ENTRIES = 10000,      /* parts in a compressed file */
    TABLE_MOST_CELL = 1 << 20,       /* bytes of a cell's text */
    TABLE_MOST_RECORD = 4 << 20,     /* bytes of a CSV record */
    TABLE_MOST_COLUMNS = 16384,
    TABLE_MOST_ROWS = 1048576,  /* rows of a spreadsheet's sheet; a CSV file has only its bytes */
    TABLE_MOST_CELLS = 50000000 /* cells of a spreadsheet, gaps in its rows counted */
};

struct table_options {
    const char *name;   /* how messages name the file; NULL: as it was opened */
    int64_t most_bytes; /* each limit: 0 stands for the value above */
    int64_t most_packed;
    int64_t most_part;
    int64_t most_unpacked;
    int64_t most_ratio;
    int64_t most_entries;
    int64_t most_cell;
    int64_t most_columns;
    int64_t most_rows;
    int64_t most_cells;
};

struct table_row {
    const char *sheet; /* its name; "Table 1" in a DOCX, "" in a CSV; lives as long as the reader */
    int64_t number;    /* row as the spreadsheet shows it, or line on which a CSV record begins */
    size_t count;      /* of cells */
    const struct slice *cells; /* valid until the next call */
};

/* Opens a file and finds its kind from its content. `options` may be NULL. Fails with one sentence
 * that names the file: STATUS_NOT_FOUND, STATUS_STORAGE, STATUS_INPUT (not a table, encrypted,
 * damaged) or STATUS_LIMIT. `work` must live as long as the reader. */
MUST_CHECK enum status table_reader_open(struct work *work, const char *path,
                                         const struct table_options *options,
                                         struct table_reader **out_reader);
/* The same from bytes, which must live as long as the reader; `name` is what messages call them. */
MUST_CHECK enum status table_reader_open_bytes(struct work *work, const char *name,
                                               struct slice bytes,
                                               const struct table_options *options,
                                               struct table_reader **out_reader);
/* Gives the next row in which some cell has text; rows that are wholly empty are passed over.
 * STATUS_END after the last; after a failure every call gives the same failure. */
MUST_CHECK enum status table_reader_next(struct table_reader *reader, struct table_row *out_row);
enum table_kind table_reader_kind(const struct table_reader *reader);
/* SHA-256 of the whole file in 64 hexadecimal digits; known as soon as the reader is open. */
const char *table_reader_hash(const struct table_reader *reader);
/* Bytes of the whole file. */
int64_t table_reader_size(const struct table_reader *reader);
/* What goes in a CSV's messages and reports: "csv", "xlsx", "ods", "docx". */
const char *table_kind_name(enum table_kind kind);
/* Closes the file and frees what the reader held. NULL is allowed. */
void table_reader_close(struct table_reader *reader);

/* Closes a reader when the variable goes out of scope. */
void table_reader_cleanup(struct table_reader **reader);
#define CLEANUP_TABLE_READER __attribute__((cleanup(table_reader_cleanup)))

#endif
