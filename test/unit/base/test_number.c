/* Exact decimals: reading, printing, rounding half away from zero, and what does not fit. */
#include "base/number.h"

#include <stdlib.h>
#include <string.h>

#include "support/support.h"

static bool reads(const char *words, int64_t *out_millionths, int *out_decimals)
{
    return number_read(slice_of(words), out_millionths, out_decimals);
}

static void what_people_write_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        int64_t millionths;
        int decimals;
    } numbers[] = {
        { "0", 0, 0 },
        { "-5", -5000000, 0 },
        { "+5", 5000000, 0 },
        { "40.23", 40230000, 2 },
        { "40.230", 40230000, 3 },
        { ".5", 500000, 1 },
        { "0.000001", 1, 6 },
        { "0.0000010", 1, 6 },
        { "1,010", 1010000000, 0 },
        { "1,234,567.8", 1234567800000, 1 },
        { "9223372036854.775807", INT64_MAX, 6 },
        { "-9223372036854.775807", -INT64_MAX, 6 },
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int64_t millionths = 0;
        int decimals = -1;
        if (!reads(numbers[i].words, &millionths, &decimals) ||
            millionths != numbers[i].millionths || decimals != numbers[i].decimals)
            fail_msg("%s was read as %lld with %d decimals", numbers[i].words,
                     (long long)millionths, decimals);
    }
}

static void what_is_no_plain_number_is_refused_and_nothing_is_touched(void **state)
{
    (void)state;
    static const char *const words[] = {
        "",
        "-",
        "+",
        ".",
        "5.",
        "1.2.3",
        "5 ",
        " 5",
        "--5",
        "1,01",
        "1,0101",
        ",010",
        "1,,010",
        "1,010,1",
        "1.000,5",
        "0x10",
        "1e3",
        "50%",
        "five",
        "1,23",
        "0.0000011",
        "9223372036854.775808",
        "9223372036855",
        "99999999999999999999",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int64_t millionths = 77;
        int decimals = 7;
        if (reads(words[i], &millionths, &decimals))
            fail_msg("\"%s\" was read as %lld", words[i], (long long)millionths);
        assert_int_equal(millionths, 77);
        assert_int_equal(decimals, 7);
    }
}

/* Every number near zero and every place, against whole numbers and their remainders. */
static void a_half_is_rounded_away_from_zero(void **state)
{
    (void)state;
    int64_t step = NUMBER_ONE;
    for (int decimals = 0; decimals <= NUMBER_PLACES; decimals++, step /= 10)
        for (int64_t half = -41; half <= 41; half++)
            for (int64_t beside = -1; beside <= 1; beside++) {
                int64_t number = half * step / 2 + beside, size = llabs(number);
                int64_t rest = size % step, rounded = size - rest + (2 * rest >= step) * step;
                assert_int_equal(number_round(number, decimals), number < 0 ? -rounded : rounded);
            }
    assert_int_equal(number_round(-2500000, 0), -3000000);
    assert_int_equal(number_round(2500000, 0), 3000000);
    assert_int_equal(number_round(-2499999, 0), -2000000);
    /* Where the next one up is too large to be kept, the one below is all there is. */
    assert_int_equal(number_round(INT64_MAX, 0), INT64_C(9223372036854000000));
    assert_int_equal(number_round(-INT64_MAX, 0), -INT64_C(9223372036854000000));
}

static void what_is_printed_is_read_again(void **state)
{
    (void)state;
    struct work work = support_work();
    static const int64_t numbers[] = { 0,       1,        -1,        500000,    -499999,
                                       1234567, -1000000, 999999500, INT64_MAX, -INT64_MAX };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int64_t millionths = 0;
        int decimals = 0;
        assert_true(
            reads(number_print(work.arena, numbers[i], NUMBER_PLACES), &millionths, &decimals));
        assert_int_equal(millionths, numbers[i]);
        assert_int_equal(decimals, NUMBER_PLACES);
        assert_true(reads(number_print_short(work.arena, numbers[i]), &millionths, &decimals));
        assert_int_equal(millionths, numbers[i]);
        assert_int_equal(decimals, number_decimals(numbers[i]));
    }
    assert_string_equal(number_print(work.arena, -499999, 0), "0");
    assert_string_equal(number_print(work.arena, -500000, 0), "-1");
    assert_string_equal(number_print(work.arena, 16125000, 2), "16.13");
    assert_string_equal(number_print(work.arena, -16125000, 2), "-16.13");
    assert_string_equal(number_print_short(work.arena, 40230000), "40.23");
    assert_string_equal(number_print_short(work.arena, 10000000), "10");
    assert_string_equal(number_print_count(work.arena, 999), "999");
    assert_string_equal(number_print_count(work.arena, -1234567), "-1,234,567");
    assert_string_equal(number_print_count(work.arena, -123), "-123");
    support_work_end(&work);
}

static void a_product_is_rounded_once_or_refused(void **state)
{
    (void)state;
    int64_t result = 77;
    assert_true(number_scale(1, 1, 2, &result));
    assert_int_equal(result, 1);
    assert_true(number_scale(-1, 1, 2, &result));
    assert_int_equal(result, -1);
    assert_true(number_scale(1, -3, -2, &result));
    assert_int_equal(result, 2);
    assert_true(number_scale(INT64_MAX, INT64_MAX, INT64_MAX, &result));
    assert_int_equal(result, INT64_MAX);
    assert_true(number_percent(NUMBER_ONE, 3 * NUMBER_ONE, &result));
    assert_int_equal(result, 33333333);
    result = 77;
    assert_false(number_scale(1, 1, 0, &result));
    assert_false(number_scale(INT64_MAX, 2, 1, &result));
    assert_false(number_scale(INT64_MIN / 2, 2, 1, &result)); /* that would say: missing */
    assert_false(number_percent(NUMBER_ONE, 0, &result));
    assert_int_equal(result, 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_people_write_is_read),
        cmocka_unit_test(what_is_no_plain_number_is_refused_and_nothing_is_touched),
        cmocka_unit_test(a_half_is_rounded_away_from_zero),
        cmocka_unit_test(what_is_printed_is_read_again),
        cmocka_unit_test(a_product_is_rounded_once_or_refused),
    };
    return cmocka_run_group_tests_name("base/number", tests, NULL, NULL);
}
