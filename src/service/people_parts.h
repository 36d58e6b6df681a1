/* Shared by the files that read people; for nobody else. */
#ifndef SERVICE_PEOPLE_PARTS_H
#define SERVICE_PEOPLE_PARTS_H

#include "service/people.h"

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
};

/* Notes a problem at a row of the extract; counts it also when there are too many to name. */
void people_problem(struct people_reading *reading, int64_t row, const char *column,
                    const char *words);
/* The same for a row of the table, whose file and row in it are known. */
void people_problem_at(struct people_reading *reading, int64_t row, const char *column,
                       const char *words);
/* Gives every field its columns of the table, before the first row. */
void people_layout(struct people_reading *reading);
/* Puts one row of cells; cells beyond the headings are passed over. */
MUST_CHECK enum status people_put_row(struct people_reading *reading, const struct slice *cells,
                                      size_t count, int64_t number, const char *file);
/* Once all rows are there: dates, answers, ages. */
MUST_CHECK enum status people_derive(struct people_reading *reading);
/* Decides which rows stay, and counts people, joiners and leavers. */
void people_select(struct people_reading *reading);
/* After the rows were selected: labels by their counts, cells filled. */
void people_count_labels(struct people_reading *reading);

#endif
