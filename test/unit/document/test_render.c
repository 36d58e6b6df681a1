/* The table of formats, and: the same document gives the same bytes. */
#include <locale.h>
#include <stdio.h>

#include "document/colour.h"
#include "sample.h"

static void the_same_gives_the_same(void **state)
{
    (void)state;
    struct work work = support_work();
    for (size_t i = 0; i < document_format_count; i++) {
        struct slice first = sample_render(&work, document_formats[i].name, NULL);
        setenv("TZ", "Asia/Tokyo", 1);
        setlocale(LC_ALL, "C.UTF-8");
        work.now = "2030-01-01T00:00:00Z";
        struct slice second = sample_render(&work, document_formats[i].name, NULL);
        assert_true(first.length > 500);
        assert_true(slice_equal(first, second));
    }
    support_work_end(&work);
}

static void formats_are_found_by_name(void **state)
{
    (void)state;
    struct work work = support_work();
    assert_string_equal(document_format_named("odt")->extension, "odt");
    assert_null(document_format_named("pdf?"));
    assert_null(document_format_named(NULL));
    struct slice bytes = { NULL, 0 };
    assert_int_equal(document_render(&work, sample_document(&work), "docx", NULL, &bytes),
                     STATUS_USAGE);
    assert_non_null(strstr(work.error, "docx"));
    assert_null(bytes.start);
    support_work_end(&work);
}

static void an_empty_document_is_a_document(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = document_new(work.arena,
                                              &(struct document_about){ .title = "Empty" });
    struct document_table *table = document_add_table(tree, NULL, "No rows");
    document_table_add_column(table, &(struct document_column){ .heading = "Column" });
    for (size_t i = 0; i < document_format_count; i++) {
        struct slice bytes = { NULL, 0 };
        enum status status = document_render(&work, tree, document_formats[i].name, NULL, &bytes);
        if (status != STATUS_OK)
            fail_msg("%s: %s", document_formats[i].name, work.error);
        assert_true(bytes.length > 0);
    }
    support_work_end(&work);
}

/* Relative luminance of one channel of #rrggbb: WCAG 2.2, definition of "relative luminance". */
static double channel(const char *colour, size_t at)
{
    const char digits[3] = { colour[at], colour[at + 1], '\0' };
    unsigned value = 0;
    assert_int_equal(sscanf(digits, "%2x", &value), 1);
    double share = value / 255.0, base = (share + 0.055) / 1.055, power = base * base;
    /* base to the 2.4th: base squared times the fifth root of base squared, by Newton's method */
    double root = 1;
    for (int i = 0; i < 60; i++)
        root -= (root * root * root * root * root - power) / (5 * root * root * root * root);
    return share <= 0.04045 ? share / 12.92 : power * root;
}

static double luminance(const char *colour)
{
    return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
}

static void colours_can_be_read(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice style = document_style();
    for (size_t i = 0; i < document_colour_count; i++) {
        const struct document_colour *colour = &document_colours[i];
        double a = luminance(colour->ground), b = luminance(colour->ink);
        double contrast = a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
        assert_true(contrast >= 4.5);
        const char *rule = arena_format(work.arena,
                                        ".document-rating--%s { background: %s; color: %s; }",
                                        colour->name, colour->ground, colour->ink);
        assert_int_equal(sample_count(style, rule), 1);
        assert_ptr_equal(document_colour_named(colour->name), colour);
    }
    assert_string_equal(document_colour_named("mauve")->name, "grey");
    assert_string_equal(document_colour_named(NULL)->name, "grey");
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_gives_the_same),
        cmocka_unit_test(formats_are_found_by_name),
        cmocka_unit_test(an_empty_document_is_a_document),
        cmocka_unit_test(colours_can_be_read),
    };
    return cmocka_run_group_tests_name("document/render", tests, NULL, NULL);
}
