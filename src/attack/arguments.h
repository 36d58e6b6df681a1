/* The words that dueregard-attack is called with. */
#ifndef ATTACK_ARGUMENTS_H
#define ATTACK_ARGUMENTS_H

#include "attack/attack.h"
#include "attack/differences.h"
#include "attack/relation_file.h"
#include "attack/report.h"

struct arguments {
    const char *relations, *pattern;
    struct table_argument { /* files of published tables, and what is said of each */
        const char *path, *population, *period;
    } * tables;
    size_t table_count;
    const char *population, *period; /* of the files that follow */
    struct differences differences;
    const char **hierarchies; /* "variable=FILE" */
    size_t hierarchy_count;
    const char *profile; /* whose rule fills in what the words do not say; or NULL */
    const char *zeros;   /* "shown", "hidden" or NULL: as the pattern shows */
    struct publication publication;
    struct attack_options options;
    enum report_format format;
    bool wants_help;
};

/* Reads the words; a failure is STATUS_USAGE with a sentence. */
MUST_CHECK enum status arguments_read(struct work *work, int count, char **words,
                                      struct arguments *out_arguments);
/* The page of --help. */
const char *arguments_help(struct arena *arena);

#endif
