/* XLSX (ECMA-376 part 1, SpreadsheetML): the workbook says which parts are sheets, in order; each
 * is streamed row by row. Formulas give the value that was stored with them. */
#include <string.h>

#include "base/arena.h"
#include "codec/office_parts.h"
#include "codec/relations.h"
#include "codec/xlsx_parts.h"
#include "base/banned.h"

struct sheet_part {
    const char *name, *id, *part;
};

struct xlsx {
    struct office office; /* first, as office_close demands */
    struct list sheets;   /* of struct sheet_part *, hidden ones too */
    size_t next_sheet;
    const char *sheet;
    struct xlsx_strings strings;
    struct xlsx_styles styles;
    bool is_1904;
    /* The cell being read. */
    int64_t column; /* counted from 0; -1 before the row's first */
    char type;      /* the first letter of t, and 'i' for inlineStr, 'f' for str, 'n' for none */
    int64_t style;
    bool is_in_row, is_in_cell, is_in_value;
    int sound_depth;
    struct text value;
};

static bool is_true(const char *word)
{
    return word && (strcmp(word, "1") == 0 || strcmp(word, "true") == 0);
}

/* ---- the workbook ---- */

static void workbook_start(struct xml_reader *reader, void *user, const char *name,
                           const char **attributes)
{
    struct xlsx *xlsx = user;
    struct arena *arena = xlsx->office.reader->arena;
    if (xml_is(name, "workbookPr"))
        xlsx->is_1904 = is_true(xml_attribute(attributes, "date1904"));
    const char *title = xml_attribute(attributes, "name"), *id = xml_attribute(attributes, "id");
    if (!xml_is(name, "sheet") || !title || !id)
        return;
    if (xlsx->sheets.count == OFFICE_MOST_SHEETS) {
        xml_reader_stop(reader, office_fail_sheets(xlsx->office.reader));
        return;
    }
    struct sheet_part *sheet = arena_new_of(arena, struct sheet_part);
    sheet->name = arena_copy_text(arena, title);
    sheet->id = arena_copy_text(arena, id);
    list_add(arena, &xlsx->sheets, sheet);
}

static void ignore_end(struct xml_reader *reader, void *user, const char *name)
{
    (void)reader;
    (void)user;
    (void)name;
}

static enum status read_workbook(struct xlsx *xlsx, const char *workbook)
{
    static const struct xml_handlers handlers = { .start = workbook_start, .end = ignore_end };
    struct table_reader *reader = xlsx->office.reader;
    struct zip_reader *zip = xlsx->office.zip;
    struct list relations = { NULL, 0, 0 };
    enum status status = relations_read(zip, workbook, reader->arena, &relations);
    if (status == STATUS_OK)
        status = xml_read_part(zip, workbook, &handlers, xlsx);
    const struct relation *strings = relation_by_type(&relations, "sharedStrings");
    if (status == STATUS_OK && strings)
        status = xlsx_strings_read(zip, strings->target, reader->arena, reader->limits.most_cell,
                                   &xlsx->strings);
    const struct relation *styles = relation_by_type(&relations, "styles");
    if (status == STATUS_OK && styles)
        status = xlsx_styles_read(zip, styles->target, reader->arena, &xlsx->styles);
    for (size_t i = 0; i < xlsx->sheets.count; i++) {
        struct sheet_part *sheet = xlsx->sheets.items[i];
        const struct relation *relation = relation_by_id(&relations, sheet->id);
        /* A sheet that is a chart alone has no rows. */
        if (relation && strcmp(relation->type, "worksheet") == 0)
            sheet->part = relation->target;
    }
    return status;
}

/* ---- one sheet ---- */

/* The column of a reference such as "AB12", counted from 0; -1 when it is none. */
static int64_t reference_column(const char *reference)
{
    int64_t column = 0;
    for (; *reference >= 'A' && *reference <= 'Z' && column <= TABLE_MOST_COLUMNS; reference++)
        column = column * 26 + (*reference - 'A' + 1);
    return column - 1;
}

static void start_row(struct xlsx *xlsx, struct xml_reader *reader, const char **attributes)
{
    int64_t number = xlsx->office.row.number + 1;
    const char *given = xml_attribute(attributes, "r");
    if (given && (!slice_integer(slice_of(given), &number) || number < 1))
        number = xlsx->office.row.number + 1;
    xlsx->is_in_row = true;
    xlsx->column = -1;
    enum status status = row_builder_start(&xlsx->office.row, xlsx->sheet, number);
    if (status != STATUS_OK)
        xml_reader_stop(reader, status);
}

static void start_cell(struct xlsx *xlsx, const char **attributes)
{
    const char *reference = xml_attribute(attributes, "r"), *type = xml_attribute(attributes, "t");
    const char *style = xml_attribute(attributes, "s");
    int64_t column = reference ? reference_column(reference) : -1;
    xlsx->column = column >= 0 ? column : xlsx->column + 1;
    xlsx->type = type ? type[0] : 'n';
    if (type && (strcmp(type, "inlineStr") == 0 || strcmp(type, "str") == 0))
        xlsx->type = type[0] == 'i' ? 'i' : 'f';
    if (!style || !slice_integer(slice_of(style), &xlsx->style))
        xlsx->style = -1;
    xlsx->is_in_cell = true;
    xlsx->is_in_value = false;
    xlsx->sound_depth = 0;
    xlsx->value = row_builder_text(&xlsx->office.row);
}

static void sheet_start(struct xml_reader *reader, void *user, const char *name,
                        const char **attributes)
{
    struct xlsx *xlsx = user;
    if (xml_is(name, "row"))
        start_row(xlsx, reader, attributes);
    else if (xlsx->is_in_row && xml_is(name, "c"))
        start_cell(xlsx, attributes);
    else if (xlsx->is_in_cell && xml_is(name, "rPh"))
        xlsx->sound_depth++;
    else if (xlsx->is_in_cell && xml_is(name, xlsx->type == 'i' ? "t" : "v"))
        xlsx->is_in_value = xlsx->sound_depth == 0;
}

/* ISO text as t="d" has it: midnight and what is below a second fall away. */
static struct slice trim_moment(struct slice moment)
{
    ptrdiff_t point = slice_find(moment, ".");
    if (point >= 0)
        moment = slice_first(moment, (size_t)point);
    if (slice_ends(moment, "Z"))
        moment.length--;
    if (slice_ends(moment, "T00:00:00"))
        moment.length -= sizeof "T00:00:00" - 1;
    return moment;
}

static enum status string_value(struct xlsx *xlsx, struct slice value, struct slice *out_value)
{
    int64_t index = 0;
    if (!slice_integer(slice_trim(value), &index) || index < 0 ||
        (size_t)index >= xlsx->strings.count)
        return work_fail(xlsx->office.reader->work, STATUS_INPUT,
                         "%s is damaged: a cell of sheet %.200s, row %lld points to a text that is "
                         "not there; save it again in a spreadsheet program.",
                         xlsx->office.reader->name, xlsx->sheet,
                         (long long)xlsx->office.row.number);
    *out_value = xlsx->strings.items[index];
    return STATUS_OK;
}

/* What the cell says, by its type. */
static enum status cell_value(struct xlsx *xlsx, struct slice *out_value)
{
    struct slice value = text_slice(&xlsx->value);
    struct arena *arena = xlsx->office.row.arena;
    *out_value = value;
    if (value.length == 0 || xlsx->type == 'e')
        return STATUS_OK;
    if (xlsx->type == 's')
        return string_value(xlsx, value, out_value);
    if (xlsx->type == 'b') {
        *out_value = slice_is(value, "1") || slice_is(value, "true") ? SLICE("TRUE")
                                                                     : SLICE("FALSE");
    } else if (xlsx->type == 'd') {
        *out_value = trim_moment(value);
    } else if (xlsx->type == 'i' || xlsx->type == 'f') {
        struct text decoded = row_builder_text(&xlsx->office.row);
        xlsx_add_text(&decoded, value);
        *out_value = text_slice(&decoded);
    } else {
        size_t style = (size_t)xlsx->style;
        *out_value = xlsx_number_print(arena, slice_trim(value),
                                       xlsx->style >= 0 && style < xlsx->styles.count
                                           ? (enum xlsx_style)xlsx->styles.items[style]
                                           : XLSX_PLAIN,
                                       xlsx->is_1904);
    }
    return STATUS_OK;
}

static void end_cell(struct xlsx *xlsx, struct xml_reader *reader)
{
    struct slice value = { NULL, 0 };
    enum status status = xlsx->value.is_full ? row_builder_fail_length(&xlsx->office.row)
                                             : cell_value(xlsx, &value);
    if (status == STATUS_OK)
        status = row_builder_put(&xlsx->office.row, xlsx->column, value);
    if (status != STATUS_OK)
        xml_reader_stop(reader, status);
    xlsx->is_in_cell = false;
}

static void sheet_end(struct xml_reader *reader, void *user, const char *name)
{
    struct xlsx *xlsx = user;
    if (xml_is(name, "t") || xml_is(name, "v")) {
        xlsx->is_in_value = false;
    } else if (xml_is(name, "rPh")) {
        xlsx->sound_depth--;
    } else if (xlsx->is_in_cell && xml_is(name, "c")) {
        end_cell(xlsx, reader);
    } else if (xlsx->is_in_row && xml_is(name, "row")) {
        xlsx->is_in_row = false;
        xlsx->is_in_cell = false;
        if (xlsx->office.row.has_text)
            xml_reader_pause(reader);
    }
}

static void sheet_text(struct xml_reader *reader, void *user, struct slice text)
{
    struct xlsx *xlsx = user;
    (void)reader;
    if (xlsx->is_in_value)
        text_add_slice(&xlsx->value, text);
}

static enum status open_sheet(struct xlsx *xlsx)
{
    static const struct xml_handlers handlers = { .start = sheet_start,
                                                  .end = sheet_end,
                                                  .text = sheet_text };
    const struct sheet_part *sheet = xlsx->sheets.items[xlsx->next_sheet++];
    if (!sheet->part)
        return STATUS_OK;
    xlsx->sheet = sheet->name;
    xlsx->office.row.number = 0;
    xlsx->is_in_row = xlsx->is_in_cell = xlsx->is_in_value = false;
    return xml_reader_open(xlsx->office.zip, sheet->part, xlsx->office.reader->arena, &handlers,
                           xlsx, &xlsx->office.xml);
}

static enum status xlsx_next(struct table_reader *reader, struct table_row *out_row)
{
    struct xlsx *xlsx = reader->state;
    for (;;) {
        if (!xlsx->office.xml) {
            if (xlsx->next_sheet == xlsx->sheets.count)
                return STATUS_END;
            enum status status = open_sheet(xlsx);
            if (status != STATUS_OK)
                return status;
            continue;
        }
        enum status status = xml_reader_run(xlsx->office.xml);
        if (status == STATUS_OK) {
            *out_row = row_builder_row(&xlsx->office.row);
            return STATUS_OK;
        }
        if (status != STATUS_END)
            return status;
        xml_reader_close(xlsx->office.xml);
        xlsx->office.xml = NULL;
    }
}

enum status xlsx_reader_start(struct office office, const char *workbook)
{
    struct table_reader *reader = office.reader;
    struct xlsx *xlsx = arena_new_of(reader->arena, struct xlsx);
    xlsx->office = office;
    reader->kind = TABLE_XLSX;
    reader->state = xlsx;
    reader->next = xlsx_next;
    reader->close = office_close;
    return read_workbook(xlsx, workbook);
}
