/* dueregard migrate: brings an older workspace's schema up to the program's. */
#include "store/migrate.h"

#include "cli/command.h"
#include "base/workspace.h"
#include "base/banned.h"

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    int64_t applied = 0;
    (void)command;
    enum status status = store_open(work, work->workspace->address, STORE_WRITE);
    if (status == STATUS_OK)
        status = migrate_up(work, &applied);
    if (status != STATUS_OK)
        return status;
    if (applied == 0)
        return print_line(work, "%s is up to date (schema %lld).", arguments->folder,
                          (long long)migrate_newest());
    return print_line(work, "%s: %lld migration%s applied; the schema is now %lld.",
                      arguments->folder, (long long)applied, applied == 1 ? "" : "s",
                      (long long)migrate_newest());
}

const struct command command_migrate = {
    .name = "migrate",
    .words = "",
    .summary = "bring an older workspace up to this program's schema",
    .details = "Make a backup first. Each migration is a transaction of its own.",
    .need = NEED_WORKSPACE,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run,
};
