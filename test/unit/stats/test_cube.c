/* The cube against counting row by row, with margins and hierarchies. */
#include "stats/cube.h"

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

int main(void)
{
    const struct CMUnitTest tests_of_cube[] = {
        cmocka_unit_test(each_cell_is_what_counting_by_hand_gives),
        cmocka_unit_test(nodes_are_ordered_by_level_parent_and_label),
        cmocka_unit_test(too_many_cells_are_refused_with_the_table),
    };
    return cmocka_run_group_tests(tests_of_cube, NULL, NULL);
}
