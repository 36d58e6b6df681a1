#include "base/columns.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/threads.h"
#include "base/banned.h"

enum { FIRST_COLUMNS = 16, FIRST_ROWS = 1024, CODES_OF_ONE = 1 << 8, CODES_OF_TWO = 1 << 16 };

struct columns *columns_new(void)
{
    struct arena *arena = arena_new();
    struct columns *columns = arena_new_of(arena, struct columns);
    columns->arena = arena;
    columns->room = FIRST_COLUMNS;
    columns->column = arena_array_of(arena, FIRST_COLUMNS, struct column);
    return columns;
}

static void free_values(struct column *column)
{
    region_free(&column->values);
    region_free(&column->bytes);
    region_free(&column->starts);
    dictionary_free(column->labels);
    column->labels = NULL;
}

void columns_free(struct columns *columns)
{
    if (!columns)
        return;
    for (size_t i = 0; i < columns->count; i++)
        free_values(&columns->column[i]);
    arena_free(columns->arena);
}

void columns_forget(struct columns *columns, size_t index)
{
    free_values(&columns->column[index]);
}

void columns_cleanup(struct columns **columns)
{
    columns_free(*columns);
}

/* ---- values of any width ---- */

void column_set_code(struct column *column, int64_t row, uint32_t code)
{
    unsigned char *at = (unsigned char *)column->values.bytes + (size_t)row * (size_t)column->width;
    uint16_t two = (uint16_t)code;
    if (column->width == 1)
        *at = (unsigned char)code;
    else if (column->width == 2)
        memcpy(at, &two, sizeof two);
    else
        memcpy(at, &code, sizeof code);
}

int column_width_of_codes(size_t count)
{
    return count <= CODES_OF_ONE ? 1 : count <= CODES_OF_TWO ? 2 : 4;
}

int column_width_of_decimal(int64_t value)
{
    bool is_short = value == INTEGER_MISSING || (value > INT32_MIN && value <= INT32_MAX);
    return is_short ? 4 : 8;
}

void column_reach(struct column *column, int64_t rows)
{
    region_reach(&column->values, (size_t)rows * (size_t)column->width);
}

/* From the last row to the first, since the wider values reach over the narrow ones. */
void column_widen(struct column *column, int64_t rows, int width)
{
    struct column narrow = *column;
    if (width <= column->width)
        return;
    region_reach(&column->values, (size_t)rows * (size_t)width);
    narrow.values = column->values;
    column->width = width;
    for (int64_t row = rows; row-- > 0;) {
        if (column->kind == COLUMN_DECIMAL)
            column_set_decimal(column, row, column_decimal(&narrow, row));
        else
            column_set_code(column, row, column_code(&narrow, row));
    }
}

static int64_t parts_of(const struct column *column)
{
    int64_t parts = 1;
    for (int place = column->scale; place < column->finest; place++)
        parts *= 10;
    return parts;
}

/* Gives the values the finest decimals. */
static void refine(struct column *column, int64_t rows)
{
    int64_t parts = parts_of(column);
    for (int64_t row = 0; parts > 1 && row < rows; row++) {
        int64_t value = column_decimal(column, row);
        if (value == INTEGER_MISSING)
            continue;
        value *= parts;
        column_widen(column, rows, column_width_of_decimal(value));
        column_set_decimal(column, row, value);
    }
    column->scale = column->finest;
}

int64_t column_fit(struct column *column, int64_t rows, int64_t value)
{
    int64_t parts = parts_of(column);
    if (parts == 1 || value == INTEGER_MISSING)
        return value;
    if (value % parts == 0)
        return value / parts;
    refine(column, rows);
    return value;
}

void column_add(struct column *column, int64_t rows, int64_t more)
{
    for (int64_t row = 0; row < rows; row++) {
        int64_t value = column_decimal(column, row);
        if (value == INTEGER_MISSING)
            continue;
        column_widen(column, rows, column_width_of_decimal(value + more));
        column_set_decimal(column, row, value + more);
    }
}

/* ---- columns ---- */

static size_t add_column(struct columns *columns, const char *name, struct column column)
{
    if (columns->count == columns->room) {
        struct column *wider = arena_array_of(columns->arena, columns->room * 2, struct column);
        memcpy(wider, columns->column, columns->count * sizeof *wider);
        columns->column = wider;
        columns->room *= 2;
    }
    struct column *added = &columns->column[columns->count];
    *added = column;
    added->name = arena_copy_text(columns->arena, name);
    column_reach(added, columns->rows > FIRST_ROWS ? columns->rows : FIRST_ROWS);
    return columns->count++;
}

size_t columns_add_category(struct columns *columns, const char *name)
{
    struct column column = { .kind = COLUMN_CATEGORY, .width = 1, .labels = dictionary_new() };
    if (columns->rows > 0)
        (void)dictionary_add(column.labels, SLICE("")); /* the first label always fits */
    return add_column(columns, name, column);
}

size_t columns_add_amount(struct columns *columns, const char *name, int scale, int finest)
{
    assert(scale >= 0 && scale <= finest && finest <= NUMBER_PLACES);
    struct column column = { .kind = COLUMN_DECIMAL, .width = 4, .scale = scale, .finest = finest };
    size_t index = add_column(columns, name, column);
    for (int64_t row = 0; row < columns->rows; row++)
        column_set_decimal(&columns->column[index], row, INTEGER_MISSING);
    return index;
}

size_t columns_add_decimal(struct columns *columns, const char *name, int scale)
{
    return columns_add_amount(columns, name, scale, scale);
}

size_t columns_add_text(struct columns *columns, const char *name)
{
    struct column column = { .kind = COLUMN_TEXT, .width = 1 };
    size_t index = add_column(columns, name, column);
    struct column *added = &columns->column[index];
    region_reach(&added->bytes, 0);
    region_reach(&added->starts,
                 (size_t)(columns->rows / COLUMN_TEXT_BLOCK + 1) * sizeof(uint64_t));
    return index;
}

ptrdiff_t columns_find(const struct columns *columns, const char *name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->column[i].name, name) == 0)
            return (ptrdiff_t)i;
    return -1;
}

/* ---- row by row ---- */

/* The column, with room for the row in the making; NULL when there are too many rows. */
static struct column *next_place(struct columns *columns, size_t index, enum column_kind kind)
{
    assert(!columns->is_sealed && index < columns->count && columns->column[index].kind == kind);
    if (columns->rows == COLUMNS_MOST_ROWS)
        return NULL;
    column_reach(&columns->column[index], columns->rows + 1);
    return &columns->column[index];
}

bool column_put_label(struct columns *columns, size_t index, struct slice label)
{
    struct column *column = next_place(columns, index, COLUMN_CATEGORY);
    if (!column || label.length > COLUMN_MOST_LABEL)
        return false;
    uint32_t code = dictionary_add(column->labels, label);
    if (code == DICTIONARY_NONE)
        return false;
    column_widen(column, columns->rows, column_width_of_codes((size_t)code + 1));
    column_reach(column, columns->rows + 1);
    column_set_code(column, columns->rows, code);
    return true;
}

bool column_put_decimal(struct columns *columns, size_t index, int64_t value)
{
    struct column *column = next_place(columns, index, COLUMN_DECIMAL);
    if (!column)
        return false;
    value = column_fit(column, columns->rows, value);
    column_widen(column, columns->rows, column_width_of_decimal(value));
    column_reach(column, columns->rows + 1);
    column_set_decimal(column, columns->rows, value);
    return true;
}

/* A text of `length` bytes stands at the row, behind those of the rows before. */
static void set_length(struct column *column, int64_t row, size_t length, size_t start)
{
    column_widen(column, row, column_width_of_codes(length + 1));
    column_reach(column, row + 1);
    column_set_code(column, row, (uint32_t)length);
    if (row % COLUMN_TEXT_BLOCK > 0)
        return;
    size_t block = (size_t)(row / COLUMN_TEXT_BLOCK);
    region_reach(&column->starts, (block + 1) * sizeof(uint64_t));
    ((uint64_t *)column->starts.bytes)[block] = start;
}

void column_set_text(struct column *column, int64_t row, struct slice text)
{
    set_length(column, row, text.length, column->byte_count);
    region_reach(&column->bytes, column->byte_count + text.length);
    if (text.length)
        memcpy((char *)column->bytes.bytes + column->byte_count, text.start, text.length);
    column->byte_count += text.length;
}

bool column_find_starts(struct column *column, int64_t rows)
{
    size_t start = 0;
    for (int64_t row = 0; row < rows && start <= column->byte_count; row++) {
        size_t length = column_code(column, row);
        set_length(column, row, length, start);
        start += length;
    }
    return start == column->byte_count;
}

bool column_put_text(struct columns *columns, size_t index, struct slice text)
{
    struct column *column = next_place(columns, index, COLUMN_TEXT);
    if (!column || text.length > COLUMN_MOST_LABEL)
        return false;
    column_set_text(column, columns->rows, text);
    return true;
}

void columns_end_row(struct columns *columns)
{
    columns->rows++;
}

void columns_seal(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct column *column = &columns->column[i];
        region_trim(&column->values, (size_t)columns->rows * (size_t)column->width);
        if (column->kind != COLUMN_TEXT)
            continue;
        region_trim(&column->bytes, column->byte_count);
        region_trim(&column->starts,
                    (size_t)(columns->rows / COLUMN_TEXT_BLOCK + 1) * sizeof(uint64_t));
    }
    columns->is_sealed = true;
}

/* ---- table after table ---- */

struct appending {
    struct columns *columns, *more;
    size_t threads;
    bool is_full[THREADS_MOST];
};

/* Bytes to bytes, as most columns are, is a loop of its own: it is half of what appending costs. */
static void append_mapped(struct column *to, int64_t rows, const struct column *from, int64_t more,
                          const uint32_t *codes)
{
    if (to->width == 1 && from->width == 1) {
        const uint8_t *old = from->values.bytes;
        uint8_t *new = (uint8_t *)to->values.bytes + rows;
        for (int64_t row = 0; row < more; row++)
            new[row] = (uint8_t)codes[old[row]];
        return;
    }
    for (int64_t row = 0; row < more; row++)
        column_set_code(to, rows + row, codes[column_code(from, row)]);
}

static bool append_codes(struct column *to, int64_t rows, const struct column *from, int64_t more)
{
    size_t count = column_label_count(from);
    uint32_t *codes = calloc(count + 1, sizeof *codes);
    if (!codes)
        abort();
    bool fits = true;
    for (size_t i = 0; fits && i < count; i++) {
        codes[i] = dictionary_add(to->labels, column_label(from, (uint32_t)i));
        fits = codes[i] != DICTIONARY_NONE;
    }
    if (fits) {
        column_widen(to, rows, column_width_of_codes(column_label_count(to)));
        column_reach(to, rows + more);
        append_mapped(to, rows, from, more, codes);
    }
    free(codes);
    return fits;
}

static void append_decimals(struct column *to, int64_t rows, struct column *from, int64_t more)
{
    if (to->scale < from->scale)
        refine(to, rows);
    if (from->scale < to->scale)
        refine(from, more);
    column_widen(to, rows, from->width);
    column_reach(to, rows + more);
    for (int64_t row = 0; row < more; row++)
        column_set_decimal(to, rows + row, column_decimal(from, row));
}

static void append_texts(struct column *to, int64_t rows, const struct column *from, int64_t more)
{
    size_t start = to->byte_count;
    column_widen(to, rows, from->width);
    column_reach(to, rows + more);
    region_reach(&to->bytes, to->byte_count + from->byte_count);
    memcpy((char *)to->bytes.bytes + to->byte_count, from->bytes.bytes, from->byte_count);
    for (int64_t row = 0; row < more; row++) {
        size_t length = column_code(from, row);
        set_length(to, rows + row, length, start);
        start += length;
    }
    to->byte_count += from->byte_count;
}

/* Each thread has every so-manieth column; a column that was appended is given back at once. */
static void append_some(void *context, size_t index)
{
    struct appending *appending = context;
    struct columns *columns = appending->columns, *more = appending->more;
    for (size_t i = index; i < columns->count; i += appending->threads) {
        struct column *to = &columns->column[i], *from = &more->column[i];
        assert(to->kind == from->kind && to->finest == from->finest);
        if (to->kind == COLUMN_CATEGORY)
            appending->is_full[index] |= !append_codes(to, columns->rows, from, more->rows);
        else if (to->kind == COLUMN_DECIMAL)
            append_decimals(to, columns->rows, from, more->rows);
        else
            append_texts(to, columns->rows, from, more->rows);
        free_values(from);
    }
}

static bool has_labels(const struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        if (columns->column[i].labels && dictionary_count(columns->column[i].labels) > 0)
            return true;
    return false;
}

/* An empty table takes the columns of the other as they are, but for their names. */
static void swap_columns(struct columns *columns, struct columns *more)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct column taken = more->column[i];
        more->column[i] = columns->column[i];
        taken.name = columns->column[i].name;
        columns->column[i] = taken;
    }
}

bool columns_append(struct columns *columns, struct columns *more, size_t threads)
{
    struct appending appending = { .columns = columns, .more = more, .threads = threads };
    assert(!columns->is_sealed && columns->count == more->count && threads > 0);
    bool fits = columns->rows + more->rows <= COLUMNS_MOST_ROWS;
    if (fits && columns->rows == 0 && !has_labels(columns))
        swap_columns(columns, more);
    else if (fits)
        threads_run(threads, append_some, &appending);
    for (size_t i = 0; i < threads; i++)
        fits &= !appending.is_full[i];
    columns->rows += more->rows;
    more->rows = 0;
    columns_free(more);
    return fits;
}

/* ---- tables from tables ---- */

static void copy_labels(const struct column *from, struct column *to)
{
    for (size_t i = 0; i < column_label_count(from); i++) {
        uint32_t code = dictionary_add(to->labels, column_label(from, (uint32_t)i));
        assert(code == i); /* they fitted before */
    }
}

static size_t add_like(struct columns *columns, const struct column *model)
{
    if (model->kind == COLUMN_DECIMAL)
        return columns_add_amount(columns, model->name, model->scale, model->finest);
    if (model->kind == COLUMN_TEXT)
        return columns_add_text(columns, model->name);
    size_t index = columns_add_category(columns, model->name);
    copy_labels(model, &columns->column[index]);
    return index;
}

static void select_texts(const struct column *from, int64_t rows, const unsigned char *include,
                         struct column *to)
{
    int64_t at = 0;
    for (int64_t row = 0; row < rows; row++)
        if (include[row])
            column_set_text(to, at++, column_text(from, row));
}

static void select_values(const struct column *from, int64_t rows, const unsigned char *include,
                          struct column *to)
{
    size_t width = (size_t)from->width;
    unsigned char *at = to->values.bytes;
    const unsigned char *bytes = from->values.bytes;
    for (int64_t row = 0; row < rows; row++)
        if (include[row]) {
            memcpy(at, bytes + (size_t)row * width, width);
            at += width;
        }
}

struct columns *columns_select(const struct columns *columns, const unsigned char *include)
{
    struct columns *selected = columns_new();
    int64_t rows = 0;
    for (int64_t row = 0; row < columns->rows; row++)
        rows += include[row] != 0;
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *from = &columns->column[i];
        size_t index = add_like(selected, from); /* which may move the columns */
        struct column *to = &selected->column[index];
        if (from->kind == COLUMN_TEXT) {
            select_texts(from, columns->rows, include, to);
            continue;
        }
        column_widen(to, 0, from->width);
        column_reach(to, rows);
        select_values(from, columns->rows, include, to);
    }
    selected->rows = rows;
    columns_seal(selected);
    return selected;
}

/* The codes of labels, which are added to the dictionary; freed by the caller. */
static uint32_t *codes_of(struct dictionary *dictionary, const struct slice *labels, size_t count)
{
    uint32_t *codes = calloc(count + 1, sizeof *codes);
    if (!codes)
        abort();
    for (size_t i = 0; i < count; i++) {
        codes[i] = dictionary_add(dictionary, labels[i]);
        assert(codes[i] != DICTIONARY_NONE); /* there are no more of them than the source has */
    }
    return codes;
}

size_t columns_add_mapped(struct columns *columns, const char *name, size_t source,
                          const struct slice *labels)
{
    struct column column = { .kind = COLUMN_CATEGORY, .width = 1, .labels = dictionary_new() };
    size_t index = add_column(columns, name, column);
    const struct column *from = &columns->column[source];
    struct column *to = &columns->column[index];
    uint32_t *codes = codes_of(to->labels, labels, column_label_count(from));
    column_widen(to, 0, column_width_of_codes(column_label_count(to)));
    column_reach(to, columns->rows);
    append_mapped(to, 0, from, columns->rows, codes);
    free(codes);
    return index;
}

void column_relabel(struct column *column, int64_t rows, const struct slice *labels)
{
    struct dictionary *relabelled = dictionary_new();
    uint32_t *codes = codes_of(relabelled, labels, column_label_count(column));
    append_mapped(column, 0, column, rows, codes);
    dictionary_free(column->labels); /* the new labels may have stood in it */
    column->labels = relabelled;
    free(codes);
}

void columns_drop_labels(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct column *column = &columns->column[i];
        if (column->kind != COLUMN_CATEGORY)
            continue;
        struct dictionary *used = dictionary_new();
        for (int64_t row = 0; row < columns->rows; row++)
            column_set_code(column, row,
                            dictionary_add(used, column_label(column, column_code(column, row))));
        dictionary_free(column->labels);
        column->labels = used;
    }
}

bool column_sum_fits(const struct column *column, int64_t rows)
{
    int64_t sum = 0;
    _Static_assert(COLUMNS_MOST_ROWS < INT64_MAX >> 31, "so that 31 bits of each row fit");
    for (int64_t row = 0; column->width == 8 && row < rows; row++) {
        int64_t value = column_decimal(column, row);
        if (value == INTEGER_MISSING)
            continue;
        if (__builtin_add_overflow(sum, value < 0 ? -value : value, &sum))
            return false;
    }
    return true;
}
