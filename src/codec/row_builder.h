/* One row of a spreadsheet in the making, under the limits of cells, columns and rows. */
#ifndef CODEC_ROW_BUILDER_H
#define CODEC_ROW_BUILDER_H

#include <stdbool.h>

#include "base/text.h"
#include "codec/table_reader.h"

struct row_builder {
    struct work *work;
    const char *name; /* the file's */
    const struct table_options *limits;
    struct arena *arena; /* emptied at each row; holds what the cells say */
    struct slice *cells; /* most_columns of them */
    size_t count;
    int64_t total; /* cells given so far, with the gaps */
    bool has_text;
    const char *sheet;
    int64_t number;
};

struct row_builder row_builder_new(struct work *work, const char *name, struct arena *arena,
                                   const struct table_options *limits);
void row_builder_free(struct row_builder *builder);
/* Begins an empty row. STATUS_LIMIT for a number beyond the limit of rows. */
MUST_CHECK enum status row_builder_start(struct row_builder *builder, const char *sheet,
                                         int64_t number);
/* Text for a cell, in the row's memory and under the limit of a cell's length. */
struct text row_builder_text(const struct row_builder *builder);
/* Puts `text`, which lives as long as the row, in a column counted from 0; columns before it that
 * have nothing yet become empty cells. An empty text puts nothing. */
MUST_CHECK enum status row_builder_put(struct row_builder *builder, int64_t column,
                                       struct slice text);
/* The failure of a text that is full. */
MUST_CHECK enum status row_builder_fail_length(const struct row_builder *builder);
/* Makes the row at least `count` cells long. */
MUST_CHECK enum status row_builder_widen(struct row_builder *builder, int64_t count);
struct table_row row_builder_row(const struct row_builder *builder);

#endif
