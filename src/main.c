/* THE table of commands. */
#include "cli/command.h"

#include <sodium.h>
#include <stdio.h>

#include "base/banned.h"

static const struct command *const commands[] = {
    &command_init,
    &command_demo,
    &command_import,
    &command_export,
    &command_check,
    &command_explain,
    &command_migrate,
    &command_audit,
};

int main(int argc, char **argv)
{
    if (sodium_init() < 0) {
        fprintf(stderr, "dueregard: The cryptographic library could not be started.\n");
        return status_exit_code(STATUS_STORAGE);
    }
    return command_main(commands, sizeof commands / sizeof *commands, argc, argv);
}
