/* Tests of significance: against vectors made with fractions and 80 digits, and by properties. */
#include "stats/significance.h"

#include "unit/stats/vectors.h"

enum { MOST_TESTS = 16, MOST_BASE = 12 };

static struct significance_group group_of(const struct vectors *rows, size_t cell)
{
    return (struct significance_group){ vectors_number(rows, cell) / NUMBER_ONE,
                                        vectors_number(rows, cell + 1) / NUMBER_ONE };
}

static void shares_agree_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/two_shares.csv");
    while (vectors_next(&rows)) {
        struct significance_group first = group_of(&rows, 0), second = group_of(&rows, 2);
        struct significance result = significance_of_shares(first, second);
        struct significance turned = significance_of_shares(second, first);
        vectors_near(result.statistic, vectors_real(&rows, 4), 1e-10);
        vectors_near(result.p, vectors_real(&rows, 5), 1e-9);
        assert_true(result.statistic == -turned.statistic && result.p == turned.p);
    }
    assert_true(rows.rows > 15);
    vectors_close(&rows);
    support_work_end(&work);
}

static void published_z_is_met(void **state)
{
    (void)state;
    struct significance result = significance_of_shares((struct significance_group){ 60, 240 },
                                                        (struct significance_group){ 30, 200 });
    assert_true(fabs(result.statistic - 2.59) < 0.005);
    assert_true(result.p < 0.01 && !result.is_rough);
}

static void fisher_agrees_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/fisher.csv");
    while (vectors_next(&rows)) {
        struct significance result = significance_exact(group_of(&rows, 0), group_of(&rows, 2));
        vectors_near(result.p, vectors_real(&rows, 4), 1e-10);
    }
    assert_true(rows.rows > 60);
    vectors_close(&rows);
    support_work_end(&work);
}

static void fisher_has_its_properties(void **state)
{
    (void)state;
    for (int n1 = 1; n1 <= MOST_BASE; n1++)
        for (int n2 = 1; n2 <= MOST_BASE; n2++)
            for (int a = 0; a <= n1; a++)
                for (int b = 0; b <= n2; b++) {
                    struct significance_group first = { a, n1 }, second = { b, n2 };
                    struct significance_group first_rest = { n1 - a, n1 },
                                              second_rest = { n2 - b, n2 };
                    double p = significance_exact(first, second).p;
                    assert_true(p > 0 && p <= 1);
                    vectors_near(p, significance_exact(second, first).p, 1e-12);
                    vectors_near(p, significance_exact(first_rest, second_rest).p, 1e-12);
                    if (a * n2 == b * n1)
                        vectors_near(p, 1, 1e-12);
                }
}

static void the_test_follows_the_expected_counts(void **state)
{
    (void)state;
    struct significance_group large = { 60, 240 }, other = { 30, 200 }, small = { 3, 20 };
    assert_false(significance_compare(large, other).is_exact);
    assert_true(significance_compare(large, small).is_exact);
    /* Expected counts of exactly 5 are enough. */
    assert_false(significance_compare((struct significance_group){ 4, 10 },
                                      (struct significance_group){ 6, 10 })
                     .is_exact);
    assert_true(significance_compare((struct significance_group){ 4, 10 },
                                     (struct significance_group){ 5, 10 })
                    .is_exact);
}

static void chi_square_agrees_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/chi_square.csv");
    while (vectors_next(&rows)) {
        int64_t freedom = vectors_number(&rows, 1) / NUMBER_ONE;
        double p = significance_chi_square(vectors_real(&rows, 0), freedom);
        vectors_near(p, vectors_real(&rows, 2), 1e-9);
    }
    assert_int_equal(rows.rows, 80);
    vectors_close(&rows);
    support_work_end(&work);
}

static size_t read_groups(struct slice cell, struct significance_group *groups)
{
    struct slice word, cases;
    size_t count = 0;
    while (slice_word(&cell, &word)) {
        assert_true(count < MOST_TESTS && slice_split(&word, '/', &cases));
        assert_true(slice_integer(cases, &groups[count].cases));
        assert_true(slice_integer(word, &groups[count].base));
        count++;
    }
    return count;
}

static void groups_agree_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/groups.csv");
    while (vectors_next(&rows)) {
        struct significance_group groups[MOST_TESTS + 1], turned[MOST_TESTS];
        size_t count = read_groups(rows.cells[0], groups);
        struct significance result = significance_of_groups(groups, count);
        vectors_near(result.statistic, vectors_real(&rows, 1), 1e-10);
        vectors_near(result.p, vectors_real(&rows, 3), 1e-8);
        assert_int_equal(result.freedom, (int64_t)count - 1);
        for (size_t i = 0; i < count; i++)
            turned[i] = groups[count - 1 - i];
        vectors_near(significance_of_groups(turned, count).statistic, result.statistic, 1e-12);
        groups[count] = (struct significance_group){ 0, 0 };
        assert_int_equal(significance_of_groups(groups, count + 1).freedom, (int64_t)count - 1);
    }
    assert_true(rows.rows > 10);
    vectors_close(&rows);
    support_work_end(&work);
}

static void groups_without_difference_say_nothing(void **state)
{
    (void)state;
    const struct significance_group none[] = { { 0, 10 }, { 0, 20 } }, one[] = { { 3, 10 } };
    assert_true(significance_of_groups(none, 2).p == 1);
    assert_int_equal(significance_of_groups(none, 2).freedom, 0);
    assert_int_equal(significance_of_groups(one, 1).freedom, 0);
    assert_int_equal(significance_of_groups(NULL, 0).freedom, 0);
}

static void two_groups_are_the_z_test_squared(void **state)
{
    (void)state;
    const struct significance_group groups[] = { { 60, 240 }, { 30, 200 } };
    struct significance squared = significance_of_groups(groups, 2);
    struct significance z = significance_of_shares(groups[0], groups[1]);
    vectors_near(squared.statistic, z.statistic * z.statistic, 1e-12);
    vectors_near(squared.p, z.p, 1e-10);
}

static size_t read_reals(struct slice cell, double *numbers)
{
    struct slice word;
    size_t count = 0;
    while (slice_word(&cell, &word)) {
        assert_true(count < MOST_TESTS);
        numbers[count++] = vectors_real_of(word);
    }
    return count;
}

static void holm_agrees_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/holm.csv");
    while (vectors_next(&rows)) {
        double p[MOST_TESTS], wanted[MOST_TESTS], got[MOST_TESTS], turned[MOST_TESTS];
        size_t count = read_reals(rows.cells[0], p);
        assert_int_equal(read_reals(rows.cells[1], wanted), count);
        significance_holm(p, count, got);
        for (size_t i = 0; i < count; i++) {
            vectors_near(got[i], wanted[i], 1e-12);
            assert_true(got[i] >= p[i] && got[i] <= 1);
        }
        for (size_t i = 0; i < count / 2; i++) {
            double held = p[i];
            p[i] = p[count - 1 - i];
            p[count - 1 - i] = held;
        }
        significance_holm(p, count, turned);
        for (size_t i = 0; i < count; i++)
            vectors_near(turned[count - 1 - i], got[i], 1e-12);
    }
    assert_int_equal(rows.rows, 30);
    vectors_close(&rows);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_agree_with_vectors),
        cmocka_unit_test(published_z_is_met),
        cmocka_unit_test(fisher_agrees_with_vectors),
        cmocka_unit_test(fisher_has_its_properties),
        cmocka_unit_test(the_test_follows_the_expected_counts),
        cmocka_unit_test(chi_square_agrees_with_vectors),
        cmocka_unit_test(groups_agree_with_vectors),
        cmocka_unit_test(groups_without_difference_say_nothing),
        cmocka_unit_test(two_groups_are_the_z_test_squared),
        cmocka_unit_test(holm_agrees_with_vectors),
    };
    return cmocka_run_group_tests_name("stats/significance", tests, NULL, NULL);
}
