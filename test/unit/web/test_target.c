/* Targets of requests: decoding, and what is refused. */
#include "web/http/target.h"

#include <string.h>

#include "base/text.h"
#include "support/support.h"

static int read_target(struct work *work, const char *target, struct request *out_request)
{
    *out_request = (struct request){ .accept = "" };
    return target_read(work->arena, slice_of(target), out_request);
}

static void paths_and_queries_are_decoded(void **state)
{
    (void)state;
    struct work work = support_work();
    struct request request;
    assert_int_equal(read_target(&work, "/", &request), 0);
    assert_int_equal(request.segment_count, 0);
    assert_int_equal(read_target(&work, "/a/b%20c/%C3%A2?x=1+2&y=%26&&z", &request), 0);
    assert_int_equal(request.segment_count, 3);
    assert_string_equal(request.segments[1], "b c");
    assert_string_equal(request.segments[2], "\xC3\xA2");
    assert_string_equal(request_query(&request, "x"), "1 2");
    assert_string_equal(request_query(&request, "y"), "&");
    assert_string_equal(request_query(&request, "z"), "");
    assert_null(request_query(&request, "w"));
    assert_false(request.ends_in_slash);
    assert_int_equal(read_target(&work, "/a/", &request), 0);
    assert_int_equal(request.segment_count, 1);
    assert_true(request.ends_in_slash);
    support_work_end(&work);
}

static void what_no_browser_sends_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",          "a",           "http://other/", "*",         "//a",          "/a//b",
        "/..",       "/a/../b",     "/./a",          "/%2e%2e/a", "/a%2fb",       "/a%5Cb",
        "/%00",      "/a%",         "/a%2",          "/a%zz",     "/a\\b",        "/a#b",
        "/a b",      "/%c0%ae",     "/%ff",          "/a%0ab",    "/?a=%00",      "/?a=%1f",
        "/?a=1&a=2", "/?a=1&%61=2", "/\xC3\xA2",     "/a\x7F",    "/?=%ED%A0%80", "/%7f",
    };
    struct work work = support_work();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct request request;
        if (read_target(&work, bad[i], &request) != 400)
            fail_msg("%s was not refused", bad[i]);
    }
    support_work_end(&work);
}

static void sizes_have_limits(void **state)
{
    (void)state;
    struct work work = support_work();
    struct request request;
    char *longest = arena_take(work.arena, REQUEST_TARGET_MOST + 2);
    memset(longest, 'a', REQUEST_TARGET_MOST + 1);
    longest[0] = '/';
    assert_int_equal(read_target(&work, longest, &request), 414);
    longest[REQUEST_TARGET_MOST] = '\0';
    assert_int_equal(read_target(&work, longest, &request), 0);
    struct text many = text_new(work.arena, REQUEST_TARGET_MOST);
    for (int i = 0; i < REQUEST_SEGMENTS_MOST; i++)
        text_add(&many, "/a");
    assert_int_equal(read_target(&work, many.bytes, &request), 0);
    text_add(&many, "/a");
    assert_int_equal(read_target(&work, many.bytes, &request), 400);
    text_cut(&many, 2);
    text_add(&many, "?");
    for (int i = 0; i <= REQUEST_QUERY_MOST; i++)
        text_add_format(&many, "a%d=1&", i);
    assert_int_equal(read_target(&work, many.bytes, &request), 400);
    support_work_end(&work);
}

static void cookies_that_are_there_twice_are_none(void **state)
{
    (void)state;
    struct work work = support_work();
    struct request request = { .cookie = "a=1; b=2;c=x=y; a=3" };
    assert_string_equal(request_cookie(work.arena, &request, "b"), "2");
    assert_string_equal(request_cookie(work.arena, &request, "c"), "x=y");
    assert_null(request_cookie(work.arena, &request, "a"));
    assert_null(request_cookie(work.arena, &request, "d"));
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_and_queries_are_decoded),
        cmocka_unit_test(what_no_browser_sends_is_refused),
        cmocka_unit_test(sizes_have_limits),
        cmocka_unit_test(cookies_that_are_there_twice_are_none),
    };
    return cmocka_run_group_tests_name("web/http/target", tests, NULL, NULL);
}
