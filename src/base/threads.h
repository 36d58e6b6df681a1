/* The same function on several threads at once, each with its number. */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

#include <stddef.h>

enum { THREADS_MOST = 16 };

/* Calls `function` with 0 to count - 1 and waits for all; the first runs on the calling thread.
 * Where the system gives no thread, its part runs here too. */
void threads_run(size_t count, void (*function)(void *context, size_t index), void *context);
/* How many threads the machine can run at once, THREADS_MOST at most. */
size_t threads_available(void);

#endif
