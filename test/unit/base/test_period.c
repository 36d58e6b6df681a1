/* Periods: notation, words, days, order. */
#include "base/period.h"

#include "support/support.h"

static struct period read(const char *words)
{
    struct period period = { 0 };
    assert_true(period_read_worded(slice_of(words), &period));
    return period;
}

static void notation_goes_round(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const texts[] = { "2012-13",  "2012-13-H1", "2012-13-Q4", "2012-04",
                                  "2012-W14", "1999-00",    "2020-W53" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_string_equal(period_print(work.arena, read(texts[i])), texts[i]);
    support_work_end(&work);
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    const char *const texts[] = { "",           "2012",      "2012-14",    "2012-13-Q5",
                                  "2012-13-H3", "2012-W54",  "2021-W53",   "2012-00",
                                  "2012-13-",   "2012-13Q1", "Q5 2012/13", "Half 3 2012/13",
                                  "2012/14",    "0000-01",   "201x-04" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct period period;
        assert_false(period_read_worded(slice_of(texts[i]), &period));
    }
}

static void words_are_read(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *const pairs[][2] = {
        { "Q1 2012/13", "2012-13-Q1" },     { "Quarter 3 2024-25", "2024-25-Q3" },
        { "2012/13 Q2", "2012-13-Q2" },     { "FY 2021-22", "2021-22" },
        { "2012/2013", "2012-13" },         { "April 2012", "2012-04" },
        { "Sept 2012", "2012-09" },         { " quarter 1 of 2012/13 ", "2012-13-Q1" },
        { "Half 2 2012/13", "2012-13-H2" }, { "H1 2012/13", "2012-13-H1" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(period_print(work.arena, read(pairs[i][0])), pairs[i][1]);
    support_work_end(&work);
}

static void days_follow_the_reporting_year(void **state)
{
    (void)state;
    struct work work = support_work();
    struct arena *arena = work.arena;
    assert_string_equal(date_print(arena, period_last_day(read("2012-13-Q1"), 4)), "2012-06-30");
    assert_string_equal(date_print(arena, period_first_day(read("2012-13-Q4"), 4)), "2013-01-01");
    assert_string_equal(date_print(arena, period_last_day(read("2012-13"), 4)), "2013-03-31");
    assert_string_equal(date_print(arena, period_last_day(read("2012-13"), 9)), "2013-08-31");
    assert_string_equal(date_print(arena, period_first_day(read("2012-W14"), 4)), "2012-04-02");
    assert_string_equal(period_print(arena, period_previous(read("2012-13-Q1"))), "2011-12-Q4");
    assert_string_equal(period_print(arena, period_previous(read("2021-W01"))), "2020-W53");
    assert_string_equal(period_print(arena, period_next(read("2012-13-Q4"))), "2013-14-Q1");
    assert_string_equal(period_print(arena, period_next(read("2012-13-Q1"))), "2012-13-Q2");
    assert_string_equal(period_print(arena, period_next(read("2012-13"))), "2013-14");
    assert_string_equal(period_print(arena, period_next(read("2012-12"))), "2013-01");
    assert_string_equal(period_print(arena, period_next(read("2020-W52"))), "2020-W53");
    assert_string_equal(period_print(arena, period_next(read("2020-W53"))), "2021-W01");
    assert_string_equal(period_print(arena, period_year_of(read("2013-02"), 4)), "2012-13");
    assert_int_equal(period_months_gone(read("2012-13-Q3"), 4), 9);
    assert_int_equal(period_months_gone(read("2012-13-Q1"), 9), 3);
    assert_int_equal(period_months_gone(read("2012-13"), 9), 12);
    assert_int_equal(period_months_gone(read("2012-09"), 9), 1);
    assert_int_equal(period_months_gone(read("2012-08"), 9), 12);
    support_work_end(&work);
}

/* By the last day, and of those that end together the shorter first. */
static void periods_have_an_order(void **state)
{
    (void)state;
    const char *const texts[] = { "2012-06",    "2012-13-Q1", "2012-W30", "2012-13-H1",
                                  "2012-13-Q4", "2012-13-H2", "2012-13",  "2013-04" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            int order = period_compare(read(texts[i]), read(texts[k]), 4);
            if ((order > 0) - (order < 0) != (i > k) - (i < k))
                fail_msg("%s beside %s: %d", texts[i], texts[k], order);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notation_goes_round),   cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(words_are_read),        cmocka_unit_test(days_follow_the_reporting_year),
        cmocka_unit_test(periods_have_an_order),
    };
    return cmocka_run_group_tests_name("base/period", tests, NULL, NULL);
}
