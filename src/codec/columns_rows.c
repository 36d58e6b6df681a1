/* Rows of table_reader into columns: every kind of file and every encoding, one row at a time. */
#include <string.h>

#include "base/arena.h"
#include "codec/columns_parts.h"
#include "base/banned.h"

static struct slice cell_of(const struct table_row *row, size_t field)
{
    return field < row->count ? slice_trim(row->cells[field]) : (struct slice){ NULL, 0 };
}

static void reject(struct intake *intake, const struct table_row *row, size_t wish,
                   const char *words)
{
    const char *heading = intake->request->wishes[wish].heading;
    intake_reject(intake, row->number, heading,
                  arena_format(intake->work.arena, "the cell %s", words));
}

/* False when the row is rejected. */
static bool check_row(struct intake *intake, const struct table_row *row)
{
    const struct columns_request *request = intake->request;
    for (size_t i = intake->map->heading_count; i < row->count; i++)
        if (row->cells[i].length > 0) {
            intake_reject(intake, row->number, NULL,
                          "the row has more cells than there are headings; a cell that holds the "
                          "delimiter may lack its quotation marks");
            return false;
        }
    intake->short_rows += row->count < intake->map->heading_count;
    for (size_t i = 0; i < request->wish_count; i++)
        if (request->wishes[i].kind != COLUMN_DECIMAL &&
            cell_of(row, intake->map->fields[i]).length > COLUMN_MOST_LABEL) {
            reject(intake, row, i, "is too long; shorten it to 4,096 bytes");
            return false;
        }
    return true;
}

static enum status put_row(struct intake *intake, const struct table_row *row)
{
    const struct columns_request *request = intake->request;
    struct columns *columns = intake->columns;
    const char *words = "";
    int64_t value = 0;
    intake->rejected_before = intake->rejected_count;
    intake->noted_before = (int64_t)intake->noted.list.count;
    if (!check_row(intake, row))
        return STATUS_OK;
    /* Decimals first: only they can still reject the row, which then leaves no label behind. */
    for (size_t i = 0; i < request->wish_count; i++) {
        struct slice cell = cell_of(row, intake->map->fields[i]);
        if (request->wishes[i].kind != COLUMN_DECIMAL)
            continue;
        enum columns_cell read = intake_read_decimal(intake, i, cell, &value, &words);
        if (read == COLUMNS_REFUSED) {
            reject(intake, row, i, words);
            return STATUS_OK;
        }
        if (read == COLUMNS_NOTED)
            intake_note(intake, i, row->number, words);
        if (!column_put_decimal(columns, i, value))
            return intake_fail_full(intake, i);
    }
    for (size_t i = 0; i < request->wish_count; i++) {
        struct slice cell = cell_of(row, intake->map->fields[i]);
        bool fits = true;
        if (request->wishes[i].kind == COLUMN_CATEGORY)
            fits = column_put_label(columns, i, cell);
        else if (request->wishes[i].kind == COLUMN_TEXT)
            fits = column_put_text(columns, i, cell);
        if (!fits)
            return intake_fail_full(intake, i);
    }
    columns_end_row(columns);
    return STATUS_OK;
}

enum status intake_read_rows(struct intake *intake, const char *path)
{
    const struct table_options options = { .name = intake->rejected.file,
                                           .most_bytes = COLUMNS_MOST_BYTES };
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    const char *sheet = intake->request->sheet;
    enum status status = table_reader_open(&intake->work, path, &options, &reader);
    for (bool is_heading = true; status == STATUS_OK;) {
        status = table_reader_next(reader, &row);
        if (status != STATUS_OK)
            break;
        if (sheet && strcmp(sheet, row.sheet) != 0) {
            intake->other_sheets_rows++;
        } else if (!is_heading) {
            status = put_row(intake, &row);
        } else if (row.number == intake->map->heading_line) {
            is_heading = false;
            sheet = arena_copy_text(intake->work.arena, row.sheet);
            intake->sheet = sheet;
        }
    }
    return status == STATUS_END ? STATUS_OK : status;
}
