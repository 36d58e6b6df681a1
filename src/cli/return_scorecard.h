/* dueregard return scorecard: fills a return from the directorate's own scorecard. */
#ifndef CLI_RETURN_SCORECARD_H
#define CLI_RETURN_SCORECARD_H

#include "cli/command.h"

/* Fills the return of that code from the file that the arguments name, when all of it is understood
 * or --save is given; else tells what is not, STATUS_FINDINGS, with proposals in the file of -o. */
MUST_CHECK enum status return_scorecard_run(struct work *work, const struct command *command,
                                            const struct arguments *arguments, const char *code);

#endif
