/* Everything from one store into another, ids kept: for moving between engines and for backups. */
#ifndef STORE_STORE_COPY_H
#define STORE_STORE_COPY_H

#include "base/hash.h"
#include "store/store.h"

/* What two stores have in common. */
struct store_comparison {
    int64_t rows; /* compared and found equal */
    char hash[HASH_TEXT_LENGTH + 1];
    /* SHA-256 over the canonical text of those rows, table by table in the order of id */
    const char
        *table; /* of the first row that differs or stands in one only; NULL: all are equal */
    int64_t id; /* of that row */
};

/* Copies all rows from source->store to target->store, in one transaction, and compares them before
 * it is committed. Both need the newest schema, and the target no rows: else STATUS_REFUSED. A
 * failure of either store is noted in `source`. */
MUST_CHECK enum status store_copy(struct work *source, struct work *target,
                                  struct store_comparison *out_comparison);
/* Compares all rows; a difference is told in the comparison and is no failure. */
MUST_CHECK enum status store_compare(struct work *source, struct work *target,
                                     struct store_comparison *out_comparison);
/* STATUS_REFUSED when any table has a row. */
MUST_CHECK enum status store_check_empty(struct work *work);

#endif
