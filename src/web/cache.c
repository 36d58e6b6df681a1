/* A table of fixed size, one place for each hash of a key: what comes later takes the place. */
#include "web/cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

#include "base/banned.h"

struct entry {
    char *bytes; /* the key, then the body */
    size_t key_length, body_length;
    int64_t event;
    const char *media_type;
};

struct cache {
    pthread_mutex_t lock;
    struct entry entries[CACHE_ENTRIES];
    size_t held;
};

struct cache *cache_new(void)
{
    struct cache *cache = calloc(1, sizeof *cache);
    if (!cache || pthread_mutex_init(&cache->lock, NULL) != 0)
        abort();
    return cache;
}

static void drop(struct cache *cache, struct entry *entry)
{
    cache->held -= entry->key_length + entry->body_length;
    free(entry->bytes);
    *entry = (struct entry){ .bytes = NULL };
}

void cache_free(struct cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < CACHE_ENTRIES; i++)
        drop(cache, &cache->entries[i]);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

static struct entry *place(struct cache *cache, struct slice key)
{
    return &cache->entries[hash_spread(key) % CACHE_ENTRIES];
}

bool cache_get(struct cache *cache, struct arena *arena, struct slice key, int64_t event,
               struct slice *out_body, const char **out_media_type)
{
    pthread_mutex_lock(&cache->lock);
    const struct entry *entry = place(cache, key);
    bool found = entry->bytes && entry->event == event &&
                 slice_equal((struct slice){ entry->bytes, entry->key_length }, key);
    if (found) {
        char *copy = arena_take_raw(arena, entry->body_length);
        memcpy(copy, entry->bytes + entry->key_length, entry->body_length);
        *out_body = (struct slice){ copy, entry->body_length };
        *out_media_type = entry->media_type;
    }
    pthread_mutex_unlock(&cache->lock);
    return found;
}

void cache_put(struct cache *cache, struct slice key, int64_t event, struct slice body,
               const char *media_type)
{
    size_t size = key.length + body.length;
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = place(cache, key);
    drop(cache, entry);
    char *bytes = size <= CACHE_MOST_BYTES - cache->held ? malloc(size ? size : 1) : NULL;
    if (bytes) {
        memcpy(bytes, key.start, key.length);
        memcpy(bytes + key.length, body.start, body.length);
        *entry = (struct entry){ bytes, key.length, body.length, event, media_type };
        cache->held += size;
    }
    pthread_mutex_unlock(&cache->lock);
}
