#include "service/scorecard_grid.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "codec/table_reader.h"
#include "base/banned.h"

struct slice scorecard_line_cell(const struct scorecard_line *line, size_t column)
{
    return column < line->count ? slice_trim(slice_of(line->cells[column]))
                                : (struct slice){ "", 0 };
}

const char *scorecard_cell_name(struct arena *arena, size_t column, int64_t row)
{
    enum { LETTERS = 26 };
    char letters[8];
    size_t at = sizeof letters - 1;
    letters[at] = '\0';
    for (size_t left = column + 1; left > 0 && at > 0; left = (left - 1) / LETTERS)
        letters[--at] = (char)('A' + (left - 1) % LETTERS);
    return arena_format(arena, "%s%lld", letters + at, (long long)row);
}

/* Copies the row up to its last cell with text; counts what it took. */
static enum status copy_line(struct work *work, const char *name, const struct table_row *row,
                             size_t *cells, size_t *bytes, struct scorecard_line **out_line)
{
    struct scorecard_line *line = arena_new_of(work->arena, struct scorecard_line);
    line->number = row->number;
    for (size_t i = 0; i < row->count; i++)
        if (slice_trim(row->cells[i]).length > 0)
            line->count = i + 1;
    if (line->count > SCORECARD_MOST_COLUMNS)
        return work_fail(work, STATUS_LIMIT,
                         "%s, row %lld: more than %d columns; keep those of "
                         "the scorecard.",
                         name, (long long)row->number, SCORECARD_MOST_COLUMNS);
    line->cells = arena_array_of(work->arena, line->count ? line->count : 1, const char *);
    for (size_t i = 0; i < line->count; i++) {
        struct slice cell = slice_trim(row->cells[i]);
        if (cell.length > SCORECARD_LONGEST_CELL)
            return work_fail(
                work, STATUS_LIMIT, "%s, cell %s: longer than %d characters; shorten it.", name,
                scorecard_cell_name(work->arena, i, row->number), SCORECARD_LONGEST_CELL);
        line->cells[i] = slice_copy(work->arena, cell);
        *cells += cell.length > 0;
        *bytes += cell.length;
    }
    *out_line = line;
    return STATUS_OK;
}

enum status scorecard_grid_read(struct work *work, const char *name, struct table_reader *reader,
                                struct scorecard_grid *out_grid)
{
    struct scorecard_grid grid = { 0 };
    struct scorecard_sheet *sheet = NULL;
    struct table_row row;
    size_t cells = 0, bytes = 0;
    enum status status;
    while ((status = table_reader_next(reader, &row)) == STATUS_OK) {
        struct scorecard_line *line = NULL;
        if (!sheet || strcmp(sheet->name, row.sheet) != 0) {
            sheet = arena_new_of(work->arena, struct scorecard_sheet);
            sheet->name = arena_copy_text(work->arena, row.sheet);
            list_add(work->arena, &grid.sheets, sheet);
        }
        status = copy_line(work, name, &row, &cells, &bytes, &line);
        if (status != STATUS_OK)
            return status;
        if (cells > SCORECARD_MOST_CELLS || bytes > SCORECARD_MOST_TEXT)
            return work_fail(work, STATUS_LIMIT,
                             "%s: more than %d cells or %d KiB of text; send the sheets of the "
                             "scorecard alone.",
                             name, SCORECARD_MOST_CELLS, SCORECARD_MOST_TEXT / 1024);
        list_add(work->arena, &sheet->lines, line);
    }
    if (status != STATUS_END)
        return status;
    if (cells == 0)
        return work_fail(work, STATUS_INPUT, "%s: there is nothing in it; send the scorecard.",
                         name);
    *out_grid = grid;
    return STATUS_OK;
}

const char *scorecard_grid_print(struct arena *arena, const struct scorecard_grid *grid)
{
    json_t *sheets = json_array();
    for (size_t i = 0; i < grid->sheets.count; i++) {
        const struct scorecard_sheet *sheet = grid->sheets.items[i];
        json_t *lines = json_array();
        for (size_t k = 0; k < sheet->lines.count; k++) {
            const struct scorecard_line *line = sheet->lines.items[k];
            json_t *cells = json_array();
            for (size_t c = 0; c < line->count; c++)
                json_array_append_new(cells, json_string(line->cells[c]));
            json_array_append_new(lines, json_pack("[I, o]", (json_int_t)line->number, cells));
        }
        json_array_append_new(sheets, json_pack("{s:s, s:o}", "sheet", sheet->name, "rows", lines));
    }
    char *text = json_dumps(sheets, JSON_COMPACT);
    const char *copy = arena_copy_text(arena, text);
    free(text);
    json_decref(sheets);
    return copy;
}

static struct scorecard_line *parse_line(struct arena *arena, const json_t *pair)
{
    const json_t *cells = json_array_get(pair, 1);
    struct scorecard_line *line = arena_new_of(arena, struct scorecard_line);
    line->number = json_integer_value(json_array_get(pair, 0));
    line->count = json_array_size(cells);
    line->cells = arena_array_of(arena, line->count ? line->count : 1, const char *);
    for (size_t c = 0; c < line->count; c++) {
        const char *text = json_string_value(json_array_get(cells, c));
        line->cells[c] = arena_copy_text(arena, text ? text : "");
    }
    return line;
}

enum status scorecard_grid_parse(struct work *work, const char *text,
                                 struct scorecard_grid *out_grid)
{
    struct scorecard_grid grid = { 0 };
    json_t *sheets = json_loads(text, 0, NULL);
    if (!json_is_array(sheets)) {
        json_decref(sheets);
        return work_fail(work, STATUS_STORAGE,
                         "What the store holds of a scorecard is not whole; "
                         "send the file again.");
    }
    for (size_t i = 0; i < json_array_size(sheets); i++) {
        const json_t *one = json_array_get(sheets, i);
        const json_t *rows = json_object_get(one, "rows");
        struct scorecard_sheet *sheet = arena_new_of(work->arena, struct scorecard_sheet);
        const char *name = json_string_value(json_object_get(one, "sheet"));
        sheet->name = arena_copy_text(work->arena, name ? name : "");
        list_add(work->arena, &grid.sheets, sheet);
        for (size_t k = 0; k < json_array_size(rows); k++)
            list_add(work->arena, &sheet->lines, parse_line(work->arena, json_array_get(rows, k)));
    }
    json_decref(sheets);
    *out_grid = grid;
    return STATUS_OK;
}
