/* dueregard move: a whole workspace from one engine to the other. */
#include "cli/command.h"
#include "service/workspace.h"
#include "store/migrate.h"
#include "store/store_copy.h"
#include "base/banned.h"

static enum status copy(struct work *work, struct work *target, struct store_comparison *comparison)
{
    int64_t applied = 0;
    enum status status = migrate_up(target, &applied);
    if (status != STATUS_OK)
        return work_fail(work, status, "%s", target->error);
    return store_copy(work, target, comparison);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct store_comparison comparison = { .table = NULL };
    const char *to = argument_value(command, arguments, "to");
    if (!to)
        return work_fail(work, STATUS_USAGE,
                         "Say where to: --to postgresql://… or --to sqlite:FILE.");
    struct work target = {
        .arena = work->arena, .now = work->now, .user = work->user, .workspace = work->workspace
    };
    const char *address = workspace_address(work, arguments->folder, to);
    enum status status = store_open(&target, address, STORE_CREATE);
    if (status != STATUS_OK)
        return work_fail(work, status, "%s", target.error);
    status = copy(work, &target, &comparison);
    store_close(&target);
    if (status == STATUS_OK && comparison.table)
        status = work_fail(
            work, STATUS_STORAGE,
            "Row %lld of %s differs after the copy; the workspace stays where it was.",
            (long long)comparison.id, comparison.table);
    if (status == STATUS_OK)
        status = workspace_set_database(work, arguments->folder, to);
    if (status != STATUS_OK)
        return status;
    return print_line(work,
                      "Moved: %lld rows, each compared and equal (SHA-256 %s).\n"
                      "%s/dueregard.ini names the new database; the old one was left as it is.",
                      (long long)comparison.rows, comparison.hash, arguments->folder);
}

const struct command command_move = {
    .name = "move",
    .words = "",
    .summary = "move the workspace's data to another database, SQLite or PostgreSQL",
    .details = "Everything is copied, the audit too, and compared row for row before anything "
               "changes.\nThe new database must be empty.",
    .options = { { "to", "ADDRESS", "postgresql://… or sqlite:FILE", false } },
    .need = NEED_READ,
    .right = RIGHT_WORKSPACE_MANAGE,
    .run = run,
};
