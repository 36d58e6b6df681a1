/* A text from the shelf is as it is when it is read, however often and however full the shelf. */
#include "service/narrative_shelf.h"

#include <string.h>

#include "store/store.h"
#include "support/store_fixture.h"
#include "support/support.h"

static const char *const texts[] = {
    "",
    "Q1 2012-13 was 2.5%, against a target of 3.2%.",
    "23 of 27 (85%) attended; we expect 90% by the end of March 2013.",
    "From 86 in Q4 2011-12 to 101 in Q1 2012-13, a rise of 17%. Small numbers.",
    "Year 6 and Year 9 pupils aged 11 to 14: below 4.5%, or between 2 and 3 percentage points.",
    "The same, but for a letter: Q1 2012-13 was 2.6%, against a target of 3.2%.",
};

static void expect_same(const struct narrative *a, const struct narrative *b)
{
    assert_true(slice_equal(a->text, b->text));
    assert_int_equal(a->count, b->count);
    assert_int_equal(a->sentences, b->sentences);
    for (size_t i = 0; i < a->count; i++) {
        const struct token *left = &a->tokens[i], *right = &b->tokens[i];
        assert_string_equal(left->word, right->word);
        assert_true(slice_equal(left->text, right->text));
        assert_int_equal(left->kind, right->kind);
        assert_int_equal(left->use, right->use);
        assert_int_equal(left->number, right->number);
        assert_int_equal(left->sentence, right->sentence);
        assert_int_equal(left->percent, right->percent);
    }
    assert_int_equal(a->period_count, b->period_count);
    assert_int_equal(a->figure_count, b->figure_count);
    for (size_t i = 0; i < a->figure_count; i++) {
        assert_int_equal(a->figures[i].number, b->figures[i].number);
        assert_int_equal(a->figures[i].expected, b->figures[i].expected);
        assert_int_equal(a->figures[i].is_target, b->figures[i].is_target);
    }
    assert_int_equal(a->target_count, b->target_count);
    assert_int_equal(a->share_count, b->share_count);
    assert_int_equal(a->change_count, b->change_count);
    assert_int_equal(a->bound_count, b->bound_count);
}

static void expect_as_read(struct opened *opened, struct narrative_shelf *shelf, const char *text)
{
    struct arena *arena = opened->work.arena;
    struct narrative read = narrative_read(arena, text);
    struct narrative shelved = narrative_shelf_read(shelf, arena, text);
    expect_same(&read, &shelved);
    assert_ptr_equal(shelved.arena, arena);
}

static void a_text_is_as_it_is_when_it_is_read(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct narrative_shelf *shelf = narrative_shelf_open(&opened.work);
    for (int again = 0; again < 3; again++)
        for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
            char *copy = arena_copy_text(opened.work.arena, texts[i]);
            expect_as_read(&opened, shelf, copy);
            memset(copy, 'x', strlen(copy)); /* nothing points into what was given */
        }
    expect_as_read(&opened, shelf, NULL);
    expect_as_read(&opened, NULL, texts[1]);
    /* What comes of it the second time is what was kept, not read again. */
    struct narrative first = narrative_shelf_read(shelf, opened.work.arena, texts[2]);
    struct narrative second = narrative_shelf_read(shelf, opened.work.arena, texts[2]);
    assert_ptr_equal(first.tokens, second.tokens);
    assert_ptr_equal(narrative_shelf_open(&opened.work), shelf);
    opened_end(&opened);
}

static void a_full_shelf_is_no_worse_than_none(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct narrative_shelf *shelf = narrative_shelf_open(&opened.work);
    struct narrative first = narrative_shelf_read(shelf, opened.work.arena, texts[1]);
    struct arena *arena = arena_new();
    char words[400];
    for (int i = 0; i < 2000; i++) {
        snprintf(words, sizeof words, "%d of %d: %s %s %s", i, i + 7, texts[2], texts[3], texts[4]);
        struct narrative read = narrative_read(arena, words);
        struct narrative shelved = narrative_shelf_read(shelf, arena, words);
        expect_same(&read, &shelved);
        arena_empty(arena);
    }
    arena_free(arena);
    /* What was read before is still there, until it is opened again. */
    struct narrative second = narrative_shelf_read(shelf, opened.work.arena, texts[1]);
    assert_ptr_equal(first.tokens, second.tokens);
    struct narrative once = narrative_shelf_read(shelf, opened.work.arena, texts[5]);
    struct narrative twice = narrative_shelf_read(shelf, opened.work.arena, texts[5]);
    assert_ptr_not_equal(once.tokens, twice.tokens); /* it is full */
    shelf = narrative_shelf_open(&opened.work);
    once = narrative_shelf_read(shelf, opened.work.arena, texts[5]);
    twice = narrative_shelf_read(shelf, opened.work.arena, texts[5]);
    assert_ptr_equal(once.tokens, twice.tokens);
    expect_as_read(&opened, shelf, texts[1]);
    opened_end(&opened);
}

int main(void)
{
    struct store_fixture sqlite = { ENGINE_SQLITE, NULL };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_text_is_as_it_is_when_it_is_read, &sqlite),
        cmocka_unit_test_prestate(a_full_shelf_is_no_worse_than_none, &sqlite),
    };
    return cmocka_run_group_tests_name("service/narrative_shelf", tests, NULL, NULL);
}
