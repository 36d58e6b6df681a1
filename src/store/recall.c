/* Every engine has a word for the state of the database, which changes with each transaction that
 * writes and never comes back on one connection:
 *
 * - SQLite counts the commits of other connections (PRAGMA data_version), of this program's too.
 *   Its own it does not count, so a store that writes keeps nothing.
 * - PostgreSQL tells which transactions a snapshot sees (pg_current_snapshot), whichever server or
 *   program they come from. A standby tells it not wholly, so it says nothing there. */
#include "store/recall.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "store/store_engine.h"
#include "base/banned.h"

enum {
    VERSION_MOST = 255, /* bytes; a longer one is compared with nothing */
    PLACES = 256,       /* a power of two */
};

struct thing {
    struct thing *next;
    struct slice key;
    const void *what;
};

struct recall {
    struct arena *arena;
    struct thing *places[PLACES];
    size_t count;
    char version[VERSION_MOST + 1]; /* at which all of it was read */
    bool is_now;                    /* in a transaction that reads, at that version */
};

static size_t place_of(struct slice key)
{
    return hash_spread(key) & (PLACES - 1);
}

const void *recall_find(const struct store *store, struct slice key)
{
    const struct recall *recall = store->recall;
    if (!recall || !recall->is_now)
        return NULL;
    for (const struct thing *thing = recall->places[place_of(key)]; thing; thing = thing->next)
        if (slice_equal(thing->key, key))
            return thing->what;
    return NULL;
}

struct arena *recall_arena(const struct store *store)
{
    const struct recall *recall = store->recall;
    return recall && recall->is_now && recall->count < RECALL_THINGS_MOST ? recall->arena : NULL;
}

void recall_keep(struct store *store, struct slice key, const void *what)
{
    struct recall *recall = store->recall;
    struct thing **place = &recall->places[place_of(key)];
    struct thing *thing = arena_new_of(recall->arena, struct thing);
    struct slice copy = { slice_copy(recall->arena, key), key.length };
    *thing = (struct thing){ *place, copy, what };
    *place = thing;
    recall->count++;
}

static struct recall *recall_of(struct store *store)
{
    if (store->recall)
        return store->recall;
    store->recall = calloc(1, sizeof *store->recall);
    if (!store->recall)
        abort();
    store->recall->arena = arena_new();
    return store->recall;
}

static void forget(struct recall *recall)
{
    arena_empty(recall->arena);
    memset(recall->places, 0, sizeof recall->places);
    recall->count = 0;
}

enum status recall_begin(struct work *work)
{
    struct store *store = work->store;
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    if (store->mode != STORE_READ)
        return STATUS_OK;
    enum status status = store_query(work, store->engine->version, NULL, 0, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status != STATUS_OK)
        return status;
    struct recall *recall = recall_of(store);
    const char *version = cursor_text(cursor, 0);
    recall->is_now = version && strlen(version) <= VERSION_MOST;
    if (!recall->is_now || strcmp(version, recall->version) != 0 ||
        recall->count == RECALL_THINGS_MOST || arena_held(recall->arena) > RECALL_BYTES_MOST)
        forget(recall);
    if (recall->is_now)
        memcpy(recall->version, version, strlen(version) + 1);
    return STATUS_OK;
}

void recall_end(struct store *store)
{
    if (store->recall)
        store->recall->is_now = false;
}

void recall_free(struct store *store)
{
    if (store->recall)
        arena_free(store->recall->arena);
    free(store->recall);
    store->recall = NULL;
}
