/* What the commands that read people have in common. */
#ifndef CLI_PEOPLE_H
#define CLI_PEOPLE_H

#include "cli/command.h"
#include "service/people.h"

/* Reads --map, --column, --sheet, --on and --since, those that the command has; `labels` gets the
 * rules, what the open workspace has confirmed, and the map. */
MUST_CHECK enum status people_arguments(struct work *work, const struct command *command,
                                        const struct arguments *arguments,
                                        struct people_labels *labels,
                                        struct people_options *out_options);

#endif
