/* The registry: every list holds as many categories as its standard has, groups are made of codes
 * that exist, and crosswalks lead from 19 to 18 to 5. */
#include "service/code_list.h"

#include <string.h>

#include "base/slice.h"
#include "support/support.h"

static void lists_have_as_many_categories_as_their_standards(void **state)
{
    static const struct {
        const char *list;
        size_t categories;
    } expected[] = {
        { "ethnicity-england-2021", 19 },
        { "ethnicity-england-2011", 18 },
        { "ethnicity-england-2001", 16 },
        { "ethnicity-wales-2021", 19 },
        { "ethnicity-scotland-2022", 18 },
        { "ethnicity-northern-ireland-2021", 10 },
        { "ethnicity-nhs-2001", 16 },
        { "ethnicity-police-2011", 18 },
        { "ethnicity-dfe", 18 },
        { "ethnicity-5", 5 },
        { "ethnicity-6", 6 },
        { "sex", 2 },
        { "gender-identity-question-2021", 2 },
        { "gender-identity-2021", 6 },
        { "disability-condition", 2 },
        { "disability-activity", 3 },
        { "disability-equality-act", 4 },
        { "disability-declared", 2 },
        { "impairment", 10 },
        { "religion", 8 },
        { "sexual-orientation", 4 },
        { "marital-status", 11 },
        { "pregnancy-maternity", 5 },
        { "age-5-year", 19 },
        { "age-10-year", 7 },
        { "age-open-standard", 8 },
        { "age-under-25", 2 },
        { "socio-economic-occupation", 8 },
        { "socio-economic-school", 5 },
        { "socio-economic-meals", 3 },
        { "socio-economic-degree", 2 },
        { "imd-decile", 10 },
        { "carer", 4 },
        { "care-experienced", 2 },
        { "armed-forces", 2 },
        { "communication-need", 7 },
        { "migration", 3 },
    };
    struct work work = support_work();
    struct code_lists lists;
    (void)state;
    assert_int_equal(code_lists_open(&work, &lists), STATUS_OK);
    assert_int_equal(lists.lists.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct code_list *list = NULL;
        assert_int_equal(code_list_load(&work, &lists, expected[i].list, &list), STATUS_OK);
        if (code_list_categories(list) != expected[i].categories)
            fail_msg("%s has %zu categories", list->name, code_list_categories(list));
    }
    support_work_end(&work);
}

static const char *mapped(struct work *work, struct code_lists *lists, const char *from,
                          const char *code, const char *to)
{
    const char *found = NULL;
    assert_int_equal(code_lists_map(work, lists, from, code, to, &found), STATUS_OK);
    return found;
}

static void crosswalks_lead_from_19_to_18_to_5(void **state)
{
    struct work work = support_work();
    struct code_lists lists;
    (void)state;
    assert_int_equal(code_lists_open(&work, &lists), STATUS_OK);
    const char *now = "ethnicity-england-2021";
    assert_string_equal(mapped(&work, &lists, now, "W4", "ethnicity-england-2011"), "W9");
    assert_string_equal(mapped(&work, &lists, now, "W4", "ethnicity-5"), "W");
    assert_string_equal(mapped(&work, &lists, now, "A4", "ethnicity-5"), "A");
    assert_string_equal(mapped(&work, &lists, now, "O2", "ethnicity-england-2001"), "O9");
    assert_string_equal(mapped(&work, &lists, now, "A", "ethnicity-5"), "A");
    assert_string_equal(mapped(&work, &lists, "ethnicity-nhs-2001", "R", "ethnicity-5"), "A");
    /* "Chinese or other ethnic group" of 2001 is none of today's five. */
    assert_null(mapped(&work, &lists, "ethnicity-england-2001", "O", "ethnicity-5"));
    assert_string_equal(mapped(&work, &lists, "ethnicity-wales-2021", "W4", "ethnicity-6"), "W9");
    assert_null(mapped(&work, &lists, now, "W", "ethnicity-6"));
    assert_string_equal(mapped(&work, &lists, now, "W4", now), "W4");
    assert_null(mapped(&work, &lists, now, "W4", "religion"));
    support_work_end(&work);
}

/* Every category of an older version is reached from every newer one, or said to be its own. */
static void every_category_of_2021_has_a_counterpart(void **state)
{
    struct work work = support_work();
    struct code_lists lists;
    const struct code_list *list = NULL;
    (void)state;
    assert_int_equal(code_lists_open(&work, &lists), STATUS_OK);
    assert_int_equal(code_list_load(&work, &lists, "ethnicity-england-2021", &list), STATUS_OK);
    for (size_t i = 0; i < list->codes.count; i++) {
        const struct list_code *code = list->codes.items[i];
        const char *five = mapped(&work, &lists, list->name, code->code, "ethnicity-5");
        assert_non_null(five);
        if (code->parent)
            assert_string_equal(five, code->parent);
    }
    support_work_end(&work);
}

static void groups_are_defined_sets(void **state)
{
    struct work work = support_work();
    struct code_lists lists;
    const struct code_list *list = NULL;
    (void)state;
    assert_int_equal(code_lists_open(&work, &lists), STATUS_OK);
    assert_int_equal(code_list_load(&work, &lists, "ethnicity-england-2021", &list), STATUS_OK);
    const struct list_aggregate *minorities = code_list_aggregate(list, "ethnic-minorities");
    assert_non_null(minorities);
    assert_true(code_list_is_in(list, minorities, "A1"));
    assert_true(code_list_is_in(list, minorities, "B"));
    assert_false(code_list_is_in(list, minorities, "W9"));
    assert_false(code_list_is_in(list, minorities, "W"));
    assert_false(code_list_is_in(list, minorities, "none"));
    const struct list_aggregate *with = code_list_aggregate(
        list, "ethnic-minorities-with-white-minorities");
    assert_true(code_list_is_in(list, with, "W9"));
    assert_false(code_list_is_in(list, with, "W")); /* cannot be told */
    assert_null(code_list_aggregate(list, "bame"));
    support_work_end(&work);
}

static void a_list_that_is_not_there_is_named(void **state)
{
    struct work work = support_work();
    struct code_lists lists;
    const struct code_list *list = NULL;
    (void)state;
    assert_int_equal(code_lists_open(&work, &lists), STATUS_OK);
    assert_int_equal(code_list_load(&work, &lists, "ethnicity-1991", &list), STATUS_NOT_FOUND);
    assert_non_null(strstr(work.error, "ethnicity-1991"));
    support_work_end(&work);
}

static void states_have_names(void **state)
{
    enum answer_state one = ANSWER_GIVEN;
    (void)state;
    for (int i = 0; i < ANSWER_STATE_COUNT; i++) {
        assert_true(answer_state_read(answer_state_code((enum answer_state)i), &one));
        assert_int_equal(one, i);
    }
    assert_false(answer_state_read("refused", &one));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_have_as_many_categories_as_their_standards),
        cmocka_unit_test(crosswalks_lead_from_19_to_18_to_5),
        cmocka_unit_test(every_category_of_2021_has_a_counterpart),
        cmocka_unit_test(groups_are_defined_sets),
        cmocka_unit_test(a_list_that_is_not_there_is_named),
        cmocka_unit_test(states_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
