/* XLSX, ODS and DOCX as office programs write them (LibreOffice's own files under test/fixtures),
 * and the parts of the formats that those do not use. */
#include "codec/table_reader.h"

#include <string.h>

#include "office_support.h"

static const char *read_fixture(struct work *work, const char *name, enum table_kind kind)
{
    const char *path = support_path(work,
                                    arena_format(work->arena, "test/fixtures/codec/%s", name));
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    const char *text = "";
    if (table_reader_open(work, path, NULL, &reader) != STATUS_OK ||
        table_text(work, reader, &text) != STATUS_END)
        fail_msg("%s", work->error);
    assert_int_equal(table_reader_kind(reader), kind);
    assert_int_equal(strlen(table_reader_hash(reader)), 64);
    return text;
}

/* The same plan in both kinds; a truth value that LibreOffice took from a CSV is the number 1. */
#define PLAN                                                                                       \
    "Measures & targets/1: [Measure][Value][As at][Note]\n"                                        \
    "Measures & targets/2: [Caf\xC3\xA9 staff \xE2\x82\xAC][40.23][2012-06-30][First line\n"       \
    "second   line]\n"                                                                             \
    "Measures & targets/6: [Merged][][5.25%][1]\n"                                                 \
    "Measures & targets/7: [0.1][0.1][0.1]\n"                                                      \
    "Measures & targets/8: [0.1][0.1][0.1]\n"                                                      \
    "Measures & targets/9: [2012-06-30T14:30:00][09:05:00][1904-02-29][-1234567.891]\n"            \
    "Measures & targets/10: [120.69][said]\n"                                                      \
    "Hidden/2: [][still read]\n"

static void office_files_are_read(void **state)
{
    (void)state;
    struct work work = support_work();
    assert_string_equal(read_fixture(&work, "plan.xlsx", TABLE_XLSX), PLAN);
    assert_string_equal(read_fixture(&work, "plan.ods", TABLE_ODS), PLAN);
    assert_string_equal(read_fixture(&work, "plan.docx", TABLE_DOCX),
                        "Table 1/1: [Action][Lead][By]\n"
                        "Table 1/2: [Train all\nmanagers][Caf\xC3\xA9 team][March 2011]\n"
                        "Table 1/3: [Train all\nmanagers][Two columns][]\n"
                        "Table 1/4: [][][end]\n"
                        "Table 2/1: [Outer \ninner 1\ninner 2][beside]\n");
    support_work_end(&work);
}

static void xlsx_is(struct xlsx_parts parts, const char *expected)
{
    struct work work = support_work();
    assert_table_is(office_xlsx(&work, parts), expected);
    support_work_end(&work);
}

static void xlsx_cells_have_types(void **state)
{
    (void)state;
    xlsx_is((struct xlsx_parts){ .sheet = XLSX_START
                                 "<row r='2'><c r='A2' t='s'><v>1</v></c>"
                                 "<c r='B2' t='inlineStr'><is><t>in</t><r><t>line</t></r></is></c>"
                                 "<c r='C2' t='b'><v>1</v></c><c r='D2' t='b'><v>0</v></c>"
                                 "<c r='E2' t='e'><v>#N/A</v></c>"
                                 "<c r='F2' t='str'><f>A1&amp;B1</f><v>a_x000D_b</v></c>"
                                 "<c r='G2' t='d'><v>2012-06-30T00:00:00.000Z</v></c>"
                                 "<c r='H2'><v>40.229999999999997</v></c></row>"
                                 "<row r='4'><c r='B4' t='s'><v>0</v></c><c><v>7</v></c></row>"
                                 "<row><c><v>8</v></c></row><row r='9'/>"
                                 "<row r='10'><c r='A10' t='s'><v></v></c></row>" XLSX_END,
                                 .strings = "<sst><si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no"
                                            "</t></rPh></si><si><t>shared_x0041_</t></si></sst>" },
            "S/2: [sharedA][inline][TRUE][FALSE][#N/A][a\rb][2012-06-30][40.23]\n"
            "S/4: [][rich][7]\nS/5: [8]\n");
}

static void xlsx_numbers_have_styles(void **state)
{
    (void)state;
    struct xlsx_parts parts = {
        .sheet = XLSX_START
        "<row><c s='1'><v>39628</v></c><c s='2'><v>39628.25</v></c>"
        "<c s='3'><v>5</v></c><c s='9'><v>6</v></c><c s='0'><v>7</v></c></row>" XLSX_END,
        .styles = "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='dd.mm.yy hh:mm'/>"
                  "</numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>"
                  "<xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='171'/>"
                  "</cellXfs></styleSheet>",
        .properties = "<workbookPr date1904='true'/>"
    };
    xlsx_is(parts, "S/1: [2012-06-30][2012-06-30T06:00:00][5][6][7]\n");
    parts.properties = NULL;
    xlsx_is(parts, "S/1: [2008-06-29][2008-06-29T06:00:00][5][6][7]\n");
}

static void ods_is(const char *rows, const char *expected)
{
    struct work work = support_work();
    assert_table_is(office_ods(&work, rows), expected);
    support_work_end(&work);
}

static void ods_repeats_and_gaps_are_read(void **state)
{
    (void)state;
    ods_is("<table:table-row table:number-rows-repeated='4'><table:table-cell "
           "table:number-columns-repeated='16384'/></table:table-row>"
           "<table:table-row table:number-rows-repeated='2'><table:table-cell "
           "table:number-columns-repeated='2'/><table:table-cell office:value-type='float' "
           "office:value='1.50' table:number-columns-repeated='2'/><table:table-cell "
           "table:number-columns-repeated='99999999999'/></table:table-row>"
           "<table:table-row table:number-rows-repeated='99999999999'><table:table-cell/>"
           "</table:table-row>",
           "T/5: [][][1.5][1.5]\nT/6: [][][1.5][1.5]\n");
}

static void ods_cells_have_types(void **state)
{
    (void)state;
    ods_is("<table:table-row><table:table-cell office:value-type='time' "
           "office:time-value='PT36H30M00S'/><table:table-cell office:value-type='date' "
           "office:date-value='2012-06-30T14:30:00.5'/><table:table-cell "
           "office:value-type='currency' office:value='12'><text:p>12.00</text:p>"
           "</table:table-cell><table:table-cell office:value-type='string' "
           "office:string-value='whole'><text:p>shown</text:p></table:table-cell>"
           "<table:table-cell office:value-type='boolean' office:boolean-value='false'/>"
           "<table:table-cell><draw:frame><text:p>drawn</text:p></draw:frame><text:p>a<text:s "
           "text:c='2'/>b\n   c<text:tab/>d<text:line-break/>e</text:p></table:table-cell>"
           "<table:covered-table-cell><text:p>covered</text:p></table:covered-table-cell>"
           "</table:table-row>",
           "T/1: [36:30:00][2012-06-30T14:30:00][12][whole][FALSE][a  b c\td\ne]\n");
}

#define CELL(properties, words)                                                                    \
    "<w:tc><w:tcPr>" properties "</w:tcPr><w:p><w:r><w:t>" words "</w:t></w:r></w:p></w:tc>"

static void docx_merges_are_filled(void **state)
{
    (void)state;
    struct work work = support_work();
    assert_table_is(
        office_docx(
            &work,
            "<w:tbl><w:tr>" CELL("<w:vMerge w:val='restart'/><w:gridSpan w:val='2'/>", "a") CELL(
                "", "b") "</w:tr><w:tr>" CELL("<w:vMerge/><w:gridSpan w:val='2'/>", "")
                CELL("", "c") "</w:tr><w:tr>" CELL(
                    "<w:vMerge w:val='continue'/><w:gridSpan w:val='2'/>", "")
                    CELL("", "d") "</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" CELL(
                        "", "e") CELL("<w:vMerge/>", "") "</w:tr></w:tbl>"
                                                         "<w:tbl><w:tr>" CELL(
                                                             "<w:vMerge/>", "x") "</w:tr></w:tbl>"),
        "Table 1/1: [a][][b]\nTable 1/2: [a][][c]\nTable 1/3: [a][][d]\nTable 1/4: [][e][d]\n"
        "Table 2/1: [x]\n");
    support_work_end(&work);
}

static void docx_text_is_what_shows(void **state)
{
    (void)state;
    struct work work = support_work();
    assert_table_is(
        office_docx(
            &work, "<w:p><w:r><w:t>outside</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:pPr><w:tabs>"
                   "<w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t>"
                   "<w:br/><w:t>three</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r>"
                   "</w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p><w:p/><w:p>"
                   "<mc:AlternateContent><mc:Choice><w:r><w:t>new</w:t></w:r></mc:Choice>"
                   "<mc:Fallback><w:r><w:t>old</w:t></w:r></mc:Fallback></mc:AlternateContent>"
                   "</w:p><w:p/></w:tc></w:tr></w:tbl>"),
        "Table 1/1: [one\ttwo\nthree\n\nnew]\n");
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(office_files_are_read),    cmocka_unit_test(xlsx_cells_have_types),
        cmocka_unit_test(xlsx_numbers_have_styles), cmocka_unit_test(ods_repeats_and_gaps_are_read),
        cmocka_unit_test(ods_cells_have_types),     cmocka_unit_test(docx_merges_are_filled),
        cmocka_unit_test(docx_text_is_what_shows),
    };
    return cmocka_run_group_tests_name("codec/office_reader", tests, NULL, NULL);
}
