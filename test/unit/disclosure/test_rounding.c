/* Rounding rules, what rounding gives away and how it is mended, and percentages that tell a base.
 */
#include "disclosure/rounding.h"

#include "disclosure/intervals.h"
#include "disclosure/percentages.h"
#include "disclosure/profile.h"
#include "support/support.h"

static void counts_are_rounded_half_up(void **state)
{
    (void)state;
    const int64_t rounded[][2] = { { 0, 0 },   { 1, 0 },   { 2, 0 },      { 3, 5 },
                                   { 7, 5 },   { 8, 10 },  { 12, 10 },    { 13, 15 },
                                   { 22, 20 }, { 23, 25 }, { 1004, 1005 } };
    for (size_t i = 0; i < sizeof rounded / sizeof *rounded; i++)
        assert_int_equal(profile_round(5, rounded[i][0]), rounded[i][1]);
    assert_int_equal(profile_round(10, 5), 10);
    assert_int_equal(profile_round(10, 4), 0);
    assert_int_equal(profile_round(0, 7), 7);
}

static struct relations *relations_of(struct work *work, const char *text)
{
    struct relations *relations = NULL;
    assert_int_equal(relations_read_plain(work, "test", slice_of(text), &relations), STATUS_OK);
    return relations;
}

static void what_rounding_gives_away_is_withheld(void **state)
{
    (void)state;
    struct work work = support_work();
    /* 12 = 11 + 1 with zeros shown: 10 (at most 12) less 10 (at least 10) leaves 1 or 2; with a
     * third figure of 8 (8 to 12 shown as 10) the total 20 (at most 22) leaves no more than 1 + 1.
     */
    struct relations *relations = relations_of(&work, "5 1\n22\n10\n10\n1\n1\n5 0 1 2 3 4\n");
    int64_t thresholds[] = { 10, 10, 10, 10, 10 };
    unsigned char statuses[5];
    struct rounding_options options = { .base = 5, .thresholds = thresholds, .shows_zeros = true };
    struct rounding_result result;
    assert_int_equal(rounding_protect(&work, relations, &options, statuses, &result), STATUS_OK);
    assert_int_equal(result.found, 2);
    assert_int_equal(result.withheld_count, 1);
    assert_int_equal(statuses[3], CELL_PRIMARY);
    /* Zeros inside the band, and nothing has to be withheld: 0 and 2 are as good. */
    options.shows_zeros = false;
    assert_int_equal(rounding_protect(&work, relations, &options, statuses, &result), STATUS_OK);
    assert_int_equal(result.found, 0);
    assert_int_equal(result.withheld_count, 0);
    support_work_end(&work);
}

static void what_withholding_cannot_mend_is_refused(void **state)
{
    (void)state;
    struct work work = support_work();
    /* Below 2 there is only 1 where zeros are shown: to hide it says it. */
    struct relations *relations = relations_of(&work, "2 1\n0\n0\n2 0 1\n");
    int64_t thresholds[] = { 0, 0 };
    unsigned char statuses[3];
    struct rounding_options options = { .base = 5, .thresholds = thresholds, .shows_zeros = true };
    struct rounding_result result;
    assert_int_equal(rounding_protect(&work, relations, &options, statuses, &result), STATUS_OK);
    relations = relations_of(&work, "3 1\n2\n1\n1\n3 0 1 2\n");
    int64_t ones[] = { 2, 2, 2 };
    options.thresholds = ones;
    assert_int_equal(rounding_protect(&work, relations, &options, statuses, &result),
                     STATUS_REFUSED);
    support_work_end(&work);
}

static void percentages_tell_their_base(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    const struct printed_percent paper[] = { { 16130000, 2 }, { 47580000, 2 }, { 1610000, 2 } };
    struct percentages percentages = { paper, 3, 0 };
    struct percentages_finding finding = { 0 };
    assert_true(percentages_reveal(arena, &percentages, 10, &finding));
    assert_int_equal(finding.base, 124);
    assert_int_equal(finding.count, 2);
    assert_int_equal(finding.which, 2);
    assert_false(finding.is_half_posts);
    const struct printed_percent whole[] = { { 16000000, 0 }, { 48000000, 0 }, { 2000000, 0 } };
    percentages = (struct percentages){ whole, 3, 0 };
    assert_false(percentages_reveal(arena, &percentages, 10, &finding));
    percentages.base = 62;
    assert_true(percentages_reveal(arena, &percentages, 10, &finding));
    assert_int_equal(finding.count, 1);
    percentages.base = 5000;
    assert_false(percentages_reveal(arena, &percentages, 10, &finding));
}

static void profiles_are_read(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct profiles *profiles = NULL;
    struct profile profile;
    assert_int_equal(profiles_load(&work, &profiles), STATUS_OK);
    assert_int_equal(profiles->count, 12);
    assert_int_equal(profile_find(&work, profiles, "public", &profile), STATUS_OK);
    assert_int_equal(profile.threshold, 10);
    assert_false(profile.shows_zeros);
    assert_int_equal(profile.percent_base, 22500000);
    assert_int_equal(profile_raise(&work, &profile, 9), STATUS_REFUSED);
    work_forget(&work);
    assert_int_equal(profile_raise(&work, &profile, 15), STATUS_OK);
    assert_int_equal(profile.threshold, 15);
    for (size_t i = 0; i < profiles->count; i++)
        assert_true(profiles->items[i].is_restricted || profiles->items[i].threshold == 0 ||
                    profiles->items[i].threshold >= 5);
    assert_int_equal(profile_find(&work, profiles, "none", &profile), STATUS_USAGE);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_rounded_half_up),
        cmocka_unit_test(what_rounding_gives_away_is_withheld),
        cmocka_unit_test(what_withholding_cannot_mend_is_refused),
        cmocka_unit_test(percentages_tell_their_base),
        cmocka_unit_test(profiles_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
