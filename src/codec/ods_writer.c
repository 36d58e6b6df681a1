/* Sheets as ODS (OpenDocument 1.3): typed numbers and dates, the heading in table-header-rows. */
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/markup.h"
#include "base/text.h"
#include "codec/decimal.h"
#include "codec/sheet.h"
#include "codec/zip_writer.h"
#include "base/banned.h"

enum { LARGEST_CONTENT = 512 << 20, LARGEST_META = 1 << 20 };

#define DECLARATION "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NAMESPACES                                                                                 \
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""                           \
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""                             \
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""                               \
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""                             \
    " xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\""                        \
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""                    \
    " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\""                               \
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\""

static const char content_start[] = DECLARATION
    "<office:document-content" NAMESPACES "><office:automatic-styles>"
    "<number:date-style style:name=\"iso\"><number:year number:style=\"long\"/>"
    "<number:text>-</number:text><number:month number:style=\"long\"/>"
    "<number:text>-</number:text><number:day number:style=\"long\"/></number:date-style>"
    "<style:style style:name=\"day\" style:family=\"table-cell\" style:data-style-name=\"iso\"/>"
    "<style:style style:name=\"heading\" style:family=\"table-cell\">"
    "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
    "</office:automatic-styles><office:body><office:spreadsheet>\n";

static const char content_end[] = "</office:spreadsheet></office:body></office:document-content>\n";

static const char manifest[] = DECLARATION
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
    "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" "
    "manifest:version=\"1.3\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"
    "</manifest:manifest>\n";

/* A line as a paragraph; blanks that XML would fold become elements. */
static void add_paragraph(struct text *text, struct slice line)
{
    text_add(text, "<text:p>");
    bool was_space = true;
    for (size_t i = 0; i < line.length;) {
        struct slice rest = slice_from(line, i);
        size_t plain = 0;
        while (plain < rest.length && !strchr(" \t\r", rest.start[plain]))
            plain++;
        markup_add(text, MARKUP_XML, slice_first(rest, plain));
        i += plain;
        was_space &= plain == 0;
        if (i == line.length)
            break;
        if (line.start[i] == '\t')
            text_add(text, "<text:tab/>");
        else if (line.start[i] == ' ' && (was_space || i + 1 == line.length))
            text_add(text, "<text:s/>");
        else if (line.start[i] == ' ')
            text_add_character(text, ' ');
        was_space = true;
        i++;
    }
    text_add(text, "</text:p>");
}

static void add_text_cell(struct text *text, const char *attributes, struct slice words)
{
    text_add_format(text, "<table:table-cell%s office:value-type=\"string\">", attributes);
    struct slice line;
    while (slice_split(&words, '\n', &line))
        add_paragraph(text, line);
    text_add(text, "</table:table-cell>");
}

static bool is_number(struct slice words)
{
    double number = 0;
    return decimal_read(words, &number) && slice_find_folded(words, "e") < 0;
}

static void add_cell(struct text *text, const struct sheet_cell *cell)
{
    struct date date;
    int length = (int)cell->text.length;
    if (cell->kind == SHEET_EMPTY || cell->text.length == 0)
        text_add(text, "<table:table-cell/>");
    else if (cell->kind == SHEET_NUMBER && is_number(cell->text))
        text_add_format(text,
                        "<table:table-cell office:value-type=\"float\" office:value=\"%.*s\">"
                        "<text:p>%.*s</text:p></table:table-cell>",
                        length, cell->text.start, length, cell->text.start);
    else if (cell->kind == SHEET_DATE && date_read(cell->text, &date))
        text_add_format(text,
                        "<table:table-cell table:style-name=\"day\" office:value-type=\"date\" "
                        "office:date-value=\"%.*s\"><text:p>%.*s</text:p></table:table-cell>",
                        length, cell->text.start, length, cell->text.start);
    else
        add_text_cell(text, "", cell->text);
}

static void add_sheet(struct text *text, const struct sheet *sheet)
{
    text_add(text, "<table:table table:name=\"");
    markup_add(text, MARKUP_XML, slice_of(sheet->name));
    text_add_format(text,
                    "\"><table:table-column table:number-columns-repeated=\"%zu\"/>"
                    "<table:table-header-rows><table:table-row>",
                    sheet->column_count ? sheet->column_count : 1);
    for (size_t c = 0; c < sheet->column_count; c++)
        add_text_cell(text, " table:style-name=\"heading\"", sheet->headings[c]);
    text_add(text, "</table:table-row></table:table-header-rows>\n");
    for (size_t r = 0; r < sheet->row_count; r++) {
        text_add(text, "<table:table-row>");
        for (size_t c = 0; c < sheet->column_count; c++)
            add_cell(text, &sheet->cells[r * sheet->column_count + c]);
        text_add(text, "</table:table-row>\n");
    }
    text_add(text, "</table:table>\n");
}

static struct text write_meta(struct arena *arena, const struct sheet_file *file)
{
    struct text text = text_new(arena, LARGEST_META);
    text_add(&text, DECLARATION "<office:document-meta" NAMESPACES "><office:meta>"
                                "<meta:generator>Due Regard</meta:generator><dc:title>");
    markup_add(&text, MARKUP_XML, slice_of(file->title));
    text_add(&text, "</dc:title><dc:language>");
    markup_add(&text, MARKUP_XML, slice_of(file->language));
    text_add(&text, "</dc:language><meta:creation-date>");
    markup_add(&text, MARKUP_XML, slice_of(file->made));
    text_add(&text, "</meta:creation-date></office:meta></office:document-meta>\n");
    return text;
}

enum status ods_write(struct work *work, const struct sheet_file *file, struct slice *out_bytes)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct text content = text_new(arena, LARGEST_CONTENT);
    text_add(&content, content_start);
    for (size_t i = 0; i < file->sheet_count; i++)
        add_sheet(&content, &file->sheets[i]);
    text_add(&content, content_end);
    struct text meta = write_meta(arena, file);
    if (content.is_full || meta.is_full)
        return work_fail(work, STATUS_LIMIT,
                         "The sheets are too large for one ODS file (512 MiB at most); export "
                         "fewer of them, or CSV.");
    struct zip_writer *writer = zip_writer_new(work);
    enum status status = zip_writer_add(writer, "mimetype",
                                        SLICE("application/vnd.oasis.opendocument.spreadsheet"),
                                        ZIP_WRITER_STORED);
    if (status == STATUS_OK)
        status = zip_writer_add(writer, "content.xml", text_slice(&content), ZIP_WRITER_DEFLATED);
    if (status == STATUS_OK)
        status = zip_writer_add(writer, "meta.xml", text_slice(&meta), ZIP_WRITER_DEFLATED);
    if (status == STATUS_OK)
        status = zip_writer_add(writer, "META-INF/manifest.xml", slice_of(manifest),
                                ZIP_WRITER_DEFLATED);
    if (status == STATUS_OK)
        return zip_writer_end(writer, out_bytes);
    zip_writer_free(writer);
    return status;
}
