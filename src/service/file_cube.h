/* Counts of people by a list of tables, of files or a database, without any workspace: labels stand
 * as they were written. The counts are unprotected, for the analyst's own eyes. */
#ifndef SERVICE_FILE_CUBE_H
#define SERVICE_FILE_CUBE_H

#include "codec/columns_reader.h"
#include "service/table_list.h"
#include "store/snapshot_store.h"

/* What stands for everybody of a variable, and for a cell without text. */
#define FILE_CUBE_ALL "(all)"
#define FILE_CUBE_BLANK "(blank)"
#define FILE_CUBE_MOST_INPUT ((size_t)1 << 30)   /* bytes of standard input */
enum { FILE_CUBE_WEIGHT_SCALE = NUMBER_PLACES }; /* of a weight's column */

struct file_cube_request {
    const char *const *paths; /* one of them may be "-": standard input */
    size_t path_count;
    const char *tables;         /* the path of the list */
    const char *const *choices; /* each NAME=HEADING or NAME=HEADING/HEADING: what a name means */
    size_t choice_count;
    const char *sheet;  /* of spreadsheets; NULL: the one with the table */
    const char *weight; /* a name or heading of a column that is summed; NULL: none */
    const char *amount; /* a name or heading of a column that means are of; NULL: none */
    const char *person; /* a name or heading of what identifies a person; NULL: none */
    bool takes_cube;    /* a file as `cube` prints it is read as groups with their number */
    bool all_margins;   /* every table with all totals and levels, whatever the list says */
    /* Instead of files: people of a table or view of PostgreSQL, counted where they stand. */
    const char *database, *relation;
    bool explains; /* the plan instead of the counts */
    /* Instead of files: the code of a sealed snapshot of the open workspace. */
    const char *snapshot;
};

struct file_cube {
    struct table_list list;
    struct columns *columns; /* what was counted, a row a person or group */
    /* What was not counted and why, and cells that could not be read; the first are named. */
    int64_t left_out, unread;
    struct problems problems;
    const char *sheet;        /* of the first file, or "" */
    struct list other_sheets; /* const char *: those that were not read */
    struct columns **groups;  /* of a database, one for each table; they hold the labels */
    size_t group_count;
    struct snapshot_people *snapshot; /* which holds the labels; or NULL */
    const char *plan; /* of a database, when that was wanted; then there is no cube */
    struct cube cube;
    ptrdiff_t person;                /* the column of texts of that name, or -1 */
    bool is_cube;                    /* the file was one that `cube` printed */
    ptrdiff_t amount;                /* the column of decimals of that name, or -1 */
    const struct cube_table *tables; /* by `columns` */
    /* Every variable of the tables once, in the order in which they come first. */
    const char **variables;
    size_t variable_count;
};

/* Reads and counts the people whom people_read finds in the files. A variable is a name of the
 * choices, a heading of the files, headings of a hierarchy joined by `/`, or a role that the
 * headings and cells of the first file suggest (ethnicity, sex, unit …). */
MUST_CHECK enum status file_cube_count(struct work *work, const struct file_cube_request *request,
                                       struct file_cube *out_cube);
void file_cube_free(struct file_cube *cube);
#define CLEANUP_FILE_CUBE __attribute__((cleanup(file_cube_free)))
/* A node in words: FILE_CUBE_ALL, or the labels of its levels joined by `/`. */
const char *file_cube_words(struct arena *arena, const struct cube_axis *axis, size_t node);

#endif
