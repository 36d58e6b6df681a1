/* The days of a return: counted from the period's end, and moved only where a return opened late
 * would have too few left. */
#include "service/return_calendar.h"

#include <string.h>

#include "base/arena.h"
#include "support/support.h"

static const struct period quarter = { PERIOD_QUARTER, 2012, 2 };

/* The days of Quarter 2 2012/13 opened on that day: due, remind, remind late, locks. */
static const char *days(const char *today)
{
    struct return_calendar calendar;
    struct date date;
    assert_true(date_read(slice_of(today), &date));
    assert_int_equal(return_calendar_load(&shared_work, quarter, 4, &calendar), STATUS_OK);
    return_calendar_open(&calendar, date);
    return arena_format(shared_work.arena, "%s %s %s %s",
                        date_print(shared_work.arena, calendar.due),
                        date_print(shared_work.arena, calendar.remind),
                        date_print(shared_work.arena, calendar.remind_late),
                        date_print(shared_work.arena, calendar.locks));
}

static void days_count_from_the_period_s_end(void **state)
{
    (void)state;
    const char *usual = "2012-10-31 2012-10-24 2012-11-04 2012-11-28";
    assert_string_equal(days("2012-10-01"), usual);
    assert_string_equal(days("2012-08-01"), usual);
    assert_string_equal(days("2012-10-09"), usual);
    assert_string_equal(days("2012-10-17"), usual);
}

static void a_return_opened_too_late_has_its_least_days(void **state)
{
    (void)state;
    assert_string_equal(days("2012-10-18"), "2012-11-01 2012-10-25 2012-11-05 2012-11-29");
    assert_string_equal(days("2012-12-25"), "2013-01-08 2013-01-01 2013-01-12 2013-02-05");
}

static void every_kind_that_is_returned_has_days_that_follow(void **state)
{
    (void)state;
    static const struct period periods[] = { { PERIOD_YEAR, 2012, 0 },
                                             { PERIOD_HALF, 2012, 1 },
                                             { PERIOD_MONTH, 2012, 4 } };
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        struct return_calendar calendar;
        assert_int_equal(return_calendar_load(&shared_work, periods[i], 4, &calendar), STATUS_OK);
        assert_true(date_compare(calendar.opens, calendar.remind) < 0);
        assert_true(date_compare(calendar.remind, calendar.due) < 0);
        assert_true(date_compare(calendar.due, calendar.remind_late) < 0);
        assert_true(date_compare(calendar.remind_late, calendar.locks) < 0);
    }
    struct return_calendar none;
    assert_int_equal(
        return_calendar_load(&shared_work, (struct period){ PERIOD_WEEK, 2012, 3 }, 4, &none),
        STATUS_INPUT);
    assert_non_null(strstr(shared_work.error, "there is no row for a week"));
    work_forget(&shared_work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_count_from_the_period_s_end),
        cmocka_unit_test(a_return_opened_too_late_has_its_least_days),
        cmocka_unit_test(every_kind_that_is_returned_has_days_that_follow),
    };
    return cmocka_run_group_tests_name("service/return_calendar", tests, support_begin,
                                       support_end);
}
