/* Shifts: two rows of three with all margins shown, and sums that allow every second number alone.
 */
#include "disclosure/shifts.h"

#include "support/support.h"

static struct part part_with(struct work *work, const char *text, const int32_t *cells,
                             int32_t count)
{
    struct relations *relations = NULL;
    assert_int_equal(relations_read_plain(work, "test", slice_of(text), &relations), STATUS_OK);
    struct part_maker maker = part_maker_new(work->arena, relations);
    return part_of(&maker, work->arena, cells, count);
}

static void a_rectangle_moves(void **state)
{
    (void)state;
    struct work work = support_work();
    static const int32_t cells[] = { 0, 1, 3, 4, 2 };
    struct part part = part_with(&work,
                                 "12 7\n1\n20\n30\n40\n50\n60\n51\n150\n41\n70\n90\n201\n"
                                 "4 6 0 1 2\n4 7 3 4 5\n3 8 0 3\n3 9 1 4\n3 10 2 5\n3 11 6 7\n"
                                 "4 11 8 9 10\n",
                                 cells, 5);
    bool cleared[5] = { false };
    shifts_walk(&part, 1, cleared);
    for (int i = 0; i < 4; i++)
        assert_true(cleared[i]);
    assert_false(cleared[4]); /* alone in its column */
    support_work_end(&work);
}

static void nothing_falls_below_the_least(void **state)
{
    (void)state;
    struct work work = support_work();
    static const int32_t cells[] = { 1, 2 };
    struct part part = part_with(&work, "3 1\n2\n1\n1\n3 0 1 2\n", cells, 2);
    bool cleared[2] = { false };
    shifts_walk(&part, 1, cleared);
    assert_false(cleared[0] || cleared[1]);
    shifts_walk(&part, 0, cleared);
    assert_true(cleared[0] && cleared[1]);
    support_work_end(&work);
}

static void a_half_moves_by_two(void **state)
{
    (void)state;
    struct work work = support_work();
    /* 0 is 1 and 2, which are the same; 0 and 3 make the shown 4. */
    static const int32_t cells[] = { 0, 1, 2, 3 };
    struct part part = part_with(&work, "5 3\n6\n3\n3\n5\n11\n3 0 1 2\n2 1 2\n3 4 0 3\n", cells, 4);
    bool cleared[4] = { false };
    shifts_walk(&part, 1, cleared);
    for (int i = 0; i < 4; i++)
        assert_true(cleared[i]);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rectangle_moves),
        cmocka_unit_test(nothing_falls_below_the_least),
        cmocka_unit_test(a_half_moves_by_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
