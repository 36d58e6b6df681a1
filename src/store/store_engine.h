/* What the store's own files and the fault tests know about a database engine: one row of functions
 * and words per engine. Nobody else includes this. */
#ifndef STORE_STORE_ENGINE_H
#define STORE_STORE_ENGINE_H

#include "store/store.h"

enum { PARAMETERS_MOST = 64, STORE_PATIENCE_MILLISECONDS = 5000 };

struct audit;
struct entity_plan;
struct recall;

/* An engine. Functions take the store from work->store, but `open` and `close`. */
struct store_engine {
    enum engine kind;
    const char *begin;         /* starts a transaction that writes */
    const char *begin_read;    /* starts one that reads */
    const char *version;       /* a text that differs when anybody wrote: recall.c */
    const char *table_exists;  /* a row when the table $1 stands in the schema */
    const char *table_count;   /* how many tables the schema has */
    const char *lock_audit;    /* lets one transaction at a time write events; NULL: `begin` does */
    const char *move_identity; /* makes the next id of table $1 the one after $2; NULL: no need */
    const char *word_id, *word_integer, *word_real, *word_text, *word_bytes, *word_strict;

    enum status (*open)(struct work *work, struct store *store, const char *target);
    void (*close)(struct store *store);
    void (*set_patience)(struct store *store, int milliseconds);
    enum status (*run)(struct work *work, const char *sql, const struct parameter *parameters,
                       size_t count, int64_t *out_changed);
    enum status (*run_script)(struct work *work, const char *sql);
    enum status (*query)(struct work *work, const char *sql, const struct parameter *parameters,
                         size_t count, struct cursor **out_cursor);
    enum status (*stream)(struct work *work, const char *sql, const struct parameter *parameters,
                          size_t count, struct cursor **out_cursor);
    enum status (*insert)(struct work *work, const char *sql, const struct parameter *parameters,
                          size_t count, int64_t *out_id);
    /* NULL where one row after the other is as fast. */
    enum status (*insert_rows)(struct work *work, const char *sql,
                               const struct parameter_rows *rows, int64_t *out_ids);
    enum status (*query_rows)(struct work *work, const char *sql, const struct parameter_rows *rows,
                              struct cursor **out_cursors);
    /* Prepares without running. */
    enum status (*prepare)(struct work *work, const char *sql);

    enum status (*cursor_next)(struct cursor *cursor);
    size_t (*cursor_columns)(const struct cursor *cursor);
    bool (*cursor_is_null)(const struct cursor *cursor, size_t column);
    int64_t (*cursor_integer)(const struct cursor *cursor, size_t column);
    double (*cursor_real)(const struct cursor *cursor, size_t column);
    const char *(*cursor_text)(const struct cursor *cursor, size_t column);
    struct slice (*cursor_bytes)(const struct cursor *cursor, size_t column);
    void (*cursor_close)(struct cursor *cursor);
};

extern const struct store_engine sqlite_engine;
extern const struct store_engine postgres_engine;

/* An open store. */
struct store {
    const struct store_engine *engine;
    enum store_mode mode;
    struct arena *arena; /* lives as long as the store */
    const char *name;    /* the address as people may see it, without a password */
    void *connection;    /* the engine's own */
    bool in_transaction;
    struct turnstile *turnstile; /* of those who write; NULL: none */
    bool is_past_turnstile;
    struct entity_plan *plans; /* of entity_store.c */
    struct audit *audit;       /* of audit.c, kept for the next event */
    struct kept *kept;         /* of store_keep */
    struct recall *recall;     /* of recall.c; NULL: nothing was kept yet */
};

/* What every engine's cursor begins with. */
struct cursor {
    struct work *work;
    struct store *store;
};

#endif
