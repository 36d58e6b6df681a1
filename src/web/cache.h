/* Answers kept for as long as nothing changed: every write is an event, so an answer is good while
 * the newest event is the one under which it was made. Shared by threads. The answers are those of
 * public pages, the same for everybody, or of one session, whose cookie is part of the key then. */
#ifndef WEB_CACHE_H
#define WEB_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct arena;
struct cache;

enum { CACHE_MOST_BYTES = 64 * 1024 * 1024, CACHE_ENTRIES = 512 };

struct cache *cache_new(void);
void cache_free(struct cache *cache);
/* A copy, in `arena`, of what was kept under the key at that event; false when there is none. */
bool cache_get(struct cache *cache, struct arena *arena, struct slice key, int64_t event,
               struct slice *out_body, const char **out_media_type);
/* Keeps an answer. What is older, or stands in its place, goes; what is too large is not kept.
 * `media_type` must live as long as the program. */
void cache_put(struct cache *cache, struct slice key, int64_t event, struct slice body,
               const char *media_type);

#endif
