/* dueregard token: what programs sign in with at the API. */
#include "service/api_token.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "cli/command.h"
#include "base/banned.h"

enum { DAYS_STANDARD = 90 };

static enum status add(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct api_token_details details = { .name = argument_value(command, arguments, "for"),
                                         .scope = argument_value(command, arguments, "scope") };
    const char *token = NULL;
    if (arguments->word_count < 2)
        return work_fail(work, STATUS_USAGE, "Name the account whose rights the token has.");
    details.account = arguments->words[1];
    enum status status = argument_integer(
        work, command, arguments, "days",
        (struct argument_range){ 1, API_TOKEN_DAYS_MOST, DAYS_STANDARD }, &details.days);
    if (status == STATUS_OK)
        status = api_token_add(work, &details, &token);
    if (status == STATUS_OK)
        status = print_line(work, "%s", token);
    return status;
}

static enum status list(struct work *work)
{
    struct list tokens = { 0 };
    enum status status = api_token_list(work, &tokens);
    struct table_text *table = table_text_new(work->arena, 5);
    table_text_add(table, (const char *const[]){ "Number", "For", "Scope", "Until", "Revoked" });
    for (size_t i = 0; i < tokens.count; i++) {
        const struct api_token *token = tokens.items[i];
        table_text_add(table,
                       (const char *const[]){ arena_format(work->arena, "%" PRId64, token->id),
                                              token->name, token->scope, token->expires_on,
                                              token->revoked_at ? token->revoked_at : "" });
    }
    return status == STATUS_OK ? table_text_print(work, table) : status;
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    const char *verb = arguments->words[0];
    int64_t number = INTEGER_MISSING;
    if (strcmp(verb, "add") == 0)
        return add(work, command, arguments);
    if (strcmp(verb, "list") == 0)
        return list(work);
    if (strcmp(verb, "revoke") != 0 || arguments->word_count < 2 ||
        !slice_integer(slice_of(arguments->words[1]), &number))
        return work_fail(work, STATUS_USAGE, "token knows add ACCOUNT, list and revoke NUMBER.");
    return api_token_revoke(work, number);
}

const struct command command_token = {
    .name = "token",
    .words = "add ACCOUNT | list | revoke NUMBER",
    .summary = "what programs sign in with at the API, with the rights of one account",
    .details = "The token is printed once; only its hash is kept.\n"
               "token add sam --for \"the data warehouse\" --scope read --days 90",
    .options = { { "for", "WORDS", "add: what it is for", false },
                 { "scope", "SCOPE", "add: read (standard) or write", false },
                 { "days", "N", "add: how long it is good (standard: 90)", false } },
    .least_words = 1,
    .most_words = 2,
    .need = NEED_WRITE,
    .right = RIGHT_ACCOUNTS_MANAGE,
    .run = run,
};
