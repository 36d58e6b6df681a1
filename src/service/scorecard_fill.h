/* A return filled from the directorate's own scorecard. The file is kept with the return as it was
 * read; what its labels stand for is said once; then every input that nobody has written is filled
 * from its cell, and knows which one that was. The next quarter's file is understood without
 * asking. */
#ifndef SERVICE_SCORECARD_FILL_H
#define SERVICE_SCORECARD_FILL_H

#include "model/scorecard_file.h"
#include "service/return_life.h"
#include "service/scorecard_reading.h"

struct table_reader;

/* Keeps the file with the return, under one event. STATUS_REFUSED, with why and who can change it,
 * when the return is not open. */
MUST_CHECK enum status scorecard_keep(struct work *work, const struct return_sheet *sheet,
                                      const char *name, struct table_reader *reader);
/* The file that was kept last, and its cells. `*out_file` is NULL when there is none. */
MUST_CHECK enum status scorecard_load(struct work *work, const struct return_sheet *sheet,
                                      struct scorecard_file **out_file,
                                      struct scorecard_grid *out_grid);

/* What a person says that a label stands for. */
struct scorecard_choice {
    const char *place, *words; /* as in struct scorecard_word */
    const char *meaning;
    int64_t measure; /* with SCORECARD_MEASURE; else INTEGER_MISSING */
};

struct scorecard_filled {
    int64_t inputs;                   /* that were filled or renewed */
    int64_t rows;                     /* in which they stand */
    int64_t kept;                     /* that say something else, which somebody wrote */
    struct problems problems;         /* of cells that cannot go in; `column` is the cell */
    struct scorecard_reading reading; /* as it is after the filling */
};

/* Notes what the labels stand for, those that needed no asking as well, and fills what it can from
 * the file that was kept last, all under one event. STATUS_NOT_FOUND when none was. */
MUST_CHECK enum status scorecard_fill(struct work *work, const char *code,
                                      const struct scorecard_choice *choices, size_t choice_count,
                                      struct scorecard_filled *out_filled);

#endif
