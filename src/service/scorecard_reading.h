/* What a directorate's own scorecard says of its return. Each cell is known by its sheet, its
 * column and its row; each of the three labels can say which measure it is about, which input of
 * the row it fills and which period it is of. What labels stand for is asked once and kept
 * (scorecard_match); the measure's own words and the headings of rules/headings.csv need not be
 * asked at all. */
#ifndef SERVICE_SCORECARD_READING_H
#define SERVICE_SCORECARD_READING_H

#include "service/scorecard_grid.h"
#include "service/scorecard_source.h"

enum {
    SCORECARD_MOST_WORDS = 1000, /* labels that are looked at */
};

/* A label of the file, however often it stands there. */
struct scorecard_word {
    const char *place;        /* SCORECARD_SHEET, SCORECARD_COLUMN or SCORECARD_ROW */
    const char *words;        /* compared form */
    const char *shown;        /* as it was written */
    const char *sheet, *cell; /* where it stands first: "Scorecard", "D7"; a sheet has no cell */
    const char *example;      /* of a column: the first text below it; or NULL */
    const char *meaning;      /* of scorecard_meanings; NULL: nobody has said */
    bool is_saved;            /* somebody has */
    const struct return_sheet_row *row; /* the measure's; NULL also where the return has none */
    bool is_useful; /* of a column: it stands beside a measure, and is not a whole year's */
    bool is_open;   /* of a useful column: it has no meaning yet, so that a person is asked */
    const char *suggestion; /* for one that is open: the likeliest meaning; or NULL */
};

enum scorecard_outcome {
    SCORECARD_FILLS,  /* the input is empty */
    SCORECARD_RENEWS, /* an earlier file filled it, and nobody has written since */
    SCORECARD_SAME,   /* it says so already */
    SCORECARD_KEEPS,  /* somebody wrote something else, which stays */
    SCORECARD_TWICE,  /* another cell of the file says something else; the first is taken */
};

/* How an answer that was made from the cells of months says so in the place of its cell. */
#define SCORECARD_SUM_OF "sum of"
#define SCORECARD_MEAN_OF "mean of"
#define SCORECARD_LATEST_MONTH "latest month,"

/* A cell that answers something, or several: "D7", "sum of E4, F4, G4". */
struct scorecard_answer {
    const struct return_sheet_row *row;
    const char *input;
    const char *sheet, *cell;
    const char *words; /* as it goes into the row */
    enum scorecard_outcome outcome;
    const char *typed; /* what stands there now; or NULL */
};

/* A measure of the return that no label of the file stands for. */
struct scorecard_gap {
    const struct return_sheet_row *row;
    const char *was;                        /* the label that stood for it before; NULL: none did */
    const struct scorecard_word *likeliest; /* a row's label, for one measure alone; or NULL */
    int likeness;                           /* 0 to 100 */
};

struct scorecard_reading {
    struct list words;   /* of struct scorecard_word *, in the order of the file */
    struct list answers; /* of struct scorecard_answer *, in that of the return's rows */
    struct list gaps;    /* of struct scorecard_gap *, in that of the return's rows */
    bool is_saved;       /* what its labels stand for was said before */
    bool is_asking;      /* it was not, or a label is new or gone: a person should look */
};

/* Reads the grid for that return. */
MUST_CHECK enum status scorecard_read(struct work *work, const struct return_sheet *sheet,
                                      const struct scorecard_grid *grid,
                                      struct scorecard_reading *out_reading);

#endif
