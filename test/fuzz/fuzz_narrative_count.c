/* Reads the input as a narrative and asks how many people it counts. Every count lies in the text,
 * they follow each other, and reading twice gives the same. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "service/narrative_count.h"

#include "base/banned.h"

enum { INPUT_MOST = 1 << 14 };

static void check_counts(const struct narrative *narrative, const struct narrative_count *counts,
                         size_t count)
{
    size_t from = 0;
    for (size_t i = 0; i < count; i++) {
        const struct narrative_count *one = &counts[i];
        assert(one->first >= from && one->first < one->end && one->end <= narrative->count);
        assert(one->count >= 0 && one->base >= 0 && (one->base == 0 || one->base >= one->count));
        assert(!one->is_percent || one->count == 0);
        assert(!one->is_ratio || one->base > 0);
        assert(!one->is_staff || one->names_people);
        from = one->end;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > INPUT_MOST)
        return 0;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2026-11-25T09:00:00Z", .user = "fuzz" };
    const struct people_words *words = NULL;
    struct narrative_count *counts = NULL, *again = NULL;
    enum status status = people_words_read(&work, &words);
    assert(status == STATUS_OK);
    const char *text = slice_copy(arena, (struct slice){ (const char *)bytes, size });
    struct narrative narrative = narrative_read(arena, text);
    size_t count = narrative_counts(&narrative, words, &counts);
    check_counts(&narrative, counts, count);
    assert(narrative_counts(&narrative, words, &again) == count);
    for (size_t i = 0; i < count; i++)
        assert(again[i].first == counts[i].first && again[i].count == counts[i].count);
    return 0;
}
