#include "service/return_life.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "entity/field_text.h"
#include "service/import_put.h"
#include "service/permission.h"
#include "service/return_step.h"
#include "store/entity_store.h"
#include "base/banned.h"

struct recording {
    struct work *work;
    struct audit *audit;
    struct references *references;
    const struct return_sheet *sheet;
    const char *year; /* the reporting year, which forecasts are for */
    const char *reason;
};

static const char *today(struct work *work)
{
    return slice_copy(work->arena, slice_first(slice_of(work->now), 10));
}

/* Puts a record; what the entity refuses is told as a problem of the row. */
static enum status put(struct recording *recording, const struct entity *entity, void *record,
                       const char *reference)
{
    struct problems problems = { .arena = recording->work->arena };
    struct put put = { .entity = entity,
                       .audit = recording->audit,
                       .references = recording->references,
                       .problems = &problems };
    enum put_outcome outcome = PUT_REFUSED;
    enum status status = put_row(recording->work, &put, record, &outcome);
    if (status == STATUS_OK && outcome == PUT_REFUSED) {
        assert(problems.list.items); /* put_row says why it refuses */
        const struct problem *first = problems.list.items[0];
        return work_fail(recording->work, STATUS_INPUT, "Row %s: %s", reference, first->words);
    }
    return status;
}

static bool has_value(const struct value *value)
{
    return value->value != INTEGER_MISSING || value->numerator != INTEGER_MISSING ||
           value->milestone || value->missing;
}

static enum status record_value(struct recording *recording, const struct return_sheet_row *row)
{
    struct value *value = arena_new_of(recording->work->arena, struct value);
    *value = row->typed;
    value->id = value->revision = value->latest = INTEGER_MISSING;
    value->measure = row->measure->id;
    value->unit = recording->sheet->head.unit;
    value->period = recording->sheet->head.period;
    value->reason = recording->reason;
    return put(recording, &value_entity, value, row->row->reference);
}

/* A forecast in words stays words; only a number is recorded, for the reporting year. */
static enum status record_forecast(struct recording *recording, const struct return_sheet_row *row)
{
    struct work *work = recording->work;
    struct forecast *forecast = entity_row(work->arena, &forecast_entity);
    struct problems unread = { .arena = work->arena };
    int decimals = -1;
    if (!row->row->forecast_text ||
        !field_read(work->arena, entity_field(&forecast_entity, "value"),
                    slice_of(row->row->forecast_text), forecast, &unread, &decimals))
        return STATUS_OK;
    forecast->measure = row->measure->id;
    forecast->unit = recording->sheet->head.unit;
    forecast->period = recording->year;
    forecast->made_in = recording->sheet->head.period;
    forecast->decimals = decimals < 0 ? 0 : decimals;
    forecast->reason = recording->reason;
    return put(recording, &forecast_entity, forecast, row->row->reference);
}

static enum status record_rating(struct recording *recording, const struct return_sheet_row *row)
{
    struct rating *rating = entity_row(recording->work->arena, &rating_entity);
    rating->measure = row->measure->id;
    rating->unit = recording->sheet->head.unit;
    rating->period = recording->sheet->head.period;
    rating->declared = row->declared->code;
    rating->declared_reason = row->row->declared_reason;
    rating->declared_by = row->row->supplied_by ? row->row->supplied_by : row->row->edited_by;
    rating->reason = recording->reason;
    return put(recording, &rating_entity, rating, row->row->reference);
}

static enum status record_row(struct recording *recording, const struct return_sheet_row *row)
{
    enum status status = STATUS_OK;
    if (!row->measure || row->row->measure == INTEGER_MISSING)
        return STATUS_OK;
    if (has_value(&row->typed))
        status = record_value(recording, row);
    if (status == STATUS_OK)
        status = record_forecast(recording, row);
    if (status == STATUS_OK && row->declared)
        status = record_rating(recording, row);
    return status;
}

static enum status record_rows(struct work *work, struct audit *audit,
                               const struct return_sheet *sheet, const char *reason)
{
    struct recording recording = { .work = work,
                                   .audit = audit,
                                   .references = references_new(),
                                   .sheet = sheet,
                                   .year = sheet->year_code,
                                   .reason = reason };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sheet->rows.count; i++)
        status = record_row(&recording, sheet->rows.items[i]);
    references_free(recording.references);
    return status;
}

static bool is_blank(const char *text)
{
    return !text || slice_trim(slice_of(text)).length == 0;
}

unsigned return_step_parts(const char *action)
{
    for (size_t i = 0; i < return_transition_count; i++)
        if (strcmp(return_transitions[i].action, action) == 0 &&
            strcmp(return_transitions[i].to, RETURN_FROZEN) == 0)
            return RETURN_SHEET_FINDINGS;
    return 0;
}

bool return_step_asks_why(const struct return_sheet *sheet,
                          const struct return_transition *transition)
{
    return sheet->disclosing && strcmp(transition->to, RETURN_FROZEN) == 0;
}

/* "submitted or approved": from where the step leads on. */
static const char *states_before(struct arena *arena, const char *action)
{
    const char *words = "";
    for (size_t i = 0; i < return_transition_count; i++)
        for (size_t k = 0; k < RETURN_MOST_SOURCES && return_transitions[i].from[k]; k++)
            if (strcmp(return_transitions[i].action, action) == 0)
                words = arena_format(arena, "%s%s%s", words, *words ? " or " : "",
                                     return_transitions[i].from[k]);
    return words;
}

/* Whether the step may be taken now; the sentence says why not, and what would help. */
static enum status may_step(struct work *work, const struct return_sheet *sheet,
                            const struct return_transition *transition, const char *action,
                            const char *reason)
{
    if (!transition)
        return return_refuse_step(
            work, sheet,
            arena_format(work->arena,
                         "%.20s is the step of a return that is %s; this one is %s.%s%s", action,
                         states_before(work->arena, action), sheet->head.state,
                         sheet->locked ? " " : "", sheet->locked ? sheet->locked : ""));
    enum status status = permission_require(work, permission_right(transition->right),
                                            sheet->head.unit);
    if (status != STATUS_OK)
        return status;
    if (transition->needs_reason && is_blank(reason))
        return work_fail(work, STATUS_INPUT,
                         "Give the reason; those who wrote the return will read it.");
    if (strcmp(transition->action, "submit") == 0 && sheet->locked)
        return return_refuse_locked(work, &sheet->head, sheet->locked);
    if (transition->needs_answers && sheet->with_problems > 0)
        return work_fail(work, STATUS_REFUSED,
                         "%zu of %zu rows must be mended first: see each row of the return.",
                         sheet->with_problems, sheet->rows.count);
    if (return_step_asks_why(sheet, transition) && is_blank(reason))
        return work_fail(work, STATUS_REFUSED,
                         "Rows that may give somebody away: %s. Mend them, or give the reason why "
                         "they stand, which is kept with the return.",
                         sheet->disclosing);
    return STATUS_OK;
}

static enum status write_step(struct work *work, struct audit *audit,
                              const struct return_sheet *sheet,
                              const struct return_transition *transition, const char *reason)
{
    struct directorate_return after = sheet->head;
    struct return_step step = { .action = transition->action,
                                .state_before = sheet->head.state,
                                .state_after = transition->to,
                                .reason = is_blank(reason) ? NULL : reason };
    after.state = transition->to;
    after.event = audit_event_id(audit);
    if (strcmp(transition->to, RETURN_SUBMITTED) == 0) {
        after.submitted_on = today(work);
        if (!after.first_complete_on)
            after.first_complete_on = after.submitted_on;
    }
    enum status status = entity_store_update(work, &directorate_return_entity, &after);
    if (status == STATUS_OK)
        status = audit_add(work, audit, &directorate_return_entity, &sheet->head, &after);
    return status == STATUS_OK ? return_step_add(work, audit, after.id, &step) : status;
}

/* What the last step that opened the return said, for the revisions that it led to. */
static const char *reason_of_revision(const struct return_sheet *sheet)
{
    for (size_t i = sheet->steps.count; i > 0; i--) {
        const struct return_step *step = sheet->steps.items[i - 1];
        if (step->reason)
            return step->reason;
    }
    return NULL;
}

enum status return_take_step(struct work *work, const char *code, const char *action,
                             const char *reason, struct return_sheet **out_sheet)
{
    struct audit *audit = NULL;
    struct return_sheet *sheet = NULL;
    enum status status = audit_begin(work, action, code, &audit);
    if (status != STATUS_OK)
        return status;
    status = return_sheet_load(work, code, return_step_parts(action), &sheet);
    if (status == STATUS_OK && out_sheet)
        *out_sheet = sheet;
    const struct return_transition *transition = status == STATUS_OK
                                                     ? return_transition_find(action,
                                                                              sheet->head.state)
                                                     : NULL;
    if (status == STATUS_OK)
        status = may_step(work, sheet, transition, action, reason);
    if (status == STATUS_OK && transition->records)
        status = record_rows(work, audit, sheet,
                             is_blank(reason) ? reason_of_revision(sheet) : reason);
    if (status == STATUS_OK)
        status = write_step(work, audit, sheet, transition, reason);
    if (status == STATUS_OK)
        return audit_commit(work, audit);
    audit_abandon(work, audit);
    return status;
}

enum status return_allow_exception(struct work *work, const char *code, const char *until,
                                   const char *reason)
{
    struct directorate_return *before = entity_row(work->arena, &directorate_return_entity);
    struct directorate_return after;
    struct audit *audit = NULL;
    struct date day;
    if (is_blank(reason) || !date_read(slice_of(until), &day))
        return work_fail(work, STATUS_INPUT,
                         "An exception needs its last day, such as 2012-09-14, and its reason.");
    before->code = code;
    enum status status = audit_begin(work, "allow-exception", code, &audit);
    if (status != STATUS_OK)
        return status;
    status = entity_store_find(work, &directorate_return_entity, before, before);
    if (status == STATUS_NOT_FOUND)
        (void)work_fail(work, status, "There is no return \"%.60s\".", code);
    if (status == STATUS_OK)
        status = permission_require(work, RIGHT_RETURN_FREEZE, before->unit);
    struct return_step step = { .action = "except",
                                .state_before = before->state,
                                .state_after = before->state,
                                .reason = reason };
    after = *before;
    after.open_until = until;
    after.open_reason = reason;
    after.event = audit_event_id(audit);
    if (status == STATUS_OK)
        status = entity_store_update(work, &directorate_return_entity, &after);
    if (status == STATUS_OK)
        status = audit_add(work, audit, &directorate_return_entity, before, &after);
    if (status == STATUS_OK)
        status = return_step_add(work, audit, after.id, &step);
    if (status == STATUS_OK)
        return audit_commit(work, audit);
    audit_abandon(work, audit);
    return status;
}
