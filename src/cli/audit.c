/* dueregard audit: checks that the chain of events is whole. */
#include "store/audit.h"

#include "cli/command.h"
#include "base/banned.h"

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    int64_t broken = INTEGER_MISSING;
    (void)command;
    (void)arguments;
    enum status status = audit_verify(work, &broken);
    if (status != STATUS_OK)
        return status;
    if (broken == INTEGER_MISSING)
        return print_line(work, "The audit is whole: every event follows from the one before.");
    status = print_line(work,
                        "The audit is broken at event %lld: it, or one before it, was altered "
                        "outside the program.",
                        (long long)broken);
    return status == STATUS_OK ? STATUS_FINDINGS : status;
}

const struct command command_audit = {
    .name = "audit",
    .words = "",
    .summary = "check that no event of the audit was altered or removed",
    .need = NEED_READ,
    .right = RIGHT_AUDIT_READ,
    .run = run,
};
