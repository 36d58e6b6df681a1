/* What was read of the database and still holds: it is kept from one transaction that reads to the
 * next, for as long as nobody has written, in this program, another, or on another server.
 *
 *     const struct thing *known = recall_find(store, key);
 *     if (!known && (arena = recall_arena(store)) != NULL)
 *         recall_keep(store, key, <what was read, made in that arena>);
 *
 * What follows from the time as well must be asked again by whoever recalls it. Outside of
 * store_begin_read nothing is recalled and nothing kept, and a store that writes keeps nothing. */
#ifndef STORE_RECALL_H
#define STORE_RECALL_H

#include "base/slice.h"
#include "store/store.h"

enum {
    RECALL_THINGS_MOST = 1024,   /* then all are forgotten */
    RECALL_BYTES_MOST = 1 << 20, /* of what they were made of; the same */
};

/* What was kept under that key; NULL: nothing that still holds. It lives until the transaction
 * ends. */
const void *recall_find(const struct store *store, struct slice key);
/* Where what is kept is made; NULL: nothing is kept now. */
struct arena *recall_arena(const struct store *store);
/* Keeps a thing of recall_arena under a key, which is copied. Nothing stands under it yet. */
void recall_keep(struct store *store, struct slice key, const void *thing);

/* For store.c: at the beginning of a transaction that reads, where everything is forgotten when
 * anybody wrote; at the end of each; and when the store is closed. */
MUST_CHECK enum status recall_begin(struct work *work);
void recall_end(struct store *store);
void recall_free(struct store *store);

#endif
