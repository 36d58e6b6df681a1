/* What was sealed beside the columns says what each of them is. */
#include "service/sealed_people.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "service/people_view.h"
#include "base/banned.h"

/* What is said of the columns, on the way to fields. */
struct unsealing {
    struct work *work;
    struct code_lists *lists;
    struct people *people;
};

static const char *text_of(struct unsealing *unsealing, json_t *json, const char *name)
{
    const char *text = json_string_value(json_object_get(json, name));
    return text ? arena_copy_text(unsealing->work->arena, text) : NULL;
}

static ptrdiff_t place_of(struct unsealing *unsealing, const char *name, const char *ending)
{
    const char *full = arena_format(unsealing->work->arena, "%s%s", name, ending);
    return columns_find(unsealing->people->columns, full);
}

static enum status take_field(struct unsealing *unsealing, json_t *json, size_t place,
                              struct people_column *column, struct people_field *field)
{
    const char *name = text_of(unsealing, json, "name"), *list = text_of(unsealing, json, "list");
    const char *role = text_of(unsealing, json, "role"),
               *heading = text_of(unsealing, json, "heading");
    enum pay_period period = PAY_UNSAID;
    *column = (struct people_column){
        .heading = heading ? heading : "",
        .place = place,
        .level = (int)json_integer_value(json_object_get(json, "level")) - 1,
        .is_chosen = json_is_true(json_object_get(json, "chosen")),
        .is_ignored = json_is_true(json_object_get(json, "ignored")),
        .reason = "as it was sealed",
    };
    if (!role || !people_role_read(slice_of(role), &column->role, &period))
        column->role = PEOPLE_UNKNOWN;
    if (column->role == PEOPLE_UNIT)
        unsealing->people->roles.level_count++;
    if (column->role == PEOPLE_PAY)
        unsealing->people->pay_period = people_period_read(text_of(unsealing, json, "period"));
    *field = (struct people_field){
        .column = column,
        .name = name ? name : "",
        .values = name && !column->is_ignored ? place_of(unsealing, name, "") : -1,
        .written = name && !column->is_ignored ? place_of(unsealing, name, PEOPLE_WRITTEN) : -1,
        .filled = json_integer_value(json_object_get(json, "filled")),
        .unread = json_integer_value(json_object_get(json, "unread")),
    };
    field->question = (struct people_question){ .heading = column->heading, .role = column->role };
    return list ? code_list_load(unsealing->work, unsealing->lists, list, &field->question.list)
                : STATUS_OK;
}

static enum status take_fields(struct unsealing *unsealing, json_t *columns)
{
    struct arena *arena = unsealing->work->arena;
    struct people *people = unsealing->people;
    enum status status = STATUS_OK;
    size_t count = json_array_size(columns);
    people->roles.columns = arena_array_of(arena, count + 1, struct people_column);
    people->fields = arena_array_of(arena, count + 1, struct people_field);
    people->roles.count = people->field_count = count;
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = take_field(unsealing, json_array_get(columns, i), i, &people->roles.columns[i],
                            &people->fields[i]);
    return status;
}

static void take_counts(json_t *about, const struct snapshot_version *version,
                        struct people *people)
{
    json_t *left_out = json_object_get(about, "left_out");
    for (int i = 0; i < PEOPLE_REFUSAL_COUNT; i++)
        people->refused[i] = json_integer_value(
            json_object_get(left_out, people_refusal_code((enum people_refusal)i)));
    people->rows_read = json_integer_value(json_object_get(about, "rows_read"));
    people->people = version->people;
    people->joiners = people->leavers = INTEGER_MISSING;
    people->hash = version->source_hash;
}

enum status sealed_people_open(struct work *work, struct code_lists *lists, const char *code,
                               const char *unit, struct sealed_people *out_sealed)
{
    struct sealed_people sealed = { .people = { .arena = work->arena } };
    struct unsealing unsealing = { work, lists, &sealed.people };
    enum status status = snapshot_people_open(work, code, &sealed.snapshot);
    if (status != STATUS_OK)
        return status;
    json_t *about = json_loads(snapshot_people_about(sealed.snapshot), 0, NULL);
    sealed.entry = *snapshot_people_entry(sealed.snapshot);
    sealed.people.columns = snapshot_people_columns(sealed.snapshot);
    sealed.people.problems.arena = work->arena;
    take_counts(about, &sealed.entry.version, &sealed.people);
    status = people_scope_choose(work, sealed.people.columns, unit, &sealed.scope);
    if (status == STATUS_OK)
        status = take_fields(&unsealing, json_object_get(about, "columns"));
    json_decref(about);
    if (status == STATUS_OK)
        *out_sealed = sealed;
    else
        snapshot_people_close(sealed.snapshot);
    return status;
}

void sealed_people_close(struct sealed_people *sealed)
{
    snapshot_people_close(sealed->snapshot);
    sealed->snapshot = NULL;
}
