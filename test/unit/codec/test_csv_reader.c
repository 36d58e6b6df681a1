/* CSV: what is read, from which encodings, and every sentence that a bad file gets. */
#include "codec/table_reader.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "table_support.h"

static void records_are_read(void **state)
{
    (void)state;
    assert_table_is(SLICE("a,b\n1,2\n"), "/1: [a][b]\n/2: [1][2]\n");
    assert_table_is(SLICE("a,b\r\n1,2"), "/1: [a][b]\n/2: [1][2]\n");
    assert_table_is(SLICE("a,b\r1,2\r"), "/1: [a][b]\n/2: [1][2]\n");
    assert_table_is(SLICE("a,,\n,,b\n"), "/1: [a][][]\n/2: [][][b]\n");
    assert_table_is(SLICE("a"), "/1: [a]\n");
    assert_table_is(SLICE("\n\n a ,b\n,\n\"\"\nc\n"), "/3: [ a ][b]\n/6: [c]\n");
}

static void quotes_are_undone(void **state)
{
    (void)state;
    assert_table_is(SLICE("a,b\n\"x, y\",\"say \"\"no\"\"\"\n"),
                    "/1: [a][b]\n/2: [x, y][say \"no\"]\n");
    assert_table_is(SLICE("\"\"\"\",\"\",z\n"), "/1: [\"][][z]\n");
    assert_table_is(SLICE("a,b\n5\" pipe,2\n"), "/1: [a][b]\n/2: [5\" pipe][2]\n");
    assert_table_is(SLICE("\"a\" ,\"b\"\t\n"), "/1: [a][b]\n");
    assert_table_is(SLICE("\"a\""), "/1: [a]\n");
}

static void line_numbers_count_breaks_in_cells(void **state)
{
    (void)state;
    assert_table_is(SLICE("h,i\n\"1\n2\r\n3\r4\",x\ny,z\n"),
                    "/1: [h][i]\n/2: [1\n2\r\n3\r4][x]\n/6: [y][z]\n");
}

static void delimiters_are_found(void **state)
{
    (void)state;
    assert_table_is(SLICE("a;b,c;d\n1;2,5;3\n"), "/1: [a][b,c][d]\n/2: [1][2,5][3]\n");
    assert_table_is(SLICE("a\tb\n1\t2,5\n"), "/1: [a][b]\n/2: [1][2,5]\n");
    assert_table_is(SLICE("\"a;b;c\",d\n1,2\n"), "/1: [a;b;c][d]\n/2: [1][2]\n");
    assert_table_is(SLICE("Return of Q1\na;b\n"), "/1: [Return of Q1]\n/2: [a][b]\n");
    assert_table_is(SLICE("a\tb\n\"1\" \t2\n"), "/1: [a][b]\n/2: [1][2]\n");
}

static void encodings_are_found(void **state)
{
    (void)state;
    const char *expected = "/1: [caf\xC3\xA9][\xE2\x82\xAC]\n";
    assert_table_is(SLICE("caf\xC3\xA9,\xE2\x82\xAC\n"), expected);
    assert_table_is(SLICE("\xEF\xBB\xBF"
                          "caf\xC3\xA9,\xE2\x82\xAC\n"),
                    expected);
    assert_table_is(SLICE("caf\xE9,\x80\n"), expected);
    assert_table_is(SLICE("\xFF\xFE"
                          "c\0a\0f\0\xE9\0,\0\xAC\x20\n\0"),
                    expected);
    assert_table_is(SLICE("\xFE\xFF\0c\0a\0f\0\xE9\0,\x20\xAC\0\n"), expected);
    assert_table_is(SLICE("c\0a\0f\0\xE9\0,\0\xAC\x20\n\0"), expected);
    assert_table_is(SLICE("\0c\0a\0f\0\xE9\0,\x20\xAC\0\n"), expected);
    /* A pair of surrogates: U+1F600. */
    assert_table_is(SLICE("\xFF\xFE"
                          "a\0,\0\x3D\xD8\x00\xDE"),
                    "/1: [a][\xF0\x9F\x98\x80]\n");
}

static void apostrophes_come_off(void **state)
{
    (void)state;
    assert_table_is(SLICE("'=1,'-x,''@,'a,-5,',it's,\"'+x\"\n"),
                    "/1: [=1][-x]['@]['a][-5]['][it's][+x]\n");
}

static void damage_is_named(void **state)
{
    (void)state;
    assert_table_fails(SLICE("a,b\n1,\"2\n3,4\n"), NULL, STATUS_INPUT,
                       "plan.csv, line 2: a quotation mark is opened in this record and never "
                       "closed; close it, or double it if it is part of the text.");
    assert_table_fails(SLICE("a,b\n\"1\n\"x,2\n"), NULL, STATUS_INPUT,
                       "plan.csv, line 3: text follows a closing quotation mark; put the whole "
                       "cell in quotation marks and double those inside it.");
    assert_table_fails(SLICE("a,b\n1,2\r\n3\0,4\n"), NULL, STATUS_INPUT,
                       "plan.csv, line 3: there is a NUL byte, so this is not a text file or it is "
                       "damaged; save it again as CSV (UTF-8).");
    assert_table_fails(SLICE("caf\xC3\xA9\nx\ncaf\xE9\n"), NULL, STATUS_INPUT,
                       "plan.csv, line 3: there are characters that are not UTF-8 although the "
                       "rest of the file is; mend that line and save the file as CSV (UTF-8).");
    assert_table_fails(SLICE("\xFF\xFE"
                             "a\0\n\0\x3D\xD8,\0"),
                       NULL, STATUS_INPUT,
                       "plan.csv, line 2: the UTF-16 text is damaged here; save the file again as "
                       "CSV (UTF-8).");
    assert_table_fails(SLICE("\xFF\xFE"
                             "a\0b"),
                       NULL, STATUS_INPUT,
                       "plan.csv, line 1: the UTF-16 text is damaged here; save the file again as "
                       "CSV (UTF-8).");
    assert_table_fails(SLICE(""), NULL, STATUS_INPUT, "plan.csv is empty.");
}

static void wrong_kinds_are_named(void **state)
{
    (void)state;
    assert_table_fails(SLICE("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more"), NULL, STATUS_INPUT,
                       "plan.csv is protected by a password or is an old .xls or .doc file; save "
                       "it as .xlsx without a password.");
    assert_table_fails(SLICE("%PDF-1.7\n"), NULL, STATUS_INPUT,
                       "plan.csv is a PDF; send the spreadsheet from which it was made.");
    assert_table_fails(SLICE("\x89PNG\r\n\x1A\n"), NULL, STATUS_INPUT,
                       "plan.csv is a picture; send the spreadsheet itself.");
    assert_table_fails(SLICE("\xEF\xBB\xBF\r\n <!DOCTYPE HTML>"), NULL, STATUS_INPUT,
                       "plan.csv is a web page; save it as .xlsx, .ods or .csv.");
}

static void limits_hold(void **state)
{
    (void)state;
    struct table_options options = { .most_cell = 3, .most_columns = 2, .most_bytes = 20 };
    assert_table_fails(SLICE("abc,d\nabcd,e\n"), &options, STATUS_LIMIT,
                       "plan.csv, line 2: a cell is too long (3 bytes at most); a quotation mark "
                       "may not be closed.");
    assert_table_fails(SLICE("a,b\n1,2\n1,2,3\n"), &options, STATUS_LIMIT,
                       "plan.csv, line 3: there are too many columns (2 at most); is the delimiter "
                       "right?");
    assert_table_fails(SLICE("123456789\n123456789\n1\n"), &options, STATUS_LIMIT,
                       "plan.csv is too large: 22 bytes, at most 20 are read; send it in parts.");
}

/* An open quotation mark at the start of much text is refused when the cell passes its limit, not
 * when the file has been read. */
static void long_cells_stop_early(void **state)
{
    (void)state;
    struct work work = support_work();
    struct text text = text_new(work.arena, 16 << 20);
    text_add(&text, "a,b\nc,\"d\n");
    while (text.length < 12 << 20)
        text_add(&text, "some words of text that never ends\n");
    assert_table_fails(text_slice(&text), NULL, STATUS_LIMIT,
                       "plan.csv, line 2: a cell is too long (1048576 bytes at most); a quotation "
                       "mark may not be closed.");
    support_work_end(&work);
}

/* Records of every length cross the window's end; each must be read as if they did not. */
static void windows_do_not_show(void **state)
{
    (void)state;
    struct work work = support_work();
    static const char *const ends[] = { "\n", "\r\n", "\r" };
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
        struct text text = text_new(work.arena, 8 << 20);
        struct text expected = text_new(work.arena, 8 << 20);
        for (int64_t line = 1, length = 1; text.length < 2 << 20; line += 2, length += 37) {
            char *filler = arena_take(work.arena, (size_t)(length % 3000) + 2);
            memset(filler, 'a' + (int)(line % 26), (size_t)(length % 3000) + 1);
            text_add_format(&text, "%s,\"q\"\"%s%s\"\"\",z%s", filler, ends[e], filler, ends[e]);
            text_add_format(&expected, "/%lld: [%s][q\"%s%s\"][z]\n", (long long)line, filler,
                            ends[e], filler);
        }
        assert_table_is(text_slice(&text), expected.bytes);
    }
    support_work_end(&work);
}

static void put_wide(struct text *wide, struct slice text)
{
    for (size_t i = 0; i < text.length; i++) {
        text_add_character(wide, text.start[i]);
        text_add_character(wide, '\0');
    }
}

/* The same text in all encodings, longer than a window, read to the same rows. */
static void encodings_agree(void **state)
{
    (void)state;
    struct work work = support_work();
    struct text plain = text_new(work.arena, 8 << 20), windows = text_new(work.arena, 8 << 20);
    struct text wide = text_new(work.arena, 16 << 20), expected = text_new(work.arena, 8 << 20);
    for (int line = 1; plain.length < 1 << 20; line++) {
        text_add_format(&plain, "row %d,\xE2\x82\xAC%d\r\n", line, line * 7);
        text_add_format(&windows, "row %d,\x80%d\r\n", line, line * 7);
        text_add_format(&expected, "/%d: [row %d][\xE2\x82\xAC%d]\n", line, line, line * 7);
        char *head = arena_format(work.arena, "row %d,", line);
        put_wide(&wide, slice_of(head));
        text_add_slice(&wide, SLICE("\xAC\x20"));
        put_wide(&wide, slice_of(arena_format(work.arena, "%d\r\n", line * 7)));
    }
    assert_table_is(text_slice(&plain), expected.bytes);
    assert_table_is(text_slice(&windows), expected.bytes);
    assert_table_is(text_slice(&wide), expected.bytes);
    support_work_end(&work);
}

static void files_are_read_and_hashed(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *path = arena_format(work.arena, "%s/return.csv", folder);
    assert_int_equal(file_write(&work, path, SLICE("a,b\n1,2\n")), STATUS_OK);
    struct table_reader *reader = NULL;
    assert_int_equal(table_reader_open(&work, path, NULL, &reader), STATUS_OK);
    char hash[HASH_TEXT_LENGTH + 1];
    hash_of(SLICE("a,b\n1,2\n"), hash);
    assert_string_equal(table_reader_hash(reader), hash);
    assert_int_equal(table_reader_kind(reader), TABLE_CSV);
    const char *text = NULL;
    assert_int_equal(table_text(&work, reader, &text), STATUS_END);
    assert_string_equal(text, "/1: [a][b]\n/2: [1][2]\n");
    table_reader_close(reader);
    struct table_options options = { .name = "what the person called it.csv", .most_cell = 1 };
    assert_int_equal(file_write(&work, path, SLICE("aa,b\n")), STATUS_OK);
    assert_int_equal(table_reader_open(&work, path, &options, &reader), STATUS_OK);
    struct table_row row;
    assert_int_equal(table_reader_next(reader, &row), STATUS_LIMIT);
    assert_non_null(strstr(work.error, "what the person called it.csv, line 1: "));
    table_reader_close(reader);
    work_forget(&work);
    assert_int_equal(table_reader_open(&work, folder, NULL, &reader), STATUS_INPUT);
    work_forget(&work);
    path = arena_format(work.arena, "%s/none.csv", folder);
    assert_int_equal(table_reader_open(&work, path, NULL, &reader), STATUS_NOT_FOUND);
    assert_string_equal(work.error, "none.csv could not be opened: No such file or directory.");
    support_remove(folder);
    support_work_end(&work);
}

/* A file that grows between the first pass and the last record is noticed. */
static void changes_while_reading_are_noticed(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *path = arena_format(work.arena, "%s/return.csv", folder);
    struct text text = text_new(work.arena, 1 << 20);
    while (text.length < 600000)
        text_add(&text, "one,two,three\n");
    assert_int_equal(file_write(&work, path, text_slice(&text)), STATUS_OK);
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    assert_int_equal(table_reader_open(&work, path, NULL, &reader), STATUS_OK);
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    assert_true(fputs("\"more", file) >= 0);
    assert_int_equal(fclose(file), 0);
    const char *rows = NULL;
    assert_int_equal(table_text(&work, reader, &rows), STATUS_INPUT);
    assert_string_equal(work.error, "return.csv was changed while it was being read; try again "
                                    "when it is finished.");
    support_remove(folder);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_read),
        cmocka_unit_test(quotes_are_undone),
        cmocka_unit_test(line_numbers_count_breaks_in_cells),
        cmocka_unit_test(delimiters_are_found),
        cmocka_unit_test(encodings_are_found),
        cmocka_unit_test(apostrophes_come_off),
        cmocka_unit_test(damage_is_named),
        cmocka_unit_test(wrong_kinds_are_named),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(long_cells_stop_early),
        cmocka_unit_test(windows_do_not_show),
        cmocka_unit_test(encodings_agree),
        cmocka_unit_test(files_are_read_and_hashed),
        cmocka_unit_test(changes_while_reading_are_noticed),
    };
    return cmocka_run_group_tests_name("codec/csv_reader", tests, NULL, NULL);
}
