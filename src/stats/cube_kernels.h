/* The innermost loops of the counting, each in every form of the processor. */
#ifndef STATS_CUBE_KERNELS_H
#define STATS_CUBE_KERNELS_H

#include "stats/cube_parts.h"

enum {
    CUBE_WAYS =
        4 /* counts of a cell beside each other, so that the same cell twice does not wait */
};

/* For each of `count` rows the cell of a small joint: its vectors' codes, the last fastest. */
void cube_small_cells(const struct cube_engine *engine, const struct cube_joint *joint, int64_t row,
                      size_t count, uint16_t *out_cells);
/* The same for any joint. */
void cube_large_cells(const struct cube_engine *engine, const struct cube_joint *joint, int64_t row,
                      size_t count, uint32_t *out_cells);
/* Adds the cells of rows to CUBE_WAYS counts of `cell_count` cells each. */
void cube_add_cells(const uint16_t *cells, size_t count, size_t cell_count, uint32_t *ways);
/* Adds to counts[code], for each code up to `code_count` (CUBE_COMPARED at most), how often it
 * stands in `codes`. */
void cube_add_codes(enum processor_form form, const uint8_t *codes, size_t count, size_t code_count,
                    uint32_t *counts);

#endif
