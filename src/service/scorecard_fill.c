#include "service/scorecard_fill.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "model/scorecard_cell.h"
#include "model/scorecard_match.h"
#include "service/import_put.h"
#include "service/permission.h"
#include "service/record.h"
#include "service/source.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { INPUTS_MOST = 24 };

struct filling {
    struct work *work;
    struct audit *audit;
    struct references *references;
    const struct return_sheet *sheet;
    int64_t source; /* the id of the file */
    struct scorecard_filled *filled;
};

static enum status require_open(struct work *work, const struct return_sheet *sheet)
{
    if (sheet->locked)
        return return_refuse_locked(work, &sheet->head, sheet->locked);
    return permission_require(work, RIGHT_RETURN_FILL, sheet->head.unit);
}

/* The same file sent again becomes the last one. */
static enum status keep(struct work *work, struct audit *audit, struct scorecard_file *file)
{
    struct scorecard_file before;
    memcpy(&before, entity_row(work->arena, &scorecard_file_entity), sizeof before);
    enum status status = entity_store_find(work, &scorecard_file_entity, file, &before);
    if (status == STATUS_NOT_FOUND)
        return record_insert(work, audit, &scorecard_file_entity, file);
    file->id = before.id;
    return status == STATUS_OK ? record_change(work, audit, &scorecard_file_entity, &before, file)
                               : status;
}

enum status scorecard_keep(struct work *work, const struct return_sheet *sheet, const char *name,
                           struct table_reader *reader)
{
    struct scorecard_grid grid;
    struct audit *audit = NULL;
    struct scorecard_file *file = entity_row(work->arena, &scorecard_file_entity);
    enum status status = require_open(work, sheet);
    if (status == STATUS_OK)
        status = scorecard_grid_read(work, name, reader, &grid);
    if (status == STATUS_OK)
        status = audit_begin(work, "keep-scorecard", sheet->head.code, &audit);
    if (status != STATUS_OK)
        return status;
    file->directorate_return = sheet->head.id;
    file->name = arena_copy_text(work->arena, file_name(name));
    file->cells = scorecard_grid_print(work->arena, &grid);
    file->taken_at = work->now;
    file->taken_by = work->user;
    status = source_note(work, audit, name, reader, &file->source_file);
    if (status == STATUS_OK)
        status = keep(work, audit, file);
    return record_end(work, audit, status);
}

enum status scorecard_load(struct work *work, const struct return_sheet *sheet,
                           struct scorecard_file **out_file, struct scorecard_grid *out_grid)
{
    struct list files = { 0 };
    struct scorecard_file *last = NULL;
    enum status status = entity_store_list_of(work, &scorecard_file_entity, "directorate_return",
                                              sheet->head.id, &files);
    for (size_t i = 0; i < files.count; i++) {
        struct scorecard_file *file = files.items[i];
        int order = last ? strcmp(file->taken_at, last->taken_at) : 1;
        if (order > 0 || (order == 0 && file->id > last->id))
            last = file;
    }
    if (status == STATUS_OK && last)
        status = scorecard_grid_parse(work, last->cells, out_grid);
    if (status == STATUS_OK)
        *out_file = last;
    return status;
}

static enum status put(struct filling *filling, const struct entity *entity, void *row)
{
    struct problems problems = { .arena = filling->work->arena };
    struct put put = { .entity = entity,
                       .audit = filling->audit,
                       .references = filling->references,
                       .problems = &problems };
    enum put_outcome outcome = PUT_REFUSED;
    enum status status = put_row(filling->work, &put, row, &outcome);
    if (status != STATUS_OK || outcome != PUT_REFUSED)
        return status;
    const struct problem *first = problems.list.items[0];
    return work_fail(filling->work, STATUS_INPUT, "%s", first->words);
}

static enum status put_match(struct filling *filling, const struct scorecard_choice *choice)
{
    struct scorecard_match *match = entity_row(filling->work->arena, &scorecard_match_entity);
    match->unit = filling->sheet->head.unit;
    match->place = choice->place;
    match->words = choice->words;
    match->meaning = choice->meaning;
    match->measure = choice->measure;
    return put(filling, &scorecard_match_entity, match);
}

/* What needed no asking is noted as well, so that the file is understood whole next time. */
static enum status put_known(struct filling *filling, const struct scorecard_reading *reading)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < reading->words.count; i++) {
        const struct scorecard_word *word = reading->words.items[i];
        bool is_measure = word->meaning && strcmp(word->meaning, SCORECARD_MEASURE) == 0;
        if (!word->meaning || word->is_saved || (is_measure && !word->row))
            continue;
        const struct scorecard_choice choice = { word->place, word->words, word->meaning,
                                                 is_measure ? word->row->row->measure
                                                            : INTEGER_MISSING };
        status = put_match(filling, &choice);
    }
    return status;
}

static bool goes_in(const struct scorecard_answer *answer)
{
    return answer->outcome == SCORECARD_FILLS || answer->outcome == SCORECARD_RENEWS;
}

static bool is_refused(const struct return_saved *saved, const char *input)
{
    for (size_t i = 0; i < saved->problems.list.count; i++) {
        const struct problem *problem = saved->problems.list.items[i];
        if (problem->column && strcmp(problem->column, input) == 0)
            return true;
    }
    return false;
}

static enum status note_cell(struct filling *filling, const struct scorecard_answer *answer)
{
    struct scorecard_cell *cell = entity_row(filling->work->arena, &scorecard_cell_entity);
    cell->return_row = answer->row->row->id;
    cell->input = answer->input;
    cell->source_file = filling->source;
    cell->sheet = answer->sheet;
    cell->cell = answer->cell;
    cell->words = answer->words;
    return put(filling, &scorecard_cell_entity, cell);
}

/* Fills one row from the answers `first` to before `end`. */
static enum status fill_row(struct filling *filling, const struct list *answers, size_t first,
                            size_t end)
{
    struct return_input inputs[INPUTS_MOST];
    struct scorecard_filled *filled = filling->filled;
    const struct scorecard_answer *any = answers->items[first];
    struct return_answer row = { .code = filling->sheet->head.code,
                                 .reference = any->row->row->reference,
                                 .inputs = inputs,
                                 .version = INTEGER_MISSING };
    struct return_saved saved;
    for (size_t i = first; i < end && row.count < INPUTS_MOST; i++) {
        const struct scorecard_answer *answer = answers->items[i];
        filled->kept += answer->outcome == SCORECARD_KEEPS;
        if (goes_in(answer))
            inputs[row.count++] = (struct return_input){ answer->input, answer->words };
    }
    if (row.count == 0)
        return STATUS_OK;
    int64_t before = filled->inputs;
    enum status status = return_answer_write(filling->work, filling->audit, &row, &saved);
    for (size_t i = first; status == STATUS_OK && i < end; i++) {
        const struct scorecard_answer *answer = answers->items[i];
        if (!goes_in(answer))
            continue;
        if (is_refused(&saved, answer->input)) {
            problem_add(&filled->problems, answer->cell, "\"%.60s\" cannot go into the %s of %s.",
                        answer->words, entity_field(&return_row_entity, answer->input)->label,
                        row.reference);
            continue;
        }
        filled->inputs++;
        status = note_cell(filling, answer);
    }
    filled->rows += filled->inputs > before;
    return status;
}

static enum status fill_rows(struct filling *filling, const struct list *answers)
{
    enum status status = STATUS_OK;
    for (size_t i = 0, end = 0; status == STATUS_OK && i < answers->count; i = end) {
        const struct scorecard_answer *first = answers->items[i];
        for (end = i; end < answers->count; end++)
            if (((const struct scorecard_answer *)answers->items[end])->row != first->row)
                break;
        status = fill_row(filling, answers, i, end);
    }
    return status;
}

/* All within the event. */
static enum status fill(struct filling *filling, const struct scorecard_choice *choices,
                        size_t choice_count)
{
    struct work *work = filling->work;
    struct scorecard_file *file = NULL;
    struct scorecard_grid grid;
    struct scorecard_reading reading;
    enum status status = require_open(work, filling->sheet);
    if (status == STATUS_OK)
        status = scorecard_load(work, filling->sheet, &file, &grid);
    if (status == STATUS_OK && !file)
        return work_fail(work, STATUS_NOT_FOUND,
                         "No scorecard was sent for this return yet; send the file first.");
    for (size_t i = 0; status == STATUS_OK && i < choice_count; i++)
        status = put_match(filling, &choices[i]);
    if (status == STATUS_OK)
        status = scorecard_read(work, filling->sheet, &grid, &reading);
    if (status == STATUS_OK)
        status = put_known(filling, &reading);
    if (status != STATUS_OK)
        return status;
    filling->source = file->source_file;
    return fill_rows(filling, &reading.answers);
}

/* The return as it is after the filling, and what the file says of it then. */
static enum status read_again(struct work *work, const char *code, struct scorecard_reading *out)
{
    struct return_sheet *sheet = NULL;
    struct scorecard_file *file = NULL;
    struct scorecard_grid grid;
    enum status status = return_sheet_load(work, code, 0, &sheet);
    if (status == STATUS_OK)
        status = scorecard_load(work, sheet, &file, &grid);
    return status == STATUS_OK ? scorecard_read(work, sheet, &grid, out) : status;
}

enum status scorecard_fill(struct work *work, const char *code,
                           const struct scorecard_choice *choices, size_t choice_count,
                           struct scorecard_filled *out_filled)
{
    struct scorecard_filled filled = { .problems = { .arena = work->arena } };
    struct filling filling = { .work = work, .filled = &filled };
    struct return_sheet *sheet = NULL;
    enum status status = audit_begin(work, "fill-from-scorecard", code, &filling.audit);
    if (status != STATUS_OK)
        return status;
    filling.references = references_new();
    status = return_sheet_load(work, code, 0, &sheet);
    filling.sheet = sheet;
    if (status == STATUS_OK)
        status = fill(&filling, choices, choice_count);
    references_free(filling.references);
    status = record_end(work, filling.audit, status);
    if (status == STATUS_OK)
        status = read_again(work, code, &filled.reading);
    if (status == STATUS_OK)
        *out_filled = filled;
    return status;
}
