/* A list of pointers that grows in an arena; the items live where their maker put them. */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include <stddef.h>

struct arena;

struct list {
    void **items;
    size_t count, room;
};

/* Adds `item` at the end. */
void list_add(struct arena *arena, struct list *list, void *item);

#endif
