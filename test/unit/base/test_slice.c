/* Slices: what is a blank at their ends, and what is not. */
#include "base/slice.h"

#include "support/support.h"

static void blanks_at_both_ends_go(void **state)
{
    (void)state;
    const struct {
        struct slice given;
        const char *trimmed;
    } rows[] = {
        { SLICE(""), "" },
        { SLICE(" \t\r\n\v\f"), "" },
        { SLICE("plain"), "plain" },
        { SLICE("  two words\r\n"), "two words" },
        { SLICE("\xC2\xA0 a \xC2\xA0\xC2\xA0"), "a" },
        { SLICE("\xC2"), "\xC2" },           /* half of a character is no blank */
        { SLICE("\xA0x"), "\xA0x" },         /* nor is its other half */
        { SLICE("x\xC3\xA0"), "x\xC3\xA0" }, /* an "à" ends like one */
        { SLICE("\xC2\xA3"
                "5"),
          "\xC2\xA3"
          "5" } /* a pound sign begins like one */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true(slice_is(slice_trim(rows[i].given), rows[i].trimmed));
    struct slice nul = slice_trim(SLICE("\0a\0"));
    assert_int_equal(nul.length, 3);
}

static void parts_come_one_after_the_other(void **state)
{
    (void)state;
    struct slice rest = SLICE("a,,b"), part;
    assert_true(slice_split(&rest, ',', &part) && slice_is(part, "a"));
    assert_true(slice_split(&rest, ',', &part) && part.length == 0);
    assert_true(slice_split(&rest, ',', &part) && slice_is(part, "b"));
    assert_false(slice_split(&rest, ',', &part));
}

static void numbers_are_whole_and_fit(void **state)
{
    (void)state;
    int64_t number = 0;
    assert_true(slice_integer(SLICE("-12"), &number) && number == -12);
    assert_true(slice_integer(SLICE("9223372036854775807"), &number) && number == INT64_MAX);
    assert_false(slice_integer(SLICE("9223372036854775808"), &number));
    assert_false(slice_integer(SLICE("1.5"), &number));
    assert_false(slice_integer(SLICE(""), &number));
}

static void a_character_is_not_cut(void **state)
{
    (void)state;
    static const struct {
        const char *given;
        size_t most, length;
    } rows[] = { { "", 3, 0 },           { "abc", 3, 3 },        { "abcd", 3, 3 },
                 { "ab\xC3\xA9", 3, 2 }, { "ab\xC3\xA9", 4, 4 }, { "\xF0\x9F\x99\x82", 3, 0 } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(slice_first_whole(slice_of(rows[i].given), rows[i].most).length,
                         rows[i].length);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_at_both_ends_go),
        cmocka_unit_test(parts_come_one_after_the_other),
        cmocka_unit_test(numbers_are_whole_and_fit),
        cmocka_unit_test(a_character_is_not_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
