/* Office files that are damaged, locked, of the wrong kind, or made to do harm: each gets one
 * sentence, quickly, and in little memory. */
#include "codec/table_reader.h"

#include <string.h>
#include <sys/resource.h>
#include <zip.h>

#include "office_support.h"

#define SHEET_FAILS(sheet_xml, options, status, sentence)                                          \
    do {                                                                                           \
        struct work own = support_work();                                                          \
        assert_table_fails(office_xlsx(&own, (struct xlsx_parts){ .sheet = (sheet_xml) }),         \
                           options, status, sentence);                                             \
        support_work_end(&own);                                                                    \
    } while (0)

static void entities_are_refused(void **state)
{
    (void)state;
    const char *sentence =
        "plan.csv is refused: its part xl/sheets/one.xml has a document type declaration, by which "
        "entities could be smuggled in; save it again in a spreadsheet program.";
    SHEET_FAILS("<!DOCTYPE w [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;'>"
                "<!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;'>]>"
                "<worksheet><sheetData><row><c t='str'><v>&f;</v></c></row></sheetData>"
                "</worksheet>",
                NULL, STATUS_INPUT, sentence);
    SHEET_FAILS("<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><worksheet><sheetData><row>"
                "<c t='str'><v>&x;</v></c></row></sheetData></worksheet>",
                NULL, STATUS_INPUT, sentence);
    SHEET_FAILS("<!DOCTYPE w SYSTEM 'http://127.0.0.1/x.dtd'><worksheet/>", NULL, STATUS_INPUT,
                sentence);
}

/* As many bytes of XML as wanted, from one piece again and again. */
static const char *many(struct work *work, const char *before, const char *piece, size_t bytes,
                        const char *after)
{
    struct text text = text_new(work->arena, bytes + 4096);
    text_add(&text, before);
    while (text.length < bytes)
        text_add(&text, piece);
    text_add(&text, after);
    assert_false(text.is_full);
    return text.bytes;
}

static long most_memory(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void bombs_are_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *sheet = many(&work, XLSX_START, "                                ", 32 << 20,
                             XLSX_END);
    struct slice bomb = office_xlsx(&work, (struct xlsx_parts){ .sheet = sheet });
    assert_true(bomb.length < 64 << 10);
    long before = most_memory();
    assert_table_fails(bomb, NULL, STATUS_LIMIT,
                       "plan.csv is too large when unpacked (in its part xl/sheets/one.xml); send "
                       "fewer rows or sheets, or CSV.");
    assert_in_range(most_memory() - before, 0, 64 << 10);
    struct table_options options = { .most_part = 1 << 20, .most_ratio = 1000000 };
    assert_table_fails(bomb, &options, STATUS_LIMIT,
                       "plan.csv is too large when unpacked (in its part xl/sheets/one.xml); send "
                       "fewer rows or sheets, or CSV.");
    struct table_options small = { .most_packed = 100 };
    assert_table_fails(bomb, &small, STATUS_LIMIT,
                       arena_format(work.arena,
                                    "plan.csv is too large: %zu bytes, at most 100 are read; send "
                                    "fewer sheets, or CSV.",
                                    bomb.length));
    support_work_end(&work);
}

static void too_many_parts_are_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    struct zip_writer *writer = zip_writer_new(&work);
    struct slice bytes;
    for (int i = 0; i <= TABLE_MOST_ENTRIES; i++)
        assert_int_equal(
            zip_writer_add(writer, arena_format(work.arena, "%d", i), SLICE(""), ZIP_WRITER_STORED),
            STATUS_OK);
    assert_int_equal(zip_writer_end(writer, &bytes), STATUS_OK);
    assert_table_fails(bytes, NULL, STATUS_LIMIT,
                       "plan.csv holds 10001 parts, at most 10000 are read; save it again in a "
                       "spreadsheet program.");
    support_work_end(&work);
}

static void odd_xml_is_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    struct table_options options = { .most_ratio = 1000000 };
    SHEET_FAILS(many(&work, "<worksheet>", "<a>", 1 << 20, ""), &options, STATUS_LIMIT,
                "plan.csv is refused: its part xl/sheets/one.xml nests more than 256 elements; "
                "save it again in a spreadsheet program.");
    SHEET_FAILS(many(&work, "<worksheet><a b='", "long ", 3 << 20, "'/></worksheet>"), &options,
                STATUS_LIMIT,
                "plan.csv is refused: its part xl/sheets/one.xml has a tag or a comment longer "
                "than 1 MiB; save it again in a spreadsheet program.");
    struct text names = text_new(work.arena, 4 << 20);
    text_add(&names, "<worksheet>");
    for (int i = 0; i < 100000; i++)
        text_add_format(&names, "<n%d/>", i);
    SHEET_FAILS(names.bytes, &options, STATUS_LIMIT,
                "plan.csv is refused: its part xl/sheets/one.xml uses more names of elements than "
                "any office program; save it again in a spreadsheet program.");
    SHEET_FAILS("<worksheet><sheetData></worksheet>", NULL, STATUS_INPUT,
                "plan.csv is damaged: line 1 of its part xl/sheets/one.xml is not XML (mismatched "
                "tag); save it again in a spreadsheet program.");
    support_work_end(&work);
}

static void sheet_limits_hold(void **state)
{
    (void)state;
    struct table_options options = { .most_cells = 40000, .most_cell = 5 };
    SHEET_FAILS(XLSX_START "<row r='1048577'><c><v>1</v></c></row>" XLSX_END, NULL, STATUS_LIMIT,
                "plan.csv, sheet S, row 1048577: there are too many rows (1048576 at most).");
    SHEET_FAILS(XLSX_START "<row r='1'><c r='XFE1'><v>1</v></c></row>" XLSX_END, NULL, STATUS_LIMIT,
                "plan.csv, sheet S, row 1: there are too many columns (16384 at most).");
    SHEET_FAILS(XLSX_START "<row r='1'><c r='XFD1'><v>1</v></c></row><row r='5'><c r='XFD5'><v>1"
                           "</v></c></row><row r='9'><c r='XFD9'><v>1</v></c></row>" XLSX_END,
                &options, STATUS_LIMIT,
                "plan.csv, sheet S, row 9: there are too many cells in the file (40000 at most).");
    SHEET_FAILS(XLSX_START "<row><c t='str'><v>123456</v></c></row>" XLSX_END, &options,
                STATUS_LIMIT,
                "plan.csv, sheet S, row 1: a cell's text has too many bytes (5 at most).");
    SHEET_FAILS(XLSX_START "<row><c t='s'><v>3</v></c></row>" XLSX_END, NULL, STATUS_INPUT,
                "plan.csv is damaged: a cell of sheet S, row 1 points to a text that is not there; "
                "save it again in a spreadsheet program.");
    struct work work = support_work();
    struct table_options rows = { .most_cells = 100 };
    const char *repeated = "<table:table-row table:number-rows-repeated='99999999999'>"
                           "<table:table-cell office:value-type='float' office:value='1'/>"
                           "</table:table-row>";
    assert_table_fails(office_ods(&work, repeated), &rows, STATUS_LIMIT,
                       "plan.csv, sheet T, row 101: there are too many cells in the file (100 at "
                       "most).");
    assert_table_fails(office_ods(&work, repeated), NULL, STATUS_LIMIT,
                       "plan.csv, sheet T: there are too many rows (1048576 at most).");
    assert_table_fails(office_ods(&work,
                                  "<table:table-row><table:table-cell office:value-type='float' "
                                  "office:value='1' table:number-columns-repeated='99999999999'/>"
                                  "</table:table-row>"),
                       NULL, STATUS_LIMIT,
                       "plan.csv, sheet T, row 1: there are too many columns (16384 at most).");
    support_work_end(&work);
}

static struct slice encrypted_zip(struct work *work)
{
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(target);
    zip_t *archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(archive);
    zip_int64_t index = zip_file_add(archive, "xl/workbook.xml",
                                     zip_source_buffer(archive, "<workbook/>", 11, 0), 0);
    assert_int_equal(
        zip_file_set_encryption(archive, (zip_uint64_t)index, ZIP_EM_AES_256, "secret"), 0);
    assert_int_equal(zip_close(archive), 0);
    zip_stat_t facts;
    assert_int_equal(zip_source_stat(target, &facts), 0);
    char *bytes = arena_take(work->arena, facts.size);
    assert_int_equal(zip_source_open(target), 0);
    assert_int_equal(zip_source_read(target, bytes, facts.size), facts.size);
    zip_source_close(target);
    zip_source_free(target);
    return (struct slice){ bytes, facts.size };
}

static void locked_files_are_named(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *sentence = "plan.csv is protected by a password; save it without a password.";
    assert_table_fails(encrypted_zip(&work), NULL, STATUS_INPUT, sentence);
    assert_table_fails(office_ods_of(&work, "\x12\x34",
                                     "<m:manifest xmlns:m='x'><m:encryption-data/></m:manifest>"),
                       NULL, STATUS_INPUT, sentence);
    support_work_end(&work);
}

static void wrong_kinds_are_named(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct office_part photo[] = { { "photo.jpg", SLICE("\xFF\xD8\xFF") } };
    assert_table_fails(office_zip(&work, photo, 1), NULL, STATUS_INPUT,
                       "plan.csv is a zip file but not a spreadsheet; unpack it and send the "
                       "spreadsheet inside.");
    const struct office_part odt[] = { { "mimetype",
                                         SLICE("application/vnd.oasis.opendocument.text") } };
    assert_table_fails(office_zip(&work, odt, 1), NULL, STATUS_INPUT,
                       "plan.csv is an OpenDocument file but not a spreadsheet; save its tables as "
                       ".ods, or the document as .docx.");
    const struct office_part epub[] = { { "mimetype", SLICE("application/epub+zip") } };
    assert_table_fails(office_zip(&work, epub, 1), NULL, STATUS_INPUT,
                       "plan.csv is not a spreadsheet; save it as .xlsx, .ods or .csv.");
    const struct office_part slides[] = { office_root(&work, "ppt/presentation.xml"),
                                          { "ppt/presentation.xml", SLICE("<presentation/>") } };
    assert_table_fails(office_zip(&work, slides, 2), NULL, STATUS_INPUT,
                       "plan.csv is an office file but neither a spreadsheet nor a document; save "
                       "its tables as .xlsx.");
    const struct office_part binary[] = { office_root(&work, "xl/workbook.bin") };
    assert_table_fails(office_zip(&work, binary, 1), NULL, STATUS_INPUT,
                       "plan.csv is a binary workbook (.xlsb); save it as .xlsx.");
    const struct office_part hollow[] = { office_root(&work, "xl/workbook.xml") };
    assert_table_fails(office_zip(&work, hollow, 1), NULL, STATUS_INPUT,
                       "plan.csv is damaged: its part xl/workbook.xml is missing; save it again in "
                       "a spreadsheet program.");
    support_work_end(&work);
}

/* Reads all of it; what matters is that it ends with a sentence or with rows. */
static enum status read_any(struct slice bytes)
{
    struct work work = support_work();
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    enum status status = table_reader_open_bytes(&work, "any", bytes, NULL, &reader);
    while (status == STATUS_OK)
        status = table_reader_next(reader, &row);
    assert_true(status == STATUS_END || work.error[0] != '\0');
    assert_true(status == STATUS_END || status == work.status);
    support_work_end(&work);
    return status;
}

static struct slice small_file(struct work *work)
{
    return office_xlsx(
        work, (struct xlsx_parts){ .sheet = XLSX_START "<row><c><v>1</v></c></row>" XLSX_END });
}

static void cut_files_are_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice whole = small_file(&work);
    assert_int_equal(read_any(whole), STATUS_END);
    /* Four bytes tell the kind; what is shorter is read as text. */
    for (size_t length = 4; length < whole.length; length++)
        assert_int_equal(read_any(slice_first(whole, length)), STATUS_INPUT);
    assert_table_fails(slice_first(whole, whole.length - 1), NULL, STATUS_INPUT,
                       "plan.csv is damaged or cut short (a zip file without its directory); send "
                       "it again.");
    support_work_end(&work);
}

static void every_byte_may_be_wrong(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice whole = small_file(&work);
    char *bytes = arena_copy(work.arena, whole.start, whole.length);
    size_t refused = 0;
    for (size_t i = 0; i < whole.length; i++) {
        static const unsigned char wrong[] = { 0x01, 0x80, 0xFF };
        for (size_t w = 0; w < sizeof wrong; w++) {
            bytes[i] = (char)((unsigned char)whole.start[i] ^ wrong[w]);
            refused += read_any((struct slice){ bytes, whole.length }) != STATUS_END;
            bytes[i] = whole.start[i];
        }
    }
    /* Dates and the like may be anything; most bytes matter. */
    assert_true(refused > whole.length);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entities_are_refused),       cmocka_unit_test(bombs_are_refused),
        cmocka_unit_test(too_many_parts_are_refused), cmocka_unit_test(odd_xml_is_refused),
        cmocka_unit_test(sheet_limits_hold),          cmocka_unit_test(locked_files_are_named),
        cmocka_unit_test(wrong_kinds_are_named),      cmocka_unit_test(cut_files_are_refused),
        cmocka_unit_test(every_byte_may_be_wrong),
    };
    return cmocka_run_group_tests_name("codec/office_hostile", tests, NULL, NULL);
}
