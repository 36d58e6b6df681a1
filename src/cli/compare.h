/* What `dueregard compare` compares with: a benchmark, or groups with each other by an outcome. */
#ifndef CLI_COMPARE_H
#define CLI_COMPARE_H

#include "cli/command.h"
#include "service/people.h"

/* An extract that has been read, and how the answer is wanted. */
struct compare_job {
    const struct command *command;
    const struct arguments *arguments;
    struct people_labels *labels;
    const struct people *people;
    const struct snapshot_people *snapshot; /* whose they are; NULL: of files */
    enum command_format format;
};

MUST_CHECK enum status compare_with_benchmark(struct work *work, const struct compare_job *job,
                                              const char *benchmark);
MUST_CHECK enum status compare_by_outcome(struct work *work, const struct compare_job *job,
                                          const char *outcome);

#endif
