/* dueregard init and demo: make a workspace, empty or with the demonstration authority. */
#include "cli/command.h"
#include "service/builtin_rows.h"
#include "service/workspace.h"
#include "base/banned.h"

/* Makes the workspace that the options name; gives its folder. */
static enum status create(struct work *work, const struct command *command,
                          const struct arguments *arguments, const char **out_folder)
{
    const char *folder = argument_value(command, arguments, "workspace");
    const char *database = argument_value(command, arguments, "database");
    *out_folder = folder ? folder : arguments->folder;
    return workspace_create(work, *out_folder, database ? database : "sqlite:dueregard.sqlite");
}

static enum status run_init(struct work *work, const struct command *command,
                            const struct arguments *arguments)
{
    const char *folder = NULL;
    enum status status = create(work, command, arguments, &folder);
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

static enum status run_demo(struct work *work, const struct command *command,
                            const struct arguments *arguments)
{
    struct builtin_result result;
    const char *folder = NULL;
    enum status status = create(work, command, arguments, &folder);
    if (status == STATUS_OK)
        status = builtin_load_demo(work, &result);
    if (status == STATUS_OK)
        status = print_line(work,
                            "Made the demonstration authority in %s: %lld rows from %lld files.\n"
                            "Next: dueregard report progress --period 2012-13-Q1 --workspace %s",
                            folder, (long long)result.rows, (long long)result.files, folder);
    return status;
}

/* The options of both. */
#define WHERE_TO_MAKE                                                                              \
    { "workspace", "DIR", "the folder (else DUEREGARD_WORKSPACE, else this one)", false },         \
    {                                                                                              \
        "database", "ADDRESS",                                                                     \
            "sqlite:FILE or postgresql://… (standard: sqlite:dueregard.sqlite)", false             \
    }

const struct command command_init = {
    .name = "init",
    .words = "",
    .summary = "make a workspace: a folder with its settings, audit key and database",
    .options = { WHERE_TO_MAKE },
    .need = NEED_NOTHING,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run_init,
};

const struct command command_demo = {
    .name = "demo",
    .words = "",
    .summary = "make a workspace with the demonstration authority",
    .options = { WHERE_TO_MAKE },
    .need = NEED_NOTHING,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run_demo,
};
