/* Aggregates, printed percentages and what they give away: vectors, bad input, properties. */
#include "stats/aggregate.h"

#include "unit/stats/vectors.h"

#define ONE NUMBER_ONE

enum { MOST_FOUND = 512, MOST_PERCENTS = 8 };

static void sums_count_what_is_missing(void **state)
{
    (void)state;
    const int64_t values[] = { 10 * ONE, INTEGER_MISSING, 5 * ONE, 5 * ONE };
    struct aggregate sum;
    assert_true(aggregate_sum(values, 4, &sum));
    assert_int_equal(sum.value, 20 * ONE);
    assert_int_equal(sum.present, 3);
    assert_int_equal(sum.missing, 1);
    assert_true(aggregate_sum(values, 0, &sum));
    assert_int_equal(sum.value, INTEGER_MISSING);
}

static void sums_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    const int64_t values[] = { INT64_MAX, INT64_MAX, -INT64_MAX, -INT64_MAX, INT64_MAX };
    struct aggregate sum = { .value = 7 };
    assert_false(aggregate_sum(values, 2, &sum));
    assert_int_equal(sum.value, 7);
    assert_true(aggregate_sum(values, 4, &sum));
    assert_int_equal(sum.value, 0);
}

static void a_share_is_that_of_the_sums(void **state)
{
    (void)state;
    const int64_t tops[] = { 1 * ONE, 90 * ONE, INTEGER_MISSING, 5 * ONE };
    const int64_t bottoms[] = { 10 * ONE, 100 * ONE, 50 * ONE, INTEGER_MISSING };
    struct aggregate share;
    assert_true(aggregate_share(tops, bottoms, 4, &share));
    assert_int_equal(share.value, 82727273); /* 91 of 110, not the mean of 10% and 90% */
    assert_int_equal(share.numerator, 91 * ONE);
    assert_int_equal(share.denominator, 110 * ONE);
    assert_int_equal(share.present, 2);
    assert_int_equal(share.missing, 2);
    const int64_t zero[] = { 0 };
    assert_true(aggregate_share(zero, zero, 1, &share));
    assert_int_equal(share.value, INTEGER_MISSING);
}

static void complements_and_growth(void **state)
{
    (void)state;
    int64_t growth = 0;
    assert_int_equal(aggregate_complement(2500000), 97500000);
    assert_int_equal(aggregate_complement(INTEGER_MISSING), INTEGER_MISSING);
    assert_true(growth_percent(86 * ONE, 101 * ONE, &growth));
    assert_int_equal(growth, 17441860);
    assert_true(growth_agrees(86 * ONE, 101 * ONE, 17400000, 1));
    assert_false(growth_agrees(86 * ONE, 101 * ONE, 15 * ONE, 0)); /* as the paper has it */
    assert_true(growth_percent(-50 * ONE, -25 * ONE, &growth));
    assert_int_equal(growth, 50 * ONE);
    assert_false(growth_percent(0, 5 * ONE, &growth));
    assert_false(growth_percent(INTEGER_MISSING, 5 * ONE, &growth));
}

static void percentages_agree_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/percent.csv");
    static const int64_t steps[] = { 1000000, 100000, 10000, 1000, 100, 10, 1 };
    while (vectors_next(&rows)) {
        int64_t top = vectors_number(&rows, 0), bottom = vectors_number(&rows, 1);
        int decimals = (int)(vectors_number(&rows, 2) / ONE);
        int64_t printed = vectors_number(&rows, 3), step = steps[decimals];
        assert_true(percent_agrees(top, bottom, printed, decimals));
        assert_false(percent_agrees(top, bottom, printed + step, decimals));
        assert_false(percent_agrees(top, bottom, printed - step, decimals));
    }
    assert_int_equal(rows.rows, 130);
    assert_false(percent_agrees(ONE, 0, 0, 2));
    assert_false(percent_agrees(INTEGER_MISSING, ONE, 0, 2));
    vectors_close(&rows);
    support_work_end(&work);
}

static size_t read_percents(struct slice cell, struct printed_percent *percents)
{
    struct slice word;
    size_t count = 0;
    while (slice_word(&cell, &word)) {
        assert_true(count < MOST_PERCENTS);
        assert_true(number_read(word, &percents[count].percent, &percents[count].decimals));
        count++;
    }
    return count;
}

static void denominators_agree_with_vectors(void **state)
{
    (void)state;
    struct work work = support_work();
    struct vectors rows = vectors_open(&work, "test/vectors/denominators.csv");
    while (vectors_next(&rows)) {
        struct printed_percent percents[MOST_PERCENTS];
        int64_t found[MOST_FOUND], wanted = 0;
        size_t count = read_percents(rows.cells[0], percents), at = 0;
        int64_t parts = vectors_number(&rows, 1) / ONE, most = vectors_number(&rows, 2) / ONE;
        size_t all = denominators_of(percents, count, parts, most, found, MOST_FOUND);
        struct slice list = rows.cells[3], word;
        while (slice_word(&list, &word)) {
            assert_true(slice_integer(word, &wanted) && at < all);
            assert_int_equal(found[at++], wanted);
        }
        assert_int_equal(at, all);
    }
    assert_int_equal(rows.rows, 10);
    vectors_close(&rows);
    support_work_end(&work);
}

/* 16.13, 47.58 and 1.61 per cent of the top earners: 62 posts with halves, or 124 people. */
static void the_papers_disclose_one_or_two_people(void **state)
{
    (void)state;
    const struct printed_percent printed[] = { { 16130000, 2 }, { 47580000, 2 }, { 1610000, 2 } };
    int64_t found[MOST_FOUND], least = 0, most = 0;
    assert_true(denominators_of(printed, 3, 2, 300, found, MOST_FOUND) >= 3);
    assert_int_equal(found[0], 62);
    assert_int_equal(found[1], 124);
    assert_int_equal(found[2], 186);
    assert_true(denominators_of(printed, 3, 1, 300, found, MOST_FOUND) == 2);
    assert_int_equal(found[0], 124);
    assert_true(numerators_of(printed[2], 62, 1, &least, &most) && least == 1 && most == 1);
    assert_true(numerators_of(printed[2], 124, 1, &least, &most) && least == 2 && most == 2);
    assert_true(numerators_of(printed[1], 62, 2, &least, &most) && least == 59 && most == 59);
    assert_false(numerators_of(printed[1], 62, 1, &least, &most));
}

/* What a count prints as is always among the reconstructed. */
static void the_true_denominator_is_always_found(void **state)
{
    (void)state;
    for (int64_t d = 1; d <= 40; d++)
        for (int64_t k = 0; k <= d; k++)
            for (int decimals = 0; decimals <= 3; decimals++) {
                int64_t percent = 0, least = 0, most = 0;
                assert_true(number_percent(k, d, &percent));
                struct printed_percent printed = { number_round(percent, decimals), decimals };
                assert_true(numerators_of(printed, d, 1, &least, &most));
                assert_true(least <= k && k <= most);
                assert_true(percent_agrees(k * ONE, d * ONE, printed.percent, decimals));
            }
}

static void reconstruction_takes_bad_input(void **state)
{
    (void)state;
    int64_t least = 0, most = 0, found[2];
    assert_false(numerators_of((struct printed_percent){ -ONE, 0 }, 10, 1, &least, &most));
    assert_false(numerators_of((struct printed_percent){ 101 * ONE, 0 }, 10, 1, &least, &most));
    assert_false(numerators_of((struct printed_percent){ ONE, 0 }, 0, 1, &least, &most));
    assert_int_equal(denominators_of(NULL, 0, 1, 0, found, 2), 0);
    /* More than there is room for are counted, not written. */
    assert_int_equal(denominators_of(NULL, 0, 1, 9, found, 2), 9);
    assert_int_equal(found[1], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_count_what_is_missing),
        cmocka_unit_test(sums_that_do_not_fit_are_refused),
        cmocka_unit_test(a_share_is_that_of_the_sums),
        cmocka_unit_test(complements_and_growth),
        cmocka_unit_test(percentages_agree_with_vectors),
        cmocka_unit_test(denominators_agree_with_vectors),
        cmocka_unit_test(the_papers_disclose_one_or_two_people),
        cmocka_unit_test(the_true_denominator_is_always_found),
        cmocka_unit_test(reconstruction_takes_bad_input),
    };
    return cmocka_run_group_tests_name("stats/aggregate", tests, NULL, NULL);
}
