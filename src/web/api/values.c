/* What a measure was for a unit in a period, outside of a return: read, first written, revised. */
#include "web/api/api.h"

#include <string.h>

#include "base/arena.h"
#include "service/export.h"
#include "service/value_record.h"
#include "web/routes.h"
#include "base/banned.h"

static struct value_place place_of(const struct call *call)
{
    return (struct value_place){ call_parameter(call, "measure"), call_parameter(call, "unit"),
                                 call_parameter(call, "period"), call_asked(call, "breakdown") };
}

static enum status value_json(struct work *work, const struct value *value, json_t **out_json)
{
    enum status status = export_row(work, &value_entity, value, out_json);
    if (status == STATUS_OK)
        json_object_set_new(*out_json, "revision", json_integer(value->revision));
    return status;
}

/* The value as it stands; STATUS_NOT_FOUND where there is none. */
static enum status find(struct work *work, const struct call *call, const struct value **out_value)
{
    struct value_place place = place_of(call);
    enum status status = value_record_find(work, &place, out_value);
    if (status == STATUS_OK && !*out_value)
        return work_fail(work, STATUS_NOT_FOUND, "Nothing is on record for %s, %s, %s.",
                         place.measure, place.unit, place.period);
    return status;
}

enum status api_value(struct work *work, const struct call *call, struct page *out_page)
{
    const struct value *value = NULL;
    json_t *json = NULL;
    enum status status = find(work, call, &value);
    if (status == STATUS_OK)
        status = value_json(work, value, &json);
    return status == STATUS_OK ? api_answer(work, json, out_page) : status;
}

/* What is said of a value; where it stands is in the address. */
static const char *input_name(const void *of, const char *name)
{
    const struct field *field = entity_field(of, name);
    bool is_input = field && plan_record_is_input(field) && !(field->flags & FIELD_KEY);
    return is_input ? field->name : NULL;
}

static enum status save(struct work *work, const struct call *call, const struct value *before,
                        struct page *out_page)
{
    struct api_inputs sent = { .known = input_name, .of = &value_entity, .takes_numbers = true };
    struct plan_record_input inputs[API_INPUTS_MOST];
    struct plan_record_change change = { .inputs = inputs, .is_confirmed = true };
    struct plan_record_saved saved;
    struct value_place place = place_of(call);
    if (!api_read_inputs(work, call, &sent, out_page))
        return STATUS_OK;
    for (; change.count < sent.count; change.count++)
        inputs[change.count] = (struct plan_record_input){ sent.items[change.count].name,
                                                           sent.items[change.count].words };
    enum status status = value_record_save(work, &place, before, &change, &saved);
    if (status != STATUS_OK)
        return status;
    json_decref(saved.differences);
    return api_refuses(work, "value", saved.is_conflict, &saved.problems, out_page)
               ? STATUS_OK
               : api_value(work, call, out_page);
}

enum status api_value_add(struct work *work, const struct call *call, struct page *out_page)
{
    const struct value *before = NULL;
    struct value_place place = place_of(call);
    enum status status = value_record_find(work, &place, &before);
    if (status != STATUS_OK)
        return status;
    if (!before)
        return save(work, call, NULL, out_page);
    api_refuse(work, 409, "A value stands here; PUT with its ETag as If-Match revises it.",
               out_page);
    return STATUS_OK;
}

enum status api_value_put(struct work *work, const struct call *call, struct page *out_page)
{
    const struct value *before = NULL;
    json_t *json = NULL;
    const char *tag = "";
    if (!*call->request->if_match)
        return api_refuse_unseen(work, "value", out_page);
    enum status status = find(work, call, &before);
    if (status == STATUS_OK)
        status = value_json(work, before, &json);
    if (status == STATUS_OK)
        status = api_tag(work, json, &tag);
    json_decref(json);
    if (status != STATUS_OK)
        return status;
    return strcmp(tag, call->request->if_match) == 0 ? save(work, call, before, out_page)
                                                     : api_refuse_stale(work, "value", out_page);
}
