/* What the files of `dueregard protect` share. */
#ifndef CLI_PROTECT_H
#define CLI_PROTECT_H

#include "cli/command.h"

/* protect --relations FILE: a status for each cell of relations in the plain form. */
MUST_CHECK enum status protect_relations(struct work *work, const struct command *command,
                                         const struct arguments *arguments);

/* protect FILE --tables TABLES: tables of people's records, protected together by a profile. */
MUST_CHECK enum status protect_tables(struct work *work, const struct command *command,
                                      const struct arguments *arguments);

/* protect --percentages LIST: refuses percentages from which a small count can be worked out. */
MUST_CHECK enum status protect_percentages(struct work *work, const struct command *command,
                                           const struct arguments *arguments);

#endif
