/* Saving what was typed into a row: kept right or wrong, unless somebody else wrote meanwhile. */
#include "service/return_life.h"

#include <string.h>

#include "base/arena.h"
#include "entity/field_text.h"
#include "service/permission.h"
#include "store/entity_store.h"
#include "base/banned.h"

const char *const return_input_names[] = {
    "value_text",       "numerator_text", "denominator_text",
    "milestone",        "missing",        "nothing_to_report",
    "progress",         "forecast_text",  "declared",
    "declared_reason",  "quality_note",   "corrective_action",
    "corrective_owner", "corrective_by",  "outcome_of_last",
    "is_complete",      "supplied_by",    NULL,
};

static bool is_input(const char *name)
{
    for (size_t i = 0; return_input_names[i]; i++)
        if (strcmp(return_input_names[i], name) == 0)
            return true;
    return false;
}

/* The return, which must be open, and its row of that reference. */
static enum status find_row(struct work *work, const struct return_answer *answer,
                            struct return_row *row)
{
    struct directorate_return *head = entity_row(work->arena, &directorate_return_entity);
    const char *day = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    head->code = answer->code;
    enum status status = entity_store_find(work, &directorate_return_entity, head, head);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no return \"%.60s\".", answer->code);
    if (status != STATUS_OK)
        return status;
    const char *locked = return_locked_words(work->arena, head, day);
    if (locked)
        return return_refuse_locked(work, head, locked);
    bool is_revision = strcmp(head->state, RETURN_REVISED) == 0;
    status = permission_require(work, is_revision ? RIGHT_RETURN_FREEZE : RIGHT_RETURN_FILL,
                                head->unit);
    if (status != STATUS_OK)
        return status;
    row->directorate_return = head->id;
    row->reference = answer->reference;
    status = entity_store_find(work, &return_row_entity, row, row);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "The return \"%.60s\" has no row \"%.20s\".", answer->code,
                         answer->reference);
    return status;
}

/* Lays the inputs over the row, each that fits its member. */
static void lay_inputs(struct work *work, const struct return_answer *answer,
                       struct return_row *row, struct problems *problems)
{
    for (size_t i = 0; i < answer->count; i++) {
        const struct return_input *input = &answer->inputs[i];
        const struct field *field = entity_field(&return_row_entity, input->name);
        if (!is_input(input->name))
            continue;
        if (field->longest > 0 && strlen(input->text) > field->longest) {
            problem_add(problems, input->name,
                        "%s: this is longer than %zu characters; shorten it.", field->label,
                        field->longest);
            continue;
        }
        (void)field_read(work->arena, field, slice_of(input->text), row, problems, NULL);
    }
}

static bool is_same(const struct return_row *a, const struct return_row *b)
{
    for (size_t i = 0; return_input_names[i]; i++)
        if (!field_equal(entity_field(&return_row_entity, return_input_names[i]), a, b))
            return false;
    return true;
}

static enum status write_answer(struct work *work, struct audit *audit,
                                const struct return_answer *answer, struct return_saved *saved)
{
    struct return_row *before = entity_row(work->arena, &return_row_entity);
    struct return_row *after = arena_new_of(work->arena, struct return_row);
    enum status status = find_row(work, answer, before);
    if (status != STATUS_OK)
        return status;
    saved->row = before;
    int64_t version = before->version == INTEGER_MISSING ? 0 : before->version;
    if (answer->version != INTEGER_MISSING && answer->version != version) {
        saved->is_conflict = true;
        return STATUS_OK;
    }
    *after = *before;
    lay_inputs(work, answer, after, &saved->problems);
    if (is_same(before, after))
        return STATUS_OK;
    after->version = version + 1;
    after->edited_by = work->user;
    after->edited_at = work->now;
    after->event = audit_event_id(audit);
    saved->row = after;
    saved->is_changed = true;
    status = entity_store_update(work, &return_row_entity, after);
    return status == STATUS_OK ? audit_add(work, audit, &return_row_entity, before, after) : status;
}

enum status return_answer_write(struct work *work, struct audit *audit,
                                const struct return_answer *answer, struct return_saved *out_saved)
{
    struct return_saved saved = { .problems = { .arena = work->arena } };
    enum status status = write_answer(work, audit, answer, &saved);
    if (status == STATUS_OK)
        *out_saved = saved;
    return status;
}

enum status return_answer_save(struct work *work, const struct return_answer *answer,
                               struct return_saved *out_saved)
{
    struct return_saved saved;
    struct audit *audit = NULL;
    const char *subject = arena_format(work->arena, "%.60s %.20s", answer->code, answer->reference);
    enum status status = audit_begin(work, "answer", subject, &audit);
    if (status != STATUS_OK)
        return status;
    status = return_answer_write(work, audit, answer, &saved);
    if (status == STATUS_OK && saved.is_changed)
        status = audit_commit(work, audit);
    else
        audit_abandon(work, audit);
    if (status == STATUS_OK)
        *out_saved = saved;
    return status;
}
