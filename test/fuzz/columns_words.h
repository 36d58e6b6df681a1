/* A row of a table of columns in words, each cell with its code, so that two readings can be
 * compared. */
#ifndef FUZZ_COLUMNS_WORDS_H
#define FUZZ_COLUMNS_WORDS_H

#include "base/columns.h"
#include "base/text.h"

static inline void columns_words_add_row(struct text *text, const struct columns *columns,
                                         int64_t row)
{
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->column[i];
        if (!column->values.bytes)
            continue; /* it was given back */
        if (column->kind == COLUMN_DECIMAL)
            text_add_format(text, "%lld", (long long)column_decimal(column, row));
        else
            text_add_slice(text, column->kind == COLUMN_TEXT
                                     ? column_text(column, row)
                                     : column_label(column, column_code(column, row)));
        if (column->kind == COLUMN_CATEGORY)
            text_add_format(text, "#%u", column_code(column, row));
        text_add_character(text, '\x1F');
    }
    text_add_character(text, '\n');
}

#endif
