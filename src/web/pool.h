/* Open stores that write, kept for the threads that answer: each takes one for the time of a
 * request and gives it back. Their transactions pass one turnstile, so that writers take turns in
 * the order in which they came. */
#ifndef WEB_POOL_H
#define WEB_POOL_H

#include "base/work.h"

struct pool;

/* For the database at `address`, which is copied. */
struct pool *pool_new(const char *address);
/* NULL is allowed; no store may be out. */
void pool_free(struct pool *pool);
/* Puts a store that writes into the work in place of its own, which is kept in `*out_own`. */
MUST_CHECK enum status pool_take(struct pool *pool, struct work *work, struct store **out_own);
/* Takes it back, and puts the work's own in its place. A transaction that was left open is rolled
 * back; a store that failed is closed. */
void pool_give(struct pool *pool, struct work *work, struct store *own);

#endif
