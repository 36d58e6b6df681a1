/* Which addresses are asked, and which are not. */
#include "service/fetch.h"

#include "support/support.h"

static void tls_and_loopback_are_asked(void **state)
{
    static const char *const good[] = { "https://idp.example/.well-known/openid-configuration",
                                        "https://idp.example:8443/a?b=c&d=e",
                                        "http://127.0.0.1:4000/keys", "http://localhost/keys" };
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(fetch_is_allowed(good[i]));
}

static void nothing_else_is(void **state)
{
    static const char *const wrong[] = {
        "",
        "idp.example",
        "http://idp.example/",
        "HTTPS://idp.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:25/",
        "ftp://127.0.0.1/",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "http://127.0.0.1@evil.example/",
        "https://idp.example@evil.example/",
        "https://idp.example/ HTTP/1.1",
        "https://idp.example/\r\nX: y",
        " https://idp.example/",
    };
    struct work work = support_work();
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        json_t *object = NULL;
        assert_false(fetch_is_allowed(wrong[i]));
        assert_int_equal(fetch_json(&work, &(struct fetch){ .address = wrong[i] }, &object),
                         STATUS_STORAGE);
        assert_null(object);
        work_forget(&work);
    }
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tls_and_loopback_are_asked),
        cmocka_unit_test(nothing_else_is),
    };
    return cmocka_run_group_tests_name("service/fetch", tests, NULL, NULL);
}
