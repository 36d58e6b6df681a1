/* The first three levels on small puzzles, against all their solutions in whole numbers. */
#include "attack/attack.h"

#include <string.h>

#include "attack/recover.h"
#include "base/arena.h"
#include "support/support.h"
#include "base/banned.h"

enum { ROWS = 3, COLUMNS = 3, CELLS = (ROWS + 1) * (COLUMNS + 1), PUZZLES = 400, LARGEST = 5 };

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

/* A table with its margins: cell (r, c), row totals in the last column, column totals below. */
static int32_t cell_at(int r, int c)
{
    return r * (COLUMNS + 1) + c;
}

struct sample {
    int64_t counts[CELLS];
    struct puzzle puzzle;
};

static void add_line(struct work *work, struct puzzle_builder *builder, int row, int column)
{
    int length = row >= 0 ? COLUMNS : ROWS;
    assert_int_equal(puzzle_add_equation(work, builder), STATUS_OK);
    for (int i = 0; i <= length; i++) {
        int32_t cell = row >= 0 ? cell_at(row, i) : cell_at(i, column);
        assert_int_equal(puzzle_add_entry(work, builder, cell, i == length ? -1 : 1), STATUS_OK);
    }
}

/* Counts, and a pattern that hides some of them; zeros are shown. */
static void make_sample(struct work *work, uint64_t *random, struct sample *out_sample)
{
    struct puzzle_builder builder = puzzle_builder_new(work->arena);
    memset(out_sample->counts, 0, sizeof out_sample->counts);
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++) {
            int64_t count = (int64_t)(next_random(random) % LARGEST);
            out_sample->counts[cell_at(r, c)] = count;
            out_sample->counts[cell_at(r, COLUMNS)] += count;
            out_sample->counts[cell_at(ROWS, c)] += count;
            out_sample->counts[cell_at(ROWS, COLUMNS)] += count;
        }
    for (int32_t c = 0; c < CELLS; c++) {
        int64_t count = out_sample->counts[c];
        bool is_hidden = count > 0 && next_random(random) % 3 != 0;
        enum cell_state state = !is_hidden ? CELL_SHOWN : count < 3 ? CELL_PRIMARY : CELL_SECONDARY;
        assert_int_equal(puzzle_add_cell(work, &builder, state, is_hidden ? 1 : count,
                                         is_hidden ? PUZZLE_UNBOUNDED : count),
                         STATUS_OK);
    }
    for (int r = 0; r <= ROWS; r++)
        add_line(work, &builder, r, -1);
    for (int c = 0; c <= COLUMNS; c++)
        add_line(work, &builder, -1, c);
    out_sample->puzzle = puzzle_of(&builder);
    out_sample->puzzle.truth = out_sample->counts;
}

/* All solutions by trying: the inner cells, each within its bounds, decide the others. */
struct search {
    const struct puzzle *puzzle;
    int64_t most; /* no cell can be larger */
    int64_t counts[CELLS], least[CELLS], largest[CELLS];
};

static void take_solution(struct search *search)
{
    int64_t *counts = search->counts;
    for (int c = 0; c <= COLUMNS; c++)
        counts[cell_at(ROWS, c)] = 0;
    for (int r = 0; r < ROWS; r++) {
        counts[cell_at(r, COLUMNS)] = 0;
        for (int c = 0; c < COLUMNS; c++) {
            counts[cell_at(r, COLUMNS)] += counts[cell_at(r, c)];
            counts[cell_at(ROWS, c)] += counts[cell_at(r, c)];
        }
        counts[cell_at(ROWS, COLUMNS)] += counts[cell_at(r, COLUMNS)];
    }
    for (int32_t c = 0; c < CELLS; c++)
        if (counts[c] < search->puzzle->least[c] || counts[c] > search->puzzle->most[c])
            return;
    for (int32_t c = 0; c < CELLS; c++) {
        search->least[c] = counts[c] < search->least[c] ? counts[c] : search->least[c];
        search->largest[c] = counts[c] > search->largest[c] ? counts[c] : search->largest[c];
    }
}

static void search_from(struct search *search, int inner)
{
    if (inner == ROWS * COLUMNS) {
        take_solution(search);
        return;
    }
    int32_t cell = cell_at(inner / COLUMNS, inner % COLUMNS);
    int64_t most = search->puzzle->most[cell];
    for (int64_t n = search->puzzle->least[cell]; n <= most && n <= search->most; n++) {
        search->counts[cell] = n;
        search_from(search, inner + 1);
    }
}

/* Where all cells have an upper bound of LARGEST + 1, trying is quick enough. */
static void limit(struct sample *sample)
{
    for (int32_t c = 0; c < CELLS; c++)
        if (sample->puzzle.most[c] == PUZZLE_UNBOUNDED && sample->counts[c] <= LARGEST)
            sample->puzzle.most[c] = LARGEST;
}

/* A table with margins is totally unimodular, so the reals give nothing away that whole numbers
 * would not, and the other way about: level 2 has to agree with trying. */
static void exact_recovery_agrees_with_all_solutions(void **state)
{
    (void)state;
    uint64_t random = 7;
    int known = 0, unknown = 0;
    for (int i = 0; i < PUZZLES; i++) {
        CLEANUP_ARENA struct arena *arena = arena_new();
        struct work work = { .arena = arena };
        struct sample sample;
        struct attack_result result;
        const struct attack_options options = { .level = LEVEL_EXACT, .width = 1 };
        make_sample(&work, &random, &sample);
        limit(&sample);
        struct search search = { .puzzle = &sample.puzzle, .most = LARGEST };
        for (int32_t c = 0; c < CELLS; c++)
            search.least[c] = PUZZLE_UNBOUNDED;
        search_from(&search, 0);
        assert_int_equal(attack_run(&work, &sample.puzzle, &options, &result), STATUS_OK);
        assert_false(result.is_undecided);
        /* The same without the true counts: then a solution has to be found first. */
        struct attack_result blind;
        sample.puzzle.truth = NULL;
        assert_int_equal(attack_run(&work, &sample.puzzle, &options, &blind), STATUS_OK);
        assert_false(blind.is_undecided);
        assert_memory_equal(blind.bounds.least, result.bounds.least, sizeof sample.counts);
        assert_memory_equal(blind.bounds.most, result.bounds.most, sizeof sample.counts);
        for (int32_t c = 0; c < CELLS; c++) {
            bool is_known = result.bounds.least[c] == result.bounds.most[c];
            assert_int_equal(is_known, search.least[c] == search.largest[c]);
            assert_true(result.bounds.least[c] <= search.least[c]);
            assert_true(result.bounds.most[c] >= search.largest[c]);
            known += is_known && puzzle_is_hidden(&sample.puzzle, c);
            unknown += !is_known;
        }
    }
    assert_true(known > 100 && unknown > 100);
}

/* Hidden cells a, b, c, d >= 1 with a + b = c + d and a + b + c + d = 4: all are 1. Neither
 * subtraction nor intervals see it, for each equation alone leaves room. */
static void several_equations_together(void **state)
{
    (void)state;
    enum { A, B, C, D, ALL, COUNT };
    static const int64_t counts[COUNT] = { 1, 1, 1, 1, 4 };
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct puzzle_builder builder = puzzle_builder_new(arena);
    struct attack_result result;
    for (int32_t c = 0; c < COUNT; c++)
        assert_int_equal(puzzle_add_cell(&work, &builder, c == ALL ? CELL_SHOWN : CELL_PRIMARY,
                                         c == ALL ? 4 : 1, c == ALL ? 4 : PUZZLE_UNBOUNDED),
                         STATUS_OK);
    static const int8_t equal[] = { 1, 1, -1, -1, 0 }, sum[] = { 1, 1, 1, 1, -1 };
    const int8_t *const equations[] = { equal, sum };
    for (int e = 0; e < 2; e++) {
        assert_int_equal(puzzle_add_equation(&work, &builder), STATUS_OK);
        for (int32_t c = 0; c < COUNT; c++)
            if (equations[e][c])
                assert_int_equal(puzzle_add_entry(&work, &builder, c, equations[e][c]), STATUS_OK);
    }
    struct puzzle puzzle = puzzle_of(&builder);
    puzzle.truth = counts;
    struct attack_options options = { .level = LEVEL_EXACT, .width = 1 };
    assert_int_equal(attack_run(&work, &puzzle, &options, &result), STATUS_OK);
    assert_int_equal(result.exposed, 4);
    options.level = LEVEL_SUBTRACTION;
    assert_int_equal(attack_run(&work, &puzzle, &options, &result), STATUS_OK);
    assert_int_equal(result.exposed, 0);
}

static void what_does_not_add_up_is_refused(void **state)
{
    (void)state;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct puzzle_builder builder = puzzle_builder_new(arena);
    struct attack_result result;
    const struct attack_options options = { .level = LEVEL_INTERVALS, .width = 1 };
    for (int64_t c = 0; c < 3; c++)
        assert_int_equal(puzzle_add_cell(&work, &builder, CELL_SHOWN, 4, 4), STATUS_OK);
    assert_int_equal(puzzle_add_equation(&work, &builder), STATUS_OK);
    for (int32_t c = 0; c < 3; c++)
        assert_int_equal(puzzle_add_entry(&work, &builder, c, c == 0 ? -1 : 1), STATUS_OK);
    struct puzzle puzzle = puzzle_of(&builder);
    assert_int_equal(attack_run(&work, &puzzle, &options, &result), STATUS_INPUT);
    assert_non_null(strstr(work.error, "contradict"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exact_recovery_agrees_with_all_solutions),
        cmocka_unit_test(several_equations_together),
        cmocka_unit_test(what_does_not_add_up_is_refused),
    };
    return cmocka_run_group_tests_name("attack/recover", tests, NULL, NULL);
}
