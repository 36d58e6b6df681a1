/* The unit of work: what one request or one command carries with it. No globals beside it. */
#ifndef BASE_WORK_H
#define BASE_WORK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct actor;
struct arena;
struct store;
struct workspace;

enum { WORK_ERROR_LENGTH = 1024 };

struct work {
    struct arena *arena; /* emptied when the work ends */
    const char *now;     /* UTC, ISO 8601, fixed at the start: 2026-11-22T10:15:00Z */
    const char *user;    /* who, for the audit: an account, or the name of the system's user */
    const struct actor *actor; /* whose rights hold (service/permission.h); NULL: everybody's */
    struct store *store;       /* NULL when the work needs none */
    const struct workspace *workspace; /* NULL for commands that work on files alone */
    enum status status;                /* the first failure's */
    char error[WORK_ERROR_LENGTH];     /* the first failure, one plain sentence; "" when none */
};

/* Notes the first failure in plain words (file, place and remedy in one sentence) and gives back
 * `status`, so that a caller can `return work_fail(...)`. Later failures leave it as it was. */
enum status work_fail(struct work *work, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Forgets a failure that was dealt with. */
void work_forget(struct work *work);
/* The present moment in UTC as ISO 8601 text to the second, in `arena`. SOURCE_DATE_EPOCH, when
 * set, stands in for the clock so that a document can be made again to the same bytes. */
const char *work_clock(struct arena *arena);

#endif
