/* Translations: a .mo file of GNU gettext in memory, which many threads may search at once. The
 * library's own functions follow the process's locale, and a bare system has no Welsh one. */
#ifndef BASE_CATALOGUE_H
#define BASE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* Marks words that people read, for the list that translators work on (script/messages). */
#define WORDS(words) words

/* Points into the file's bytes, which must live as long. */
struct catalogue {
    struct slice bytes;
    uint32_t count, originals, translations; /* how many texts; where their two tables begin */
};

/* Checks the whole file once, so that searching needs no checks: its magic number in this machine's
 * order of bytes, every text within the file and ended by a NUL, the texts sorted. */
bool catalogue_read(struct slice bytes, struct catalogue *out_catalogue);
/* The text at an index below `count`, in the order of bytes. */
const char *catalogue_at(const struct catalogue *catalogue, uint32_t index);
/* The translation of a text, or NULL when there is none or it is empty. */
const char *catalogue_find(const struct catalogue *catalogue, const char *words);

#endif
