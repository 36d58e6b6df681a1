/* Opening a SQLite file: settings, and one sentence for each way in which it can be wrong. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "store/sqlite.h"
#include "store/sqlite_error.h"
#include "store/store_engine.h"
#include "base/banned.h"

/* "DReg": marks the file as ours. */
#define APPLICATION_ID "1146250599"
#define APPLICATION_ID_NUMBER 1146250599

enum { PATH_MOST = 4096 };

/* The cache bounds the memory of an import, the size limit what the log keeps after one. A server
 * that is shut in has no folder for temporary files: the search's index stays in memory. */
static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA cache_size = -24576;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA journal_size_limit = 67108864;";

/* Reads the header and the schema, so that a wrong file shows itself at once. */
static int probe(sqlite3 *handle, int64_t *out_application, int64_t *out_tables)
{
    static const char *const statements[] = { "SELECT count(*) FROM sqlite_schema",
                                              "PRAGMA application_id" };
    int64_t answers[2] = { 0, 0 };
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *statement = NULL;
        int code = sqlite3_prepare_v2(handle, statements[i], -1, &statement, NULL);
        if (code == SQLITE_OK)
            code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
            answers[i] = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        if (code != SQLITE_ROW)
            return code;
    }
    *out_tables = answers[0];
    *out_application = answers[1];
    return SQLITE_OK;
}

static int configure(sqlite3 *handle)
{
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, STORE_PATIENCE_MILLISECONDS);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    return sqlite3_exec(handle, settings, NULL, NULL, NULL);
}

/* One attempt: opens, configures and probes. On failure `*out_handle` is NULL or open, for its
 * words, and the caller's to close either way. */
static int attempt(const char *name, int flags, sqlite3 **out_handle, int64_t *out_application,
                   int64_t *out_tables)
{
    int code = sqlite3_open_v2(name, out_handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = configure(*out_handle);
    if (code == SQLITE_OK)
        code = probe(*out_handle, out_application, out_tables);
    return code;
}

/* A name that SQLite cannot take for anything but a path. */
static const char *plain_name(struct arena *arena, const char *path)
{
    return path[0] == '/' ? path : arena_format(arena, "./%s", path);
}

/* The path as a URI that says that nobody changes the file. */
static const char *immutable_name(struct arena *arena, const char *path)
{
    struct text text = text_new(arena, PATH_MOST * 4);
    text_add(&text, "file:");
    for (const char *c = plain_name(arena, path); *c; c++)
        if (*c == '%' || *c == '?' || *c == '#')
            text_add_format(&text, "%%%02X", (unsigned)*c);
        else
            text_add_character(&text, *c);
    text_add(&text, "?immutable=1");
    return text.bytes;
}

/* Opening to read: as a writer that never writes, so that the log beside the file is kept tidy;
 * else read-only; else, when there is no log, as a file that nobody changes. */
static int attempt_reading(struct arena *arena, const char *path, sqlite3 **out_handle,
                           int64_t *out_application, int64_t *out_tables)
{
    const char *name = plain_name(arena, path);
    int code = attempt(name, SQLITE_OPEN_READWRITE, out_handle, out_application, out_tables);
    int kind = code & 0xff;
    if (kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_PERM) {
        sqlite3_close(*out_handle);
        *out_handle = NULL;
        code = attempt(name, SQLITE_OPEN_READONLY, out_handle, out_application, out_tables);
        kind = code & 0xff;
    }
    if ((kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY) &&
        !file_exists(arena_format(arena, "%s-wal", path))) {
        sqlite3_close(*out_handle);
        *out_handle = NULL;
        code = attempt(immutable_name(arena, path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI,
                       out_handle, out_application, out_tables);
    }
    if (code == SQLITE_OK)
        code = sqlite3_exec(*out_handle, "PRAGMA query_only = ON", NULL, NULL, NULL);
    return code;
}

/* Neither empty nor marked as ours. */
static bool is_foreign(int64_t application, int64_t tables)
{
    return application != APPLICATION_ID_NUMBER && (application != 0 || tables != 0);
}

static int attempt_writing(struct arena *arena, const char *path, sqlite3 **out_handle,
                           int64_t *out_application, int64_t *out_tables)
{
    int code = attempt(plain_name(arena, path), SQLITE_OPEN_READWRITE, out_handle, out_application,
                       out_tables);
    if (code != SQLITE_OK || is_foreign(*out_application, *out_tables))
        return code;
    if (sqlite3_db_readonly(*out_handle, "main") == 1)
        return SQLITE_READONLY;
    if (*out_application == 0)
        code = sqlite3_exec(*out_handle, "PRAGMA application_id = " APPLICATION_ID, NULL, NULL,
                            NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(*out_handle, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    return code;
}

/* Looks before SQLite does, where the system's own answer makes the better sentence. */
static enum status look(struct work *work, const char *path, enum store_mode mode)
{
    if (strlen(path) > PATH_MOST)
        return work_fail(work, STATUS_LIMIT, "The path of the database is too long.");
    struct stat facts;
    if (stat(path, &facts) == 0)
        return S_ISREG(facts.st_mode)
                   ? STATUS_OK
                   : work_fail(
                         work, STATUS_STORAGE,
                         "%s is not a file, so it cannot be the database; give the path of the "
                         "database itself.",
                         path);
    if (errno != ENOENT)
        return work_fail(work, STATUS_STORAGE, "%s cannot be reached: %s.", path, strerror(errno));
    if (mode != STORE_CREATE)
        return work_fail(work, STATUS_NOT_FOUND,
                         "%s does not exist; make it with `dueregard init`, or name the workspace "
                         "with --workspace.",
                         path);
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
                          0600); /* for its user only */
    if (descriptor < 0)
        return work_fail(work, STATUS_STORAGE,
                         "%s could not be made: %s; check that its folder exists and that the "
                         "program's user may write there.",
                         path, strerror(errno));
    close(descriptor);
    return STATUS_OK;
}

enum status sqlite_connect(struct work *work, const char *path, enum store_mode mode,
                           sqlite3 **out_handle)
{
    enum status status = look(work, path, mode);
    if (status != STATUS_OK)
        return status;
    sqlite3 *handle = NULL;
    int64_t application = 0, tables = 0;
    int code = mode == STORE_READ
                   ? attempt_reading(work->arena, path, &handle, &application, &tables)
                   : attempt_writing(work->arena, path, &handle, &application, &tables);
    if (code != SQLITE_OK)
        status = sqlite_fail(work, path, handle, code);
    else if (is_foreign(application, tables))
        status = work_fail(work, STATUS_REFUSED,
                           "%s is the database of another program; give the path of a Due Regard "
                           "database.",
                           path);
    if (status != STATUS_OK) {
        sqlite3_close(handle);
        return status;
    }
    *out_handle = handle;
    return STATUS_OK;
}
