/* Summaries of the rows: by objective, by unit, and who has returned. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "model/states/return_states.h"
#include "service/progress_parts.h"
#include "base/banned.h"

static void count_level(const struct progress *progress, const struct scale_level *level,
                        int64_t *by_level, int64_t *none)
{
    if (level == NULL)
        ++*none;
    else
        by_level[level - progress->scale->levels]++;
}

static void count_row(const struct progress *progress, const struct progress_row *row,
                      struct progress_counts *counts)
{
    counts->rows++;
    count_level(progress, row->declared, counts->declared, &counts->not_declared);
    count_level(progress, row->computed, counts->computed, &counts->not_computed);
    counts->agreement[row->agreement]++;
    if (row->missing_words != NULL)
        counts->awaited++;
}

static void count_missing(struct progress_join *join, const struct progress_row *row)
{
    struct list *all = &join->progress->missing;
    const char *code = row->missing == NULL ? "" : row->missing;
    for (size_t i = 0; i < all->count; i++) {
        struct progress_missing *one = all->items[i];
        if (strcmp(one->code, code) == 0) {
            one->count++;
            return;
        }
    }
    struct progress_missing *one = arena_new_of(join->work->arena, struct progress_missing);
    *one = (struct progress_missing){ .code = code, .words = row->missing_words, .count = 1 };
    list_add(join->work->arena, all, one);
}

static int by_code(const void *a, const void *b)
{
    const struct progress_missing *const *left = a, *const *right = b;
    return strcmp((*left)->code, (*right)->code);
}

static void count_returns(struct progress_join *join)
{
    struct progress *progress = join->progress;
    struct pair_map by_unit = pair_map_new(join->work->arena, progress->returns.count);
    for (size_t i = 0; i < progress->returns.count; i++) {
        struct progress_return *back = progress->returns.items[i];
        pair_map_put(&by_unit, back->unit->id, 0, back);
    }
    for (size_t i = 0; i < progress->rows.count; i++) {
        const struct progress_row *row = progress->rows.items[i];
        struct progress_return *back = row->unit == NULL ? NULL
                                                         : pair_map_get(&by_unit, row->unit->id, 0);
        if (back != NULL && row->parts.count == 0)
            count_row(progress, row, &back->counts);
    }
}

void progress_count(struct progress_join *join)
{
    struct progress *progress = join->progress;
    for (size_t i = 0; i < progress->objectives.count; i++) {
        struct progress_objective *objective = progress->objectives.items[i];
        for (size_t j = 0; j < objective->rows.count; j++) {
            const struct progress_row *row = objective->rows.items[j];
            if (row->parts.count > 0)
                continue;
            count_row(progress, row, &objective->counts);
            count_row(progress, row, &progress->counts);
            if (row->missing_words != NULL)
                count_missing(join, row);
        }
    }
    if (progress->missing.count > 1)
        qsort(progress->missing.items, progress->missing.count, sizeof(void *), by_code);
    count_returns(join);
}

static bool has_returned(const struct directorate_return *row)
{
    static const char *const states[] = { "submitted", "approved", "frozen", "revised" };
    for (size_t i = 0; row != NULL && i < ARRAY_COUNT(states); i++) {
        if (strcmp(row->state, states[i]) == 0)
            return true;
    }
    return false;
}

static void judge_return(struct progress_return *back)
{
    struct date due, received;
    back->has_returned = has_returned(back->row);
    back->days_late = INTEGER_MISSING;
    if (back->row == NULL || !date_read(slice_of(back->row->due_on), &due) ||
        !date_read(slice_of(return_received_on(back->row)), &received))
        return;
    back->days_late = date_days(received) - date_days(due);
    back->is_late = back->days_late > 0;
}

static struct progress_return *add_return(struct progress_join *join, struct pair_map *seen,
                                          const struct unit *unit)
{
    struct progress_return *back = pair_map_get(seen, unit->id, 0);
    if (back == NULL) {
        back = arena_new_of(join->work->arena, struct progress_return);
        back->unit = unit;
        pair_map_put(seen, unit->id, 0, back);
        list_add(join->work->arena, &join->progress->returns, back);
    }
    return back;
}

static int by_name(const void *a, const void *b)
{
    const struct progress_return *const *left = a, *const *right = b;
    int order = strcmp((*left)->unit->name, (*right)->unit->name);
    return order != 0 ? order : strcmp((*left)->unit->code, (*right)->unit->code);
}

void progress_list_returns(struct progress_join *join)
{
    struct progress *progress = join->progress;
    const struct list *returns = &progress->data.returns;
    struct pair_map seen = pair_map_new(join->work->arena, returns->count);
    for (size_t i = 0; i < returns->count; i++) {
        const struct directorate_return *row = returns->items[i];
        const struct unit *unit = pair_map_get(&join->units, row->unit, 0);
        if (unit != NULL)
            add_return(join, &seen, unit)->row = row;
    }
    for (size_t i = 0; i < progress->rows.count; i++) {
        const struct progress_row *row = progress->rows.items[i];
        if (row->unit != NULL)
            (void)add_return(join, &seen, row->unit);
    }
    for (size_t i = 0; i < progress->returns.count; i++)
        judge_return(progress->returns.items[i]);
    if (progress->returns.count > 1)
        qsort(progress->returns.items, progress->returns.count, sizeof(void *), by_name);
}
