#include "web/pages/table_file.h"

#include "base/arena.h"
#include "base/text.h"
#include "codec/csv_writer.h"
#include "codec/sheet.h"
#include "web/routes.h"

#include "base/banned.h"

enum { CSV_MOST = 16 * 1024 * 1024 };

static enum status as_csv(struct work *work, const struct table_file *table,
                          const struct slice *headings, struct slice *out_bytes)
{
    struct text text = text_new(work->arena, CSV_MOST);
    csv_write_row(&text, headings, table->columns);
    for (size_t i = 0; i < table->rows; i++)
        csv_write_row(&text, &table->cells[i * table->columns], table->columns);
    *out_bytes = text_slice(&text);
    return text.is_full
               ? work_fail(work, STATUS_LIMIT, "The file %s.csv is too large.", table->name)
               : STATUS_OK;
}

static enum status as_ods(struct work *work, const struct table_file *table,
                          const struct slice *headings, struct slice *out_bytes)
{
    size_t count = table->rows * table->columns;
    struct sheet_cell *cells = arena_array_of(work->arena, count + 1, struct sheet_cell);
    for (size_t i = 0; i < count; i++)
        cells[i] = (struct sheet_cell){ table->cells[i].length == 0                ? SHEET_EMPTY
                                        : i % table->columns < table->numbers_from ? SHEET_TEXT
                                                                                   : SHEET_NUMBER,
                                        table->cells[i] };
    const struct sheet sheet = { .name = table->title,
                                 .headings = headings,
                                 .column_count = table->columns,
                                 .cells = cells,
                                 .row_count = table->rows };
    const struct sheet_file file = { table->title, "en-GB", work->now, &sheet, 1 };
    return ods_write(work, &file, out_bytes);
}

enum status table_file_answer(struct work *work, const struct table_file *table, bool is_ods,
                              struct page *out_page)
{
    struct slice *headings = arena_array_of(work->arena, table->columns, struct slice), bytes;
    for (size_t c = 0; c < table->columns; c++)
        headings[c] = slice_of(table->headings[c]);
    enum status status = is_ods ? as_ods(work, table, headings, &bytes)
                                : as_csv(work, table, headings, &bytes);
    if (status != STATUS_OK)
        return status;
    struct page page = { .response = {
                             .status = 200,
                             .media_type = is_ods ? "application/vnd.oasis.opendocument.spreadsheet"
                                                  : "text/csv; charset=utf-8; header=present",
                             .body = bytes } };
    response_is_file(work->arena, &page.response,
                     arena_format(work->arena, "%s.%s", table->name, is_ods ? "ods" : "csv"));
    *out_page = page;
    return STATUS_OK;
}
