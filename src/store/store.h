/* The port to the database: the same statement text on SQLite and PostgreSQL.
 *
 * Statements are constant text with parameters $1, $2, … (SQLite takes them as named parameters).
 * Prepared statements are cached by the address of their text, so give literals, or text that lives
 * as long as the store. Where PostgreSQL cannot tell a parameter's type, write CAST($1 AS bigint),
 * which both understand. One store is used by one thread at a time; between transactions it may be
 * handed from one work to the next (work->store), which spares opening it again. */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/work.h"
#include "entity/entity.h"

struct store;
struct cursor;
struct turnstile;

enum store_mode {
    STORE_READ,   /* must exist; nothing is written */
    STORE_WRITE,  /* must exist */
    STORE_CREATE, /* made when it does not exist */
};

enum engine { ENGINE_SQLITE, ENGINE_POSTGRESQL };

/* A value bound to a parameter. */
struct parameter {
    enum {
        PARAMETER_NULL,
        PARAMETER_INTEGER,
        PARAMETER_REAL,
        PARAMETER_TEXT,
        PARAMETER_BYTES
    } kind;
    int64_t integer;
    double real;
    struct slice text; /* of TEXT and BYTES */
};

/* INTEGER_MISSING, NAN and NULL become NULL. */
struct parameter parameter_integer(int64_t integer);
struct parameter parameter_real(double real);
struct parameter parameter_text(const char *text);
struct parameter parameter_slice(struct slice text);
struct parameter parameter_bytes(struct slice bytes);

#define PARAMETERS(...)                                                                            \
    (const struct parameter[]){ __VA_ARGS__ },                                                     \
        sizeof((const struct parameter[]){ __VA_ARGS__ }) / sizeof(struct parameter)

/* Opens `address` (a path, sqlite:PATH or postgresql://…) for the work and puts it in work->store.
 * Fails with a sentence that names the address (never its password) and the remedy. */
MUST_CHECK enum status store_open(struct work *work, const char *address, enum store_mode mode);
/* Closes work->store; an open transaction is rolled back. Without a store nothing happens. */
void store_close(struct work *work);
enum engine store_engine(const struct store *store);
/* The address as people may see it: the path, or the address without its password. */
const char *store_name(const struct store *store);
/* How long a statement waits for another program's lock before STATUS_BUSY; 5000 at first. */
void store_set_patience(struct store *store, int milliseconds);

/* What is made once for as long as the store is open, from what cannot change meanwhile (the rules
 * that are built into the program), under a name that is a constant text. It lives in store_arena.
 * NULL: nothing was kept under that name yet. */
const void *store_kept(const struct store *store, const char *name);
void store_keep(struct store *store, const char *name, const void *thing);
struct arena *store_arena(struct store *store);
/* The same for a thing that changes and has memory of its own, which `release` gives back when the
 * store is closed. */
void *store_kept_own(const struct store *store, const char *name);
void store_keep_own(struct store *store, const char *name, void *thing,
                    void (*release)(void *thing));

/* Before a transaction that writes the store waits at the turnstile for its turn, and lets the next
 * one pass at its end: SQLite takes one writer at a time, and its own waiting is not in order. */
void store_set_turnstile(struct store *store, struct turnstile *turnstile);

/* One transaction at a time; on SQLite BEGIN IMMEDIATE. */
MUST_CHECK enum status store_begin(struct work *work);
/* A transaction that only reads: everything in it sees the store at one moment. */
MUST_CHECK enum status store_begin_read(struct work *work);
bool store_in_transaction(const struct store *store);
MUST_CHECK enum status store_commit(struct work *work);
/* Never fails: when the connection is gone, so is the transaction. */
void store_rollback(struct work *work);

/* Runs a statement that gives no rows. A unique or foreign key that is broken is STATUS_CONFLICT.
 * `out_changed`, when not NULL, gets the number of rows changed. */
MUST_CHECK enum status store_run(struct work *work, const char *sql,
                                 const struct parameter *parameters, size_t count,
                                 int64_t *out_changed);
/* Runs a script of statements without parameters, such as a migration. */
MUST_CHECK enum status store_run_script(struct work *work, const char *sql);
/* Runs an INSERT of one row, without RETURNING, and gives the row's id; INTEGER_MISSING when ON
 * CONFLICT DO NOTHING left it undone. */
MUST_CHECK enum status store_insert(struct work *work, const char *sql,
                                    const struct parameter *parameters, size_t count,
                                    int64_t *out_id);
/* How many rows are worth giving to the two functions below at once: 1 where the database is in the
 * program, more where every call is a journey. */
size_t store_rows_at_once(const struct store *store);
enum { STORE_ROWS_MOST = 256 };
/* The parameters of `count` rows, `width` for each, one row after the other. */
struct parameter_rows {
    const struct parameter *parameters;
    size_t width, count;
};
/* The same INSERT for many rows, one after the other, so that a row sees those before it. Ids as
 * from store_insert. Fails as the first row that fails would. */
MUST_CHECK enum status store_insert_rows(struct work *work, const char *sql,
                                         const struct parameter_rows *rows, int64_t *out_ids);
/* The same statement for many sets of parameters: a cursor for each. On a failure there is none.
 */
MUST_CHECK enum status store_query_rows(struct work *work, const char *sql,
                                        const struct parameter_rows *rows,
                                        struct cursor **out_cursors);
/* Runs a statement that gives rows. The cursor is closed by cursor_close. A statement that writes
 * (… RETURNING) is certain only when cursor_next has said STATUS_END. */
MUST_CHECK enum status store_query(struct work *work, const char *sql,
                                   const struct parameter *parameters, size_t count,
                                   struct cursor **out_cursor);
/* The same for a SELECT of more rows than memory should hold at once. */
MUST_CHECK enum status store_stream(struct work *work, const char *sql,
                                    const struct parameter *parameters, size_t count,
                                    struct cursor **out_cursor);
/* Prepares a statement without running it, to prove that it is understood. */
MUST_CHECK enum status store_prepare(struct work *work, const char *sql);

/* Moves to the next row: STATUS_OK, STATUS_END, or a failure. */
MUST_CHECK enum status cursor_next(struct cursor *cursor);
size_t cursor_columns(const struct cursor *cursor);
bool cursor_is_null(const struct cursor *cursor, size_t column);
/* INTEGER_MISSING, NAN and NULL for a NULL. Text and bytes live until the cursor moves. */
int64_t cursor_integer(const struct cursor *cursor, size_t column);
double cursor_real(const struct cursor *cursor, size_t column);
const char *cursor_text(const struct cursor *cursor, size_t column);
struct slice cursor_bytes(const struct cursor *cursor, size_t column);
/* NULL is allowed. */
void cursor_close(struct cursor *cursor);
void cursor_cleanup(struct cursor **cursor);
#define CLEANUP_CURSOR __attribute__((cleanup(cursor_cleanup)))

#endif
