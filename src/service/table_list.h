/* Which tables to count, as CSV: `table,variables,levels`. Variables are joined by `*`, the levels
 * of a hierarchy by `/`: `t2,disability*Department/Division,all`. With `all` in its last cell a
 * table has every total and every level too. */
#ifndef SERVICE_TABLE_LIST_H
#define SERVICE_TABLE_LIST_H

#include "stats/cube.h"

struct listed_table {
    const char *name;
    const char *variables[CUBE_MOST_VARIABLES]; /* as they were written, trimmed */
    size_t variable_count;
    bool with_margins;
};

struct table_list {
    const struct listed_table *tables;
    size_t count;
};

/* Reads the list. Fails with a sentence that names its row. All in the work's arena. */
MUST_CHECK enum status table_list_read(struct work *work, const char *path,
                                       struct table_list *out_list);

#endif
