#include "service/unit_history.h"

#include <string.h>

#include "base/banned.h"

enum status unit_history_load(struct work *work, struct unit_history *out_history)
{
    return unit_store_load(work, &out_history->units, &out_history->changes);
}

const struct unit *unit_history_find(const struct unit_history *history, const char *code)
{
    for (size_t i = 0; i < history->units.count; i++)
        if (strcmp(((const struct unit *)history->units.items[i])->code, code) == 0)
            return history->units.items[i];
    return NULL;
}

const struct unit *unit_history_get(const struct unit_history *history, int64_t id)
{
    for (size_t i = 0; i < history->units.count; i++)
        if (((const struct unit *)history->units.items[i])->id == id)
            return history->units.items[i];
    return NULL;
}

bool unit_existed(const struct unit *unit, struct date on)
{
    struct date from, to;
    bool begun = !unit->valid_from || !date_read(slice_of(unit->valid_from), &from) ||
                 date_compare(from, on) <= 0;
    bool ended = unit->valid_to && date_read(slice_of(unit->valid_to), &to) &&
                 date_compare(to, on) < 0;
    return begun && !ended;
}

static bool holds(const struct list *list, const void *item)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i] == item)
            return true;
    return false;
}

static bool passes_all_on(const struct unit_change *change)
{
    return strcmp(change->kind, "transfer") != 0;
}

static bool happened(const struct unit_change *change, struct date on)
{
    struct date day;
    return date_read(slice_of(change->changed_on), &day) && date_compare(day, on) <= 0;
}

/* Walks the changes from `unit`, forwards or back, and keeps the units at which the walk ends.
 * `seen` keeps a circle from going round for ever. */
struct walk {
    struct arena *arena;
    const struct unit_history *history;
    struct date on;
    bool forwards;
    struct list seen, ends;
};

static void walk_from(struct walk *walk, const struct unit *unit)
{
    const struct unit_history *history = walk->history;
    bool forwards = walk->forwards;
    bool goes_on = false;
    if (holds(&walk->seen, unit))
        return;
    list_add(walk->arena, &walk->seen, (void *)(uintptr_t)unit);
    for (size_t i = 0; i < history->changes.count; i++) {
        const struct unit_change *change = history->changes.items[i];
        int64_t here = forwards ? change->predecessor : change->successor;
        int64_t there = forwards ? change->successor : change->predecessor;
        if (here != unit->id || !passes_all_on(change) || happened(change, walk->on) != forwards)
            continue;
        const struct unit *next = unit_history_get(history, there);
        if (!next)
            continue;
        goes_on = true;
        walk_from(walk, next);
    }
    if (!goes_on && !holds(&walk->ends, unit))
        list_add(walk->arena, &walk->ends, (void *)(uintptr_t)unit);
}

struct list unit_history_as_is(struct arena *arena, const struct unit_history *history,
                               const struct unit *unit, struct date on)
{
    struct walk walk = { .arena = arena, .history = history, .on = on, .forwards = true };
    walk_from(&walk, unit);
    return walk.ends;
}

struct list unit_history_as_was(struct arena *arena, const struct unit_history *history,
                                const struct unit *unit, struct date on)
{
    struct walk walk = { .arena = arena, .history = history, .on = on, .forwards = false };
    walk_from(&walk, unit);
    return walk.ends;
}
