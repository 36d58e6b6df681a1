/* dueregard account: accounts and roles, for an administrator without a browser. */
#include <string.h>

#include "base/arena.h"
#include "base/problem.h"
#include "cli/command.h"
#include "model/unit.h"
#include "service/account.h"
#include "service/approval.h"
#include "service/workspace.h"
#include "store/entity_store.h"
#include "base/banned.h"

struct call {
    struct work *work;
    const struct command *command;
    const struct arguments *arguments;
    struct problems problems;
};

static const char *option(const struct call *call, const char *name)
{
    return argument_value(call->command, call->arguments, name);
}

static const char *word(const struct call *call, size_t at)
{
    return at < call->arguments->word_count ? call->arguments->words[at] : NULL;
}

/* "contributor for community-health-wellbeing, from 2026-11-25". */
static enum status describe(struct work *work, const struct role_grant *grant, const char **out)
{
    const char *unit = NULL;
    enum status status = STATUS_OK;
    if (grant->unit != INTEGER_MISSING)
        status = entity_store_code(work, &unit_entity, grant->unit, &unit);
    *out = arena_format(work->arena, "%lld: %s%s%s, from %s%s%s", (long long)grant->id, grant->role,
                        unit ? " for " : "", unit ? unit : "", grant->valid_from,
                        grant->valid_to ? " to " : "", grant->valid_to ? grant->valid_to : "");
    return status;
}

static enum status add_account_rows(struct work *work, struct table_text *table,
                                    const struct account *account)
{
    struct list grants = { 0 };
    enum status status = entity_store_list_of(work, &role_grant_entity, "account", account->id,
                                              &grants);
    size_t shown = 0;
    for (size_t i = 0; status == STATUS_OK && i < grants.count; i++) {
        const char *words = NULL;
        if (!permission_holds(work, grants.items[i]))
            continue;
        status = describe(work, grants.items[i], &words);
        table_text_add(table, (const char *const[]){ shown ? "" : account->code,
                                                     shown ? "" : account->status,
                                                     shown ? "" : account->email, words });
        shown++;
    }
    if (status == STATUS_OK && shown == 0)
        table_text_add(
            table, (const char *const[]){ account->code, account->status, account->email, "none" });
    return status;
}

static enum status list_accounts(struct call *call)
{
    struct list accounts = { 0 };
    struct table_text *table = table_text_new(call->work->arena, 4);
    enum status status = account_list(call->work, &accounts);
    table_text_add(table, (const char *const[]){ "ACCOUNT", "STATUS", "E-MAIL", "ROLES" });
    for (size_t i = 0; status == STATUS_OK && i < accounts.count; i++)
        status = add_account_rows(call->work, table, accounts.items[i]);
    return status == STATUS_OK ? table_text_print(call->work, table) : status;
}

/* Prints a link with which the account's owner chooses a password. */
static enum status invite(struct call *call)
{
    struct settings settings;
    const char *token = NULL;
    enum status status = account_invite(call->work, word(call, 1), "password", &token);
    if (status == STATUS_OK)
        status = workspace_read(call->work, call->arguments->folder, &settings);
    if (status != STATUS_OK)
        return status;
    return print_line(call->work,
                      "Give this link to the account's owner and nobody else; it is good once, for "
                      "%d days:\n%s/invitation/%s",
                      INVITATION_DAYS, workspace_pages(call->work, &settings), token);
}

static enum status add(struct call *call)
{
    struct account_details details = { word(call, 1), option(call, "name"), option(call, "email") };
    if (!details.name || !details.email)
        return work_fail(call->work, STATUS_USAGE,
                         "Write `dueregard account add %s --name NAME --email ADDRESS`.",
                         details.code);
    enum status status = account_add(call->work, &details, &call->problems);
    return status == STATUS_OK && call->problems.list.count == 0 ? invite(call) : status;
}

static enum status grant(struct call *call)
{
    struct account_grant grant = { .role = word(call, 2),
                                   .unit = option(call, "unit"),
                                   .valid_from = option(call, "from"),
                                   .valid_to = option(call, "to") };
    enum role role = ROLE_COUNT;
    enum status status = account_grant(call->work, word(call, 1), &grant, &call->problems);
    if (status == STATUS_OK && call->problems.list.count == 0 && grant.role &&
        permission_role(grant.role, &role) && approval_is_wanted(call->work, role))
        status = print_line(call->work, "This role wants two people: another administrator has to "
                                        "approve it now, in the browser.");
    return status;
}

static enum status revoke(struct call *call)
{
    int64_t number = 0;
    if (!slice_integer(slice_of(word(call, 2)), &number))
        return work_fail(call->work, STATUS_USAGE,
                         "Name the role by the number that `dueregard account list` shows.");
    return account_revoke(call->work, word(call, 1), number);
}

static enum status close_account(struct call *call)
{
    return account_set_open(call->work, word(call, 1), false);
}

static enum status open_account(struct call *call)
{
    return account_set_open(call->work, word(call, 1), true);
}

static const struct verb {
    const char *name, *words; /* that follow it */
    size_t count;
    enum status (*run)(struct call *call);
} verbs[] = {
    { "list", "", 1, list_accounts },
    { "add", " ACCOUNT --name NAME --email ADDRESS", 2, add },
    { "invite", " ACCOUNT", 2, invite },
    { "grant", " ACCOUNT ROLE [--unit CODE] [--from DATE] [--to DATE]", 3, grant },
    { "revoke", " ACCOUNT NUMBER", 3, revoke },
    { "close", " ACCOUNT", 2, close_account },
    { "open", " ACCOUNT", 2, open_account },
};

static enum status tell_problems(struct call *call)
{
    const struct problem *problem = call->problems.list.items[0];
    const char *option_name = problem->column && strcmp(problem->column, "valid_from") == 0 ? "from"
                              : problem->column && strcmp(problem->column, "valid_to") == 0
                                  ? "to"
                                  : problem->column;
    return work_fail(call->work, STATUS_INPUT, "%s%s%s.", option_name ? option_name : "",
                     option_name ? ": " : "", problem->words);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct call call = { work, command, arguments, { .arena = work->arena } };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].name, arguments->words[0]) != 0)
            continue;
        if (arguments->word_count != verbs[i].count)
            return work_fail(work, STATUS_USAGE, "Write `dueregard account %s%s`.", verbs[i].name,
                             verbs[i].words);
        enum status status = verbs[i].run(&call);
        return status == STATUS_OK && call.problems.list.count ? tell_problems(&call) : status;
    }
    return work_fail(work, STATUS_USAGE,
                     "account knows list, add, invite, grant, revoke, close and open, not "
                     "\"%.40s\".",
                     arguments->words[0]);
}

const struct command command_account = {
    .name = "account",
    .words = "list | add | invite | grant | revoke | close | open",
    .summary = "who can sign in, and which roles they have for which units",
    .details = "account add jo.smith --name \"Jo Smith\" --email jo.smith@example.org\n"
               "account grant jo.smith contributor --unit housing --to 2027-03-31\n"
               "account revoke jo.smith 12        (the number that `account list` shows)\n"
               "account invite jo.smith           a link to choose a (new) password\n"
               "account close jo.smith            ends its sessions as well",
    .options = { { "name", "NAME", "add: the owner's name", false },
                 { "email", "ADDRESS", "add: the owner's e-mail address", false },
                 { "unit", "CODE",
                   "grant: for this unit and all below it (standard: the whole authority)", false },
                 { "from", "DATE", "grant: from this day (standard: today)", false },
                 { "to", "DATE", "grant: to this day (standard: until it is revoked)", false } },
    .least_words = 1,
    .most_words = 3,
    .need = NEED_WRITE,
    .right = RIGHT_ACCOUNTS_MANAGE,
    .run = run,
};
