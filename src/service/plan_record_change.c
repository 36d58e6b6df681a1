/* A record of the plan as one person changes it, beside others who may do so at the same time. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "entity/field_text.h"
#include "model/action.h"
#include "model/action_lead.h"
#include "model/body.h"
#include "model/model.h"
#include "model/objective.h"
#include "model/outcome.h"
#include "model/post.h"
#include "model/priority.h"
#include "model/scheme.h"
#include "model/unit.h"
#include "service/action_dates.h"
#include "service/import_put.h"
#include "service/permission.h"
#include "service/plan_record.h"
#include "service/record.h"
#include "store/text_store.h"
#include "base/banned.h"

/* A change while it is made. */
struct changing {
    struct work *work;
    const struct plan_record_change *change;
    const struct entity *entity;
    struct references *references;
    void *before; /* NULL: a new one */
    void *row;    /* what was typed, with the key of what stands */
    bool *present;
    struct plan_record_saved *saved;
};

/* How a new row that has no number or code gets them: the next one under what it stands under. */
static const struct numbering {
    const struct entity *entity, *parent;
    const char *of, *letter;
    enum status (*next)(struct work *work, int64_t parent, int64_t *out_number);
} numberings[] = {
    { &objective_entity, &scheme_entity, "scheme", "", text_store_next_objective },
    { &priority_entity, &objective_entity, "objective", "p", text_store_next_priority },
    { &outcome_entity, &priority_entity, "priority", "o", text_store_next_outcome },
    { &action_entity, &objective_entity, "objective", "", text_store_next_action },
};

static void mark(struct changing *changing, const struct field *field)
{
    changing->present[field - changing->entity->fields] = true;
}

static enum status number_new(struct changing *changing)
{
    const struct entity *entity = changing->entity;
    for (size_t i = 0; i < ARRAY_COUNT(numberings); i++) {
        const struct numbering *numbering = &numberings[i];
        if (numbering->entity != entity)
            continue;
        const struct field *of = entity_field(entity, numbering->of);
        const struct field *number = entity_field(entity, "number"), *code = entity_code(entity);
        const char *parent = NULL;
        int64_t next = INTEGER_MISSING;
        if (field_is_missing(of, changing->row))
            return STATUS_OK;
        int64_t id = field_integer(of, changing->row);
        enum status status = numbering->next(changing->work, id, &next);
        if (status == STATUS_OK)
            status = entity_store_code(changing->work, numbering->parent, id, &parent);
        if (status != STATUS_OK)
            return status;
        if (field_is_missing(number, changing->row))
            field_set_integer(number, changing->row, next);
        mark(changing, number);
        if (field_is_missing(code, changing->row))
            field_set_text(
                code, changing->row,
                arena_format(changing->work->arena,
                             entity == &action_entity ? "%s-%s%02" PRId64 : "%s-%s%" PRId64, parent,
                             numbering->letter, field_integer(number, changing->row)));
        mark(changing, code);
    }
    return STATUS_OK;
}

/* A lead that was chosen is called what it is called. */
static enum status name_lead(struct changing *changing)
{
    if (changing->entity != &action_lead_entity)
        return STATUS_OK;
    struct action_lead *lead = changing->row;
    struct work *work = changing->work;
    struct post *post = entity_row(work->arena, &post_entity);
    struct unit *unit = entity_row(work->arena, &unit_entity);
    struct body *body = entity_row(work->arena, &body_entity);
    enum status status = STATUS_OK;
    if (lead->name && *lead->name)
        return STATUS_OK;
    if (lead->post != INTEGER_MISSING)
        status = entity_store_get(work, &post_entity, lead->post, post);
    else if (lead->unit != INTEGER_MISSING)
        status = entity_store_get(work, &unit_entity, lead->unit, unit);
    else if (lead->body != INTEGER_MISSING)
        status = entity_store_get(work, &body_entity, lead->body, body);
    lead->name = post->title ? post->title : unit->name ? unit->name : body->name;
    mark(changing, entity_field(&action_lead_entity, "name"));
    return status;
}

static enum status read_reference(struct changing *changing, const struct field *field,
                                  const char *words)
{
    int64_t id = INTEGER_MISSING;
    enum status status = STATUS_OK;
    const struct entity *other = model_entity(field->reference);
    if (*words)
        status = reference_id(changing->work, changing->references, other, slice_of(words), &id);
    if (status == STATUS_OK && *words && id == INTEGER_MISSING)
        problem_add(&changing->saved->problems, field->name, "%s: there is no \"%.60s\".",
                    field->label, words);
    field_set_integer(field, changing->row, id);
    return status;
}

/* Fills the row from what was typed. The key of a row that stands is not typed. */
static enum status read_inputs(struct changing *changing)
{
    const struct entity *entity = changing->entity;
    enum status status = STATUS_OK;
    int decimals = -1;
    for (size_t i = 0; status == STATUS_OK && i < changing->change->count; i++) {
        const struct plan_record_input *input = &changing->change->inputs[i];
        const struct field *field = entity_field(entity, input->name);
        if (!field || !plan_record_is_input(field) ||
            (changing->before && field->flags & FIELD_KEY))
            continue;
        struct slice words = slice_trim(slice_of(input->words));
        mark(changing, field);
        if (field->form == FORM_REFERENCE)
            status = read_reference(changing, field, slice_copy(changing->work->arena, words));
        else
            (void)field_read(changing->work->arena, field, words, changing->row,
                             &changing->saved->problems,
                             strcmp(field->name, "value") == 0 ? &decimals : NULL);
    }
    put_as_written(entity, changing->row, changing->present, decimals);
    return status;
}

static enum status code_or_label(struct changing *changing, const struct field *field,
                                 const void *row, const char **out_words)
{
    struct work *work = changing->work;
    *out_words = "";
    if (field_is_missing(field, row))
        return STATUS_OK;
    *out_words = field_label(work->arena, field, row);
    return field->form == FORM_REFERENCE
               ? reference_code(work, changing->references, model_entity(field->reference),
                                field_integer(field, row), out_words)
               : STATUS_OK;
}

/* What differs between what stands and what was typed, in what was typed. */
static enum status tell_differences(struct changing *changing)
{
    const struct entity *entity = changing->entity;
    enum status status = STATUS_OK;
    changing->saved->differences = json_array();
    for (size_t i = 0; status == STATUS_OK && i < entity->field_count; i++) {
        const struct field *field = &entity->fields[i];
        const char *from = "", *to = "";
        if (!changing->present[i] || (changing->before && field->flags & FIELD_KEY) ||
            (changing->before && field_equal(field, changing->before, changing->row)))
            continue;
        if (changing->before)
            status = code_or_label(changing, field, changing->before, &from);
        if (status == STATUS_OK)
            status = code_or_label(changing, field, changing->row, &to);
        if (status == STATUS_OK && (*from || *to))
            json_array_append_new(changing->saved->differences,
                                  json_pack("{s:s, s:s, s:s, s:b}", "field", field->label, "from",
                                            from, "to", to, "isLabel", field->codes != NULL));
    }
    return status;
}

static bool is_revised_without_reason(const struct changing *changing)
{
    const struct field *reason = entity_field(changing->entity, "reason");
    return changing->entity->flags & ENTITY_REVISED && changing->before && reason &&
           (field_is_missing(reason, changing->row) ||
            field_equal(reason, changing->before, changing->row));
}

/* A new row must not be one that stands already. */
static enum status check_new(struct changing *changing)
{
    const struct field *code = entity_code(changing->entity);
    void *standing = entity_row(changing->work->arena, changing->entity);
    for (size_t i = 0; i < changing->entity->field_count; i++) {
        const struct field *field = &changing->entity->fields[i];
        if (field->flags & FIELD_KEY && field->flags & FIELD_REQUIRED &&
            field_is_missing(field, changing->row))
            return STATUS_OK; /* entity_validate says so */
    }
    if (code && strcmp(field_text(code, changing->row), "new") == 0)
        problem_add(&changing->saved->problems, code->name,
                    "\"new\" stands for new records in addresses; choose another code.");
    enum status status = entity_store_find(changing->work, changing->entity, changing->row,
                                           standing);
    if (status == STATUS_OK)
        problem_add(&changing->saved->problems, code ? code->name : NULL,
                    "There is one like this already; change that one.");
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static enum status put(struct changing *changing, struct audit *audit)
{
    struct work *work = changing->work;
    enum put_outcome outcome = PUT_UNCHANGED;
    struct put put = { .entity = changing->entity,
                       .audit = audit,
                       .references = changing->references,
                       .present = changing->present,
                       .problems = &changing->saved->problems };
    int64_t moved = 0;
    enum status status = put_row(work, &put, changing->row, &outcome);
    bool is_done = outcome == PUT_INSERTED || outcome == PUT_CHANGED;
    bool moves_dates = changing->entity == &scheme_entity || changing->entity == &objective_entity;
    changing->saved->is_changed = is_done;
    if (status == STATUS_OK && is_done && moves_dates)
        status = action_dates_renew(work, audit, changing->references, &moved);
    return status;
}

static int64_t event_of(const struct entity *entity, const void *row)
{
    return field_integer(entity_field(entity, "event"), row);
}

static enum status require(struct work *work, const struct entity *entity, const void *row)
{
    bool may = false;
    enum status status = plan_record_may_change(work, entity, row, &may);
    if (status == STATUS_OK && !may)
        return permission_require(work, plan_record_right(entity), INTEGER_MISSING);
    return status;
}

/* Loads what stands and lays what was typed over it. */
static enum status prepare(struct changing *changing)
{
    struct work *work = changing->work;
    const struct plan_record_change *change = changing->change;
    enum status status = STATUS_OK;
    changing->row = entity_row(work->arena, changing->entity);
    if (change->key) {
        status = plan_record_load(work, change->kind, change->key, &changing->before);
        if (status == STATUS_OK)
            status = require(work, changing->entity, changing->before);
        if (status == STATUS_OK)
            memcpy(changing->row, changing->before, changing->entity->size);
    }
    if (status == STATUS_OK)
        status = read_inputs(changing);
    if (status == STATUS_OK && !change->key)
        status = number_new(changing);
    if (status == STATUS_OK)
        status = name_lead(changing);
    /* What a row is moved to must be in reach too: a lead of another's action is not. */
    return status == STATUS_OK ? require(work, changing->entity, changing->row) : status;
}

static enum status judge(struct changing *changing)
{
    struct plan_record_saved *saved = changing->saved;
    enum status status = tell_differences(changing);
    if (status == STATUS_OK && !changing->before)
        status = check_new(changing);
    if (changing->before && event_of(changing->entity, changing->before) != changing->change->event)
        saved->is_conflict = true;
    if (json_array_size(saved->differences) > 0 && is_revised_without_reason(changing))
        problem_add(&saved->problems, "reason",
                    "Say why it is changed: the reason is kept with it.");
    return status;
}

static enum status save_in(struct changing *changing, struct audit *audit)
{
    struct plan_record_saved *saved = changing->saved;
    enum status status = prepare(changing);
    if (status == STATUS_OK)
        status = judge(changing);
    if (status == STATUS_OK && !saved->is_conflict && saved->problems.list.count == 0)
        status = put(changing, audit);
    if (status == STATUS_OK && saved->problems.list.count == 0)
        saved->key = plan_record_key(changing->work, changing->entity, changing->row);
    return status;
}

enum status plan_record_save(struct work *work, const struct plan_record_change *change,
                             struct plan_record_saved *out_saved)
{
    const struct entity *entity = change->kind->entity;
    struct audit *audit = NULL;
    *out_saved = (struct plan_record_saved){ .problems = { .arena = work->arena } };
    struct changing changing = { .work = work,
                                 .change = change,
                                 .entity = entity,
                                 .references = references_new(),
                                 .present = arena_array_of(work->arena, entity->field_count, bool),
                                 .saved = out_saved };
    enum right right = plan_record_right(entity);
    enum status status = permission_has(work, right)
                             ? audit_begin(work, "change", entity->plural, &audit)
                             : permission_require(work, right, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = save_in(&changing, audit);
    bool is_kept = status == STATUS_OK && change->is_confirmed && !out_saved->is_conflict &&
                   out_saved->problems.list.count == 0;
    if (is_kept)
        status = audit_commit(work, audit);
    else
        audit_abandon(work, audit);
    references_free(changing.references);
    if (status != STATUS_OK) {
        json_decref(out_saved->differences);
        out_saved->differences = NULL;
    }
    return status;
}

static enum status remove_row(struct work *work, struct audit *audit,
                              const struct plan_record_kind *kind, const char *key, int64_t event)
{
    void *row = NULL;
    enum status status = plan_record_load(work, kind, key, &row);
    if (status == STATUS_OK)
        status = require(work, kind->entity, row);
    if (status == STATUS_OK && event_of(kind->entity, row) != event)
        return work_fail(work, STATUS_CONFLICT,
                         "Somebody else changed this since it was shown; look at it again.");
    if (status == STATUS_OK)
        status = entity_store_remove(work, kind->entity, *(const int64_t *)row);
    return status == STATUS_OK ? audit_add(work, audit, kind->entity, row, NULL) : status;
}

enum status plan_record_remove(struct work *work, const struct plan_record_kind *kind,
                               const char *key, int64_t event)
{
    struct audit *audit = NULL;
    if (!kind->is_link)
        return work_fail(work, STATUS_REFUSED,
                         "Only what joins records is taken away; others are closed or retired.");
    enum status status = audit_begin(work, "remove", kind->entity->plural, &audit);
    return status == STATUS_OK ? record_end(work, audit, remove_row(work, audit, kind, key, event))
                               : status;
}
