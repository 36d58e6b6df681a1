/* dueregard explain target-date: how an expression is read. */
#include "cli/explain.h"
#include "base/banned.h"

enum status explain_target_date(struct work *work, const struct command *command,
                                const struct arguments *arguments)
{
    (void)command;
    (void)arguments;
    return work_fail(work, STATUS_USAGE, "not there");
}
