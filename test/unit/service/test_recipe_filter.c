/* Who a recipe counts: the form, and which labels meet it. */
#include "service/recipe_filter.h"

#include <string.h>

#include "support/support.h"

static struct recipe_filter read(struct work *work, const char *text)
{
    struct recipe_filter filter = { 0 };
    if (recipe_filter_read(work, text, &filter) != STATUS_OK)
        fail_msg("%s", work->error);
    return filter;
}

static void terms_are_read(void **state)
{
    struct work work = support_work();
    (void)state;
    struct recipe_filter filter = read(
        &work, " grade = PO5 | PO6 ;sex!=M; ethnicity=@white;age=answered;");
    assert_int_equal(filter.count, 4);
    assert_string_equal(filter.terms[0].column, "grade");
    assert_int_equal(filter.terms[0].value_count, 2);
    assert_string_equal(filter.terms[0].values[1], "PO6");
    assert_true(filter.terms[1].is_not);
    assert_string_equal(filter.terms[1].column, "sex");
    assert_string_equal(filter.terms[2].group, "white");
    assert_true(filter.terms[3].is_answered);
    assert_int_equal(read(&work, "").count, 0);
    assert_int_equal(read(&work, NULL).count, 0);
    support_work_end(&work);
}

static void nonsense_is_refused_with_the_form(void **state)
{
    static const char *const wrong[] = { "sex", "=F",    "sex=",
                                         "!=F", "sex F", "a=1;b=1;c=1;d=1;e=1;f=1;g=1" };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct work work = support_work();
        struct recipe_filter filter;
        if (recipe_filter_read(&work, wrong[i], &filter) != STATUS_INPUT)
            fail_msg("\"%s\" is read", wrong[i]);
        assert_non_null(strstr(work.error, "sex=answered"));
        support_work_end(&work);
    }
}

static bool meets(struct work *work, const struct code_list *list, const char *text,
                  const char *label)
{
    struct recipe_filter filter = read(work, text);
    return recipe_filter_meets(&filter.terms[0], list, slice_of(label));
}

static void labels_meet_terms(void **state)
{
    struct work work = support_work();
    struct code_lists lists;
    const struct code_list *list = NULL;
    (void)state;
    assert_int_equal(code_lists_open(&work, &lists), STATUS_OK);
    assert_int_equal(code_list_load(&work, &lists, "ethnicity-england-2021", &list), STATUS_OK);
    assert_true(meets(&work, list, "e=A1|A2", "A2"));
    assert_false(meets(&work, list, "e=A1|A2", "A3"));
    assert_true(meets(&work, list, "e=@ethnic-minorities", "B1"));
    assert_false(meets(&work, list, "e=@ethnic-minorities", "W1"));
    assert_false(meets(&work, list, "e=@ethnic-minorities", "prefer-not-to-say"));
    assert_true(meets(&work, list, "e=answered", "W1"));
    assert_false(meets(&work, list, "e=answered", "prefer-not-to-say"));
    assert_false(meets(&work, list, "e=answered", "withdrawn"));
    assert_false(meets(&work, list, "e=answered", ""));
    assert_true(meets(&work, list, "e!=W1", "W2"));
    assert_true(meets(&work, NULL, "grade=PO5", "PO5"));
    support_work_end(&work);
}

static void groups_and_codes_must_be_of_the_list(void **state)
{
    static const char *const wrong[] = { "e=@bame", "e=Q", "e=A1|Q" };
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct work work = support_work();
        struct code_lists lists;
        const struct code_list *list = NULL;
        assert_int_equal(code_lists_open(&work, &lists), STATUS_OK);
        assert_int_equal(code_list_load(&work, &lists, "ethnicity-england-2021", &list), STATUS_OK);
        struct recipe_filter filter = read(&work, wrong[i]);
        assert_int_equal(recipe_filter_check(&work, &filter.terms[0], list), STATUS_INPUT);
        work_forget(&work);
        filter = read(&work, "e=A1|withdrawn");
        assert_int_equal(recipe_filter_check(&work, &filter.terms[0], list), STATUS_OK);
        filter = read(&work, "e=@white");
        assert_int_equal(recipe_filter_check(&work, &filter.terms[0], NULL), STATUS_INPUT);
        support_work_end(&work);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_read),
        cmocka_unit_test(nonsense_is_refused_with_the_form),
        cmocka_unit_test(labels_meet_terms),
        cmocka_unit_test(groups_and_codes_must_be_of_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
