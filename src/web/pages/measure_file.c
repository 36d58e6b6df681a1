/* The values of a measure as files: CSV and ODS with the same columns. */
#include "base/arena.h"
#include "codec/csv_writer.h"
#include "codec/sheet.h"
#include "entity/field_text.h"
#include "model/unit.h"
#include "service/related.h"
#include "web/pages/measure_parts.h"
#include "web/pages/pages.h"

#include "base/banned.h"

enum { CSV_MOST = 16 * 1024 * 1024, COLUMNS = 9, FIELDS_FROM = 2 };

static const char *const columns[COLUMNS] = { "measure",   "unit",        "period",
                                              "revision",  "latest",      "value",
                                              "numerator", "denominator", "missing" };

/* The cells of one value; those from FIELDS_FROM on are fields of its own. */
static void fill(struct arena *arena, const struct measure_view *view, const struct value *value,
                 struct slice cells[COLUMNS])
{
    const struct unit *unit = related_get(&view->units, &unit_entity, value->unit);
    cells[0] = slice_of(view->measure->code);
    cells[1] = slice_of(unit->code);
    for (size_t c = FIELDS_FROM; c < COLUMNS; c++)
        cells[c] = slice_of(field_print(arena, entity_field(&value_entity, columns[c]), value));
}

static void answer(struct page *out_page, const char *media_type, const char *disposition,
                   struct slice body)
{
    struct page page = { .response = { .status = 200, .media_type = media_type, .body = body } };
    response_add_header(&page.response, "Content-Disposition", disposition);
    *out_page = page;
}

enum status page_measure_csv(struct work *work, const struct call *call, struct page *out_page)
{
    struct measure_view view;
    struct slice cells[COLUMNS];
    enum status status = measure_view_load(work, call_parameter(call, "code"), &view);
    if (status != STATUS_OK)
        return status;
    struct text text = text_new(work->arena, CSV_MOST);
    for (size_t c = 0; c < COLUMNS; c++)
        cells[c] = slice_of(columns[c]);
    csv_write_row(&text, cells, COLUMNS);
    for (size_t i = 0; i < view.values.count; i++) {
        fill(work->arena, &view, view.values.items[i], cells);
        csv_write_row(&text, cells, COLUMNS);
    }
    answer(out_page, "text/csv; charset=utf-8; header=present",
           "attachment; filename=\"values.csv\"", text_slice(&text));
    return STATUS_OK;
}

enum status page_measure_ods(struct work *work, const struct call *call, struct page *out_page)
{
    struct measure_view view;
    struct slice headings[COLUMNS], cells[COLUMNS], bytes;
    enum status status = measure_view_load(work, call_parameter(call, "code"), &view);
    if (status != STATUS_OK)
        return status;
    struct sheet_cell *grid = arena_array_of(work->arena, view.values.count * COLUMNS + 1,
                                             struct sheet_cell);
    for (size_t c = 0; c < COLUMNS; c++)
        headings[c] = slice_of(columns[c]);
    for (size_t i = 0; i < view.values.count; i++) {
        fill(work->arena, &view, view.values.items[i], cells);
        for (size_t c = 0; c < COLUMNS; c++)
            grid[i * COLUMNS + c] = (struct sheet_cell){ cells[c].length == 0 ? SHEET_EMPTY
                                                         : c < FIELDS_FROM    ? SHEET_TEXT
                                                                              : SHEET_NUMBER,
                                                         cells[c] };
    }
    struct sheet sheet = { "Values", headings, COLUMNS, grid, view.values.count };
    struct sheet_file file = { view.measure->title, "en-GB", work->now, &sheet, 1 };
    status = ods_write(work, &file, &bytes);
    if (status == STATUS_OK)
        answer(out_page, "application/vnd.oasis.opendocument.spreadsheet",
               "attachment; filename=\"values.ods\"", bytes);
    return status;
}
