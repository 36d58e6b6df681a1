#include "store/store_copy.h"

#include <string.h>

#include "base/arena.h"
#include "model/model.h"
#include "store/canonical.h"
#include "store/entity_store.h"
#include "store/migrate.h"
#include "store/store_engine.h"
#include "base/banned.h"

/* Makes a failure of the target one of the source. */
static enum status hand_over(struct work *source, const struct work *target, enum status status)
{
    if (target->status != STATUS_OK)
        return work_fail(source, target->status, "%s", target->error);
    return status;
}

/* A row with its arena, which is emptied for each row. */
struct reader {
    struct arena *arena;
    struct cursor *cursor;
    const struct entity *entity;
    void *row;
};

static enum status reader_open(struct work *work, const struct entity *entity,
                               struct reader *out_reader)
{
    struct cursor *cursor = NULL;
    enum status status = entity_store_all(work, entity, 0, &cursor);
    if (status != STATUS_OK)
        return status;
    *out_reader = (struct reader){ .arena = arena_new(), .cursor = cursor, .entity = entity };
    return STATUS_OK;
}

static enum status reader_next(struct reader *reader)
{
    enum status status = cursor_next(reader->cursor);
    if (status != STATUS_OK)
        return status;
    arena_empty(reader->arena);
    reader->row = entity_row(reader->arena, reader->entity);
    entity_store_read(reader->arena, reader->entity, reader->cursor, 0, reader->row);
    return STATUS_OK;
}

static int64_t reader_id(const struct reader *reader)
{
    return field_integer(&reader->entity->fields[0], reader->row);
}

static void reader_close(struct reader *reader)
{
    cursor_close(reader->cursor);
    arena_free(reader->arena);
    *reader = (struct reader){ 0 };
}

/* Whether the field refers to a row of its own table, which may not be there yet. */
static bool is_inward(const struct entity *entity, const struct field *field)
{
    return field->reference && strcmp(field->reference, entity->name) == 0;
}

/* Takes the inward references out of a row; true when there was one. */
static bool cut_inward(const struct entity *entity, void *row)
{
    bool found = false;
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if (!is_inward(entity, field) || field_is_missing(field, row))
            continue;
        field_set_integer(field, row, INTEGER_MISSING);
        found = true;
    }
    return found;
}

/* Copies one table without its inward references; `*out_inward` tells whether there are any. */
static enum status copy_rows(struct work *source, struct work *target, const struct entity *entity,
                             bool *out_inward)
{
    struct reader reader;
    bool inward = false;
    int64_t last = 0;
    enum status status = reader_open(source, entity, &reader);
    if (status != STATUS_OK)
        return status;
    while ((status = reader_next(&reader)) == STATUS_OK) {
        inward |= cut_inward(entity, reader.row);
        last = reader_id(&reader);
        status = entity_store_insert_copy(target, entity, reader.row);
        if (status != STATUS_OK)
            break;
    }
    reader_close(&reader);
    const char *move = target->store->engine->move_identity;
    if (status == STATUS_END && move && last > 0)
        status = store_run(target, move,
                           PARAMETERS(parameter_text(entity->name), parameter_integer(last)), NULL);
    *out_inward = inward;
    return status == STATUS_END ? STATUS_OK : status;
}

/* Puts the inward references in, now that all rows are there. */
static enum status copy_inward(struct work *source, struct work *target,
                               const struct entity *entity)
{
    struct reader reader;
    enum status status = reader_open(source, entity, &reader);
    if (status != STATUS_OK)
        return status;
    while ((status = reader_next(&reader)) == STATUS_OK) {
        status = entity_store_update(target, entity, reader.row);
        if (status != STATUS_OK)
            break;
    }
    reader_close(&reader);
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status copy_all(struct work *source, struct work *target)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < model_entity_count && status == STATUS_OK; i++) {
        bool inward = false;
        status = copy_rows(source, target, model_entities[i], &inward);
        if (status == STATUS_OK && inward)
            status = copy_inward(source, target, model_entities[i]);
    }
    return status;
}

static void add_to_hash(void *target, const char *bytes, size_t length)
{
    hash_add(target, (struct slice){ bytes, length });
}

static bool is_same(const struct reader *a, const struct reader *b)
{
    for (size_t i = 0; i < a->entity->field_count; i++)
        if (!field_equal(&a->entity->fields[i], a->row, b->row))
            return false;
    return true;
}

/* Walks two tables side by side until a row differs. */
static enum status compare_rows(struct reader *a, struct reader *b, struct hash *hash,
                                struct store_comparison *comparison)
{
    for (;;) {
        enum status first = reader_next(a), second = reader_next(b);
        if (first != STATUS_OK && first != STATUS_END)
            return first;
        if (second != STATUS_OK && second != STATUS_END)
            return second;
        if (first == STATUS_END && second == STATUS_END)
            return STATUS_OK;
        if (first == STATUS_OK && second == STATUS_OK && is_same(a, b)) {
            canonical_row(a->entity, a->row, add_to_hash, hash);
            comparison->rows++;
            continue;
        }
        comparison->table = a->entity->name;
        if (first == STATUS_END)
            comparison->id = reader_id(b);
        else if (second == STATUS_END || reader_id(a) < reader_id(b))
            comparison->id = reader_id(a);
        else
            comparison->id = reader_id(b);
        return STATUS_OK;
    }
}

static enum status compare_table(struct work *source, struct work *target,
                                 const struct entity *entity, struct hash *hash,
                                 struct store_comparison *comparison)
{
    struct reader a, b;
    enum status status = reader_open(source, entity, &a);
    if (status != STATUS_OK)
        return status;
    status = reader_open(target, entity, &b);
    if (status == STATUS_OK) {
        status = compare_rows(&a, &b, hash, comparison);
        reader_close(&b);
    }
    reader_close(&a);
    return hand_over(source, target, status);
}

enum status store_compare(struct work *source, struct work *target,
                          struct store_comparison *out_comparison)
{
    struct store_comparison comparison = { 0 };
    struct hash hash = hash_new();
    for (size_t i = 0; i < model_entity_count && !comparison.table; i++) {
        enum status status = compare_table(source, target, model_entities[i], &hash, &comparison);
        if (status != STATUS_OK)
            return status;
    }
    hash_end(&hash, comparison.hash);
    *out_comparison = comparison;
    return STATUS_OK;
}

enum status store_check_empty(struct work *work)
{
    for (size_t i = 0; i < model_entity_count; i++) {
        CLEANUP_CURSOR struct cursor *cursor = NULL;
        enum status status = entity_store_all(work, model_entities[i], 0, &cursor);
        if (status == STATUS_OK)
            status = cursor_next(cursor);
        if (status == STATUS_OK)
            return work_fail(work, STATUS_REFUSED,
                             "%s holds data already; give an empty database, so that nothing is "
                             "mixed or lost.",
                             store_name(work->store));
        if (status != STATUS_END)
            return status;
    }
    return STATUS_OK;
}

/* Both transactions are open: copies and compares. */
static enum status copy_and_compare(struct work *source, struct work *target,
                                    struct store_comparison *out_comparison)
{
    enum status status = store_check_empty(target);
    if (status == STATUS_OK)
        status = copy_all(source, target);
    if (status == STATUS_OK)
        status = store_compare(source, target, out_comparison);
    if (status == STATUS_OK && out_comparison->table)
        return work_fail(source, STATUS_STORAGE,
                         "Row %lld of %s came out differently in %s; nothing was copied.",
                         (long long)out_comparison->id, out_comparison->table,
                         store_name(target->store));
    return status;
}

enum status store_copy(struct work *source, struct work *target,
                       struct store_comparison *out_comparison)
{
    struct store_comparison comparison;
    enum status status = migrate_check(source);
    if (status == STATUS_OK)
        status = migrate_check(target);
    if (status == STATUS_OK)
        status = store_begin_read(source);
    if (status != STATUS_OK)
        return hand_over(source, target, status);
    status = store_begin(target);
    if (status == STATUS_OK) {
        status = copy_and_compare(source, target, &comparison);
        if (status == STATUS_OK)
            status = store_commit(target);
        else
            store_rollback(target);
    }
    store_rollback(source);
    status = hand_over(source, target, status);
    if (status == STATUS_OK)
        *out_comparison = comparison;
    return status;
}
