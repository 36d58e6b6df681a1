/* Runs: reading printed figures, cleaning words, refusing addresses. */
#include "document/runs.h"

#include "support/support.h"

static void figures_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t millionths;
        int decimals;
        bool is_percent;
    } good[] = {
        { "47.58%", 47580000, 2, true },
        { "14", 14000000, 0, false },
        { "1,010", 1010000000, 0, false },
        { "-5", -5000000, 0, false },
        { "\xe2\x88\x92"
          "0.5 %",
          -500000, 1, true },
        { "+3.0", 3000000, 1, false },
        { "-\xc2\xa3"
          "0.35",
          -350000, 2, false },
        { " \xc2\xa3"
          "1,200 ",
          1200000000, 0, false },
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t millionths = 0;
        int decimals = 0;
        bool is_percent = false;
        assert_true(figure_read(slice_of(good[i].text), &millionths, &decimals, &is_percent));
        assert_int_equal(millionths, good[i].millionths);
        assert_int_equal(decimals, good[i].decimals);
        assert_int_equal(is_percent, good[i].is_percent);
    }
    static const char *const bad[] = {
        "",  "%",   "2 of 9", "below 25", "--5", "-+5", "\xc2\xa3",
        "?", "5%%", "-",      "1.2.3",    "n/a", "5-7", "\xc2\xa3-5"
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t millionths = 77;
        int decimals = 77;
        bool is_percent = false;
        assert_false(figure_read(slice_of(bad[i]), &millionths, &decimals, &is_percent));
        assert_int_equal(millionths, 77);
    }
}

static const char *printed(struct arena *arena, const struct document_runs *runs)
{
    struct text words = text_new(arena, 4096);
    text_add(&words, "");
    runs_print(runs, &words);
    return words.bytes;
}

static void words_are_cleaned(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_runs runs = { .arena = work.arena };
    runs_add_text(&runs, "a\x1b[31mb\x07\xff"
                         "c\xe2\x80\xae"
                         "d\r\ne\tf");
    assert_string_equal(printed(work.arena, &runs), "a[31mb\xef\xbf\xbd"
                                                    "cd\ne f");
    assert_int_equal(runs.last->kind, DOCUMENT_RUN_TEXT);
    assert_int_equal(runs.first->next->kind, DOCUMENT_RUN_BREAK);
    support_work_end(&work);
}

static void nothing_adds_nothing(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_runs runs = { .arena = work.arena };
    struct document_citation citation = { .measure = "m" };
    runs_add_strong(runs_add_text(runs_add_text(&runs, NULL), ""), "");
    runs_add_figure(&runs, "", &citation);
    runs_add_missing(&runs, "awaited", NULL);
    runs_add_finding(&runs, DOCUMENT_NOTE, "kind", "");
    runs_add_rating(&runs, NULL);
    runs_add_link(&runs, "", "/x");
    assert_null(runs.first);
    support_work_end(&work);
}

static void addresses_are_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    static const char *const bad[] = { "javascript:alert(1)",
                                       "data:text/html,x",
                                       "//evil.example",
                                       "/\\evil.example",
                                       "JAVASCRIPT:x",
                                       " /x",
                                       "java\nscript:x",
                                       "",
                                       "ftp://x" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct document_runs runs = { .arena = work.arena };
        runs_add_link(&runs, "words", bad[i]);
        assert_int_equal(runs.first->kind, DOCUMENT_RUN_TEXT);
    }
    static const char *const good[] = { "/plan", "#top", "https://a.example/",
                                        "mailto:a@b.example" };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct document_runs runs = { .arena = work.arena };
        runs_add_link(&runs, "words", good[i]);
        assert_int_equal(runs.first->kind, DOCUMENT_RUN_LINK);
        assert_string_equal(runs.first->address, good[i]);
    }
    support_work_end(&work);
}

static void citations_are_words(void **state)
{
    (void)state;
    struct work work = support_work();
    struct document_citation citation = { .measure = "1.4",
                                          .unit = "HHASC",
                                          .period = "2012-13-Q1",
                                          .breakdown = "women",
                                          .revision = 2 };
    assert_string_equal(citation_print(work.arena, &citation),
                        "Measure 1.4, HHASC, Quarter 1 2012/13, women, revision 2");
    assert_string_equal(citation_print_revision(work.arena, &citation), "");
    citation.is_revised_since = true;
    assert_string_equal(citation_print_revision(work.arena, &citation), "revised since");
    citation.newer = "48.1%";
    struct document_citation target = { .subject = "target",
                                        .measure = "1.4",
                                        .unit = "HHASC",
                                        .period = "2012-13",
                                        .detail = "annual",
                                        .revision = 2 };
    assert_string_equal(citation_print(work.arena, &target),
                        "Annual target of measure 1.4, HHASC, 2012/13, revision 2");
    struct document_citation comparator = {
        .subject = "comparator", .measure = "1.4", .period = "2011-12", .detail = "London"
    };
    assert_string_equal(citation_print(work.arena, &comparator),
                        "Comparator London of measure 1.4, 2011/12");
    struct document_citation forecast = { .subject = "forecast",
                                          .measure = "1.4",
                                          .unit = "HHASC",
                                          .period = "2012-13",
                                          .detail = "2012-13-Q1",
                                          .revision = 1 };
    assert_string_equal(
        citation_print(work.arena, &forecast),
        "Forecast made in Quarter 1 2012/13 of measure 1.4, HHASC, 2012/13, revision 1");
    struct document_runs runs = { .arena = work.arena };
    runs_add_figure(&runs, "47%", &citation);
    assert_non_null(runs_only_figure(&runs));
    assert_string_equal(printed(work.arena, &runs), "47% (revised since: 48.1%)");
    runs_add_text(&runs, "!");
    assert_null(runs_only_figure(&runs));
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_read),     cmocka_unit_test(words_are_cleaned),
        cmocka_unit_test(nothing_adds_nothing), cmocka_unit_test(addresses_are_refused),
        cmocka_unit_test(citations_are_words),
    };
    return cmocka_run_group_tests_name("document/runs", tests, NULL, NULL);
}
