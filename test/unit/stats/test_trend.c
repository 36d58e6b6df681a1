/* Direction of travel: polarity, print, materiality, breaks, cumulative measures, bands. */
#include "stats/trend.h"

#include "unit/stats/vectors.h"

#define ONE NUMBER_ONE

static struct trend_input input_of(enum rating_polarity polarity, int64_t now, int64_t before)
{
    return (struct trend_input){ .polarity = polarity,
                                 .decimals = 2,
                                 .materiality = INTEGER_MISSING,
                                 .now = now,
                                 .before = before,
                                 .year_before = INTEGER_MISSING,
                                 .lower = INTEGER_MISSING,
                                 .upper = INTEGER_MISSING };
}

static enum trend_direction direction(struct trend_input input)
{
    struct trend trend;
    trend_compute(&input, &trend);
    return trend.before.direction;
}

static enum trend_reason reason(struct trend_input input)
{
    struct trend trend;
    trend_compute(&input, &trend);
    assert_int_equal(trend.before.direction == TREND_UNKNOWN, trend.before.reason != TREND_KNOWN);
    assert_int_equal(trend.before.change == INTEGER_MISSING, trend.before.reason != TREND_KNOWN);
    return trend.before.reason;
}

static void direction_follows_polarity(void **state)
{
    (void)state;
    assert_int_equal(direction(input_of(RATING_HIGHER, 5 * ONE, 4 * ONE)), TREND_IMPROVED);
    assert_int_equal(direction(input_of(RATING_HIGHER, 4 * ONE, 5 * ONE)), TREND_WORSE);
    assert_int_equal(direction(input_of(RATING_LOWER, 5 * ONE, 4 * ONE)), TREND_WORSE);
    assert_int_equal(direction(input_of(RATING_LOWER, 4 * ONE, 5 * ONE)), TREND_IMPROVED);
    assert_int_equal(direction(input_of(RATING_LOWER, 4 * ONE, 4 * ONE)), TREND_SAME);
    assert_int_equal(reason(input_of(RATING_MILESTONE, 4 * ONE, 4 * ONE)), TREND_NO_DIRECTION);
}

/* Turning time round turns the answer round. */
static void direction_is_antisymmetric(void **state)
{
    (void)state;
    for (int64_t now = -30; now <= 30; now++)
        for (int64_t then = -30; then <= 30; then++)
            for (int polarity = RATING_HIGHER; polarity <= RATING_BAND; polarity++) {
                struct trend_input there = input_of((enum rating_polarity)polarity, now * ONE / 8,
                                                    then * ONE / 8);
                there.lower = -ONE;
                there.upper = 2 * ONE;
                struct trend_input back = there;
                back.now = there.before;
                back.before = there.now;
                enum trend_direction one = direction(there), other = direction(back);
                assert_int_equal(one == TREND_SAME, other == TREND_SAME);
                assert_int_equal(one == TREND_IMPROVED, other == TREND_WORSE);
            }
}

static void values_are_compared_as_printed(void **state)
{
    (void)state;
    struct trend trend;
    struct trend_input input = input_of(RATING_HIGHER, 2049000, 2041000);
    assert_int_equal(direction(input), TREND_IMPROVED); /* 2.05 and 2.04 */
    input.decimals = 1;
    assert_int_equal(direction(input), TREND_SAME); /* 2.0 and 2.0 */
    input = input_of(RATING_HIGHER, 2050000, 1999000);
    input.decimals = 1;
    trend_compute(&input, &trend);
    assert_int_equal(trend.before.change, 100000); /* 2.1 less 2.0 */
}

static void small_changes_are_no_changes(void **state)
{
    (void)state;
    struct trend_input input = input_of(RATING_HIGHER, 5 * ONE, 4500000);
    input.materiality = 500000;
    assert_int_equal(direction(input), TREND_IMPROVED);
    input.materiality = 500001;
    assert_int_equal(direction(input), TREND_SAME);
    input.now = 4 * ONE;
    input.materiality = 500000;
    assert_int_equal(direction(input), TREND_WORSE);
}

static void what_cannot_be_compared_is_unknown(void **state)
{
    (void)state;
    struct trend_input input = input_of(RATING_HIGHER, 5 * ONE, 4 * ONE);
    struct trend trend;
    input.is_broken_since_before = true;
    assert_int_equal(reason(input), TREND_SERIES_BREAK);
    assert_int_equal(reason(input_of(RATING_HIGHER, INTEGER_MISSING, ONE)), TREND_NO_VALUE);
    assert_int_equal(reason(input_of(RATING_HIGHER, ONE, INTEGER_MISSING)), TREND_NO_EARLIER);
    assert_int_equal(reason(input_of(RATING_BAND, ONE, ONE)), TREND_NO_DIRECTION);
    input.year_before = 6 * ONE;
    trend_compute(&input, &trend);
    assert_int_equal(trend.year_before.direction, TREND_WORSE);
    input.is_broken_since_year_before = true;
    trend_compute(&input, &trend);
    assert_int_equal(trend.year_before.reason, TREND_SERIES_BREAK);
    for (int i = TREND_NO_VALUE; i <= TREND_NO_DIRECTION; i++)
        assert_true(strlen(trend_reason_words((enum trend_reason)i)) > 0);
}

static void year_to_date_compares_with_year_to_date(void **state)
{
    (void)state;
    struct trend_input input = input_of(RATING_HIGHER, 40 * ONE, 190 * ONE);
    struct trend trend;
    input.is_cumulative = true;
    input.year_before = 35 * ONE;
    trend_compute(&input, &trend);
    assert_int_equal(trend.before.reason, TREND_CUMULATIVE);
    assert_int_equal(trend.year_before.direction, TREND_IMPROVED);
}

static void bands_go_by_distance(void **state)
{
    (void)state;
    struct trend_input input = input_of(RATING_BAND, 850000, 1200000);
    input.lower = 900000;
    input.upper = 1100000;
    assert_int_equal(direction(input), TREND_IMPROVED); /* 0.05 below after 0.1 above */
    input.now = 950000;
    input.before = 1050000;
    assert_int_equal(direction(input), TREND_SAME); /* inside and inside */
    input.now = 1300000;
    assert_int_equal(direction(input), TREND_WORSE);
    input.now = INT64_MAX;
    input.before = -INT64_MAX;
    assert_int_equal(reason(input), TREND_NO_DIRECTION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(direction_follows_polarity),
        cmocka_unit_test(direction_is_antisymmetric),
        cmocka_unit_test(values_are_compared_as_printed),
        cmocka_unit_test(small_changes_are_no_changes),
        cmocka_unit_test(what_cannot_be_compared_is_unknown),
        cmocka_unit_test(year_to_date_compares_with_year_to_date),
        cmocka_unit_test(bands_go_by_distance),
    };
    return cmocka_run_group_tests_name("stats/trend", tests, NULL, NULL);
}
