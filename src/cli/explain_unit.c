/* dueregard explain unit: what a unit was and what became of it. */
#include <string.h>

#include "base/arena.h"
#include "cli/explain.h"
#include "service/unit_history.h"
#include "service/workspace.h"
#include "base/banned.h"

static json_t *units_json(const struct list *units)
{
    json_t *array = json_array();
    for (size_t i = 0; i < units->count; i++) {
        const struct unit *unit = units->items[i];
        json_array_append_new(array,
                              json_pack("{s:s, s:s}", "code", unit->code, "name", unit->name));
    }
    return array;
}

static json_t *changes_json(const struct unit_history *history, const struct unit *unit,
                            bool forwards)
{
    json_t *array = json_array();
    for (size_t i = 0; i < history->changes.count; i++) {
        const struct unit_change *change = history->changes.items[i];
        if ((forwards ? change->predecessor : change->successor) != unit->id)
            continue;
        const struct unit *other = unit_history_get(history, forwards ? change->successor
                                                                      : change->predecessor);
        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:s, s:s}", "on", change->changed_on, "kind",
                                        change->kind, "code", other->code, "name", other->name));
    }
    return array;
}

static enum status print_list(struct work *work, const char *label, const struct list *units)
{
    const char *words = "";
    for (size_t i = 0; i < units->count; i++)
        words = arena_format(work->arena, "%s%s%s", words, i ? "; " : "",
                             ((const struct unit *)units->items[i])->name);
    return print_wrapped(work, label, words);
}

static enum status print_text(struct work *work, const struct unit *unit, struct date on,
                              const struct list *as_is, const struct list *as_was)
{
    enum status status = print_line(work, "%s (%s), from %s to %s", unit->name, unit->code,
                                    unit->valid_from ? unit->valid_from : "the start",
                                    unit->valid_to ? unit->valid_to : "now");
    const char *day = date_print_long(work->arena, on);
    if (status == STATUS_OK && unit_existed(unit, on))
        status = print_line(work, "It exists on %s.", day);
    if (status == STATUS_OK)
        status = print_list(work, arena_format(work->arena, "As it is on %s: ", day), as_is);
    if (status == STATUS_OK)
        status = print_list(work, arena_format(work->arena, "As it was on %s: ", day), as_was);
    return status;
}

enum status explain_unit(struct work *work, const struct command *command,
                         const struct arguments *arguments)
{
    struct unit_history history;
    struct date on;
    enum command_format format = FORMAT_TEXT;
    const char *folder = argument_value(command, arguments, "workspace");
    const char *day = argument_value(command, arguments, "on"), *code = arguments->words[1];
    enum status status = argument_format(work, command, arguments, &format);
    if (!code)
        return work_fail(work, STATUS_USAGE, "Write `dueregard explain unit CODE`.");
    if (!date_read_british(day ? slice_of(day) : slice_first(slice_of(work->now), 10), &on))
        return work_fail(work, STATUS_USAGE, "--on is a date such as 2012-06-30.");
    if (status == STATUS_OK)
        status = workspace_open(work, folder ? folder : arguments->folder, STORE_READ);
    if (status == STATUS_OK)
        status = unit_history_load(work, &history);
    if (status != STATUS_OK)
        return status;
    const struct unit *unit = unit_history_find(&history, code);
    if (!unit)
        return work_fail(work, STATUS_NOT_FOUND, "There is no unit with the code \"%.60s\".", code);
    struct list as_is = unit_history_as_is(work->arena, &history, unit, on);
    struct list as_was = unit_history_as_was(work->arena, &history, unit, on);
    if (format != FORMAT_JSON)
        return print_text(work, unit, on, &as_is, &as_was);
    json_t *json = json_pack("{s:s, s:s, s:s?, s:s?}", "code", unit->code, "name", unit->name,
                             "from", unit->valid_from, "to", unit->valid_to);
    json_object_set_new(json, "on", json_string(date_print(work->arena, on)));
    json_object_set_new(json, "as_is", units_json(&as_is));
    json_object_set_new(json, "as_was", units_json(&as_was));
    json_object_set_new(json, "became", changes_json(&history, unit, true));
    json_object_set_new(json, "came_from", changes_json(&history, unit, false));
    return print_json(work, json);
}
