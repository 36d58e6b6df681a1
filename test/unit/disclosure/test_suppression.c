/* Suppression, its audit, and interval propagation, on tables small enough to check by hand. */
#include "disclosure/suppression.h"

#include <string.h>

#include "disclosure/intervals.h"
#include "support/support.h"

static struct relations *relations_of(struct work *work, const char *text)
{
    struct relations *relations = NULL;
    assert_int_equal(relations_read_plain(work, "test", slice_of(text), &relations), STATUS_OK);
    return relations;
}

/* Two rows of three with margins: 0..5 inside, 6 and 7 rows, 8 to 10 columns, 11 all. */
static const char square[] = "12 7\n3\n20\n30\n40\n50\n60\n53\n150\n43\n70\n90\n203\n"
                             "4 6 0 1 2\n4 7 3 4 5\n3 8 0 3\n3 9 1 4\n3 10 2 5\n3 11 6 7\n"
                             "4 11 8 9 10\n";

static void a_primary_inside_takes_three_more(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations *relations = relations_of(&work, square);
    unsigned char statuses[12] = { 0 };
    struct suppression_options options = {
        .threshold = 5, .shows_zeros = true, .safety = SAFETY_ONES, .effort = 1
    };
    struct suppression suppression;
    assert_int_equal(suppression_run(&work, relations, &options, statuses, &suppression),
                     STATUS_OK);
    assert_int_equal(suppression.secondary.primary_count, 1);
    assert_int_equal(suppression.secondary.secondary_count, 3);
    assert_int_equal(suppression.secondary.published_count, 8);
    assert_int_equal(suppression.audit.exposed_primaries, 0);
    assert_int_equal(statuses[0], CELL_PRIMARY);
    assert_int_equal(statuses[11], CELL_PUBLISHED);
    support_work_end(&work);
}

static struct audit_result audit(struct work *work, const struct relations *relations,
                                 const unsigned char *statuses, bool knows_least)
{
    struct audit_options options = { .knows_least = knows_least, .least = 1 };
    struct audit_result result;
    audit_pattern(work, relations, statuses, &options, &result);
    return result;
}

static void the_audit_finds_what_can_be_worked_out(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations *relations = relations_of(&work, square);
    unsigned char statuses[12] = { [0] = CELL_PRIMARY };
    struct audit_result result = audit(&work, relations, statuses, true);
    assert_int_equal(result.exposed_primaries, 1);
    assert_string_equal(audit_certificate(&work, relations, statuses, 0),
                        "cell 0 = -cell 1 - cell 2 + cell 6");
    statuses[1] = statuses[3] = CELL_SECONDARY;
    result = audit(&work, relations, statuses, true);
    assert_int_equal(result.exposed_primaries, 1);
    assert_int_equal(result.exposed_secondaries, 2);
    statuses[4] = CELL_SECONDARY;
    result = audit(&work, relations, statuses, true);
    assert_int_equal(result.exposed_primaries + result.exposed_secondaries, 0);
    assert_null(audit_certificate(&work, relations, statuses, 0));
    support_work_end(&work);
}

static void two_ones_that_make_two_are_known(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations *relations = relations_of(&work, "5 1\n17\n10\n5\n1\n1\n5 0 1 2 3 4\n");
    unsigned char statuses[5] = { [3] = CELL_PRIMARY, [4] = CELL_PRIMARY };
    assert_int_equal(audit(&work, relations, statuses, false).exposed_primaries, 0);
    struct audit_result result = audit(&work, relations, statuses, true);
    assert_int_equal(result.exposed_primaries, 2);
    assert_int_equal(result.narrowed, 2);
    /* Told apart from two that could be 1 and 3. */
    relations = relations_of(&work, "5 1\n19\n10\n5\n1\n3\n5 0 1 2 3 4\n");
    assert_int_equal(audit(&work, relations, statuses, true).exposed_primaries, 0);
    support_work_end(&work);
}

static void a_false_witness_proves_nothing(void **state)
{
    (void)state;
    struct work work = support_work();
    /* Ones 1 and 2 make the hidden total 3; ones 1 and 4 the shown total 5 is too much to move. */
    struct relations *relations = relations_of(&work,
                                               "7 2\n11\n1\n1\n9\n7\n6\n3\n4 0 1 2 3\n4 0 1 4 6\n");
    unsigned char statuses[7] = { [1] = CELL_PRIMARY, [2] = CELL_PRIMARY, [4] = CELL_SECONDARY };
    int64_t witness[7] = { 0, 1, 0, 0, 0, 0, 0 };
    struct audit_options options = { .knows_least = true, .least = 1, .witness = witness };
    struct audit_result result;
    audit_pattern(&work, relations, statuses, &options, &result);
    assert_true(result.exposed_primaries > 0);
    support_work_end(&work);
}

static void a_cell_at_its_bound_is_hidden_only_if_it_must(void **state)
{
    (void)state;
    struct work work = support_work();
    /* The total is known, the only other part is 1: with the primary 7 it must be hidden. */
    struct relations *relations = relations_of(&work, "3 1\n8\n7\n1\n3 0 1 2\n");
    unsigned char statuses[3] = { CELL_KNOWN, CELL_PRIMARY, CELL_PUBLISHED };
    struct suppression_options options = { .shows_zeros = true,
                                           .safety = SAFETY_ONES,
                                           .effort = 1 };
    struct suppression suppression;
    assert_int_equal(suppression_run(&work, relations, &options, statuses, &suppression),
                     STATUS_OK);
    assert_int_equal(statuses[2], CELL_SECONDARY);
    support_work_end(&work);
}

/* Where zeros are hidden, a reader learns from a blank only that a count is below the threshold. */
static void zeros_are_hidden_where_the_profile_says_so(void **state)
{
    (void)state;
    static const char zero[] = "12 7\n0\n20\n30\n40\n50\n60\n50\n150\n40\n70\n90\n200\n"
                               "4 6 0 1 2\n4 7 3 4 5\n3 8 0 3\n3 9 1 4\n3 10 2 5\n3 11 6 7\n"
                               "4 11 8 9 10\n";
    struct work work = support_work();
    struct relations *relations = relations_of(&work, zero);
    for (int shows = 0; shows <= 1; shows++) {
        unsigned char statuses[12] = { 0 };
        struct suppression_options options = {
            .threshold = 5, .shows_zeros = shows, .safety = SAFETY_ONES, .effort = 1
        };
        struct suppression suppression;
        assert_int_equal(suppression_run(&work, relations, &options, statuses, &suppression),
                         STATUS_OK);
        assert_int_equal(statuses[0], shows ? CELL_PUBLISHED : CELL_PRIMARY);
        assert_int_equal(suppression.secondary.secondary_count, shows ? 0 : 3);
    }
    support_work_end(&work);
}

static void intervals_close_on_the_truth(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations *relations = relations_of(&work, "4 2\n10\n4\n6\n4\n3 0 1 2\n2 3 1\n");
    int64_t low[] = { 8, 0, 5, 0 }, high[] = { 12, INTERVAL_OPEN, 7, 4 };
    struct intervals intervals = { low, high };
    assert_true(intervals_narrow(relations, &intervals));
    assert_int_equal(low[0], 8);
    assert_int_equal(high[0], 11);
    assert_int_equal(low[1], 1);
    assert_int_equal(high[1], 4);
    assert_int_equal(low[3], 1);
    high[3] = 0;
    assert_false(intervals_narrow(relations, &intervals));
    support_work_end(&work);
}

static void what_a_search_narrows_is_taken_back(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations *relations = relations_of(&work, "4 2\n10\n4\n6\n4\n3 0 1 2\n2 3 1\n");
    int64_t low[] = { 10, 0, 0, 0 };
    int64_t high[] = { 10, INTERVAL_OPEN, INTERVAL_OPEN, INTERVAL_OPEN };
    struct intervals intervals = { low, high };
    assert_true(intervals_narrow(relations, &intervals));
    struct narrower *narrower = narrower_new(work.arena, relations, &intervals);
    assert_true(narrower_set(narrower, 3, 7, 8));
    assert_int_equal(low[2], 2);
    assert_int_equal(high[2], 3);
    size_t first = narrower->change_count;
    assert_false(narrower_set(narrower, 2, 0, 1));
    narrower_return(narrower, first);
    assert_int_equal(low[1], 7);
    assert_int_equal(high[2], 3);
    narrower_return(narrower, 0);
    assert_int_equal(low[3], 0);
    assert_int_equal(high[3], 10);
    assert_int_equal(narrower->change_count, 0);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_primary_inside_takes_three_more),
        cmocka_unit_test(the_audit_finds_what_can_be_worked_out),
        cmocka_unit_test(two_ones_that_make_two_are_known),
        cmocka_unit_test(a_false_witness_proves_nothing),
        cmocka_unit_test(a_cell_at_its_bound_is_hidden_only_if_it_must),
        cmocka_unit_test(zeros_are_hidden_where_the_profile_says_so),
        cmocka_unit_test(intervals_close_on_the_truth),
        cmocka_unit_test(what_a_search_narrows_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
