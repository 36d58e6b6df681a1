/* Tables of people, read into columns (base/columns.h): CSV, XLSX, ODS and the tables in DOCX, one
 * file or several after each other. The caller says for each column it wants what it is to be read
 * as; the others are passed over. CSV in UTF-8 is read several gigabytes a second; what is written
 * in another encoding, or quoted in unusual ways, goes through table_reader and gives the same. */
#ifndef CODEC_COLUMNS_READER_H
#define CODEC_COLUMNS_READER_H

#include "base/columns.h"
#include "base/problem.h"
#include "base/processor.h"
#include "base/work.h"
#include "codec/table_reader.h"

enum {
    COLUMNS_MOST_FILES = 64,
    COLUMNS_MOST_WISHES = 256,
    COLUMNS_MOST_NAMED = 1000, /* rejected rows that are named; the others are counted */
    COLUMNS_MOST_PREVIEW_ROWS = 200
};
#define COLUMNS_MOST_BYTES (INT64_C(64) << 30) /* of a CSV file */

/* ---- first: what is in the file ---- */

struct columns_preview {
    enum table_kind kind;
    const char *sheet;            /* "" in a CSV */
    int64_t heading_line;         /* where the headings stand, as the spreadsheet counts */
    size_t count;                 /* of headings */
    const struct slice *headings; /* trimmed */
    size_t row_count;             /* of rows behind the headings */
    const struct slice *cells;    /* row_count times count; "" where a row is shorter */
};

/* Reads the headings and the first rows. `heading_line` 0 takes the first row in which some cell
 * has text, or where that is a title, a single cell above rows of more, the first of these;
 * `sheet` NULL takes the first sheet that has one. What is given lives in the work's arena. Fails
 * as table_reader_open does. */
MUST_CHECK enum status columns_preview(struct work *work, const char *path, const char *sheet,
                                       int64_t heading_line, size_t most_rows,
                                       struct columns_preview *out_preview);
/* The place of a heading among others: one that is the same, else one that differs only in case,
 * spaces and underscores. -1 when there is none, -2 when there is more than one. */
ptrdiff_t columns_find_heading(const struct slice *headings, size_t count, struct slice wanted);

/* ---- then: the columns ---- */

struct columns_wish {
    const char *heading;   /* as columns_find_heading has it, in each file */
    const char *name;      /* of the column; NULL: the heading */
    enum column_kind kind; /* cells lose the blanks at both ends, whatever the kind */
    int scale;             /* of a decimal: its finest */
    int spared;            /* decimals that are kept only once a value has them */
};

enum columns_cell {
    COLUMNS_VALUE,
    COLUMNS_MISSING,
    COLUMNS_NOTED,  /* missing, and the cell is named with the words */
    COLUMNS_REFUSED /* the whole row is rejected for it */
};

struct columns_decimal {
    int64_t value;
    const char *words;  /* why one is noted or refused: "is not an amount" */
    unsigned int marks; /* bits that are gathered by wish, from whatever row they come */
};

/* Reads a decimal's cell that is no plain number within the scale ("£25k pa", "N/A"), already
 * trimmed and not empty. It is called from several threads at once, so it changes nothing but what
 * it is given. */
typedef enum columns_cell columns_read_decimal(const void *context, size_t wish, struct slice cell,
                                               struct columns_decimal *out_decimal);

enum columns_row {
    COLUMNS_ROW_TAKEN,
    COLUMNS_ROW_PASSED,  /* as if it were blank */
    COLUMNS_ROW_REJECTED /* and named with the words */
};

/* So many cells that plainly hold text, and a row is not judged. */
enum { COLUMNS_PLAINLY_FILLED = 4 };

/* Judges a row in which fewer cells plainly hold something, such as a total below a table. Its
 * cells are trimmed. Called from several threads at once. */
typedef enum columns_row columns_judge_row(const void *context, const struct slice *cells,
                                           size_t count, const char **out_words);

/* What a caller knows of a file who has looked at its headings: for columns_read_regular. */
struct columns_layout {
    size_t cell_count; /* of the row with the headings */
    int64_t heading_line;
    const size_t *fields; /* for each wish the number of its cell, or one of the two below */
    size_t judged_count;  /* a row is judged by so many of its first cells */
    columns_judge_row *judge_row; /* gets the cells, and the request's context */
    struct slice bytes;           /* of the file; without a start: it is read from its path */
    bool has_no_hash;             /* none is wanted, which saves a quarter of the time */
};

#define COLUMNS_LINE SIZE_MAX       /* not a cell: the line on which the record begins */
#define COLUMNS_FILE (SIZE_MAX - 1) /* the file's name */

struct columns_request {
    const char *const *paths;
    size_t path_count;
    const struct columns_wish *wishes;
    size_t wish_count;
    const char *sheet;                   /* as in columns_preview, for each file */
    int64_t heading_line;                /* the same */
    columns_read_decimal *read_decimal;  /* NULL: such a cell is refused */
    const void *context;                 /* for read_decimal, and the layout's judge_row */
    const struct columns_layout *layout; /* for columns_read_regular only */
    size_t threads;                      /* 0: by the size of the file and the machine */
    /* For tests, which want every way of reading: not the fast one, or the fast one with another
     * form than the processor's best. */
    bool is_slow;
    bool has_form;
    enum processor_form form;
};

struct columns_file {
    const char *name, *sheet;
    enum table_kind kind;
    int64_t bytes, rows;       /* rows taken into the table */
    int64_t short_rows;        /* rows without their last cells, which count as empty */
    int64_t other_sheets_rows; /* rows of other sheets, which were passed over */
};

struct columns_reading {
    struct columns *columns; /* a column for each wish, in their order; the caller frees it */
    const struct columns_file *files; /* one for each path */
    size_t file_count;
    struct problems rejected; /* the first COLUMNS_MOST_NAMED, each with file, row and column */
    int64_t rejected_count;
    struct problems noted; /* the same of cells that were noted */
    int64_t *noted_counts; /* by wish */
    unsigned int *marks;   /* by wish */
    const char *hash;      /* of columns_read_regular: SHA-256 of the file, or NULL */
};

/* Reads the files. A row that cannot be taken is rejected and named, never with what its cells
 * hold; the others go on. Fails with one sentence: what table_reader_open fails with, a heading
 * that is not there or stands twice, too many labels, too many rows. The table is sealed. */
MUST_CHECK enum status columns_read(struct work *work, const struct columns_request *request,
                                    struct columns_reading *out_reading);
/* Reads one file by the request's layout, if it is CSV in UTF-8, quoted as RFC 4180 has it. Cells
 * behind those of the headings are passed over. Where it is anything else, or a label is too long
 * or one too many, `*out_is_regular` is false and nothing is given. The table is not sealed. */
MUST_CHECK enum status columns_read_regular(struct work *work,
                                            const struct columns_request *request,
                                            bool *out_is_regular,
                                            struct columns_reading *out_reading);

#endif
