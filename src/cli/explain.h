/* The things that `dueregard explain` explains. */
#ifndef CLI_EXPLAIN_H
#define CLI_EXPLAIN_H

#include "cli/command.h"

MUST_CHECK enum status explain_deadline(struct work *work, const struct command *command,
                                        const struct arguments *arguments);
MUST_CHECK enum status explain_target_date(struct work *work, const struct command *command,
                                           const struct arguments *arguments);
MUST_CHECK enum status explain_rating(struct work *work, const struct command *command,
                                      const struct arguments *arguments);
MUST_CHECK enum status explain_unit(struct work *work, const struct command *command,
                                    const struct arguments *arguments);
MUST_CHECK enum status explain_likelihood(struct work *work, const struct command *command,
                                          const struct arguments *arguments);

#endif
