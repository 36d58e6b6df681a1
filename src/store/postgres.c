/* PostgreSQL behind the port: results as text, statements prepared once per connection. */
#include "store/postgres.h"

#include <assert.h>
#include <libpq-fe.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/late.h"
#include "store/store_engine.h"
#include "base/banned.h"

enum {
    STATEMENT_SLOTS = 1024, /* a power of two, well above the number kept */
    STATEMENTS_MOST = 384,  /* then all are forgotten */
    NAME_ROOM = 24,
    NUMBER_ROOM = 32,
    FETCH_ROWS = 500, /* of a stream at a time */
    TYPE_BOOLEAN = 16,
    TYPE_BYTES = 17, /* OIDs of pg_type, fixed for ever */
};

struct statement {
    const char *address; /* of the text it was made from */
    char *text;          /* a copy, to notice when another text stands there */
    char name[NAME_ROOM];
};

struct postgres {
    PGconn *connection;
    struct arena *scratch; /* parameters of one call */
    locale_t locale;       /* C: a decimal point is a point */
    struct statement slots[STATEMENT_SLOTS];
    size_t count;
    int64_t names; /* given so far, to statements and streams */
};

/* Bytes decoded for the row at hand. */
struct decoded {
    struct decoded *next;
    unsigned char *bytes;
};

struct postgres_cursor {
    struct cursor cursor;
    PGresult *result;
    int row, rows;
    struct decoded *decoded;
    char stream[NAME_ROOM]; /* the server's cursor; "" when all rows are here */
};

/* Parameters as libpq wants them. */
struct arguments {
    const char *values[PARAMETERS_MOST];
    int lengths[PARAMETERS_MOST], formats[PARAMETERS_MOST];
    char numbers[PARAMETERS_MOST][NUMBER_ROOM];
};

static enum status fail(struct work *work, const PGresult *result)
{
    struct postgres *postgres = work->store->connection;
    return postgres_fail(work, work->store->name, postgres->connection, result);
}

/* Clears the result and gives its status. */
static enum status finish(struct work *work, PGresult *result)
{
    ExecStatusType kind = PQresultStatus(result);
    enum status status = kind == PGRES_COMMAND_OK || kind == PGRES_TUPLES_OK ? STATUS_OK
                                                                             : fail(work, result);
    PQclear(result);
    return status;
}

static size_t slot_of(const char *sql)
{
    return (size_t)(((uintptr_t)sql >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 32) &
           (STATEMENT_SLOTS - 1);
}

/* Forgets every statement; only outside a transaction, where it cannot fail for another cause. */
static void forget_all(struct postgres *postgres)
{
    PQclear(PQexec(postgres->connection, "DEALLOCATE ALL"));
    for (size_t i = 0; i < STATEMENT_SLOTS; i++)
        free(postgres->slots[i].text);
    memset(postgres->slots, 0, sizeof postgres->slots);
    postgres->count = 0;
}

/* The server's name of the prepared statement; `suffix` stands after the text. */
static enum status statement_take(struct work *work, const char *sql, const char *suffix,
                                  const char **out_name)
{
    struct postgres *postgres = work->store->connection;
    if (postgres->count >= STATEMENTS_MOST &&
        (PQtransactionStatus(postgres->connection) == PQTRANS_IDLE ||
         postgres->count >= STATEMENT_SLOTS - 1))
        forget_all(postgres);
    size_t slot = slot_of(sql);
    while (postgres->slots[slot].address && postgres->slots[slot].address != sql)
        slot = (slot + 1) & (STATEMENT_SLOTS - 1);
    struct statement *found = &postgres->slots[slot];
    size_t length = strlen(sql);
    if (found->address && strncmp(found->text, sql, length) == 0 &&
        strcmp(found->text + length, suffix) == 0) {
        *out_name = found->name;
        return STATUS_OK;
    }
    struct statement statement = { .address = sql };
    snprintf(statement.name, sizeof statement.name, "s%lld", (long long)++postgres->names);
    size_t room = length + strlen(suffix) + 1;
    statement.text = malloc(room);
    if (!statement.text)
        abort();
    snprintf(statement.text, room, "%s%s", sql, suffix);
    enum status status = finish(
        work, PQprepare(postgres->connection, statement.name, statement.text, 0, NULL));
    if (status != STATUS_OK) {
        free(statement.text);
        return status;
    }
    postgres->count += !found->address;
    free(found->text); /* the server keeps the old one until all are forgotten */
    *found = statement;
    *out_name = found->name;
    return STATUS_OK;
}

/* Text goes as text, so that the server reads it as whatever type it is; bytes go as they are. */
static enum status argument(struct work *work, struct arguments *arguments, size_t i,
                            const struct parameter *parameter)
{
    struct postgres *postgres = work->store->connection;
    switch (parameter->kind) {
    case PARAMETER_NULL:
        return STATUS_OK;
    case PARAMETER_INTEGER:
        snprintf(arguments->numbers[i], NUMBER_ROOM, "%lld", (long long)parameter->integer);
        arguments->values[i] = arguments->numbers[i];
        return STATUS_OK;
    case PARAMETER_REAL:
        snprintf(arguments->numbers[i], NUMBER_ROOM, "%.17g", parameter->real);
        arguments->values[i] = arguments->numbers[i];
        return STATUS_OK;
    case PARAMETER_TEXT:
        if (parameter->text.length && memchr(parameter->text.start, 0, parameter->text.length))
            return work_fail(work, STATUS_INPUT, "A text for %s has a NUL; mend it.",
                             work->store->name);
        arguments->values[i] = slice_copy(postgres->scratch, parameter->text);
        return STATUS_OK;
    case PARAMETER_BYTES:
        break;
    }
    arguments->values[i] = parameter->text.length ? parameter->text.start : "";
    arguments->lengths[i] = (int)parameter->text.length;
    arguments->formats[i] = 1;
    return STATUS_OK;
}

static enum status arrange(struct work *work, struct arguments *arguments,
                           const struct parameter *parameters, size_t count)
{
    struct postgres *postgres = work->store->connection;
    assert(count <= PARAMETERS_MOST);
    arena_empty(postgres->scratch);
    for (size_t i = 0; i < count; i++) {
        arguments->values[i] = NULL;
        arguments->lengths[i] = arguments->formats[i] = 0;
        enum status status = argument(work, arguments, i, &parameters[i]);
        if (status != STATUS_OK)
            return status;
    }
    return STATUS_OK;
}

/* Runs the statement with its suffix; `*out_result` is the caller's to clear. */
static enum status execute(struct work *work, const char *sql, const char *suffix,
                           const struct parameter *parameters, size_t count, PGresult **out_result)
{
    struct postgres *postgres = work->store->connection;
    struct arguments arguments;
    const char *name = NULL;
    enum status status = arrange(work, &arguments, parameters, count);
    if (status == STATUS_OK)
        status = statement_take(work, sql, suffix, &name);
    if (status != STATUS_OK)
        return status;
    PGresult *result = PQexecPrepared(postgres->connection, name, (int)count, arguments.values,
                                      arguments.lengths, arguments.formats, 0);
    ExecStatusType kind = PQresultStatus(result);
    if (kind != PGRES_COMMAND_OK && kind != PGRES_TUPLES_OK)
        return finish(work, result);
    *out_result = result;
    return STATUS_OK;
}

/* BEGIN, COMMIT and the like. A COMMIT after an error is a ROLLBACK that reports no error. */
static enum status run_plain(struct work *work, const char *sql)
{
    struct postgres *postgres = work->store->connection;
    PGresult *result = PQexec(postgres->connection, sql);
    bool is_undone = strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(result), "ROLLBACK") == 0;
    enum status status = finish(work, result);
    if (status == STATUS_OK && is_undone)
        return work_fail(work, STATUS_STORAGE,
                         "%s undid the changes because one of them had failed.", work->store->name);
    return status;
}

static enum status postgres_run(struct work *work, const char *sql,
                                const struct parameter *parameters, size_t count,
                                int64_t *out_changed)
{
    if (count == 0 && !out_changed)
        return run_plain(work, sql);
    PGresult *result = NULL;
    enum status status = execute(work, sql, "", parameters, count, &result);
    if (status != STATUS_OK)
        return status;
    int64_t changed = 0;
    if (PQresultStatus(result) == PGRES_COMMAND_OK)
        slice_integer(slice_of(PQcmdTuples(result)), &changed);
    PQclear(result);
    if (out_changed)
        *out_changed = changed;
    return STATUS_OK;
}

static enum status postgres_run_script(struct work *work, const char *sql)
{
    struct postgres *postgres = work->store->connection;
    return finish(work, PQexec(postgres->connection, sql));
}

/* The id that RETURNING gave, INTEGER_MISSING for none; clears the result. */
static int64_t take_id(PGresult *result)
{
    int64_t id = INTEGER_MISSING;
    if (PQntuples(result) > 0)
        slice_integer(slice_of(PQgetvalue(result, 0, 0)), &id);
    PQclear(result);
    return id;
}

static enum status postgres_insert(struct work *work, const char *sql,
                                   const struct parameter *parameters, size_t count,
                                   int64_t *out_id)
{
    PGresult *result = NULL;
    enum status status = execute(work, sql, " RETURNING id", parameters, count, &result);
    if (status == STATUS_OK)
        *out_id = take_id(result);
    return status;
}

static struct postgres_cursor *cursor_new(struct work *work, PGresult *result)
{
    struct postgres_cursor *cursor = calloc(1, sizeof *cursor);
    if (!cursor)
        abort();
    cursor->cursor = (struct cursor){ .work = work, .store = work->store };
    cursor->result = result;
    cursor->row = -1;
    cursor->rows = result ? PQntuples(result) : 0;
    return cursor;
}

static enum status postgres_query(struct work *work, const char *sql,
                                  const struct parameter *parameters, size_t count,
                                  struct cursor **out_cursor)
{
    PGresult *result = NULL;
    enum status status = execute(work, sql, "", parameters, count, &result);
    if (status == STATUS_OK)
        *out_cursor = &cursor_new(work, result)->cursor;
    return status;
}

/* Sends the statement for each row without waiting in between; libpq copies what it sends. */
static enum status send_rows(struct work *work, const char *name, const struct parameter_rows *rows)
{
    struct postgres *postgres = work->store->connection;
    struct arguments arguments;
    for (size_t i = 0; i < rows->count; i++) {
        enum status status = arrange(work, &arguments, rows->parameters + i * rows->width,
                                     rows->width);
        if (status != STATUS_OK)
            return status;
        if (!PQsendQueryPrepared(postgres->connection, name, (int)rows->width, arguments.values,
                                 arguments.lengths, arguments.formats, 0))
            return fail(work, NULL);
    }
    return STATUS_OK;
}

/* Takes the results up to the end of the pipeline, also after a failure: the first that failed is
 * told, and what followed it the server has left undone. */
static enum status take_results(struct work *work, enum status status, size_t rows,
                                PGresult **out_results)
{
    struct postgres *postgres = work->store->connection;
    size_t taken = 0;
    while (PQstatus(postgres->connection) == CONNECTION_OK) {
        PGresult *result = PQgetResult(postgres->connection);
        if (!result) /* the end of one row's results */
            continue;
        ExecStatusType kind = PQresultStatus(result);
        if (kind == PGRES_TUPLES_OK && status == STATUS_OK && taken < rows) {
            out_results[taken++] = result;
            continue;
        }
        if (kind != PGRES_PIPELINE_SYNC && kind != PGRES_PIPELINE_ABORTED && status == STATUS_OK)
            status = fail(work, result);
        PQclear(result);
        if (kind == PGRES_PIPELINE_SYNC)
            break;
    }
    if (status == STATUS_OK && taken < rows)
        status = fail(work, NULL);
    for (size_t i = 0; status != STATUS_OK && i < taken; i++)
        PQclear(out_results[i]);
    return status;
}

/* One journey for many rows. The results are the caller's to clear; on a failure there is none. */
static enum status execute_rows(struct work *work, const char *sql, const char *suffix,
                                const struct parameter_rows *rows,
                                PGresult *out_results[STORE_ROWS_MOST])
{
    struct postgres *postgres = work->store->connection;
    const char *name = NULL;
    assert(rows->count <= STORE_ROWS_MOST);
    enum status status = statement_take(work, sql, suffix, &name);
    if (status != STATUS_OK)
        return status;
    if (!PQenterPipelineMode(postgres->connection))
        return fail(work, NULL);
    status = send_rows(work, name, rows);
    if (!PQpipelineSync(postgres->connection) && status == STATUS_OK)
        status = fail(work, NULL);
    status = take_results(work, status, rows->count, out_results);
    if (!PQexitPipelineMode(postgres->connection) && status == STATUS_OK) {
        for (size_t i = 0; i < rows->count; i++)
            PQclear(out_results[i]);
        status = fail(work, NULL);
    }
    return status;
}

static enum status postgres_insert_rows(struct work *work, const char *sql,
                                        const struct parameter_rows *rows, int64_t *out_ids)
{
    PGresult *results[STORE_ROWS_MOST] = { NULL };
    enum status status = execute_rows(work, sql, " RETURNING id", rows, results);
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++)
        out_ids[i] = take_id(results[i]);
    return status;
}

static enum status postgres_query_rows(struct work *work, const char *sql,
                                       const struct parameter_rows *rows,
                                       struct cursor **out_cursors)
{
    PGresult *results[STORE_ROWS_MOST] = { NULL };
    enum status status = execute_rows(work, sql, "", rows, results);
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++)
        out_cursors[i] = &cursor_new(work, results[i])->cursor;
    return status;
}

/* A cursor on the server; WITH HOLD so that a commit does not end it. */
static enum status postgres_stream(struct work *work, const char *sql,
                                   const struct parameter *parameters, size_t count,
                                   struct cursor **out_cursor)
{
    struct postgres *postgres = work->store->connection;
    struct arguments arguments;
    enum status status = arrange(work, &arguments, parameters, count);
    if (status != STATUS_OK)
        return status;
    char name[NAME_ROOM];
    snprintf(name, sizeof name, "c%lld", (long long)++postgres->names);
    const char *declare = arena_format(postgres->scratch,
                                       "DECLARE %s NO SCROLL CURSOR WITH HOLD FOR %s", name, sql);
    status = finish(work, PQexecParams(postgres->connection, declare, (int)count, NULL,
                                       arguments.values, arguments.lengths, arguments.formats, 0));
    if (status != STATUS_OK)
        return status;
    struct postgres_cursor *cursor = cursor_new(work, NULL);
    memcpy(cursor->stream, name, sizeof name);
    *out_cursor = &cursor->cursor;
    return STATUS_OK;
}

static enum status postgres_prepare(struct work *work, const char *sql)
{
    const char *name = NULL;
    return statement_take(work, sql, "", &name);
}

static void forget_decoded(struct postgres_cursor *cursor)
{
    while (cursor->decoded) {
        struct decoded *decoded = cursor->decoded;
        cursor->decoded = decoded->next;
        PQfreemem(decoded->bytes);
        free(decoded);
    }
}

/* The next rows of a stream. */
static enum status fetch(struct postgres_cursor *cursor)
{
    struct work *work = cursor->cursor.work;
    struct postgres *postgres = cursor->cursor.store->connection;
    char sql[64];
    snprintf(sql, sizeof sql, "FETCH %d FROM %s", FETCH_ROWS, cursor->stream);
    PQclear(cursor->result);
    cursor->result = PQexec(postgres->connection, sql);
    cursor->row = 0;
    cursor->rows = 0;
    if (PQresultStatus(cursor->result) != PGRES_TUPLES_OK)
        return postgres_fail(work, cursor->cursor.store->name, postgres->connection,
                             cursor->result);
    cursor->rows = PQntuples(cursor->result);
    return cursor->rows ? STATUS_OK : STATUS_END;
}

static enum status postgres_next(struct cursor *plain)
{
    struct postgres_cursor *cursor = (struct postgres_cursor *)plain;
    forget_decoded(cursor);
    if (cursor->row + 1 < cursor->rows) {
        cursor->row++;
        return STATUS_OK;
    }
    return cursor->stream[0] ? fetch(cursor) : STATUS_END;
}

static const struct postgres_cursor *of(const struct cursor *cursor)
{
    return (const struct postgres_cursor *)cursor;
}

static size_t postgres_columns(const struct cursor *cursor)
{
    return (size_t)PQnfields(of(cursor)->result);
}

static bool postgres_is_null(const struct cursor *cursor, size_t column)
{
    return PQgetisnull(of(cursor)->result, of(cursor)->row, (int)column);
}

static const char *postgres_text(const struct cursor *cursor, size_t column)
{
    return postgres_is_null(cursor, column)
               ? NULL
               : PQgetvalue(of(cursor)->result, of(cursor)->row, (int)column);
}

static double postgres_real(const struct cursor *cursor, size_t column)
{
    const struct postgres *postgres = cursor->store->connection;
    const char *text = postgres_text(cursor, column);
    return text ? strtod_l(text, NULL, postgres->locale) : NAN;
}

/* A boolean is 1 or 0, a numeric its whole part, as on SQLite. */
static int64_t postgres_integer(const struct cursor *cursor, size_t column)
{
    const char *text = postgres_text(cursor, column);
    int64_t integer = 0;
    if (!text)
        return INTEGER_MISSING;
    if (PQftype(of(cursor)->result, (int)column) == TYPE_BOOLEAN)
        return text[0] == 't';
    if (!slice_integer(slice_of(text), &integer))
        integer = (int64_t)postgres_real(cursor, column);
    return integer;
}

static struct slice postgres_bytes(const struct cursor *plain, size_t column)
{
    const char *text = postgres_text(plain, column);
    if (!text || PQftype(of(plain)->result, (int)column) != TYPE_BYTES)
        return slice_of(text);
    struct decoded *decoded = calloc(1, sizeof *decoded);
    size_t length = 0;
    if (decoded)
        decoded->bytes = PQunescapeBytea((const unsigned char *)text, &length);
    if (!decoded || !decoded->bytes)
        abort();
    struct postgres_cursor *cursor = (struct postgres_cursor *)(uintptr_t)plain;
    decoded->next = cursor->decoded;
    cursor->decoded = decoded;
    return (struct slice){ (const char *)decoded->bytes, length };
}

static void postgres_cursor_close(struct cursor *plain)
{
    struct postgres_cursor *cursor = (struct postgres_cursor *)plain;
    struct postgres *postgres = plain->store->connection;
    forget_decoded(cursor);
    PQclear(cursor->result);
    if (cursor->stream[0] &&
        PQtransactionStatus(postgres->connection) != PQTRANS_INERROR) { /* else it is gone */
        char sql[64];
        snprintf(sql, sizeof sql, "CLOSE %s", cursor->stream);
        PQclear(PQexec(postgres->connection, sql));
    }
    free(cursor);
}

static void postgres_set_patience(struct store *store, int milliseconds)
{
    struct postgres *postgres = store->connection;
    char sql[64];
    snprintf(sql, sizeof sql, "SET lock_timeout = %d", milliseconds);
    PQclear(PQexec(postgres->connection, sql));
}

static void postgres_close(struct store *store)
{
    struct postgres *postgres = store->connection;
    if (!postgres)
        return;
    for (size_t i = 0; i < STATEMENT_SLOTS; i++)
        free(postgres->slots[i].text);
    PQfinish(postgres->connection);
    arena_free(postgres->scratch);
    freelocale(postgres->locale);
    free(postgres);
    store->connection = NULL;
}

static enum status postgres_open(struct work *work, struct store *store, const char *target)
{
    PGconn *connection = NULL;
    enum status status = late_load(work, "pq");
    if (status == STATUS_OK)
        status = postgres_connect(work, target, store->mode, &connection);
    if (status != STATUS_OK)
        return status;
    struct postgres *postgres = calloc(1, sizeof *postgres);
    if (!postgres)
        abort();
    postgres->connection = connection;
    postgres->scratch = arena_new();
    postgres->locale = newlocale(LC_ALL_MASK, "C", NULL);
    if (!postgres->locale)
        abort();
    store->connection = postgres;
    store->name = postgres_name(store->arena, target);
    return STATUS_OK;
}

const struct store_engine postgres_engine = {
    .kind = ENGINE_POSTGRESQL,
    .begin = "BEGIN",
    .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .version = "SELECT CASE WHEN NOT pg_is_in_recovery() "
               "THEN CAST(pg_current_snapshot() AS text) END",
    .table_exists = "SELECT 1 FROM pg_class WHERE relname = $1 AND relkind IN ('r', 'p') "
                    "AND relnamespace = CAST(current_schema() AS regnamespace)",
    .table_count = "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm') "
                   "AND relnamespace = CAST(current_schema() AS regnamespace)",
    .lock_audit = "LOCK TABLE audit_event IN SHARE ROW EXCLUSIVE MODE",
    .move_identity = "SELECT setval(pg_get_serial_sequence($1, 'id'), $2)",
    .word_id = "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
    .word_integer = "bigint",
    .word_real = "double precision",
    .word_text = "text COLLATE \"C\"", /* sorts as SQLite does */
    .word_bytes = "bytea",
    .word_strict = "",
    .open = postgres_open,
    .close = postgres_close,
    .set_patience = postgres_set_patience,
    .run = postgres_run,
    .run_script = postgres_run_script,
    .query = postgres_query,
    .stream = postgres_stream,
    .insert = postgres_insert,
    .insert_rows = postgres_insert_rows,
    .query_rows = postgres_query_rows,
    .prepare = postgres_prepare,
    .cursor_next = postgres_next,
    .cursor_columns = postgres_columns,
    .cursor_is_null = postgres_is_null,
    .cursor_integer = postgres_integer,
    .cursor_real = postgres_real,
    .cursor_text = postgres_text,
    .cursor_bytes = postgres_bytes,
    .cursor_close = postgres_cursor_close,
};
