/* What follows from counts being whole numbers: a is b, c is a and b together, d is c and e, f is e
 * and g. Over real numbers all of them can move; over whole ones c is even. */
#include "disclosure/whole.h"

#include "base/arena.h"
#include "disclosure/secondary.h"
#include "support/support.h"

enum { A, B, C, D, E, F, G, CELLS };

static const struct relations *seven_cells(struct work *work)
{
    static const int64_t values[CELLS] = {
        [A] = 2, [B] = 2, [C] = 4, [D] = 5, [E] = 1, [F] = 1, [G] = 0
    };
    static const int32_t sums[][3] = { { A, B }, { C, A, B }, { D, C, E }, { F, E, G } };
    static const size_t lengths[] = { 2, 3, 3, 3 };
    struct relations_builder *builder = relations_builder_new(work);
    int32_t cell = 0;
    for (int i = 0; i < CELLS; i++)
        assert_int_equal(relations_add_cell(builder, values[i], &cell), STATUS_OK);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(relations_add(builder, "test", (int64_t)i, sums[i], lengths[i]),
                         STATUS_OK);
    return relations_finish(builder);
}

static void an_odd_sum_tells_the_rest(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct relations *relations = seven_cells(&work);
    const unsigned char statuses[CELLS] = {
        [A] = CELL_PRIMARY, [B] = CELL_PRIMARY,   [C] = CELL_PRIMARY,  [D] = CELL_PUBLISHED,
        [E] = CELL_PRIMARY, [F] = CELL_PUBLISHED, [G] = CELL_SECONDARY
    };
    struct whole_result result = whole_begin(work.arena, relations, statuses);
    whole_audit(relations, statuses, &(struct whole_options){ 0, 1 }, &result);
    assert_int_equal(result.exposed, 4);
    assert_int_equal(result.open, 0);
    assert_int_equal(result.standings[E], WHOLE_EXPOSED);
    assert_int_equal(result.standings[G], WHOLE_CLEAR); /* only primaries are asked for */
    support_work_end(&work);
}

static void a_wider_sum_tells_nothing(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct relations *relations = seven_cells(&work);
    const unsigned char statuses[CELLS] = {
        [A] = CELL_PRIMARY, [B] = CELL_PRIMARY,   [C] = CELL_PRIMARY, [D] = CELL_PUBLISHED,
        [E] = CELL_PRIMARY, [F] = CELL_SECONDARY, [G] = CELL_PRIMARY
    };
    struct whole_result result = whole_begin(work.arena, relations, statuses);
    whole_audit(relations, statuses, &(struct whole_options){ 0, 1 }, &result);
    assert_int_equal(result.exposed + result.open, 0);
    assert_true(result.is_cleared[A] && result.is_cleared[E] && result.is_cleared[G]);
    support_work_end(&work);
}

static void what_is_fixed_around_some_cells_proves_nothing(void **state)
{
    (void)state;
    struct work work = support_work();
    const struct relations *relations = seven_cells(&work);
    const unsigned char statuses[CELLS] = {
        [A] = CELL_PRIMARY, [B] = CELL_PRIMARY,   [C] = CELL_PRIMARY,  [D] = CELL_PUBLISHED,
        [E] = CELL_PRIMARY, [F] = CELL_SECONDARY, [G] = CELL_SECONDARY
    };
    static const int32_t few[] = { A, B, C, E, G }, all[] = { A, B, C, E, G, F };
    struct part_maker maker = part_maker_new(work.arena, relations);
    struct whole_result result = whole_begin(work.arena, relations, statuses);
    bool cleared[6];
    const struct whole_options options = { 0, 1 };
    for (int cell = A; cell <= E; cell++)
        result.standings[cell] = statuses[cell] == CELL_PRIMARY ? WHOLE_EXPOSED : WHOLE_CLEAR;
    assert_int_equal(
        whole_ask_near(&maker, &(struct whole_near){ few, 5, 5 }, &options, &result, cleared), 0);
    assert_int_equal(result.standings[E], WHOLE_EXPOSED);
    assert_int_equal(
        whole_ask_near(&maker, &(struct whole_near){ all, 6, 1 }, &options, &result, cleared), 4);
    whole_clear(all, 6, cleared, &result);
    assert_int_equal(result.standings[E], WHOLE_CLEAR);
    assert_true(result.is_cleared[F]);
    support_work_end(&work);
}

enum { LONG = WHOLE_MOST_CELLS + 100 };

/* A square of four that moves by itself, and hangs by a total on a chain in which every cell is the
 * next. Larger than what is searched: what moves is cleared, the rest is left open. */
static void a_large_part_is_cleared_by_shifts_alone(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations_builder *builder = relations_builder_new(&work);
    enum { ROWS = 4, SUM = 8, FIRST = 9 };
    int32_t cell = 0;
    for (int i = 0; i < FIRST + LONG; i++)
        assert_int_equal(relations_add_cell(builder,
                                            i < ROWS  ? 3
                                            : i < SUM ? 6
                                                      : 12,
                                            &cell),
                         STATUS_OK);
    static const int32_t sums[][3] = { { 4, 0, 1 }, { 5, 2, 3 }, { 6, 0, 2 }, { 7, 1, 3 } };
    for (int i = 0; i < 4; i++)
        assert_int_equal(relations_add(builder, "test", i, sums[i], 3), STATUS_OK);
    const int32_t all[] = { SUM, 0, 1, 2, 3 };
    assert_int_equal(relations_add(builder, "test", 4, all, 5), STATUS_OK);
    for (int32_t i = 0; i < LONG; i++) {
        const int32_t same[] = { i ? FIRST + i - 1 : SUM, FIRST + i };
        assert_int_equal(relations_add(builder, "test", 5 + i, same, 2), STATUS_OK);
    }
    const struct relations *relations = relations_finish(builder);
    unsigned char *statuses = arena_array_of(work.arena, FIRST + LONG, unsigned char);
    for (int i = 0; i < ROWS; i++)
        statuses[i] = CELL_PRIMARY;
    for (int i = SUM; i < FIRST + LONG; i++)
        statuses[i] = CELL_PRIMARY;
    struct whole_result result = whole_begin(work.arena, relations, statuses);
    whole_audit(relations, statuses, &(struct whole_options){ 1, 1 }, &result);
    assert_int_equal(result.exposed, 0);
    assert_int_equal(result.open, LONG + 1);
    for (int i = 0; i < ROWS; i++)
        assert_int_equal(result.standings[i], WHOLE_CLEAR);
    assert_int_equal(result.standings[FIRST], WHOLE_OPEN);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_odd_sum_tells_the_rest),
        cmocka_unit_test(a_wider_sum_tells_nothing),
        cmocka_unit_test(a_large_part_is_cleared_by_shifts_alone),
        cmocka_unit_test(what_is_fixed_around_some_cells_proves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
