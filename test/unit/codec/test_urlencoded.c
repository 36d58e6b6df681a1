/* Forms: decoding, limits, refusals, and that what is written is read back. */
#include "codec/urlencoded.h"

#include <string.h>

#include "support/support.h"

static void pairs_are_decoded(void **state)
{
    (void)state;
    struct work work = support_work();
    struct urlencoded form;
    struct slice value;
    assert_int_equal(urlencoded_read(&work, SLICE("a=1+2&b=%C3%A9%3D&&c&a=3&=x"), NULL, &form),
                     STATUS_OK);
    assert_int_equal(form.count, 5);
    assert_true(urlencoded_find(&form, "a", &value));
    assert_true(slice_is(value, "1 2"));
    assert_true(urlencoded_find(&form, "b", &value));
    assert_true(slice_is(value, "\xC3\xA9="));
    assert_true(urlencoded_find(&form, "c", &value));
    assert_int_equal(value.length, 0);
    assert_true(slice_is(form.pairs[3].value, "3"));
    assert_false(urlencoded_find(&form, "d", &value));
    assert_int_equal(urlencoded_read(&work, SLICE(""), NULL, &form), STATUS_OK);
    assert_int_equal(form.count, 0);
    support_work_end(&work);
}

static void refuse(const char *bytes, size_t length, const struct urlencoded_limits *limits,
                   enum status expected)
{
    struct work work = support_work();
    struct urlencoded form = { .count = 99 };
    struct slice slice = { bytes, length };
    assert_int_equal(urlencoded_read(&work, slice, limits, &form), expected);
    assert_int_equal(form.count, 99);
    assert_true(strlen(work.error) > 0);
    support_work_end(&work);
}

static void bad_input_is_refused(void **state)
{
    (void)state;
    const char *const texts[] = { "a=%",   "a=%4",  "a=%g1", "%zz=1",
                                  "a=%00", "a=%FF", "a=%C3", "a=\xFF" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        refuse(texts[i], strlen(texts[i]), NULL, STATUS_INPUT);
    refuse("a=\0", 3, NULL, STATUS_INPUT);
}

static void limits_hold(void **state)
{
    (void)state;
    struct urlencoded_limits limits = {
        .most_bytes = 12, .most_pairs = 2, .longest_name = 3, .longest_value = 4
    };
    refuse("abcd=1", 6, &limits, STATUS_LIMIT);
    refuse("a=12345", 7, &limits, STATUS_LIMIT);
    refuse("a=1&b=2&c=3", 11, &limits, STATUS_LIMIT);
    refuse("a=1234&b=1234", 13, &limits, STATUS_LIMIT);
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct work work = support_work();
    for (int byte = 1; byte < 128; byte++) {
        char value[] = { 'x', (char)byte, 'y', '\0' };
        struct text text = text_new(work.arena, 100);
        urlencoded_add(&text, value, slice_of(value));
        urlencoded_add(&text, "caf\xC3\xA9", SLICE("\xE2\x82\xAC 5"));
        struct urlencoded form;
        struct slice found;
        assert_int_equal(urlencoded_read(&work, text_slice(&text), NULL, &form), STATUS_OK);
        assert_int_equal(form.count, 2);
        assert_true(urlencoded_find(&form, value, &found));
        assert_true(slice_is(found, value));
        assert_true(urlencoded_find(&form, "caf\xC3\xA9", &found));
        assert_true(slice_is(found, "\xE2\x82\xAC 5"));
    }
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_decoded),
        cmocka_unit_test(bad_input_is_refused),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(what_is_written_is_read),
    };
    return cmocka_run_group_tests_name("codec/urlencoded", tests, NULL, NULL);
}
