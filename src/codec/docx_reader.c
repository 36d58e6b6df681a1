/* The tables of a DOCX (ECMA-376 part 1, WordprocessingML), each as a sheet "Table 1", "Table 2" …
 * A cell that spans columns is followed by empty ones; one that goes on a merge from the row above
 * says again what stands above, so that each row can be read by itself. */
#include <string.h>

#include "base/arena.h"
#include "codec/office_parts.h"
#include "base/banned.h"

struct docx {
    struct office office; /* first, as office_close demands */
    int table_depth;      /* 1 in a table of the text; deeper ones are part of a cell's text */
    int skip_depth;       /* within what is shown elsewhere, or no more */
    int tables;
    const char *sheet;
    int64_t number, column, span;
    bool is_in_row, is_in_cell, is_in_run_text, goes_on;
    struct text text;
    int64_t breaks; /* paragraph ends to be written before more text */
    /* The row above, for cells that go on a merge. */
    struct arena *above_arena;
    struct slice *above;
    size_t above_count;
};

static int64_t value_of(const char **attributes)
{
    int64_t value = 0;
    const char *given = xml_attribute(attributes, "val");
    return given && slice_integer(slice_of(given), &value) && value > 0 ? value : 0;
}

static void add_text(struct docx *docx, struct slice text)
{
    for (; docx->breaks > 0 && docx->text.length > 0 && !docx->text.is_full; docx->breaks--)
        text_add_character(&docx->text, '\n');
    docx->breaks = 0;
    text_add_slice(&docx->text, text);
}

/* ---- tables, rows, cells ---- */

static void start_table(struct docx *docx, struct xml_reader *reader)
{
    if (++docx->table_depth > 1)
        return;
    if (++docx->tables > OFFICE_MOST_SHEETS)
        xml_reader_stop(reader, office_fail_sheets(docx->office.reader));
    docx->sheet = arena_format(docx->office.reader->arena, "Table %d", docx->tables);
    docx->number = 0;
    docx->above_count = 0;
}

static void start_row(struct docx *docx, struct xml_reader *reader)
{
    docx->is_in_row = true;
    docx->is_in_cell = false;
    docx->column = 0;
    enum status status = row_builder_start(&docx->office.row, docx->sheet, ++docx->number);
    if (status != STATUS_OK)
        xml_reader_stop(reader, status);
}

static void start_cell(struct docx *docx)
{
    docx->is_in_cell = true;
    docx->span = 1;
    docx->goes_on = false;
    docx->breaks = 0;
    docx->text = row_builder_text(&docx->office.row);
}

static void end_cell(struct docx *docx, struct xml_reader *reader)
{
    struct row_builder *row = &docx->office.row;
    struct slice text = text_slice(&docx->text);
    if (docx->goes_on && (size_t)docx->column < docx->above_count) {
        struct slice above = docx->above[docx->column];
        text = (struct slice){ arena_copy(row->arena, above.start, above.length), above.length };
    }
    enum status status = docx->text.is_full ? row_builder_fail_length(row)
                                            : row_builder_put(row, docx->column, text);
    if (__builtin_add_overflow(docx->column, docx->span, &docx->column))
        docx->column = INT64_MAX - 1;
    if (status == STATUS_OK)
        status = row_builder_widen(row, docx->column);
    if (status != STATUS_OK)
        xml_reader_stop(reader, status);
    docx->is_in_cell = false;
}

static void end_row(struct docx *docx, struct xml_reader *reader)
{
    const struct row_builder *row = &docx->office.row;
    docx->is_in_row = false;
    arena_empty(docx->above_arena);
    docx->above_count = row->count;
    for (size_t i = 0; i < row->count; i++)
        docx->above[i] = (struct slice){ arena_copy(docx->above_arena, row->cells[i].start,
                                                    row->cells[i].length),
                                         row->cells[i].length };
    if (row->has_text)
        xml_reader_pause(reader);
}

/* ---- what stands in them ---- */

static void start_in_cell(struct docx *docx, const char *name, const char **attributes)
{
    bool is_own = docx->table_depth == 1;
    if (xml_is(name, "t")) {
        docx->is_in_run_text = true;
    } else if (is_own && xml_is(name, "gridSpan")) {
        int64_t span = value_of(attributes);
        docx->span = span > 1 ? span : 1;
    } else if (is_own && xml_is(name, "vMerge")) {
        const char *value = xml_attribute(attributes, "val");
        docx->goes_on = !value || strcmp(value, "restart") != 0;
    } else if (xml_is(name, "br") || xml_is(name, "cr")) {
        add_text(docx, SLICE("\n"));
    } else if (xml_is(name, "tab") && !xml_attribute(attributes, "val")) {
        add_text(docx, SLICE("\t")); /* with a value it is a tab stop of the paragraph's style */
    } else if (xml_is(name, "noBreakHyphen")) {
        add_text(docx, SLICE("-"));
    }
}

static void start_in_row(struct docx *docx, struct xml_reader *reader, const char *name,
                         const char **attributes)
{
    if (xml_is(name, "tc"))
        start_cell(docx);
    if (!xml_is(name, "gridBefore"))
        return;
    docx->column += value_of(attributes);
    enum status status = row_builder_widen(&docx->office.row, docx->column);
    if (status != STATUS_OK)
        xml_reader_stop(reader, status);
}

static void docx_start(struct xml_reader *reader, void *user, const char *name,
                       const char **attributes)
{
    struct docx *docx = user;
    if (docx->skip_depth > 0 || xml_is(name, "moveFrom") || xml_is(name, "Fallback"))
        docx->skip_depth++;
    else if (xml_is(name, "tbl"))
        start_table(docx, reader);
    else if (docx->is_in_cell)
        start_in_cell(docx, name, attributes);
    else if (docx->is_in_row)
        start_in_row(docx, reader, name, attributes);
    else if (docx->table_depth == 1 && xml_is(name, "tr"))
        start_row(docx, reader);
}

static void docx_end(struct xml_reader *reader, void *user, const char *name)
{
    struct docx *docx = user;
    if (docx->skip_depth > 0) {
        docx->skip_depth--;
        return;
    }
    if (xml_is(name, "tbl"))
        docx->table_depth--;
    else if (docx->is_in_cell && xml_is(name, "t"))
        docx->is_in_run_text = false;
    else if (docx->is_in_cell && xml_is(name, "p"))
        docx->breaks++;
    else if (docx->is_in_cell && docx->table_depth == 1 && xml_is(name, "tc"))
        end_cell(docx, reader);
    else if (docx->is_in_row && docx->table_depth == 1 && xml_is(name, "tr"))
        end_row(docx, reader);
}

static void docx_text(struct xml_reader *reader, void *user, struct slice text)
{
    struct docx *docx = user;
    (void)reader;
    if (docx->is_in_cell && docx->is_in_run_text && docx->skip_depth == 0)
        add_text(docx, text);
}

static enum status docx_next(struct table_reader *reader, struct table_row *out_row)
{
    struct docx *docx = reader->state;
    enum status status = xml_reader_run(docx->office.xml);
    if (status == STATUS_OK)
        *out_row = row_builder_row(&docx->office.row);
    return status;
}

static void docx_close(struct table_reader *reader)
{
    struct docx *docx = reader->state;
    arena_free(docx->above_arena);
    office_close(reader);
}

enum status docx_reader_start(struct office office, const char *document)
{
    static const struct xml_handlers handlers = { .start = docx_start,
                                                  .end = docx_end,
                                                  .text = docx_text };
    struct table_reader *reader = office.reader;
    struct docx *docx = arena_new_of(reader->arena, struct docx);
    docx->office = office;
    docx->above_arena = arena_new();
    docx->above = arena_array_of(reader->arena, (size_t)reader->limits.most_columns, struct slice);
    reader->kind = TABLE_DOCX;
    reader->state = docx;
    reader->next = docx_next;
    reader->close = docx_close;
    return xml_reader_open(office.zip, document, reader->arena, &handlers, docx, &docx->office.xml);
}
