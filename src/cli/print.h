/* What commands print: lines, wrapped words, tables, JSON, files. A closed pipe or a full disk is
 * STATUS_STORAGE with its sentence. */
#ifndef CLI_PRINT_H
#define CLI_PRINT_H

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/work.h"

/* Writes bytes to standard output; a closed pipe or a full disk is STATUS_STORAGE. */
MUST_CHECK enum status print_bytes(struct work *work, struct slice bytes);
MUST_CHECK enum status print_line(struct work *work, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Prints words wrapped to the terminal's width (100 columns at most, 80 when it is none), the first
 * line after `label`, the others indented as far. */
MUST_CHECK enum status print_wrapped(struct work *work, const char *label, const char *words);
/* Writes to the file of -o (through a temporary one) or, without it, to standard output. */
MUST_CHECK enum status print_output(struct work *work, const char *path, struct slice bytes);
/* Prints JSON, indented, and gives the reference back. */
MUST_CHECK enum status print_json(struct work *work, json_t *json);
/* Columns that a text takes: bytes that begin a UTF-8 character. */
size_t print_width(struct slice text);
/* Rows as an aligned table on the terminal. The first row is the heading. */
struct table_text;
struct table_text *table_text_new(struct arena *arena, size_t columns);
void table_text_add(struct table_text *table, const char *const *cells);
MUST_CHECK enum status table_text_print(struct work *work, const struct table_text *table);

/* A count as a page has it: "4,812". */
const char *count_words(struct arena *arena, int64_t count);
/* A cell of at most so many bytes; a longer one ends in "..." and between two characters. */
const char *cell_shortened(struct arena *arena, const char *cell, size_t most);

#endif
