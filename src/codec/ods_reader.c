/* ODS (OpenDocument 1.3 part 3): content.xml is streamed. Cells are typed by attributes; a row or a
 * cell may stand for many equal ones, which matters for content and is nearly free for gaps. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "codec/decimal.h"
#include "codec/office_parts.h"
#include "base/banned.h"

#define OFFICE(name) "urn:oasis:names:tc:opendocument:xmlns:office:1.0 " name
#define TABLE(name) "urn:oasis:names:tc:opendocument:xmlns:table:1.0 " name
#define TEXT(name) "urn:oasis:names:tc:opendocument:xmlns:text:1.0 " name
#define DRAWING "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "

enum { MOST_SPACES = 1000, LONGEST_VALUE = 128 };

struct ods {
    struct office office; /* first, as office_close demands */
    const char *sheet;
    int tables;
    int64_t number;  /* of the row being read or repeated */
    int64_t repeat;  /* how often the row stands */
    int64_t to_give; /* of those, still to be given */
    int64_t column;  /* of the cell being read, counted from 0 */
    int64_t cell_repeat;
    bool is_in_row, is_in_cell;
    int skip_depth; /* within notes, drawings and tables inside a cell */
    struct text text;
    int64_t breaks; /* paragraph ends to be written before more text */
    bool is_in_paragraph, was_break;
    char type; /* first letter of the value's type, 0 for none */
    char value[LONGEST_VALUE];
};

static bool is(const char *name, const char *whole)
{
    return strcmp(name, whole) == 0;
}

static int64_t count_of(const char **attributes, const char *name)
{
    int64_t count = 0;
    const char *given = xml_attribute_whole(attributes, name);
    return given && slice_integer(slice_of(given), &count) && count > 0 ? count : 1;
}

/* ---- the text of a cell ---- */

static void write_breaks(struct ods *ods)
{
    for (; ods->breaks > 0 && ods->text.length > 0 && !ods->text.is_full; ods->breaks--)
        text_add_character(&ods->text, '\n');
    ods->breaks = 0;
}

static void add_spaces(struct ods *ods, const char **attributes)
{
    int64_t count = count_of(attributes, TEXT("c"));
    write_breaks(ods);
    for (int64_t i = 0; i < count && i < MOST_SPACES; i++)
        text_add_character(&ods->text, ' ');
}

/* A line end in the XML, with the indent that follows it, counts as one space, and as none at a
 * paragraph's start. Other blanks are kept: LibreOffice writes several of them plainly. */
static void ods_text(struct xml_reader *reader, void *user, struct slice text)
{
    struct ods *ods = user;
    (void)reader;
    if (!ods->is_in_paragraph || ods->skip_depth > 0)
        return;
    while (text.length) {
        bool is_end = text.start[0] == '\n' || text.start[0] == '\r';
        size_t length = 0;
        while (length < text.length && !strchr("\r\n", text.start[length]) &&
               !(ods->was_break && strchr(" \t", text.start[length])))
            length++;
        if (length > 0) {
            write_breaks(ods);
            text_add_slice(&ods->text, slice_first(text, length));
            ods->was_break = false;
        } else {
            if (is_end && !ods->was_break)
                text_add_character(&ods->text, ' ');
            ods->was_break = true;
            length = 1;
        }
        text = slice_from(text, length);
    }
}

static void start_in_cell(struct ods *ods, const char *name, const char **attributes)
{
    if (strncmp(name, DRAWING, sizeof DRAWING - 1) == 0 || is(name, OFFICE("annotation")) ||
        is(name, TABLE("table")) || is(name, TEXT("note")) || is(name, TEXT("ruby-text"))) {
        ods->skip_depth = 1;
    } else if (ods->type == 'S') {
        return; /* the paragraphs only show the string that the attribute gave */
    } else if (is(name, TEXT("p")) || is(name, TEXT("h"))) {
        ods->is_in_paragraph = true;
        ods->was_break = true;
    } else if (is(name, TEXT("s"))) {
        add_spaces(ods, attributes);
    } else if (is(name, TEXT("tab"))) {
        write_breaks(ods);
        text_add_character(&ods->text, '\t');
    } else if (is(name, TEXT("line-break"))) {
        write_breaks(ods);
        text_add_character(&ods->text, '\n');
        ods->was_break = true;
    }
}

/* ---- cells ---- */

static void start_cell(struct ods *ods, const char **attributes)
{
    static const char *const values[] = { OFFICE("value"), OFFICE("date-value"),
                                          OFFICE("time-value"), OFFICE("boolean-value") };
    const char *type = xml_attribute_whole(attributes, OFFICE("value-type"));
    const char *string = xml_attribute_whole(attributes, OFFICE("string-value"));
    ods->is_in_cell = true;
    ods->is_in_paragraph = false;
    ods->breaks = 0;
    ods->cell_repeat = count_of(attributes, TABLE("number-columns-repeated"));
    ods->type = type ? type[0] : '\0';
    ods->value[0] = '\0';
    ods->text = row_builder_text(&ods->office.row);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const char *value = xml_attribute_whole(attributes, values[i]);
        if (value && strlen(value) < LONGEST_VALUE)
            memcpy(ods->value, value, strlen(value) + 1);
    }
    if (string && ods->type == 's') {
        text_add(&ods->text, string);
        ods->type = 'S';
    }
}

static struct slice date_value(struct slice value)
{
    ptrdiff_t point = slice_find(value, ".");
    if (point >= 0)
        value = slice_first(value, (size_t)point);
    if (slice_ends(value, "Z"))
        value.length--;
    if (slice_ends(value, "T00:00:00"))
        value.length -= sizeof "T00:00:00" - 1;
    return value;
}

/* PT14H30M00S as 14:30:00. */
static struct slice time_value(struct arena *arena, const char *value)
{
    unsigned hours = 0, minutes = 0, seconds = 0;
    int end = 0;
    if (sscanf(value, "PT%9uH%9uM%9u%n", &hours, &minutes, &seconds, &end) != 3 || end == 0)
        return slice_of(value);
    return slice_of(arena_format(arena, "%02u:%02u:%02u", hours, minutes, seconds));
}

static struct slice cell_value(struct ods *ods)
{
    struct arena *arena = ods->office.row.arena;
    struct slice value = slice_of(arena_copy_text(arena, ods->value));
    if (value.length == 0 || ods->type == 's' || ods->type == 'S' || ods->type == '\0')
        return text_slice(&ods->text);
    if (ods->type == 'd')
        return date_value(value);
    if (ods->type == 't')
        return time_value(arena, value.start);
    if (ods->type == 'b')
        return slice_is(value, "true") ? SLICE("TRUE") : SLICE("FALSE");
    if (ods->type == 'p')
        return decimal_percent(arena, value);
    return decimal_shortest(arena, value); /* float, currency */
}

static void end_cell(struct ods *ods, struct xml_reader *reader, bool is_covered)
{
    enum status status = ods->text.is_full ? row_builder_fail_length(&ods->office.row) : STATUS_OK;
    struct slice value = is_covered ? (struct slice){ NULL, 0 } : cell_value(ods);
    for (int64_t i = 0; value.length && i < ods->cell_repeat && status == STATUS_OK; i++)
        status = row_builder_put(&ods->office.row, ods->column + i, value);
    if (__builtin_add_overflow(ods->column, ods->cell_repeat, &ods->column))
        ods->column = INT64_MAX - 1;
    ods->is_in_cell = false;
    if (status != STATUS_OK)
        xml_reader_stop(reader, status);
}

/* ---- rows and sheets ---- */

static void start_row(struct ods *ods, struct xml_reader *reader, const char **attributes)
{
    ods->repeat = count_of(attributes, TABLE("number-rows-repeated"));
    ods->is_in_row = true;
    ods->is_in_cell = false;
    ods->column = 0;
    /* A gap may go beyond the last row: the number counts only when the row says something. */
    struct row_builder *row = &ods->office.row;
    enum status status = row_builder_start(row, ods->sheet, 1);
    row->number = ods->number;
    if (status != STATUS_OK)
        xml_reader_stop(reader, status);
}

static void end_row(struct ods *ods, struct xml_reader *reader)
{
    ods->is_in_row = false;
    if (ods->office.row.has_text) {
        ods->to_give = ods->repeat;
        xml_reader_pause(reader);
    } else if (__builtin_add_overflow(ods->number, ods->repeat, &ods->number)) {
        ods->number = INT64_MAX - 1;
    }
}

static void start_table(struct ods *ods, struct xml_reader *reader, const char **attributes)
{
    const char *title = xml_attribute_whole(attributes, TABLE("name"));
    if (++ods->tables > OFFICE_MOST_SHEETS)
        xml_reader_stop(reader, office_fail_sheets(ods->office.reader));
    ods->sheet = arena_copy_text(ods->office.reader->arena, title ? title : "");
    ods->number = 1;
}

static void ods_start(struct xml_reader *reader, void *user, const char *name,
                      const char **attributes)
{
    struct ods *ods = user;
    if (ods->skip_depth > 0) {
        ods->skip_depth++;
    } else if (ods->is_in_cell) {
        start_in_cell(ods, name, attributes);
    } else if (ods->is_in_row) {
        if (is(name, TABLE("table-cell")) || is(name, TABLE("covered-table-cell")))
            start_cell(ods, attributes);
    } else if (is(name, TABLE("table"))) {
        start_table(ods, reader, attributes);
    } else if (ods->sheet && is(name, TABLE("table-row"))) {
        start_row(ods, reader, attributes);
    } else if (is(name, TABLE("shapes")) || is(name, TABLE("tracked-changes"))) {
        ods->skip_depth = 1;
    }
}

static void ods_end(struct xml_reader *reader, void *user, const char *name)
{
    struct ods *ods = user;
    if (ods->skip_depth > 0) {
        ods->skip_depth--;
    } else if (ods->is_in_cell) {
        bool is_covered = is(name, TABLE("covered-table-cell"));
        if (is(name, TEXT("p")) || is(name, TEXT("h"))) {
            ods->is_in_paragraph = false;
            ods->breaks++;
        } else if (is_covered || is(name, TABLE("table-cell"))) {
            end_cell(ods, reader, is_covered);
        }
    } else if (ods->is_in_row && is(name, TABLE("table-row"))) {
        end_row(ods, reader);
    } else if (is(name, TABLE("table"))) {
        ods->sheet = NULL;
    }
}

/* The present row once more, under its next number. */
static enum status give_row(struct ods *ods, struct table_row *out_row)
{
    struct row_builder *row = &ods->office.row;
    row->number = ods->number;
    if (ods->number > row->limits->most_rows)
        return work_fail(row->work, STATUS_LIMIT,
                         "%s, sheet %.200s: there are too many rows (%lld at most).", row->name,
                         row->sheet, (long long)row->limits->most_rows);
    if (ods->to_give < ods->repeat)
        row->total += (int64_t)row->count; /* the first time counted as it was built */
    if (row->total > row->limits->most_cells)
        return work_fail(row->work, STATUS_LIMIT,
                         "%s, sheet %.200s, row %lld: there are too many cells in the file (%lld "
                         "at most).",
                         row->name, row->sheet, (long long)row->number,
                         (long long)row->limits->most_cells);
    ods->number++;
    ods->to_give--;
    *out_row = row_builder_row(row);
    return STATUS_OK;
}

static enum status ods_next(struct table_reader *reader, struct table_row *out_row)
{
    struct ods *ods = reader->state;
    if (ods->to_give == 0) {
        enum status status = xml_reader_run(ods->office.xml);
        if (status != STATUS_OK)
            return status;
    }
    return give_row(ods, out_row);
}

enum status ods_reader_start(struct office office)
{
    static const struct xml_handlers handlers = { .start = ods_start,
                                                  .end = ods_end,
                                                  .text = ods_text };
    struct table_reader *reader = office.reader;
    struct ods *ods = arena_new_of(reader->arena, struct ods);
    ods->office = office;
    reader->kind = TABLE_ODS;
    reader->state = ods;
    reader->next = ods_next;
    reader->close = office_close;
    return xml_reader_open(office.zip, "content.xml", reader->arena, &handlers, ods,
                           &ods->office.xml);
}
