#include "service/narrative_shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "service/narrative_parts.h"
#include "store/store.h"
#include "base/banned.h"

enum { PLACES = 1024 /* a power of two */ };

struct shelved {
    struct shelved *next;
    struct narrative narrative;
};

struct narrative_shelf {
    struct arena *arena;
    struct shelved *places[PLACES];
};

static void shelf_free(void *thing)
{
    struct narrative_shelf *shelf = thing;
    arena_free(shelf->arena);
    free(shelf);
}

struct narrative_shelf *narrative_shelf_open(struct work *work)
{
    static const char name[] = "narratives";
    if (!work->store)
        return NULL;
    struct narrative_shelf *shelf = store_kept_own(work->store, name);
    if (!shelf) {
        shelf = calloc(1, sizeof *shelf);
        if (!shelf)
            abort();
        shelf->arena = arena_new();
        store_keep_own(work->store, name, shelf, shelf_free);
    }
    if (arena_held(shelf->arena) > NARRATIVE_SHELF_MOST) {
        arena_empty(shelf->arena);
        memset(shelf->places, 0, sizeof shelf->places);
    }
    return shelf;
}

static struct shelved **place_of(struct narrative_shelf *shelf, struct slice text)
{
    return &shelf->places[hash_spread(text) & (PLACES - 1)];
}

struct narrative narrative_shelf_read(struct narrative_shelf *shelf, struct arena *arena,
                                      const char *text)
{
    struct slice words = narrative_slice(text);
    if (!shelf || words.length == 0)
        return narrative_read(arena, text);
    struct shelved **place = place_of(shelf, words), *found = *place;
    while (found && !slice_equal(found->narrative.text, words))
        found = found->next;
    if (!found && arena_held(shelf->arena) > NARRATIVE_SHELF_MOST)
        return narrative_read(arena, text);
    if (!found) {
        found = arena_new_of(shelf->arena, struct shelved);
        *found = (struct shelved){ *place,
                                   narrative_read(shelf->arena, slice_copy(shelf->arena, words)) };
        *place = found;
    }
    /* What is made of it belongs to who asks. */
    struct narrative narrative = found->narrative;
    narrative.arena = arena;
    return narrative;
}
