/* How often each of many may do something. Shared by threads; of a fixed size, whoever asks. */
#ifndef WEB_LIMITER_H
#define WEB_LIMITER_H

#include <stdint.h>

struct limiter;

enum { LIMITER_HELD = 8192 /* of whom it is known how much they did lately */ };

/* `most` at once, and as many again in so many seconds; 0: without a limit. */
struct limiter_rate {
    int64_t most, seconds;
};

struct limiter *limiter_new(struct limiter_rate rate);
/* NULL is allowed. */
void limiter_free(struct limiter *limiter);
/* Counts one more of `who`: 0, or after how many seconds one will be let through again; then
 * nothing was counted. `now` is of a clock that only goes forward, in milliseconds. When more than
 * LIMITER_HELD are about, those who did least are forgotten. */
int64_t limiter_take(struct limiter *limiter, const char *who, int64_t now);
/* The same, without counting. */
int64_t limiter_wait(struct limiter *limiter, const char *who, int64_t now);

#endif
