/* Published tables as files: one row a figure, one column a variable. */
#ifndef ATTACK_TABLES_FILE_H
#define ATTACK_TABLES_FILE_H

#include "attack/published.h"

/* What is said of a whole file; NULL where its own columns say it, or nobody does. */
struct tables_context {
    const char *population, *period;
    struct figure_rule rule;
};

/* Reads a table file (CSV, XLSX or ODS) into `published`. Its heading names a column of figures
 * (count, value, figure, freq or n), variables, and if need be table, population and period;
 * status, note, marker and method are passed over. A variable that is empty, or is Total or All, is
 * not divided by. Fails with a sentence that names file, row and remedy. */
MUST_CHECK enum status tables_file_read(struct work *work, const char *path,
                                        const struct tables_context *context,
                                        struct published *published);
/* The same from bytes. */
MUST_CHECK enum status tables_file_parse(struct work *work, const char *name, struct slice bytes,
                                         const struct tables_context *context,
                                         struct published *published);

#endif
