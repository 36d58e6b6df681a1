/* Level 5 denies what is not so: told that cells are known which can move, the solvers say no. */
#include "attack/opinion.h"

#include "base/arena.h"
#include "support/support.h"
#include "base/banned.h"

enum { CELLS = 5 };

/* 4 = a + b, 4 = a + c, 3 = c + d: three of the four hidden cells follow from the fourth. */
static struct puzzle make_puzzle(struct work *work)
{
    static const int32_t parts[3][2] = { { 1, 2 }, { 1, 3 }, { 3, 4 } };
    static const int64_t totals[3] = { 4, 4, 3 };
    struct puzzle_builder builder = puzzle_builder_new(work->arena);
    assert_int_equal(puzzle_add_cell(work, &builder, CELL_SHOWN, 0, 0), STATUS_OK);
    for (int c = 1; c < CELLS; c++)
        assert_int_equal(puzzle_add_cell(work, &builder, CELL_PRIMARY, 0, PUZZLE_UNBOUNDED),
                         STATUS_OK);
    for (int e = 0; e < 3; e++) {
        assert_int_equal(puzzle_add_cell(work, &builder, CELL_SHOWN, totals[e], totals[e]),
                         STATUS_OK);
        assert_int_equal(puzzle_add_equation(work, &builder), STATUS_OK);
        assert_int_equal(puzzle_add_entry(work, &builder, CELLS + e, -1), STATUS_OK);
        assert_int_equal(puzzle_add_entry(work, &builder, parts[e][0], 1), STATUS_OK);
        assert_int_equal(puzzle_add_entry(work, &builder, parts[e][1], 1), STATUS_OK);
    }
    return puzzle_of(&builder);
}

static struct opinion_result ask_sample(struct work *work, const struct puzzle *puzzle, bool claim,
                                        int64_t sample)
{
    bool is_known[CELLS + 3] = { 0 };
    struct opinion_result result;
    struct bounds bounds = bounds_of(work->arena, puzzle);
    for (int c = 1; c < CELLS; c++)
        is_known[c] = claim;
    const struct opinion_options options = { is_known, true, 1, sample };
    assert_int_equal(opinion_ask(work, puzzle, &options, &bounds, &result), STATUS_OK);
    assert_int_equal(result.unsolved, 0);
    return result;
}

static struct opinion_result ask(struct work *work, const struct puzzle *puzzle, bool claim)
{
    return ask_sample(work, puzzle, claim, 0);
}

/* So many of the hidden cells are asked about, and no others are denied. */
static void a_sample_is_a_part(void **state)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct puzzle puzzle = make_puzzle(&work);
    (void)state;
    for (int64_t sample = 1; sample < 2 * CELLS; sample++) {
        int32_t expected = sample < CELLS - 1 ? (int32_t)sample : CELLS - 1;
        struct opinion_result result = ask_sample(&work, &puzzle, true, sample);
        assert_int_equal(result.asked, expected);
        assert_int_equal(result.disagreements, 2 * expected);
    }
}

static void solvers_deny_what_is_not_so(void **state)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct puzzle puzzle = make_puzzle(&work);
    (void)state;
    assert_int_equal(ask(&work, &puzzle, false).disagreements, 0);
    assert_int_equal(ask(&work, &puzzle, true).disagreements, 2 * (CELLS - 1));
    puzzle.least[1] = puzzle.most[1] = 2; /* now the others follow from it */
    puzzle.state[1] = CELL_SHOWN;
    assert_int_equal(ask(&work, &puzzle, true).disagreements, 0);
    assert_int_equal(ask(&work, &puzzle, false).disagreements, 2 * (CELLS - 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(solvers_deny_what_is_not_so),
                                        cmocka_unit_test(a_sample_is_a_part) };
    return cmocka_run_group_tests_name("attack/opinion", tests, NULL, NULL);
}
