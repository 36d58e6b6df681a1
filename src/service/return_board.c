#include "service/return_board.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "entity/field_text.h"
#include "model/codes.h"
#include "model/states/return_states.h"
#include "model/unit.h"
#include "service/finding.h"
#include "service/related.h"
#include "service/return_life.h"
#include "service/return_problems.h"
#include "store/entity_store.h"
#include "base/banned.h"

const char *return_state_words(const char *state)
{
    return code_label(entity_field(&directorate_return_entity, "state")->codes, state);
}

static const char *late_words(struct arena *arena, const struct directorate_return *head,
                              int64_t days)
{
    if (days == INTEGER_MISSING)
        return "";
    if (days > 0)
        return arena_format(arena, "%" PRId64 " day%s late", days, days == 1 ? "" : "s");
    if (return_received_on(head))
        return "on time";
    return days == 0
               ? "due today"
               : arena_format(arena, "due in %" PRId64 " day%s", -days, days == -1 ? "" : "s");
}

static bool is_answered(struct work *work, const struct return_row *row)
{
    struct return_sheet_row sheet_row = { .row = row };
    return_read_typed(work->arena, &sheet_row);
    return sheet_row.has_answer || row->progress;
}

enum status return_board_count(struct work *work, int64_t back, size_t *out_rows,
                               size_t *out_answered)
{
    struct list rows = { 0 };
    size_t answered = 0;
    enum status status = entity_store_list_of(work, &return_row_entity, "directorate_return", back,
                                              &rows);
    for (size_t i = 0; i < rows.count; i++)
        answered += is_answered(work, rows.items[i]);
    *out_rows = rows.count;
    *out_answered = answered;
    return status;
}

static int by_lateness(const void *a, const void *b)
{
    const struct return_board_entry *left = *(struct return_board_entry *const *)a;
    const struct return_board_entry *right = *(struct return_board_entry *const *)b;
    if (left->days_late != right->days_late)
        return left->days_late < right->days_late ? 1 : -1;
    return strcmp(left->unit_name, right->unit_name);
}

/* The entries of the period's returns, still without their units and counts, and the ids of both.
 */
static struct list entries_of(struct work *work, const struct list *returns, const char *period,
                              int64_t *units, int64_t *backs)
{
    struct list entries = { 0 };
    const char *day = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    for (size_t i = 0; i < returns->count; i++) {
        const struct directorate_return *head = returns->items[i];
        if (strcmp(head->period, period) != 0)
            continue;
        struct return_board_entry *entry = arena_new_of(work->arena, struct return_board_entry);
        entry->head = head;
        entry->state_words = return_state_words(head->state);
        entry->days_late = return_days_late(head, day);
        entry->late_words = late_words(work->arena, head, entry->days_late);
        units[entries.count] = head->unit;
        backs[entries.count] = head->id;
        list_add(work->arena, &entries, entry);
    }
    return entries;
}

static enum status fill_entries(struct work *work, struct list *entries, const int64_t *units,
                                const int64_t *backs)
{
    struct list found = { 0 }, rows = { 0 };
    enum status status = entity_store_get_rows(work, &unit_entity,
                                               &(struct id_list){ units, entries->count }, &found);
    if (status == STATUS_OK)
        status = entity_store_list_of_rows(work, &return_row_entity, "directorate_return",
                                           &(struct id_list){ backs, entries->count }, &rows);
    struct related of = related_by(&return_row_entity, rows, "directorate_return");
    for (size_t i = 0; status == STATUS_OK && i < entries->count; i++) {
        struct return_board_entry *entry = entries->items[i];
        assert(i < found.count); /* a return refers to a unit that is there */
        const struct unit *unit = found.items[i];
        entry->unit_code = unit->code;
        entry->unit_name = unit->name;
        related_find(&of, entry->head->id);
        entry->rows = of.to - of.from;
        for (size_t k = of.from; k < of.to; k++)
            entry->answered += is_answered(work, of.rows.items[k]);
    }
    return status;
}

enum status return_board_load(struct work *work, const char *period, struct list *out_entries)
{
    struct list all = { 0 };
    enum status status = entity_store_list(work, &directorate_return_entity, 0, &all);
    if (status != STATUS_OK)
        return status;
    int64_t *units = arena_array_of(work->arena, all.count, int64_t);
    int64_t *backs = arena_array_of(work->arena, all.count, int64_t);
    struct list entries = entries_of(work, &all, period, units, backs);
    if (entries.count == 0)
        return work_fail(work, STATUS_NOT_FOUND,
                         "No returns are open for %.20s; `dueregard return open --period %.20s` "
                         "opens them.",
                         period, period);
    status = fill_entries(work, &entries, units, backs);
    if (status != STATUS_OK)
        return status;
    qsort(entries.items, entries.count, sizeof *entries.items, by_lateness);
    *out_entries = entries;
    return STATUS_OK;
}

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

json_t *return_board_json(const struct list *entries)
{
    json_t *array = json_array();
    for (size_t i = 0; i < entries->count; i++) {
        const struct return_board_entry *entry = entries->items[i];
        json_t *object = json_object();
        json_object_set_new(object, "return", json_string(entry->head->code));
        json_object_set_new(object, "unit", json_string(entry->unit_code));
        json_object_set_new(object, "unit_name", json_string(entry->unit_name));
        json_object_set_new(object, "state", json_string(entry->head->state));
        json_object_set_new(object, "state_words", json_string(entry->state_words));
        json_object_set_new(object, "due_on", text_or_null(entry->head->due_on));
        json_object_set_new(object, "first_complete_on",
                            text_or_null(entry->head->first_complete_on));
        json_object_set_new(object, "rows", json_integer((json_int_t)entry->rows));
        json_object_set_new(object, "answered", json_integer((json_int_t)entry->answered));
        json_object_set_new(object, "days_late",
                            entry->days_late == INTEGER_MISSING ? json_null()
                                                                : json_integer(entry->days_late));
        json_object_set_new(object, "late_words", json_string(entry->late_words));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *inputs_json(struct arena *arena, const struct return_row *row)
{
    json_t *object = json_object();
    for (size_t i = 0; return_input_names[i]; i++) {
        const struct field *field = entity_field(&return_row_entity, return_input_names[i]);
        json_object_set_new(object, field->name,
                            field_is_missing(field, row)
                                ? json_null()
                                : json_string(field_print(arena, field, row)));
    }
    return object;
}

static json_t *problems_json(const struct list *problems)
{
    json_t *array = json_array();
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = problems->items[i];
        json_array_append_new(
            array, json_pack("{s:s?, s:s}", "input", problem->column, "words", problem->words));
    }
    return array;
}

static json_t *past_json(const struct return_sheet_row *row)
{
    json_t *array = json_array();
    for (size_t i = 0; i < RETURN_HISTORY; i++)
        json_array_append_new(array, json_pack("{s:s?, s:s?}", "period", row->past[i].period_words,
                                               "words", row->past[i].words));
    return array;
}

json_t *return_row_json(struct arena *arena, const struct return_sheet_row *row)
{
    struct findings findings = { .list = row->findings };
    json_t *object = json_object();
    json_object_set_new(object, "reference", json_string(row->row->reference));
    json_object_set_new(object, "objective", json_string(row->objective->title));
    json_object_set_new(object, "measure", text_or_null(row->measure ? row->measure->code : NULL));
    json_object_set_new(object, "title", text_or_null(row->measure ? row->measure->title : NULL));
    json_object_set_new(object, "kind", text_or_null(row->measure ? row->measure->kind : NULL));
    json_object_set_new(object, "criterion", text_or_null(row->row->success_criterion));
    json_object_set_new(object, "target", json_string(row->target_words));
    json_object_set_new(object, "profile", json_string(row->profile_words));
    json_object_set_new(object, "supplier", text_or_null(row->supplier));
    json_object_set_new(object, "past", past_json(row));
    json_object_set_new(object, "inputs", inputs_json(arena, row->row));
    json_object_set_new(object, "last", row->last ? inputs_json(arena, row->last) : json_null());
    json_object_set_new(object, "version",
                        json_integer(row->row->version == INTEGER_MISSING ? 0 : row->row->version));
    json_object_set_new(object, "edited_by", text_or_null(row->row->edited_by));
    json_object_set_new(object, "edited_at", text_or_null(row->row->edited_at));
    json_object_set_new(object, "is_answered", json_boolean(row->has_answer));
    json_object_set_new(object, "is_due", json_boolean(row->is_due));
    json_object_set_new(object, "computed",
                        text_or_null(row->computed ? row->computed->code : NULL));
    json_object_set_new(object, "computed_name",
                        text_or_null(row->computed ? row->computed->name : NULL));
    json_object_set_new(object, "reasoning", text_or_null(row->reasoning));
    json_object_set_new(object, "problems", problems_json(&row->problems));
    json_object_set_new(object, "findings", findings_as_json(&findings));
    return object;
}

static json_t *steps_json(const struct return_sheet *sheet)
{
    json_t *array = json_array();
    for (size_t i = 0; i < sheet->steps.count; i++) {
        const struct return_step *step = sheet->steps.items[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s?, s:s, s:s, s:s?}", "action", step->action,
                                        "state", step->state_after, "at", step->taken_at, "by",
                                        step->taken_by, "reason", step->reason));
    }
    return array;
}

json_t *return_sheet_json(struct arena *arena, const struct return_sheet *sheet)
{
    json_t *object = json_object(), *rows = json_array();
    for (size_t i = 0; i < sheet->rows.count; i++)
        json_array_append_new(rows, return_row_json(arena, sheet->rows.items[i]));
    json_object_set_new(object, "return", json_string(sheet->head.code));
    json_object_set_new(object, "period", json_string(sheet->head.period));
    json_object_set_new(object, "period_words", json_string(sheet->period_words));
    json_object_set_new(object, "unit", json_string(sheet->unit_code));
    json_object_set_new(object, "unit_name", json_string(sheet->unit_name));
    json_object_set_new(object, "state", json_string(sheet->head.state));
    json_object_set_new(object, "state_words", json_string(return_state_words(sheet->head.state)));
    json_object_set_new(object, "due_on", text_or_null(sheet->head.due_on));
    json_object_set_new(object, "lock_on", text_or_null(sheet->head.lock_on));
    json_object_set_new(object, "locked", text_or_null(sheet->locked));
    json_object_set_new(object, "answered", json_integer((json_int_t)sheet->answered));
    json_object_set_new(object, "with_problems", json_integer((json_int_t)sheet->with_problems));
    json_object_set_new(object, "steps", steps_json(sheet));
    json_object_set_new(object, "rows", rows);
    return object;
}
