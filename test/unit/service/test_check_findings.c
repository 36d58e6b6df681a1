/* What holds of all findings: one for one fault, their JSON, and that table, rules and page agree.
 */
#include "base/embedded.h"
#include "base/file.h"
#include "check_example.h"

enum { MOST_PAGE = 1 << 20 };

static void boundary_replaces_the_plain_contradiction(void **state)
{
    (void)state;
    struct work work = support_work();
    static const struct example example = { NULL,
                                            NULL,
                                            { { ROW, .criterion = "Remain below 25%",
                                                .progress = "25%",
                                                .samples = { { .id = 1,
                                                               .polarity = "lower",
                                                               .comparator = "below",
                                                               .target = "25",
                                                               .value = "25" } } } } };
    struct findings findings = example_run(&work, &example);
    assert_int_equal(findings_count(&findings, "boundary-misread", "1.1"), 1);
    assert_int_equal(findings_count(&findings, "rating-contradicts-value", NULL), 0);
    support_work_end(&work);
}

static void findings_become_json_with_eight_keys(void **state)
{
    (void)state;
    struct work work = support_work();
    static const struct example example = {
        NULL, NULL, { { ROW, .declared = "?", .progress = "Quoted \"words\"\nand a line" } }
    };
    struct findings findings = example_run(&work, &example);
    json_t *array = findings_as_json(&findings);
    assert_int_equal(json_array_size(array), 1);
    const json_t *object = json_array_get(array, 0);
    static const char *const keys[] = { "kind", "severity", "objective", "measure",
                                        "unit", "row",      "message",   "evidence" };
    assert_int_equal(json_object_size(object), ARRAY_COUNT(keys));
    for (size_t i = 0; i < ARRAY_COUNT(keys); i++)
        assert_non_null(json_object_get(object, keys[i]));
    assert_true(json_is_null(json_object_get(object, "measure")));
    assert_string_equal(json_string_value(json_object_get(object, "row")), "1.1");
    assert_string_equal(json_string_value(json_object_get(object, "severity")), "error");
    json_decref(array);
    support_work_end(&work);
}

static void table_rules_and_page_agree(void **state)
{
    (void)state;
    struct work work = support_work();
    struct slice rules, page, line;
    assert_true(embedded_find("rules/finding_kinds.csv", &rules));
    assert_int_equal(file_read(&work, support_path(&work, "docs/findings.md"), MOST_PAGE, &page),
                     STATUS_OK);
    assert_true(slice_split(&rules, '\n', &line));
    assert_true(slice_is(line, "kind,severity,title,explanation,remedy"));
    for (size_t i = 0; i < check_kind_count; i++) {
        const char *severity = finding_severity_code(check_kinds[i].severity);
        assert_true(slice_split(&rules, '\n', &line));
        assert_true(
            slice_starts(line, arena_format(work.arena, "%s,%s,", check_kinds[i].name, severity)));
        ptrdiff_t section = slice_find(page,
                                       arena_format(work.arena, "\n## %s\n", check_kinds[i].name));
        assert_true(section >= 0);
        struct slice told = slice_from(page, (size_t)section);
        ptrdiff_t place = slice_find_folded(told, arena_format(work.arena, "*%s.*", severity));
        assert_true(place >= 0 && place < 80);
        assert_true(slice_find(told, "*Example:*") >= 0);
    }
    assert_true(rules.length == 0);
    size_t sections = 0;
    for (ptrdiff_t at; (at = slice_find(page, "\n## ")) >= 0; sections++)
        page = slice_from(page, (size_t)at + 1);
    assert_int_equal(sections, check_kind_count);
    support_work_end(&work);
}

static void a_scale_that_is_not_there_is_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct scale *scale = NULL;
    assert_int_equal(rating_scale_load(&work, "seven-level", &scale), STATUS_INPUT);
    assert_non_null(strstr(work.error, "seven-level"));
    support_work_end(&work);
}

static void levels_are_read_by_code_name_and_word(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct scale *scale = NULL;
    assert_int_equal(rating_scale_load(&work, "five-level", &scale), STATUS_OK);
    static const char *const same[] = { "LG", "lg", " LG ", "Low Green", "low green", "Good" };
    for (size_t i = 0; i < ARRAY_COUNT(same); i++)
        assert_string_equal(rating_declared(scale, same[i])->code, "LG");
    static const char *const none[] = { "?", "", " ", "Green", "n/a" };
    for (size_t i = 0; i < ARRAY_COUNT(none); i++)
        assert_null(rating_declared(scale, none[i]));
    assert_null(rating_declared(scale, NULL));
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boundary_replaces_the_plain_contradiction),
        cmocka_unit_test(findings_become_json_with_eight_keys),
        cmocka_unit_test(table_rules_and_page_agree),
        cmocka_unit_test(a_scale_that_is_not_there_is_refused),
        cmocka_unit_test(levels_are_read_by_code_name_and_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
