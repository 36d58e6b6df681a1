/* Reads the arguments by the command's row, opens what the row says it needs, runs it. */
#include "cli/command.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/period.h"
#include "cli/terminal.h"
#include "service/account.h"
#include "service/workspace.h"
#include "base/banned.h"

enum { USER_LENGTH = 200 };

static int option_index(const struct command *command, struct slice name)
{
    for (int i = 0; i < COMMAND_MOST_OPTIONS && command->options[i].name; i++)
        if (slice_is(name, command->options[i].name))
            return i;
    return -1;
}

const char *argument_value(const struct command *command, const struct arguments *arguments,
                           const char *name)
{
    int index = option_index(command, slice_of(name));
    return index < 0 ? NULL : arguments->values[index];
}

size_t argument_repeated(const struct command *command, const struct arguments *arguments,
                         const char *name, const char *out_values[COMMAND_MOST_REPEATED])
{
    size_t count = 0;
    int index = option_index(command, slice_of(name));
    for (size_t i = 0; i < arguments->repeated_count; i++)
        if (arguments->repeated[i].option == index)
            out_values[count++] = arguments->repeated[i].value;
    return count;
}

enum status argument_integer(struct work *work, const struct command *command,
                             const struct arguments *arguments, const char *name,
                             struct argument_range range, int64_t *out_number)
{
    const char *value = argument_value(command, arguments, name);
    int64_t number = range.standard;
    if (value &&
        (!slice_integer(slice_of(value), &number) || number < range.least || number > range.most))
        return work_fail(work, STATUS_USAGE, "--%s is a whole number from %lld to %lld.", name,
                         (long long)range.least, (long long)range.most);
    *out_number = number;
    return STATUS_OK;
}

enum status argument_period(struct work *work, const struct command *command,
                            const struct arguments *arguments, const char **out_period)
{
    struct period period;
    const char *value = argument_value(command, arguments, "period");
    if (!value)
        return work_fail(work, STATUS_USAGE, "Say which period: --period 2012-13-Q1.");
    if (!period_read_worded(slice_of(value), &period))
        return work_fail(work, STATUS_USAGE,
                         "\"%.40s\" is not a period; write 2012-13, 2012-13-Q1 or 2012-04.", value);
    *out_period = period_print(work->arena, period);
    return STATUS_OK;
}

enum status argument_format(struct work *work, const struct command *command,
                            const struct arguments *arguments, enum command_format *out_format)
{
    static const char *const names[] = { "text", "json", "csv" };
    const char *value = argument_value(command, arguments, "format");
    for (size_t i = 0; value && i < sizeof names / sizeof *names; i++)
        if (strcmp(value, names[i]) == 0) {
            *out_format = (enum command_format)i;
            return STATUS_OK;
        }
    if (value)
        return work_fail(work, STATUS_USAGE, "--format is text, json or csv, not \"%.40s\".",
                         value);
    *out_format = FORMAT_TEXT;
    return STATUS_OK;
}

/* Lines that end where they do, such as examples; the longer ones wrapped. */
static enum status print_details(struct work *work, const char *details)
{
    struct slice rest = slice_of(details), line;
    enum status status = print_line(work, "%s", "");
    while (status == STATUS_OK && slice_split(&rest, '\n', &line)) {
        const char *words = slice_copy(work->arena, line);
        status = print_width(line) > terminal_width() ? print_wrapped(work, "", words)
                                                      : print_line(work, "%s", words);
    }
    return status;
}

static enum status print_option(struct work *work, const struct command_option *option)
{
    const char *name = arena_format(work->arena, "--%s%s%s", option->name, option->value ? " " : "",
                                    option->value ? option->value : "");
    return print_wrapped(work, arena_format(work->arena, "  %-28s ", name), option->help);
}

static enum status print_options(struct work *work, const struct command *command)
{
    static const struct command_option common[] = {
        { "workspace", "DIR", "the workspace (else DUEREGARD_WORKSPACE, else this folder)", false },
        { "as", "ACCOUNT", "with the rights of that account and no others", false },
        { "help", NULL, "this page", false },
    };
    enum status status = print_line(work, "\nOptions:");
    for (int i = 0; i < COMMAND_MOST_OPTIONS && command->options[i].name; i++)
        if (status == STATUS_OK)
            status = print_option(work, &command->options[i]);
    for (size_t i = command->need == NEED_NOTHING; i < sizeof common / sizeof *common; i++)
        if (status == STATUS_OK)
            status = print_option(work, &common[i]);
    return status;
}

static enum status print_help(struct work *work, const struct command *command)
{
    enum status status = print_wrapped(work, "dueregard ",
                                       arena_format(work->arena, "%s%s%s [OPTIONS]", command->name,
                                                    *command->words ? " " : "", command->words));
    if (status == STATUS_OK)
        status = print_line(work, "%s", "");
    if (status == STATUS_OK)
        status = print_wrapped(work, "", command->summary);
    if (status == STATUS_OK && command->details)
        status = print_details(work, command->details);
    if (status == STATUS_OK && command->listed) {
        status = print_line(work, "%s", "");
        if (status == STATUS_OK)
            status = print_wrapped(work, "", command->listed(work->arena));
    }
    if (status == STATUS_OK)
        status = print_options(work, command);
    return status == STATUS_OK
               ? print_line(work, "\nNeeds the right: %s", permission_rights[command->right].code)
               : status;
}

static enum status print_overview(struct work *work, const struct command *const *commands,
                                  size_t count)
{
    enum status status = print_line(work, "dueregard " VERSION
                                          ": runs a public authority's equality duty\n\n"
                                          "dueregard COMMAND [WORDS] [OPTIONS]\n\nCommands:");
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = print_wrapped(work, arena_format(work->arena, "  %-12s ", commands[i]->name),
                               commands[i]->summary);
    return status == STATUS_OK
               ? print_line(work, "\n`dueregard COMMAND --help` tells more of one.\n"
                                  "Exit codes: 0 done, 1 findings or refused, 2 wrong use, 3 bad "
                                  "input, 4 storage.")
               : status;
}

static enum status take_option(struct work *work, const struct command *command, struct slice name,
                               const char *value, struct arguments *arguments)
{
    int index = option_index(command, name);
    if (slice_is(name, "workspace") && command->need != NEED_NOTHING) {
        arguments->folder = value;
        return STATUS_OK;
    }
    if (slice_is(name, "as")) {
        arguments->account = value;
        return STATUS_OK;
    }
    assert(index >= 0); /* read_option has refused what is no option */
    if (command->options[index].repeated) {
        if (arguments->repeated_count == COMMAND_MOST_REPEATED)
            return work_fail(work, STATUS_USAGE, "--%s can stand %d times at most.",
                             command->options[index].name, COMMAND_MOST_REPEATED);
        arguments->repeated[arguments->repeated_count].option = index;
        arguments->repeated[arguments->repeated_count++].value = value;
        return STATUS_OK;
    }
    arguments->values[index] = value;
    return STATUS_OK;
}

/* --name, --name VALUE, --name=VALUE and -o VALUE. */
static enum status read_option(struct work *work, const struct command *command, int argc,
                               char **argv, int *at, struct arguments *arguments)
{
    const char *word = argv[*at];
    struct slice rest = slice_of(strcmp(word, "-o") == 0 ? "output" : word + 2), name;
    (void)slice_split(&rest, '=', &name);
    int index = option_index(command, name);
    bool is_common = slice_is(name, "as") ||
                     (slice_is(name, "workspace") && command->need != NEED_NOTHING);
    if (index < 0 && !is_common)
        return work_fail(work, STATUS_USAGE, "%s has no option %.60s; see `dueregard %s --help`.",
                         command->name, word, command->name);
    bool wants = is_common || command->options[index].value;
    if (!wants && rest.start)
        return work_fail(work, STATUS_USAGE, "--%.*s takes no value.", (int)name.length,
                         name.start);
    const char *value = "";
    if (wants && rest.start)
        value = rest.start;
    else if (wants && *at + 1 < argc)
        value = argv[++*at];
    else if (wants)
        return work_fail(work, STATUS_USAGE, "--%.*s needs a value.", (int)name.length, name.start);
    return take_option(work, command, name, value, arguments);
}

static enum status read_arguments(struct work *work, const struct command *command, int argc,
                                  char **argv, struct arguments *arguments)
{
    const char *folder = getenv("DUEREGARD_WORKSPACE");
    bool only_words = false;
    arguments->folder = folder && *folder ? folder : ".";
    for (int i = 2; i < argc; i++) {
        bool option = !only_words && (strncmp(argv[i], "--", 2) == 0 || strcmp(argv[i], "-o") == 0);
        if (option && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (option) {
            enum status status = read_option(work, command, argc, argv, &i, arguments);
            if (status != STATUS_OK)
                return status;
        } else if (arguments->word_count < command->most_words) {
            arguments->words[arguments->word_count++] = argv[i];
        } else {
            return work_fail(work, STATUS_USAGE, "%s does not know what to do with \"%.60s\".",
                             command->name, argv[i]);
        }
    }
    if (arguments->word_count < command->least_words)
        return work_fail(work, STATUS_USAGE, "Write `dueregard %s %s`.%s%s", command->name,
                         command->words, command->listed ? " " : "",
                         command->listed ? command->listed(work->arena) : "");
    return STATUS_OK;
}

static enum status open_needed(struct work *work, const struct command *command,
                               const struct arguments *arguments)
{
    struct settings settings;
    switch (command->need) {
    case NEED_NOTHING:
    case NEED_ITSELF:
        return STATUS_OK;
    case NEED_WORKSPACE:
        return workspace_read(work, arguments->folder, &settings);
    case NEED_READ:
        return workspace_open(work, arguments->folder, STORE_READ);
    case NEED_WRITE:
        break;
    }
    return workspace_open(work, arguments->folder, STORE_WRITE);
}

/* Loads the account of --as from the workspace, with a store of its own. */
static enum status load_actor(struct work *work, const struct arguments *arguments,
                              struct actor *actor)
{
    struct account account;
    struct work asking = { .arena = work->arena, .now = work->now, .user = work->user };
    enum status status = workspace_open(&asking, arguments->folder, STORE_READ);
    if (status == STATUS_OK)
        status = account_find(&asking, arguments->account, &account);
    if (status == STATUS_OK && strcmp(account.status, "open") != 0)
        status = work_fail(&asking, STATUS_REFUSED, "The account \"%.60s\" is closed.",
                           arguments->account);
    if (status == STATUS_OK) {
        *actor = (struct actor){ .account = account.id,
                                 .session = INTEGER_MISSING,
                                 .code = account.code,
                                 .name = account.name };
        status = permission_load(&asking, account.id, actor);
    }
    store_close(&asking);
    return status == STATUS_OK ? status : work_fail(work, status, "%s", asking.error);
}

/* On whose behalf the command runs, and whether they may. */
static enum status admit(struct work *work, const struct command *command,
                         const struct arguments *arguments)
{
    struct actor *actor = arena_new_of(work->arena, struct actor);
    work->actor = &permission_owner;
    if (!arguments->account)
        return STATUS_OK;
    enum status status = load_actor(work, arguments, actor);
    if (status != STATUS_OK)
        return status;
    work->actor = actor;
    work->user = actor->code;
    if (permission_has(work, command->right))
        return STATUS_OK;
    return work_fail(work, STATUS_REFUSED, "\"%.60s\" may not: this needs the right \"%s\".",
                     arguments->account, permission_rights[command->right].title);
}

static int run_command(const struct command *command, int argc, char **argv)
{
    const char *user = getenv("USER");
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = work_clock(arena) };
    struct arguments arguments = { 0 };
    work.user = arena_format(arena, "%.*s", USER_LENGTH,
                             user && *user ? user : WORDS("command line"));
    arguments.rest = argv + 2;
    enum status status = command->passes_on
                             ? STATUS_OK
                             : read_arguments(&work, command, argc, argv, &arguments);
    if (status == STATUS_OK)
        status = admit(&work, command, &arguments);
    if (status == STATUS_OK)
        status = open_needed(&work, command, &arguments);
    if (status == STATUS_OK)
        status = command->run(&work, command, &arguments);
    store_close(&work);
    if (fflush(stdout) != 0 && (status == STATUS_OK || status == STATUS_FINDINGS))
        status = work_fail(&work, STATUS_STORAGE, "The output could not be written: %s.",
                           strerror(errno));
    if (work.error[0])
        fprintf(stderr, "dueregard: %s\n", work.error);
    return status_exit_code(status);
}

int command_main(const struct command *const *commands, size_t count, int argc, char **argv)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        enum status status = print_overview(&work, commands, count);
        return status_exit_code(argc < 2 ? STATUS_USAGE : status);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("dueregard " VERSION "\n");
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (strcmp(argv[1], commands[i]->name) != 0)
            continue;
        bool reads = !commands[i]->passes_on;
        for (int j = 2; reads && j < argc && strcmp(argv[j], "--") != 0; j++)
            if (strcmp(argv[j], "--help") == 0)
                return status_exit_code(print_help(&work, commands[i]));
        return run_command(commands[i], argc, argv);
    }
    fprintf(stderr, "dueregard: There is no command \"%.60s\"; see `dueregard --help`.\n", argv[1]);
    return status_exit_code(STATUS_USAGE);
}
