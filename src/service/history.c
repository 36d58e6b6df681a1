#include "service/history.h"

#include "base/catalogue.h"
#include "base/moment.h"
#include "entity/field_text.h"
#include "model/model.h"
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
        if (change->event != event) {
            fields = json_array();
            json_array_append_new(history, json_pack("{s:s, s:s, s:s, s:o}", "title",
                                                     WORDS("Changed"), "at", change->at, "onWords",
                                                     moment_print_long(work->arena, change->at),
                                                     "changes", fields));
        }
        event = change->event;
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
