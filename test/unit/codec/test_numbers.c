/* Decimals and dates out of spreadsheets. */
#include "codec/decimal.h"
#include "codec/xlsx_number.h"

#include <stdio.h>
#include <string.h>

#include "support/support.h"

static void decimals_are_shortest(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const pairs[][2] = {
        { "40.229999999999997", "40.23" },
        { "0.10000000000000001", "0.1" },
        { "5.0000000000000001E-3", "0.005" },
        { "-5.0E-3", "-0.005" },
        { "1E+3", "1000" },
        { "0.30000000000000004", "0.30000000000000004" },
        { "1234567.8910000001", "1234567.891" },
        { "007", "7" },
        { "1.500", "1.5" },
        { ".5", "0.5" },
        { "+5", "5" },
        { "0", "0" },
        { "-0.0", "0" },
        { "100", "100" },
        { "12345678901234568", "12345678901234568" },
        { "1.7976931348623157E+308", "1.7976931348623157E+308" },
        { "1e999", "1e999" },
        { "n/a", "n/a" },
        { "1,5", "1,5" },
        { "", "" },
        { "-", "-" },
        { "1e", "1e" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct slice shortest = decimal_shortest(work.arena, slice_of(pairs[i][0]));
        assert_string_equal(slice_copy(work.arena, shortest), pairs[i][1]);
    }
    support_work_end(&work);
}

/* Every hundredth, stored as spreadsheets store it (17 digits), comes back as it was written. */
static void hundredths_come_back(void **state)
{
    (void)state;
    struct work work = support_work();
    for (int i = -30000; i <= 30000; i += 7) {
        struct arena_mark mark = arena_mark(work.arena);
        char stored[64];
        snprintf(stored, sizeof stored, "%.17g", i / 100.0);
        struct slice shortest = decimal_shortest(work.arena, slice_of(stored));
        double again = 0;
        assert_true(decimal_read(shortest, &again));
        assert_memory_equal(&again, &(double){ i ? i / 100.0 : 0.0 }, sizeof again);
        assert_true(shortest.length <= 7);
        arena_return(work.arena, mark);
    }
    support_work_end(&work);
}

static void styles_are_told_by_codes(void **state)
{
    (void)state;
    const struct {
        const char *code;
        enum xlsx_style style;
    } cases[] = {
        { "General", XLSX_PLAIN },
        { "0.00%", XLSX_PERCENT },
        { "#,##0.00;[Red]-#,##0.00", XLSX_PLAIN },
        { "\"days\" 0", XLSX_PLAIN },
        { "0\\d", XLSX_PLAIN },
        { "_-* #,##0_-", XLSX_PLAIN },
        { "dd/mm/yyyy", XLSX_DATE },
        { "[$-809]d mmmm yyyy;@", XLSX_DATE },
        { "mmm-yy", XLSX_DATE },
        { "MMMM", XLSX_DATE },
        { "yyyy-mm-dd hh:mm:ss", XLSX_MOMENT },
        { "h:mm AM/PM", XLSX_TIME },
        { "mm:ss.0", XLSX_TIME },
        { "[h]:mm:ss", XLSX_ELAPSED },
        { "[mm]:ss", XLSX_ELAPSED },
        { "[magenta]0", XLSX_PLAIN },
        { "[", XLSX_PLAIN },
        { "\"d", XLSX_PLAIN },
        { "\\", XLSX_PLAIN },
        { "", XLSX_PLAIN },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (xlsx_style_of_code(slice_of(cases[i].code)) != cases[i].style)
            fail_msg("%s", cases[i].code);
    assert_int_equal(xlsx_style_built_in(14), XLSX_DATE);
    assert_int_equal(xlsx_style_built_in(22), XLSX_MOMENT);
    assert_int_equal(xlsx_style_built_in(20), XLSX_TIME);
    assert_int_equal(xlsx_style_built_in(46), XLSX_ELAPSED);
    assert_int_equal(xlsx_style_built_in(10), XLSX_PERCENT);
    assert_int_equal(xlsx_style_built_in(1), XLSX_PLAIN);
    assert_int_equal(xlsx_style_of_code(SLICE("0.0%")), XLSX_PERCENT);
    assert_int_equal(xlsx_style_of_code(SLICE("0\"%\"")), XLSX_PLAIN);
}

static void dates_are_iso(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct {
        const char *serial;
        enum xlsx_style style;
        bool is_1904;
        const char *expected;
    } cases[] = {
        { "41090", XLSX_DATE, false, "2012-06-30" },
        { "39628", XLSX_DATE, true, "2012-06-30" },
        { "1", XLSX_DATE, false, "1900-01-01" },
        { "59", XLSX_DATE, false, "1900-02-28" },
        { "60", XLSX_DATE, false, "60" },
        { "61", XLSX_DATE, false, "1900-03-01" },
        { "0", XLSX_DATE, true, "1904-01-01" },
        { "0", XLSX_DATE, false, "0" },
        { "-1", XLSX_DATE, false, "-1" },
        { "2958465", XLSX_DATE, false, "9999-12-31" },
        { "2958466", XLSX_DATE, false, "2958466" },
        { "41090.6041666667", XLSX_MOMENT, false, "2012-06-30T14:30:00" },
        { "41090.9999999999", XLSX_MOMENT, false, "2012-07-01" },
        { "41090", XLSX_MOMENT, false, "2012-06-30" },
        { "41090.5", XLSX_DATE, false, "2012-06-30" },
        { "0.378472222222222", XLSX_TIME, false, "09:05:00" },
        { "1.5208333333333333", XLSX_ELAPSED, false, "36:30:00" },
        { "soon", XLSX_DATE, false, "soon" },
        { "1e300", XLSX_DATE, false, "1e300" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice text = xlsx_number_print(work.arena, slice_of(cases[i].serial), cases[i].style,
                                              cases[i].is_1904);
        assert_string_equal(slice_copy(work.arena, text), cases[i].expected);
    }
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals_are_shortest),
        cmocka_unit_test(hundredths_come_back),
        cmocka_unit_test(styles_are_told_by_codes),
        cmocka_unit_test(dates_are_iso),
    };
    return cmocka_run_group_tests_name("codec/numbers", tests, NULL, NULL);
}
