/* From a cell as it stands in a file to the code of its label, some hundred million times a second.
 * What was met before is found by its bytes; what is new is handed back to be looked at. */
#ifndef CODEC_LABEL_TABLE_H
#define CODEC_LABEL_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/processor.h"
#include "base/slice.h"

enum {
    LABEL_TABLE_LONGEST = 64, /* bytes of a cell that is remembered */
    LABEL_TABLE_SLACK = 64    /* bytes behind a cell that may be read */
};

struct label_table;

/* The cells of one column in a run of rows: cell `row` is from one behind ends[row * stride - 1] to
 * before ends[row * stride]. */
struct label_cells {
    const char *bytes;
    const uint32_t *ends;
    size_t stride, count;
};

/* A table that uses one form of the processor; `key` is random, so that nobody can easily choose
 * cells that collide. */
struct label_table *label_table_new(enum processor_form form, uint64_t key);
void label_table_free(struct label_table *table);
/* Writes the code of each cell from `row` on into out[row], out[row + 1] …, `width` bytes each.
 * Stops at a cell that is not remembered or whose code is too wide, and gives its row; else the
 * count. */
size_t label_table_codes(const struct label_table *table, const struct label_cells *cells,
                         size_t row, void *out, int width);
/* Remembers a cell at which label_table_codes stopped, unless it is too long, too many are
 * remembered, or too many collide with it. */
void label_table_add(struct label_table *table, struct slice cell, uint32_t code);

static inline struct slice label_cell(const struct label_cells *cells, size_t row)
{
    const uint32_t *end = cells->ends + row * cells->stride;
    uint32_t start = end[-1] + 1; /* from 0 again where the place before is that before the text */
    return (struct slice){ cells->bytes + start, *end - start };
}

#endif
