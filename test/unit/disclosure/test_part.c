/* Parts of the relations: two rows of three with margins, 0..5 inside, 6 and 7 rows, 8 to 10
 * columns, 11 all. */
#include "disclosure/part.h"

#include "support/support.h"

static const char square[] = "12 7\n3\n20\n30\n40\n50\n60\n53\n150\n43\n70\n90\n203\n"
                             "4 6 0 1 2\n4 7 3 4 5\n3 8 0 3\n3 9 1 4\n3 10 2 5\n3 11 6 7\n"
                             "4 11 8 9 10\n";

static struct relations *relations_of(struct work *work)
{
    struct relations *relations = NULL;
    assert_int_equal(relations_read_plain(work, "test", slice_of(square), &relations), STATUS_OK);
    return relations;
}

static void a_part_adds_up_by_itself(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations *relations = relations_of(&work);
    struct part_maker maker = part_maker_new(work.arena, relations);
    static const int32_t cells[] = { 6, 1, 4 };
    for (int time = 0; time < 2; time++) { /* the maker is as it was */
        struct part part = part_of(&maker, work.arena, cells, 3);
        const struct relations *own = &part.relations;
        assert_int_equal(own->relation_count, 4);
        assert_int_equal(own->cell_count, 7);
        for (int32_t r = 0; r < own->relation_count; r++) {
            int64_t left = own->values[own->members[own->starts[r]]];
            for (int64_t i = own->starts[r] + 1; i < own->starts[r + 1]; i++)
                left -= own->values[own->members[i]];
            assert_int_equal(left, 0);
        }
        assert_int_equal(own->values[0], 53);
        assert_int_equal(own->cell_starts[1] - own->cell_starts[0], 2);
    }
    support_work_end(&work);
}

static void what_is_near_comes_by_steps(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations *relations = relations_of(&work);
    struct part_maker maker = part_maker_new(work.arena, relations);
    const bool counts[12] = { [0] = true, [1] = true, [4] = true, [5] = true, [7] = true };
    int32_t cells[12] = { 0 };
    assert_int_equal(part_gather(&maker, counts, cells, 1, 12), 5);
    static const int32_t order[] = { 0, 1, 4, 7, 5 };
    for (int i = 0; i < 5; i++)
        assert_int_equal(cells[i], order[i]);
    assert_int_equal(part_gather(&maker, counts, cells, 1, 3), 3);
    cells[0] = 2; /* beside hidden ones, though it does not count itself */
    cells[1] = 5;
    assert_int_equal(part_gather(&maker, counts, cells, 2, 12), 6);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_adds_up_by_itself),
        cmocka_unit_test(what_is_near_comes_by_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
