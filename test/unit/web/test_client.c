/* What the headers of a proxy and of a browser say: where a request came from, and which
 * compressions are read. */
#include "web/http/client.h"

#include "support/support.h"
#include "web/http/accepted.h"

static void the_proxys_own_word_counts(void **state)
{
    static const char *const cases[][2] = {
        { "192.0.2.7", "192.0.2.7" },
        { "1.2.3.4, 192.0.2.7", "192.0.2.7" },
        { " 1.2.3.4 ,\t192.0.2.7 ", "192.0.2.7" },
        { "evil, 192.0.2.7", "192.0.2.7" },
        { "192.0.2.7:55123", "192.0.2.7" },
        { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64" },
        { "2001:db8:1:2::9", "2001:db8:1:2::/64" },
        { "[2001:db8:1:2::9]:443", "2001:db8:1:2::/64" },
        { "::ffff:192.0.2.7", "192.0.2.7" },
        { "::1", "::/64" },
    };
    static const char *const none[] = { "",           "unknown",     "192.0.2.7, unknown",
                                        "192.0.2",    "192.0.2.256", "192.0.2.7,",
                                        "[2001:db8:", "_hidden",     "192.0.2.7 1.2.3.4" };
    struct work work = support_work();
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(client_of(work.arena, slice_of(cases[i][0])), cases[i][1]);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        if (client_of(work.arena, slice_of(none[i])))
            fail_msg("%s is no address", none[i]);
    support_work_end(&work);
}

static void compressions_are_taken_as_named(void **state)
{
    static const struct {
        const char *header;
        bool brotli, gzip;
    } cases[] = {
        { "gzip, deflate, br", true, true },
        { "", false, false },
        { "GZIP", false, true },
        { "br;q=0, gzip;q=0.1", false, true },
        { "br ; q=1.0,gzip; q=0.000", true, false },
        { "*", false, false },
        { "brotli, gzipped", false, false },
        { ",,br", true, false },
        { "identity;q=1, *;q=0", false, false },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(accepted(slice_of(cases[i].header), "br"), cases[i].brotli);
        assert_int_equal(accepted(slice_of(cases[i].header), "gzip"), cases[i].gzip);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_proxys_own_word_counts),
        cmocka_unit_test(compressions_are_taken_as_named),
    };
    return cmocka_run_group_tests_name("web/client", tests, NULL, NULL);
}
