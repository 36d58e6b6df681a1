/* dueregard share: frozen documents for people without an account. */
#include <string.h>

#include "base/arena.h"
#include "base/problem.h"
#include "cli/command.h"
#include "service/share.h"
#include "service/workspace.h"
#include "store/entity_store.h"
#include "base/banned.h"

static enum status list_links(struct work *work)
{
    struct list links = { 0 };
    struct table_text *table = table_text_new(work->arena, 5);
    enum status status = share_list(work, &links);
    table_text_add(table, (const char *const[]){ "NUMBER", "DOCUMENT", "FOR", "TO", "STATE" });
    for (size_t i = 0; status == STATUS_OK && i < links.count; i++) {
        const struct shared_link *link = links.items[i];
        const char *code = NULL, *state = link->withdrawn_at        ? "withdrawn"
                                          : share_holds(work, link) ? "good"
                                                                    : "past";
        status = entity_store_code(work, &document_entity, link->document, &code);
        table_text_add(
            table, (const char *const[]){ arena_format(work->arena, "%lld", (long long)link->id),
                                          code, link->reader, link->valid_to, state });
    }
    return status == STATUS_OK ? table_text_print(work, table) : status;
}

static enum status withdraw(struct work *work, const struct arguments *arguments)
{
    int64_t number = 0;
    if (!slice_integer(slice_of(arguments->words[1]), &number))
        return work_fail(work, STATUS_USAGE,
                         "Name the link by the number that `dueregard share list` shows.");
    return share_withdraw(work, number);
}

static enum status make(struct work *work, const struct command *command,
                        const struct arguments *arguments)
{
    struct settings settings;
    const char *token = NULL;
    struct problems problems = { .arena = work->arena };
    struct share_details details = { arguments->words[1], argument_value(command, arguments, "for"),
                                     argument_value(command, arguments, "to") };
    enum status status = share_make(work, &details, &problems, &token);
    if (status == STATUS_OK && problems.list.count)
        return work_fail(work, STATUS_INPUT, "%s.",
                         ((const struct problem *)problems.list.items[0])->words);
    if (status == STATUS_OK)
        status = workspace_read(work, arguments->folder, &settings);
    if (status != STATUS_OK)
        return status;
    return print_line(work,
                      "Whoever has this link reads the document to the day named, without an "
                      "account:\n%s/shared/%s",
                      workspace_pages(work, &settings), token);
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    const char *verb = arguments->words[0];
    bool has_word = arguments->word_count == 2;
    if (strcmp(verb, "list") == 0 && !has_word)
        return list_links(work);
    if (strcmp(verb, "withdraw") == 0 && has_word)
        return withdraw(work, arguments);
    if (strcmp(verb, "make") == 0 && has_word)
        return make(work, command, arguments);
    return work_fail(work, STATUS_USAGE,
                     "Write `dueregard share list`, `share make DOCUMENT --for "
                     "WHOM --to DATE` or `share withdraw NUMBER`.");
}

const struct command command_share = {
    .name = "share",
    .words = "list | make DOCUMENT | withdraw NUMBER",
    .summary = "links with which people without an account read a frozen document",
    .details = "share make q1 --for \"Unison branch\" --to 2027-03-31\n"
               "share withdraw 3        (the number that `share list` shows)",
    .options = { { "for", "WHOM", "make: who gets the link", false },
                 { "to", "DATE", "make: the last day on which it is good", false } },
    .least_words = 1,
    .most_words = 2,
    .need = NEED_WRITE,
    .right = RIGHT_REPORT_MAKE,
    .run = run,
};
