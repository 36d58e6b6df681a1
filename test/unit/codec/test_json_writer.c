/* JSON written straight out: the bytes that jansson prints of the same tree. */
#include "codec/json_writer.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "support/support.h"

enum { TREES = 300, MOST_DEPTH = 5, MOST_MEMBERS = 5, KINDS = 6 };

/* A small generator of our own, so that a failure comes again. */
static unsigned int draw(unsigned int *seed, unsigned int below)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 16) % below;
}

static const char *const texts[] = { "",   "plain", "say \"no\" \\ or /",   "tab\tnew\nback\b\f\r",
                                     "é€", NULL,    "\x01\x1f\x7f control", "Dept \"x\"" };
static const int64_t numbers[] = { 0, -1, 7, INT64_MAX, INT64_MIN, 1234567890 };

/* Both ways of one value at once. */
static json_t *value(struct json_writer *writer, const char *key, int depth, unsigned int *seed)
{
    const char *text = texts[draw(seed, sizeof texts / sizeof *texts)];
    int64_t number = numbers[draw(seed, sizeof numbers / sizeof *numbers)];
    unsigned int kind = depth == 0 ? 4 + draw(seed, 2) : draw(seed, KINDS);
    if (depth == MOST_DEPTH)
        kind %= 4;
    json_t *tree = kind == 4 ? json_object() : json_array();
    if (kind < 4) {
        json_decref(tree);
        if (kind < 2)
            json_write_text(writer, key, text);
        else if (kind == 2)
            json_write_integer(writer, key, number);
        else
            json_write_boolean(writer, key, number > 0);
        return kind < 2    ? (text ? json_string(text) : json_null())
               : kind == 2 ? json_integer(number)
                           : json_boolean(number > 0);
    }
    static const char *const keys[] = { "a", "b \"c\"", "", "d", "e" };
    unsigned int members = draw(seed, MOST_MEMBERS + 1);
    if (kind == 4)
        json_write_object(writer, key);
    else
        json_write_array(writer, key);
    for (unsigned int i = 0; i < members; i++) {
        json_t *member = value(writer, kind == 4 ? keys[i] : NULL, depth + 1, seed);
        if (kind == 4)
            json_object_set_new(tree, keys[i], member);
        else
            json_array_append_new(tree, member);
    }
    if (kind == 4)
        json_write_object_end(writer);
    else
        json_write_array_end(writer);
    return tree;
}

static void random_trees_are_printed_as_jansson_does(void **state)
{
    (void)state;
    unsigned int seed = 4;
    size_t empty = 0, long_ones = 0;
    for (int i = 0; i < TREES; i++) {
        struct work work = support_work();
        struct text text = text_new(work.arena, 1 << 20);
        struct json_writer writer = json_writer_new(&text);
        json_t *tree = value(&writer, NULL, 0, &seed);
        char *expected = json_dumps(tree, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        assert_string_equal(text.bytes, expected);
        empty += text.length == 2;
        long_ones += text.length > 500;
        free(expected);
        json_decref(tree);
        support_work_end(&work);
    }
    assert_true(empty > 0 && long_ones > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_trees_are_printed_as_jansson_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
