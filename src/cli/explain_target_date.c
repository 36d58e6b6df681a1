/* dueregard explain target-date: how an expression is read, and when it is next due. */
#include "base/arena.h"
#include "base/date.h"
#include "cli/explain.h"
#include "model/target_date.h"
#include "base/banned.h"

static enum status read_day(struct work *work, const struct command *command,
                            const struct arguments *arguments, const char *name,
                            struct date *out_date)
{
    const char *text = argument_value(command, arguments, name);
    if (text && !date_read_british(slice_of(text), out_date))
        return work_fail(work, STATUS_USAGE, "--%s is a date such as 2012-06-30.", name);
    return STATUS_OK;
}

static json_t *date_json(struct arena *arena, struct date date)
{
    return date.year == 0 ? json_null() : json_string(date_print(arena, date));
}

static json_t *text_json(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *reading_json(struct arena *arena, const struct target_date *date)
{
    json_t *json = json_object();
    json_object_set_new(json, "text", json_string(date->text));
    json_object_set_new(json, "understood", json_boolean(date->understood));
    json_object_set_new(json, "from", date_json(arena, date->from));
    json_object_set_new(json, "due", date_json(arena, date->due));
    json_object_set_new(json, "recurrence",
                        text_json(target_date_recurrence_code(date->recurrence)));
    json_object_set_new(json, "condition", text_json(date->condition));
    json_object_set_new(json, "next", date_json(arena, date->next));
    json_object_set_new(json, "status", json_string(target_date_status_code(date->status)));
    return json;
}

static enum status print_day(struct work *work, const char *label, struct date date)
{
    return date.year == 0 ? STATUS_OK
                          : print_line(work, "%s%s", label, date_print_long(work->arena, date));
}

static enum status print_reading(struct work *work, const struct target_date *date)
{
    static const char *const statuses[] = { [TARGET_DATE_OPEN] = "open",
                                            [TARGET_DATE_TO_BE_CONFIRMED] = "to be confirmed",
                                            [TARGET_DATE_COMPLETE] = "complete" };
    const char *recurrence = target_date_recurrence_code(date->recurrence);
    enum status status = print_line(work, "As written: %s", date->text);
    if (status == STATUS_OK && !date->understood)
        return print_line(work, "Not understood: it is kept as it is and listed, not guessed.");
    if (status == STATUS_OK)
        status = print_day(work, "From:       ", date->from);
    if (status == STATUS_OK)
        status = print_day(work, "Due:        ", date->due);
    if (status == STATUS_OK && recurrence)
        status = print_line(work, "Recurs:     %s", recurrence);
    if (status == STATUS_OK && date->condition)
        status = print_line(work, "Condition:  %s", date->condition);
    if (status == STATUS_OK)
        status = print_day(work, "Next due:   ", date->next);
    if (status == STATUS_OK)
        status = print_line(work, "Status:     %s", statuses[date->status]);
    return status;
}

enum status explain_target_date(struct work *work, const struct command *command,
                                const struct arguments *arguments)
{
    struct target_date date;
    enum command_format format = FORMAT_TEXT;
    const char *text = arguments->words[1];
    struct target_date_context context = { 0 };
    if (!text)
        return work_fail(work, STATUS_USAGE, "Write `dueregard explain target-date TEXT`.");
    if (!slice_is_utf8(slice_of(text)))
        return work_fail(work, STATUS_INPUT, "The target date is not text in UTF-8.");
    bool read = date_read(slice_first(slice_of(work->now), 10), &context.today);
    enum status status = argument_format(work, command, arguments, &format);
    if (status == STATUS_OK && read)
        status = read_day(work, command, arguments, "on", &context.today);
    if (status == STATUS_OK)
        status = read_day(work, command, arguments, "adopted", &context.adopted);
    if (status != STATUS_OK)
        return status;
    target_date_read(work->arena, slice_of(text), &context, &date);
    return format == FORMAT_JSON ? print_json(work, reading_json(work->arena, &date))
                                 : print_reading(work, &date);
}
