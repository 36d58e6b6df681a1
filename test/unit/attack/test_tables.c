/* Tables of whole numbers that walk and search find: each has to be one, and where the walk finds a
 * table the search may not say that there is none. */
#include "attack/search.h"
#include "attack/walk.h"

#include "base/arena.h"
#include "support/support.h"
#include "base/banned.h"

enum { SIZE = 4, CELLS = (SIZE + 1) * (SIZE + 1), PUZZLES = 200, LARGEST = 4, STEPS = 5000 };

static uint64_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *state >> 33;
}

static int32_t cell_at(int row, int column)
{
    return row * (SIZE + 1) + column;
}

static void add_line(struct work *work, struct puzzle_builder *builder, int line, bool is_row)
{
    assert_int_equal(puzzle_add_equation(work, builder), STATUS_OK);
    for (int i = 0; i <= SIZE; i++)
        assert_int_equal(puzzle_add_entry(work, builder,
                                          is_row ? cell_at(line, i) : cell_at(i, line),
                                          i == SIZE ? -1 : 1),
                         STATUS_OK);
}

/* A table with its margins, of which some counts are hidden; the counts go into `out_counts`. */
static struct puzzle make_puzzle(struct work *work, uint64_t *random, int64_t *out_counts)
{
    struct puzzle_builder builder = puzzle_builder_new(work->arena);
    for (int32_t c = 0; c < CELLS; c++)
        out_counts[c] = 0;
    for (int r = 0; r < SIZE; r++)
        for (int c = 0; c < SIZE; c++) {
            int64_t count = (int64_t)(next_random(random) % LARGEST);
            out_counts[cell_at(r, c)] = count;
            out_counts[cell_at(r, SIZE)] += count;
            out_counts[cell_at(SIZE, c)] += count;
            out_counts[cell_at(SIZE, SIZE)] += count;
        }
    for (int32_t c = 0; c < CELLS; c++) {
        bool is_hidden = out_counts[c] > 0 && next_random(random) % 3 != 0;
        assert_int_equal(puzzle_add_cell(work, &builder, is_hidden ? CELL_PRIMARY : CELL_SHOWN,
                                         is_hidden ? 1 : out_counts[c],
                                         is_hidden ? PUZZLE_UNBOUNDED : out_counts[c]),
                         STATUS_OK);
    }
    for (int i = 0; i <= SIZE; i++) {
        add_line(work, &builder, i, true);
        add_line(work, &builder, i, false);
    }
    return puzzle_of(&builder);
}

/* All equations hold, nothing is outside its bounds, and the cell has moved so far at least. */
static void assert_table(const struct puzzle *puzzle, const int64_t *base,
                         const struct table_change *changes, int32_t count, int32_t cell,
                         int64_t value)
{
    int64_t counts[CELLS];
    for (int32_t c = 0; c < CELLS; c++)
        counts[c] = base[c];
    for (int32_t i = 0; i < count; i++)
        counts[changes[i].cell] = changes[i].value;
    for (int32_t c = 0; c < CELLS; c++)
        assert_true(counts[c] >= puzzle->least[c] && counts[c] <= puzzle->most[c]);
    for (int32_t e = 0; e < puzzle->equation_count; e++) {
        int64_t sum = 0;
        for (size_t k = puzzle->start[e]; k < puzzle->start[e + 1]; k++)
            sum += puzzle->sign[k] * counts[puzzle->cell[k]];
        assert_int_equal(sum, 0);
    }
    assert_true(value > base[cell] ? counts[cell] >= value : counts[cell] <= value);
}

/* Asks both for the cell's next number up or down; counts what they said. */
static void ask_both(struct walk *walk, struct search *search, const struct puzzle *puzzle,
                     const int64_t *base, int32_t cell, int way, int *said)
{
    const struct table_change *changes;
    struct search_table table;
    int64_t value = base[cell] + way;
    if (value < puzzle->least[cell])
        return;
    int32_t count = walk_find(walk, cell, value, &changes);
    if (count > 0)
        assert_table(puzzle, base, changes, count, cell, value);
    enum answer answer = search_ask(search, cell, way > 0 ? value : puzzle->least[cell],
                                    way > 0 ? puzzle->most[cell] : value, STEPS, &table);
    said[answer]++;
    assert_true(answer != ANSWER_NONE || count == 0);
    if (answer == ANSWER_FOUND)
        assert_table(puzzle, base, table.changes, table.count, cell, value);
}

static void test_tables_found_are_tables(void **state)
{
    uint64_t random = 3;
    int said[3] = { 0 };
    (void)state;
    for (int i = 0; i < PUZZLES; i++) {
        CLEANUP_ARENA struct arena *arena = arena_new();
        struct work work = { .arena = arena };
        int64_t base[CELLS];
        int32_t cells[CELLS], count = 0;
        struct puzzle puzzle = make_puzzle(&work, &random, base);
        struct bounds bounds = bounds_of(arena, &puzzle);
        struct walk *walk = walk_new(arena, &puzzle, &bounds, base);
        struct search *search = search_new(arena, &puzzle, &bounds, base);
        for (int32_t c = 0; c < CELLS; c++)
            if (puzzle_is_hidden(&puzzle, c))
                cells[count++] = c;
        assert_true(walk_settle(walk, cells, count));
        search_begin(search, cells, count);
        for (int32_t k = 0; k < count; k++) {
            ask_both(walk, search, &puzzle, base, cells[k], 1, said);
            ask_both(walk, search, &puzzle, base, cells[k], -1, said);
        }
        /* A search puts the bounds back. */
        for (int32_t c = 0; c < CELLS; c++)
            assert_true(bounds.least[c] == puzzle.least[c] && bounds.most[c] == puzzle.most[c]);
    }
    assert_int_equal(said[ANSWER_OPEN], 0);
    assert_true(said[ANSWER_FOUND] > PUZZLES && said[ANSWER_NONE] > PUZZLES);
}

/* Counts that are no table yet are mended into one. */
static void test_settling_mends(void **state)
{
    uint64_t random = 9;
    (void)state;
    for (int i = 0; i < PUZZLES; i++) {
        CLEANUP_ARENA struct arena *arena = arena_new();
        struct work work = { .arena = arena };
        int64_t base[CELLS];
        int32_t cells[CELLS], count = 0;
        struct puzzle puzzle = make_puzzle(&work, &random, base);
        struct bounds bounds = bounds_of(arena, &puzzle);
        for (int32_t c = 0; c < CELLS; c++)
            if (puzzle_is_hidden(&puzzle, c)) {
                cells[count++] = c;
                base[c] = puzzle.least[c];
            }
        struct walk *walk = walk_new(arena, &puzzle, &bounds, base);
        assert_true(walk_settle(walk, cells, count));
        assert_table(&puzzle, base, NULL, 0, 0, base[0]);
    }
}

/* What is learnt of a cell holds for good, and goes on to the others of its sums. */
static void test_learning(void **state)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct puzzle_builder builder = puzzle_builder_new(arena);
    const int64_t near[] = { 5, 2, 3 };
    (void)state;
    for (int c = 0; c < 3; c++)
        assert_int_equal(puzzle_add_cell(&work, &builder, c ? CELL_PRIMARY : CELL_SHOWN, c ? 1 : 5,
                                         c ? PUZZLE_UNBOUNDED : 5),
                         STATUS_OK);
    assert_int_equal(puzzle_add_equation(&work, &builder), STATUS_OK);
    for (int c = 0; c < 3; c++)
        assert_int_equal(puzzle_add_entry(&work, &builder, c, c ? 1 : -1), STATUS_OK);
    struct puzzle puzzle = puzzle_of(&builder);
    struct bounds bounds = bounds_of(arena, &puzzle);
    struct search *search = search_new(arena, &puzzle, &bounds, near);
    search_learn(search, 1, 2, 3);
    assert_true(bounds.least[1] == 2 && bounds.most[1] == 3);
    assert_true(bounds.least[2] == 2 && bounds.most[2] == 3);
    search_learn(search, 1, 9, 9); /* cannot be: nothing is learnt */
    assert_true(bounds.least[1] == 2 && bounds.most[1] == 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables_found_are_tables),
        cmocka_unit_test(test_settling_mends),
        cmocka_unit_test(test_learning),
    };
    return cmocka_run_group_tests_name("attack/tables", tests, NULL, NULL);
}
