/* The period in a label, and the words that are left: the same every quarter. */
#include "service/scorecard_label.h"

#include <string.h>

#include "support/support.h"

/* "2012 quarter 2 | words", "year 2012 | words", "| words". */
static const char *read(const char *text, bool only_whole)
{
    static const char *const kinds[] = {
        [PERIOD_HALF] = "half", [PERIOD_QUARTER] = "quarter", [PERIOD_MONTH] = "month"
    };
    struct scorecard_label label = scorecard_label_read(shared_work.arena, slice_of(text),
                                                        only_whole);
    if (label.time == SCORECARD_YEAR)
        return arena_format(shared_work.arena, "year %d | %s", label.year, label.words);
    if (label.time == SCORECARD_PERIOD)
        return arena_format(shared_work.arena, "%d %s %d | %s", label.year, kinds[label.kind],
                            label.number, label.words);
    return arena_format(shared_work.arena, "| %s", label.words);
}

static void periods_are_cut_out(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        { "Q2 2012/13 Actual", "2012 quarter 2 | * actual" },
        { "Actual (Qtr 2)", "0 quarter 2 | actual *" },
        { "Quarter 3 12/13", "2012 quarter 3 | *" },
        { "2012/13 Q1", "2012 quarter 1 | *" },
        { "Q1 of 2012-13: RAG", "2012 quarter 1 | * rag" },
        { "Q4 2012", "2012 quarter 4 | *" },
        { "Jun-12", "2012 month 6 | *" },
        { "Actual June 2012", "2012 month 6 | actual *" },
        { "April", "0 month 4 | *" },
        { "H1 2012/13", "2012 half 1 | *" },
        { "Half 2", "0 half 2 | *" },
        { "Target 2012/13", "year 2012 | target *" },
        { "2012-2013", "year 2012 | *" },
        { "Comments", "| comments" },
        { "Q5 actual", "| q5 actual" },
        { "2012/14", "| 2012 14" },
        { "", "| " },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(read(pairs[i][0], false), pairs[i][1]);
}

static void names_of_measures_keep_their_numbers(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        { "16-18 year olds in education", "| 16 18 year olds in education" },
        { "16/17 year olds in care", "| 16 17 year olds in care" },
        { "Staff survey 2012/13", "| staff survey 2012 13" },
        { "Quarter 2", "0 quarter 2 | *" },
        { "Apr-12", "2012 month 4 | *" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(read(pairs[i][0], true), pairs[i][1]);
    assert_string_equal(read("16-17 year olds: actual", false), "| 16 17 year olds actual");
}

static bool is(const char *text, struct period period, int year)
{
    struct scorecard_label label = scorecard_label_read(shared_work.arena, slice_of(text), false);
    return scorecard_label_is(&label, period, year, 4);
}

static void a_year_that_is_not_said_is_the_sheet_s(void **state)
{
    (void)state;
    const struct period quarter = { PERIOD_QUARTER, 2012, 4 }, month = { PERIOD_MONTH, 2013, 1 };
    assert_true(is("Q4", quarter, 0));
    assert_true(is("Q4", quarter, 2012));
    assert_false(is("Q4", quarter, 2011));
    assert_true(is("Q4 2012/13", quarter, 0));
    assert_false(is("Q4 2011/12", quarter, 0));
    assert_false(is("Q3", quarter, 2012));
    assert_false(is("Comments", quarter, 2012));
    /* January belongs to the reporting year that began before it. */
    assert_true(is("January", month, 2012));
    assert_false(is("January", month, 2013));
    assert_true(is("Jan-13", month, 0));
}

static void long_labels_are_cut_between_characters(void **state)
{
    (void)state;
    char text[2 * SCORECARD_LONGEST_WORDS + 1];
    for (size_t i = 0; i < sizeof text - 1; i += 2)
        memcpy(text + i, "\xC5\xB5", 2); /* w with a circumflex */
    text[sizeof text - 1] = '\0';
    text[0] = 'a';
    text[1] = 'b';
    struct scorecard_label label = scorecard_label_read(shared_work.arena, slice_of(text), false);
    assert_true(strlen(label.words) <= SCORECARD_LONGEST_WORDS);
    assert_true(strlen(label.words) >= SCORECARD_LONGEST_WORDS - 1);
    assert_true(slice_is_utf8(slice_of(label.words)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_are_cut_out),
        cmocka_unit_test(names_of_measures_keep_their_numbers),
        cmocka_unit_test(a_year_that_is_not_said_is_the_sheet_s),
        cmocka_unit_test(long_labels_are_cut_between_characters),
    };
    return cmocka_run_group_tests_name("service/scorecard_label", tests, support_begin,
                                       support_end);
}
