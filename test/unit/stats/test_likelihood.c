/* Likelihoods and representation: the published vectors, and what must hold of any numbers. */
#include "stats/likelihood.h"

#include "base/number.h"
#include "stats/representation.h"
#include "unit/stats/vectors.h"

/* Higher against lower grades: 60 and 180 White, 30 and 170 of ethnic minorities. */
static void the_race_disparity_ratio_divides_odds(void **state)
{
    (void)state;
    struct likelihood found = likelihood_compare((struct significance_group){ 60, 240 },
                                                 (struct significance_group){ 30, 200 },
                                                 LIKELIHOOD_REFERENCE_ODDS_ON_TOP);
    assert_true(found.has_ratio);
    assert_int_equal(found.ratio, 1888889);
    assert_true(fabs(found.katz.interval.low - 1.16203) < 0.00001);
    assert_true(fabs(found.katz.interval.high - 3.07040) < 0.00001);
    assert_int_equal(found.finding, LIKELIHOOD_SIGNIFICANT);
    found = likelihood_compare((struct significance_group){ 5, 15 },
                               (struct significance_group){ 0, 20 },
                               LIKELIHOOD_REFERENCE_ODDS_ON_TOP);
    assert_false(found.has_ratio);
    assert_true(found.katz.is_adjusted);
    assert_true(fabs(found.katz.ratio - 21.4762) < 0.0001);
}

static void published_ratios_are_met(void **state)
{
    (void)state;
    struct likelihood appointed = likelihood_compare((struct significance_group){ 60, 240 },
                                                     (struct significance_group){ 30, 200 },
                                                     LIKELIHOOD_REFERENCE_ON_TOP);
    assert_int_equal(appointed.ratio, 1666667);
    assert_true(fabs(appointed.katz.interval.low - 1.12) < 0.005);
    assert_true(fabs(appointed.katz.interval.high - 2.48) < 0.005);
    assert_true(fabs(appointed.test.statistic - 2.59) < 0.005);
    assert_int_equal(appointed.finding, LIKELIHOOD_SIGNIFICANT);
    assert_true(appointed.is_below_four_fifths);
    struct likelihood disciplined = likelihood_compare((struct significance_group){ 17, 2400 },
                                                       (struct significance_group){ 9, 750 },
                                                       LIKELIHOOD_GROUP_ON_TOP);
    assert_int_equal(number_round(disciplined.ratio, 2), 1690000);
    assert_true(fabs(disciplined.katz.interval.low - 0.76) < 0.005);
    assert_true(fabs(disciplined.katz.interval.high - 3.78) < 0.005);
    assert_int_equal(disciplined.finding, LIKELIHOOD_INDICATION);
    assert_false(disciplined.is_below_four_fifths);
}

static void turning_the_ratio_inverts_it(void **state)
{
    (void)state;
    for (int64_t a = 1; a < 40; a += 3)
        for (int64_t b = 1; b < 40; b += 4) {
            struct significance_group one = { a, 50 }, two = { b, 45 };
            struct likelihood up = likelihood_compare(one, two, LIKELIHOOD_GROUP_ON_TOP);
            struct likelihood down = likelihood_compare(one, two, LIKELIHOOD_REFERENCE_ON_TOP);
            vectors_near(up.katz.ratio * down.katz.ratio, 1, 1e-12);
            vectors_near(up.katz.interval.low * down.katz.interval.high, 1, 1e-9);
            vectors_near(up.test.p, down.test.p, 1e-9);
            assert_int_equal(up.finding, down.finding);
            assert_int_equal(up.is_below_four_fifths, down.is_below_four_fifths);
        }
}

static void what_cannot_be_compared_is_not(void **state)
{
    (void)state;
    struct significance_group none = { 0, 0 }, quiet = { 0, 20 }, some = { 5, 20 };
    assert_int_equal(likelihood_compare(none, some, LIKELIHOOD_GROUP_ON_TOP).finding,
                     LIKELIHOOD_NOT_COMPARED);
    assert_int_equal(likelihood_compare(quiet, quiet, LIKELIHOOD_GROUP_ON_TOP).finding,
                     LIKELIHOOD_NOT_COMPARED);
    struct likelihood over_nothing = likelihood_compare(quiet, some, LIKELIHOOD_GROUP_ON_TOP);
    assert_false(over_nothing.has_ratio);
    assert_true(over_nothing.katz.is_adjusted);
    assert_true(over_nothing.test.is_exact);
    assert_true(likelihood_compare(some, quiet, LIKELIHOOD_GROUP_ON_TOP).has_ratio);
}

static void four_fifths_is_exact(void **state)
{
    (void)state;
    struct significance_group reference = { 50, 100 };
    assert_false(likelihood_compare(reference, (struct significance_group){ 40, 100 },
                                    LIKELIHOOD_GROUP_ON_TOP)
                     .is_below_four_fifths);
    assert_true(likelihood_compare(reference, (struct significance_group){ 399, 1000 },
                                   LIKELIHOOD_GROUP_ON_TOP)
                    .is_below_four_fifths);
}

static void years_together_are_sums(void **state)
{
    (void)state;
    const struct significance_group years[] = { { 3, 20 }, { 4, 25 }, { 2, 18 } };
    struct significance_group pooled = likelihood_pool(years, 3);
    assert_int_equal(pooled.cases, 9);
    assert_int_equal(pooled.base, 63);
}

static void a_family_is_adjusted_for_its_size(void **state)
{
    (void)state;
    const struct significance_group groups[] = { { 60, 240 }, { 30, 200 }, { 0, 0 }, { 22, 100 } };
    struct likelihood out[4];
    double adjusted[4];
    struct significance all = likelihood_family(groups, 4, LIKELIHOOD_GROUP_ON_TOP, out, adjusted);
    assert_int_equal(all.freedom, 2);
    assert_int_equal(out[0].finding, LIKELIHOOD_NOT_COMPARED);
    assert_int_equal(out[2].finding, LIKELIHOOD_NOT_COMPARED);
    assert_true(isnan(adjusted[0]) && isnan(adjusted[2]));
    vectors_near(adjusted[1], 2 * out[1].test.p, 1e-12);
    vectors_near(adjusted[3], out[3].test.p, 1e-12);
}

static void shares_of_outcomes_are_compared_with_shares_of_bases(void **state)
{
    (void)state;
    int64_t ratio = 0;
    /* 20% of the served, 25% of the assessed: 0.8, below the band of 0.9 to 1.1. */
    assert_true(likelihood_share_ratio((struct significance_group){ 20, 50 },
                                       (struct significance_group){ 100, 200 }, &ratio));
    assert_int_equal(ratio, 800000);
    assert_false(likelihood_share_ratio((struct significance_group){ 0, 50 },
                                        (struct significance_group){ 0, 200 }, &ratio));
}

static void representation_is_measured_against_its_benchmark(void **state)
{
    (void)state;
    struct representation found;
    assert_true(representation_of(400, 1000, 50 * NUMBER_ONE, &found));
    assert_int_equal(found.share, 40 * NUMBER_ONE);
    assert_int_equal(found.index, 80 * NUMBER_ONE);
    assert_int_equal(found.gap, -10 * NUMBER_ONE);
    assert_int_equal(found.shortfall, 100);
    assert_int_equal(found.finding, LIKELIHOOD_SMALL_BUT_REAL);
    assert_true(representation_of(399, 1000, 50 * NUMBER_ONE, &found));
    assert_int_equal(found.finding, LIKELIHOOD_SIGNIFICANT);
    /* Two of twenty against 20%: half of it, but on small numbers. */
    assert_true(representation_of(2, 20, 20 * NUMBER_ONE, &found));
    assert_int_equal(found.finding, LIKELIHOOD_INDICATION);
    assert_int_equal(found.shortfall, 2);
    assert_true(found.is_small);
    assert_true(representation_of(59, 124, 50 * NUMBER_ONE, &found));
    assert_int_equal(found.finding, LIKELIHOOD_NO_EVIDENCE);
    assert_int_equal(found.shortfall, 3);
    assert_false(representation_of(0, 0, NUMBER_ONE, &found));
    assert_false(representation_of(1, 10, 0, &found));
    assert_false(representation_of(1, 10, INTEGER_MISSING, &found));
}

static void rather_not_is_a_response_and_no_disclosure(void **state)
{
    (void)state;
    struct answer_rates rates;
    assert_true(answer_rates_of((struct answer_counts){ 200, 150, 20 }, &rates));
    assert_int_equal(rates.disclosure, 75 * NUMBER_ONE);
    assert_int_equal(rates.response, 85 * NUMBER_ONE);
    assert_int_equal(rates.unknown, 15 * NUMBER_ONE);
    assert_false(answer_rates_of((struct answer_counts){ 0, 0, 0 }, &rates));
}

static void equal_weights_change_no_share(void **state)
{
    (void)state;
    struct survey_share share;
    struct weighted_share weighted = { 40, 2 * 30.0, 2 * 40.0, 4 * 40.0 };
    assert_true(survey_share_of(&weighted, &share));
    struct interval plain = interval_wilson(30, 40, INTERVAL_Z_95);
    vectors_near(share.percent, 75, 1e-12);
    vectors_near(share.effective_base, 40, 1e-12);
    vectors_near(share.interval.low, plain.low * 100, 1e-12);
    weighted.squared_weight *= 2;
    assert_true(survey_share_of(&weighted, &share));
    vectors_near(share.effective_base, 20, 1e-12);
    weighted.weight = 0;
    assert_false(survey_share_of(&weighted, &share));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_race_disparity_ratio_divides_odds),
        cmocka_unit_test(published_ratios_are_met),
        cmocka_unit_test(turning_the_ratio_inverts_it),
        cmocka_unit_test(what_cannot_be_compared_is_not),
        cmocka_unit_test(four_fifths_is_exact),
        cmocka_unit_test(years_together_are_sums),
        cmocka_unit_test(a_family_is_adjusted_for_its_size),
        cmocka_unit_test(shares_of_outcomes_are_compared_with_shares_of_bases),
        cmocka_unit_test(representation_is_measured_against_its_benchmark),
        cmocka_unit_test(rather_not_is_a_response_and_no_disclosure),
        cmocka_unit_test(equal_weights_change_no_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
