/* PostgreSQL that is out of reach, goes away or is shared: one sentence each, no password in it. */
#include <string.h>

#include "store/audit.h"
#include "store/migrate.h"
#include "support/store_fixture.h"
#include "support/support.h"

static void expect(struct work *work, enum status status, enum status expected, const char *words)
{
    if (status != expected || !strstr(work->error, words))
        print_error("status %d: %s\n", (int)status, work->error);
    assert_int_equal(status, expected);
    assert_non_null(strstr(work->error, words));
    assert_null(strstr(work->error, "secret"));
    work_forget(work);
}

static void passwords_are_never_shown(void **state)
{
    (void)state;
    struct work work = support_work();
    expect(&work, store_open(&work, "postgresql://clerk:secret@127.0.0.1:1/council", STORE_WRITE),
           STATUS_STORAGE, "postgresql://clerk@127.0.0.1:1/council cannot be reached");
    expect(&work,
           store_open(&work, "postgresql:///council?user=clerk&password=secret&host=/none",
                      STORE_WRITE),
           STATUS_STORAGE, "postgresql://clerk@/none/council cannot be reached");
    expect(&work, store_open(&work, "postgresql://clerk:secret@h:port:x/%zz", STORE_WRITE),
           STATUS_USAGE, "is not understood");
    assert_null(work.store);
    support_work_end(&work);
}

static void a_missing_database_is_told(void **state)
{
    struct opened opened;
    opened_place(&opened, *state);
    const char *host = strstr(opened.address, "?user=");
    assert_non_null(host);
    const char *address = arena_format(opened.work.arena, "postgresql:///nowhere%s", host);
    expect(&opened.work, store_open(&opened.work, address, STORE_CREATE), STATUS_STORAGE,
           "\"nowhere\" does not exist");
    opened_end(&opened);
}

static void a_lost_connection_is_told_and_ends_quietly(void **state)
{
    const struct store_fixture *fixture = *state;
    struct opened opened;
    struct audit *audit = NULL;
    int64_t broken = 0;
    opened_new(&opened, fixture);
    opened_event(&opened);
    struct work *work = &opened.work;
    must(&opened, audit_begin(work, "test", NULL, &audit));
    audit_keep(audit);
    postgres_cluster_disconnect(fixture->cluster);
    expect(work, audit_commit(work, audit), STATUS_STORAGE, "was lost");
    assert_false(store_in_transaction(work->store));
    expect(work, store_begin(work), STATUS_STORAGE, "try again");
    store_close(work);
    must(&opened, store_open(work, opened.address, STORE_WRITE));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM audit_event"), 1);
    must(&opened, audit_verify(work, &broken));
    assert_int_equal(broken, INTEGER_MISSING);
    opened_end(&opened);
}

static void a_stream_that_is_cut_off_is_told(void **state)
{
    const struct store_fixture *fixture = *state;
    struct opened opened;
    struct cursor *cursor = NULL;
    opened_new(&opened, fixture);
    must(&opened,
         store_stream(&opened.work, "SELECT * FROM generate_series(1, 100000)", NULL, 0, &cursor));
    must(&opened, cursor_next(cursor));
    postgres_cluster_disconnect(fixture->cluster);
    enum status status = STATUS_OK;
    while (status == STATUS_OK)
        status = cursor_next(cursor);
    cursor_close(cursor);
    expect(&opened.work, status, STATUS_STORAGE, "was lost");
    opened_end(&opened);
}

static void the_search_path_is_respected(void **state)
{
    struct opened first, second = { .work = support_work() };
    int64_t applied = 0;
    opened_new(&first, *state);
    opened_event(&first);
    must(&first, store_run_script(&first.work, "CREATE SCHEMA other"));
    second.work.workspace = &first.workspace;
    second.address = arena_format(second.work.arena, "%s&options=-csearch_path%%3Dother",
                                  first.address);
    must(&second, store_open(&second.work, second.address, STORE_CREATE));
    must(&second, migrate_up(&second.work, &applied));
    assert_true(applied > 0);
    assert_int_equal(number_of(&second, "SELECT count(*) FROM audit_event"), 0);
    opened_event(&second);
    opened_event(&second);
    assert_int_equal(number_of(&first, "SELECT count(*) FROM audit_event"), 1);
    assert_int_equal(number_of(&second, "SELECT count(*) FROM audit_event"), 2);
    store_close(&second.work);
    support_work_end(&second.work);
    opened_end(&first);
}

/* A commit of a transaction in which a statement failed must not look like a success. */
static void a_commit_after_a_failure_fails(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct work *work = &opened.work;
    must(&opened, store_begin(work));
    must(&opened, store_run_script(work, "CREATE TABLE extra (a bigint)"));
    assert_int_equal(store_run(work, "SELECT 1 / 0", NULL, 0, NULL), STATUS_STORAGE);
    work_forget(work);
    expect(work, store_commit(work), STATUS_STORAGE, "one of them had failed");
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM pg_class WHERE relname = 'extra'"),
                     0);
    opened_end(&opened);
}

static void a_text_with_a_nul_is_refused(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    expect(&opened.work,
           store_run(&opened.work, "INSERT INTO unit (code, name, kind) VALUES ($1, 'n', 'k')",
                     PARAMETERS(parameter_slice(SLICE("a\0b"))), NULL),
           STATUS_INPUT, "NUL");
    expect(&opened.work,
           store_run(&opened.work, "INSERT INTO unit (code, name, kind) VALUES ($1, 'n', 'k')",
                     PARAMETERS(parameter_text("\xff")), NULL),
           STATUS_INPUT, "UTF-8");
    opened_end(&opened);
}

int main(void)
{
    struct postgres_cluster *cluster = postgres_cluster_start();
    struct store_fixture postgresql = { ENGINE_POSTGRESQL, cluster };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(passwords_are_never_shown, &postgresql),
        cmocka_unit_test_prestate(a_missing_database_is_told, &postgresql),
        cmocka_unit_test_prestate(a_lost_connection_is_told_and_ends_quietly, &postgresql),
        cmocka_unit_test_prestate(a_stream_that_is_cut_off_is_told, &postgresql),
        cmocka_unit_test_prestate(the_search_path_is_respected, &postgresql),
        cmocka_unit_test_prestate(a_commit_after_a_failure_fails, &postgresql),
        cmocka_unit_test_prestate(a_text_with_a_nul_is_refused, &postgresql),
    };
    int failed = cmocka_run_group_tests_name("store/postgres", tests, NULL, NULL);
    postgres_cluster_stop(cluster);
    return failed;
}
