/* Open addressing with a key of its own, so that nobody can choose labels that collide. */
#include "base/dictionary.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

enum { FIRST_SLOTS = 64, FIRST_LABELS = 32 };

struct dictionary {
    struct arena *arena; /* the labels' bytes */
    unsigned char key[crypto_shorthash_KEYBYTES];
    struct slice *labels;
    size_t count, room, bytes;
    uint32_t *slots; /* number + 1; 0: free */
    size_t slot_count;
};

static void *checked(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

struct dictionary *dictionary_new(void)
{
    struct dictionary *dictionary = checked(calloc(1, sizeof *dictionary));
    dictionary->arena = arena_new();
    randombytes_buf(dictionary->key, sizeof dictionary->key);
    dictionary->room = FIRST_LABELS;
    dictionary->labels = checked(calloc(FIRST_LABELS, sizeof *dictionary->labels));
    dictionary->slot_count = FIRST_SLOTS;
    dictionary->slots = checked(calloc(FIRST_SLOTS, sizeof *dictionary->slots));
    return dictionary;
}

void dictionary_free(struct dictionary *dictionary)
{
    if (!dictionary)
        return;
    arena_free(dictionary->arena);
    free(dictionary->labels);
    free(dictionary->slots);
    free(dictionary);
}

/* The slot that holds the label, or the free one where it belongs. */
static uint32_t *slot_of(const struct dictionary *dictionary, struct slice label)
{
    uint64_t hash = 0;
    unsigned char digest[crypto_shorthash_BYTES];
    crypto_shorthash(digest, (const unsigned char *)label.start, label.length, dictionary->key);
    memcpy(&hash, digest, sizeof hash);
    for (size_t i = (size_t)hash;; i++) {
        uint32_t *slot = &dictionary->slots[i & (dictionary->slot_count - 1)];
        if (!*slot || slice_equal(dictionary->labels[*slot - 1], label))
            return slot;
    }
}

static void grow_slots(struct dictionary *dictionary)
{
    free(dictionary->slots);
    dictionary->slot_count *= 2;
    dictionary->slots = checked(calloc(dictionary->slot_count, sizeof *dictionary->slots));
    for (size_t i = 0; i < dictionary->count; i++)
        *slot_of(dictionary, dictionary->labels[i]) = (uint32_t)i + 1;
}

uint32_t dictionary_add(struct dictionary *dictionary, struct slice label)
{
    uint32_t *slot = slot_of(dictionary, label);
    if (*slot)
        return *slot - 1;
    if (dictionary->count == DICTIONARY_MOST_LABELS ||
        label.length > DICTIONARY_MOST_BYTES - dictionary->bytes)
        return DICTIONARY_NONE;
    if (dictionary->count == dictionary->room) {
        dictionary->room *= 2;
        dictionary->labels = checked(
            reallocarray(dictionary->labels, dictionary->room, sizeof *dictionary->labels));
    }
    const char *copy = arena_copy(dictionary->arena, label.length ? label.start : "", label.length);
    dictionary->labels[dictionary->count] = (struct slice){ copy, label.length };
    dictionary->bytes += label.length;
    *slot = (uint32_t)++dictionary->count;
    if (2 * dictionary->count > dictionary->slot_count)
        grow_slots(dictionary);
    return (uint32_t)dictionary->count - 1;
}

uint32_t dictionary_find(const struct dictionary *dictionary, struct slice label)
{
    return *slot_of(dictionary, label) - 1; /* a free slot is 0, and DICTIONARY_NONE is 0 - 1 */
}

size_t dictionary_count(const struct dictionary *dictionary)
{
    return dictionary->count;
}

struct slice dictionary_label(const struct dictionary *dictionary, uint32_t number)
{
    assert(number < dictionary->count);
    return dictionary->labels[number];
}
