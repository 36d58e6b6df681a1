/* Counts that `dueregard cube` printed as people again: a row a group, with its number. */
#ifndef SERVICE_CUBE_ROWS_H
#define SERVICE_CUBE_ROWS_H

#include "base/columns.h"
#include "base/work.h"
#include "stats/cube.h"

/* What stands over a cube's columns of tables, of counts, and of the weights summed beside. */
#define CUBE_ROWS_TABLE "table"
#define CUBE_ROWS_COUNT "count"
#define CUBE_ROWS_WEIGHT "weight"

struct cube_rows {
    const char *file;                /* its name, for messages */
    const struct cube_table *tables; /* what is to be counted */
    size_t table_count;
    size_t table_column; /* a category: which table of the cube a row belongs to */
};

/* True for headings as `cube --format csv` writes them. */
bool cube_rows_are(const struct slice *headings, size_t count);
/* Keeps the rows of the first table of the cube that crosses all variables wanted, without its
 * totals and upper levels, which are sums of the others; "(blank)" becomes no label. Replaces
 * `*columns`. STATUS_INPUT when no table crosses them: nobody could tell who is in two groups. */
MUST_CHECK enum status cube_rows_keep(struct work *work, const struct cube_rows *rows,
                                      struct columns **columns);

#endif
