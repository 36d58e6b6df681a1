/* dueregard backup and restore: one SQLite file, checked, whatever the engine. */
#include "store/store_backup.h"

#include "base/slice.h"
#include "base/workspace.h"
#include "cli/command.h"
#include "store/audit.h"
#include "store/audit_head.h"
#include "store/migrate.h"
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

/* Says so where heads were signed of events that the backup does not have. */
static enum status tell_lost(struct work *work)
{
    struct audit_head head;
    int64_t newest = 0;
    enum status status = audit_head_last_kept(work, &head);
    if (status != STATUS_OK)
        return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    status = audit_latest(work, &newest);
    if (status != STATUS_OK || head.event <= newest)
        return status;
    return print_line(work,
                      "The backup is older than what was signed: its audit ends with event %lld, "
                      "and %s has a head of event %lld. What was done in between is not in it.",
                      (long long)newest, work->workspace->heads, (long long)head.event);
}

/* A restore is an event too, the first after those of the backup. */
static enum status record_restore(struct work *work, const char *path)
{
    struct slice rest = slice_of(path), name = rest;
    struct audit *audit = NULL;
    while (slice_split(&rest, '/', &name))
        continue;
    enum status status = audit_begin(work, "restore", slice_copy(work->arena, name), &audit);
    if (status != STATUS_OK)
        return status;
    audit_keep(audit);
    return audit_commit(work, audit);
}

/* What is left to do in the database that is back; one of an older program waits for migrate. */
static enum status finish_restore(struct work *work, const char *path)
{
    int64_t version = 0;
    enum status status = store_open(work, work->workspace->address, STORE_WRITE);
    if (status == STATUS_OK)
        status = migrate_version(work, &version);
    if (status == STATUS_OK)
        status = tell_lost(work);
    if (status == STATUS_OK && version < migrate_newest())
        return print_line(work,
                          "It is of an older program (schema %lld); bring it up to date with "
                          "`dueregard migrate`.",
                          (long long)version);
    return status == STATUS_OK ? record_restore(work, path) : status;
}

static enum status run_restore(struct work *work, const struct command *command,
                               const struct arguments *arguments)
{
    const char *path = arguments->words[0];
    bool replace = argument_value(command, arguments, "replace") != NULL;
    enum status status = store_restore(work, path, work->workspace->address, replace);
    if (status == STATUS_OK)
        status = print_line(work, "Restored %s into %s.", path, arguments->folder);
    return status == STATUS_OK ? finish_restore(work, path) : status;
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
