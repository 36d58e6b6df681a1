#include "service/id_set.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { WORD_BITS = 64, PAGE_WORDS = 512, PAGE_IDS = WORD_BITS * PAGE_WORDS };

/* As many pages as ids up to four thousand millions want. */
enum { PAGES_MOST = 128 * 1024 };

void id_set_add(struct id_set *set, int64_t id)
{
    assert(id >= 0);
    size_t page = (size_t)(id / PAGE_IDS), bit = (size_t)(id % PAGE_IDS);
    if (page >= PAGES_MOST)
        return;
    if (page >= set->count) {
        size_t count = 2 * page + 16;
        uint64_t **pages = arena_array_of(set->arena, count, uint64_t *);
        if (set->count > 0)
            memcpy(pages, set->pages, set->count * sizeof *pages);
        set->pages = pages;
        set->count = count;
    }
    if (!set->pages[page])
        set->pages[page] = arena_array_of(set->arena, PAGE_WORDS, uint64_t);
    set->pages[page][bit / WORD_BITS] |= UINT64_C(1) << bit % WORD_BITS;
}

bool id_set_has(const struct id_set *set, int64_t id)
{
    size_t page = (size_t)(id / PAGE_IDS), bit = (size_t)(id % PAGE_IDS);
    return id >= 0 && page < set->count && set->pages[page] &&
           set->pages[page][bit / WORD_BITS] >> bit % WORD_BITS & 1;
}
