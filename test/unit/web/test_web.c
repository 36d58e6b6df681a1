/* The whole server, in this process, over real sockets. */
#include "web/web.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "base/file.h"
#include "base/text.h"
#include "support/support.h"
#include "web/routes.h"

enum { ANSWER_MOST = 1 << 20, WAIT = 5000 /* milliseconds */ };

struct fixture {
    struct work work;
    struct web *web;
    int port;
};

static struct web_options options(void)
{
    return (struct web_options){
        .listen = "127.0.0.1", .threads = 2, .is_quiet = true, .is_strict = true
    };
}

static int start(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    assert_non_null(fixture);
    fixture->work = support_work();
    struct web_options given = options();
    const char *address = NULL;
    if (web_start(&fixture->work, &given, &fixture->web, &address) != STATUS_OK)
        fail_msg("%s", fixture->work.error);
    assert_int_equal(sscanf(address, "http://127.0.0.1:%d/", &fixture->port), 1);
    *state = fixture;
    return 0;
}

static int stop(void **state)
{
    struct fixture *fixture = *state;
    web_stop(fixture->web);
    support_work_end(&fixture->work);
    free(fixture);
    return 0;
}

static int join(int port)
{
    int made = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(made >= 0);
    assert_int_equal(connect(made, (struct sockaddr *)&address, sizeof address), 0);
    return made;
}

/* Reads until the other end closes, or nothing comes for a while. */
static const char *read_all(struct work *work, int open, bool *out_closed)
{
    struct text text = text_new(work->arena, ANSWER_MOST);
    char bytes[4096];
    *out_closed = false;
    struct pollfd wanted = { .fd = open, .events = POLLIN };
    while (!*out_closed && poll(&wanted, 1, WAIT) == 1) {
        ssize_t count = read(open, bytes, sizeof bytes);
        if (count > 0)
            text_add_slice(&text, (struct slice){ bytes, (size_t)count });
        *out_closed = count <= 0;
    }
    return text.bytes;
}

static const char *ask_bytes(struct fixture *fixture, struct slice bytes)
{
    int open = join(fixture->port);
    bool is_closed = false;
    assert_true(send(open, bytes.start, bytes.length, MSG_NOSIGNAL) == (ssize_t)bytes.length);
    const char *answer = read_all(&fixture->work, open, &is_closed);
    close(open);
    assert_true(is_closed);
    return answer;
}

static const char *ask(struct fixture *fixture, const char *method, const char *target,
                       const char *headers)
{
    return ask_bytes(
        fixture,
        slice_of(arena_format(fixture->work.arena,
                              "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n",
                              method, target, headers)));
}

static int status_of(const char *answer)
{
    int status = 0;
    return sscanf(answer, "HTTP/1.%*d %d", &status) == 1 ? status : 0;
}

static const char *body_of(const char *answer)
{
    const char *body = strstr(answer, "\r\n\r\n");
    assert_non_null(body);
    return body + 4;
}

/* What follows `before` in the answer, up to a quote or the end of the line. */
static const char *part(struct fixture *fixture, const char *answer, const char *before)
{
    const char *at = strstr(answer, before);
    if (!at)
        fail_msg("there is no %s in %s", before, answer);
    at += strlen(before);
    return arena_copy(fixture->work.arena, at, strcspn(at, "\"\r\n"));
}

static void every_route_answers(void **state)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < route_count; i++) {
        assert_in_range(routes[i].right, RIGHT_PUBLIC, RIGHT_COUNT - 1);
        assert_non_null(routes[i].handle);
        assert_int_equal(routes[i].pattern[0], '/');
        if (strchr(routes[i].pattern, '{') || routes[i].method != REQUEST_GET ||
            !routes[i].needs_no_store)
            continue;
        const char *answer = ask(fixture, "GET", routes[i].pattern, "");
        assert_int_equal(status_of(answer), 200);
        assert_null(strstr(answer, "Set-Cookie"));
    }
}

static void pages_are_html_or_json(void **state)
{
    struct fixture *fixture = *state;
    const char *html = ask(fixture, "GET", "/", "Accept: text/html,*/*\r\n");
    assert_non_null(strstr(html, "Content-Type: text/html; charset=utf-8\r\n"));
    assert_non_null(strstr(html, "<title>Home"));
    assert_null(strstr(html, "<script>")); /* the policy lets no script within a page run */
    assert_null(strstr(html, " style="));
    const char *const asked[][2] = { { "/", "Accept: application/json\r\n" },
                                     { "/?format=json", "Accept: text/html\r\n" } };
    for (size_t i = 0; i < 2; i++) {
        const char *answer = ask(fixture, "GET", asked[i][0], asked[i][1]);
        assert_non_null(strstr(answer, "Content-Type: application/json\r\n"));
        json_t *json = json_loads(body_of(answer), 0, NULL);
        assert_string_equal(json_string_value(json_object_get(json, "title")), "Home");
        json_decref(json);
    }
}

static void head_is_get_without_a_body(void **state)
{
    struct fixture *fixture = *state;
    const char *get = ask(fixture, "GET", "/accessibility", "");
    const char *head = ask(fixture, "HEAD", "/accessibility", "");
    assert_int_equal(status_of(head), 200);
    assert_string_equal(body_of(head), "");
    assert_string_equal(part(fixture, get, "Content-Length: "),
                        part(fixture, head, "Content-Length: "));
}

static void answers_carry_the_guards_of_browsers(void **state)
{
    struct fixture *fixture = *state;
    static const char *const targets[] = { "/", "/none", "/assets/govuk.css", "/health", "/%00" };
    static const char *const headers[] = {
        "Content-Security-Policy: default-src 'none'; ",
        "frame-ancestors 'none'; base-uri 'none'",
        "Cross-Origin-Embedder-Policy: require-corp\r\n",
        "X-Content-Type-Options: nosniff\r\n",
        "Referrer-Policy: same-origin\r\n",
        "Permissions-Policy: ",
        "X-Frame-Options: DENY\r\n",
        "Cross-Origin-Opener-Policy: same-origin\r\n",
        "Cache-Control: ",
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const char *answer = ask(fixture, "GET", targets[i], "Origin: https://evil.example\r\n");
        for (size_t j = 0; j < sizeof headers / sizeof *headers; j++)
            if (!strstr(answer, headers[j]))
                fail_msg("%s lacks %s", targets[i], headers[j]);
        assert_null(strstr(answer, "Access-Control-Allow"));
    }
}

static void assets_are_kept_and_asked_for_anew(void **state)
{
    struct fixture *fixture = *state;
    const char *page = ask(fixture, "GET", "/", "");
    const char *target = part(fixture, page, "<link rel=\"stylesheet\" href=\"");
    const char *asset = ask(fixture, "GET", target, "");
    assert_int_equal(status_of(asset), 200);
    assert_non_null(strstr(asset, "Cache-Control: public, max-age=31536000, immutable\r\n"));
    assert_non_null(strstr(asset, "Content-Type: text/css; charset=utf-8\r\n"));
    assert_null(strstr(asset, "GDS Transport"));
    assert_null(strstr(asset, "crest"));
    const char *etag = part(fixture, asset, "ETag: \"");
    const char *same = arena_format(fixture->work.arena, "If-None-Match: \"%s\"\r\n", etag);
    assert_int_equal(status_of(ask(fixture, "GET", target, same)), 304);
    assert_int_equal(status_of(ask(fixture, "GET", target, "If-None-Match: \"other\"\r\n")), 200);
    const char *small = ask(fixture, "GET", target, "Accept-Encoding: gzip\r\n");
    assert_non_null(strstr(small, "Content-Encoding: gzip\r\n"));
    assert_true(atoi(part(fixture, small, "Content-Length: ")) * 3 <
                atoi(part(fixture, asset, "Content-Length: ")));
    const char *smallest = ask(fixture, "GET", target, "Accept-Encoding: gzip, br\r\n");
    assert_non_null(strstr(smallest, "Content-Encoding: br\r\n"));
    assert_true(atoi(part(fixture, smallest, "Content-Length: ")) <
                atoi(part(fixture, small, "Content-Length: ")));
    /* Other bytes have another tag. */
    assert_int_equal(
        status_of(ask(fixture, "GET", target,
                      arena_format(fixture->work.arena, "Accept-Encoding: br\r\n%s", same))),
        200);
    assert_string_equal(part(fixture, small, "Vary: "), "Accept-Encoding");
    assert_non_null(
        strstr(ask(fixture, "GET", "/assets/govuk.css", ""), "Cache-Control: no-cache"));
    assert_int_equal(status_of(ask(fixture, "GET", "/assets/none.css", "")), 404);
    assert_int_equal(status_of(ask(fixture, "GET", "/assets/", "")), 404);
}

static void what_is_not_there_is_said_plainly(void **state)
{
    struct fixture *fixture = *state;
    const char *missing = ask(fixture, "GET", "/<script>alert(1)</script>", "");
    assert_int_equal(status_of(missing), 400);
    missing = ask(fixture, "GET", "/no/such/page", "");
    assert_int_equal(status_of(missing), 404);
    assert_non_null(strstr(missing, "<h1 class=\"govuk-heading-l\">Page not found</h1>"));
    assert_null(strstr(missing, "such/page"));
    const char *json = ask(fixture, "GET", "/no?format=json", "");
    assert_non_null(strstr(json, "\"status\": 404"));
    const char *posted = ask(fixture, "POST", "/", "Content-Length: 0\r\n");
    assert_int_equal(status_of(posted), 405);
    assert_non_null(strstr(posted, "Allow: GET, HEAD\r\n"));
    assert_int_equal(status_of(ask(fixture, "GET", "/accessibility/", "")), 404);
    assert_int_equal(status_of(ask(fixture, "GET", "/?a=1&a=2", "")), 400);
}

/* Requests that two servers in a row could read differently, and such as no browser sends. */
static void requests_of_two_readings_are_refused(void **state)
{
    struct fixture *fixture = *state;
#define HEAD "GET / HTTP/1.1\r\nHost: a\r\n"
    const struct {
        struct slice bytes;
        int status; /* 0: any from 400 on, or nothing but the end */
    } cases[] = {
        { SLICE("GET / HTTP/1.1\r\n\r\n"), 400 },
        { SLICE(HEAD "Host: b\r\n\r\n"), 400 },
        { SLICE("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400 },
        { SLICE("GET / HTTP/1.1\r\nHost: u@b\r\n\r\n"), 400 },
        { SLICE("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"
                "\r\n1\r\na\r\n0\r\n\r\n"),
          400 },
        { SLICE("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
          400 },
        { SLICE("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na"), 400 },
        { SLICE("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\na"), 400 },
        { SLICE("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551619\r\n\r\na"), 0 },
        { SLICE("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\na"), 413 },
        { SLICE("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n"), 400 },
        { SLICE("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n"),
          400 },
        { SLICE("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"), 400 },
        { SLICE(HEAD "X : y\r\n\r\n"), 400 },
        { SLICE("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"), 405 },
        { SLICE("FOO / HTTP/1.1\r\nHost: a\r\n\r\n"), 405 },
        { SLICE("GET / HTTP/1.9\r\nHost: a\r\n\r\n"), 505 },
        { SLICE("GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { SLICE("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { SLICE("GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { SLICE("\x16\x03\x01\x02\r\n\r\n"), 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *answer = ask_bytes(fixture, cases[i].bytes);
        int status = status_of(answer);
        if (cases[i].status ? status != cases[i].status : status && status < 400)
            fail_msg("%s gave %d: %s", cases[i].bytes.start, status, answer);
    }
    struct text large = text_new(fixture->work.arena, ANSWER_MOST);
    text_add(&large, HEAD);
    for (int i = 0; i < 100; i++)
        text_add_format(&large, "X-%d: 1\r\n", i);
    text_add(&large, "\r\n");
    assert_int_equal(status_of(ask_bytes(fixture, text_slice(&large))), 431);
    text_cut(&large, 0);
    text_add(&large, HEAD "X: ");
    for (int i = 0; i < 60000; i++)
        text_add_character(&large, 'a');
    text_add(&large, "\r\n\r\n");
    assert_true(status_of(ask_bytes(fixture, text_slice(&large))) >= 400);
#undef HEAD
}

static void requests_follow_one_another(void **state)
{
    struct fixture *fixture = *state;
    int open = join(fixture->port);
    static const char *const request = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int i = 0; i < 3; i++) {
        char bytes[4096] = "";
        struct pollfd wanted = { .fd = open, .events = POLLIN };
        size_t length = 0;
        assert_true(send(open, request, strlen(request), MSG_NOSIGNAL) > 0);
        while (!strstr(bytes, "\"ok\"") && poll(&wanted, 1, WAIT) == 1) {
            ssize_t count = read(open, bytes + length, sizeof bytes - 1 - length);
            assert_true(count > 0);
            length += (size_t)count;
        }
        assert_int_equal(status_of(bytes), 200);
    }
    close(open);
}

static long now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* A client that sends a byte now and then is cut off all the same, and others are served. */
static void slow_clients_are_cut_off(void **state)
{
    (void)state;
    struct fixture slow = { .work = support_work() };
    struct web_options given = options();
    given.deadlines = (struct reaper_limits){ { 600, 600, 600 } };
    const char *address = NULL;
    assert_int_equal(web_start(&slow.work, &given, &slow.web, &address), STATUS_OK);
    assert_int_equal(sscanf(address, "http://127.0.0.1:%d/", &slow.port), 1);
    static const char *const starts[] = {
        "G", "GET / HTTP/1.1\r\nHost: a\r\nX: ",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\n"
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        int open = join(slow.port);
        bool is_cut = false;
        long begin = now();
        assert_true(send(open, starts[i], strlen(starts[i]), MSG_NOSIGNAL) > 0);
        while (!is_cut && now() - begin < WAIT) {
            struct pollfd wanted = { .fd = open, .events = POLLIN };
            char byte;
            if (poll(&wanted, 1, 100) == 1)
                is_cut = read(open, &byte, 1) <= 0;
            else
                is_cut = send(open, "a", 1, MSG_NOSIGNAL) <= 0;
        }
        assert_true(is_cut);
        assert_true(now() - begin >= 500);
        close(open);
        assert_int_equal(status_of(ask(&slow, "GET", "/health", "")), 200);
    }
    web_stop(slow.web);
    support_work_end(&slow.work);
}

static void a_busy_port_gives_way(void **state)
{
    struct fixture *fixture = *state;
    struct web_options given = options();
    struct web *web = NULL;
    const char *address = NULL;
    given.port = fixture->port;
    assert_int_equal(web_start(&fixture->work, &given, &web, &address), STATUS_STORAGE);
    assert_non_null(strstr(fixture->work.error, "in use"));
    work_forget(&fixture->work);
    given.may_move = true;
    assert_int_equal(web_start(&fixture->work, &given, &web, &address), STATUS_OK);
    int port = 0;
    assert_int_equal(sscanf(address, "http://127.0.0.1:%d/", &port), 1);
    assert_true(port > fixture->port);
    web_stop(web);
}

static void only_loopback_is_served(void **state)
{
    struct fixture *fixture = *state;
    static const char *const bad[] = { "0.0.0.0", "192.168.1.1", "::", "example.org", "", "unix:" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct web_options given = options();
        struct web *web = NULL;
        const char *address = NULL;
        given.listen = bad[i];
        assert_int_equal(web_start(&fixture->work, &given, &web, &address), STATUS_INPUT);
        work_forget(&fixture->work);
    }
}

static void a_unix_socket_is_served_and_removed(void **state)
{
    struct fixture *fixture = *state;
    const char *folder = support_folder(&fixture->work);
    const char *path = arena_format(fixture->work.arena, "%s/web.socket", folder);
    struct web_options given = options();
    given.listen = arena_format(fixture->work.arena, "unix:%s", path);
    for (int i = 0; i < 2; i++) {
        struct web *web = NULL;
        const char *address = NULL;
        assert_int_equal(web_start(&fixture->work, &given, &web, &address), STATUS_OK);
        int open = socket(AF_UNIX, SOCK_STREAM, 0);
        struct sockaddr_un name = { .sun_family = AF_UNIX };
        memcpy(name.sun_path, path, strlen(path) + 1);
        assert_int_equal(connect(open, (struct sockaddr *)&name, sizeof name), 0);
        static const char *const request = "GET /health HTTP/1.0\r\n\r\n";
        assert_true(send(open, request, strlen(request), MSG_NOSIGNAL) > 0);
        bool is_closed = false;
        assert_int_equal(status_of(read_all(&fixture->work, open, &is_closed)), 200);
        close(open);
        web_stop(web);
        assert_false(file_exists(path));
    }
    support_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_answers),
        cmocka_unit_test(pages_are_html_or_json),
        cmocka_unit_test(head_is_get_without_a_body),
        cmocka_unit_test(answers_carry_the_guards_of_browsers),
        cmocka_unit_test(assets_are_kept_and_asked_for_anew),
        cmocka_unit_test(what_is_not_there_is_said_plainly),
        cmocka_unit_test(requests_of_two_readings_are_refused),
        cmocka_unit_test(requests_follow_one_another),
        cmocka_unit_test(slow_clients_are_cut_off),
        cmocka_unit_test(a_busy_port_gives_way),
        cmocka_unit_test(only_loopback_is_served),
        cmocka_unit_test(a_unix_socket_is_served_and_removed),
    };
    return cmocka_run_group_tests_name("web", tests, start, stop);
}
