/* How every fallible function answers. The words of a failure stand in struct work (work.h). */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

enum status {
    STATUS_OK,
    STATUS_END,       /* an iteration has no more; not a failure */
    STATUS_USAGE,     /* the command was called wrongly */
    STATUS_INPUT,     /* what was given cannot be read or is not allowed */
    STATUS_LIMIT,     /* what was given is larger than a named limit */
    STATUS_NOT_FOUND, /* no such record, file or page */
    STATUS_CONFLICT,  /* the record exists already, or changed meanwhile */
    STATUS_REFUSED,   /* not permitted, or not in this state */
    STATUS_FINDINGS,  /* done, and something was found */
    STATUS_BUSY,      /* the store is locked by somebody else; try again */
    STATUS_STORAGE,   /* the store or the disk failed */
    STATUS_COUNT
};

#define MUST_CHECK __attribute__((warn_unused_result))

/* The exit code of a command (0 done, 1 findings or refused, 2 usage, 3 input, 4 storage) and the
 * HTTP status of a page for one status; one table holds both. */
int status_exit_code(enum status status);
int status_http_code(enum status status);

#endif
