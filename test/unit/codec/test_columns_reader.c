/* Files into columns: headings, rejected rows, blanks, decimals, several files. */
#include "codec/columns_reader.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "support/support.h"

static const char *file_of(struct work *work, const char *folder, const char *name,
                           struct slice bytes)
{
    const char *path = arena_format(work->arena, "%s/%s", folder, name);
    assert_int_equal(file_write(work, path, bytes), STATUS_OK);
    return path;
}

static const struct columns_wish wishes[] = {
    { "Sex", "sex", COLUMN_CATEGORY, 0, 0 },
    { "Base Salary", "pay", COLUMN_DECIMAL, 2, 0 },
    { "Number", NULL, COLUMN_TEXT, 0, 0 },
};

static enum columns_cell read_odd(const void *context, size_t wish, struct slice cell,
                                  struct columns_decimal *out_decimal)
{
    (void)context;
    assert_int_equal(wish, 1);
    if (slice_is(cell, "N/A"))
        return COLUMNS_MISSING;
    out_decimal->words = "is not an amount";
    if (!slice_is(cell, "£25k pa"))
        return COLUMNS_REFUSED;
    out_decimal->value = 2500000;
    return COLUMNS_VALUE;
}

/* Every row as "sex|pay|number;". */
static const char *rows_text(struct work *work, const struct columns *columns)
{
    struct text text = text_new(work->arena, 1 << 20);
    for (int64_t row = 0; row < columns->rows; row++) {
        int64_t pay = column_decimal(&columns->column[1], row);
        text_add_slice(&text,
                       column_label(&columns->column[0], column_code(&columns->column[0], row)));
        if (pay == INTEGER_MISSING)
            text_add(&text, "|-|");
        else
            text_add_format(&text, "|%lld|", (long long)pay);
        text_add_slice(&text, column_text(&columns->column[2], row));
        text_add(&text, ";");
    }
    return text.bytes;
}

static void a_file_is_read_and_bad_rows_are_named(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *path = file_of(&work, folder, "people.csv",
                               SLICE("number,base_salary,sex,other\r\n"
                                     "1,10.5, F ,x\r\n"
                                     "2,£25k pa,\"M\",\"x,\"\"y\n\"\r\n"
                                     ",,,\r\n"
                                     "3,secret,F,x\r\n"
                                     "4,N/A,,x\r\n"
                                     "5,-3\r\n"
                                     "6,1,F,x,extra\r\n"
                                     "7,1.234,F,x"));
    const char *const paths[] = { path };
    struct columns_request request = {
        .paths = paths, .path_count = 1, .wishes = wishes, .wish_count = 3, .read_decimal = read_odd
    };
    struct columns_reading reading;
    assert_int_equal(columns_read(&work, &request, &reading), STATUS_OK);
    assert_string_equal(rows_text(&work, reading.columns), "F|1050|1;M|2500000|2;|-|4;|-300|5;");
    assert_string_equal(reading.columns->column[2].name, "Number");
    assert_int_equal(reading.rejected_count, 3);
    const struct problem *first = reading.rejected.list.items[0];
    assert_string_equal(first->file, "people.csv");
    assert_int_equal(first->row, 6);
    assert_string_equal(first->column, "Base Salary");
    assert_string_equal(first->words, "the cell is not an amount");
    const struct problem *second = reading.rejected.list.items[1];
    assert_int_equal(second->row, 9);
    assert_null(second->column);
    assert_int_equal(reading.files[0].rows, 4);
    assert_int_equal(reading.files[0].short_rows, 1);
    columns_free(reading.columns);
    support_remove(folder);
    support_work_end(&work);
}

static void several_files_may_differ_in_their_columns_order(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *const paths[] = {
        file_of(&work, folder, "a.csv", SLICE("Sex,Base Salary,Number\nF,1,a\n")),
        file_of(&work, folder, "b.csv", SLICE("Number;Sex;Base Salary\nb;M;2\nc;F;3\n")),
    };
    struct columns_request request = {
        .paths = paths, .path_count = 2, .wishes = wishes, .wish_count = 3
    };
    struct columns_reading reading;
    assert_int_equal(columns_read(&work, &request, &reading), STATUS_OK);
    assert_string_equal(rows_text(&work, reading.columns), "F|100|a;M|200|b;F|300|c;");
    columns_free(reading.columns);
    support_remove(folder);
    support_work_end(&work);
}

static void headings_must_be_there_once(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    const char *const texts[] = { "Sex,Number\nF,1\n",
                                  "Sex,Base Salary,base_salary,Number,Number\n" };
    const char *const words[] = { "no column \"Base Salary\"", "more than one column \"Number\"" };
    for (size_t i = 0; i < 2; i++) {
        const char *const paths[] = { file_of(&work, folder, "a.csv", slice_of(texts[i])) };
        struct columns_request request = {
            .paths = paths, .path_count = 1, .wishes = wishes, .wish_count = 3
        };
        struct columns_reading reading;
        assert_int_equal(columns_read(&work, &request, &reading), STATUS_INPUT);
        assert_non_null(strstr(work.error, words[i]));
        work_forget(&work);
    }
    support_remove(folder);
    support_work_end(&work);
}

static void a_preview_shows_headings_and_first_rows(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    struct text text = text_new(work.arena, 4 << 20);
    text_add(&text, "Extract of March\n\nSex , Pay\n");
    for (int row = 0; row < 100000; row++)
        text_add_format(&text, "\"F\n\",%d\n", row);
    const char *path = file_of(&work, folder, "large.csv", text_slice(&text));
    struct columns_preview preview;
    assert_int_equal(columns_preview(&work, path, NULL, 3, 5, &preview), STATUS_OK);
    assert_int_equal(preview.count, 2);
    assert_int_equal(preview.heading_line, 3);
    assert_true(slice_is(preview.headings[1], "Pay"));
    assert_int_equal(preview.row_count, 5);
    assert_true(slice_is(preview.cells[0], "F"));
    assert_true(slice_is(preview.cells[9], "4"));
    /* The title above them is found out, and one that is wanted is taken. */
    assert_int_equal(columns_preview(&work, path, NULL, 0, 5, &preview), STATUS_OK);
    assert_int_equal(preview.heading_line, 3);
    assert_int_equal(columns_preview(&work, path, NULL, 1, 5, &preview), STATUS_OK);
    assert_int_equal(preview.count, 1);
    assert_true(slice_is(preview.headings[0], "Extract of March"));
    const char *narrow = file_of(&work, folder, "narrow.csv", SLICE("Sex\nF\nM\n"));
    assert_int_equal(columns_preview(&work, narrow, NULL, 0, 5, &preview), STATUS_OK);
    assert_int_equal(preview.heading_line, 1);
    assert_int_equal(preview.row_count, 2);
    support_remove(folder);
    support_work_end(&work);
}

/* Blanks that are no line of their own: found by fuzzing. */
static void a_row_of_blanks_is_no_heading(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *folder = support_folder(&work);
    struct columns_preview preview;
    const char *path = file_of(&work, folder, "blank.csv", SLICE("\n\v\n , \nSex,Number\nF,1\n"));
    assert_int_equal(columns_preview(&work, path, NULL, 0, 5, &preview), STATUS_OK);
    assert_int_equal(preview.heading_line, 4);
    assert_int_equal(preview.count, 2);
    assert_int_equal(columns_preview(&work, path, NULL, 3, 5, &preview), STATUS_INPUT);
    assert_non_null(strstr(work.error, "blank.csv has no headings"));
    work_forget(&work);
    path = file_of(&work, folder, "nothing.csv", SLICE("\n\n\v\n\n"));
    assert_int_equal(columns_preview(&work, path, NULL, 0, 5, &preview), STATUS_INPUT);
    assert_non_null(strstr(work.error, "nothing.csv has no headings"));
    support_remove(folder);
    support_work_end(&work);
}

static void headings_are_found_by_likeness(void **state)
{
    (void)state;
    const struct slice headings[] = { SLICE("Base_Salary"), SLICE("base salary"), SLICE("FTE"),
                                      SLICE("f t e "), SLICE("Ethnic Group") };
    assert_int_equal(columns_find_heading(headings, 5, SLICE("base salary")), 1);
    assert_int_equal(columns_find_heading(headings, 5, SLICE("BASE SALARY")), -2);
    assert_int_equal(columns_find_heading(headings, 5, SLICE("FTE")), 2);
    assert_int_equal(columns_find_heading(headings, 5, SLICE("ethnicgroup")), 4);
    assert_int_equal(columns_find_heading(headings, 5, SLICE("ethnic groups")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_and_bad_rows_are_named),
        cmocka_unit_test(several_files_may_differ_in_their_columns_order),
        cmocka_unit_test(headings_must_be_there_once),
        cmocka_unit_test(a_preview_shows_headings_and_first_rows),
        cmocka_unit_test(a_row_of_blanks_is_no_heading),
        cmocka_unit_test(headings_are_found_by_likeness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
