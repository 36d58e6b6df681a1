/* A set of ids, a bit for each: small even for millions, as ids follow one another. */
#ifndef SERVICE_ID_SET_H
#define SERVICE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* All zero but the arena, where it lives, is the empty set. */
struct id_set {
    struct arena *arena;
    uint64_t **pages;
    size_t count;
};

/* Adds an id from 0 on. One that is further off than any store's is left out. */
void id_set_add(struct id_set *set, int64_t id);
bool id_set_has(const struct id_set *set, int64_t id);

#endif
