/* Reads the rows of one SELECT into structs: the columns in order, each with the member it fills.
 * For sets that a page or a report needs at once; streams of rows go through the cursor itself. */
#ifndef STORE_ROWS_H
#define STORE_ROWS_H

#include "base/list.h"
#include "store/store.h"

struct row_column {
    size_t offset;
    enum storage storage;
};

#define ROW_COLUMN(type, member)                                                                   \
    {                                                                                              \
        offsetof(struct type, member), STORAGE_OF(((struct type *)0)->member)                      \
    }

/* What a statement gives. */
struct row_reading {
    const char *sql;
    size_t size;                 /* of the struct */
    const struct entity *entity; /* members that are not read are missing; NULL: they are 0 */
    const struct row_column *columns;
    size_t count;
};

#define ROW_READING(type, entity_or_null, column_rows, text)                                       \
    {                                                                                              \
        .sql = (text), .size = sizeof(struct type), .entity = (entity_or_null),                    \
        .columns = (column_rows), .count = ARRAY_COUNT(column_rows)                                \
    }

/* All rows in the order of the statement, as pointers to structs in the work's arena, which are
 * added to `out_rows`. A text equal to that of the row before shares its memory. */
MUST_CHECK enum status rows_read(struct work *work, const struct row_reading *reading,
                                 const struct parameter *parameters, size_t count,
                                 struct list *out_rows);
/* The first row, or NULL when there is none. */
MUST_CHECK enum status rows_read_one(struct work *work, const struct row_reading *reading,
                                     const struct parameter *parameters, size_t count,
                                     void *out_row_pointer);

#endif
