/* dueregard init: makes a workspace. */
#include "cli/command.h"
#include "service/builtin_rows.h"
#include "service/workspace.h"
#include "base/banned.h"

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    const char *folder = argument_value(command, arguments, "workspace");
    const char *database = argument_value(command, arguments, "database");
    if (!folder)
        folder = arguments->folder;
    enum status status = workspace_create(work, folder,
                                          database ? database : "sqlite:dueregard.sqlite");
    if (status == STATUS_OK)
        status = builtin_load_start(work);
    if (status == STATUS_OK)
        status = print_line(work,
                            "Made a workspace in %s.\n"
                            "Keep %s/keys apart from your backups: it holds the key that the audit "
                            "is checked with.\n"
                            "Next: import authorities, units, schemes, and then actions or "
                            "measures; `dueregard export KIND` shows the columns of each.",
                            folder, folder);
    return status;
}

const struct command command_init = {
    .name = "init",
    .words = "",
    .summary = "make a workspace: a folder with its settings, audit key and database",
    .options = { { "workspace", "DIR", "the folder (else DUEREGARD_WORKSPACE, else this one)",
                   false },
                 { "database", "ADDRESS",
                   "sqlite:FILE or postgresql://… (standard: sqlite:dueregard.sqlite)", false } },
    .need = NEED_NOTHING,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run,
};
