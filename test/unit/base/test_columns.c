/* Columns: widths that grow, missing values, order, selection, appending, mapping. */
#include "base/columns.h"

#include <stdio.h>

#include "base/threads.h"
#include "support/support.h"

enum { MANY = 70000 };

static struct slice numbered(char *room, size_t size, int number)
{
    int length = snprintf(room, size, "label %d", number);
    return (struct slice){ room, (size_t)length };
}

/* A category with `labels` different labels, a decimal and a text, from a fixed pattern. */
static struct columns *sample(int from, int to, int labels)
{
    struct columns *columns = columns_new();
    columns_add_category(columns, "group");
    columns_add_decimal(columns, "pay", 2);
    columns_add_text(columns, "number");
    for (int row = from; row < to; row++) {
        char room[40];
        int64_t pay = row % 10 == 3 ? INTEGER_MISSING : row * INT64_C(100003);
        assert_true(column_put_label(columns, 0, numbered(room, sizeof room, row * 7 % labels)));
        assert_true(column_put_decimal(columns, 1, pay));
        assert_true(column_put_text(columns, 2, numbered(room, sizeof room, row)));
        columns_end_row(columns);
    }
    return columns;
}

static void assert_row(const struct columns *columns, int64_t row, int number, int labels)
{
    char room[40];
    const struct column *group = &columns->column[0];
    struct slice label = numbered(room, sizeof room, number * 7 % labels);
    assert_true(slice_equal(column_label(group, column_code(group, row)), label));
    assert_int_equal(column_decimal(&columns->column[1], row),
                     number % 10 == 3 ? INTEGER_MISSING : number * INT64_C(100003));
    struct slice text = numbered(room, sizeof room, number);
    assert_true(slice_equal(column_text(&columns->column[2], row), text));
}

static void widths_grow_with_the_labels(void **state)
{
    (void)state;
    const int counts[] = { 1, 256, 257, 65536, 65537 }, widths[] = { 1, 1, 2, 2, 4 };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        CLEANUP_COLUMNS struct columns *columns = sample(0, MANY, counts[i]);
        columns_seal(columns);
        assert_int_equal(columns->column[0].width, widths[i]);
        assert_int_equal(column_label_count(&columns->column[0]), counts[i]);
        assert_int_equal(columns->column[1].width, 8);
        for (int row = 0; row < MANY; row++)
            assert_row(columns, row, row, counts[i]);
    }
}

static void appended_tables_are_as_one(void **state)
{
    (void)state;
    for (size_t threads = 1; threads <= 3; threads++) {
        CLEANUP_COLUMNS struct columns *columns = sample(0, 300, 257);
        assert_true(columns_append(columns, sample(300, MANY, 257), threads));
        CLEANUP_COLUMNS struct columns *whole = sample(0, MANY, 257);
        assert_int_equal(columns->rows, MANY);
        for (int row = 0; row < MANY; row++) {
            assert_row(columns, row, row, 257);
            assert_int_equal(column_code(&columns->column[0], row),
                             column_code(&whole->column[0], row));
        }
    }
}

static void rows_are_ordered_by_label_and_otherwise_stay(void **state)
{
    (void)state;
    CLEANUP_COLUMNS struct columns *columns = sample(0, 5000, 300);
    columns_seal(columns);
    columns_order(columns, 0, 2);
    const struct column *group = &columns->column[0], *number = &columns->column[2];
    int64_t before = -1, seen = 0;
    for (int64_t row = 0; row < columns->rows; row++) {
        int64_t was = 0;
        struct slice text = slice_from(column_text(number, row), 6);
        assert_true(slice_integer(text, &was));
        assert_row(columns, row, (int)was, 300);
        seen += was;
        if (row > 0) {
            int order = slice_compare(column_label(group, column_code(group, row - 1)),
                                      column_label(group, column_code(group, row)));
            assert_true(order < 0 || (order == 0 && before < was));
        }
        before = was;
    }
    assert_int_equal(seen, 4999 * 5000 / 2);
}

static void selected_rows_keep_their_codes(void **state)
{
    (void)state;
    unsigned char include[1000];
    CLEANUP_COLUMNS struct columns *columns = sample(0, 1000, 50);
    columns_seal(columns);
    for (int row = 0; row < 1000; row++)
        include[row] = row % 3 == 1;
    CLEANUP_COLUMNS struct columns *selected = columns_select(columns, include);
    assert_int_equal(selected->rows, 333);
    for (int row = 0; row < 333; row++) {
        assert_row(selected, row, 3 * row + 1, 50);
        assert_int_equal(column_code(&selected->column[0], row),
                         column_code(&columns->column[0], 3 * row + 1));
    }
}

static void selecting_from_many_columns_keeps_them_all(void **state)
{
    (void)state;
    char name[16];
    const unsigned char include[2] = { 0, 1 };
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "column %d", i);
        columns_add_category(columns, name);
    }
    for (int row = 0; row < 2; row++) {
        for (size_t i = 0; i < 40; i++)
            assert_true(column_put_label(columns, i, row ? SLICE("kept") : SLICE("gone")));
        columns_end_row(columns);
    }
    columns_seal(columns);
    CLEANUP_COLUMNS struct columns *selected = columns_select(columns, include);
    assert_int_equal(selected->count, 40);
    for (size_t i = 0; i < 40; i++)
        assert_true(slice_is(
            column_label(&selected->column[i], column_code(&selected->column[i], 0)), "kept"));
}

static void a_mapped_column_says_labels_anew(void **state)
{
    (void)state;
    CLEANUP_COLUMNS struct columns *columns = sample(0, 1000, 50);
    columns_seal(columns);
    struct slice labels[50];
    for (size_t i = 0; i < 50; i++)
        labels[i] = i % 2 ? SLICE("odd") : SLICE("even");
    size_t index = columns_add_mapped(columns, "half", 0, labels);
    const struct column *half = &columns->column[index];
    assert_int_equal(columns_find(columns, "half"), (int)index);
    assert_int_equal(columns_find(columns, "none"), -1);
    assert_int_equal(column_label_count(half), 2);
    for (int row = 0; row < 1000; row++)
        assert_true(slice_is(column_label(half, column_code(half, row)),
                             column_code(&columns->column[0], row) % 2 ? "odd" : "even"));
}

static void late_columns_are_blank_and_long_labels_refused(void **state)
{
    (void)state;
    char longest[COLUMN_MOST_LABEL + 1];
    memset(longest, 'x', sizeof longest);
    CLEANUP_COLUMNS struct columns *columns = sample(0, 10, 5);
    size_t late = columns_add_category(columns, "late");
    size_t pay = columns_add_decimal(columns, "late pay", 0);
    assert_true(
        slice_is(column_label(&columns->column[late], column_code(&columns->column[late], 9)), ""));
    assert_int_equal(column_decimal(&columns->column[pay], 9), INTEGER_MISSING);
    assert_false(column_put_label(columns, late, (struct slice){ longest, sizeof longest }));
    assert_false(column_put_text(columns, 2, (struct slice){ longest, sizeof longest }));
    assert_true(column_put_label(columns, late, (struct slice){ longest, COLUMN_MOST_LABEL }));
}

static void sums_have_an_end(void **state)
{
    (void)state;
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    columns_add_decimal(columns, "pay", 0);
    const int64_t values[] = { INT64_MAX / 2, INTEGER_MISSING, -(INT64_MAX / 2), 1, 1 };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        assert_true(column_put_decimal(columns, 0, values[i]));
        columns_end_row(columns);
        assert_int_equal(column_sum_fits(&columns->column[0], columns->rows), i < 4);
    }
}

static void threads_are_started_for_many_rows_only(void **state)
{
    (void)state;
    assert_int_equal(threads_for_rows(5000, 0), 1);
    assert_int_equal(threads_for_rows(5000000, 0), threads_available());
    assert_int_equal(threads_for_rows(10, 3), 3);
    assert_int_equal(threads_for_rows(10, 1000), THREADS_MOST);
}

struct marks {
    int count[THREADS_MOST];
};

static void mark(void *context, size_t index)
{
    struct marks *marks = context;
    marks->count[index]++;
}

static void every_thread_runs_once(void **state)
{
    (void)state;
    assert_in_range(threads_available(), 1, THREADS_MOST);
    for (size_t count = 0; count <= THREADS_MOST; count++) {
        struct marks marks = { { 0 } };
        threads_run(count, mark, &marks);
        for (size_t i = 0; i < THREADS_MOST; i++)
            assert_int_equal(marks.count[i], i < count);
    }
}

static void a_category_is_relabelled_in_place(void **state)
{
    (void)state;
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    size_t index = columns_add_category(columns, "unit");
    static const char *const written[] = { "N/A", "Place", "", "Adults", "N/A", "-" };
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        assert_true(column_put_label(columns, index, slice_of(written[i])));
        columns_end_row(columns);
    }
    struct column *column = &columns->column[index];
    struct slice labels[] = { SLICE(""), column_label(column, 1), SLICE(""),
                              column_label(column, 3), SLICE("") };
    column_relabel(column, columns->rows, labels);
    assert_int_equal(column_label_count(column), 3);
    static const char *const wanted[] = { "", "Place", "", "Adults", "", "" };
    for (int64_t row = 0; row < columns->rows; row++)
        assert_true(slice_is(column_label(column, column_code(column, row)), wanted[row]));
    columns_forget(columns, index);
}

static void adding_widens_a_decimal(void **state)
{
    (void)state;
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    size_t index = columns_add_decimal(columns, "line", 0);
    static const int64_t values[] = { 1, INTEGER_MISSING, 2147483000 };
    for (size_t i = 0; i < 3; i++) {
        assert_true(column_put_decimal(columns, index, values[i]));
        columns_end_row(columns);
    }
    struct column *column = &columns->column[index];
    column_add(column, columns->rows, 1000);
    assert_int_equal(column_decimal(column, 0), 1001);
    assert_int_equal(column_decimal(column, 1), INTEGER_MISSING);
    assert_int_equal(column_decimal(column, 2), INT64_C(2147484000));
}

/* Pence for as long as nothing is lost by it, whoever has the finer value. */
static void an_amount_is_as_fine_as_its_finest_value(void **state)
{
    (void)state;
    static const int64_t plain[] = { 12340000, INTEGER_MISSING, -10000, INT64_C(21000000000000) };
    static const int64_t fine[] = { 12340000, 12345600, 0, 990000 };
    for (int order = 0; order < 3; order++) {
        CLEANUP_COLUMNS struct columns *columns = columns_new();
        struct columns *more = columns_new();
        columns_add_amount(columns, "pay", 2, 6);
        columns_add_amount(more, "pay", 2, 6);
        for (size_t i = 0; i < 4; i++) {
            assert_true(column_put_decimal(columns, 0, order == 1 ? fine[i] : plain[i]));
            columns_end_row(columns);
            assert_true(column_put_decimal(more, 0, order == 0 ? fine[i] : plain[i]));
            columns_end_row(more);
        }
        assert_true(columns_append(columns, more, 1));
        const struct column *pay = &columns->column[0];
        assert_int_equal(pay->scale, order == 2 ? 2 : 6);
        assert_int_equal(pay->width, order == 2 ? 4 : 8);
        for (size_t i = 0; i < 4; i++) {
            assert_int_equal(column_millionths(pay, (int64_t)i), order == 1 ? fine[i] : plain[i]);
            assert_int_equal(column_millionths(pay, (int64_t)i + 4),
                             order == 0 ? fine[i] : plain[i]);
        }
    }
}

static void long_texts_stand_among_short_ones(void **state)
{
    (void)state;
    char longest[COLUMN_MOST_LABEL];
    unsigned char include[100];
    memset(longest, 'x', sizeof longest);
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    columns_add_text(columns, "number");
    columns_add_category(columns, "half");
    for (int row = 0; row < 100; row++) {
        struct slice text = { longest, row == 40 ? sizeof longest : (size_t)row % 5 };
        assert_true(column_put_text(columns, 0, text));
        assert_true(column_put_label(columns, 1, row % 2 ? SLICE("a") : SLICE("b")));
        columns_end_row(columns);
        include[row] = row >= 30;
    }
    assert_int_equal(columns->column[0].width, 2);
    CLEANUP_COLUMNS struct columns *selected = columns_select(columns, include);
    columns_order(columns, 1, 1); /* the odd rows first */
    for (int row = 0; row < 100; row++) {
        int was = row < 50 ? 2 * row + 1 : 2 * (row - 50);
        assert_int_equal(column_text(&columns->column[0], row).length,
                         was == 40 ? sizeof longest : (size_t)was % 5);
        assert_true(row >= 70 || column_text(&selected->column[0], row).length ==
                                     (row == 10 ? sizeof longest : (size_t)row % 5));
    }
    columns->column[0].byte_count++;
    assert_false(column_find_starts(&columns->column[0], columns->rows));
}

/* What stands in memory is what is sealed. */
static void of_rows_left_out_nothing_stays(void **state)
{
    (void)state;
    static const unsigned char include[3] = { 1, 0, 1 };
    static const char *const words[3] = { "Alpha", "Secret", "Omega" };
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    columns_add_text(columns, "number");
    columns_add_category(columns, "own words");
    for (int row = 0; row < 3; row++) {
        assert_true(column_put_text(columns, 0, slice_of(words[row])));
        assert_true(column_put_label(columns, 1, slice_of(words[row])));
        columns_end_row(columns);
    }
    CLEANUP_COLUMNS struct columns *selected = columns_select(columns, include);
    const struct column *text = &selected->column[0], *category = &selected->column[1];
    assert_int_equal(text->byte_count, strlen("AlphaOmega"));
    assert_memory_equal(text->bytes.bytes, "AlphaOmega", text->byte_count);
    assert_int_equal(column_label_count(category), 3);
    columns_drop_labels(selected);
    assert_int_equal(column_label_count(category), 2);
    assert_true(slice_is(column_label(category, column_code(category, 0)), "Alpha"));
    assert_true(slice_is(column_label(category, column_code(category, 1)), "Omega"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_grow_with_the_labels),
        cmocka_unit_test(appended_tables_are_as_one),
        cmocka_unit_test(rows_are_ordered_by_label_and_otherwise_stay),
        cmocka_unit_test(selected_rows_keep_their_codes),
        cmocka_unit_test(selecting_from_many_columns_keeps_them_all),
        cmocka_unit_test(a_mapped_column_says_labels_anew),
        cmocka_unit_test(late_columns_are_blank_and_long_labels_refused),
        cmocka_unit_test(sums_have_an_end),
        cmocka_unit_test(threads_are_started_for_many_rows_only),
        cmocka_unit_test(every_thread_runs_once),
        cmocka_unit_test(a_category_is_relabelled_in_place),
        cmocka_unit_test(adding_widens_a_decimal),
        cmocka_unit_test(an_amount_is_as_fine_as_its_finest_value),
        cmocka_unit_test(long_texts_stand_among_short_ones),
        cmocka_unit_test(of_rows_left_out_nothing_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
