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
    " xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\""                                   \
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.3\""

static const char content_start[] = DECLARATION
    "<office:document-content" NAMESPACES "><office:automatic-styles>"
    "<number:date-style style:name=\"iso\"><number:year number:style=\"long\"/>"
    "<number:text>-</number:text><number:month number:style=\"long\"/>"
    "<number:text>-</number:text><number:day number:style=\"long\"/></number:date-style>"
    "<style:style style:name=\"day\" style:family=\"table-cell\" style:data-style-name=\"iso\"/>"
    "<style:style style:name=\"heading\" style:family=\"table-cell\">"
    "<style:table-cell-properties fo:wrap-option=\"wrap\"/>"
    "<style:text-properties fo:font-weight=\"bold\"/></style:style>"
    "<style:style style:name=\"shown\" style:family=\"table-cell\"><style:table-cell-properties "
    "fo:wrap-option=\"wrap\" style:vertical-align=\"top\"/></style:style>"
    "<style:style style:name=\"input\" style:family=\"table-cell\"><style:table-cell-properties "
    "fo:wrap-option=\"wrap\" style:vertical-align=\"top\" style:cell-protect=\"none\" "
    "fo:background-color=\"#fff9e5\" fo:border=\"0.5pt solid #b1b4b6\"/></style:style>";

static const char body_start[] = "</office:automatic-styles><office:body><office:spreadsheet>\n";

static const char content_end[] = "</office:spreadsheet></office:body></office:document-content>\n";

static const char manifest[] = DECLARATION
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
    "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" "
    "manifest:version=\"1.3\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/>"
    "</manifest:manifest>\n";

/* Every sheet on A4 across. */
static const char styles_start[] = DECLARATION
    "<office:document-styles" NAMESPACES "><office:styles><style:style style:name=\"Default\" "
    "style:family=\"table-cell\"/></office:styles><office:automatic-styles><style:page-layout "
    "style:name=\"page\"><style:page-layout-properties fo:page-width=\"29.7cm\" "
    "fo:page-height=\"21cm\" style:print-orientation=\"landscape\" fo:margin=\"1.5cm\"";

static const char styles_fitted[] = " style:scale-to-X=\"1\" style:scale-to-Y=\"0\"";

static const char styles_end[] =
    "/></style:page-layout></office:automatic-styles>"
    "<office:master-styles><style:master-page style:name=\"Default\" "
    "style:page-layout-name=\"page\"/></office:master-styles></office:document-styles>\n";

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

bool sheet_fits_paper(const struct sheet *sheet)
{
    enum { WIDEST = 200 };
    int width = 0;
    for (size_t c = 0; sheet->columns && c < sheet->column_count; c++)
        width += sheet->columns[c].width;
    return width <= WIDEST;
}

static struct text write_styles(struct arena *arena, const struct sheet_file *file)
{
    struct text text = text_new(arena, LARGEST_META);
    bool fits = true;
    for (size_t i = 0; i < file->sheet_count; i++)
        fits &= sheet_fits_paper(&file->sheets[i]);
    text_add(&text, styles_start);
    text_add(&text, fits ? styles_fitted : "");
    text_add(&text, styles_end);
    return text;
}

/* The look of a cell and the list that it is chosen from, as attributes; "" for a plain one. */
static const char *attributes_of(struct arena *arena, size_t sheet_number,
                                 const struct sheet *sheet, size_t column)
{
    if (!sheet->columns)
        return "";
    const struct sheet_column *own = &sheet->columns[column];
    const char *look = own->is_input ? "input" : "shown";
    if (!own->choices)
        return arena_format(arena, " table:style-name=\"%s\"", look);
    return arena_format(arena,
                        " table:style-name=\"%s\" table:content-validation-name=\"list-%zu-%zu\"",
                        look, sheet_number, column);
}

static void add_cell(struct text *text, const struct sheet_cell *cell, const char *attributes)
{
    struct date date;
    int length = (int)cell->text.length;
    if (cell->kind == SHEET_EMPTY || cell->text.length == 0)
        text_add_format(text, "<table:table-cell%s/>", attributes);
    else if (cell->kind == SHEET_NUMBER && is_number(cell->text))
        text_add_format(text,
                        "<table:table-cell%s office:value-type=\"float\" office:value=\"%.*s\">"
                        "<text:p>%.*s</text:p></table:table-cell>",
                        attributes, length, cell->text.start, length, cell->text.start);
    else if (cell->kind == SHEET_DATE && date_read(cell->text, &date))
        text_add_format(text,
                        "<table:table-cell table:style-name=\"day\" office:value-type=\"date\" "
                        "office:date-value=\"%.*s\"><text:p>%.*s</text:p></table:table-cell>",
                        length, cell->text.start, length, cell->text.start);
    else
        add_text_cell(text, attributes, cell->text);
}

/* A style for the width of each column. */
static void add_widths(struct text *text, size_t sheet_number, const struct sheet *sheet)
{
    enum { CHARACTER = 2 }; /* millimetres */
    for (size_t c = 0; sheet->columns && c < sheet->column_count; c++)
        text_add_format(text,
                        "<style:style style:name=\"width-%zu-%zu\" style:family=\"table-column\">"
                        "<style:table-column-properties style:column-width=\"%dmm\"/>"
                        "</style:style>",
                        sheet_number, c, CHARACTER * sheet->columns[c].width);
}

/* The lists from which cells are chosen; they come before the tables. */
static void add_lists(struct text *text, const struct sheet_file *file)
{
    bool has_begun = false;
    for (size_t s = 0; s < file->sheet_count; s++)
        for (size_t c = 0; file->sheets[s].columns && c < file->sheets[s].column_count; c++) {
            const char *const *choices = file->sheets[s].columns[c].choices;
            if (!choices)
                continue;
            text_add(text, has_begun ? "" : "<table:content-validations>");
            has_begun = true;
            text_add_format(text,
                            "<table:content-validation table:name=\"list-%zu-%zu\" "
                            "table:condition=\"of:cell-content-is-in-list(",
                            s, c);
            for (size_t i = 0; choices[i]; i++) {
                text_add(text, i ? ";&quot;" : "&quot;");
                markup_add(text, MARKUP_XML, slice_of(choices[i]));
                text_add(text, "&quot;");
            }
            text_add(text, ")\" table:allow-empty-cell=\"true\" table:display-list=\"unsorted\">"
                           "<table:error-message table:display=\"true\" "
                           "table:message-type=\"stop\" table:title=\"Not in the list\"><text:p>"
                           "Choose from the list, or leave the cell empty.</text:p>"
                           "</table:error-message></table:content-validation>");
        }
    text_add(text, has_begun ? "</table:content-validations>\n" : "");
}

static void add_sheet(struct arena *arena, struct text *text, size_t number,
                      const struct sheet *sheet)
{
    text_add(text, "<table:table table:name=\"");
    markup_add(text, MARKUP_XML, slice_of(sheet->name));
    text_add(text, sheet->is_protected ? "\" table:protected=\"true\">" : "\">");
    if (!sheet->columns)
        text_add_format(text, "<table:table-column table:number-columns-repeated=\"%zu\"/>",
                        sheet->column_count ? sheet->column_count : 1);
    const char **attributes = arena_array_of(arena, sheet->column_count + 1, const char *);
    for (size_t c = 0; c < sheet->column_count; c++) {
        attributes[c] = attributes_of(arena, number, sheet, c);
        if (!sheet->columns)
            continue;
        text_add(text, c == 0 && sheet->frozen ? "<table:table-header-columns>" : "");
        text_add_format(text, "<table:table-column table:style-name=\"width-%zu-%zu\"/>", number,
                        c);
        text_add(text, c + 1 == sheet->frozen ? "</table:table-header-columns>" : "");
    }
    text_add(text, "<table:table-header-rows><table:table-row>");
    for (size_t c = 0; c < sheet->column_count; c++)
        add_text_cell(text, " table:style-name=\"heading\"", sheet->headings[c]);
    text_add(text, "</table:table-row></table:table-header-rows>\n");
    for (size_t r = 0; r < sheet->row_count; r++) {
        text_add(text, "<table:table-row>");
        for (size_t c = 0; c < sheet->column_count; c++)
            add_cell(text, &sheet->cells[r * sheet->column_count + c], attributes[c]);
        text_add(text, "</table:table-row>\n");
    }
    text_add(text, "</table:table>\n");
}

/* The heading, and columns on the left where a sheet says so, stay in view. */
static struct text write_settings(struct arena *arena, const struct sheet_file *file)
{
    struct text text = text_new(arena, LARGEST_META);
    text_add(&text, DECLARATION
             "<office:document-settings "
             "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
             "xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\" "
             "office:version=\"1.3\"><office:settings><config:config-item-set "
             "config:name=\"ooo:view-settings\" xmlns:ooo=\"http://openoffice.org/2004/office\">"
             "<config:config-item-map-indexed config:name=\"Views\"><config:config-item-map-entry>"
             "<config:config-item config:name=\"ViewId\" config:type=\"string\">view1"
             "</config:config-item><config:config-item-map-named config:name=\"Tables\">");
    for (size_t i = 0; i < file->sheet_count; i++) {
        size_t frozen = file->sheets[i].frozen;
        const struct {
            const char *name, *type;
            size_t value;
        } items[] = { { "HorizontalSplitMode", "short", frozen ? 2 : 0 },
                      { "VerticalSplitMode", "short", 2 },
                      { "HorizontalSplitPosition", "int", frozen },
                      { "VerticalSplitPosition", "int", 1 },
                      { "ActiveSplitRange", "short", frozen ? 3 : 2 },
                      { "PositionLeft", "int", 0 },
                      { "PositionRight", "int", frozen },
                      { "PositionTop", "int", 0 },
                      { "PositionBottom", "int", 1 } };
        text_add(&text, "<config:config-item-map-entry config:name=\"");
        markup_add(&text, MARKUP_XML, slice_of(file->sheets[i].name));
        text_add(&text, "\">");
        for (size_t at = 0; at < sizeof items / sizeof *items; at++)
            text_add_format(&text,
                            "<config:config-item config:name=\"%s\" config:type=\"%s\">%zu"
                            "</config:config-item>",
                            items[at].name, items[at].type, items[at].value);
        text_add(&text, "</config:config-item-map-entry>");
    }
    text_add(&text, "</config:config-item-map-named></config:config-item-map-entry>"
                    "</config:config-item-map-indexed></config:config-item-set></office:settings>"
                    "</office:document-settings>\n");
    return text;
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
        add_widths(&content, i, &file->sheets[i]);
    text_add(&content, body_start);
    add_lists(&content, file);
    for (size_t i = 0; i < file->sheet_count; i++)
        add_sheet(arena, &content, i, &file->sheets[i]);
    text_add(&content, content_end);
    struct text meta = write_meta(arena, file), settings = write_settings(arena, file);
    struct text styles = write_styles(arena, file);
    if (content.is_full || meta.is_full || settings.is_full)
        return work_fail(work, STATUS_LIMIT,
                         "The sheets are too large for one ODS file (512 MiB at most); export "
                         "fewer of them, or CSV.");
    const struct {
        const char *name;
        struct slice bytes;
    } parts[] = { { "content.xml", text_slice(&content) },
                  { "meta.xml", text_slice(&meta) },
                  { "styles.xml", text_slice(&styles) },
                  { "settings.xml", text_slice(&settings) },
                  { "META-INF/manifest.xml", slice_of(manifest) } };
    struct zip_writer *writer = zip_writer_new(work);
    enum status status = zip_writer_add(writer, "mimetype",
                                        SLICE("application/vnd.oasis.opendocument.spreadsheet"),
                                        ZIP_WRITER_STORED);
    for (size_t i = 0; status == STATUS_OK && i < sizeof parts / sizeof *parts; i++)
        status = zip_writer_add(writer, parts[i].name, parts[i].bytes, ZIP_WRITER_DEFLATED);
    if (status == STATUS_OK)
        return zip_writer_end(writer, out_bytes);
    zip_writer_free(writer);
    return status;
}
