/* The plain form: what is read, and every refusal with its line. */
#include "disclosure/relations.h"

#include <string.h>

#include "disclosure/plain.h"
#include "support/support.h"

static void a_file_is_read(void **state)
{
    (void)state;
    struct work work = support_work();
    struct relations *relations = NULL;
    assert_int_equal(
        relations_read_plain(&work, "x", SLICE("3 1\n12\n9\n3\n3 0 1 2\n"), &relations), STATUS_OK);
    assert_int_equal(relations->cell_count, 3);
    assert_int_equal(relations->relation_count, 1);
    assert_int_equal(relations->values[1], 9);
    assert_int_equal(relations->starts[1], 3);
    assert_int_equal(relations->members[0], 0);
    assert_int_equal(relations->cell_starts[3], 3);
    assert_int_equal(relations->cell_relations[2], 0);
    support_work_end(&work);
}

static void refuse(const char *text, enum status expected, const char *words)
{
    struct work work = support_work();
    struct relations *relations = NULL;
    assert_int_equal(relations_read_plain(&work, "file.txt", slice_of(text), &relations), expected);
    assert_null(relations);
    assert_non_null(strstr(work.error, words));
    assert_non_null(strstr(work.error, "file.txt"));
    support_work_end(&work);
}

static void what_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    refuse("", STATUS_INPUT, "line 1: the number of cells");
    refuse("0 0\n", STATUS_INPUT, "no cells");
    refuse("2 1\n5\n-5\n2 0 1\n", STATUS_INPUT, "line 3: the value of a cell");
    refuse("2 1\n5\n5.0\n2 0 1\n", STATUS_INPUT, "line 3: the value of a cell");
    refuse("2 1\n5\n5\n1 0\n", STATUS_INPUT, "line 4: a relation needs a total");
    refuse("2 1\n5\n5\n2 0 2\n", STATUS_INPUT, "line 4: a relation names cell 2");
    refuse("2 1\n5\n5\n3 0 1 1\n", STATUS_INPUT, "line 4: cell 1 stands twice");
    refuse("2 1\n5\n4\n2 0 1\n", STATUS_INPUT, "line 4: the relation does not add up");
    refuse("2 1\n5\n5\n2 0 1\n2 0 1\n", STATUS_INPUT, "line 5: there is more");
    refuse("2 2\n5\n5\n2 0 1\n", STATUS_INPUT, "line 5: the number of cells in a relation");
    refuse("9000000 1\n", STATUS_LIMIT, "line 1: the number of cells");
    refuse("1 0\n99999999999999999999\n", STATUS_LIMIT, "line 2: the value of a cell");
}

static void lists_of_cells_are_read(void **state)
{
    (void)state;
    struct work work = support_work();
    unsigned char statuses[3] = { 0 };
    struct plain_file plain = plain_open(&work, "list", SLICE("2\n0\n"));
    assert_int_equal(plain_read_cells(&plain, 3, 1, statuses), STATUS_OK);
    assert_int_equal(statuses[0] + statuses[1] * 2 + statuses[2] * 4, 5);
    plain = plain_open(&work, "list", SLICE("1\n2\n"));
    assert_int_equal(plain_read_cells(&plain, 3, 1, statuses), STATUS_INPUT);
    assert_non_null(strstr(work.error, "list, line 2: cell 2 is listed twice"));
    work_forget(&work);
    int64_t *numbers = NULL;
    plain = plain_open(&work, "weights", SLICE("5\n6\n7"));
    assert_int_equal(plain_read_each(&plain, 3, 10, &numbers), STATUS_OK);
    assert_int_equal(numbers[2], 7);
    plain = plain_open(&work, "weights", SLICE("5\n6\n7\n8\n"));
    assert_int_equal(plain_read_each(&plain, 3, 10, &numbers), STATUS_INPUT);
    support_work_end(&work);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read),
        cmocka_unit_test(what_is_wrong_is_named_with_its_line),
        cmocka_unit_test(lists_of_cells_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
