/* CSV and JSON: golden, and read back. */
#include <jansson.h>

#include "codec/table_reader.h"
#include "sample.h"

static void the_samples_stand(void **state)
{
    (void)state;
    struct work work = support_work();
    sample_golden(&work, "sample.csv", sample_render(&work, "csv", NULL));
    sample_golden(&work, "sample.json", sample_render(&work, "json", NULL));
    support_work_end(&work);
}

static void csv_comes_back(void **state)
{
    (void)state;
    struct work work = support_work();
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    assert_int_equal(table_reader_open_bytes(&work, "sample.csv", sample_render(&work, "csv", NULL),
                                             NULL, &reader),
                     STATUS_OK);
    struct table_row row;
    size_t rows = 0, figures = 0, formulas = 0, derived = 0;
    while (table_reader_next(reader, &row) == STATUS_OK) {
        rows++;
        assert_int_equal(row.count, 16);
        figures += row.cells[9].length > 0;
        derived += slice_is(row.cells[5], "derived") && slice_is(row.cells[7], "1.2");
        formulas += slice_is(row.cells[6], "=1+1 is text, not a formula");
    }
    assert_int_equal(rows, 1 + 4 * 6 + 3 * 2);
    assert_int_equal(derived, 1);
    assert_int_equal(figures, 1 + 6); /* the heading, and the figures in tables */
    assert_int_equal(formulas, 1);
    support_work_end(&work);
}

static size_t count_figures(const json_t *value)
{
    size_t count = 0;
    const char *key;
    json_t *item;
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++)
            count += count_figures(json_array_get(value, i));
    } else if (json_is_object(value)) {
        const json_t *kind = json_object_get(value, "kind");
        if (json_is_string(kind) && strcmp(json_string_value(kind), "figure") == 0) {
            assert_true(
                json_is_string(json_object_get(json_object_get(value, "citation"), "measure")));
            count++;
        }
        json_object_foreach((json_t *)(uintptr_t)value, key, item) count += count_figures(item);
    }
    return count;
}

static void json_cites_every_figure(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice bytes = sample_render(&work, "json", NULL);
    json_error_t error;
    json_auto_t *tree = json_loadb(bytes.start, bytes.length, JSON_REJECT_DUPLICATES, &error);
    assert_non_null(tree);
    assert_int_equal(count_figures(tree), 8);
    assert_int_equal(json_array_size(json_object_get(tree, "sources")), 8);
    assert_int_equal(sample_count(bytes, "\"number\": \"47.58\""), 1);
    assert_int_equal(sample_count(bytes, "\"number\": \"-0.35\""), 1);
    support_work_end(&work);
}

/* What another library reads and writes again is the same, whatever the words. */
static void json_is_written_as_others_write_it(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = sample_document(&work);
    document_add_words(tree,
                       "\"quoted\" \\ back / slash \xc3\xa9 \xf0\x9f\x93\x8a \xe2\x80\xa8 end");
    document_add_list(tree, true);
    struct slice bytes = { NULL, 0 };
    assert_int_equal(document_render(&work, tree, "json", NULL, &bytes), STATUS_OK);
    json_auto_t *read = json_loadb(bytes.start, bytes.length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(read);
    char *again = json_dumps(read, JSON_INDENT(2));
    assert_string_equal(arena_format(work.arena, "%s\n", again), slice_copy(work.arena, bytes));
    free(again);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_samples_stand),
        cmocka_unit_test(csv_comes_back),
        cmocka_unit_test(json_cites_every_figure),
        cmocka_unit_test(json_is_written_as_others_write_it),
    };
    return cmocka_run_group_tests_name("document/as_data", tests, NULL, NULL);
}
