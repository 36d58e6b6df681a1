/* Shared by the files that read people; for nobody else. */
#ifndef SERVICE_PEOPLE_PARTS_H
#define SERVICE_PEOPLE_PARTS_H

#include "codec/money.h"
#include "codec/table_reader.h"
#include "service/people.h"

enum { PEOPLE_SAMPLE_ROWS = 100, PEOPLE_HEADING_ROWS = 20 };

/* The first rows of a file, copied, so that they can be looked at before they are put. */
struct people_head {
    struct slice *cells[PEOPLE_SAMPLE_ROWS + PEOPLE_HEADING_ROWS];
    size_t counts[PEOPLE_SAMPLE_ROWS + PEOPLE_HEADING_ROWS];
    int64_t numbers[PEOPLE_SAMPLE_ROWS + PEOPLE_HEADING_ROWS];
    size_t count;
    const char *sheet;
    bool is_all; /* the file ended within them */
};

/* A file by its path, or by its bytes. */
struct people_source {
    const char *path; /* or what messages call the bytes */
    struct slice bytes;
    bool is_bytes;
};

/* Reading under way. */
struct people_reading {
    struct work *work;
    struct people_labels *labels;
    const struct people_options *options;
    struct people *people;
    size_t row_place, file_place;  /* columns of the table */
    int64_t periods[PAY_YEAR + 1]; /* how many amounts name each period themselves */
    struct hash *hash;
    unsigned char *include; /* a byte a row */
    const char *sheet;      /* of the file that is read; NULL: the first that has rows */
    /* With wishes: all columns are read too, because rows share a key and may be the same. */
    bool is_thorough, must_be_thorough;
};

/* Notes a problem at a row of the extract; counts it also when there are too many to name. */
void people_problem(struct people_reading *reading, int64_t row, const char *column,
                    const char *words);
/* The same for a row of the table, whose file and row in it are known. */
void people_problem_at(struct people_reading *reading, int64_t row, const char *column,
                       const char *words);
/* The next row of the sheet that is read; notes which others there are. */
MUST_CHECK enum status people_next_row(struct people_reading *reading, struct table_reader *reader,
                                       const char **taken, struct table_row *out_row);
MUST_CHECK enum status people_read_head(struct people_reading *reading, struct table_reader *reader,
                                        struct people_head *head);
/* Opens a file and reads its head, of the sheet with the table where none was named. */
MUST_CHECK enum status people_open(struct people_reading *reading, const struct people_rules *rules,
                                   const struct people_source *source, struct people_head *head,
                                   struct table_reader **out_reader);
/* The first rows of a CSV file, as they are in the whole of it; false where they cannot be had
 * without reading all. */
bool people_csv_head(struct people_reading *reading, const struct people_source *source,
                     struct people_head *head);
/* The heading row: the first that names two roles, else the first of several cells. */
MUST_CHECK enum status people_find_heading(struct people_reading *reading,
                                           const struct people_rules *rules,
                                           const struct people_head *head, size_t *out_at);
/* The roles if row `at` is the heading. */
MUST_CHECK enum status people_roles_from(struct people_reading *reading,
                                         const struct people_rules *rules,
                                         const struct people_head *head, size_t at,
                                         bool with_choices, struct people_columns *out_roles);
/* Where each column of the first file stands in this one. */
MUST_CHECK enum status people_match_headings(struct people_reading *reading, const char *file,
                                             const struct people_head *head, size_t at,
                                             size_t *places);
/* Gives every field its columns of the table, before the first row. */
void people_layout(struct people_reading *reading);
/* Puts one row of cells; cells beyond the headings are passed over. */
MUST_CHECK enum status people_put_row(struct people_reading *reading, const struct slice *cells,
                                      size_t count, int64_t number, const char *file);
enum people_row { PEOPLE_ROW_PERSON, PEOPLE_ROW_BLANK, PEOPLE_ROW_STRAY };

#define PEOPLE_STRAY_WORDS "Left out: a total or a note, with nobody in the row."

/* What a row of trimmed cells is. */
enum people_row people_row_judge(const struct slice *cells, size_t count);
/* Reads a cell of amounts or numbers that is not blank; false, and a sentence, when it is none. */
bool people_figure_read(const struct people_field *field, struct slice cell,
                        int64_t *out_millionths, enum money_period *out_period);
const char *people_figure_words(const struct people_field *field);
/* Notes that an amount names its period. */
void people_note_period(struct people_reading *reading, const struct people_field *field,
                        enum money_period period);
/* Reads a whole file the fast way. False where that is not possible; then nothing was read. */
bool people_read_csv(struct people_reading *reading, const struct people_rules *rules,
                     const struct people_source *source, bool is_first);
/* Once all rows are there: dates. */
void people_derive_dates(struct people_reading *reading);
/* Decides which rows stay, and counts people, joiners and leavers. */
void people_select(struct people_reading *reading);
/* How many of the rows that stay say something in each cell. */
void people_count_filled(struct people_reading *reading);
/* Gives back the columns of which no more than that is wanted, before more are made. */
void people_give_back(struct people_reading *reading);
/* Of the rows that stay: answers, ages. */
MUST_CHECK enum status people_derive_answers(struct people_reading *reading);
/* Labels by their counts. */
void people_count_labels(struct people_reading *reading);

#endif
