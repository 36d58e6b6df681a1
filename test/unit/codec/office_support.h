/* Office files made by hand, part by part, for what no office program would write. */
#ifndef TEST_OFFICE_SUPPORT_H
#define TEST_OFFICE_SUPPORT_H

#include <string.h>

#include "codec/zip_writer.h"
#include "table_support.h"

struct office_part {
    const char *name;
    struct slice bytes;
};

static inline struct slice office_zip(struct work *work, const struct office_part *parts,
                                      size_t count)
{
    struct zip_writer *writer = zip_writer_new(work);
    struct slice bytes = { NULL, 0 };
    for (size_t i = 0; i < count; i++)
        assert_int_equal(zip_writer_add(writer, parts[i].name, parts[i].bytes, ZIP_WRITER_DEFLATED),
                         STATUS_OK);
    assert_int_equal(zip_writer_end(writer, &bytes), STATUS_OK);
    return bytes;
}

#define OFFICE_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define OFFICE_RELATIONSHIPS                                                                       \
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"

static inline struct office_part office_root(struct work *work, const char *target)
{
    const char *text = arena_format(work->arena,
                                    OFFICE_RELATIONSHIPS "<Relationship Id='a' Type='" OFFICE_TYPE
                                                         "officeDocument' Target='%s'/>"
                                                         "</Relationships>",
                                    target);
    return (struct office_part){ "_rels/.rels", slice_of(text) };
}

#define XLSX_START                                                                                 \
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
#define XLSX_END "</sheetData></worksheet>"

/* A workbook of one sheet "S"; strings, styles and workbookPr may be "". */
struct xlsx_parts {
    const char *sheet, *strings, *styles, *properties;
};

static inline struct slice office_xlsx(struct work *work, struct xlsx_parts parts)
{
    static const char relations[] = OFFICE_RELATIONSHIPS
        "<Relationship Id='r1' Type='" OFFICE_TYPE "worksheet' Target='../xl/sheets/./one.xml'/>"
        "<Relationship Id='r2' Type='" OFFICE_TYPE "sharedStrings' Target='/xl/strings.xml'/>"
        "<Relationship Id='r3' Type='" OFFICE_TYPE "styles' Target='styles.xml'/>"
        "<Relationship Id='r4' Type='" OFFICE_TYPE "chartsheet' Target='chart.xml'/>"
        "</Relationships>";
    const char *workbook = arena_format(
        work->arena,
        "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns:r='"
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships'>%s<sheets>"
        "<sheet name='Chart' sheetId='2' r:id='r4'/>"
        "<sheet name='S' sheetId='1' state='veryHidden' r:id='r1'/></sheets></workbook>",
        parts.properties ? parts.properties : "");
    const struct office_part all[] = {
        office_root(work, "xl/workbook.xml"),
        { "xl/workbook.xml", slice_of(workbook) },
        { "xl/_rels/workbook.xml.rels", slice_of(relations) },
        { "xl/sheets/one.xml", slice_of(parts.sheet) },
        { "xl/strings.xml", slice_of(parts.strings ? parts.strings : "<sst/>") },
        { "xl/styles.xml", slice_of(parts.styles ? parts.styles : "<styleSheet/>") },
    };
    return office_zip(work, all, sizeof all / sizeof *all);
}

#define ODS_NAMESPACES                                                                             \
    " xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"                             \
    " xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"                               \
    " xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'"                                 \
    " xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'"

static inline struct slice office_ods_of(struct work *work, const char *content,
                                         const char *manifest)
{
    const struct office_part all[] = {
        { "mimetype", SLICE("application/vnd.oasis.opendocument.spreadsheet") },
        { "content.xml", slice_of(content) },
        { "META-INF/manifest.xml", slice_of(manifest) },
    };
    return office_zip(work, all, sizeof all / sizeof *all);
}

/* A spreadsheet of one table "T" with these rows. */
static inline struct slice office_ods(struct work *work, const char *rows)
{
    struct text content = text_new(work->arena, 64 << 20);
    text_add(&content, "<office:document-content" ODS_NAMESPACES "><office:body>"
                       "<office:spreadsheet><table:table table:name='T'>");
    text_add(&content, rows);
    text_add(&content, "</table:table></office:spreadsheet></office:body>"
                       "</office:document-content>");
    return office_ods_of(work, content.bytes, "<manifest/>");
}

static inline struct slice office_docx(struct work *work, const char *body)
{
    const char *document = arena_format(
        work->arena,
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
        "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<w:body>%s</w:body></w:document>",
        body);
    const struct office_part all[] = {
        office_root(work, "/word/document.xml"),
        { "word/document.xml", slice_of(document) },
    };
    return office_zip(work, all, sizeof all / sizeof *all);
}

#endif
