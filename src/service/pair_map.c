/* Open addressing with linear probing, at most half full. */
#include "service/pair_map.h"

#include <assert.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/banned.h"

struct pair_slot {
    int64_t first, second;
    void *item; /* NULL: free */
};

enum { ROOM_LEAST = 16 };

/* Mixes both numbers (the finaliser of the SplitMix generator). */
static uint64_t mix(int64_t first, int64_t second)
{
    uint64_t hash = (uint64_t)first * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)second;
    hash = (hash ^ (hash >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    hash = (hash ^ (hash >> 27)) * UINT64_C(0x94D049BB133111EB);
    return hash ^ (hash >> 31);
}

static struct pair_slot *slot_of(const struct pair_map *map, int64_t first, int64_t second)
{
    size_t place = (size_t)mix(first, second) & (map->room - 1);
    while (map->slots[place].item != NULL &&
           (map->slots[place].first != first || map->slots[place].second != second))
        place = (place + 1) & (map->room - 1);
    return &map->slots[place];
}

struct pair_map pair_map_new(struct arena *arena, size_t expected)
{
    size_t room = ROOM_LEAST;
    while (room / 2 < expected)
        room *= 2;
    return (struct pair_map){ .arena = arena,
                              .slots = arena_array_of(arena, room, struct pair_slot),
                              .room = room };
}

void *pair_map_get(const struct pair_map *map, int64_t first, int64_t second)
{
    return slot_of(map, first, second)->item;
}

static void grow(struct pair_map *map)
{
    struct pair_map larger = pair_map_new(map->arena, map->room);
    for (size_t i = 0; i < map->room; i++) {
        if (map->slots[i].item != NULL)
            *slot_of(&larger, map->slots[i].first, map->slots[i].second) = map->slots[i];
    }
    larger.count = map->count;
    *map = larger;
}

void pair_map_put(struct pair_map *map, int64_t first, int64_t second, void *item)
{
    assert(item != NULL);
    if (map->count >= map->room / 2)
        grow(map);
    struct pair_slot *slot = slot_of(map, first, second);
    if (slot->item == NULL)
        map->count++;
    *slot = (struct pair_slot){ first, second, item };
}
