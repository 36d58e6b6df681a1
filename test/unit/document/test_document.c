/* Building: ids, names of columns, the order of citations. */
#include "document/sources.h"
#include "sample.h"

static void ids_are_clean_and_stand_once(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = document_new(work.arena,
                                              &(struct document_about){ .title = "Ids" });
    document_add_heading(tree, 1, "1 a\"b", "One");
    document_add_heading(tree, 1, "same", "Two");
    document_add_heading(tree, 1, "same", "Three");
    document_add_heading(tree, 1, NULL, "Four");
    document_add_heading(tree, 1, "source-1", "Five");
    static const char *const wanted[] = { "id-1-a-b", "same", "same-2", "section-4",
                                          "section-source-1" };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_string_equal(((struct document_block *)tree->blocks.items[i])->id, wanted[i]);
    assert_string_equal(tree->about.language, "en-GB");
    support_work_end(&work);
}

static void columns_get_names_that_differ(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = document_new(work.arena,
                                              &(struct document_about){ .title = "Columns" });
    struct document_table *table = document_add_table(tree, NULL, "Caption");
    static const char *const headings[] = { "Year-end target", "Year end target", "%", "\xc3\x89" };
    static const char *const names[] = { "year_end_target", "year_end_target_2", "column",
                                         "column_2" };
    for (size_t i = 0; i < 4; i++) {
        document_table_add_column(table, &(struct document_column){ .heading = headings[i] });
        assert_string_equal(table->columns[i].name, names[i]);
    }
    document_table_add_row(table);
    document_table_add_words(table, "only one");
    assert_int_equal(((struct document_row *)table->rows.items[0])->count, 1);
    support_work_end(&work);
}

static void sources_come_in_reading_order(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = sample_document(&work);
    static const char *const wanted[] = { "14",    "1,010 of 2,308", "50%",   "47.58%",
                                          "78.0%", "-\u00a30.35",    "94.1%", "95.3%" };
    for (int again = 0; again < 2; again++) {
        struct list sources = document_sources(tree).list;
        assert_int_equal(sources.count, sizeof wanted / sizeof *wanted);
        for (size_t i = 0; i < sources.count; i++) {
            const struct document_source *source = sources.items[i];
            assert_string_equal(source->first->text, wanted[i]);
            assert_int_equal(source->number, i + 1);
            assert_ptr_equal(source->first, source->last);
            assert_ptr_equal(source->first->source, source);
            assert_null(source->first->next);
        }
    }
    support_work_end(&work);
}

static void figures_in_lists_count_too(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = document_new(work.arena,
                                              &(struct document_about){ .title = "Lists" });
    struct document_block *list = document_add_list(tree, false);
    struct document_block *terms = document_add_definitions(tree);
    sample_figure(document_add_box(tree, DOCUMENT_BOX_NOTE, NULL), "3", "c");
    sample_figure(document_definitions_add(terms, "Term"), "2", "b");
    sample_figure(document_list_add_item(list), "1", "a");
    struct list sources = document_sources(tree).list;
    assert_int_equal(sources.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(((struct document_source *)sources.items[i])->first->text[0],
                         '1' + (int)i);
    support_work_end(&work);
}

/* What is printed twice has one source; what differs in any part has its own. */
static void the_same_figure_has_one_source(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = document_new(work.arena,
                                              &(struct document_about){ .title = "Twice" });
    struct document_runs *runs = document_add_paragraph(tree);
    for (int i = 0; i < 1000; i++) {
        sample_figure(runs, "5%", arena_format(work.arena, "m-%d", i % 500));
        sample_target(runs, "5%", arena_format(work.arena, "m-%d", i % 500));
    }
    struct document_citation citation = sample_citation("m-0", "children");
    citation.breakdown = "women";
    runs_add_figure(runs, "5%", &citation);
    citation.breakdown = "";
    citation.subject = "value"; /* the same as none */
    runs_add_figure(runs, "5%", &citation);
    runs_add_figure(runs, "95%", &citation);
    struct document_sources sources = document_sources(tree);
    assert_int_equal(sources.list.count, 1002);
    const struct document_source *first = sources.list.items[0];
    size_t count = 0;
    for (const struct document_figure *figure = first->first; figure; figure = figure->next)
        count++;
    assert_int_equal(count, 3);
    const struct document_figure wanted = { .text = "95%", .citation = citation };
    assert_int_equal(document_source_find(&sources, &wanted)->number, 1002);
    const struct document_figure none = { .text = "96%", .citation = citation };
    assert_null(document_source_find(&sources, &none));
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_are_clean_and_stand_once),
        cmocka_unit_test(columns_get_names_that_differ),
        cmocka_unit_test(sources_come_in_reading_order),
        cmocka_unit_test(figures_in_lists_count_too),
        cmocka_unit_test(the_same_figure_has_one_source),
    };
    return cmocka_run_group_tests_name("document/document", tests, NULL, NULL);
}
