/* Rows put in the order of a category: a counting sort, so rows of one label stay as they were. One
 * column after another is rewritten and its old values given back, so that the whole table never
 * stands in memory twice. */
#include <assert.h>
#include <stdlib.h>

#include "base/columns.h"
#include "base/threads.h"
#include "base/banned.h"

struct ordering {
    struct columns *columns;
    const uint32_t *places; /* where each row goes */
    size_t threads;
};

struct ranked {
    struct slice label;
    uint32_t code;
};

static int compare_labels(const void *a, const void *b)
{
    const struct ranked *first = a, *second = b;
    return slice_compare(first->label, second->label);
}

/* For each code the place of its first row. */
static uint32_t *first_places(const struct column *column, int64_t rows)
{
    size_t count = column_label_count(column);
    uint32_t *counts = calloc(count + 1, sizeof *counts);
    struct ranked *ranked = calloc(count + 1, sizeof *ranked);
    if (!counts || !ranked)
        abort();
    for (int64_t row = 0; row < rows; row++)
        counts[column_code(column, row)]++;
    for (size_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){ column_label(column, (uint32_t)i), (uint32_t)i };
    qsort(ranked, count, sizeof *ranked, compare_labels);
    uint32_t place = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t wanted = counts[ranked[i].code];
        counts[ranked[i].code] = place;
        place += wanted;
    }
    free(ranked);
    return counts;
}

/* One loop a width, so that the compiler has plain stores. */
static void scatter_bytes(const uint8_t *from, uint8_t *to, const uint32_t *places, size_t rows)
{
    for (size_t row = 0; row < rows; row++)
        to[places[row]] = from[row];
}

static void scatter_twos(const uint16_t *from, uint16_t *to, const uint32_t *places, size_t rows)
{
    for (size_t row = 0; row < rows; row++)
        to[places[row]] = from[row];
}

static void scatter_fours(const uint32_t *from, uint32_t *to, const uint32_t *places, size_t rows)
{
    for (size_t row = 0; row < rows; row++)
        to[places[row]] = from[row];
}

static void scatter_eights(const uint64_t *from, uint64_t *to, const uint32_t *places, size_t rows)
{
    for (size_t row = 0; row < rows; row++)
        to[places[row]] = from[row];
}

static void scatter(struct column *column, const uint32_t *places, size_t rows)
{
    struct region old = column->values;
    column->values = (struct region){ 0 };
    region_reach(&column->values, rows * (size_t)column->width);
    if (column->width == 1)
        scatter_bytes(old.bytes, column->values.bytes, places, rows);
    else if (column->width == 2)
        scatter_twos(old.bytes, column->values.bytes, places, rows);
    else if (column->width == 4)
        scatter_fours(old.bytes, column->values.bytes, places, rows);
    else
        scatter_eights(old.bytes, column->values.bytes, places, rows);
    region_free(&old);
}

static void scatter_texts(struct column *column, const uint32_t *places, size_t rows)
{
    struct column old = *column;
    column->bytes = (struct region){ 0 };
    column->values = (struct region){ 0 };
    region_reach(&column->values, rows * (size_t)column->width);
    region_reach(&column->bytes, column->byte_count);
    for (size_t row = 0; row < rows; row++)
        column_set_code(column, places[row], column_code(&old, (int64_t)row));
    column->starts = (struct region){ 0 };
    bool is_whole = column_find_starts(column, (int64_t)rows);
    assert(is_whole); /* the lengths are the same */
    for (size_t row = 0; row < rows; row++) {
        struct slice text = column_text(&old, (int64_t)row);
        if (text.length > 0)
            memcpy((char *)column->bytes.bytes + column_text_start(column, places[row]), text.start,
                   text.length);
    }
    region_free(&old.values);
    region_free(&old.bytes);
    region_free(&old.starts);
}

static void scatter_some(void *context, size_t index)
{
    const struct ordering *ordering = context;
    size_t rows = (size_t)ordering->columns->rows;
    for (size_t i = index; i < ordering->columns->count; i += ordering->threads) {
        struct column *column = &ordering->columns->column[i];
        if (!column->values.bytes)
            continue; /* it was given back */
        if (column->kind == COLUMN_TEXT)
            scatter_texts(column, ordering->places, rows);
        else
            scatter(column, ordering->places, rows);
    }
}

void columns_order(struct columns *columns, size_t index, size_t threads)
{
    const struct column *column = &columns->column[index];
    assert(column->kind == COLUMN_CATEGORY);
    CLEANUP_REGION struct region places = { 0 };
    region_reach(&places, (size_t)columns->rows * sizeof(uint32_t));
    uint32_t *next = first_places(column, columns->rows), *place = places.bytes;
    for (int64_t row = 0; row < columns->rows; row++)
        place[row] = next[column_code(column, row)]++;
    free(next);
    struct ordering ordering = { .columns = columns,
                                 .places = place,
                                 .threads = threads_for_rows(columns->rows, threads) };
    threads_run(ordering.threads, scatter_some, &ordering);
}
