/* The demonstration authority: the files of demo/, built into the program. */
#ifndef SERVICE_DEMO_H
#define SERVICE_DEMO_H

#include "store/store.h"

struct demo_result {
    int64_t files, rows;
};

/* Imports every file of demo/ into the open, empty workspace, entity by entity. A row that is
 * refused is a fault of the program: STATUS_INPUT naming file and row. */
MUST_CHECK enum status demo_load(struct work *work, struct demo_result *out_result);

#endif
