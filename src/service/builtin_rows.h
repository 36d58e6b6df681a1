/* Rows that are built into the program: those that every workspace begins with, and the
 * demonstration authority. */
#ifndef SERVICE_BUILTIN_ROWS_H
#define SERVICE_BUILTIN_ROWS_H

#include "store/store.h"

struct builtin_result {
    int64_t files, rows;
};

/* Both import into the open, empty workspace. A row that is refused is a fault of the program:
 * STATUS_INPUT naming file and row. */

/* What the law gives and no authority chooses: rules/characteristics.csv. */
MUST_CHECK enum status builtin_load_start(struct work *work);
/* The same, and every file of demo/, entity by entity; counts those of demo/. */
MUST_CHECK enum status builtin_load_demo(struct work *work, struct builtin_result *out_result);

#endif
