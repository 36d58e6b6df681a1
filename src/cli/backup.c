/* dueregard backup and restore: one SQLite file, checked, whatever the engine. */
#include "store/store_backup.h"

#include "base/workspace.h"
#include "cli/command.h"
#include "base/banned.h"

static enum status run_backup(struct work *work, const struct command *command,
                              const struct arguments *arguments)
{
    const char *path = arguments->words[0];
    (void)command;
    enum status status = store_backup(work, path);
    if (status == STATUS_OK)
        status = print_line(work,
                            "Backed up to %s, and checked. The keys (%s/keys), of the audit and of "
                            "sealed snapshots, are not in it: keep them elsewhere.",
                            path, arguments->folder);
    return status;
}

static enum status run_restore(struct work *work, const struct command *command,
                               const struct arguments *arguments)
{
    const char *path = arguments->words[0];
    bool replace = argument_value(command, arguments, "replace") != NULL;
    enum status status = store_restore(work, path, work->workspace->address, replace);
    if (status == STATUS_OK)
        status = print_line(work, "Restored %s into %s.", path, arguments->folder);
    return status;
}

const struct command command_backup = {
    .name = "backup",
    .words = "FILE",
    .summary = "write everything to one new file, checked, while others go on working",
    .least_words = 1,
    .most_words = 1,
    .need = NEED_READ,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run_backup,
};

const struct command command_restore = {
    .name = "restore",
    .words = "FILE",
    .summary = "bring a backup back, whole or not at all",
    .options = { { "replace", NULL, "even where the database holds data", false } },
    .least_words = 1,
    .most_words = 1,
    .need = NEED_WORKSPACE,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run_restore,
};
