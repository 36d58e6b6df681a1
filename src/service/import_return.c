#include "service/import_return.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/period.h"
#include "model/directorate_return.h"
#include "model/objective.h"
#include "model/unit.h"
#include "service/import_objective.h"
#include "service/return_sheet.h"
#include "store/text_store.h"
#include "base/banned.h"

/* The objective in words: the row's own cell, or the title above the rows. */
static enum status complete_objective(struct work *work, struct import_context *context,
                                      struct slice cell, struct return_row *row)
{
    int64_t scheme = INTEGER_MISSING;
    struct slice words = cell.length ? cell : slice_of(context->title ? context->title : "");
    struct objective_words read = objective_words_read(words);
    if (read.number > 0)
        read.title.length = 0;
    if (read.number == 0 && read.title.length == 0) {
        problem_add(context->problems, "objective",
                    "Which objective the row belongs to is not said; add a column, or give --set "
                    "scheme=CODE where \"Objective N\" stands above the rows.");
        return STATUS_OK;
    }
    enum status status = import_find_objective(work, context, read, &scheme, &row->objective);
    if (status == STATUS_OK && scheme != INTEGER_MISSING && row->objective == INTEGER_MISSING)
        problem_add(context->problems, "objective", "The scheme has no objective \"%.*s\".",
                    (int)(words.length < 60 ? words.length : 60), words.start);
    return status;
}

static enum status make_return(struct work *work, struct import_context *context, const char *code,
                               const char *period, int64_t unit, int64_t *out_id)
{
    struct directorate_return *made = entity_row(work->arena, &directorate_return_entity);
    bool done = false;
    made->code = code;
    made->period = period;
    made->unit = unit;
    made->state = "submitted";
    made->submitted_on = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    enum status status = context_put(work, context, &directorate_return_entity, made, &done);
    if (done)
        *out_id = made->id;
    return status;
}

static enum status complete_return(struct work *work, struct import_context *context,
                                   struct return_row *row)
{
    struct period period;
    int64_t unit = INTEGER_MISSING;
    const char *owner = context->unit ? context->unit : row->owner, *unit_code = NULL;
    if (!context->period || !period_read_worded(slice_of(context->period), &period) || !owner) {
        problem_add(context->problems, "directorate_return",
                    "Which return the row belongs to is not said; give --set period=2012-13-Q1, "
                    "and a column with the directorate or --set unit=CODE; on the page, the fields "
                    "Period and Unit.");
        return STATUS_OK;
    }
    enum status status = reference_id(work, context->references, &unit_entity, slice_of(owner),
                                      &unit);
    if (status == STATUS_OK && unit == INTEGER_MISSING)
        problem_add(context->problems, "owner",
                    "There is no unit (or more than one) with the code or name \"%.60s\".", owner);
    if (status != STATUS_OK || unit == INTEGER_MISSING)
        return status;
    status = reference_code(work, context->references, &unit_entity, unit, &unit_code);
    if (status != STATUS_OK)
        return status;
    const char *words = period_print(work->arena, period);
    const char *code = return_code(work->arena, words, unit_code);
    status = reference_id(work, context->references, &directorate_return_entity, slice_of(code),
                          &row->directorate_return);
    if (status == STATUS_OK && row->directorate_return == INTEGER_MISSING)
        status = make_return(work, context, code, words, unit, &row->directorate_return);
    return status;
}

static enum status complete_reference(struct work *work, struct return_row *row)
{
    int64_t number = 0;
    const char *criterion = row->success_criterion ? row->success_criterion : "";
    enum status status = text_store_return_reference(work, row->directorate_return, row->objective,
                                                     criterion, &row->reference);
    if (status == STATUS_OK && !row->reference)
        status = text_store_measure_reference(work, row->objective, criterion, &row->reference,
                                              &row->measure);
    if (status != STATUS_OK || row->reference)
        return status;
    status = text_store_next_reference(work, row->objective, row->directorate_return, &number,
                                       &row->sequence);
    if (status == STATUS_OK)
        row->reference = arena_format(work->arena, "%" PRId64 ".%" PRId64, number, row->sequence);
    return status;
}

enum status return_complete(struct work *work, struct import_context *context,
                            const struct table_row *cells, struct return_row *row)
{
    static const char *const completed[] = { "objective", "directorate_return", "reference",
                                             "measure", "sequence" };
    size_t before = context->problems->list.count;
    enum status status = STATUS_OK;
    bool measure = import_map_find(context->map, entity_field(&return_row_entity, "measure"));
    bool sequence = row->sequence != INTEGER_MISSING;
    if (row->objective == INTEGER_MISSING)
        status = complete_objective(
            work, context,
            context_cell(context, cells, entity_field(&return_row_entity, "objective")), row);
    if (status == STATUS_OK && row->directorate_return == INTEGER_MISSING)
        status = complete_return(work, context, row);
    if (status != STATUS_OK || context->problems->list.count != before)
        return status;
    if (!row->reference)
        status = complete_reference(work, row);
    else if (!measure)
        status = text_store_measure_referenced(work, row->objective, row->reference, &row->measure);
    for (size_t i = 0; i < ARRAY_COUNT(completed); i++) {
        bool filled = i < 3 || (i == 3 && !measure && row->measure != INTEGER_MISSING) ||
                      (i == 4 && !sequence && row->sequence != INTEGER_MISSING);
        if (filled)
            context_mark(context, &return_row_entity, completed[i]);
    }
    return status;
}
