#include "base/list.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

void list_add(struct arena *arena, struct list *list, void *item)
{
    if (list->count == list->room) {
        size_t room = list->room ? list->room * 2 : 8;
        void **items = arena_array_of(arena, room, void *);
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->room = room;
    }
    list->items[list->count++] = item;
}
