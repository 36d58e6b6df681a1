/* A store copied to either engine and back is the same, row for row; what differs is found. */
#include <string.h>

#include "model/unit.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "store/migrate.h"
#include "store/store_copy.h"
#include "support/fault.h"
#include "support/store_fixture.h"
#include "support/support.h"

enum { ROWS = 40, SEED = 7, CALLS_MOST = 3000 };

/* From which engine to which. */
struct direction {
    const struct store_fixture *from, *to;
};

static void a_copy_is_equal_and_comes_back(void **state)
{
    const struct direction *direction = *state;
    struct opened first, second, third;
    struct store_comparison comparison, again;
    opened_new(&first, direction->from);
    opened_new(&second, direction->to);
    opened_new(&third, direction->from);
    opened_fill(&first, SEED, ROWS);
    /* A unit may be part of one that was entered later. */
    must(&first, store_run_script(&first.work, "UPDATE unit SET parent = 9 WHERE id = 2;"
                                               "DELETE FROM citation WHERE id = 3;"));
    must(&first, store_copy(&first.work, &second.work, &comparison));
    assert_null(comparison.table);
    assert_true(comparison.rows > ROWS * 30);
    must(&second, store_copy(&second.work, &third.work, &again));
    assert_string_equal(again.hash, comparison.hash);
    assert_int_equal(again.rows, comparison.rows);
    assert_string_equal(contents_of(&first), comparison.hash);
    assert_string_equal(contents_of(&third), comparison.hash);
    opened_end(&first);
    opened_end(&second);
    opened_end(&third);
}

static void ids_go_on_after_a_copy(void **state)
{
    const struct direction *direction = *state;
    struct opened first, second;
    struct store_comparison comparison;
    opened_new(&first, direction->from);
    opened_new(&second, direction->to);
    opened_fill(&first, SEED, 3);
    must(&first, store_copy(&first.work, &second.work, &comparison));
    struct unit *unit = entity_row(second.work.arena, &unit_entity);
    unit->code = "new";
    unit->name = unit->kind = "x";
    must(&second, entity_store_insert(&second.work, &unit_entity, unit));
    assert_int_equal(unit->id, 4);
    opened_end(&first);
    opened_end(&second);
}

static void differences_are_told(void **state)
{
    static const struct {
        const char *sql, *table;
        int64_t id;
    } changes[] = {
        { "UPDATE unit SET note = 'other' WHERE id = 2", "unit", 2 },
        { "DELETE FROM citation WHERE id = 3", "citation", 3 },
        { "DELETE FROM citation WHERE id = 1", "citation", 1 },
        { "INSERT INTO source_file (id, hash, name, size) VALUES (99, 'h', 'n', 1)", "source_file",
          99 },
        { "UPDATE source_file SET kind = '' WHERE id = 1", "source_file", 1 },
    };
    const struct direction *direction = *state;
    struct opened first, second;
    struct store_comparison comparison;
    opened_new(&first, direction->from);
    opened_new(&second, direction->to);
    opened_fill(&first, SEED, 3);
    must(&first, store_run_script(&first.work, "UPDATE source_file SET kind = NULL"));
    must(&first, store_copy(&first.work, &second.work, &comparison));
    for (size_t i = 0; i < ARRAY_COUNT(changes); i++) {
        must(&second, store_begin(&second.work));
        must(&second, store_run_script(&second.work, changes[i].sql));
        must(&first, store_compare(&first.work, &second.work, &comparison));
        assert_non_null(comparison.table);
        assert_string_equal(comparison.table, changes[i].table);
        assert_int_equal(comparison.id, changes[i].id);
        store_rollback(&second.work);
    }
    must(&first, store_compare(&first.work, &second.work, &comparison));
    assert_null(comparison.table);
    opened_end(&first);
    opened_end(&second);
}

static void a_target_with_data_is_refused(void **state)
{
    const struct direction *direction = *state;
    struct opened first, second;
    struct store_comparison comparison;
    opened_new(&first, direction->from);
    opened_empty(&second, direction->to);
    opened_fill(&first, SEED, 1);
    assert_int_equal(store_copy(&first.work, &second.work, &comparison), STATUS_REFUSED);
    assert_non_null(strstr(first.work.error, "dueregard init"));
    work_forget(&first.work);
    work_forget(&second.work);
    int64_t applied = 0;
    must(&second, migrate_up(&second.work, &applied));
    opened_event(&second);
    assert_int_equal(store_copy(&first.work, &second.work, &comparison), STATUS_REFUSED);
    assert_non_null(strstr(first.work.error, "holds data already"));
    assert_int_equal(number_of(&second, "SELECT count(*) FROM audit_event"), 1);
    opened_end(&first);
    opened_end(&second);
}

/* Whichever call of the target fails, it stays empty. */
static void a_copy_that_fails_leaves_nothing(void **state)
{
    const struct direction *direction = *state;
    struct opened first, second;
    struct store_comparison comparison;
    struct fault fault;
    opened_new(&first, direction->from);
    opened_new(&second, direction->to);
    opened_fill(&first, SEED, 1);
    enum status status;
    int64_t failing = 1;
    do {
        assert_true(failing < CALLS_MOST);
        fault_install(&second.work, &fault, failing);
        status = store_copy(&first.work, &second.work, &comparison);
        fault_remove(&second.work, &fault);
        if (status == STATUS_OK)
            break;
        assert_int_equal(status, STATUS_STORAGE);
        work_forget(&first.work);
        work_forget(&second.work);
        must(&second, store_check_empty(&second.work));
        failing = failing < 20 ? failing + 1 : failing + 17;
    } while (true);
    assert_string_equal(contents_of(&second), contents_of(&first));
    opened_end(&first);
    opened_end(&second);
}

#define EVERY_WAY(function)                                                                        \
    { #function " from SQLite to SQLite", function, NULL, NULL, &within },                         \
        { #function " from SQLite to PostgreSQL", function, NULL, NULL, &there },                  \
    {                                                                                              \
#function " from PostgreSQL to SQLite", function, NULL, NULL, &back                        \
    }

int main(void)
{
    struct postgres_cluster *cluster = postgres_cluster_start();
    struct store_fixture sqlite = { ENGINE_SQLITE, NULL };
    struct store_fixture postgresql = { ENGINE_POSTGRESQL, cluster };
    struct direction within = { &sqlite, &sqlite };
    struct direction there = { &sqlite, &postgresql };
    struct direction back = { &postgresql, &sqlite };
    const struct CMUnitTest tests[] = {
        EVERY_WAY(a_copy_is_equal_and_comes_back),
        EVERY_WAY(ids_go_on_after_a_copy),
        EVERY_WAY(differences_are_told),
        EVERY_WAY(a_target_with_data_is_refused),
        EVERY_WAY(a_copy_that_fails_leaves_nothing),
    };
    int failed = cmocka_run_group_tests_name("store/copy", tests, NULL, NULL);
    postgres_cluster_stop(cluster);
    return failed;
}
