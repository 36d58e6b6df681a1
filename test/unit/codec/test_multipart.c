/* Forms with a file, as browsers send them and as nobody should. */
#include "codec/multipart.h"

#include <string.h>

#include "base/arena.h"
#include "support/support.h"

#define LINE "\r\n"
#define TOKEN "--b" LINE "Content-Disposition: form-data; name=\"token\"" LINE LINE "abc" LINE
#define FILE_HEAD                                                                                  \
    "--b" LINE "Content-Disposition: form-data; name=\"file\"; filename=\"C:\\a\\Q1.csv\"" LINE    \
    "Content-Type: text/csv" LINE LINE

static enum status read_body(struct work *work, struct slice body, struct multipart *out)
{
    work_forget(work);
    return multipart_read(work, body, slice_of("b"), out);
}

static void fields_and_files_are_told_apart(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct multipart found;
    struct slice token;
    assert_int_equal(read_body(&work, SLICE(TOKEN FILE_HEAD "Row,Value\n1,2" LINE "--b--"), &found),
                     STATUS_OK);
    assert_true(urlencoded_find(&found.form, "token", &token));
    assert_true(slice_is(token, "abc"));
    assert_int_equal(found.file_count, 1);
    assert_true(slice_is(found.files[0].name, "file"));
    assert_true(slice_is(found.files[0].file_name, "Q1.csv"));
    assert_true(slice_is(found.files[0].bytes, "Row,Value\n1,2"));
}

static void a_file_field_left_empty_is_no_file(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct multipart found;
    assert_int_equal(read_body(&work,
                               SLICE("--b" LINE "Content-Disposition: form-data; name=\"file\"; "
                                     "filename=\"\"" LINE LINE LINE "--b--"),
                               &found),
                     STATUS_OK);
    assert_int_equal(found.file_count, 0);
    assert_int_equal(found.form.count, 0);
}

static void what_does_not_follow_the_form_is_refused(void **state)
{
    static const char *const bodies[] = {
        "",
        "--c" LINE,
        "--b",
        TOKEN,
        TOKEN "--b",
        "--b" LINE "Content-Disposition: form-data" LINE LINE "x" LINE "--b--",
        "--b" LINE "Content-Disposition: form-data; name=\"a\"" LINE,
        "--b" LINE "Content-Disposition: form-data; name=\"a\"" LINE LINE "\xFF" LINE "--b--",
        "--b" LINE "Content-Disposition: form-data; name=\"\xFF\"" LINE LINE "x" LINE "--b--",
    };
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct multipart found;
        assert_int_equal(read_body(&work, slice_of(bodies[i]), &found), STATUS_INPUT);
        assert_string_not_equal(work.error, "");
    }
}

static void too_many_parts_are_refused(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct multipart found;
    struct text body = text_new(arena, 1 << 20);
    for (int i = 0; i <= MULTIPART_MOST_PARTS; i++)
        text_add(&body, TOKEN);
    text_add(&body, "--b--");
    assert_int_equal(read_body(&work, text_slice(&body), &found), STATUS_LIMIT);
}

static void the_boundary_is_read_from_the_type(void **state)
{
    static const struct {
        const char *type, *boundary;
    } cases[] = {
        { "multipart/form-data; boundary=----WebKitFormBoundaryX1", "----WebKitFormBoundaryX1" },
        { "Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"", "a b" },
        { "multipart/form-data; boundary=abc; charset=utf-8", "abc" },
        { "multipart/form-data", NULL },
        { "multipart/form-data; boundary=", NULL },
        { "multipart/form-data; boundary=\"abc", NULL },
        { "multipart/form-data; boundary=a\x01", NULL },
        { "text/plain; boundary=abc", NULL },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice boundary;
        bool found = multipart_boundary(slice_of(cases[i].type), &boundary);
        assert_int_equal(found, cases[i].boundary != NULL);
        if (found)
            assert_true(slice_is(boundary, cases[i].boundary));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_and_files_are_told_apart),
        cmocka_unit_test(a_file_field_left_empty_is_no_file),
        cmocka_unit_test(what_does_not_follow_the_form_is_refused),
        cmocka_unit_test(too_many_parts_are_refused),
        cmocka_unit_test(the_boundary_is_read_from_the_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
