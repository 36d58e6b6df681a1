/* A backup is one checked file; bringing it back is whole or not at all. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/migrate.h"
#include "store/store_backup.h"
#include "support/store_fixture.h"
#include "support/support.h"

enum { EVENTS = 50 };

/* A place for backup files, with the path of one. */
struct backups {
    const char *folder, *path;
};

static struct backups backups_new(struct opened *opened)
{
    struct backups backups = { .folder = support_folder(&opened->work) };
    backups.path = arena_format(opened->work.arena, "%s/backup.db", backups.folder);
    return backups;
}

static void some_events(struct opened *opened)
{
    for (int i = 0; i < EVENTS; i++)
        opened_event(opened);
}

/* Brings the backup into a fresh place of the fixture's engine and compares the contents. */
static void check_restored(const struct store_fixture *fixture, const char *path,
                           const char *contents)
{
    struct opened target;
    opened_place(&target, fixture);
    must(&target, store_restore(&target.work, path, target.address, false));
    assert_null(target.work.store);
    must(&target, store_open(&target.work, target.address, STORE_READ));
    must(&target, migrate_check(&target.work));
    assert_string_equal(contents_of(&target), contents);
    opened_end(&target);
}

static void a_backup_brings_everything_back(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    some_events(&opened);
    struct backups backups = backups_new(&opened);
    const char *contents = contents_of(&opened);
    must(&opened, store_backup(&opened.work, backups.path));
    assert_false(file_exists(arena_format(opened.work.arena, "%s-wal", backups.path)));
    assert_false(file_exists(arena_format(opened.work.arena, "%s.part", backups.path)));
    struct stat facts;
    assert_int_equal(stat(backups.path, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_string_equal(contents_of(&opened), contents);
    check_restored(*state, backups.path, contents);
    const struct store_fixture sqlite = { ENGINE_SQLITE, NULL };
    check_restored(&sqlite, backups.path, contents);
    support_remove(backups.folder);
    opened_end(&opened);
}

static void a_backup_is_never_overwritten(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    struct backups backups = backups_new(&opened);
    must(&opened, store_backup(&opened.work, backups.path));
    assert_int_equal(store_backup(&opened.work, backups.path), STATUS_REFUSED);
    assert_non_null(strstr(opened.work.error, "exists already"));
    work_forget(&opened.work);
    const char *nowhere = arena_format(opened.work.arena, "%s/none/b.db", backups.folder);
    assert_int_equal(store_backup(&opened.work, nowhere), STATUS_STORAGE);
    assert_non_null(strstr(opened.work.error, nowhere));
    support_remove(backups.folder);
    opened_end(&opened);
}

static void data_is_not_overwritten_unasked(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    some_events(&opened);
    struct backups backups = backups_new(&opened);
    must(&opened, store_backup(&opened.work, backups.path));
    const char *before = contents_of(&opened);
    opened_event(&opened);
    const char *after = contents_of(&opened);
    store_close(&opened.work);
    assert_int_equal(store_restore(&opened.work, backups.path, opened.address, false),
                     STATUS_REFUSED);
    assert_non_null(strstr(opened.work.error, "holds data already"));
    work_forget(&opened.work);
    must(&opened, store_open(&opened.work, opened.address, STORE_WRITE));
    assert_string_equal(contents_of(&opened), after);
    if (store_engine(opened.work.store) == ENGINE_SQLITE) {
        store_close(&opened.work);
        must(&opened, store_restore(&opened.work, backups.path, opened.address, true));
        must(&opened, store_open(&opened.work, opened.address, STORE_WRITE));
        assert_string_equal(contents_of(&opened), before);
        opened_event(&opened);
    }
    support_remove(backups.folder);
    opened_end(&opened);
}

static void overwrite(const char *path, off_t place, const char *bytes, size_t length)
{
    int descriptor = open(path, O_WRONLY);
    assert_true(descriptor >= 0);
    assert_int_equal(pwrite(descriptor, bytes, length, place), (ssize_t)length);
    close(descriptor);
}

static void a_damaged_backup_changes_nothing(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    some_events(&opened);
    struct backups backups = backups_new(&opened);
    must(&opened, store_backup(&opened.work, backups.path));
    const char *contents = contents_of(&opened);
    store_close(&opened.work);
    char noise[3000];
    memset(noise, 0x5a, sizeof noise);
    overwrite(backups.path, 4096, noise, sizeof noise); /* the head of the second page */
    assert_int_equal(store_restore(&opened.work, backups.path, opened.address, true),
                     STATUS_STORAGE);
    assert_non_null(strstr(opened.work.error, "damaged"));
    work_forget(&opened.work);
    overwrite(backups.path, 0, "no database at all", 18);
    assert_int_equal(store_restore(&opened.work, backups.path, opened.address, true),
                     STATUS_STORAGE);
    assert_non_null(strstr(opened.work.error, "is not a Due Regard database"));
    work_forget(&opened.work);
    must(&opened, store_open(&opened.work, opened.address, STORE_WRITE));
    assert_string_equal(contents_of(&opened), contents);
    support_remove(backups.folder);
    opened_end(&opened);
}

static void a_changed_audit_is_found_in_a_backup(void **state)
{
    struct opened opened, changed = { .work = support_work() };
    opened_new(&opened, *state);
    some_events(&opened);
    struct backups backups = backups_new(&opened);
    must(&opened, store_backup(&opened.work, backups.path));
    must(&changed, store_open(&changed.work, backups.path, STORE_WRITE));
    must(&changed,
         store_run_script(&changed.work, "DROP TRIGGER audit_event_sealed;"
                                         "UPDATE audit_event SET who = 'x' WHERE id = 7"));
    store_close(&changed.work);
    assert_int_equal(store_backup_check(&changed.work, backups.path), STATUS_STORAGE);
    assert_non_null(strstr(changed.work.error, "changed at event 7"));
    support_work_end(&changed.work);
    support_remove(backups.folder);
    opened_end(&opened);
}

static void a_damaged_database_is_put_aside(void **state)
{
    struct opened opened;
    opened_new(&opened, *state);
    some_events(&opened);
    struct backups backups = backups_new(&opened);
    must(&opened, store_backup(&opened.work, backups.path));
    const char *contents = contents_of(&opened);
    store_close(&opened.work);
    const char *file = opened.address + sizeof "sqlite:" - 1;
    overwrite(file, 0, "no database at all", 18);
    assert_int_equal(store_restore(&opened.work, backups.path, opened.address, false),
                     STATUS_STORAGE);
    work_forget(&opened.work);
    must(&opened, store_restore(&opened.work, backups.path, opened.address, true));
    assert_true(file_exists(arena_format(opened.work.arena, "%s.damaged", file)));
    must(&opened, store_open(&opened.work, opened.address, STORE_READ));
    assert_string_equal(contents_of(&opened), contents);
    support_remove(backups.folder);
    opened_end(&opened);
}

MAIN_ON_BOTH("store/backup", ON_BOTH(a_backup_brings_everything_back),
             ON_BOTH(a_backup_is_never_overwritten), ON_BOTH(data_is_not_overwritten_unasked),
             ON_BOTH(a_damaged_backup_changes_nothing),
             ON_BOTH(a_changed_audit_is_found_in_a_backup),
             { "a_damaged_database_is_put_aside on SQLite", a_damaged_database_is_put_aside, NULL,
               NULL, &sqlite })
