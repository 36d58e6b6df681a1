/* dueregard demo: makes a workspace and fills it with the demonstration authority. */
#include "cli/command.h"
#include "service/builtin_rows.h"
#include "service/workspace.h"
#include "base/banned.h"

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct builtin_result result;
    const char *folder = argument_value(command, arguments, "workspace");
    const char *database = argument_value(command, arguments, "database");
    if (!folder)
        folder = arguments->folder;
    enum status status = workspace_create(work, folder,
                                          database ? database : "sqlite:dueregard.sqlite");
    if (status == STATUS_OK)
        status = builtin_load_demo(work, &result);
    if (status == STATUS_OK)
        status = print_line(work,
                            "Made the demonstration authority in %s: %lld rows from %lld files.\n"
                            "Next: dueregard report progress --period 2012-13-Q1 --workspace %s",
                            folder, (long long)result.rows, (long long)result.files, folder);
    return status;
}

const struct command command_demo = {
    .name = "demo",
    .words = "",
    .summary = "make a workspace with the demonstration authority",
    .options = { { "workspace", "DIR", "the folder (else DUEREGARD_WORKSPACE, else this one)",
                   false },
                 { "database", "ADDRESS",
                   "sqlite:FILE or postgresql://… (standard: sqlite:dueregard.sqlite)", false } },
    .need = NEED_NOTHING,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run,
};
