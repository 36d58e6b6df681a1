/* How the title or number of an objective is taken from the words of a plan. */
#include "service/import_objective.h"
#include "support/support.h"

static void words_are_taken_apart(void **state)
{
    static const struct {
        const char *words, *title;
        int64_t number;
    } cases[] = {
        { "Objective 1 - Develop access", "Develop access", 1 },
        { "Objective 12: Fair work", "Fair work", 12 },
        { "objective 3", "", 3 },
        { "3", "", 3 },
        { "Objective: Fair work", "Fair work", 0 },
        { "Equality objective 2 \xE2\x80\x93 Open services", "Open services", 2 },
        { "3. Fair borders", "Fair borders", 3 },
        { "4) Fair borders", "Fair borders", 4 },
        { "5 - Fair trade", "Fair trade", 5 },
        { "16 to 18 year olds in work", "16 to 18 year olds in work", 0 },
        { "24-hour services for all", "24-hour services for all", 0 },
        { "Objectives of the board", "Objectives of the board", 0 },
        { "Aim high", "Aim high", 0 },
        { "Fair work", "Fair work", 0 },
        { "", "", 0 },
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_COUNT(cases); i++) {
        struct objective_words read = objective_words_read(slice_of(cases[i].words));
        assert_int_equal(read.number, cases[i].number);
        assert_true(slice_is(read.title, cases[i].title));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(words_are_taken_apart) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
