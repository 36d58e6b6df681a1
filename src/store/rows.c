/* Rows of a SELECT as structs, by a table of columns. */
#include "store/rows.h"

#include <string.h>

#include "base/arena.h"
#include "base/banned.h"

static const char *shared_text(struct arena *arena, const char *text, const char *before)
{
    if (text == NULL)
        return NULL;
    return before != NULL && strcmp(text, before) == 0 ? before : arena_copy_text(arena, text);
}

static void read_row(struct arena *arena, const struct row_reading *reading,
                     const struct cursor *cursor, const char *before, char *row)
{
    for (size_t i = 0; i < reading->count; i++) {
        const struct row_column *column = &reading->columns[i];
        if (column->storage == STORAGE_INTEGER) {
            int64_t integer = cursor_integer(cursor, i);
            memcpy(row + column->offset, &integer, sizeof integer);
        } else if (column->storage == STORAGE_REAL) {
            double real = cursor_real(cursor, i);
            memcpy(row + column->offset, &real, sizeof real);
        } else {
            const char *last = NULL;
            if (before != NULL)
                memcpy(&last, before + column->offset, sizeof last);
            const char *text = shared_text(arena, cursor_text(cursor, i), last);
            memcpy(row + column->offset, &text, sizeof text);
        }
    }
}

enum status rows_read(struct work *work, const struct row_reading *reading,
                      const struct parameter *parameters, size_t count, struct list *out_rows)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, reading->sql, parameters, count, &cursor);
    if (status != STATUS_OK)
        return status;
    assert(cursor_columns(cursor) == reading->count);
    const void *missing = reading->entity == NULL ? NULL : entity_row(work->arena, reading->entity);
    struct list rows = *out_rows;
    const char *before = NULL;
    while ((status = cursor_next(cursor)) == STATUS_OK) {
        char *row = arena_take(work->arena, reading->size);
        if (missing != NULL)
            memcpy(row, missing, reading->size);
        read_row(work->arena, reading, cursor, before, row);
        list_add(work->arena, &rows, row);
        before = row;
    }
    if (status != STATUS_END)
        return status;
    *out_rows = rows;
    return STATUS_OK;
}

enum status rows_read_one(struct work *work, const struct row_reading *reading,
                          const struct parameter *parameters, size_t count, void *out_row_pointer)
{
    struct list rows = { 0 };
    enum status status = rows_read(work, reading, parameters, count, &rows);
    if (status != STATUS_OK)
        return status;
    void *first = rows.count == 0 ? NULL : rows.items[0];
    memcpy(out_row_pointer, &first, sizeof first);
    return STATUS_OK;
}
