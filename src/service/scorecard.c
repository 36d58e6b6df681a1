#include "service/scorecard.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/date.h"
#include "model/states/return_states.h"
#include "service/finding.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { APRIL = 4 };

struct return_period {
    struct period period;
    bool is_reported; /* a return of it has come in */
};

/* The newest first; of one period, a return that has come in first. */
static int newest_first(const void *a, const void *b)
{
    const struct return_period *one = a, *other = b;
    int order = -period_compare(one->period, other->period, APRIL);
    return order ? order : other->is_reported - one->is_reported;
}

enum status scorecard_periods(struct work *work, json_t **out_periods)
{
    struct list returns = { 0 };
    enum status status = entity_store_list(work, &directorate_return_entity, 0, &returns);
    if (status != STATUS_OK)
        return status;
    struct return_period *periods = arena_array_of(work->arena, returns.count + 1,
                                                   struct return_period);
    size_t count = 0;
    for (size_t i = 0; i < returns.count; i++) {
        const struct directorate_return *head = returns.items[i];
        periods[count].is_reported = return_received_on(head) != NULL;
        count += period_read(slice_of(head->period), &periods[count].period);
    }
    if (count > 1)
        qsort(periods, count, sizeof *periods, newest_first);
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        if (i == 0 || !period_equal(periods[i].period, periods[i - 1].period))
            json_array_append_new(array,
                                  json_pack("{s:s, s:s, s:b}", "period",
                                            period_print(work->arena, periods[i].period), "words",
                                            period_print_long(work->arena, periods[i].period),
                                            "isReported", periods[i].is_reported));
    *out_periods = array;
    return STATUS_OK;
}

static json_t *level_json(const struct scale_level *level)
{
    return level ? json_pack("{s:s, s:s, s:s, s:s}", "letters", level->letters, "name", level->name,
                             "word", level->word, "colour", level->colour)
                 : json_null();
}

/* The distinct units of rows, in the order in which they come. */
static struct list units_of(struct arena *arena, const struct list *rows)
{
    struct list units = { 0 };
    for (size_t i = 0; i < rows->count; i++) {
        const struct progress_row *row = rows->items[i];
        size_t at = 0;
        while (at < units.count && units.items[at] != row->unit)
            at++;
        if (row->unit && at == units.count)
            list_add(arena, &units, (void *)(uintptr_t)row->unit);
    }
    return units;
}

static json_t *cell_json(const struct progress_row *row)
{
    const char *value = row->figure.words      ? row->figure.words
                        : row->milestone_words ? row->milestone_words
                        : row->rolled_words    ? row->rolled_words
                                               : row->missing_words;
    return json_pack("{s:o, s:o, s:b, s:s?, s:b, s:s?}", "declared", level_json(row->declared),
                     "computed", level_json(row->computed), "differs",
                     row->agreement == PROGRESS_DIFFERS, "value", value, "isFigure",
                     row->figure.words != NULL, "reasoning", row->reasoning);
}

struct line {
    const struct progress_row *first;
    json_t *json, *cells;
};

/* With `units`, a cell for each of them. */
static struct line *line_of(struct arena *arena, struct list *lines, const struct progress_row *row,
                            size_t units)
{
    for (size_t i = lines->count; i-- > 0;) {
        struct line *line = lines->items[i];
        if (line->first->measure == row->measure &&
            strcmp(line->first->reference, row->reference) == 0)
            return line;
    }
    struct line *line = arena_new_of(arena, struct line);
    line->first = row;
    line->cells = json_array();
    for (size_t i = 0; i < units; i++)
        json_array_append_new(line->cells, json_null());
    line->json = json_pack("{s:s, s:s, s:s, s:s, s:b, s:o}", "reference", row->reference, "measure",
                           row->measure->code, "measureTitle", row->measure->title, "target",
                           row->target_words, "isTargetWording",
                           row->target && row->target->value == INTEGER_MISSING, "cells",
                           line->cells);
    list_add(arena, lines, line);
    return line;
}

/* With `units`, each line has a cell for each of them, null where the measure is not theirs;
 * without, only those of the units whose measure it is, each with "unitName". */
static json_t *lines_json(struct arena *arena, const struct progress_objective *objective,
                          const struct list *units)
{
    struct list lines = { 0 };
    json_t *array = json_array();
    for (size_t i = 0; i < objective->rows.count; i++) {
        const struct progress_row *row = objective->rows.items[i];
        struct line *line = line_of(arena, &lines, row, units ? units->count : 0);
        if (!units) {
            json_t *cell = cell_json(row);
            json_object_set_new(cell, "unitName",
                                row->unit ? json_string(row->unit->name) : json_null());
            json_array_append_new(line->cells, cell);
        }
        for (size_t u = 0; units && u < units->count; u++)
            if (units->items[u] == row->unit)
                json_array_set_new(line->cells, u, cell_json(row));
    }
    for (size_t i = 0; i < lines.count; i++)
        json_array_append_new(array, ((struct line *)lines.items[i])->json);
    return array;
}

static json_t *key_json(const struct scale *scale)
{
    json_t *key = json_array();
    for (size_t i = 0; i < scale->level_count; i++)
        json_array_append_new(key, level_json(&scale->levels[i]));
    return key;
}

static json_t *names_json(const struct list *units)
{
    json_t *names = json_array();
    for (size_t i = 0; i < units->count; i++)
        json_array_append_new(names, json_string(((const struct unit *)units->items[i])->name));
    return names;
}

static json_t *objective_with(struct arena *arena, const struct progress_objective *objective,
                              const struct list *units)
{
    return json_pack("{s:s, s:I, s:s, s:o}", "objective", objective->objective->code, "number",
                     (json_int_t)objective->objective->number, "objectiveTitle",
                     objective->objective->title, "lines", lines_json(arena, objective, units));
}

/* How many of each rating there are. */
static json_t *counts_json(const struct progress *progress, const struct progress_counts *counts)
{
    json_t *levels = json_array();
    for (size_t i = 0; i < progress->scale->level_count; i++) {
        json_t *level = level_json(&progress->scale->levels[i]);
        json_object_set_new(level, "declared", json_integer(counts->declared[i]));
        json_object_set_new(level, "computed", json_integer(counts->computed[i]));
        json_array_append_new(levels, level);
    }
    return json_pack("{s:o, s:I, s:I, s:I, s:I}", "levels", levels, "notDeclared",
                     (json_int_t)counts->not_declared, "notComputed",
                     (json_int_t)counts->not_computed, "differs",
                     (json_int_t)counts->agreement[PROGRESS_DIFFERS], "rows",
                     (json_int_t)counts->rows);
}

json_t *scorecard_objective(struct arena *arena, const struct progress *progress, const char *code)
{
    for (size_t i = 0; i < progress->objectives.count; i++) {
        const struct progress_objective *objective = progress->objectives.items[i];
        if (strcmp(objective->objective->code, code) != 0 || objective->rows.count == 0)
            continue;
        json_t *json = objective_with(arena, objective, NULL);
        json_object_set_new(json, "counts", counts_json(progress, &objective->counts));
        return json;
    }
    return json_null();
}

json_t *heat_map_model(struct arena *arena, const struct progress *progress)
{
    struct list units = units_of(arena, &progress->rows);
    json_t *objectives = json_array();
    for (size_t i = 0; i < progress->objectives.count; i++) {
        const struct progress_objective *objective = progress->objectives.items[i];
        if (objective->rows.count)
            json_array_append_new(objectives, objective_with(arena, objective, &units));
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:I, s:o, s:o, s:o}", "period", progress->period_code,
                     "periodWords", progress->period_words, "schemeTitle",
                     progress->data.scheme->title, "units", names_json(&units), "columns",
                     (json_int_t)units.count + 1, "objectives", objectives, "counts",
                     counts_json(progress, &progress->counts), "key", key_json(progress->scale));
}

json_t *scorecard_model(struct arena *arena, const struct progress *progress)
{
    json_t *objectives = json_array();
    for (size_t i = 0; i < progress->objectives.count; i++)
        json_array_append_new(objectives,
                              objective_with(arena, progress->objectives.items[i], NULL));
    return json_pack("{s:s, s:s, s:s, s:o, s:o}", "period", progress->period_code, "periodWords",
                     progress->period_words, "schemeTitle", progress->data.scheme->title,
                     "objectives", objectives, "key", key_json(progress->scale));
}

static json_t *findings_json(const struct list *list)
{
    static const char *const words[] = { [FINDING_ERROR] = WORDS("Error"),
                                         [FINDING_WARNING] = WORDS("Warning"),
                                         [FINDING_NOTE] = WORDS("Note") };
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        const struct finding *finding = list->items[i];
        json_array_append_new(array, json_pack("{s:s, s:s, s:s, s:s, s:s?}", "kind", finding->kind,
                                               "severity", finding_severity_code(finding->severity),
                                               "severityWords", words[finding->severity], "message",
                                               finding->message, "evidence", finding->evidence));
    }
    return array;
}

static json_t *return_rows_json(const struct progress_return *back)
{
    json_t *array = json_array();
    for (size_t i = 0; i < back->narratives.count; i++) {
        const struct progress_narrative *narrative = back->narratives.items[i];
        const struct return_row *row = narrative->row;
        json_array_append_new(array,
                              json_pack("{s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:o}", "reference",
                                        row->reference, "criterion", row->success_criterion,
                                        "target", row->target_text, "value", row->value_text,
                                        "progress", row->progress, "declared", row->declared,
                                        "findings", findings_json(&narrative->findings)));
    }
    return array;
}

static json_t *day_json(struct arena *arena, const char *iso)
{
    struct date date;
    return iso && date_read(slice_of(iso), &date) ? json_string(date_print_long(arena, date))
                                                  : json_null();
}

json_t *returns_model(struct arena *arena, const struct progress *progress, const char *today)
{
    json_t *returns = json_array();
    for (size_t i = 0; i < progress->returns.count; i++) {
        const struct progress_return *back = progress->returns.items[i];
        json_t *json = json_pack("{s:s, s:s, s:b, s:o}", "unit", back->unit->code, "unitName",
                                 back->unit->name, "hasReturned", back->has_returned, "rows",
                                 return_rows_json(back));
        json_object_set_new(
            json, "isOverdue",
            json_boolean(!back->has_returned && (!back->row || !back->row->due_on ||
                                                 strcmp(back->row->due_on, today) < 0)));
        json_object_set_new(json, "dueOn",
                            back->row ? day_json(arena, back->row->due_on) : json_null());
        json_object_set_new(json, "receivedOn",
                            back->row ? day_json(arena, return_received_on(back->row))
                                      : json_null());
        json_object_set_new(json, "daysLate",
                            back->is_late && back->days_late != INTEGER_MISSING
                                ? json_integer(back->days_late)
                                : json_null());
        json_array_append_new(returns, json);
    }
    return json_pack("{s:s, s:s, s:s, s:o, s:I, s:I, s:I}", "period", progress->period_code,
                     "periodWords", progress->period_words, "schemeTitle",
                     progress->data.scheme->title, "returns", returns, "errors",
                     (json_int_t)progress->findings_by_severity[FINDING_ERROR], "warnings",
                     (json_int_t)progress->findings_by_severity[FINDING_WARNING], "notes",
                     (json_int_t)progress->findings_by_severity[FINDING_NOTE]);
}
