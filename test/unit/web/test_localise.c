/* What services say in fixed forms, in Welsh; everything else stays as it is. */
#include "web/localise.h"

#include <jansson.h>
#include <string.h>

#include "support/support.h"
#include "web/site.h"

/* The model after it was turned into Welsh, as JSON. */
static const char *welsh(struct work *work, const char *model)
{
    static struct site site;
    assert_int_equal(languages_load(work, NULL, site.catalogues), STATUS_OK);
    site.patterns[LANGUAGE_WELSH] = language_patterns(work->arena,
                                                      &site.catalogues[LANGUAGE_WELSH]);
    struct call call = { .site = &site, .language = LANGUAGE_WELSH };
    json_t *json = json_loads(model, 0, NULL);
    assert_non_null(json);
    localise(work, &call, json);
    char *text = json_dumps(json, JSON_COMPACT | JSON_ENSURE_ASCII);
    const char *copy = arena_copy_text(work->arena, text);
    free(text);
    json_decref(json);
    return copy;
}

static void fixed_forms_are_turned(void **state)
{
    (void)state;
    static const char *const examples[][2] = {
        { "Quarter 1 2012/13", "Chwarter 1 2012/13" },
        { "Half 2 2012/13", "Hanner 2 2012/13" },
        { "2012/13", "2012/13" },
        { "April 2012", "Ebrill 2012" },
        { "Week 14 of 2012", "Wythnos 14 o 2012" },
        { "31 March 2024", "31 Mawrth 2024" },
        { "1 August 2024, 14:05", "1 Awst 2024, 14:05" },
        { "at least 39%", "o leiaf 39%" },
        { "between 0.9 and 1.1", "rhwng 0.9 a 1.1" },
        /* Not in the form in which services print. */
        { "Q1 2012/13", "Q1 2012/13" },
        { "31/03/2024", "31/03/2024" },
        { "31 March 2024.", "31 March 2024." },
        { "at least once a year", "at least once a year" },
        { "between 3", "between 3" },
        { "Better homes", "Better homes" },
        { "", "" },
    };
    struct work work = support_work();
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const char *model = arena_format(work.arena, "{\"a\":[\"%s\",{\"b\":\"%s\"}]}",
                                         examples[i][0], examples[i][0]);
        assert_string_equal(welsh(&work, model),
                            arena_format(work.arena, "{\"a\":[\"%s\",{\"b\":\"%s\"}]}",
                                         examples[i][1], examples[i][1]));
    }
    support_work_end(&work);
}

static void what_people_wrote_stays(void **state)
{
    (void)state;
    struct work work = support_work();
    assert_string_equal(welsh(&work, "{\"targetDate\":\"31 March 2024\",\"n\":3,\"x\":null}"),
                        "{\"targetDate\":\"31 March 2024\",\"n\":3,\"x\":null}");
    assert_string_equal(welsh(&work, "{\"title\":\"Sign in\",\"label\":{\"text\":\"Sign in\"}}"),
                        "{\"title\":\"Sign in\",\"label\":{\"text\":\"Mewngofnodi\"}}");
    support_work_end(&work);
}

static void sentences_are_matched_by_their_pieces(void **state)
{
    (void)state;
    struct work work = support_work();
    const char *pieces[LANGUAGE_PIECES_MOST];
    assert_true(language_match(work.arena, "From {1} to {2}.", "From a to b to c.", pieces));
    assert_string_equal(pieces[0], "a");
    assert_string_equal(pieces[1], "b to c");
    assert_true(language_match(work.arena, "It is {1}.", "It is 40.23.", pieces));
    assert_string_equal(pieces[0], "40.23");
    assert_true(language_match(work.arena, "{1} late", "3 late", pieces));
    assert_true(language_match(work.arena, "At {1}", "At x", pieces));
    assert_string_equal(pieces[0], "x");
    static const char *const others[][2] = {
        { "{1} late", " late" },           { "{1} late", "3 late." }, { "At {1}", "at x" },
        { "From {1} to {2}.", "From a." }, { "At {1}", "" },
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(language_match(work.arena, others[i][0], others[i][1], pieces));
    support_work_end(&work);
}

static void places_are_filled(void **state)
{
    (void)state;
    struct work work = support_work();
    assert_string_equal(language_fill(work.arena, "{a} of {a}{b}", "a", "{b}"), "{b} of {b}{b}");
    assert_string_equal(language_fill(work.arena, "none", "a", "x"), "none");
    assert_int_equal(language_of("cy"), LANGUAGE_WELSH);
    assert_int_equal(language_of("en"), LANGUAGE_ENGLISH);
    assert_int_equal(language_of(NULL), LANGUAGE_ENGLISH);
    support_work_end(&work);
}

/* Only what is a count or nothing but a negative figure: numbers, dates and words stay. */
static void figures_are_written_as_people_read_them(void **state)
{
    (void)state;
    struct work work = support_work();
    json_t *json = json_loads(
        "{\"people\":1720,\"version\":1720,\"rows\":[{\"count\":-1234567,\"base\":0}],"
        "\"gap\":\"-8.4%\",\"gaps\":[\"-0.2%\",\"8.4%\",\"-\",\"-8.4% of all\"],"
        "\"day\":\"2012-06-30\"}",
        0, NULL);
    localise_figures(work.arena, json);
    char *text = json_dumps(json, JSON_COMPACT);
    assert_string_equal(
        text, "{\"people\":\"1,720\",\"version\":1720,\"rows\":[{\"count\":\"-1,234,567\","
              "\"base\":\"0\"}],\"gap\":\"\xE2\x88\x92"
              "8.4%\",\"gaps\":[\"\xE2\x88\x92"
              "0.2%\",\"8.4%\",\"-\",\"-8.4% of all\"],\"day\":\"2012-06-30\"}");
    free(text);
    json_decref(json);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_forms_are_turned),
        cmocka_unit_test(figures_are_written_as_people_read_them),
        cmocka_unit_test(what_people_wrote_stays),
        cmocka_unit_test(sentences_are_matched_by_their_pieces),
        cmocka_unit_test(places_are_filled),
    };
    return cmocka_run_group_tests_name("web/localise", tests, NULL, NULL);
}
