/* Words: cleaning and width. */
#include "document/words.h"

#include <string.h>

#include "support/support.h"

static void width_counts_columns(void **state)
{
    (void)state;
    assert_int_equal(words_width(SLICE("")), 0);
    assert_int_equal(words_width(SLICE("Si\xc3\xa2n")), 4);
    assert_int_equal(words_width(SLICE("Sia\xcc\x82n")), 4);
    assert_int_equal(words_width(SLICE("\xe7\x94\xb7\xe5\xa5\xb3")), 4);
    assert_int_equal(words_width(SLICE("\xe2\x80\x93")), 1);
}

static void a_start_fits(void **state)
{
    (void)state;
    assert_int_equal(words_fit(SLICE("abcd"), 3), 3);
    assert_int_equal(words_fit(SLICE("ab"), 3), 2);
    assert_int_equal(words_fit(SLICE("\xe7\x94\xb7\xe5\xa5\xb3"), 3), 3);
    assert_int_equal(words_fit(SLICE("\xe7\x94\xb7\xe5\xa5\xb3"), 1), 3);
    assert_int_equal(words_fit(SLICE("a\xcc\x82"
                                     "b"),
                               1),
                     3);
}

/* Whatever bytes come in, what is kept is UTF-8 without control characters, and stays as it is when
 * cleaned again. */
static void any_bytes_become_words(void **state)
{
    (void)state;
    struct work work = support_work();
    uint32_t seed = 12345;
    for (int round = 0; round < 2000; round++) {
        char bytes[24] = { 0 };
        for (size_t i = 0; i < sizeof bytes - 1; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(seed >> 24 | (i % 3 ? 0x80u : 0u));
            bytes[i] = bytes[i] ? bytes[i] : ' ';
        }
        char *words = words_copy(work.arena, bytes);
        assert_true(slice_is_utf8(slice_of(words)));
        for (const char *c = words; *c; c++)
            assert_false((unsigned char)*c < ' ' || *c == 0x7f);
        assert_string_equal(words_copy(work.arena, words), words);
        assert_true(words_width(slice_of(words)) >= 0);
    }
    assert_null(words_copy(work.arena, NULL));
    assert_string_equal(words_copy(work.arena, "ends early \xe2\x82"),
                        "ends early \xef\xbf\xbd\xef\xbf\xbd");
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(width_counts_columns),
        cmocka_unit_test(a_start_fits),
        cmocka_unit_test(any_bytes_become_words),
    };
    return cmocka_run_group_tests_name("document/words", tests, NULL, NULL);
}
