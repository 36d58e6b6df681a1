/* An extract of people, read into columns: what every cell means by the column's role, which rows
 * are left out and why, who was employed on a day. Nothing here leaves the analyst's own screen:
 * counts are unprotected. */
#ifndef SERVICE_PEOPLE_H
#define SERVICE_PEOPLE_H

#include <stdbool.h>

#include "base/columns.h"
#include "base/problem.h"
#include "codec/date_column.h"
#include "service/people_labels.h"

enum { PEOPLE_PROBLEMS_KEPT = 200 /* the first ones are named; all are counted */ };

/* The names of the columns that are made besides those named after roles. */
#define PEOPLE_WRITTEN ".written" /* after a role: the labels as they were written */
#define PEOPLE_ROW "row"          /* the row or line in the file */
#define PEOPLE_FILE "file"
#define PEOPLE_AGE_GROUP "age-10-year" /* from age or date of birth */

/* Which rows of dated histories stay, by person where there is a key. */
enum people_whom {
    PEOPLE_IN_FORCE, /* employed on the day, where one is given */
    PEOPLE_STARTED,  /* began after `since` and up to `on`, not employed on `since` */
    PEOPLE_LEFT,     /* employed on `since` or later, no more on `on` */
    PEOPLE_ALL       /* every row: applicants, cases, residents */
};

/* A column that is wanted as it is written, whatever its role. */
struct people_wish {
    size_t place;          /* in the first file, from 0 */
    enum column_kind kind; /* a decimal has NUMBER_PLACES */
};

struct people_options {
    const struct people_choice *choices;
    size_t choice_count;
    const char *sheet; /* of a spreadsheet; NULL: the first with a table of people */
    struct date on;    /* keeps the rows in force on that day; year 0: all rows */
    struct date since; /* joiners and leavers after that day up to `on`; year 0: not counted */
    enum people_whom whom;
    /* By role: of answers of other roles, and of keys, no more is wanted than that people are told
     * apart by them; what they stand for is not found out, and their columns are given back. NULL:
     * all are read. */
    const bool *only;
    /* No more is wanted than what is said of the columns: keys are given back once they told people
     * apart. */
    bool is_summary;
    /* Columns as they are written. With them no more is read than tells people apart, labels are
     * not understood, and there is no hash. The fields of the wishes stand behind the others. */
    const struct people_wish *wishes;
    size_t wish_count;
    /* For tests, which want every way: cell by cell also what could be read faster, and how many
     * threads (0: by the size of the file and the machine). */
    bool is_slow;
    size_t threads;
};

/* A label as it was written, how many rows have it, what it stands for. */
struct label_count {
    struct slice written;
    int64_t count;
    struct people_answer answer;
    struct label_suggestion suggestion; /* where the answer was not found */
};

struct people_field {
    const struct people_column *column;
    const char *name;  /* of the values' column below: the role's code, unit-1, or the heading */
    ptrdiff_t values;  /* in `columns`: codes and states, decimals (each of its scale), days since
                          1970; -1: not read */
    ptrdiff_t written; /* in `columns`: the labels as they were written; -1: none */
    struct people_question question; /* of answers */
    struct label_count *labels;      /* of answers, by count, the most first */
    size_t label_count;
    struct date_decision dates; /* of dates */
    bool is_wished;
    int64_t filled; /* rows with something in the cell, of those that are kept */
    int64_t unread; /* cells that cannot be read as what the column holds */
};

/* Rows left out, by reason. */
enum people_refusal {
    PEOPLE_REPEATED,     /* the same row under the same key */
    PEOPLE_DATES_CROSS,  /* the leaving date is before the start */
    PEOPLE_STRAY,        /* a total or a note, with nobody in the row */
    PEOPLE_NOT_IN_FORCE, /* not yet begun, or ended before the day; or did not start or leave */
    PEOPLE_REFUSAL_COUNT
};

/* A file by its bytes; `name` is what messages call it. */
struct people_file {
    const char *name;
    struct slice bytes;
};

struct people_file_read {
    const char *name, *sheet; /* "" where there are no sheets */
    int64_t rows;             /* that were read */
};

struct people {
    struct arena *arena;
    struct columns *columns; /* sealed; one row a person (or post) that is kept */
    struct people_columns roles;
    struct people_field *fields; /* one for each column of the file, then one for each wish */
    size_t field_count;
    struct list files;        /* struct people_file_read * */
    const char *sheet;        /* of the first file that was read, or "" */
    struct list other_sheets; /* const char *: those of its sheets that were not */
    int64_t rows_read;
    int64_t refused[PEOPLE_REFUSAL_COUNT];
    int64_t people;  /* distinct keys, or rows where there is no key */
    int64_t joiners; /* INTEGER_MISSING when not counted */
    int64_t leavers;
    enum pay_period pay_period;
    const char *week_hours;   /* headings whose hours of each week were averaged; NULL: none */
    struct problems problems; /* the first ones; no cell's text stands in them */
    int64_t problem_count;
    const char *hash; /* SHA-256 over the files, in their order */
};

/* What is to be seen of a file before it is read: its headings, and the rows behind them. */
struct people_preview {
    struct people_sample sample;
    struct people_columns roles; /* as the headings and cells suggest, without any choice */
};

MUST_CHECK enum status people_look(struct work *work, const char *path,
                                   const struct people_options *options,
                                   struct people_preview *out_preview);

/* Reads the files as one extract: CSV, XLSX or ODS with the same headings. The first row that
 * names at least two roles is the heading row, else the first of several cells. Identical rows are
 * different people unless a key says otherwise. `labels` has the map (NULL with wishes). The work's
 * arena holds all but the columns. */
MUST_CHECK enum status people_read(struct work *work, const char *const *paths, size_t path_count,
                                   struct people_labels *labels,
                                   const struct people_options *options, struct people *out_people);
/* The same from the bytes of files, and of one. */
MUST_CHECK enum status people_read_files(struct work *work, const struct people_file *files,
                                         size_t count, struct people_labels *labels,
                                         const struct people_options *options,
                                         struct people *out_people);
MUST_CHECK enum status people_read_bytes(struct work *work, const char *name, struct slice bytes,
                                         struct people_labels *labels,
                                         const struct people_options *options,
                                         struct people *out_people);
void people_free(struct people *people);
/* Frees the columns when the variable goes out of scope. */
#define CLEANUP_PEOPLE __attribute__((cleanup(people_free)))
/* The field of a role (the topmost of the units), or NULL. */
const struct people_field *people_field_of(const struct people *people, enum people_role role);
const struct people_field *people_unit_field(const struct people *people, int level);
/* "the same row again", for a sentence. */
const char *people_refusal_words(enum people_refusal refusal);
/* The age in whole years on a day. */
int people_age_on(struct date born, struct date on);

#endif
