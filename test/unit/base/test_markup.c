/* Words that would be markup, and what XML cannot hold. */
#include "base/markup.h"

#include "entity/entity.h"
#include "support/support.h"

static const char *marked(struct work *work, enum markup markup, struct slice words)
{
    struct text text = text_new(work->arena, 1000);
    markup_add(&text, markup, words);
    return text.bytes;
}

static void words_are_read_as_words(void **state)
{
    (void)state;
    struct work work = support_work();
    static const char *const words[][2] = {
        { "", "" },
        { "plain", "plain" },
        { "<b>", "&lt;b&gt;" },
        { "a & b", "a &amp; b" },
        { "\"it's\"", "&quot;it&#39;s&quot;" },
        { "&&", "&amp;&amp;" },
        { "Llangefni\xE2\x80\x99n", "Llangefni\xE2\x80\x99n" },
        { "\xEF\xBC\x9C", "\xEF\xBC\x9C" },
        { "one\ttwo\r\n", "one\ttwo\r\n" },
    };
    for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
        assert_string_equal(marked(&work, MARKUP_HTML, slice_of(words[i][0])), words[i][1]);
        assert_string_equal(marked(&work, MARKUP_XML, slice_of(words[i][0])), words[i][1]);
    }
    support_work_end(&work);
}

static void what_xml_cannot_hold_is_replaced(void **state)
{
    (void)state;
    struct work work = support_work();
    static const char *const words[][2] = {
        { "a\x01z", "a\xEF\xBF\xBDz" },
        { "\x1F", "\xEF\xBF\xBD" },
        { "\xEF\xBF\xBE<", "\xEF\xBF\xBD&lt;" },
        { "a\xEF\xBF\xBF", "a\xEF\xBF\xBD" },
        { "\xEF", "\xEF" }, /* cut off: nothing behind it is read */
    };
    for (size_t i = 0; i < ARRAY_COUNT(words); i++)
        assert_string_equal(marked(&work, MARKUP_XML, slice_of(words[i][0])), words[i][1]);
    assert_string_equal(marked(&work, MARKUP_HTML, SLICE("a\x01z")), "a\x01z");
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_read_as_words),
        cmocka_unit_test(what_xml_cannot_hold_is_replaced),
    };
    return cmocka_run_group_tests_name("markup", tests, NULL, NULL);
}
