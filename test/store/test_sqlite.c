/* SQLite files that are missing, wrong, damaged, locked away or full: one sentence each, and
 * nothing is lost. */
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "model/unit.h"
#include "store/audit.h"
#include "store/entity_store.h"
#include "store/migrate.h"
#include "support/random_row.h"
#include "support/store_fixture.h"
#include "support/support.h"

static const struct store_fixture sqlite = { ENGINE_SQLITE, NULL };

enum { FILE_LIMIT = 1024 * 1024, KILLS = 8, UNITS_MOST = 1000000 };

static const char *path_of(const struct opened *opened)
{
    return opened->address + sizeof "sqlite:" - 1;
}

static void expect_refused(struct work *work, const char *address, enum store_mode mode,
                           enum status expected, const char *words)
{
    enum status status = store_open(work, address, mode);
    if (status != expected || !strstr(work->error, words))
        print_error("status %d: %s\n", (int)status, work->error);
    assert_int_equal(status, expected);
    assert_non_null(strstr(work->error, words));
    assert_null(work->store);
    work_forget(work);
}

static void write_file(const char *path, const void *bytes, size_t length, off_t place)
{
    int descriptor = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(descriptor >= 0);
    assert_int_equal(pwrite(descriptor, bytes, length, place), (ssize_t)length);
    close(descriptor);
}

static void wrong_files_are_told_apart(void **state)
{
    (void)state;
    struct opened opened;
    opened_place(&opened, &sqlite);
    struct work *work = &opened.work;
    const char *path = path_of(&opened);
    expect_refused(work, opened.address, STORE_READ, STATUS_NOT_FOUND, "dueregard init");
    expect_refused(work, opened.address, STORE_WRITE, STATUS_NOT_FOUND, path);
    expect_refused(work, opened.folder, STORE_CREATE, STATUS_STORAGE, "is not a file");
    expect_refused(work, arena_format(work->arena, "%s/none/x.db", opened.folder), STORE_CREATE,
                   STATUS_STORAGE, "could not be made");
    expect_refused(work, "", STORE_CREATE, STATUS_USAGE, "sqlite:PATH");
    expect_refused(work, "sqlite:", STORE_CREATE, STATUS_USAGE, "sqlite:PATH");
    expect_refused(work, "mysql://u:secret@h/d", STORE_CREATE, STATUS_USAGE, "postgresql://");
    assert_false(file_exists(path));
    write_file(path, "A letter, not a database, and long enough.", 42, 0);
    for (enum store_mode mode = STORE_READ; mode <= STORE_CREATE; mode++)
        expect_refused(work, opened.address, mode, STATUS_STORAGE, "is not a Due Regard database");
    opened_end(&opened);
}

static void a_damaged_file_is_named(void **state)
{
    (void)state;
    struct opened opened;
    opened_new(&opened, &sqlite);
    opened_event(&opened);
    store_close(&opened.work);
    char noise[3000];
    memset(noise, 0x5a, sizeof noise);
    write_file(path_of(&opened), noise, sizeof noise, 100); /* the schema itself */
    expect_refused(&opened.work, opened.address, STORE_READ, STATUS_STORAGE, "is damaged");
    expect_refused(&opened.work, opened.address, STORE_WRITE, STATUS_STORAGE, "dueregard restore");
    opened_end(&opened);
}

static void a_database_of_another_program_is_left_alone(void **state)
{
    (void)state;
    struct opened opened;
    opened_place(&opened, &sqlite);
    must(&opened, store_open(&opened.work, opened.address, STORE_CREATE));
    must(&opened, store_run_script(&opened.work, "CREATE TABLE theirs (a); "
                                                 "PRAGMA application_id = 42"));
    store_close(&opened.work);
    expect_refused(&opened.work, opened.address, STORE_CREATE, STATUS_REFUSED, "another program");
    opened_end(&opened);
}

static void settings_are_made(void **state)
{
    (void)state;
    struct opened opened;
    struct stat facts;
    opened_new(&opened, &sqlite);
    assert_int_equal(number_of(&opened, "PRAGMA foreign_keys"), 1);
    assert_int_equal(number_of(&opened, "PRAGMA synchronous"), 2);
    assert_int_equal(number_of(&opened, "PRAGMA trusted_schema"), 0);
    assert_int_equal(number_of(&opened, "SELECT journal_mode = 'wal' FROM pragma_journal_mode"), 1);
    assert_int_equal(stat(path_of(&opened), &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    opened_end(&opened);
}

static void odd_names_are_only_names(void **state)
{
    (void)state;
    struct opened opened;
    opened_place(&opened, &sqlite);
    char *before = getcwd(NULL, 0);
    assert_int_equal(chdir(opened.folder), 0);
    must(&opened, store_open(&opened.work, "file:a?mode=memory#%41 b.db", STORE_CREATE));
    store_close(&opened.work);
    assert_true(file_exists("file:a?mode=memory#%41 b.db"));
    assert_int_equal(chdir(before), 0);
    free(before);
    opened_end(&opened);
}

/* Runs `function` in a process without privileges; its answer is the exit code. */
static int as_nobody(int (*function)(const struct opened *), const struct opened *opened)
{
    int code = 0;
    pid_t child = fork();
    if (child == 0) {
        const struct passwd *nobody = getpwnam("nobody");
        if (geteuid() == 0 && (!nobody || setgid(nobody->pw_gid) || setuid(nobody->pw_uid)))
            _exit(99);
        _exit(function(opened));
    }
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_true(WIFEXITED(code));
    return WEXITSTATUS(code);
}

/* 0: read; 1: could not be opened; 2: the contents are not there. */
static int read_there(const struct opened *opened)
{
    struct work work = support_work();
    struct cursor *cursor = NULL;
    if (store_open(&work, opened->address, STORE_READ) != STATUS_OK) {
        print_error("%s\n", work.error);
        return 1;
    }
    if (store_query(&work, "SELECT count(*) FROM audit_event", NULL, 0, &cursor) != STATUS_OK ||
        cursor_next(cursor) != STATUS_OK || cursor_integer(cursor, 0) != 3)
        return 2;
    cursor_close(cursor);
    store_close(&work);
    support_work_end(&work);
    return 0;
}

/* 0: refused with the right sentence. */
static int write_there(const struct opened *opened)
{
    struct work work = support_work();
    enum status status = store_open(&work, opened->address, STORE_WRITE);
    bool is_right = status == STATUS_STORAGE && strstr(work.error, path_of(opened)) &&
                    (strstr(work.error, "read-only") || strstr(work.error, "may read and write"));
    if (!is_right)
        print_error("status %d: %s\n", (int)status, work.error);
    support_work_end(&work);
    return is_right ? 0 : 1;
}

static void a_read_only_folder_can_be_read(void **state)
{
    (void)state;
    struct opened opened;
    opened_new(&opened, &sqlite);
    for (int i = 0; i < 3; i++)
        opened_event(&opened);
    store_close(&opened.work);
    assert_int_equal(chmod(path_of(&opened), 0444), 0);
    assert_int_equal(chmod(opened.folder, 0555), 0);
    assert_int_equal(as_nobody(read_there, &opened), 0);
    assert_int_equal(as_nobody(write_there, &opened), 0);
    assert_int_equal(chmod(opened.folder, 0700), 0);
    assert_int_equal(chmod(path_of(&opened), 0600), 0);
    opened_end(&opened);
}

static void a_read_only_folder_can_be_read_while_another_writes(void **state)
{
    (void)state;
    struct opened opened;
    opened_new(&opened, &sqlite);
    for (int i = 0; i < 3; i++)
        opened_event(&opened);
    const char *endings[] = { "", "-wal", "-shm" };
    for (size_t i = 0; i < ARRAY_COUNT(endings); i++)
        assert_int_equal(
            chmod(arena_format(opened.work.arena, "%s%s", path_of(&opened), endings[i]), 0644), 0);
    assert_int_equal(chmod(opened.folder, 0555), 0);
    assert_int_equal(as_nobody(read_there, &opened), 0);
    assert_int_equal(as_nobody(write_there, &opened), 0);
    assert_int_equal(chmod(opened.folder, 0700), 0);
    opened_event(&opened);
    opened_end(&opened);
}

/* Adds units in one transaction until it fails or there are `most`. */
static enum status add_units(struct work *work, int64_t most)
{
    struct audit *audit = NULL;
    struct random random = { 1 };
    enum status status = audit_begin(work, "fill", NULL, &audit);
    for (int64_t i = 0; i < most && status == STATUS_OK; i++) {
        struct arena_mark mark = arena_mark(work->arena);
        struct unit *unit = random_row(work->arena, &random, &unit_entity, i, 0);
        unit->parent = INTEGER_MISSING;
        status = entity_store_insert(work, &unit_entity, unit);
        if (status == STATUS_OK)
            status = audit_add(work, audit, &unit_entity, NULL, unit);
        arena_return(work->arena, mark);
    }
    if (status == STATUS_OK)
        return audit_commit(work, audit);
    audit_abandon(work, audit);
    return status;
}

static void a_full_disk_loses_nothing(void **state)
{
    (void)state;
    struct opened opened;
    opened_new(&opened, &sqlite);
    opened_event(&opened);
    const char *before = contents_of(&opened);
    struct rlimit usual, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
    small = usual;
    small.rlim_cur = FILE_LIMIT;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    enum status status = add_units(&opened.work, UNITS_MOST);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
    assert_int_equal(status, STATUS_STORAGE);
    assert_non_null(strstr(opened.work.error, "full"));
    assert_non_null(strstr(opened.work.error, "Nothing was changed"));
    work_forget(&opened.work);
    assert_string_equal(contents_of(&opened), before);
    must(&opened, add_units(&opened.work, 10));
    assert_int_equal(number_of(&opened, "SELECT count(*) FROM unit"), 10);
    opened_end(&opened);
}

/* A writer that is killed at a random moment leaves all of each transaction or nothing. */
static void a_killed_writer_leaves_whole_transactions(void **state)
{
    (void)state;
    struct opened opened;
    struct random random = { 99 };
    int64_t broken = 0;
    opened_new(&opened, &sqlite);
    store_close(&opened.work);
    for (int i = 0; i < KILLS; i++) {
        pid_t child = fork();
        if (child == 0) {
            if (store_open(&opened.work, opened.address, STORE_WRITE) != STATUS_OK)
                _exit(1);
            for (;;)
                if (store_run_script(&opened.work, "DELETE FROM unit") != STATUS_OK ||
                    add_units(&opened.work, 500) != STATUS_OK)
                    _exit(1);
        }
        usleep((useconds_t)random_between(&random, 1000, 60000));
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(waitpid(child, NULL, 0), child);
        must(&opened, store_open(&opened.work, opened.address, STORE_WRITE));
        int64_t units = number_of(&opened, "SELECT count(*) FROM unit");
        assert_true(units == 0 || units == 500);
        must(&opened, audit_verify(&opened.work, &broken));
        assert_int_equal(broken, INTEGER_MISSING);
        store_close(&opened.work);
    }
    opened_end(&opened);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_files_are_told_apart),
        cmocka_unit_test(a_damaged_file_is_named),
        cmocka_unit_test(a_database_of_another_program_is_left_alone),
        cmocka_unit_test(settings_are_made),
        cmocka_unit_test(odd_names_are_only_names),
        cmocka_unit_test(a_read_only_folder_can_be_read),
        cmocka_unit_test(a_read_only_folder_can_be_read_while_another_writes),
        cmocka_unit_test(a_full_disk_loses_nothing),
        cmocka_unit_test(a_killed_writer_leaves_whole_transactions),
    };
    return cmocka_run_group_tests_name("store/sqlite", tests, NULL, NULL);
}
