/* What becomes of a row: it goes in alone or with others, or it is refused and comes back in the
 * file to mend. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/csv_writer.h"
#include "model/objective.h"
#include "model/priority.h"
#include "service/import_parts.h"
#include "base/banned.h"

enum { MEND_MOST_CELLS = IMPORT_MOST_COLUMNS + 1 };

struct slice import_cell(const struct table_row *row, size_t i)
{
    return i < row->count ? slice_trim(row->cells[i]) : (struct slice){ NULL, 0 };
}

bool import_is_carried(const struct import *import, size_t column)
{
    const struct import_column *at = &import->map.columns[column];
    return import->is_plan && (at->use == IMPORT_PRIORITY || at->reference == &objective_entity ||
                               at->reference == &priority_entity);
}

struct table_row import_copy_row(struct arena *arena, const struct table_row *row)
{
    struct table_row copy = *row;
    struct slice *cells = arena_array_of(arena, row->count, struct slice);
    for (size_t i = 0; i < row->count; i++)
        cells[i] = (struct slice){ slice_copy(arena, row->cells[i]), row->cells[i].length };
    copy.cells = cells;
    return copy;
}

/* Heading and title, where they are not those that the file to mend has last. The title goes where
 * it is not taken for a row's content. */
static void add_mend_heading(struct import *import)
{
    struct slice cells[MEND_MOST_CELLS] = { 0 };
    size_t count = import->map.count, place = 0;
    const char *title = import->context.title;
    bool is_new_title = title && (!import->mend_title || strcmp(title, import->mend_title) != 0);
    while (import->mend_headed && place < count && import->map.columns[place].use == IMPORT_FIELD)
        place++;
    cells[place] = slice_of(is_new_title ? title : "");
    if (is_new_title)
        csv_write_row(&import->mend, cells, count + 1);
    import->mend_title = title;
    if (import->mend_headed)
        return;
    for (size_t i = 0; i < count; i++)
        cells[i] = slice_of(import->map.columns[i].heading);
    cells[count] = SLICE("problem");
    csv_write_row(&import->mend, cells, count + 1);
    import->mend_headed = true;
}

static void add_mend_row(struct import *import, const struct table_row *row, size_t problems_before)
{
    struct slice cells[MEND_MOST_CELLS];
    size_t count = import->map.count;
    const struct list *problems = &import->result->problems.list;
    add_mend_heading(import);
    struct text words = text_new(import->passing, WORK_ERROR_LENGTH);
    for (size_t i = problems_before; i < problems->count; i++) {
        const struct problem *problem = problems->items[i];
        text_add_format(&words, "%s%s", words.length ? " " : "", problem->words);
    }
    for (size_t i = 0; i < count; i++) {
        cells[i] = i < row->count ? row->cells[i] : (struct slice){ NULL, 0 };
        if (import_cell(row, i).length == 0 && import_is_carried(import, i) && import->carried[i])
            cells[i] = slice_of(import->carried[i]);
    }
    cells[count] = text_slice(&words);
    csv_write_row(&import->mend, cells, count + 1);
}

static void refuse(struct import *import, const struct table_row *row, size_t problems_before)
{
    struct list *problems = &import->result->problems.list;
    import->result->rejected++;
    add_mend_row(import, row, problems_before);
    if (problems->count > IMPORT_MOST_PROBLEMS)
        problems->count = problems_before < IMPORT_MOST_PROBLEMS ? IMPORT_MOST_PROBLEMS
                                                                 : problems_before;
}

static void count_outcome(struct import_result *result, enum put_outcome outcome)
{
    result->inserted += outcome == PUT_INSERTED;
    result->changed += outcome == PUT_CHANGED;
    result->unchanged += outcome == PUT_UNCHANGED;
}

static void note_change(struct import *import, int64_t row, const char *words)
{
    struct list *changes = &import->result->changes;
    if (!words || changes->count >= IMPORT_MOST_CHANGES)
        return;
    struct import_change *change = arena_new_of(import->lasting, struct import_change);
    *change = (struct import_change){ import->result->problems.sheet, row,
                                      arena_copy_text(import->lasting, words) };
    list_add(import->lasting, changes, change);
}

void import_settle(struct import *import, const struct table_row *cells, size_t problems_before,
                   enum put_outcome outcome, const char *words)
{
    if (outcome == PUT_REFUSED)
        refuse(import, cells, problems_before);
    count_outcome(import->result, outcome);
    note_change(import, cells->number, words);
}

enum status import_send(struct import *import)
{
    struct put_rows *rows = import->rows;
    struct problems *problems = &import->result->problems;
    if (!rows || rows->count == 0)
        return STATUS_OK;
    enum status status = put_rows_send(import->work, rows);
    for (size_t i = 0; i < rows->count && status == STATUS_OK; i++) {
        size_t before = problems->list.count;
        enum put_outcome outcome = PUT_REFUSED;
        problems->row = import->waiting[i].number;
        status = put_rows_settle(import->work, rows, i, &outcome);
        if (status == STATUS_OK)
            import_settle(import, &import->waiting[i], before, outcome, rows->items[i].put.words);
    }
    rows->count = 0;
    return status;
}

/* The same before a row that is refused, whose problems come after those of the rows before it. */
static enum status send_rows_before(struct import *import, size_t *problems_before)
{
    struct problems *problems = &import->result->problems;
    struct list *list = &problems->list;
    int64_t row = problems->row;
    size_t count = list->count - *problems_before;
    void **own = arena_array_of(import->work->arena, count + 1, void *);
    memcpy(own, list->items + *problems_before, count * sizeof *own);
    list->count = *problems_before;
    enum status status = import_send(import);
    *problems_before = list->count;
    for (size_t i = 0; i < count; i++)
        list_add(import->lasting, list, own[i]);
    problems->row = row;
    return status;
}

static enum status wait_for_others(struct import *import, const struct table_row *cells, void *row,
                                   const struct put *put)
{
    struct arena *arena = import->work->arena;
    struct put_rows *rows = import->rows;
    struct put_item *item = &rows->items[rows->count];
    size_t fields = import->options->entity->field_count;
    bool *present = arena_array_of(arena, fields, bool);
    memcpy(present, import->present, fields * sizeof *present);
    *item = (struct put_item){ .put = *put, .row = row };
    item->put.present = present;
    import->waiting[rows->count++] = import_copy_row(arena, cells);
    return rows->count == STORE_ROWS_MOST ? import_send(import) : STATUS_OK;
}

enum status import_put_with_others(struct import *import, const struct table_row *cells, void *row,
                                   struct put *put, size_t problems_before)
{
    bool is_read = import->result->problems.list.count == problems_before, is_ready = false;
    enum put_outcome outcome = PUT_REFUSED;
    enum status status = is_read ? put_ready(import->work, put, row, &is_ready) : STATUS_OK;
    if (status == STATUS_OK && is_ready)
        return wait_for_others(import, cells, row, put);
    if (status == STATUS_OK)
        status = send_rows_before(import, &problems_before);
    if (status == STATUS_OK && is_read)
        status = put_alone(import->work, put, row, &outcome);
    if (status == STATUS_OK)
        import_settle(import, cells, problems_before, outcome, put->words);
    return status;
}
