/* Published tables as files: one row a figure, one column a variable. */
#ifndef ATTACK_TABLES_FILE_H
#define ATTACK_TABLES_FILE_H

#include "attack/published.h"

/* What is said of a whole file; NULL where its own columns say it, or nobody does. */
struct tables_context {
    const char *population, *period;
    struct figure_rule rule;
};

/* Reads a file of tables (CSV, XLSX, ODS, or JSON as `protect` writes it) into `published`, and
 * adds a sentence on how it was understood. Its heading names a column of figures (count, value,
 * figure, freq, frequency, number or n), variables, and if need be table, population and period.
 * Columns that say of a figure that it is hidden (primary, secondary, suppressed, hidden with TRUE
 * or FALSE; status with the words of patterns) are obeyed: the figure beside them is not looked at.
 * Percentages, means, medians, notes and the like are passed over. A variable that is empty, or is
 * Total or All, is not divided by. Fails with a sentence that names file, row and remedy. */
MUST_CHECK enum status tables_file_read(struct work *work, const char *path,
                                        const struct tables_context *context,
                                        struct published *published);
/* The same from bytes. */
MUST_CHECK enum status tables_file_parse(struct work *work, const char *name, struct slice bytes,
                                         const struct tables_context *context,
                                         struct published *published);

#endif
