/* Reads the input as a compiled catalogue: what is read can be searched whole, finds itself, and
 * its patterns match nothing beyond a text's end. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "web/language.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct catalogue catalogue;
    if (!catalogue_read((struct slice){ (const char *)data, size }, &catalogue))
        return 0;
    struct arena *arena = arena_new();
    const char *pieces[LANGUAGE_PIECES_MOST];
    for (uint32_t i = 0; i < catalogue.count; i++) {
        const char *words = catalogue_at(&catalogue, i);
        const char *found = catalogue_find(&catalogue, words);
        assert(!found || *found);
        language_match(arena, words, found ? found : "a b", pieces);
        language_match(arena, words, words, pieces);
    }
    language_patterns(arena, &catalogue);
    arena_free(arena);
    return 0;
}
