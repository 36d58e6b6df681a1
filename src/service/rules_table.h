/* A rules file row by row: the workspace's own where it has one, else the built-in one. */
#ifndef SERVICE_RULES_TABLE_H
#define SERVICE_RULES_TABLE_H

#include <stddef.h>

#include "base/work.h"

enum { RULES_MOST_COLUMNS = 12 };

/* The cells of a row in the order of the columns that were asked for, copied into the arena; an
 * empty one is NULL. */
typedef enum status rules_row_function(struct work *work, void *target,
                                       const char *const cells[RULES_MOST_COLUMNS]);

/* Reads rules/NAME and hands each row to `take`. `columns` is ended by NULL, and each must be in
 * the heading row; the file's other columns are passed over. */
MUST_CHECK enum status rules_table_read(struct work *work, const char *name,
                                        const char *const *columns, rules_row_function *take,
                                        void *target);

#endif
