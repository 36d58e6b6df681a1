/* SQLite behind the port: one file in WAL, statements cached by the address of their text. */
#include "store/sqlite.h"

#include <assert.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "store/sqlite_error.h"
#include "store/store_engine.h"
#include "base/banned.h"

enum {
    STATEMENT_SLOTS = 1024, /* a power of two, well above the number kept */
    STATEMENTS_MOST = 384,  /* then all that are idle are forgotten */
};

struct statement {
    struct cursor cursor;
    const char *address; /* of the text it was prepared from */
    sqlite3_stmt *handle;
    int count; /* of parameters */
    int index[PARAMETERS_MOST];
    int first; /* the result of the first step, not yet given; 0: none */
    bool is_busy, is_cached;
};

struct sqlite {
    sqlite3 *handle;
    struct statement *slots[STATEMENT_SLOTS];
    size_t count;
};

static enum status fail(struct work *work, int code)
{
    struct sqlite *sqlite = work->store->connection;
    return sqlite_fail(work, work->store->name, sqlite->handle, code);
}

sqlite3 *sqlite_handle(struct store *store)
{
    assert(store->engine->kind == ENGINE_SQLITE);
    return ((struct sqlite *)store->connection)->handle;
}

static void statement_free(struct statement *statement)
{
    sqlite3_finalize(statement->handle);
    free(statement);
}

static size_t slot_of(const char *sql)
{
    return (size_t)(((uintptr_t)sql >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 32) &
           (STATEMENT_SLOTS - 1);
}

/* Forgets every statement that is idle. */
static void forget_idle(struct sqlite *sqlite)
{
    struct statement *kept[STATEMENTS_MOST + 1];
    size_t count = 0;
    for (size_t i = 0; i < STATEMENT_SLOTS; i++) {
        struct statement *statement = sqlite->slots[i];
        sqlite->slots[i] = NULL;
        if (statement && statement->is_busy)
            kept[count++] = statement;
        else if (statement)
            statement_free(statement);
    }
    for (size_t i = 0; i < count; i++) {
        size_t slot = slot_of(kept[i]->address);
        while (sqlite->slots[slot])
            slot = (slot + 1) & (STATEMENT_SLOTS - 1);
        sqlite->slots[slot] = kept[i];
    }
    sqlite->count = count;
}

static enum status statement_prepare(struct work *work, const char *sql,
                                     struct statement **out_statement)
{
    struct sqlite *sqlite = work->store->connection;
    sqlite3_stmt *handle = NULL;
    int code = sqlite3_prepare_v3(sqlite->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle,
                                  NULL);
    if (code != SQLITE_OK)
        return fail(work, code);
    struct statement *statement = calloc(1, sizeof *statement);
    if (!statement)
        abort();
    statement->handle = handle;
    statement->address = sql;
    statement->count = sqlite3_bind_parameter_count(handle);
    assert(statement->count <= PARAMETERS_MOST);
    for (int i = 0; i < statement->count; i++) {
        char name[16];
        snprintf(name, sizeof name, "$%d", i + 1);
        statement->index[i] = sqlite3_bind_parameter_index(handle, name);
    }
    *out_statement = statement;
    return STATUS_OK;
}

/* The statement of that text, cached or new, marked as busy. A text that stands where another one
 * stood before is noticed; a statement that is in use already gets a twin. */
static enum status statement_take(struct work *work, const char *sql,
                                  struct statement **out_statement)
{
    struct sqlite *sqlite = work->store->connection;
    size_t slot = slot_of(sql);
    while (sqlite->slots[slot] && sqlite->slots[slot]->address != sql)
        slot = (slot + 1) & (STATEMENT_SLOTS - 1);
    struct statement *found = sqlite->slots[slot];
    if (found && !found->is_busy && strcmp(sqlite3_sql(found->handle), sql) == 0) {
        found->is_busy = true;
        *out_statement = found;
        return STATUS_OK;
    }
    struct statement *statement = NULL;
    enum status status = statement_prepare(work, sql, &statement);
    if (status != STATUS_OK)
        return status;
    assert(statement);
    statement->is_busy = true;
    if (!found || !found->is_busy) {
        statement->is_cached = true;
        sqlite->slots[slot] = statement;
        if (found)
            statement_free(found);
        else if (++sqlite->count > STATEMENTS_MOST)
            forget_idle(sqlite);
    }
    *out_statement = statement;
    return STATUS_OK;
}

/* Ends the use of a statement; gives what its last step said. */
static int statement_give(struct statement *statement)
{
    int code = sqlite3_reset(statement->handle);
    statement->is_busy = false;
    statement->first = 0;
    if (!statement->is_cached)
        statement_free(statement);
    return code;
}

static int bind_one(sqlite3_stmt *handle, int index, const struct parameter *parameter,
                    sqlite3_destructor_type copying)
{
    switch (parameter->kind) {
    case PARAMETER_NULL:
        return sqlite3_bind_null(handle, index);
    case PARAMETER_INTEGER:
        return sqlite3_bind_int64(handle, index, parameter->integer);
    case PARAMETER_REAL:
        return sqlite3_bind_double(handle, index, parameter->real);
    case PARAMETER_TEXT:
        return sqlite3_bind_text64(handle, index,
                                   parameter->text.length ? parameter->text.start : "",
                                   parameter->text.length, copying, SQLITE_UTF8);
    case PARAMETER_BYTES:
        break;
    }
    return parameter->text.length == 0 ? sqlite3_bind_zeroblob(handle, index, 0)
                                       : sqlite3_bind_blob64(handle, index, parameter->text.start,
                                                             parameter->text.length, copying);
}

static int bind_all(struct statement *statement, const struct parameter *parameters, size_t count,
                    sqlite3_destructor_type copying)
{
    assert((size_t)statement->count == count);
    for (size_t i = 0; i < count; i++) {
        assert(statement->index[i] > 0);
        int code = bind_one(statement->handle, statement->index[i], &parameters[i], copying);
        if (code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}

/* Notes the failure of a statement before its reset hides the words. */
static enum status statement_fail(struct work *work, struct statement *statement, int code)
{
    enum status status = fail(work, code);
    statement_give(statement);
    return status;
}

static enum status sqlite_run(struct work *work, const char *sql,
                              const struct parameter *parameters, size_t count,
                              int64_t *out_changed)
{
    struct sqlite *sqlite = work->store->connection;
    struct statement *statement = NULL;
    enum status status = statement_take(work, sql, &statement);
    if (status != STATUS_OK)
        return status;
    int code = bind_all(statement, parameters, count, SQLITE_STATIC);
    if (code != SQLITE_OK)
        return statement_fail(work, statement, code);
    do
        code = sqlite3_step(statement->handle);
    while (code == SQLITE_ROW);
    if (code != SQLITE_DONE)
        return statement_fail(work, statement, code);
    if (out_changed)
        *out_changed = sqlite3_stmt_readonly(statement->handle) ? 0
                                                                : sqlite3_changes64(sqlite->handle);
    statement_give(statement);
    return STATUS_OK;
}

/* The id comes from the connection: RETURNING would make SQLite keep a journal per statement. */
static enum status sqlite_insert(struct work *work, const char *sql,
                                 const struct parameter *parameters, size_t count, int64_t *out_id)
{
    struct sqlite *sqlite = work->store->connection;
    int64_t changed = 0;
    enum status status = sqlite_run(work, sql, parameters, count, &changed);
    if (status == STATUS_OK)
        *out_id = changed ? sqlite3_last_insert_rowid(sqlite->handle) : INTEGER_MISSING;
    return status;
}

static enum status sqlite_run_script(struct work *work, const char *sql)
{
    struct sqlite *sqlite = work->store->connection;
    int code = sqlite3_exec(sqlite->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? STATUS_OK : fail(work, code);
}

static enum status sqlite_query(struct work *work, const char *sql,
                                const struct parameter *parameters, size_t count,
                                struct cursor **out_cursor)
{
    struct statement *statement = NULL;
    enum status status = statement_take(work, sql, &statement);
    if (status != STATUS_OK)
        return status;
    int code = bind_all(statement, parameters, count, SQLITE_TRANSIENT);
    if (code != SQLITE_OK)
        return statement_fail(work, statement, code);
    code = sqlite3_step(statement->handle); /* at once, as PostgreSQL does */
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return statement_fail(work, statement, code);
    statement->first = code;
    statement->cursor = (struct cursor){ .work = work, .store = work->store };
    *out_cursor = &statement->cursor;
    return STATUS_OK;
}

static enum status sqlite_prepare(struct work *work, const char *sql)
{
    struct statement *statement = NULL;
    enum status status = statement_take(work, sql, &statement);
    if (status == STATUS_OK)
        statement_give(statement);
    return status;
}

static enum status sqlite_next(struct cursor *cursor)
{
    struct statement *statement = (struct statement *)cursor;
    int code = statement->first;
    if (code == SQLITE_DONE)
        return STATUS_END;
    if (code == 0)
        code = sqlite3_step(statement->handle);
    statement->first = code == SQLITE_DONE ? SQLITE_DONE : 0;
    if (code == SQLITE_ROW)
        return STATUS_OK;
    if (code == SQLITE_DONE)
        return STATUS_END;
    struct sqlite *sqlite = cursor->store->connection;
    return sqlite_fail(cursor->work, cursor->store->name, sqlite->handle, code);
}

static sqlite3_stmt *handle_of(const struct cursor *cursor)
{
    return ((const struct statement *)cursor)->handle;
}

static size_t sqlite_columns(const struct cursor *cursor)
{
    return (size_t)sqlite3_column_count(handle_of(cursor));
}

static bool sqlite_is_null(const struct cursor *cursor, size_t column)
{
    return sqlite3_column_type(handle_of(cursor), (int)column) == SQLITE_NULL;
}

static int64_t sqlite_integer(const struct cursor *cursor, size_t column)
{
    return sqlite_is_null(cursor, column) ? INTEGER_MISSING
                                          : sqlite3_column_int64(handle_of(cursor), (int)column);
}

static double sqlite_real(const struct cursor *cursor, size_t column)
{
    return sqlite_is_null(cursor, column) ? NAN
                                          : sqlite3_column_double(handle_of(cursor), (int)column);
}

static const char *sqlite_text(const struct cursor *cursor, size_t column)
{
    return (const char *)sqlite3_column_text(handle_of(cursor), (int)column);
}

static struct slice sqlite_bytes(const struct cursor *cursor, size_t column)
{
    const char *bytes = sqlite3_column_blob(handle_of(cursor), (int)column);
    size_t length = (size_t)sqlite3_column_bytes(handle_of(cursor), (int)column);
    if (!bytes && !sqlite_is_null(cursor, column))
        bytes = "";
    return (struct slice){ bytes, length };
}

static void sqlite_cursor_close(struct cursor *cursor)
{
    statement_give((struct statement *)cursor);
}

static void sqlite_close(struct store *store)
{
    struct sqlite *sqlite = store->connection;
    if (!sqlite)
        return;
    for (size_t i = 0; i < STATEMENT_SLOTS; i++)
        if (sqlite->slots[i])
            statement_free(sqlite->slots[i]);
    sqlite3_close_v2(sqlite->handle);
    free(sqlite);
    store->connection = NULL;
}

static void sqlite_set_patience(struct store *store, int milliseconds)
{
    sqlite3_busy_timeout(sqlite_handle(store), milliseconds);
}

static enum status sqlite_open(struct work *work, struct store *store, const char *target)
{
    sqlite3 *handle = NULL;
    store->name = arena_copy_text(store->arena, target);
    enum status status = sqlite_connect(work, target, store->mode, &handle);
    if (status != STATUS_OK)
        return status;
    struct sqlite *sqlite = calloc(1, sizeof *sqlite);
    if (!sqlite)
        abort();
    sqlite->handle = handle;
    store->connection = sqlite;
    return STATUS_OK;
}

const struct store_engine sqlite_engine = {
    .kind = ENGINE_SQLITE,
    .begin = "BEGIN IMMEDIATE",
    .begin_read = "BEGIN",
    .version = "PRAGMA data_version",
    .table_exists = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1",
    .table_count = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' "
                   "AND name NOT LIKE 'sqlite%'",
    .word_id = "INTEGER PRIMARY KEY",
    .word_integer = "INTEGER",
    .word_real = "REAL",
    .word_text = "TEXT",
    .word_bytes = "BLOB",
    .word_strict = "STRICT",
    .open = sqlite_open,
    .close = sqlite_close,
    .set_patience = sqlite_set_patience,
    .run = sqlite_run,
    .run_script = sqlite_run_script,
    .query = sqlite_query,
    .stream = sqlite_query,
    .insert = sqlite_insert,
    .prepare = sqlite_prepare,
    .cursor_next = sqlite_next,
    .cursor_columns = sqlite_columns,
    .cursor_is_null = sqlite_is_null,
    .cursor_integer = sqlite_integer,
    .cursor_real = sqlite_real,
    .cursor_text = sqlite_text,
    .cursor_bytes = sqlite_bytes,
    .cursor_close = sqlite_cursor_close,
};
