/* The port: what is the same for every engine stands here, the rest is the engine's row. */
#include "store/store.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/turnstile.h"
#include "store/recall.h"
#include "store/store_engine.h"
#include "base/banned.h"

struct parameter parameter_integer(int64_t integer)
{
    return integer == INTEGER_MISSING
               ? (struct parameter){ .kind = PARAMETER_NULL }
               : (struct parameter){ .kind = PARAMETER_INTEGER, .integer = integer };
}

struct parameter parameter_real(double real)
{
    return isnan(real) ? (struct parameter){ .kind = PARAMETER_NULL }
                       : (struct parameter){ .kind = PARAMETER_REAL, .real = real };
}

struct parameter parameter_text(const char *text)
{
    return text ? (struct parameter){ .kind = PARAMETER_TEXT, .text = slice_of(text) }
                : (struct parameter){ .kind = PARAMETER_NULL };
}

struct parameter parameter_slice(struct slice text)
{
    return text.start ? (struct parameter){ .kind = PARAMETER_TEXT, .text = text }
                      : (struct parameter){ .kind = PARAMETER_NULL };
}

struct parameter parameter_bytes(struct slice bytes)
{
    return bytes.start ? (struct parameter){ .kind = PARAMETER_BYTES, .text = bytes }
                       : (struct parameter){ .kind = PARAMETER_NULL };
}

/* The engine that an address names, and the rest of the address; NULL when there is none. */
static const struct store_engine *engine_of(const char *address, const char **out_target)
{
    struct slice slice = slice_of(address);
    *out_target = address;
    if (slice_starts(slice, "postgresql://") || slice_starts(slice, "postgres://"))
        return &postgres_engine;
    if (slice_starts(slice, "sqlite:")) {
        *out_target = address + sizeof "sqlite:" - 1;
        return **out_target ? &sqlite_engine : NULL;
    }
    return slice.length && slice_find(slice, "://") < 0 ? &sqlite_engine : NULL;
}

enum status store_open(struct work *work, const char *address, enum store_mode mode)
{
    assert(!work->store);
    const char *target = NULL;
    const struct store_engine *engine = engine_of(address, &target);
    if (!engine)
        return work_fail(work, STATUS_USAGE,
                         "The address of the database is not understood; write sqlite:PATH or "
                         "postgresql://USER@HOST/DATABASE.");
    struct store *store = calloc(1, sizeof *store);
    if (!store)
        abort();
    store->engine = engine;
    store->mode = mode;
    store->arena = arena_new();
    enum status status = engine->open(work, store, target);
    if (status != STATUS_OK) {
        engine->close(store);
        arena_free(store->arena);
        free(store);
        return status;
    }
    work->store = store;
    return STATUS_OK;
}

struct kept {
    struct kept *next;
    const char *name;
    const void *thing;
    void *own; /* the same, with its `release`; NULL: it lives in the store's arena */
    void (*release)(void *thing);
};

static const struct kept *find_kept(const struct store *store, const char *name)
{
    for (const struct kept *kept = store->kept; kept; kept = kept->next)
        if (strcmp(kept->name, name) == 0)
            return kept;
    return NULL;
}

const void *store_kept(const struct store *store, const char *name)
{
    const struct kept *kept = find_kept(store, name);
    return kept ? kept->thing : NULL;
}

void *store_kept_own(const struct store *store, const char *name)
{
    const struct kept *kept = find_kept(store, name);
    return kept ? kept->own : NULL;
}

static void add_kept(struct store *store, struct kept kept)
{
    struct kept *added = arena_new_of(store->arena, struct kept);
    *added = kept;
    added->next = store->kept;
    store->kept = added;
}

void store_keep(struct store *store, const char *name, const void *thing)
{
    add_kept(store, (struct kept){ .name = name, .thing = thing });
}

void store_keep_own(struct store *store, const char *name, void *thing,
                    void (*release)(void *thing))
{
    add_kept(store, (struct kept){ .name = name, .own = thing, .release = release });
}

static void release_kept(const struct store *store)
{
    for (const struct kept *kept = store->kept; kept; kept = kept->next)
        if (kept->release)
            kept->release(kept->own);
}

void store_close(struct work *work)
{
    struct store *store = work->store;
    if (!store)
        return;
    if (store->in_transaction)
        store_rollback(work);
    store->engine->close(store);
    free(store->audit);
    recall_free(store);
    release_kept(store);
    arena_free(store->arena);
    free(store);
    work->store = NULL;
}

enum engine store_engine(const struct store *store)
{
    return store->engine->kind;
}

const char *store_name(const struct store *store)
{
    return store->name;
}

struct arena *store_arena(struct store *store)
{
    return store->arena;
}

void store_set_patience(struct store *store, int milliseconds)
{
    store->engine->set_patience(store, milliseconds);
}

static enum status begin(struct work *work, const char *sql)
{
    struct store *store = work->store;
    assert(!store->in_transaction);
    enum status status = store_run(work, sql, NULL, 0, NULL);
    if (status != STATUS_OK)
        return status;
    store->in_transaction = true;
    return STATUS_OK;
}

void store_set_turnstile(struct store *store, struct turnstile *turnstile)
{
    store->turnstile = turnstile;
}

/* Lets the next writer pass, when this store was the one that others waited for. */
static void leave_turnstile(struct store *store)
{
    if (store->is_past_turnstile)
        turnstile_leave(store->turnstile);
    store->is_past_turnstile = false;
}

static void end(struct store *store)
{
    store->in_transaction = false;
    recall_end(store);
    leave_turnstile(store);
}

enum status store_begin(struct work *work)
{
    struct store *store = work->store;
    turnstile_enter(store->turnstile);
    store->is_past_turnstile = store->turnstile != NULL;
    enum status status = begin(work, store->engine->begin);
    if (status != STATUS_OK)
        leave_turnstile(store);
    return status;
}

enum status store_begin_read(struct work *work)
{
    enum status status = begin(work, work->store->engine->begin_read);
    if (status != STATUS_OK)
        return status;
    status = recall_begin(work);
    if (status != STATUS_OK)
        store_rollback(work);
    return status;
}

bool store_in_transaction(const struct store *store)
{
    return store->in_transaction;
}

enum status store_commit(struct work *work)
{
    struct store *store = work->store;
    assert(store->in_transaction);
    enum status status = store_run(work, "COMMIT", NULL, 0, NULL);
    if (status != STATUS_OK) {
        store_rollback(work);
        return status;
    }
    end(store);
    return STATUS_OK;
}

/* Runs one of the statements that undo; its failure is no news, so the work's error stays. */
static void run_quietly(struct work *work, const char *sql)
{
    bool was_well = work->status == STATUS_OK;
    enum status status = store_run(work, sql, NULL, 0, NULL);
    if (status != STATUS_OK && was_well)
        work_forget(work);
}

void store_rollback(struct work *work)
{
    struct store *store = work->store;
    if (!store->in_transaction)
        return;
    run_quietly(work, "ROLLBACK");
    end(store);
}

enum status store_run(struct work *work, const char *sql, const struct parameter *parameters,
                      size_t count, int64_t *out_changed)
{
    return work->store->engine->run(work, sql, parameters, count, out_changed);
}

enum status store_run_script(struct work *work, const char *sql)
{
    return work->store->engine->run_script(work, sql);
}

enum status store_insert(struct work *work, const char *sql, const struct parameter *parameters,
                         size_t count, int64_t *out_id)
{
    return work->store->engine->insert(work, sql, parameters, count, out_id);
}

size_t store_rows_at_once(const struct store *store)
{
    return store->engine->insert_rows ? STORE_ROWS_MOST : 1;
}

enum status store_insert_rows(struct work *work, const char *sql, const struct parameter_rows *rows,
                              int64_t *out_ids)
{
    const struct store_engine *engine = work->store->engine;
    enum status status = STATUS_OK;
    if (engine->insert_rows && rows->count > 1)
        return engine->insert_rows(work, sql, rows, out_ids);
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++)
        status = engine->insert(work, sql, rows->parameters + i * rows->width, rows->width,
                                &out_ids[i]);
    return status;
}

enum status store_query_rows(struct work *work, const char *sql, const struct parameter_rows *rows,
                             struct cursor **out_cursors)
{
    const struct store_engine *engine = work->store->engine;
    enum status status = STATUS_OK;
    if (engine->query_rows && rows->count > 1)
        return engine->query_rows(work, sql, rows, out_cursors);
    size_t opened = 0;
    for (; opened < rows->count && status == STATUS_OK; opened++)
        status = engine->query(work, sql, rows->parameters + opened * rows->width, rows->width,
                               &out_cursors[opened]);
    for (size_t i = 0; status != STATUS_OK && i + 1 < opened; i++)
        cursor_close(out_cursors[i]);
    return status;
}

enum status store_query(struct work *work, const char *sql, const struct parameter *parameters,
                        size_t count, struct cursor **out_cursor)
{
    return work->store->engine->query(work, sql, parameters, count, out_cursor);
}

enum status store_stream(struct work *work, const char *sql, const struct parameter *parameters,
                         size_t count, struct cursor **out_cursor)
{
    return work->store->engine->stream(work, sql, parameters, count, out_cursor);
}

enum status store_prepare(struct work *work, const char *sql)
{
    return work->store->engine->prepare(work, sql);
}

enum status cursor_next(struct cursor *cursor)
{
    return cursor->store->engine->cursor_next(cursor);
}

size_t cursor_columns(const struct cursor *cursor)
{
    return cursor->store->engine->cursor_columns(cursor);
}

bool cursor_is_null(const struct cursor *cursor, size_t column)
{
    return cursor->store->engine->cursor_is_null(cursor, column);
}

int64_t cursor_integer(const struct cursor *cursor, size_t column)
{
    return cursor->store->engine->cursor_integer(cursor, column);
}

double cursor_real(const struct cursor *cursor, size_t column)
{
    return cursor->store->engine->cursor_real(cursor, column);
}

const char *cursor_text(const struct cursor *cursor, size_t column)
{
    return cursor->store->engine->cursor_text(cursor, column);
}

struct slice cursor_bytes(const struct cursor *cursor, size_t column)
{
    return cursor->store->engine->cursor_bytes(cursor, column);
}

void cursor_close(struct cursor *cursor)
{
    if (cursor)
        cursor->store->engine->cursor_close(cursor);
}

void cursor_cleanup(struct cursor **cursor)
{
    cursor_close(*cursor);
}
