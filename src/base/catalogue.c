#include "base/catalogue.h"

#include <string.h>

#include "base/banned.h"

#define MAGIC UINT32_C(0x950412de)

/* The header's words: magic, revision, count, place of the originals, of the translations. */
enum { HEADER = 20, ROW = 8 /* length and place */ };

static uint32_t word_at(struct slice bytes, size_t place)
{
    uint32_t word = 0;
    memcpy(&word, bytes.start + place, sizeof word);
    return word;
}

static const char *text_at(const struct catalogue *catalogue, uint32_t table, uint32_t index)
{
    return catalogue->bytes.start +
           word_at(catalogue->bytes, (size_t)table + (size_t)index * ROW + 4);
}

static bool table_is_sound(const struct catalogue *catalogue, uint32_t table)
{
    size_t size = catalogue->bytes.length;
    if (table > size || (size - table) / ROW < catalogue->count)
        return false;
    for (size_t i = 0; i < catalogue->count; i++) {
        size_t length = word_at(catalogue->bytes, table + i * ROW);
        size_t place = word_at(catalogue->bytes, table + i * ROW + 4);
        if (place >= size || length >= size - place || catalogue->bytes.start[place + length])
            return false;
    }
    return true;
}

bool catalogue_read(struct slice bytes, struct catalogue *out_catalogue)
{
    if (bytes.length < HEADER || word_at(bytes, 0) != MAGIC || word_at(bytes, 4) >> 16 > 1)
        return false;
    struct catalogue catalogue = { bytes, word_at(bytes, 8), word_at(bytes, 12),
                                   word_at(bytes, 16) };
    if (!table_is_sound(&catalogue, catalogue.originals) ||
        !table_is_sound(&catalogue, catalogue.translations))
        return false;
    for (uint32_t i = 1; i < catalogue.count; i++)
        if (strcmp(text_at(&catalogue, catalogue.originals, i - 1),
                   text_at(&catalogue, catalogue.originals, i)) >= 0)
            return false;
    *out_catalogue = catalogue;
    return true;
}

const char *catalogue_at(const struct catalogue *catalogue, uint32_t index)
{
    return text_at(catalogue, catalogue->originals, index);
}

const char *catalogue_find(const struct catalogue *catalogue, const char *words)
{
    /* The empty text is the catalogue's own header. */
    if (!*words)
        return NULL;
    uint32_t low = 0, high = catalogue->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(words, text_at(catalogue, catalogue->originals, middle));
        if (order == 0) {
            const char *found = text_at(catalogue, catalogue->translations, middle);
            return *found ? found : NULL;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
