/* Distinct labels, numbered from 0 in the order in which they first came. */
#ifndef BASE_DICTIONARY_H
#define BASE_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct dictionary;

enum {
    DICTIONARY_MOST_LABELS = 1 << 20,
    DICTIONARY_MOST_BYTES = 128 << 20 /* of all labels together */
};
#define DICTIONARY_NONE UINT32_MAX /* no such label, or no room for one more */

struct dictionary *dictionary_new(void);
/* NULL is allowed. */
void dictionary_free(struct dictionary *dictionary);
/* The number of a label, which is added (copied) when it is new; DICTIONARY_NONE when that would
 * pass a limit. */
uint32_t dictionary_add(struct dictionary *dictionary, struct slice label);
/* The number of a label, or DICTIONARY_NONE. */
uint32_t dictionary_find(const struct dictionary *dictionary, struct slice label);
size_t dictionary_count(const struct dictionary *dictionary);
/* The label of a number; its bytes live as long as the dictionary. */
struct slice dictionary_label(const struct dictionary *dictionary, uint32_t number);

#endif
