/* The same function on several threads at once, each with its number. */
#ifndef BASE_THREADS_H
#define BASE_THREADS_H

#include <stddef.h>
#include <stdint.h>

enum { THREADS_MOST = 16 };

/* Calls `function` with 0 to count - 1 and waits for all; the first runs on the calling thread.
 * Where the system gives no thread, its part runs here too. */
void threads_run(size_t count, void (*function)(void *context, size_t index), void *context);
/* How many threads the machine can run at once, THREADS_MOST at most. */
size_t threads_available(void);
/* How many threads so many rows are worth: `wanted`, THREADS_MOST at most, or where that is 0 one
 * up to about 100,000 rows, where starting another costs more than it saves, and above all there
 * are. */
size_t threads_for_rows(int64_t rows, size_t wanted);

#endif
