#include "store/store_backup.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/number.h"
#include "store/audit.h"
#include "store/audit_store.h"
#include "store/migrate.h"
#include "store/sqlite.h"
#include "store/sqlite_error.h"
#include "store/store_copy.h"
#include "store/store_engine.h"
#include "base/banned.h"

/* All pages in one step: small steps start again whenever somebody writes. */
static enum status copy_pages(struct work *work, const char *name, sqlite3 *target, sqlite3 *source)
{
    sqlite3_backup *backup = sqlite3_backup_init(target, "main", source, "main");
    if (!backup)
        return sqlite_fail(work, name, target, sqlite3_extended_errcode(target));
    int step = sqlite3_backup_step(backup, -1);
    int code = sqlite3_backup_finish(backup);
    if (step != SQLITE_DONE)
        return sqlite_fail(work, name, NULL, code != SQLITE_OK ? code : step);
    return STATUS_OK;
}

/* Puts everything into the one file, so that it can be carried away alone. */
static enum status close_log(struct work *work, const char *path, sqlite3 *handle)
{
    int code = sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : sqlite_fail(work, path, handle, code);
}

static enum status write_pages(struct work *work, const char *path)
{
    sqlite3 *handle = NULL;
    enum status status = sqlite_connect(work, path, STORE_CREATE, &handle);
    if (status != STATUS_OK)
        return status;
    status = copy_pages(work, path, handle, sqlite_handle(work->store));
    if (status == STATUS_OK)
        status = close_log(work, path, handle);
    sqlite3_close(handle);
    return status;
}

/* Copies row by row from another engine. */
static enum status write_rows(struct work *work, const char *path)
{
    struct work target = *work;
    struct store_comparison comparison;
    int64_t applied = 0;
    target.store = NULL;
    enum status status = store_open(&target, arena_format(work->arena, "sqlite:%s", path),
                                    STORE_CREATE);
    if (status == STATUS_OK)
        status = migrate_up(&target, &applied);
    if (status != STATUS_OK)
        work_fail(work, status, "%s", target.error);
    if (status == STATUS_OK)
        status = store_copy(work, &target, &comparison);
    if (status == STATUS_OK)
        status = close_log(work, path, sqlite_handle(target.store));
    store_close(&target);
    return status;
}

/* Renames a finished file, and makes the name as lasting as the contents. */
static enum status put_in_place(struct work *work, const char *from, const char *to)
{
    const char *slash = strrchr(to, '/');
    const char *folder = ".";
    if (slash)
        folder = slash == to ? "/" : arena_copy(work->arena, to, (size_t)(slash - to));
    if (rename(from, to) != 0)
        return work_fail(work, STATUS_STORAGE, "%s could not be written: %s.", to, strerror(errno));
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        fsync(descriptor);
        close(descriptor);
    }
    return STATUS_OK;
}

static void remove_database(struct work *work, const char *path)
{
    unlink(path);
    unlink(arena_format(work->arena, "%s-wal", path));
    unlink(arena_format(work->arena, "%s-shm", path));
    unlink(arena_format(work->arena, "%s-journal", path));
}

enum status store_backup(struct work *work, const char *path)
{
    const char *part = arena_format(work->arena, "%s.part", path);
    enum status status = migrate_check(work);
    if (status != STATUS_OK)
        return status;
    if (file_exists(path))
        return work_fail(work, STATUS_REFUSED,
                         "%s exists already; give another name, so that no backup is lost.", path);
    remove_database(work, part);
    status = store_engine(work->store) == ENGINE_SQLITE ? write_pages(work, part)
                                                        : write_rows(work, part);
    if (status == STATUS_OK) {
        struct work checking = *work;
        checking.store = NULL;
        status = store_backup_check(&checking, part);
        if (status != STATUS_OK)
            work_fail(work, status, "%s", checking.error);
    }
    if (status == STATUS_OK)
        status = put_in_place(work, part, path);
    if (status != STATUS_OK)
        remove_database(work, part);
    return status;
}

/* Runs a check that gives `good`, or no row when that is NULL. */
static enum status check_pragma(struct work *work, const char *sql, const char *good)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, sql, NULL, 0, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_END && !good)
        return STATUS_OK;
    if (status == STATUS_OK && good && strcmp(cursor_text(cursor, 0), good) == 0)
        return STATUS_OK;
    if (status != STATUS_OK && status != STATUS_END)
        return status;
    return work_fail(work, STATUS_STORAGE, "%s is damaged; use another backup.",
                     store_name(work->store));
}

static enum status check_chain(struct work *work)
{
    int64_t broken = INTEGER_MISSING;
    enum status status = audit_verify(work, &broken);
    if (status == STATUS_OK && broken != INTEGER_MISSING)
        return work_fail(work, STATUS_STORAGE,
                         "The audit in %s was changed at event %lld; use another backup.",
                         store_name(work->store), (long long)broken);
    return status;
}

/* The schema must be known; that of an older program is brought up to date after the restore, and
 * only then read. */
static enum status check_contents(struct work *work)
{
    int64_t version = 0;
    enum status status = migrate_version(work, &version);
    if (status != STATUS_OK)
        return status;
    if (version == 0 || version > migrate_newest())
        return migrate_check(work);
    return version == migrate_newest() ? check_chain(work) : STATUS_OK;
}

enum status store_backup_check(struct work *work, const char *path)
{
    assert(!work->store);
    const char *address = arena_format(work->arena, "sqlite:%s", path);
    enum status status = store_open(work, address, STORE_READ);
    if (status == STATUS_OK)
        status = check_pragma(work, "PRAGMA integrity_check", "ok");
    if (status == STATUS_OK)
        status = check_pragma(work, "PRAGMA foreign_key_check", NULL);
    if (status == STATUS_OK)
        status = check_contents(work);
    store_close(work);
    return status;
}

/* Keeps what cannot be opened under another name. */
static enum status put_aside(struct work *work, const char *path)
{
    static const char *const endings[] = { "-wal", "-shm", "-journal", "" };
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const char *from = arena_format(work->arena, "%s%s", path, endings[i]);
        const char *to = arena_format(work->arena, "%s.damaged%s", path, endings[i]);
        if (file_exists(from) && rename(from, to) != 0)
            return work_fail(work, STATUS_STORAGE, "%s could not be renamed: %s.", from,
                             strerror(errno));
    }
    return STATUS_OK;
}

/* Opens the database that is to be replaced; one that is damaged is put aside. */
static enum status open_target(struct work *work, const char *address, bool replace)
{
    enum status status = store_open(work, address, STORE_CREATE);
    bool is_path = slice_find(slice_of(address), "://") < 0;
    if (status != STATUS_STORAGE || !replace || !is_path)
        return status;
    const char *path = slice_starts(slice_of(address), "sqlite:") ? address + sizeof "sqlite:" - 1
                                                                  : address;
    if (!file_exists(path))
        return status;
    work_forget(work);
    status = put_aside(work, path);
    return status == STATUS_OK ? store_open(work, address, STORE_CREATE) : status;
}

/* True of a workspace that was made and nothing else: its one event, the characteristics of the
 * law, would be made again. */
static enum status is_new(struct work *work, bool *out_is_new)
{
    static const struct audit_filter all = { .before = INTEGER_MISSING };
    struct list events = { 0 };
    enum status status = audit_store_events(work, &all, 2, &events);
    if (status == STATUS_OK)
        *out_is_new = events.count <= 1;
    return status;
}

static enum status check_replaceable(struct work *work)
{
    int64_t version = 0;
    bool may = true;
    enum status status = migrate_version(work, &version);
    if (status == STATUS_OK && version == migrate_newest())
        status = is_new(work, &may);
    else if (status == STATUS_OK && version > 0)
        status = store_check_empty(work);
    if (status == STATUS_OK && !may)
        return work_fail(work, STATUS_REFUSED,
                         "%s holds data already; restore into a new workspace, or give that data "
                         "up with --replace.",
                         store_name(work->store));
    return status;
}

static enum status restore_pages(struct work *work, struct work *source, bool replace)
{
    enum status status = replace ? STATUS_OK : check_replaceable(work);
    if (status != STATUS_OK)
        return status;
    sqlite3 *handle = sqlite_handle(work->store);
    status = copy_pages(work, store_name(work->store), handle, sqlite_handle(source->store));
    if (status != STATUS_OK)
        return status;
    int code = sqlite3_exec(handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : sqlite_fail(work, store_name(work->store), handle, code);
}

static enum status restore_rows(struct work *work, struct work *source)
{
    struct store_comparison comparison;
    int64_t applied = 0;
    enum status status = migrate_up(work, &applied);
    if (status != STATUS_OK)
        return status;
    status = store_copy(source, work, &comparison);
    if (status != STATUS_OK)
        return work_fail(work, status, "%s", source->error);
    return STATUS_OK;
}

enum status store_restore(struct work *work, const char *path, const char *address, bool replace)
{
    assert(!work->store);
    enum status status = store_backup_check(work, path);
    if (status != STATUS_OK)
        return status;
    struct work source = *work;
    status = store_open(&source, arena_format(work->arena, "sqlite:%s", path), STORE_READ);
    if (status != STATUS_OK)
        return work_fail(work, status, "%s", source.error);
    status = open_target(work, address, replace);
    if (status == STATUS_OK)
        status = store_engine(work->store) == ENGINE_SQLITE ? restore_pages(work, &source, replace)
                                                            : restore_rows(work, &source);
    store_close(work);
    store_close(&source);
    return status;
}
