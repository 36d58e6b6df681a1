/* A record of the plan as a form: typed, checked, confirmed. Between the steps nothing is kept but
 * what the form carries; the event of the row as it was seen tells when somebody else wrote. */
#include <string.h>

#include "base/arena.h"
#include "entity/field_text.h"
#include "model/model.h"
#include "service/permission.h"
#include "store/entity_store.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/pages/record_parts.h"
#include "web/routes.h"
#include "base/banned.h"

enum {
    CHOICES_MOST = 1000, /* of a reference: more are typed by their code */
    AREA_FROM = 400,     /* bytes: texts that may be longer get a box */
    INPUTS_MOST = 64,
};

/* A form while it is made. */
struct record_form {
    struct work *work;
    const struct call *call;
    const struct plan_record_kind *kind;
    const char *key; /* NULL: a new record */
    const void *row; /* what stands; NULL: a new record */
    bool is_typed;   /* the form was sent: what was typed is shown */
    const struct problems *problems;
};

enum status record_back(struct work *work, const struct plan_record_kind *kind, const char *key,
                        const char **out_path)
{
    void *row = NULL;
    const char *code = NULL;
    enum status status = plan_record_load(work, kind, key, &row);
    if (status != STATUS_OK)
        return status;
    *out_path = record_address(work->arena, kind, key, "");
    const struct field *of = kind->is_link ? entity_field(kind->entity, kind->of) : NULL;
    if (!of)
        return STATUS_OK;
    const struct entity *other = model_entity(of->reference);
    status = entity_store_code(work, other, field_integer(of, row), &code);
    if (status == STATUS_OK)
        *out_path = record_address(work->arena, plan_record_kind_of(other), code, "");
    return status;
}

static enum status stored_words(struct work *work, const struct field *field, const void *row,
                                const char **out_words)
{
    *out_words = "";
    if (!row || field_is_missing(field, row))
        return STATUS_OK;
    if (field->form == FORM_REFERENCE)
        return entity_store_code(work, model_entity(field->reference), field_integer(field, row),
                                 out_words);
    *out_words = field_print(work->arena, field, row);
    return STATUS_OK;
}

/* What the input shows: what was typed, else what stands, else what the address or the field's
 * standard says. */
static enum status shown(const struct record_form *form, const struct field *field,
                         const char **out_words)
{
    const char *given = request_query(form->call->request, field->name);
    if (form->is_typed) {
        *out_words = form_value(form->call, field->name);
        return STATUS_OK;
    }
    if (form->row)
        return stored_words(form->work, field, form->row, out_words);
    *out_words = given && slice_is_utf8(slice_of(given)) ? given
                 : field->standard                       ? field->standard
                                                         : "";
    return STATUS_OK;
}

static json_t *code_items(const struct field *field, const char *chosen)
{
    json_t *items = json_array();
    if (!(field->flags & FIELD_REQUIRED) || !*chosen)
        json_array_append_new(items, form_item("", "Not said", NULL, chosen));
    for (const struct code *code = field->codes; code && code->value; code++)
        json_array_append_new(items, form_item(code->value, code->label, NULL, chosen));
    if (field->form == FORM_BOOLEAN) {
        json_array_append_new(items, form_item("yes", "Yes", NULL, chosen));
        json_array_append_new(items, form_item("no", "No", NULL, chosen));
    }
    return items;
}

/* The records that a reference may name, by their words; NULL where there are too many. */
static enum status reference_items(const struct record_form *form, const struct field *field,
                                   const char *chosen, json_t **out_items)
{
    struct work *work = form->work;
    const struct entity *other = model_entity(field->reference);
    struct list rows = { 0 };
    enum status status = entity_store_list(work, other, 0, &rows);
    *out_items = NULL;
    if (status != STATUS_OK || rows.count > CHOICES_MOST)
        return status;
    json_t *items = json_array();
    json_array_append_new(items, form_item("", "None", NULL, chosen));
    for (size_t i = 0; status == STATUS_OK && i < rows.count; i++) {
        const char *words = NULL, *code = field_text(entity_code(other), rows.items[i]);
        status = plan_record_words(work, other, rows.items[i], &words);
        if (status == STATUS_OK)
            json_array_append_new(
                items,
                form_data_item(form->call, code,
                               arena_format(work->arena, "%.80s (%s)", words, code), chosen));
    }
    *out_items = items;
    return status;
}

static const char *hint_of(const struct record_form *form, const struct field *field)
{
    bool makes_code = !form->row && entity_code(form->kind->entity) == field &&
                      entity_field(form->kind->entity, "number");
    if (makes_code)
        return WORDS("Left empty, it is made from what the record stands under and its number");
    if (!form->row && strcmp(field->name, "number") == 0)
        return WORDS("Left empty, it is the next one");
    if (field->form == FORM_DATE && !field->hint)
        return WORDS("For example, 31 March 2027");
    return field->hint;
}

static enum status add_field(const struct record_form *form, const struct field *field,
                             json_t *fields)
{
    const char *words = NULL;
    json_t *items = NULL;
    bool is_area = field->form == FORM_PLAIN && field->storage == STORAGE_TEXT && !field->codes &&
                   field->longest > AREA_FROM;
    bool is_short = field->storage == STORAGE_INTEGER || field->form == FORM_DATE ||
                    field->form == FORM_PERIOD;
    enum status status = shown(form, field, &words);
    if (status == STATUS_OK && field->form == FORM_REFERENCE)
        status = reference_items(form, field, words, &items);
    else if (status == STATUS_OK && (field->codes || field->form == FORM_BOOLEAN))
        items = code_items(field, words);
    if (status != STATUS_OK)
        return status;
    const char *label = field->flags & FIELD_REQUIRED
                            ? field->label
                            : arena_format(form->work->arena, WORDS("%s (optional)"), field->label);
    json_t *made = form_field(
        &(struct form_field){ .name = field->name,
                              .label = label,
                              .hint = hint_of(form, field),
                              .value = items ? NULL : words,
                              .items = items,
                              .classes = is_short && !items ? "govuk-input--width-10" : NULL },
        form->problems);
    const char *as = items ? "select" : is_area ? "area" : "input";
    json_array_append_new(fields, json_pack("{s:s, s:o}", "as", as, "field", made));
    return STATUS_OK;
}

static bool is_asked(const struct record_form *form, const struct field *field)
{
    return plan_record_is_input(field) && !(form->row && field->flags & FIELD_KEY);
}

static enum status show_form(const struct record_form *form, json_t *conflict,
                             struct page *out_page)
{
    struct work *work = form->work;
    const struct entity *entity = form->kind->entity;
    const struct field *event = entity_field(entity, "event");
    const char *title = arena_format(
        work->arena, form->key ? WORDS("Change: %s") : WORDS("Add: %s"), entity->title);
    json_t *fields = json_array();
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < entity->field_count; i++)
        if (is_asked(form, &entity->fields[i]))
            status = add_field(form, &entity->fields[i], fields);
    int64_t seen = form->row ? field_integer(event, form->row) : INTEGER_MISSING;
    json_t *model = json_pack("{s:s, s:s?, s:o, s:I, s:o, s:o?}", "kind", form->kind->code, "key",
                              form->key, "fields", fields, "event", (json_int_t)seen, "go",
                              form_button("Continue", NULL), "conflict", conflict);
    form_tell(model, form->problems);
    *out_page = (struct page){
        .template = "pages/record-change.html", .title = title, .model = model, .has_form = true
    };
    return status;
}

enum status page_record_change(struct work *work, const struct call *call, struct page *out_page)
{
    struct record_form form = { .work = work, .call = call, .key = call_parameter(call, "code") };
    void *row = NULL;
    bool may = false;
    enum status status = record_kind_of(work, call, &form.kind);
    if (status == STATUS_OK)
        status = plan_record_load(work, form.kind, form.key, &row);
    if (status == STATUS_OK)
        status = plan_record_may_change(work, form.kind->entity, row, &may);
    if (status == STATUS_OK && !may)
        status = permission_require(work, RIGHT_PLAN_CHANGE, INTEGER_MISSING);
    form.row = row;
    return status == STATUS_OK ? show_form(&form, NULL, out_page) : status;
}

enum status page_record_new(struct work *work, const struct call *call, struct page *out_page)
{
    struct record_form form = { .work = work, .call = call };
    enum status status = record_kind_of(work, call, &form.kind);
    return status == STATUS_OK ? show_form(&form, NULL, out_page) : status;
}

/* What was typed, to be confirmed: the differences, and the whole form hidden. */
static void show_check(struct work *work, const struct plan_record_change *change,
                       json_t *differences, struct page *out_page)
{
    json_t *inputs = json_array();
    for (size_t i = 0; i < change->count; i++)
        json_array_append_new(inputs, json_pack("{s:s, s:s}", "name", change->inputs[i].name,
                                                "value", change->inputs[i].words));
    json_t *model = json_pack("{s:s, s:s?, s:o, s:o, s:I, s:o}", "kind", change->kind->code, "key",
                              change->key, "differences", differences, "inputs", inputs, "event",
                              (json_int_t)change->event, "confirm", form_button("Save", NULL));
    *out_page = (struct page){ .template = "pages/record-check.html",
                               .title = arena_format(work->arena, WORDS("Check your answers: %s"),
                                                     change->kind->entity->title),
                               .model = model,
                               .has_form = true };
}

static size_t inputs_of(const struct call *call, const struct entity *entity,
                        struct plan_record_input inputs[INPUTS_MOST])
{
    size_t count = 0;
    for (size_t i = 0; i < entity->field_count; i++) {
        struct slice typed;
        const struct field *field = &entity->fields[i];
        assert(count < INPUTS_MOST);
        if (plan_record_is_input(field) && urlencoded_find(&call->form, field->name, &typed))
            inputs[count++] = (struct plan_record_input){ field->name, typed.start };
    }
    return count;
}

/* The form again, with what is wrong or what somebody else wrote meanwhile. */
static enum status show_again(struct work *work, const struct call *call,
                              const struct plan_record_change *change,
                              const struct plan_record_saved *saved, struct page *out_page)
{
    struct record_form form = { .work = work,
                                .call = call,
                                .kind = change->kind,
                                .key = change->key,
                                .is_typed = true,
                                .problems = &saved->problems };
    void *row = NULL;
    enum status status = change->key ? plan_record_load(work, change->kind, change->key, &row)
                                     : STATUS_OK;
    form.row = row;
    json_t *conflict = saved->is_conflict ? json_incref(saved->differences) : NULL;
    return status == STATUS_OK ? show_form(&form, conflict, out_page) : status;
}

static enum status send(struct work *work, const struct call *call, const char *key,
                        struct page *out_page)
{
    struct plan_record_input inputs[INPUTS_MOST];
    struct plan_record_change change = { .key = key,
                                         .inputs = inputs,
                                         .event = form_number(call, "event"),
                                         .is_confirmed = *form_value(call, "confirmed") != '\0' };
    struct plan_record_saved saved;
    const char *back = NULL;
    enum status status = record_kind_of(work, call, &change.kind);
    if (status != STATUS_OK)
        return status;
    change.count = inputs_of(call, change.kind->entity, inputs);
    change.is_confirmed = change.is_confirmed && !*form_value(call, "again");
    status = plan_record_save(work, &change, &saved);
    if (status != STATUS_OK)
        return status;
    bool is_good = saved.problems.list.count == 0 && !saved.is_conflict;
    if (!is_good || *form_value(call, "again")) {
        status = show_again(work, call, &change, &saved, out_page);
        json_decref(saved.differences);
    } else if (!change.is_confirmed) {
        show_check(work, &change, saved.differences, out_page);
    } else {
        json_decref(saved.differences);
        status = record_back(work, change.kind, saved.key, &back);
        *out_page = (struct page){ .redirect = back,
                                   .done = saved.is_changed ? "record-saved" : "record-same" };
    }
    return status;
}

enum status page_record_change_sent(struct work *work, const struct call *call,
                                    struct page *out_page)
{
    return send(work, call, call_parameter(call, "code"), out_page);
}

enum status page_record_new_sent(struct work *work, const struct call *call, struct page *out_page)
{
    return send(work, call, NULL, out_page);
}
