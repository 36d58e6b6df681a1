/* Money as payrolls write it, and dates whose order the whole column decides. */
#include "codec/money.h"

#include <string.h>

#include "codec/date_column.h"
#include "support/support.h"

static void money_in_practice_is_read(void **state)
{
    static const struct {
        const char *text;
        int64_t amount;
        enum money_period period;
    } expected[] = {
        { "$69,222.18", 69222180000, MONEY_PERIOD_UNSAID },
        { "\xC2\xA3"
          "25k pa",
          25000000000, MONEY_PER_YEAR },
        { "121862.0", 121862000000, MONEY_PERIOD_UNSAID },
        { " 69222.18  ", 69222180000, MONEY_PERIOD_UNSAID },
        { "69222.18\xC2\xA0", 69222180000, MONEY_PERIOD_UNSAID },
        { "\xC2\xA3 1,234,567", 1234567000000, MONEY_PERIOD_UNSAID },
        { "69 222", 69222000000, MONEY_PERIOD_UNSAID },
        { "GBP 17.20 per hour", 17200000, MONEY_PER_HOUR },
        { "17.2/hr", 17200000, MONEY_PER_HOUR },
        { "2500 pcm", 2500000000, MONEY_PER_MONTH },
        { "500pw", 500000000, MONEY_PER_WEEK },
        { "(1,200.00)", -1200000000, MONEY_PERIOD_UNSAID },
        { "-12.5", -12500000, MONEY_PERIOD_UNSAID },
        { "-\xC2\xA3"
          "12.5",
          -12500000, MONEY_PERIOD_UNSAID },
        { "0", 0, MONEY_PERIOD_UNSAID },
        { ".5", 500000, MONEY_PERIOD_UNSAID },
        { "15.", 15000000, MONEY_PERIOD_UNSAID },
        { "15.96946666666", 15969467, MONEY_PERIOD_UNSAID },
        { "15.9694664", 15969466, MONEY_PERIOD_UNSAID },
        { "1.5e4", 15000000000, MONEY_PERIOD_UNSAID },
        { "1.21862E+05", 121862000000, MONEY_PERIOD_UNSAID },
        { "30000 \xC2\xA3", 30000000000, MONEY_PERIOD_UNSAID },
    };
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct money money = { 0 };
        if (!money_read(slice_of(expected[i].text), &money) || money.amount != expected[i].amount ||
            money.period != expected[i].period)
            fail_msg("\"%s\" is read as %lld", expected[i].text, (long long)money.amount);
    }
}

static void what_is_no_amount_is_refused(void **state)
{
    static const char *const wrong[] = {
        "",       "25k-30k",       "1.234,56", "1,23",
        "1,2345", "twelve",        "12 34",    "--5",
        "(5",     "-(5)",          "$",        ".",
        "1e",     "1e99",          "5 apples", "12.3.4",
        "N/A",    "1000000000001", "k",        "99999999999999999999"
    };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct money money = { .amount = 7 };
        if (money_read(slice_of(wrong[i]), &money) || money.amount != 7)
            fail_msg("\"%s\" is read as %lld", wrong[i], (long long)money.amount);
    }
}

static void blanks_are_no_amounts(void **state)
{
    static const char *const blanks[] = { "", "  ", ".", "N/A", "null", "NULL ", "-", "#N/A" };
    (void)state;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        assert_true(money_is_blank(slice_of(blanks[i])));
    assert_false(money_is_blank(SLICE("0")));
}

static struct date_decision decide(const char *const *cells, size_t count)
{
    struct date_tally tally = { .latest_year = 2012 };
    for (size_t i = 0; i < count; i++)
        date_tally_add(&tally, slice_of(cells[i]), 1);
    return date_tally_decide(&tally);
}

static void the_column_decides_the_order(void **state)
{
    static const char *const british[] = { "03/04/1980", "31/12/1979", "", "1/2/85" };
    static const char *const american[] = { "03/04/1980", "12/31/1979", "", "1/2/85" };
    static const char *const either[] = { "03/04/1980", "01/02/1985" };
    static const char *const mixed[] = { "13/04/1980", "04/13/1980", "14/05/1980" };
    static const char *const iso[] = { "1980-04-03", "1980-04-13T00:00:00" };
    static const char *const words[] = { "3 Apr 80", "13-April-1980", "April 3, 1980",
                                         "3rd Sept 1999" };
    static const char *const compact[] = { "19800403" };
    static const char *const serial[] = { "29311", "29312.0" };
    (void)state;
    assert_int_equal(decide(british, 4).form, DATE_FORM_DAY_FIRST);
    assert_true(decide(british, 4).is_certain);
    assert_int_equal(decide(american, 4).form, DATE_FORM_MONTH_FIRST);
    assert_int_equal(decide(american, 4).unread, 0);
    assert_int_equal(decide(either, 2).form, DATE_FORM_DAY_FIRST);
    assert_false(decide(either, 2).is_certain);
    assert_int_equal(decide(mixed, 3).form, DATE_FORM_DAY_FIRST);
    assert_int_equal(decide(mixed, 3).unread, 1);
    assert_int_equal(decide(iso, 2).form, DATE_FORM_ISO);
    assert_int_equal(decide(iso, 2).unread, 0);
    assert_int_equal(decide(words, 4).form, DATE_FORM_WORDED);
    assert_int_equal(decide(words, 4).unread, 0);
    assert_int_equal(decide(compact, 1).form, DATE_FORM_COMPACT);
    assert_int_equal(decide(serial, 2).form, DATE_FORM_SERIAL);
}

static void dates_are_read_in_the_form_that_was_decided(void **state)
{
    static const struct {
        enum date_form form;
        const char *cell, *date; /* NULL: refused */
    } expected[] = {
        { DATE_FORM_DAY_FIRST, "03/04/1980", "1980-04-03" },
        { DATE_FORM_MONTH_FIRST, "03/04/1980", "1980-03-04" },
        { DATE_FORM_DAY_FIRST, "3.4.80", "1980-04-03" },
        { DATE_FORM_DAY_FIRST, "3-4-12", "2012-04-03" },
        { DATE_FORM_DAY_FIRST, "3-4-13", "1913-04-03" },
        { DATE_FORM_DAY_FIRST, "31/04/1980", NULL },
        { DATE_FORM_DAY_FIRST, "3/4.80", NULL },
        { DATE_FORM_DAY_FIRST, "1980-04-03", NULL },
        { DATE_FORM_DAY_FIRST, "3/4", NULL },
        { DATE_FORM_DAY_FIRST, "3/4/5/6", NULL },
        { DATE_FORM_DAY_FIRST, "03/04/1980 13:45", "1980-04-03" },
        { DATE_FORM_ISO, "1980/4/3", "1980-04-03" },
        { DATE_FORM_ISO, "80-04-03", NULL },
        { DATE_FORM_WORDED, "29 February 1981", NULL },
        { DATE_FORM_WORDED, "31-Mar-80", "1980-03-31" },
        { DATE_FORM_SERIAL, "29311", "1980-03-31" },
        { DATE_FORM_SERIAL, "1980", "1905-06-02" },
        { DATE_FORM_COMPACT, "19800331", "1980-03-31" },
        { DATE_FORM_COMPACT, "31031980", NULL },
    };
    struct work work = support_work();
    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct date date = { 0 };
        bool read = date_read_as(expected[i].form, 2012, slice_of(expected[i].cell), &date);
        if (read != (expected[i].date != NULL) ||
            (read && strcmp(date_print(work.arena, date), expected[i].date) != 0))
            fail_msg("%s is read as %s", expected[i].cell,
                     read ? date_print(work.arena, date) : "nothing");
    }
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_in_practice_is_read),
        cmocka_unit_test(what_is_no_amount_is_refused),
        cmocka_unit_test(blanks_are_no_amounts),
        cmocka_unit_test(the_column_decides_the_order),
        cmocka_unit_test(dates_are_read_in_the_form_that_was_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
