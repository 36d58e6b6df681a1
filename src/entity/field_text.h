/* Between a field's stored member and the text that people write and read. */
#ifndef ENTITY_FIELD_TEXT_H
#define ENTITY_FIELD_TEXT_H

#include "base/problem.h"
#include "base/slice.h"
#include "entity/entity.h"

/* Reads what a person wrote into the member. Empty text makes it missing (a key text that is not
 * required becomes ""). Codes are taken by value or by label, in any case; yes and no in their
 * usual forms; dates as British people write them; decimals with an optional % at the end.
 * `out_decimals`, when not NULL, gets how many decimals were written. A FORM_REFERENCE is not
 * read here: the caller turns its code into an id. What is wrong goes to `problems` and leaves the
 * member as it was; then the answer is false. */
bool field_read(struct arena *arena, const struct field *field, struct slice text, void *row,
                struct problems *problems, int *out_decimals);
/* The member as text for files and forms, in the arena; "" when missing. A FORM_REFERENCE gives
 * the id in digits: the caller prints the code instead. */
const char *field_print(struct arena *arena, const struct field *field, const void *row);
/* The label of a coded member, else the same as field_print. */
const char *field_label(struct arena *arena, const struct field *field, const void *row);

/* Sets each missing member whose row names a standard to that standard. */
void entity_set_standards(struct arena *arena, const struct entity *entity, void *row);
/* Checks required fields, lengths, ranges and codes, then the entity's own rules; adds what is
 * wrong. True when nothing is. Fields of FIELD_SYSTEM are left alone. */
bool entity_validate(const struct entity *entity, const void *row, struct problems *problems);

#endif
