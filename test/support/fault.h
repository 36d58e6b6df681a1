/* A store whose call N fails, to prove that every failure leaves the database as it was. */
#ifndef TEST_SUPPORT_FAULT_H
#define TEST_SUPPORT_FAULT_H

#include "store/store_engine.h"

/* Lives as long as the store that it is put into. */
struct fault {
    struct store_engine engine; /* stands before the real one */
    const struct store_engine *real;
    int64_t calls;   /* so far */
    int64_t failing; /* the number of the call that fails, counted from 1; 0: none */
};

/* Puts itself before the engine of work->store: call `failing` from now on fails with
 * STATUS_STORAGE. Calls that undo (ROLLBACK) are not counted and never fail. */
void fault_install(struct work *work, struct fault *fault, int64_t failing);
/* Takes itself out again. */
void fault_remove(struct work *work, struct fault *fault);

#endif
