/* The cube against counting row by row, with margins and hierarchies. */
#include "stats/cube.h"

#include <stdlib.h>
#include <string.h>

#include "unit/stats/random_people.h"

enum { ROWS = 3000 };

static const struct cube_table tables[] = {
    { "t1", { { { 0 }, 1 } }, 1, false },
    { "t2", { { { 1 }, 1 }, { { 0 }, 1 } }, 2, true },
    { "t3", { { { 0 }, 1 }, { { 2, 3 }, 2 }, { { 1 }, 1 } }, 3, true },
    { "t4", { { { 2, 3 }, 2 } }, 1, false },
    { "t5", { { { 0 }, 1 }, { { 0 }, 1 } }, 2, false },
};

static void assert_cell(const struct columns *columns, const struct cube_table *table,
                        const struct cube_counts *counts, size_t cell)
{
    int64_t count = 0, weight = 0;
    size_t nodes[CUBE_MOST_VARIABLES];
    cube_nodes(counts, cell, nodes);
    assert_int_equal(cube_cell(counts, nodes), cell);
    for (int64_t row = 0; row < columns->rows; row++) {
        bool counted = true;
        for (size_t i = 0; counted && i < counts->axis_count; i++)
            counted = is_under(columns, row, table->variables[i].columns, counts->axes[i],
                               nodes[i]);
        int64_t value = column_decimal(&columns->column[PEOPLE_FTE], row);
        count += counted;
        weight += counted && value != INTEGER_MISSING ? value : 0;
    }
    assert_int_equal(counts->counts[cell], count);
    assert_int_equal(counts->weights[cell], weight);
}

static void each_cell_is_what_counting_by_hand_gives(void **state)
{
    (void)state;
    struct work work = support_work();
    CLEANUP_COLUMNS struct columns *columns = random_people(7, ROWS, 1);
    struct cube_request request = {
        .columns = columns, .tables = tables, .table_count = 5, .weight = PEOPLE_FTE
    };
    struct cube cube;
    assert_int_equal(cube_count(&work, &request, &cube), STATUS_OK);
    assert_int_equal(cube.rows, ROWS);
    for (size_t i = 0; i < cube.table_count; i++)
        for (size_t cell = 0; cell < cube.tables[i].cell_count; cell++)
            assert_cell(columns, &tables[i], &cube.tables[i], cell);
    /* Everybody, in the corner where every margin meets. */
    assert_int_equal(cube.tables[1].counts[0], ROWS);
    assert_int_equal(cube.tables[2].counts[0], ROWS);
    /* A division is itself only under its department: 5 times 4 leaves. */
    assert_int_equal(cube.tables[3].cell_count, PEOPLE_DEPARTMENTS * PEOPLE_DIVISIONS);
    support_work_end(&work);
}

static void nodes_are_ordered_by_level_parent_and_label(void **state)
{
    (void)state;
    struct work work = support_work();
    CLEANUP_COLUMNS struct columns *columns = random_people(8, ROWS, 1);
    struct cube_request request = {
        .columns = columns, .tables = tables, .table_count = 5, .weight = -1
    };
    struct cube cube;
    assert_int_equal(cube_count(&work, &request, &cube), STATUS_OK);
    assert_null(cube.tables[0].weights);
    const struct cube_axis *axis = cube.tables[2].axes[1];
    assert_int_equal(axis->node_count,
                     1 + PEOPLE_DEPARTMENTS + PEOPLE_DEPARTMENTS * PEOPLE_DIVISIONS);
    assert_int_equal(axis->first_leaf, 1 + PEOPLE_DEPARTMENTS);
    for (size_t i = 2; i < axis->node_count; i++) {
        const struct cube_node *before = &axis->nodes[i - 1], *node = &axis->nodes[i];
        assert_true(
            before->level < node->level ||
            (before->level == node->level &&
             (before->parent < node->parent ||
              (before->parent == node->parent && slice_compare(before->label, node->label) < 0))));
    }
    support_work_end(&work);
}

static void too_many_cells_are_refused_with_the_table(void **state)
{
    (void)state;
    struct work work = support_work();
    CLEANUP_COLUMNS struct columns *columns = columns_new();
    columns_add_category(columns, "a");
    columns_add_category(columns, "b");
    for (int row = 0; row < 5000; row++) {
        put_numbered(columns, 0, "a", (uint64_t)row + 1);
        put_numbered(columns, 1, "b", (uint64_t)row + 1);
        columns_end_row(columns);
    }
    columns_seal(columns);
    const struct cube_table wide = { "wide", { { { 0 }, 1 }, { { 1 }, 1 } }, 2, false };
    struct cube_request request = {
        .columns = columns, .tables = &wide, .table_count = 1, .weight = -1
    };
    struct cube cube;
    assert_int_equal(cube_count(&work, &request, &cube), STATUS_LIMIT);
    assert_non_null(strstr(work.error, "wide"));
    support_work_end(&work);
}

/* All pairs of many small variables, pairs and triples with a unit of many codes, everything that
 * the plan has ways for. */
enum { SMALL = 9, UNIT = SMALL, WIDE = SMALL + 1, WEIGHT = SMALL + 2, MANY_ROWS = 20000 };

static struct columns *many_columns(uint64_t seed, int rows)
{
    static const uint64_t labels[] = { 11, 4, 20, 3, 4, 7, 10, 8, 3, 70, 300 };
    struct columns *columns = columns_new();
    for (int i = 0; i <= WIDE; i++) {
        char name[20];
        snprintf(name, sizeof name, "column %d", i);
        columns_add_category(columns, name);
    }
    columns_add_decimal(columns, "weight", 3);
    for (int row = 0; row < rows; row++) {
        for (size_t i = 0; i <= WIDE; i++)
            put_numbered(columns, i, "label", next_random(&seed) % labels[i] + (i == UNIT));
        assert_true(column_put_decimal(columns, WEIGHT, (int64_t)(next_random(&seed) % 999)));
        columns_end_row(columns);
    }
    columns_seal(columns);
    return columns;
}

static size_t many_tables(struct cube_table *out_tables)
{
    size_t count = 0;
    const struct cube_table more[] = {
        { "unit", { { { UNIT }, 1 } }, 1, false },
        { "wide", { { { WIDE }, 1 } }, 1, true },
        { "unit and wide", { { { UNIT }, 1 }, { { WIDE }, 1 } }, 2, false },
        { "wide, three", { { { 2 }, 1 }, { { WIDE }, 1 }, { { 0 }, 1 } }, 3, false },
        { "unit, three", { { { UNIT }, 1 }, { { 1 }, 1 }, { { 0 }, 1 } }, 3, true },
        { "hierarchy", { { { UNIT, WIDE }, 2 }, { { 3 }, 1 } }, 2, true },
        { "twice", { { { 3 }, 1 }, { { 3 }, 1 } }, 2, true },
    };
    for (size_t i = 0; i < SMALL; i++)
        for (size_t k = i; k < SMALL; k++) {
            struct cube_table table = { "pair", { { { i }, 1 }, { { k }, 1 } }, 2, k % 2 };
            table.variable_count = k == i ? 1 : 2;
            out_tables[count++] = table;
        }
    for (size_t i = 0; i < SMALL; i++) {
        struct cube_table table = { "by unit", { { { i }, 1 }, { { UNIT }, 1 } }, 2, false };
        out_tables[count++] = table;
        table.variables[1].columns[0] = WIDE;
        out_tables[count++] = table;
    }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        out_tables[count++] = more[i];
    return count;
}

/* Every cell of a table, counted a row at a time. */
static void assert_table_is(const struct columns *columns, const struct cube_table *table,
                            const struct cube_counts *counts)
{
    int64_t *expected = calloc(counts->cell_count, sizeof *expected);
    assert_non_null(expected);
    for (int64_t row = 0; row < columns->rows; row++) {
        size_t nodes[CUBE_MOST_VARIABLES];
        for (size_t i = 0; i < counts->axis_count; i++) {
            const struct cube_axis *axis = counts->axes[i];
            nodes[i] = axis->first_leaf;
            while (!is_under(columns, row, table->variables[i].columns, axis, nodes[i]))
                nodes[i]++;
        }
        expected[cube_cell(counts, nodes)]++;
    }
    for (size_t cell = 0; cell < counts->cell_count; cell++) {
        bool is_inner = true;
        size_t nodes[CUBE_MOST_VARIABLES];
        cube_nodes(counts, cell, nodes);
        for (size_t i = 0; i < counts->axis_count; i++)
            is_inner &= nodes[i] >= counts->axes[i]->first_leaf;
        if (is_inner)
            assert_int_equal(counts->counts[cell], expected[cell]);
    }
    free(expected);
}

static void assert_same_cube(const struct cube *a, const struct cube *b)
{
    for (size_t i = 0; i < a->table_count; i++) {
        const struct cube_counts *first = &a->tables[i], *second = &b->tables[i];
        assert_int_equal(first->cell_count, second->cell_count);
        assert_memory_equal(first->counts, second->counts,
                            first->cell_count * sizeof *first->counts);
        if (first->weights)
            assert_memory_equal(first->weights, second->weights,
                                first->cell_count * sizeof *first->weights);
    }
}

/* Rows as they came and ordered by unit; every form; one thread and several; with weights. */
static void order_threads_and_forms_change_nothing(void **state)
{
    (void)state;
    struct work work = support_work();
    struct cube_table many[200];
    size_t count = many_tables(many);
    CLEANUP_COLUMNS struct columns *columns = many_columns(3, MANY_ROWS);
    struct cube_request request = { .columns = columns,
                                    .tables = many,
                                    .table_count = count,
                                    .weight = -1,
                                    .threads = 1,
                                    .has_form = true };
    struct cube first, again;
    assert_int_equal(cube_count(&work, &request, &first), STATUS_OK);
    for (size_t i = 0; i < count; i += 7)
        assert_table_is(columns, &many[i], &first.tables[i]);
    for (int ordered = 0; ordered < 2; ordered++) {
        if (ordered)
            columns_order(columns, UNIT, 2);
        for (int form = PROCESSOR_PLAIN; form <= (int)processor_best(); form++)
            for (request.threads = 1; request.threads < 5; request.threads++) {
                request.form = (enum processor_form)form;
                request.weight = request.threads == 3 ? WEIGHT : -1;
                assert_int_equal(cube_count(&work, &request, &again), STATUS_OK);
                assert_same_cube(&first, &again);
            }
    }
    support_work_end(&work);
}

/* What a joint of many tables holds is what each table holds when it is counted alone. */
static void tables_together_are_as_each_alone(void **state)
{
    (void)state;
    struct work work = support_work();
    struct cube_table many[200];
    size_t count = many_tables(many);
    CLEANUP_COLUMNS struct columns *columns = many_columns(4, 3000);
    struct cube_request request = {
        .columns = columns, .tables = many, .table_count = count, .weight = WEIGHT
    };
    struct cube together;
    assert_int_equal(cube_count(&work, &request, &together), STATUS_OK);
    for (size_t i = 0; i < count; i++) {
        struct cube_request one = {
            .columns = columns, .tables = &many[i], .table_count = 1, .weight = WEIGHT
        };
        struct cube alone, part = { .tables = &together.tables[i], .table_count = 1 };
        assert_int_equal(cube_count(&work, &one, &alone), STATUS_OK);
        assert_same_cube(&part, &alone);
    }
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests_of_cube[] = {
        cmocka_unit_test(each_cell_is_what_counting_by_hand_gives),
        cmocka_unit_test(nodes_are_ordered_by_level_parent_and_label),
        cmocka_unit_test(too_many_cells_are_refused_with_the_table),
        cmocka_unit_test(order_threads_and_forms_change_nothing),
        cmocka_unit_test(tables_together_are_as_each_alone),
    };
    return cmocka_run_group_tests(tests_of_cube, NULL, NULL);
}
