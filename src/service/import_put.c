#include "service/import_put.h"

#include <string.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "entity/field_text.h"
#include "model/action.h"
#include "model/model.h"
#include "service/action_dates.h"
#include "base/banned.h"

enum { WORDS_MOST = 2000 };

static enum status member_words(struct work *work, struct references *references,
                                const struct field *field, const void *row, const char **out_words)
{
    if (field->form == FORM_REFERENCE && !field_is_missing(field, row))
        return reference_code(work, references, model_entity(field->reference),
                              field_integer(field, row), out_words);
    *out_words = field_print(work->arena, field, row);
    return STATUS_OK;
}

enum status put_key_words(struct work *work, struct references *references,
                          const struct entity *entity, const void *row, const char **out_words)
{
    struct text words = text_new(work->arena, WORDS_MOST);
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        const char *member = NULL;
        if (!(field->flags & FIELD_KEY))
            continue;
        enum status status = member_words(work, references, field, row, &member);
        if (status != STATUS_OK)
            return status;
        if (*member && words.length)
            text_add(&words, " / ");
        text_add(&words, member);
    }
    *out_words = words.bytes;
    return STATUS_OK;
}

static void set_system(const struct entity *entity, void *row, const char *name, int64_t number)
{
    const struct field *field = entity_field(entity, name);
    if (field)
        field_set_integer(field, row, number);
}

static int64_t get_system(const struct entity *entity, const void *row, const char *name)
{
    const struct field *field = entity_field(entity, name);
    return field ? field_integer(field, row) : INTEGER_MISSING;
}

/* Fills the derived fields. */
static enum status prepare(struct work *work, const struct entity *entity, void *row)
{
    struct target_date_context dates;
    if (!entity->prepare)
        return STATUS_OK;
    if (entity != &action_entity) {
        entity->prepare(work->arena, row, NULL);
        return STATUS_OK;
    }
    enum status status = action_dates_of(work, ((const struct action *)row)->objective, &dates);
    if (status == STATUS_OK)
        entity->prepare(work->arena, row, &dates);
    return status;
}

static enum status complete(struct work *work, struct put *put, void *row)
{
    const struct entity *entity = put->entity;
    if (entity->complete)
        entity->complete(row);
    entity_set_standards(work->arena, entity, row);
    set_system(entity, row, "event", audit_event_id(put->audit));
    if (entity->flags & ENTITY_REVISED) {
        set_system(entity, row, "revision", 1);
        set_system(entity, row, "latest", 1);
    }
    return prepare(work, entity, row);
}

static enum status describe(struct work *work, struct put *put, const char *what, const void *row,
                            const void *before)
{
    const char *key = NULL;
    if (!put->describe)
        return STATUS_OK;
    enum status status = put_key_words(work, put->references, put->entity, row, &key);
    struct text words = text_new(work->arena, WORDS_MOST);
    text_add_format(&words, "%s: %s", what, key ? key : "");
    for (size_t i = 0; status == STATUS_OK && before && i < put->entity->field_count; i++) {
        const struct field *field = &put->entity->fields[i];
        const char *from = NULL, *to = NULL;
        if ((field->flags & (FIELD_SYSTEM | FIELD_PERSONAL)) || field_equal(field, before, row))
            continue;
        status = member_words(work, put->references, field, before, &from);
        if (status == STATUS_OK)
            status = member_words(work, put->references, field, row, &to);
        if (status == STATUS_OK)
            text_add_format(&words, "; %s from \"%.120s\" to \"%.120s\"", field->label, from, to);
    }
    put->words = words.bytes;
    return status;
}

static enum status write_change(struct work *work, struct put *put, void *before, void *row)
{
    const struct entity *entity = put->entity;
    enum status status;
    set_system(entity, row, "event", audit_event_id(put->audit));
    if (entity->flags & ENTITY_REVISED) {
        void *old = arena_take(work->arena, entity->size);
        memcpy(old, before, entity->size);
        set_system(entity, old, "latest", 0);
        set_system(entity, row, "id", INTEGER_MISSING);
        set_system(entity, row, "revision", get_system(entity, before, "revision") + 1);
        set_system(entity, row, "latest", 1);
        status = entity_store_update(work, entity, old);
        if (status == STATUS_OK)
            status = entity_store_insert(work, entity, row);
    } else {
        status = entity_store_update(work, entity, row);
    }
    if (status == STATUS_OK)
        status = audit_add(work, put->audit, entity, before, row);
    return status;
}

static bool same_values(const struct entity *entity, const void *a, const void *b)
{
    for (size_t i = 0; i < entity->field_count; i++)
        if (!(entity->fields[i].flags & FIELD_SYSTEM) && !field_equal(&entity->fields[i], a, b))
            return false;
    return true;
}

static bool is_present(const struct put *put, size_t field)
{
    return put->present ? put->present[field] : !(put->entity->fields[field].flags & FIELD_SYSTEM);
}

/* The row as it stands, with what the file says laid over it. */
static enum status merge(struct work *work, struct put *put, void *before, const void *row,
                         enum put_outcome *out_outcome)
{
    const struct entity *entity = put->entity;
    char *after = arena_take(work->arena, entity->size);
    memcpy(after, before, entity->size);
    for (size_t i = 0; i < entity->field_count; i++)
        if (is_present(put, i))
            memcpy(after + entity->fields[i].offset, (const char *)row + entity->fields[i].offset,
                   sizeof(int64_t));
    if (entity->renew)
        entity->renew(after, put->present);
    enum status status = prepare(work, entity, after);
    if (status != STATUS_OK)
        return status;
    if (!entity_validate(entity, after, put->problems)) {
        *out_outcome = PUT_REFUSED;
        return STATUS_OK;
    }
    int64_t id = get_system(entity, before, "id");
    if (same_values(entity, before, after)) {
        *out_outcome = PUT_UNCHANGED;
        if (put->settled)
            id_set_add(put->settled, id);
        return STATUS_OK;
    }
    if (get_system(entity, before, "event") == audit_event_id(put->audit) ||
        (put->settled && id_set_has(put->settled, id))) {
        problem_add(put->problems, NULL,
                    "An earlier row of this file has the same key and says something else; keep "
                    "one of the two.");
        *out_outcome = PUT_REFUSED;
        return STATUS_OK;
    }
    *out_outcome = PUT_CHANGED;
    status = describe(work, put, "changed", after, before);
    return status == STATUS_OK ? write_change(work, put, before, after) : status;
}

static enum status find_and_merge(struct work *work, struct put *put, const void *row,
                                  bool *out_found, enum put_outcome *out_outcome)
{
    void *before = entity_row(work->arena, put->entity);
    enum status status = entity_store_find(work, put->entity, row, before);
    *out_found = status == STATUS_OK;
    if (status == STATUS_NOT_FOUND)
        return STATUS_OK;
    return status == STATUS_OK ? merge(work, put, before, row, out_outcome) : status;
}

/* A new row must say all that is required; one that changes a row need only have the key. */
static bool says_all(const struct put *put)
{
    for (size_t i = 0; i < put->entity->field_count; i++) {
        const struct field *field = &put->entity->fields[i];
        bool needed = (field->flags & FIELD_REQUIRED) && !(field->flags & FIELD_SYSTEM);
        if (needed && !is_present(put, i) && !field->standard)
            return false;
    }
    return true;
}

static bool has_key(const struct entity *entity, const void *row)
{
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        if ((field->flags & FIELD_KEY) && (field->flags & FIELD_REQUIRED) &&
            field_is_missing(field, row))
            return false;
    }
    return true;
}

/* What follows when a row has gone in. */
static enum status note_inserted(struct work *work, struct put *put, void *row,
                                 enum put_outcome *out_outcome)
{
    const struct entity *entity = put->entity;
    const struct field *code = entity_code(entity);
    *out_outcome = PUT_INSERTED;
    if (code)
        reference_add(put->references, entity, slice_of(field_text(code, row)),
                      get_system(entity, row, "id"));
    enum status status = audit_add(work, put->audit, entity, NULL, row);
    return status == STATUS_OK ? describe(work, put, "new", row, NULL) : status;
}

enum status put_ready(struct work *work, struct put *put, void *row, bool *out_is_ready)
{
    struct problems unsaid = { .arena = work->arena };
    enum status status = complete(work, put, row);
    if (status == STATUS_OK)
        *out_is_ready = says_all(put) && entity_validate(put->entity, row, &unsaid);
    return status;
}

static enum status put_whole(struct work *work, struct put *put, void *row,
                             enum put_outcome *out_outcome)
{
    bool inserted = false, found = false;
    enum status status = entity_store_insert_new(work, put->entity, row, &inserted);
    if (status != STATUS_OK)
        return status;
    return inserted ? note_inserted(work, put, row, out_outcome)
                    : find_and_merge(work, put, row, &found, out_outcome);
}

/* What is no whole row may still change one that stands. */
enum status put_alone(struct work *work, struct put *put, void *row, enum put_outcome *out_outcome)
{
    bool found = false;
    enum status status = has_key(put->entity, row)
                             ? find_and_merge(work, put, row, &found, out_outcome)
                             : STATUS_OK;
    if (status != STATUS_OK || found)
        return status;
    if (entity_validate(put->entity, row, put->problems))
        return put_whole(work, put, row, out_outcome);
    *out_outcome = PUT_REFUSED;
    return STATUS_OK;
}

enum status put_row(struct work *work, struct put *put, void *row, enum put_outcome *out_outcome)
{
    bool is_ready = false;
    enum status status = put_ready(work, put, row, &is_ready);
    if (status != STATUS_OK)
        return status;
    return is_ready ? put_whole(work, put, row, out_outcome)
                    : put_alone(work, put, row, out_outcome);
}

/* The rows that are there already, as they stand; only those that did not go in are asked for. */
static enum status find_standing(struct work *work, struct put_rows *rows)
{
    const struct entity *entity = rows->items[0].put.entity;
    void *keys[STORE_ROWS_MOST], *standing[STORE_ROWS_MOST];
    bool found[STORE_ROWS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        struct put_item *item = &rows->items[i];
        if (item->is_inserted)
            continue;
        item->standing = entity_row(work->arena, entity);
        keys[count] = item->row;
        standing[count++] = item->standing;
    }
    enum status status = count ? entity_store_find_rows(work, entity, keys, count, standing, found)
                               : STATUS_OK;
    count = 0;
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++)
        if (!rows->items[i].is_inserted && !found[count++])
            rows->items[i].standing = NULL;
    return status;
}

enum status put_rows_send(struct work *work, struct put_rows *rows)
{
    void *all[STORE_ROWS_MOST];
    bool inserted[STORE_ROWS_MOST];
    rows->has_changed = false;
    for (size_t i = 0; i < rows->count; i++)
        all[i] = rows->items[i].row;
    enum status status = entity_store_insert_new_rows(work, rows->items[0].put.entity, all,
                                                      rows->count, inserted);
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++)
        rows->items[i].is_inserted = inserted[i];
    return status == STATUS_OK ? find_standing(work, rows) : status;
}

enum status put_rows_settle(struct work *work, struct put_rows *rows, size_t i,
                            enum put_outcome *out_outcome)
{
    struct put_item *item = &rows->items[i];
    bool found = false;
    enum status status;
    if (item->is_inserted)
        return note_inserted(work, &item->put, item->row, out_outcome);
    if (rows->has_changed || !item->standing)
        status = find_and_merge(work, &item->put, item->row, &found, out_outcome);
    else
        status = merge(work, &item->put, item->standing, item->row, out_outcome);
    rows->has_changed |= status == STATUS_OK && *out_outcome == PUT_CHANGED;
    return status;
}

void put_as_written(const struct entity *entity, void *row, bool *present, int decimals)
{
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        bool is_missing = field_is_missing(field, row);
        bool is_wanted = decimals >= 0 ? is_missing || !present[i]
                                       : is_missing && field->flags & FIELD_REQUIRED;
        if (!(field->flags & FIELD_AS_WRITTEN) || !is_wanted)
            continue;
        field_set_integer(field, row, decimals < 0 ? 0 : decimals);
        present[i] = true;
    }
}
