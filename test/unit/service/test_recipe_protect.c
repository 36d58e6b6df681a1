/* Counts of recipes on their way to what everybody reads: small ones are withheld, and what else
 * gives them away; against a reader who adds and subtracts. */
#include "service/recipe_protect.h"

#include "base/number.h"
#include "support/random_row.h"
#include "support/support.h"

enum { COUNCIL = 1, PLACE, PEOPLE, LEGAL, ROUNDS = 2000 };

static struct profile public_profile(struct work *work)
{
    const struct profiles *profiles = NULL;
    struct profile profile;
    assert_int_equal(profiles_load(work, &profiles), STATUS_OK);
    assert_int_equal(profile_find(work, profiles, PROFILE_STANDARD, &profile), STATUS_OK);
    return profile;
}

static struct recipe_count of_unit(int64_t unit, int64_t numerator, int64_t base)
{
    return (struct recipe_count){ .measure = 7,
                                  .unit = unit,
                                  .parent = unit == COUNCIL ? INTEGER_MISSING : COUNCIL,
                                  .numerator = numerator,
                                  .base = base < 0 ? INTEGER_MISSING : base * NUMBER_ONE };
}

static void small_ones_are_withheld(void **state)
{
    (void)state;
    static const struct {
        int64_t numerator, base;
        enum recipe_secret secret;
    } cases[] = {
        { 9, 200, RECIPE_SMALL },   { 10, 200, RECIPE_OPEN },  { 0, 200, RECIPE_SMALL },
        { 191, 200, RECIPE_SMALL }, { 190, 200, RECIPE_OPEN }, { 200, 200, RECIPE_SMALL },
        { 11, 22, RECIPE_SMALL },   { 12, 23, RECIPE_OPEN },   { 9, -1, RECIPE_SMALL },
        { 10, -1, RECIPE_OPEN },    { 300, 200, RECIPE_OPEN }, /* more cases than people */
    };
    struct work work = support_work();
    const struct profile profile = public_profile(&work);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct recipe_count count = of_unit(COUNCIL, cases[i].numerator, cases[i].base);
        recipe_protect(&profile, &count, 1);
        /* 12 of 23 leaves 11 */
        assert_int_equal(count.secret, cases[i].secret);
    }
    support_work_end(&work);
}

static void a_second_one_goes_with_it(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct profile profile = public_profile(&work);
    struct recipe_count counts[] = { of_unit(COUNCIL, 97, 400), of_unit(PLACE, 50, 200),
                                     of_unit(PEOPLE, 43, 150), of_unit(LEGAL, 4, 50),
                                     of_unit(LEGAL, 30, 60) };
    counts[4].breakdown = "leavers"; /* another count */
    recipe_protect(&profile, counts, 5);
    static const enum recipe_secret expected[] = { RECIPE_OPEN, RECIPE_OPEN, RECIPE_LEADS,
                                                   RECIPE_SMALL, RECIPE_OPEN };
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(counts[i].secret, expected[i]);
    support_work_end(&work);
}

/* Three units and their sum: never is exactly one of the four withheld. */
static void no_sum_has_one_unknown(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct profile profile = public_profile(&work);
    struct random random = { 5 };
    size_t withheld = 0;
    for (int round = 0; round < ROUNDS; round++) {
        int64_t sum = 0;
        struct recipe_count counts[4];
        for (int64_t unit = PLACE; unit <= LEGAL; unit++) {
            int64_t number = (int64_t)random_between(&random, 0, 40);
            counts[unit - COUNCIL] = of_unit(unit, number, -1);
            sum += number;
        }
        counts[0] = of_unit(COUNCIL, sum, -1);
        recipe_protect(&profile, counts, 4);
        size_t hidden = 0;
        for (size_t i = 0; i < 4; i++) {
            assert_true(counts[i].numerator >= profile.threshold ||
                        counts[i].secret == RECIPE_SMALL);
            hidden += counts[i].secret != RECIPE_OPEN;
        }
        assert_int_not_equal(hidden, 1);
        withheld += hidden;
    }
    assert_true(withheld > ROUNDS / 2);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_ones_are_withheld),
        cmocka_unit_test(a_second_one_goes_with_it),
        cmocka_unit_test(no_sum_has_one_unknown),
    };
    return cmocka_run_group_tests_name("service/recipe_protect", tests, NULL, NULL);
}
