/* Training of new starters and refreshers, at the days where it turns. */
#include "stats/training.h"

#include "base/date.h"
#include "base/number.h"
#include "support/support.h"

static int64_t day(int year, int month, int of_month)
{
    return date_days((struct date){ year, month, of_month });
}

/* Start 1 February: day 56 is 29 March of a year that is no leap year, and lands in Quarter 4. */
static void a_starter_counts_on_day_56(void **state)
{
    (void)state;
    const struct training_period fourth = { day(2026, 1, 1), day(2026, 3, 31) };
    const struct training_period first = { day(2026, 4, 1), day(2026, 6, 30) };
    int64_t start = day(2026, 2, 1);
    assert_int_equal(start + TRAINING_STARTER_DAYS, day(2026, 3, 29));
    assert_true(training_starter_counts(start, INTEGER_MISSING, fourth));
    assert_false(training_starter_counts(start, INTEGER_MISSING, first));
    assert_true(training_starter_counts(day(2026, 2, 4), INTEGER_MISSING, first));
    assert_false(training_starter_counts(start, day(2026, 3, 28), fourth));
    assert_true(training_starter_counts(start, day(2026, 3, 29), fourth));
    assert_false(training_starter_counts(INTEGER_MISSING, INTEGER_MISSING, fourth));
    assert_true(training_starter_met(start, day(2026, 3, 29)));
    assert_true(training_starter_met(start, day(2026, 1, 20)));
    assert_false(training_starter_met(start, day(2026, 3, 30)));
    assert_false(training_starter_met(start, INTEGER_MISSING));
}

/* Completion 10 April 2024 is in date at 31 March 2026, 30 March 2024 is out. */
static void a_refresher_lasts_two_years(void **state)
{
    (void)state;
    const struct training_period year = { day(2025, 4, 1), day(2026, 3, 31) };
    assert_true(training_refresher_met(day(2024, 4, 10), year));
    assert_true(training_refresher_met(day(2024, 3, 31), year));
    assert_false(training_refresher_met(day(2024, 3, 30), year));
    assert_false(training_refresher_met(day(2026, 4, 1), year));
    assert_false(training_refresher_met(INTEGER_MISSING, year));
    assert_true(training_refresher_counts(day(2020, 1, 1), INTEGER_MISSING, year));
    assert_true(training_refresher_counts(INTEGER_MISSING, INTEGER_MISSING, year));
    assert_false(training_refresher_counts(day(2026, 2, 4), INTEGER_MISSING, year));
    assert_true(training_refresher_counts(day(2026, 2, 3), INTEGER_MISSING, year));
    assert_false(training_refresher_counts(day(2020, 1, 1), day(2026, 3, 30), year));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_starter_counts_on_day_56),
        cmocka_unit_test(a_refresher_lasts_two_years),
    };
    return cmocka_run_group_tests_name("stats/training", tests, NULL, NULL);
}
