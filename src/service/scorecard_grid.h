/* A scorecard as it was read: text by sheet, row and cell, small enough to be kept with the return
 * that it fills. */
#ifndef SERVICE_SCORECARD_GRID_H
#define SERVICE_SCORECARD_GRID_H

#include "base/list.h"
#include "base/slice.h"
#include "base/work.h"

struct table_reader;

enum {
    SCORECARD_MOST_CELLS = 20000,  /* with text */
    SCORECARD_MOST_TEXT = 1 << 20, /* bytes of all of them */
    SCORECARD_MOST_COLUMNS = 256,  /* of a row */
    SCORECARD_LONGEST_CELL = 8000, /* bytes; the longest input of a return's row */
};

struct scorecard_line {
    int64_t number; /* as the spreadsheet shows it */
    size_t count;
    const char **cells; /* "" where there is nothing */
};

struct scorecard_sheet {
    const char *name;  /* "" of a CSV */
    struct list lines; /* of struct scorecard_line *: those with text */
};

struct scorecard_grid {
    struct list sheets; /* of struct scorecard_sheet * */
};

/* Reads all that the reader gives; `name` stands in messages. STATUS_LIMIT, naming it, when it is
 * larger than the limits above. */
MUST_CHECK enum status scorecard_grid_read(struct work *work, const char *name,
                                           struct table_reader *reader,
                                           struct scorecard_grid *out_grid);
/* As JSON text, and back. STATUS_STORAGE when the text is not what was printed. */
const char *scorecard_grid_print(struct arena *arena, const struct scorecard_grid *grid);
MUST_CHECK enum status scorecard_grid_parse(struct work *work, const char *text,
                                            struct scorecard_grid *out_grid);
/* What a spreadsheet calls a cell: D7. `column` counts from 0. */
const char *scorecard_cell_name(struct arena *arena, size_t column, int64_t row);
/* The cell's text without blanks around it; "" beyond the row's end. */
struct slice scorecard_line_cell(const struct scorecard_line *line, size_t column);

#endif
