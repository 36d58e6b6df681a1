/* A hash table from two numbers (such as measure and unit) to a pointer: how the sets of a report
 * are joined in time that grows with their size, and no faster. */
#ifndef SERVICE_PAIR_MAP_H
#define SERVICE_PAIR_MAP_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct pair_slot;

struct pair_map {
    struct arena *arena;
    struct pair_slot *slots;
    size_t room, count;
};

/* An empty map for about `expected` pairs; it grows. Lives in the arena. */
struct pair_map pair_map_new(struct arena *arena, size_t expected);
/* What stands under the pair, or NULL. */
void *pair_map_get(const struct pair_map *map, int64_t first, int64_t second);
/* Puts `item`, which is not NULL, under the pair; what stood there before is replaced. */
void pair_map_put(struct pair_map *map, int64_t first, int64_t second, void *item);

#endif
