/* Lets a number of threads at a time through, in the order in which they came: the queue of those
 * that write to SQLite, and of those that do costly arithmetic. */
#ifndef BASE_TURNSTILE_H
#define BASE_TURNSTILE_H

#include <stddef.h>

struct turnstile;

/* `most` threads may be past it at once. */
struct turnstile *turnstile_new(size_t most);
/* NULL is allowed; nobody may be past it or wait. */
void turnstile_free(struct turnstile *turnstile);
/* Waits for the caller's turn. NULL: nothing is waited for, here and below. */
void turnstile_enter(struct turnstile *turnstile);
void turnstile_leave(struct turnstile *turnstile);

#endif
