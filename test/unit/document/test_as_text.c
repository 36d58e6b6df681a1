/* Plain text: golden, and no line is wider than the width whatever it is. */
#include "document/words.h"
#include "sample.h"

static void the_sample_reads_well(void **state)
{
    (void)state;
    struct work work = support_work();
    sample_golden(&work, "sample.txt", sample_render(&work, "text", NULL));
    struct document_options narrow = { .width = 48, .without_sources = true };
    sample_golden(&work, "sample_narrow.txt", sample_render(&work, "text", &narrow));
    support_work_end(&work);
}

static void no_line_is_too_wide(void **state)
{
    (void)state;
    struct work work = support_work();
    for (int width = 1; width <= 130; width++) {
        struct document_options options = { .width = width };
        struct slice rest = sample_render(&work, "text", &options), line;
        int most = width < DOCUMENT_WIDTH_LEAST ? DOCUMENT_WIDTH_LEAST : width;
        while (slice_split(&rest, '\n', &line)) {
            assert_true(words_width(line) <= most);
            assert_false(slice_ends(line, " "));
        }
    }
    support_work_end(&work);
}

/* Takes the sequences ESC [ … m out. */
static char *without_colour(struct arena *arena, struct slice bytes, size_t *out_count)
{
    struct text text = text_new(arena, bytes.length);
    *out_count = 0;
    for (size_t i = 0; i < bytes.length; i++) {
        if (bytes.start[i] != '\x1b') {
            text_add_character(&text, bytes.start[i]);
            continue;
        }
        ++*out_count;
        while (bytes.start[i] != 'm')
            i++;
    }
    return text.bytes;
}

static void colour_changes_no_words(void **state)
{
    (void)state;
    struct work work = support_work();
    for (int width = 40; width <= 120; width += 8) {
        struct document_options plain = { .width = width };
        struct document_options colour = { .width = width, .colour = true };
        size_t count = 0;
        struct slice words = sample_render(&work, "text", &plain);
        const char *same = without_colour(work.arena, sample_render(&work, "text", &colour),
                                          &count);
        assert_true(count > 20);
        assert_int_equal(sample_count(words, "\x1b"), 0);
        assert_string_equal(same, slice_copy(work.arena, words));
    }
    support_work_end(&work);
}

static void long_words_are_cut_and_none_is_lost(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_tree *tree = document_new(work.arena,
                                              &(struct document_about){ .title = "Long" });
    char word[301];
    memset(word, 'x', 300);
    word[300] = '\0';
    document_add_words(tree, word);
    struct document_table *table = document_add_table(tree, NULL, "T");
    document_table_add_column(table, &(struct document_column){ .heading = "A" });
    document_table_add_column(table, &(struct document_column){ .heading = "B" });
    document_table_add_row(table);
    document_table_add_words(table, word);
    document_table_add_words(table, "short");
    struct slice bytes;
    assert_int_equal(document_render(&work, tree, "text", NULL, &bytes), STATUS_OK);
    assert_int_equal(sample_count(bytes, "x"), 600);
    assert_int_equal(sample_count(bytes, "short"), 1);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_reads_well),
        cmocka_unit_test(no_line_is_too_wide),
        cmocka_unit_test(colour_changes_no_words),
        cmocka_unit_test(long_words_are_cut_and_none_is_lost),
    };
    return cmocka_run_group_tests_name("document/as_text", tests, NULL, NULL);
}
