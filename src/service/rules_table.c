#include "service/rules_table.h"

#include "base/arena.h"
#include "codec/table_reader.h"
#include "service/workspace.h"
#include "base/banned.h"

/* Where each wanted column stands in the file. */
static enum status find_columns(struct work *work, const char *name, const struct table_row *row,
                                const char *const *columns, size_t *places)
{
    for (size_t i = 0; columns[i]; i++) {
        size_t at = 0;
        while (at < row->count && !slice_is(slice_trim(row->cells[at]), columns[i]))
            at++;
        if (at == row->count)
            return work_fail(work, STATUS_INPUT,
                             "rules/%s has no column %s; see rules/README.md for its columns.",
                             name, columns[i]);
        places[i] = at;
    }
    return STATUS_OK;
}

static enum status take_row(struct work *work, const struct table_row *row,
                            const char *const *columns, const size_t *places,
                            rules_row_function *take, void *target)
{
    const char *cells[RULES_MOST_COLUMNS] = { NULL };
    for (size_t i = 0; columns[i]; i++) {
        struct slice cell = { 0 };
        if (places[i] < row->count)
            cell = slice_trim(row->cells[places[i]]);
        if (cell.length > 0)
            cells[i] = slice_copy(work->arena, cell);
    }
    return take(work, target, cells);
}

enum status rules_table_read(struct work *work, const char *name, const char *const *columns,
                             rules_row_function *take, void *target)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    size_t places[RULES_MOST_COLUMNS] = { 0 };
    struct table_row row;
    struct slice bytes;
    enum status status = workspace_rules(work, name, &bytes);
    if (status == STATUS_OK)
        status = table_reader_open_bytes(work, arena_format(work->arena, "rules/%s", name), bytes,
                                         NULL, &reader);
    if (status == STATUS_OK)
        status = table_reader_next(reader, &row);
    if (status == STATUS_OK)
        status = find_columns(work, name, &row, columns, places);
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK)
        status = take_row(work, &row, columns, places, take, target);
    return status == STATUS_END ? STATUS_OK : status;
}
