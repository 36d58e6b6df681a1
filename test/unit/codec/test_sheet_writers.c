/* ODS and XLSX out: read back the same, the same bytes each time, and right in LibreOffice's eyes
 * by the shape that its own files have. */
#include "codec/sheet.h"

#include <string.h>
#include <unistd.h>

#include "codec/zip_reader.h"
#include "codec/zip_writer.h"
#include "table_support.h"

static const struct slice headings[] = { { "Measure", 7 }, { "Value", 5 }, { "As at", 5 } };

#define CELL(cell_kind, words)                                                                     \
    {                                                                                              \
        .kind = cell_kind, .text = { words, sizeof words - 1 }                                     \
    }

static const struct sheet_cell cells[] = {
    CELL(SHEET_TEXT, "Caf\xC3\xA9 & <staff> \"\xE2\x82\xAC\""),
    CELL(SHEET_NUMBER, "40.23"),
    CELL(SHEET_DATE, "2012-06-30"),
    CELL(SHEET_TEXT, " two  spaces \nsecond\tline"),
    CELL(SHEET_NUMBER, "-1234567.891"),
    { .kind = SHEET_EMPTY },
    CELL(SHEET_TEXT, "=1+1"),
    CELL(SHEET_NUMBER, "not a number"),
    CELL(SHEET_DATE, "spring"),
    CELL(SHEET_TEXT, "12"),
    CELL(SHEET_NUMBER, "12345678901234567890"),
    CELL(SHEET_DATE, "1899-01-01"),
};

static const struct sheet sheets[] = {
    { .name = "Measures [and] targets of the quarter",
      .headings = headings,
      .column_count = 3,
      .cells = cells,
      .row_count = 4 },
    { .name = "Measures [and] targets of the quarter, again",
      .headings = headings,
      .column_count = 3 },
};

static const struct sheet_file file = { .title = "Return & report",
                                        .language = "en-GB",
                                        .made = "2012-08-24T09:00:00Z",
                                        .sheets = sheets,
                                        .sheet_count = 2 };

static const char *read_back(struct work *work, struct slice bytes, enum table_kind kind)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    const char *text = NULL;
    if (table_reader_open_bytes(work, "back", bytes, NULL, &reader) != STATUS_OK ||
        table_text(work, reader, &text) != STATUS_END)
        fail_msg("%s", work->error);
    assert_int_equal(table_reader_kind(reader), kind);
    return text;
}

static void ods_is_read_back(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice bytes;
    assert_int_equal(ods_write(&work, &file, &bytes), STATUS_OK);
    assert_string_equal(
        read_back(&work, bytes, TABLE_ODS),
        "Measures [and] targets of the quarter/1: [Measure][Value][As at]\n"
        "Measures [and] targets of the quarter/2: [Caf\xC3\xA9 & <staff> \"\xE2\x82\xAC\"][40.23]"
        "[2012-06-30]\n"
        "Measures [and] targets of the quarter/3: [ two  spaces \nsecond\tline][-1234567.891]\n"
        "Measures [and] targets of the quarter/4: [=1+1][not a number][spring]\n"
        "Measures [and] targets of the quarter/5: [12][12345678901234567000][1899-01-01]\n"
        "Measures [and] targets of the quarter, again/1: [Measure][Value][As at]\n");
    /* The type stands first and uncompressed, as OpenDocument demands: at byte 38 of the file. */
    assert_memory_equal(bytes.start + 30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                        54);
    support_work_end(&work);
}

static void xlsx_is_read_back(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice bytes;
    assert_int_equal(xlsx_write(&work, &file, &bytes), STATUS_OK);
    assert_string_equal(
        read_back(&work, bytes, TABLE_XLSX),
        "Measures  and  targets of the q/1: [Measure][Value][As at]\n"
        "Measures  and  targets of the q/2: [Caf\xC3\xA9 & <staff> \"\xE2\x82\xAC\"][40.23]"
        "[2012-06-30]\n"
        "Measures  and  targets of the q/3: [ two  spaces \nsecond\tline][-1234567.891]\n"
        "Measures  and  targets of the q/4: [=1+1][not a number][spring]\n"
        "Measures  and  targets of the q/5: [12][12345678901234567890][1899-01-01]\n"
        "Measures  and  targets o (2)/1: [Measure][Value][As at]\n");
    support_work_end(&work);
}

/* Made twice, in different seconds, the bytes are the same. */
static void bytes_are_the_same(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice ods, xlsx, again;
    assert_int_equal(ods_write(&work, &file, &ods), STATUS_OK);
    assert_int_equal(xlsx_write(&work, &file, &xlsx), STATUS_OK);
    sleep(3); /* the time in a zip has steps of two seconds */
    assert_int_equal(ods_write(&work, &file, &again), STATUS_OK);
    assert_true(slice_equal(ods, again));
    assert_int_equal(xlsx_write(&work, &file, &again), STATUS_OK);
    assert_true(slice_equal(xlsx, again));
    support_work_end(&work);
}

static void what_xlsx_cannot_hold_is_named(void **state)
{
    (void)state;
    struct work work = support_work();
    struct text text = text_new(work.arena, 40000);
    while (text.length < 33000)
        text_add(&text, "long ");
    struct sheet_cell cell = { .kind = SHEET_TEXT, .text = text_slice(&text) };
    struct sheet sheet = {
        .name = "Long", .headings = headings, .column_count = 1, .cells = &cell, .row_count = 1
    };
    struct sheet_file long_file = file;
    long_file.sheets = &sheet;
    long_file.sheet_count = 1;
    struct slice bytes = { NULL, 7 };
    assert_int_equal(xlsx_write(&work, &long_file, &bytes), STATUS_LIMIT);
    assert_int_equal(bytes.length, 7);
    assert_non_null(strstr(work.error, "Sheet Long cannot be written as XLSX"));
    support_work_end(&work);
}

static void control_characters_do_not_break_ods(void **state)
{
    (void)state;
    struct work work = support_work();
    struct sheet_cell cell = CELL(SHEET_TEXT, "a\x01"
                                              "b\xEF\xBF\xBF"
                                              "c\r");
    struct sheet sheet = {
        .name = "S", .headings = headings, .column_count = 1, .cells = &cell, .row_count = 1
    };
    struct sheet_file odd = file;
    odd.sheets = &sheet;
    odd.sheet_count = 1;
    struct slice bytes;
    assert_int_equal(ods_write(&work, &odd, &bytes), STATUS_OK);
    assert_string_equal(read_back(&work, bytes, TABLE_ODS), "S/1: [Measure]\nS/2: [a\xEF\xBF\xBD"
                                                            "b\xEF\xBF\xBD"
                                                            "c]\n");
    support_work_end(&work);
}

/* The words of one part of a zip. */
static struct slice part_of(struct work *work, struct slice bytes, const char *name)
{
    enum { MOST = 64 * 1024 };
    struct table_options limits = {
        .most_part = MOST, .most_unpacked = 4 * MOST, .most_ratio = 1000, .most_entries = 40
    };
    struct zip_reader *zip = NULL;
    struct zip_part *part = NULL;
    char *buffer = arena_take(work->arena, MOST);
    size_t length = 0, got = 0;
    assert_int_equal(zip_reader_open(work, name, bytes, &limits, &zip), STATUS_OK);
    assert_int_equal(zip_part_open(zip, name, &part), STATUS_OK);
    do {
        assert_int_equal(zip_part_read(part, buffer + length, MOST - length, &got), STATUS_OK);
        length += got;
    } while (got > 0);
    zip_part_close(part);
    zip_reader_close(zip);
    return (struct slice){ buffer, length };
}

static void assert_has(struct slice words, const char *wanted)
{
    if (slice_find(words, wanted) < 0)
        fail_msg("%s is not in %.*s", wanted, (int)words.length, words.start);
}

/* A sheet to fill in: only inputs can be written, lists are offered, names stay in view; and it is
 * read back as any other. */
static void a_sheet_to_fill_in_helps(void **state)
{
    (void)state;
    struct work work = support_work();
    static const char *const choices[] = { "R & D", "yes", NULL };
    static const struct sheet_column columns[] = { { .width = 30 },
                                                   { .width = 10, .is_input = true },
                                                   { 12, true, choices } };
    struct sheet sheet = sheets[0];
    struct sheet_file filled = file;
    struct slice ods, xlsx;
    sheet.name = "To fill in";
    sheet.columns = columns;
    sheet.frozen = 1;
    sheet.is_protected = true;
    filled.sheets = &sheet;
    filled.sheet_count = 1;
    assert_int_equal(ods_write(&work, &filled, &ods), STATUS_OK);
    assert_int_equal(xlsx_write(&work, &filled, &xlsx), STATUS_OK);
    struct slice content = part_of(&work, ods, "content.xml");
    assert_has(content, "table:protected=\"true\"");
    assert_has(content, "cell-content-is-in-list(&quot;R &amp; D&quot;;&quot;yes&quot;)");
    assert_has(content, "table:style-name=\"input\" table:content-validation-name=\"list-0-2\"");
    assert_has(content, "style:column-width=\"60mm\"");
    assert_has(part_of(&work, ods, "settings.xml"),
               "config:name=\"HorizontalSplitPosition\" config:type=\"int\">1<");
    content = part_of(&work, xlsx, "xl/worksheets/sheet1.xml");
    assert_has(content, "<sheetProtection ");
    assert_has(content, "xSplit=\"1\" ySplit=\"1\"");
    assert_has(content, "<formula1>\"R &amp; D,yes\"</formula1>");
    assert_has(content, "sqref=\"C2:C5\"");
    assert_has(part_of(&work, xlsx, "xl/styles.xml"), "<protection locked=\"0\"/>");
    assert_non_null(strstr(read_back(&work, ods, TABLE_ODS), "To fill in/5: [12]["));
    assert_non_null(strstr(read_back(&work, xlsx, TABLE_XLSX), "To fill in/5: [12]["));
    support_work_end(&work);
}

static void zips_keep_their_order(void **state)
{
    (void)state;
    struct work work = support_work();
    struct zip_writer *writer = zip_writer_new(&work);
    assert_int_equal(zip_writer_add(writer, "z", SLICE("last name first"), ZIP_WRITER_STORED),
                     STATUS_OK);
    assert_int_equal(zip_writer_add(writer, "a", SLICE(""), ZIP_WRITER_DEFLATED), STATUS_OK);
    struct slice bytes;
    assert_int_equal(zip_writer_end(writer, &bytes), STATUS_OK);
    assert_memory_equal(bytes.start + 30, "zlast name first", 16);
    struct table_options limits = {
        .most_part = 100, .most_unpacked = 100, .most_ratio = 10, .most_entries = 10
    };
    struct zip_reader *zip = NULL;
    struct zip_part *part = NULL;
    char buffer[32];
    size_t length = 0;
    assert_int_equal(zip_reader_open(&work, "z", bytes, &limits, &zip), STATUS_OK);
    assert_true(zip_reader_has(zip, "a"));
    assert_int_equal(zip_part_open(zip, "z", &part), STATUS_OK);
    assert_int_equal(zip_part_read(part, buffer, sizeof buffer, &length), STATUS_OK);
    assert_int_equal(length, 15);
    assert_memory_equal(buffer, "last name first", 15);
    zip_part_close(part);
    zip_reader_close(zip);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ods_is_read_back),
        cmocka_unit_test(xlsx_is_read_back),
        cmocka_unit_test(bytes_are_the_same),
        cmocka_unit_test(what_xlsx_cannot_hold_is_named),
        cmocka_unit_test(control_characters_do_not_break_ods),
        cmocka_unit_test(a_sheet_to_fill_in_helps),
        cmocka_unit_test(zips_keep_their_order),
    };
    return cmocka_run_group_tests_name("codec/sheet_writers", tests, NULL, NULL);
}
