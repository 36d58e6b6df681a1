/* The audit: one event per transaction, sealed at its end and chained to the one before. */
#include "store/audit.h"

#include <assert.h>
#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/workspace.h"
#include "model/audit_event.h"
#include "store/audit_head.h"
#include "store/canonical.h"
#include "store/entity_store.h"
#include "store/recall.h"
#include "store/store_engine.h"
#include "base/banned.h"

enum { ENTITIES_MOST = 64, FIELDS_MOST = 64, SUMMARY_MOST = 2000, STREAM_ROOM = 4096 };

/* What happened to the rows of one entity; `fields` has a bit per field that changed. */
struct audit_count {
    const struct entity *entity;
    int64_t added, changed, removed;
    uint64_t fields;
};

/* Text on its way into a commitment, gathered so that the hash is fed in large pieces. */
struct stream {
    struct commitment commitment;
    size_t used;
    bool has_rows;
    char bytes[STREAM_ROOM];
};

struct audit {
    struct stream old_rows, new_rows;
    int64_t id, row_count;
    bool is_open, is_kept;
    size_t entity_count;
    struct audit_count counts[ENTITIES_MOST];
};

static const char insert_event[] =
    "INSERT INTO audit_event (at, who, operation, subject, row_count) VALUES ($1, $2, $3, $4, 0)";
static const char seal_event[] =
    "UPDATE audit_event SET fields = $1, row_count = $2, commitment_old = $3, commitment_new = $4, "
    "previous_hash = $5, hash = $6 WHERE id = $7";
static const char select_previous[] =
    "SELECT hash FROM audit_event WHERE id < $1 ORDER BY id DESC LIMIT 1";
static const char insert_change[] =
    "INSERT INTO row_change (event, entity, row_id, field, old_value, new_value) "
    "VALUES ($1, $2, $3, $4, $5, $6)";

static const char select_latest[] = "SELECT COALESCE(MAX(id), 0) FROM audit_event";

const char *const audit_statements[] = { insert_event,  seal_event,    select_previous,
                                         insert_change, select_latest, NULL };

enum status audit_latest(struct work *work, int64_t *out_event)
{
    static const struct slice key = { "latest event", sizeof "latest event" - 1 };
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    const int64_t *known = recall_find(work->store, key);
    if (known) {
        *out_event = *known;
        return STATUS_OK;
    }
    enum status status = store_query(work, select_latest, NULL, 0, &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out_event = cursor_integer(cursor, 0);
    struct arena *arena = status == STATUS_OK ? recall_arena(work->store) : NULL;
    if (arena) {
        int64_t *event = arena_new_of(arena, int64_t);
        *event = *out_event;
        recall_keep(work->store, key, event);
    }
    return status;
}

static void stream_start(struct stream *stream, const struct work *work)
{
    stream->commitment = commitment_new(work->workspace->audit_key);
    stream->used = 0;
    stream->has_rows = false;
}

static void stream_flush(struct stream *stream)
{
    crypto_generichash_update(&stream->commitment.state, (const unsigned char *)stream->bytes,
                              stream->used);
    stream->used = 0;
}

static void stream_add(void *target, const char *bytes, size_t length)
{
    struct stream *stream = target;
    if (length > STREAM_ROOM - stream->used)
        stream_flush(stream);
    if (length > STREAM_ROOM) {
        crypto_generichash_update(&stream->commitment.state, (const unsigned char *)bytes, length);
        return;
    }
    memcpy(stream->bytes + stream->used, bytes, length);
    stream->used += length;
}

/* NULL when nothing went in. */
static const char *stream_end(struct stream *stream, struct arena *arena)
{
    char hash[HASH_TEXT_LENGTH + 1];
    if (!stream->has_rows)
        return NULL;
    stream_flush(stream);
    commitment_end(&stream->commitment, hash);
    return arena_copy_text(arena, hash);
}

static void stream_row(struct stream *stream, const struct entity *entity, const void *row)
{
    if (!row)
        return;
    stream->has_rows = true;
    canonical_row(entity, row, stream_add, stream);
}

/* The store's audit, made at first use; the hash's state wants its own alignment. */
static struct audit *audit_of(struct store *store)
{
    if (store->audit)
        return store->audit;
    size_t alignment = _Alignof(struct audit);
    store->audit = aligned_alloc(alignment,
                                 (sizeof(struct audit) + alignment - 1) / alignment * alignment);
    if (!store->audit || sodium_init() < 0)
        abort();
    return store->audit;
}

enum status audit_begin(struct work *work, const char *operation, const char *subject,
                        struct audit **out_audit)
{
    assert(work->workspace);
    struct store *store = work->store;
    enum status status = store_begin(work);
    if (status != STATUS_OK)
        return status;
    int64_t id = INTEGER_MISSING;
    if (store->engine->lock_audit)
        status = store_run(work, store->engine->lock_audit, NULL, 0, NULL);
    if (status == STATUS_OK)
        status = store_insert(work, insert_event,
                              PARAMETERS(parameter_text(work->now), parameter_text(work->user),
                                         parameter_text(operation), parameter_text(subject)),
                              &id);
    if (status == STATUS_OK)
        status = audit_head_keep(work, id);
    if (status != STATUS_OK) {
        store_rollback(work);
        return status;
    }
    struct audit *audit = audit_of(store);
    audit->id = id;
    audit->row_count = 0;
    audit->entity_count = 0;
    audit->is_open = true;
    audit->is_kept = false;
    stream_start(&audit->old_rows, work);
    stream_start(&audit->new_rows, work);
    *out_audit = audit;
    return STATUS_OK;
}

int64_t audit_event_id(const struct audit *audit)
{
    return audit->id;
}

void audit_keep(struct audit *audit)
{
    audit->is_kept = true;
}

static struct audit_count *count_of(struct audit *audit, const struct entity *entity)
{
    for (size_t i = 0; i < audit->entity_count; i++)
        if (audit->counts[i].entity == entity)
            return &audit->counts[i];
    assert(audit->entity_count < ENTITIES_MOST && entity->field_count <= FIELDS_MOST);
    struct audit_count *count = &audit->counts[audit->entity_count++];
    *count = (struct audit_count){ .entity = entity };
    return count;
}

/* Fields that the program keeps for itself are no change in what the row says. */
static bool is_bookkeeping(const struct field *field)
{
    return strcmp(field->name, "id") == 0 || strcmp(field->name, "event") == 0;
}

/* A bit per field that differs. */
static uint64_t fields_changed(const struct entity *entity, const void *before, const void *after)
{
    uint64_t fields = 0;
    for (size_t i = 0; i < entity->field_count; i++)
        if (!is_bookkeeping(&entity->fields[i]) && !field_equal(&entity->fields[i], before, after))
            fields |= UINT64_C(1) << i;
    return fields;
}

static struct parameter value_parameter(const struct field *field, const void *row,
                                        char buffer[CANONICAL_NUMBER])
{
    if (field_is_missing(field, row) || field->flags & FIELD_SECRET)
        return parameter_text(NULL);
    return parameter_slice(canonical_field(field, row, buffer));
}

/* A bit per field that says something. */
static uint64_t fields_said(const struct entity *entity, const void *row)
{
    uint64_t fields = 0;
    for (size_t i = 0; i < entity->field_count; i++)
        if (!is_bookkeeping(&entity->fields[i]) && !field_is_missing(&entity->fields[i], row))
            fields |= UINT64_C(1) << i;
    return fields;
}

/* Writes what a row was and is, a row_change per field; `after` is NULL for a row that is gone. */
static enum status write_changes(struct work *work, const struct audit *audit,
                                 const struct entity *entity, const void *before, const void *after,
                                 uint64_t fields)
{
    enum status status = STATUS_OK;
    int64_t id = 0;
    for (size_t i = 0; i < entity->field_count && status == STATUS_OK; i++) {
        const struct field *field = &entity->fields[i];
        char from[CANONICAL_NUMBER], to[CANONICAL_NUMBER];
        if (!(fields >> i & 1))
            continue;
        status = store_insert(
            work, insert_change,
            PARAMETERS(parameter_integer(audit->id), parameter_text(entity->name),
                       parameter_integer(field_integer(&entity->fields[0], before)),
                       parameter_text(field->name), value_parameter(field, before, from),
                       after ? value_parameter(field, after, to) : parameter_text(NULL)),
            &id);
    }
    return status;
}

enum status audit_add(struct work *work, struct audit *audit, const struct entity *entity,
                      const void *before, const void *after)
{
    assert(audit->is_open && (before || after));
    uint64_t fields = before && after ? fields_changed(entity, before, after) : 0;
    if (before && after && !fields)
        return STATUS_OK;
    struct audit_count *count = count_of(audit, entity);
    count->added += !before;
    count->removed += !after;
    count->changed += before && after;
    count->fields |= fields;
    audit->row_count++;
    stream_row(&audit->old_rows, entity, before);
    stream_row(&audit->new_rows, entity, after);
    if (!before || entity->flags & ENTITY_REVISED)
        return STATUS_OK;
    return write_changes(work, audit, entity, before, after,
                         after ? fields : fields_said(entity, before));
}

static int compare_counts(const void *a, const void *b)
{
    return strcmp(((const struct audit_count *)a)->entity->name,
                  ((const struct audit_count *)b)->entity->name);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* " (due, status)": the names of the fields that changed, sorted. */
static void add_names(struct text *text, const struct audit_count *count)
{
    const char *names[FIELDS_MOST];
    size_t found = 0;
    for (size_t i = 0; i < count->entity->field_count; i++)
        if (count->fields >> i & 1)
            names[found++] = count->entity->fields[i].name;
    qsort(names, found, sizeof *names, compare_names);
    for (size_t i = 0; i < found; i++)
        text_add_format(text, "%s%s", i ? ", " : " (", names[i]);
    if (found)
        text_add(text, ")");
}

/* "action: 3 added, 1 changed (due, status); value: 9 added". */
static const char *summary(struct arena *arena, struct audit *audit)
{
    struct text text = text_new(arena, SUMMARY_MOST);
    qsort(audit->counts, audit->entity_count, sizeof *audit->counts, compare_counts);
    for (size_t i = 0; i < audit->entity_count; i++) {
        const struct audit_count *count = &audit->counts[i];
        const char *separator = ": ";
        text_add_format(&text, "%s%s", i ? "; " : "", count->entity->name);
        if (count->added) {
            text_add_format(&text, "%s%lld added", separator, (long long)count->added);
            separator = ", ";
        }
        if (count->changed) {
            text_add_format(&text, "%s%lld changed", separator, (long long)count->changed);
            add_names(&text, count);
            separator = ", ";
        }
        if (count->removed)
            text_add_format(&text, "%s%lld removed", separator, (long long)count->removed);
    }
    return text.length ? text.bytes : NULL;
}

static void hash_bytes(void *target, const char *bytes, size_t length)
{
    hash_add(target, (struct slice){ bytes, length });
}

/* The hash of an event: all members but the hash itself, in their order. */
static void event_hash(const struct audit_event *event, char out_text[HASH_TEXT_LENGTH + 1])
{
    struct audit_event unsealed = *event;
    unsealed.hash = NULL;
    struct hash hash = hash_new();
    canonical_row(&audit_event_entity, &unsealed, hash_bytes, &hash);
    hash_end(&hash, out_text);
}

static enum status previous_hash(struct work *work, int64_t id, const char **out_hash)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    enum status status = store_query(work, select_previous, PARAMETERS(parameter_integer(id)),
                                     &cursor);
    if (status == STATUS_OK)
        status = cursor_next(cursor);
    if (status == STATUS_OK)
        *out_hash = arena_copy_text(work->arena, cursor_text(cursor, 0));
    return status == STATUS_END ? STATUS_OK : status;
}

/* Completes the event's row and links it to the one before. */
static enum status seal(struct work *work, struct audit *audit)
{
    struct audit_event event;
    char hash[HASH_TEXT_LENGTH + 1];
    enum status status = entity_store_get(work, &audit_event_entity, audit->id, &event);
    if (status == STATUS_OK)
        status = previous_hash(work, audit->id, &event.previous_hash);
    if (status != STATUS_OK)
        return status;
    event.fields = summary(work->arena, audit);
    event.row_count = audit->row_count;
    event.commitment_old = stream_end(&audit->old_rows, work->arena);
    event.commitment_new = stream_end(&audit->new_rows, work->arena);
    event_hash(&event, hash);
    return store_run(work, seal_event,
                     PARAMETERS(parameter_text(event.fields), parameter_integer(event.row_count),
                                parameter_text(event.commitment_old),
                                parameter_text(event.commitment_new),
                                parameter_text(event.previous_hash), parameter_text(hash),
                                parameter_integer(event.id)),
                     NULL);
}

enum status audit_commit(struct work *work, struct audit *audit)
{
    assert(audit->is_open);
    if (audit->row_count == 0 && !audit->is_kept) {
        audit_abandon(work, audit);
        return STATUS_OK;
    }
    enum status status = seal(work, audit);
    if (status == STATUS_OK)
        status = store_commit(work);
    if (status != STATUS_OK)
        store_rollback(work);
    audit->is_open = false;
    return status;
}

void audit_abandon(struct work *work, struct audit *audit)
{
    if (!audit || !audit->is_open)
        return;
    store_rollback(work);
    audit->is_open = false;
}

/* Whether the event follows the one before. */
static bool follows(const struct audit_event *event, const char *previous)
{
    char hash[HASH_TEXT_LENGTH + 1];
    event_hash(event, hash);
    return event->hash && strcmp(event->hash, hash) == 0 &&
           strcmp(event->previous_hash ? event->previous_hash : "", previous) == 0;
}

enum status audit_verify(struct work *work, int64_t *out_broken)
{
    CLEANUP_CURSOR struct cursor *cursor = NULL;
    CLEANUP_ARENA struct arena *arena = arena_new();
    char previous[HASH_TEXT_LENGTH + 1] = "";
    enum status status = entity_store_all(work, &audit_event_entity, 0, &cursor);
    while (status == STATUS_OK && (status = cursor_next(cursor)) == STATUS_OK) {
        struct audit_event event;
        arena_empty(arena);
        entity_store_read(arena, &audit_event_entity, cursor, 0, &event);
        if (!follows(&event, previous)) {
            *out_broken = event.id;
            return STATUS_OK;
        }
        memcpy(previous, event.hash, sizeof previous);
    }
    if (status == STATUS_END)
        *out_broken = INTEGER_MISSING;
    return status == STATUS_END ? STATUS_OK : status;
}
