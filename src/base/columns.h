/* A table as columns. A category is a small code for each row, with a dictionary of its distinct
 * labels; a decimal is an integer with a scale; a text is bytes of its own for each row. So
 * millions of rows fit into memory, and counting is a walk over bytes.
 *
 * A table is made row by row (column_put_…, then columns_end_row) or by a reader that fills columns
 * itself; after columns_seal it is only read, from any number of threads. A cell without text is
 * the label "" of a category, a missing decimal, an empty text: no row is ever dropped for it. */
#ifndef BASE_COLUMNS_H
#define BASE_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/dictionary.h"
#include "base/number.h"
#include "base/region.h"
#include "base/slice.h"

enum column_kind { COLUMN_CATEGORY, COLUMN_DECIMAL, COLUMN_TEXT };

#define COLUMNS_MOST_ROWS INT64_C(1000000000)
enum {
    COLUMN_MOST_LABEL = 4096, /* bytes of one label or text */
    COLUMN_TEXT_BLOCK = 16    /* texts of which one has its place noted, the others their lengths */
};

struct column {
    const char *name;
    enum column_kind kind;
    int width;  /* bytes of a value: a code has 1, 2 or 4, a decimal 4 or 8, a text's length 1 or 2
                 */
    int scale;  /* decimals after the point; a decimal's value is the number times 10^scale */
    int finest; /* to which `scale` may grow, when a value asks for it */
    struct region values;      /* `width` bytes a row; REGION_SLACK bytes more may be read */
    struct dictionary *labels; /* a category's; its codes are the labels' numbers */
    struct region bytes;       /* a text's, one after another */
    struct region starts;      /* where every COLUMN_TEXT_BLOCK-th text begins, in eight bytes */
    size_t byte_count;
};

struct columns {
    struct arena *arena; /* names */
    struct column *column;
    size_t count, room;
    int64_t rows;
    bool is_sealed;
};

struct columns *columns_new(void);
/* Frees the table and all its columns. NULL is allowed. */
void columns_free(struct columns *columns);
void columns_cleanup(struct columns **columns);
#define CLEANUP_COLUMNS __attribute__((cleanup(columns_cleanup)))

/* Adds a column, which gets "" or missing for the rows there are; gives its index. The name is
 * copied. `scale` is 0 to NUMBER_PLACES. Pointers to columns hold until the next is added. */
size_t columns_add_category(struct columns *columns, const char *name);
size_t columns_add_decimal(struct columns *columns, const char *name, int scale);
/* A decimal whose values are given to `finest` decimals, but kept with `scale` only for as long as
 * that loses nothing: pence take half the room of millionths. */
size_t columns_add_amount(struct columns *columns, const char *name, int scale, int finest);
size_t columns_add_text(struct columns *columns, const char *name);
/* The index of the column of that name, or -1. */
ptrdiff_t columns_find(const struct columns *columns, const char *name);

/* Each puts a value of the row in the making; every column wants one before columns_end_row. False
 * when a limit would be passed (length of a label, number of labels, rows): the row is then given
 * up by beginning the next one. */
bool column_put_label(struct columns *columns, size_t index, struct slice label);
bool column_put_text(struct columns *columns, size_t index, struct slice text);
/* To the finest decimals that the column may have; INTEGER_MISSING for none. */
bool column_put_decimal(struct columns *columns, size_t index, int64_t value);
void columns_end_row(struct columns *columns);
/* Gives back spare memory. From here on the table is only read. */
void columns_seal(struct columns *columns);

/* Gives back what a column holds; from here on it must not be looked at, but for columns_order,
 * which passes it over. */
void columns_forget(struct columns *columns, size_t index);

/* For readers that fill a column themselves: room for so many rows in all, and codes or decimals of
 * at least `width` bytes for the `rows` values that stand there already. */
void column_reach(struct column *column, int64_t rows);
void column_widen(struct column *column, int64_t rows, int width);
/* The value, given to the finest decimals, as the column keeps it. Where it has to keep more of
 * them than before, so do the `rows` values that stand there already. */
int64_t column_fit(struct column *column, int64_t rows, int64_t value);
/* The width that so many codes, or a decimal, want. */
int column_width_of_codes(size_t count);
int column_width_of_decimal(int64_t value);
/* Puts a code that the width holds at a row for which there is room. */
void column_set_code(struct column *column, int64_t row, uint32_t code);
/* Adds to every value of a decimal that is not missing; none of them passes what 64 bits hold. */
void column_add(struct column *column, int64_t rows, int64_t more);
/* Puts a text at a row; rows are filled in order. */
void column_set_text(struct column *column, int64_t row, struct slice text);
/* For whoever has put a text's lengths and bytes: notes where they begin. False when the lengths
 * are not those of `byte_count` bytes. */
bool column_find_starts(struct column *column, int64_t rows);

/* Appends the rows of `more` and frees it. Both have the same columns in the same order (name, kind
 * and scale). Labels new to `columns` follow those it has, so that codes are the same as if all
 * rows had been put one after the other. False, with `columns` unusable but for columns_free, when
 * the labels or rows together pass a limit. */
bool columns_append(struct columns *columns, struct columns *more, size_t threads);
/* A new sealed table with the rows whose byte in `include` is not 0, with the same dictionaries'
 * labels in the same order. Of the texts of other rows nothing stays. */
struct columns *columns_select(const struct columns *columns, const unsigned char *include);
/* Takes away the labels that no row has. */
void columns_drop_labels(struct columns *columns);
/* Adds, also to a sealed table, a category that says labels of another anew: `labels` has one label
 * for each code of `source`, and equal labels become one. Gives its index. */
size_t columns_add_mapped(struct columns *columns, const char *name, size_t source,
                          const struct slice *labels);
/* The same in place: the category's own labels change, and those that are equal now become one. */
void column_relabel(struct column *column, int64_t rows, const struct slice *labels);
/* Puts the rows in the order of the labels of a category (by bytes), otherwise as they were; also
 * on a sealed table. `threads` 0: as many as that is worth (threads_for_rows). */
void columns_order(struct columns *columns, size_t index, size_t threads);

static inline uint32_t column_code(const struct column *column, int64_t row)
{
    const unsigned char *at = (const unsigned char *)column->values.bytes +
                              (size_t)row * (size_t)column->width;
    uint16_t two = 0;
    uint32_t four = 0;
    if (column->width == 1)
        return *at;
    if (column->width == 2) {
        memcpy(&two, at, sizeof two);
        return two;
    }
    memcpy(&four, at, sizeof four);
    return four;
}

/* The value times 10^scale, or INTEGER_MISSING. */
static inline int64_t column_decimal(const struct column *column, int64_t row)
{
    if (column->width == 8)
        return ((const int64_t *)column->values.bytes)[row];
    int32_t value = ((const int32_t *)column->values.bytes)[row];
    return value == INT32_MIN ? INTEGER_MISSING : value;
}

/* What to multiply a decimal's values with to have millionths. */
static inline int64_t column_millionths_factor(const struct column *column)
{
    int64_t factor = 1;
    for (int place = column->scale; place < NUMBER_PLACES; place++)
        factor *= 10;
    return factor;
}

/* The value in millionths; INTEGER_MISSING for none, and for one that does not fit. */
static inline int64_t column_millionths(const struct column *column, int64_t row)
{
    int64_t value = column_decimal(column, row);
    bool is_value = value != INTEGER_MISSING &&
                    !__builtin_mul_overflow(value, column_millionths_factor(column), &value);
    return is_value ? value : INTEGER_MISSING;
}

/* For readers that fill a column themselves: puts a decimal that the width holds at a row for which
 * there is room; INTEGER_MISSING for none. */
static inline void column_set_decimal(struct column *column, int64_t row, int64_t value)
{
    if (column->width == 8)
        ((int64_t *)column->values.bytes)[row] = value;
    else
        ((int32_t *)column->values.bytes)[row] = value == INTEGER_MISSING ? INT32_MIN
                                                                          : (int32_t)value;
}

/* Where a text begins among the bytes. */
static inline size_t column_text_start(const struct column *column, int64_t row)
{
    int64_t block = row / COLUMN_TEXT_BLOCK;
    size_t start = ((const uint64_t *)column->starts.bytes)[block];
    for (int64_t before = block * COLUMN_TEXT_BLOCK; before < row; before++)
        start += column_code(column, before);
    return start;
}

static inline struct slice column_text(const struct column *column, int64_t row)
{
    return (struct slice){ (const char *)column->bytes.bytes + column_text_start(column, row),
                           column_code(column, row) };
}

/* True when a decimal's values, whatever their signs, add up to no more than an int64_t holds; then
 * every sum of some of them fits too. */
bool column_sum_fits(const struct column *column, int64_t rows);

static inline size_t column_label_count(const struct column *column)
{
    return dictionary_count(column->labels);
}

static inline struct slice column_label(const struct column *column, uint32_t code)
{
    return dictionary_label(column->labels, code);
}

#endif
