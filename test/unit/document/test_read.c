/* A document comes back from its JSON as it was; what is not whole does not come back at all. */
#include "document/read.h"

#include <jansson.h>
#include <string.h>

#include "sample.h"

static void the_json_of_what_was_read_is_what_was_read(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice bytes = sample_render(&work, "json", NULL), again;
    struct document_tree *tree = NULL;
    assert_int_equal(document_read(&work, "sample", bytes, &tree), STATUS_OK);
    assert_int_equal(document_render(&work, tree, "json", NULL, &again), STATUS_OK);
    assert_true(slice_equal(bytes, again));
    support_work_end(&work);
}

static void every_other_format_is_the_same_too(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = NULL;
    assert_int_equal(document_read(&work, "sample", sample_render(&work, "json", NULL), &tree),
                     STATUS_OK);
    for (size_t i = 0; i < document_format_count; i++) {
        struct slice bytes;
        const char *format = document_formats[i].name;
        assert_int_equal(document_render(&work, tree, format, NULL, &bytes), STATUS_OK);
        assert_true(slice_equal(bytes, sample_render(&work, format, NULL)));
    }
    support_work_end(&work);
}

/* Takes one name away from one object of the tree, the n-th that there is. */
static bool remove_name(json_t *value, size_t *n)
{
    size_t index;
    json_t *inner;
    const char *name;
    if (json_is_array(value)) {
        json_array_foreach(value, index, inner) if (remove_name(inner, n)) return true;
    } else if (json_is_object(value)) {
        json_object_foreach(value, name, inner)
        {
            if ((*n)-- == 0) {
                json_object_del(value, name);
                return true;
            }
            if (remove_name(inner, n))
                return true;
        }
    }
    return false;
}

/* Without any one name the document is refused, or is another one; it never stops the program. */
static void a_name_that_is_gone_is_survived(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice bytes = sample_render(&work, "json", NULL);
    size_t refused = 0;
    for (size_t n = 0; n < 4000; n += 7) {
        size_t countdown = n;
        struct document_tree *tree = NULL;
        json_auto_t *model = json_loadb(bytes.start, bytes.length, 0, NULL);
        if (!remove_name(model, &countdown))
            break;
        char *less = json_dumps(model, 0);
        enum status status = document_read(&work, "sample", slice_of(less), &tree);
        assert_true(status == STATUS_OK || status == STATUS_INPUT);
        refused += status == STATUS_INPUT;
        work_forget(&work);
        free(less);
    }
    assert_true(refused > 20);
    support_work_end(&work);
}

static void what_is_no_document_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "[]",
        "{",
        "null",
        "{\"title\": \"x\"}",
        "{\"title\": \"x\", \"blocks\": [{}]}",
        "{\"title\": \"\", \"blocks\": []}",
        "{\"title\": \"x\", \"blocks\": [{\"kind\": \"heading\", \"level\": 9, \"words\": \"x\"}]}",
        "{\"title\": \"x\", \"blocks\": [{\"kind\": \"paragraph\", \"runs\": [{\"kind\": "
        "\"y\"}]}]}",
    };
    struct work work = support_work();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct document_tree *tree = NULL;
        assert_int_equal(document_read(&work, "the file", slice_of(texts[i]), &tree), STATUS_INPUT);
        assert_null(tree);
        assert_non_null(strstr(work.error, "the file"));
        work_forget(&work);
    }
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_json_of_what_was_read_is_what_was_read),
        cmocka_unit_test(every_other_format_is_the_same_too),
        cmocka_unit_test(a_name_that_is_gone_is_survived),
        cmocka_unit_test(what_is_no_document_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
