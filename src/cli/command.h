/* A command of the program: one row, one file. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "base/work.h"
#include "cli/print.h"
#include "service/permission.h"
#include "store/store.h"

enum { COMMAND_MOST_OPTIONS = 26, COMMAND_MOST_WORDS = 32, COMMAND_MOST_REPEATED = 64 };

struct command_option {
    const char *name;  /* --name */
    const char *value; /* what its value is called in the help; NULL: it takes none */
    const char *help;
    bool repeated; /* may stand several times */
};

enum command_need {
    NEED_NOTHING,   /* works without a workspace */
    NEED_ITSELF,    /* opens a workspace itself, where it needs one */
    NEED_WORKSPACE, /* reads the workspace's settings, opens no database */
    NEED_READ,      /* opens the database for reading */
    NEED_WRITE,     /* opens the database for writing */
};

enum command_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

/* What was written after the program's name. */
struct arguments {
    const char *words[COMMAND_MOST_WORDS]; /* beside the options */
    size_t word_count;
    const char *folder;                       /* --workspace, DUEREGARD_WORKSPACE or "." */
    const char *account;                      /* --as; NULL: the workspace's owner asks */
    const char *values[COMMAND_MOST_OPTIONS]; /* by the command's option rows; "" for a bare flag */
    struct {
        int option; /* its place among the command's rows */
        const char *value;
    } repeated[COMMAND_MOST_REPEATED]; /* options that may stand several times, in order */
    size_t repeated_count;
    char **rest; /* of a command that passes its words on: all of them, ended by NULL */
};

struct command {
    const char *name, *words, *summary; /* words: "KIND FILE", as in the help */
    const char *details;                /* further lines of the help, or NULL */
    /* A sentence that lists what the first word can be, where that is a table's; or NULL. */
    const char *(*listed)(struct arena *arena);
    struct command_option options[COMMAND_MOST_OPTIONS];
    size_t least_words, most_words;
    enum command_need need;
    enum right right; /* who may, where --as names an account; without it the owner asks */
    bool passes_on;   /* another program reads the words, --help among them */
    enum status (*run)(struct work *work, const struct command *command,
                       const struct arguments *arguments);
};

/* The value of an option, or NULL when it was not given. */
const char *argument_value(const struct command *command, const struct arguments *arguments,
                           const char *name);
/* The values of an option that may stand several times, in order; gives their count. */
size_t argument_repeated(const struct command *command, const struct arguments *arguments,
                         const char *name, const char *out_values[COMMAND_MOST_REPEATED]);
struct argument_range {
    int64_t least, most, standard; /* standard: when it was not given */
};

/* The same as a whole number in a range. */
MUST_CHECK enum status argument_integer(struct work *work, const struct command *command,
                                        const struct arguments *arguments, const char *name,
                                        struct argument_range range, int64_t *out_number);
/* The period of --period, read in any usual form and given back in the notation. */
MUST_CHECK enum status argument_period(struct work *work, const struct command *command,
                                       const struct arguments *arguments, const char **out_period);

/* The format of --format: text (also when it was not given), json or csv. */
MUST_CHECK enum status argument_format(struct work *work, const struct command *command,
                                       const struct arguments *arguments,
                                       enum command_format *out_format);

/* Runs the command that the program was called with; gives the exit code. */
int command_main(const struct command *const *commands, size_t count, int argc, char **argv);

extern const struct command command_init, command_demo, command_import, command_export,
    command_check, command_report, command_explain, command_where_used, command_move,
    command_migrate, command_backup, command_restore, command_audit, command_account, command_share,
    command_attack, command_ledger, command_people, command_return, command_digest, command_protect,
    command_snapshot, command_paygap, command_cube, command_compare, command_search, command_token,
    command_roll_over, command_handover;

#endif
