/* dueregard explain deadline: the last day on which something must be published again. */
#include "base/arena.h"
#include "base/date.h"
#include "cli/explain.h"
#include "service/duty_deadline.h"
#include "base/banned.h"

enum status explain_deadline(struct work *work, const struct command *command,
                             const struct arguments *arguments)
{
    const char *on = argument_value(command, arguments, "on");
    enum command_format format = FORMAT_TEXT;
    struct duty_deadline deadline;
    struct date day;
    enum status status = argument_format(work, command, arguments, &format);
    if (status != STATUS_OK)
        return status;
    if (arguments->word_count < 2)
        return work_fail(work, STATUS_USAGE,
                         "explain deadline wants a duty: information, objectives or pay-gap.");
    if (!on || !date_read_british(slice_of(on), &day))
        return work_fail(work, STATUS_USAGE,
                         "explain deadline wants --on DATE: the day of the last publication, or "
                         "the snapshot date of pay gap figures.");
    status = duty_deadline_find(work, arguments->words[1], day, &deadline);
    if (status != STATUS_OK)
        return status;
    const char *last = date_print(work->arena, deadline.last_day);
    if (format == FORMAT_JSON)
        return print_json(work,
                          json_pack("{s:s, s:s, s:s, s:s, s:s}", "duty", deadline.code, "title",
                                    deadline.title, "begins", date_print(work->arena, day),
                                    "last_day", last, "source", deadline.source));
    status = print_line(work, "%s: by %s at the latest.", deadline.title,
                        date_print_long(work->arena, deadline.last_day));
    return status == STATUS_OK
               ? print_wrapped(work, "",
                               arena_format(work->arena, "Counted from %s, %s (%s).",
                                            deadline.begins, date_print_long(work->arena, day),
                                            deadline.source))
               : status;
}
