/* Opening a period: a return for each unit, a row for each measure that it supplies. */
#include "service/return_life.h"

#include <string.h>

#include "base/arena.h"
#include "service/import_put.h"
#include "service/pair_map.h"
#include "service/permission.h"
#include "service/progress.h"
#include "service/return_calendar.h"
#include "service/return_step.h"
#include "store/entity_store.h"
#include "base/banned.h"

struct opening {
    struct work *work;
    struct audit *audit;
    struct references *references;
    const struct progress *progress;
    struct return_calendar calendar;
    struct pair_map rows; /* measure and unit, of what has a row already */
    int64_t opened;
};

static enum status put(struct opening *opening, const struct entity *entity, void *row,
                       enum put_outcome *out_outcome)
{
    struct problems problems = { .arena = opening->work->arena };
    struct put put = { .entity = entity,
                       .audit = opening->audit,
                       .references = opening->references,
                       .problems = &problems };
    enum status status = put_row(opening->work, &put, row, out_outcome);
    if (status == STATUS_OK && *out_outcome == PUT_REFUSED) {
        const struct problem *first = problems.list.items[0];
        return work_fail(opening->work, STATUS_INPUT, "A return could not be opened: %s",
                         first->words);
    }
    return status;
}

/* The unit's return of the period, made where it is not there. */
static enum status find_return(struct opening *opening, const struct unit *unit,
                               struct directorate_return *back)
{
    struct work *work = opening->work;
    enum put_outcome outcome = PUT_REFUSED;
    const char *code = return_code(work->arena, opening->progress->period_code, unit->code);
    back->code = code;
    enum status status = entity_store_find(work, &directorate_return_entity, back, back);
    if (status != STATUS_NOT_FOUND)
        return status;
    back->code = code;
    back->period = opening->progress->period_code;
    back->unit = unit->id;
    back->state = RETURN_DUE;
    back->opened_on = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    back->due_on = date_print(work->arena, opening->calendar.due);
    back->lock_on = date_print(work->arena, opening->calendar.locks);
    opening->opened++;
    status = put(opening, &directorate_return_entity, back, &outcome);
    if (status != STATUS_OK)
        return status;
    struct return_step step = { .action = "open", .state_after = RETURN_DUE };
    return return_step_add(work, opening->audit, back->id, &step);
}

/* A measure that stands under two objectives has one row, at the first: collated once. */
static enum status put_line(struct opening *opening, const struct progress_row *line,
                            const struct directorate_return *back)
{
    struct work *work = opening->work;
    struct return_row *row = entity_row(work->arena, &return_row_entity);
    enum put_outcome outcome = PUT_REFUSED;
    if (pair_map_get(&opening->rows, line->measure->id, line->unit->id))
        return STATUS_OK;
    pair_map_put(&opening->rows, line->measure->id, line->unit->id, row);
    row->directorate_return = back->id;
    row->reference = line->reference;
    enum status status = entity_store_find(work, &return_row_entity, row, row);
    if (status != STATUS_NOT_FOUND)
        return status;
    *row = *(struct return_row *)entity_row(work->arena, &return_row_entity);
    row->directorate_return = back->id;
    row->reference = line->reference;
    row->sequence = (int64_t)opening->rows.count;
    row->objective = line->objective->objective->id;
    row->measure = line->measure->id;
    row->owner = line->unit->name;
    row->success_criterion = line->criterion;
    row->target_text = *line->target_words ? line->target_words : NULL;
    row->version = 1;
    return put(opening, &return_row_entity, row, &outcome);
}

static enum status open_all(struct opening *opening)
{
    const struct progress *progress = opening->progress;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < progress->rows.count; i++) {
        const struct progress_row *line = progress->rows.items[i];
        struct directorate_return *back;
        if (!line->unit || line->parts.count > 0)
            continue;
        back = entity_row(opening->work->arena, &directorate_return_entity);
        status = find_return(opening, line->unit, back);
        bool is_open = status == STATUS_OK && strcmp(back->state, RETURN_DUE) == 0;
        if (is_open)
            status = put_line(opening, line, back);
    }
    return status;
}

enum status return_open_period(struct work *work, struct period period, const char *scheme,
                               int64_t *out_opened)
{
    struct progress_options options = { .scheme = scheme, .without_check = true };
    struct opening opening = { .work = work, .rows = pair_map_new(work->arena, 0) };
    struct progress *progress = NULL;
    enum status status = permission_require(work, RIGHT_RETURN_FREEZE, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = progress_load(work, period, &options, &progress);
    if (status == STATUS_OK)
        status = return_calendar_load(work, period, progress->start_month, &opening.calendar);
    if (status == STATUS_OK)
        status = audit_begin(work, "open-returns", period_print(work->arena, period),
                             &opening.audit);
    if (status != STATUS_OK)
        return status;
    struct date today;
    if (date_read(slice_first(slice_of(work->now), 10), &today))
        return_calendar_open(&opening.calendar, today);
    opening.progress = progress;
    opening.references = references_new();
    status = open_all(&opening);
    references_free(opening.references);
    if (status == STATUS_OK)
        status = audit_commit(work, opening.audit);
    else
        audit_abandon(work, opening.audit);
    if (status == STATUS_OK)
        *out_opened = opening.opened;
    return status;
}
