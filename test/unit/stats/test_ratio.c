/* Exact fractions: against 128-bit arithmetic on small numbers, and at the edges. */
#include "stats/ratio.h"

#include "unit/stats/vectors.h"

enum { REACH = 12 };

static struct ratio make(ratio_wide numerator, ratio_wide denominator)
{
    struct ratio ratio = { 0, 1 };
    assert_true(ratio_make(numerator, denominator, &ratio));
    assert_true(ratio.denominator > 0);
    return ratio;
}

static void arithmetic_agrees_with_cross_products(void **state)
{
    (void)state;
    for (int a = -REACH; a <= REACH; a++)
        for (int b = 1; b <= REACH; b++)
            for (int c = -REACH; c <= REACH; c++)
                for (int d = 1; d <= REACH; d++) {
                    struct ratio x = make(a, b), y = make(-c, -d), sum, difference, product, back;
                    int order = (a * d > c * b) - (a * d < c * b);
                    assert_int_equal(ratio_compare(x, y), order);
                    assert_true(ratio_add(x, y, &sum) && ratio_subtract(x, y, &difference));
                    assert_true(ratio_multiply(x, y, &product));
                    assert_int_equal(ratio_compare(sum, make(a * d + c * b, b * d)), 0);
                    assert_int_equal(ratio_sign(difference), order);
                    assert_int_equal(ratio_compare(product, make(a * c, b * d)), 0);
                    assert_int_equal(ratio_divide(product, y, &back), c != 0);
                    if (c != 0)
                        assert_int_equal(ratio_compare(back, x), 0);
                }
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    ratio_wide large = (ratio_wide)1 << 119;
    struct ratio big = make(large, 1), small = make(1, large), out = { 7, 1 };
    assert_false(ratio_make(1, 0, &out));
    assert_false(ratio_make(large * 4, 1, &out));
    assert_false(ratio_multiply(big, big, &out));
    assert_false(ratio_multiply(small, small, &out));
    assert_false(ratio_divide(big, ratio_of(0), &out));
    assert_true(out.numerator == 7);
    assert_true(ratio_multiply(big, small, &out));
    assert_int_equal(ratio_compare(out, ratio_of(1)), 0);
    int64_t millionths = 5;
    assert_false(ratio_round(big, &millionths));
    assert_false(ratio_round(ratio_of(INT64_MAX), &millionths));
    assert_int_equal(millionths, 5);
    /* Numbers that differ in the 39th digit are told apart. */
    assert_true(ratio_compare(make(large, large - 1), make(large - 1, large - 2)) < 0);
    assert_true(ratio_compare(make(-large, large - 1), make(1 - large, large - 2)) > 0);
}

static void rounding_is_half_away_from_zero(void **state)
{
    (void)state;
    struct work work = support_work();
    static const struct {
        int numerator, denominator, decimals;
        const char *wanted;
    } rows[] = {
        { 1, 2, 0, "1" },          { -1, 2, 0, "-1" },
        { 1, 8, 2, "0.13" },       { -1, 8, 2, "-0.13" },
        { 1, 3, 6, "0.333333" },   { 2, 3, 6, "0.666667" },
        { -1, 1000, 2, "0.00" },   { 0, 5, 0, "0" },
        { 1999, 1000, 2, "2.00" }, { 123456, 1, 3, "123456.000" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(
            ratio_print(work.arena, make(rows[i].numerator, rows[i].denominator), rows[i].decimals),
            rows[i].wanted);
    assert_string_equal(ratio_print_short(work.arena, make(1, 2), 6), "0.5");
    assert_string_equal(ratio_print_short(work.arena, make(1999, 1000), 2), "2");
    assert_string_equal(ratio_print_short(work.arena, make(200, 1), 6), "200");
    support_work_end(&work);
}

static void millionths_go_round(void **state)
{
    (void)state;
    struct work work = support_work();
    const int64_t numbers[] = { 0, 1, -1, 47580000, 123456789012345, -999999, INT64_MAX };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        int64_t back = 0;
        struct ratio ratio = ratio_of_millionths(numbers[i]);
        assert_true(ratio_round(ratio, &back));
        assert_int_equal(back, numbers[i]);
        assert_string_equal(ratio_print(work.arena, ratio, 6),
                            number_print(work.arena, numbers[i], 6));
        if (numbers[i] != INT64_MAX)
            assert_string_equal(ratio_print(work.arena, ratio, 2),
                                number_print(work.arena, numbers[i], 2));
    }
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic_agrees_with_cross_products),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(rounding_is_half_away_from_zero),
        cmocka_unit_test(millionths_go_round),
    };
    return cmocka_run_group_tests_name("stats/ratio", tests, NULL, NULL);
}
