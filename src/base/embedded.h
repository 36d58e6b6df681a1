/* Files built into the program: rules/, templates/, assets/, demo/ and the migrations. */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct embedded_file {
    const char *name; /* its path in the repository: rules/headings.csv */
    const unsigned char *bytes;
    size_t size;
};

/* Sorted by name; the table itself is made at build by script/embed.py. */
extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

/* The bytes of one file; false when there is none of that name. */
bool embedded_find(const char *name, struct slice *out_bytes);
/* The first file at or after `*index` whose name starts with `prefix`, and moves `*index` past it;
 * NULL when there is no more. */
const struct embedded_file *embedded_next(const char *prefix, size_t *index);

#endif
