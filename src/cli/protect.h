/* What the files of `dueregard protect` share. */
#ifndef CLI_PROTECT_H
#define CLI_PROTECT_H

#include "cli/command.h"

/* protect --relations FILE: a status for each cell of relations in the plain form. */
MUST_CHECK enum status protect_relations(struct work *work, const struct command *command,
                                         const struct arguments *arguments);

#endif
