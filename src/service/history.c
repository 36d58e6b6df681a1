#include "service/history.h"

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/moment.h"
#include "entity/field_text.h"
#include "model/account.h"
#include "model/audit_event.h"
#include "model/model.h"
#include "service/permission.h"
#include "store/entity_store.h"
#include "store/history_store.h"
#include "base/banned.h"

/* A stored value as people read it: a code's label, a date in words, a referred record's code. */
static enum status value_words(struct work *work, const struct field *field, void *row,
                               const char *stored, const char **out_words)
{
    int64_t integer = 0;
    *out_words = stored;
    if (!stored || !row)
        return STATUS_OK;
    if (field->storage == STORAGE_TEXT)
        field_set_text(field, row, stored);
    else if (field->storage == STORAGE_INTEGER && slice_integer(slice_of(stored), &integer))
        field_set_integer(field, row, integer);
    else
        return STATUS_OK;
    if (field->form != FORM_REFERENCE) {
        *out_words = field_label(work->arena, field, row);
        return STATUS_OK;
    }
    enum status status = entity_store_code(work, model_entity(field->reference), integer,
                                           out_words);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status change_json(struct work *work, const struct entity *entity,
                               const struct history_change *change, json_t **out_json)
{
    const struct field *field = entity_field(entity, change->field);
    const char *from = NULL, *to = NULL;
    void *row = field ? entity_row(work->arena, entity) : NULL;
    enum status status = value_words(work, field, row, change->old_value, &from);
    if (status == STATUS_OK)
        status = value_words(work, field, row, change->new_value, &to);
    if (status == STATUS_OK)
        *out_json = json_pack("{s:s, s:s?, s:s?}", "field", field ? field->label : change->field,
                              "from", from, "to", to);
    return status;
}

/* An account's holder by name; the words themselves when there is no such account. */
static enum status history_who(struct work *work, const char *code, const char **out_name)
{
    struct account key = { .code = code }, account;
    enum status status = entity_store_find(work, &account_entity, &key, &account);
    *out_name = status == STATUS_OK ? account.name : code;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* Adds an event to the history; its changes are filled in afterwards. */
static enum status add_event(struct work *work, const char *title, const char *at, const char *who,
                             json_t *history, json_t **out_changes)
{
    const char *name = NULL;
    enum status status = STATUS_OK;
    if (permission_has(work, RIGHT_SIGNED_IN))
        status = history_who(work, who, &name);
    if (status != STATUS_OK)
        return status;
    *out_changes = json_array();
    json_array_append_new(
        history, json_pack("{s:s, s:s?, s:s, s:s, s:o}", "title", title, "byline", name, "at", at,
                           "onWords", moment_print_long(work->arena, at), "changes", *out_changes));
    return STATUS_OK;
}

enum status history_of(struct work *work, const struct entity *entity, int64_t row,
                       json_t **out_history)
{
    struct list changes = { 0 };
    json_t *history = json_array(), *fields = NULL;
    int64_t event = INTEGER_MISSING;
    enum status status = history_store_of(work, entity->name, row, &changes);
    for (size_t i = 0; status == STATUS_OK && i < changes.count; i++) {
        const struct history_change *change = changes.items[i];
        json_t *json = NULL;
        if (change->event != event)
            status = add_event(work, WORDS("Changed"), change->at, change->who, history, &fields);
        event = change->event;
        if (status == STATUS_OK)
            status = change_json(work, entity, change, &json);
        if (status == STATUS_OK)
            json_array_append_new(fields, json);
    }
    if (status == STATUS_OK)
        *out_history = history;
    else
        json_decref(history);
    return status;
}

/* A row's event with its title; rows of a copied database may have none. */
static enum status add_row_event(struct work *work, const struct entity *entity, const void *row,
                                 const char *title, json_t *history, json_t **out_changes)
{
    const struct field *field = entity_field(entity, "event");
    struct audit_event event;
    *out_changes = NULL;
    if (!field || field_is_missing(field, row))
        return STATUS_OK;
    enum status status = entity_store_get(work, &audit_event_entity, field_integer(field, row),
                                          &event);
    return status == STATUS_OK ? add_event(work, title, event.at, event.who, history, out_changes)
           : status == STATUS_NOT_FOUND ? STATUS_OK
                                        : status;
}

static bool is_same_record(const struct entity *entity, const void *a, const void *b)
{
    for (size_t i = 0; i < entity->field_count; i++)
        if (entity->fields[i].flags & FIELD_KEY && !field_equal(&entity->fields[i], a, b))
            return false;
    return true;
}

/* What differs between a revision and the one before it. */
static void add_differences(struct work *work, const struct entity *entity, const void *before,
                            const void *after, json_t *changes)
{
    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        bool is_plain = field->form != FORM_REFERENCE &&
                        !(field->flags & (FIELD_SYSTEM | FIELD_KEY));
        if (!is_plain || field_equal(field, before, after))
            continue;
        const char *from = field_label(work->arena, field, before);
        const char *to = field_label(work->arena, field, after);
        json_array_append_new(changes, json_pack("{s:s, s:s?, s:s?}", "field", field->label, "from",
                                                 *from ? from : NULL, "to", *to ? to : NULL));
    }
}

/* All revisions of a row, the newest first: each says what it changed in the one before it. */
static enum status add_revisions(struct work *work, const struct entity *entity, const void *row,
                                 json_t *history)
{
    const struct field *by = NULL;
    struct list all = { 0 };
    for (size_t i = 0; !by && i < entity->field_count; i++)
        if (entity->fields[i].flags & FIELD_KEY && entity->fields[i].form == FORM_REFERENCE)
            by = &entity->fields[i];
    assert(by); /* every revised entity stands under another */
    enum status status = entity_store_list_of(work, entity, by->name, field_integer(by, row), &all);
    void *newer = NULL;
    json_t *changes = NULL;
    for (size_t i = all.count; status == STATUS_OK && i-- > 0;) {
        if (!is_same_record(entity, all.items[i], row))
            continue;
        if (newer) {
            status = add_row_event(work, entity, newer, WORDS("Changed"), history, &changes);
            if (status == STATUS_OK && changes)
                add_differences(work, entity, all.items[i], newer, changes);
        }
        newer = all.items[i];
    }
    return status == STATUS_OK && newer
               ? add_row_event(work, entity, newer, WORDS("Recorded"), history, &changes)
               : status;
}

enum status history_of_record(struct work *work, const struct entity *entity, const void *row,
                              json_t **out_history)
{
    json_t *history = NULL, *changes = NULL;
    enum status status = STATUS_OK;
    if (entity->flags & ENTITY_REVISED) {
        history = json_array();
        status = add_revisions(work, entity, row, history);
    } else {
        status = history_of(work, entity, *(const int64_t *)row, &history);
        if (status == STATUS_OK && json_array_size(history) == 0)
            status = add_row_event(work, entity, row, WORDS("Recorded"), history, &changes);
    }
    if (status == STATUS_OK)
        *out_history = history;
    else
        json_decref(history);
    return status;
}
