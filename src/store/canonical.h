/* The one text form of a row that is hashed: for commitments, the chain, and comparing copies. */
#ifndef STORE_CANONICAL_H
#define STORE_CANONICAL_H

#include "base/slice.h"
#include "entity/entity.h"

enum { CANONICAL_NUMBER = 32 };

/* Takes the next bytes of the text. */
typedef void canonical_sink(void *target, const char *bytes, size_t length);

/* The text of one field that is not missing: an integer in decimal, a real with 17 digits, text as
 * it is. Lives in `buffer` or in the row. */
struct slice canonical_field(const struct field *field, const void *row,
                             char buffer[CANONICAL_NUMBER]);
/* The entity's name and all fields in order, each as `length:text,` or `-,` when missing, so that
 * no two rows have the same text. */
void canonical_row(const struct entity *entity, const void *row, canonical_sink *sink,
                   void *target);

#endif
