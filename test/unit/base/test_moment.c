/* Moments as text and as seconds. */
#include "base/moment.h"

#include "support/support.h"

static void moments_are_read_and_printed(void **state)
{
    struct work work = support_work();
    static const struct {
        const char *text;
        int64_t seconds;
    } moments[] = { { "1970-01-01T00:00:00Z", 0 },
                    { "1969-12-31T23:59:59Z", -1 },
                    { "2000-02-29T12:00:00Z", 951825600 },
                    { "2038-01-19T03:14:08Z", INT64_C(2147483648) } };
    (void)state;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        int64_t seconds = 77;
        assert_true(moment_read(moments[i].text, &seconds));
        assert_int_equal(seconds, moments[i].seconds);
        assert_string_equal(moment_print(work.arena, seconds), moments[i].text);
    }
    assert_string_equal(moment_after(work.arena, "2026-12-31T23:59:59Z", 1),
                        "2027-01-01T00:00:00Z");
    assert_string_equal(moment_print_mail(work.arena, "2026-11-05T09:05:07Z"),
                        "Thu, 05 Nov 2026 09:05:07 +0000");
    assert_string_equal(moment_print_long(work.arena, "2026-11-05T09:05:00Z"),
                        "5 November 2026, 09:05");
    support_work_end(&work);
}

static void what_is_no_moment_is_refused(void **state)
{
    static const char *const wrong[] = { NULL,
                                         "",
                                         "2026-11-25",
                                         "2026-11-25T12:00:00",
                                         "2026-11-25 12:00:00Z",
                                         "2026-02-30T12:00:00Z",
                                         "2026-11-25T24:00:00Z",
                                         "2026-11-25T12:60:00Z",
                                         "2026-11-25T12:00:60Z",
                                         "2026-11-25T1a:00:00Z",
                                         "2026-11-25T12:00:00ZZ" };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t seconds = 77;
        assert_false(moment_read(wrong[i], &seconds));
        assert_int_equal(seconds, 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_read_and_printed),
        cmocka_unit_test(what_is_no_moment_is_refused),
    };
    return cmocka_run_group_tests_name("base/moment", tests, NULL, NULL);
}
