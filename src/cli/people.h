/* What the commands that read people have in common. */
#ifndef CLI_PEOPLE_H
#define CLI_PEOPLE_H

#include "cli/command.h"
#include "service/people.h"
#include "service/sealed_people.h"

/* Option rows of every command that reads files of people, and of those that take a sealed snapshot
 * instead. */
#define PEOPLE_FILE_OPTIONS                                                                        \
    { "column", "ROLE=HEADING", "what a column is: ethnicity, pay, unit, weight …", true },        \
        { "map", "MAP", "what labels stand for: column,label,list,code", false },                  \
        { "sheet", "NAME", "the sheet of a spreadsheet (else the one with the table)", false },    \
    {                                                                                              \
        "on", "DATE", "keeps the rows in force on that day", false                                 \
    }
#define PEOPLE_SOURCE_OPTIONS                                                                      \
    { "snapshot", "CODE", "the people of a sealed snapshot instead of files", false },             \
        PEOPLE_FILE_OPTIONS

/* Reads --map, --column, --sheet, --on and --since, those that the command has; `labels` gets the
 * rules, what the open workspace has confirmed, and the map. */
MUST_CHECK enum status people_arguments(struct work *work, const struct command *command,
                                        const struct arguments *arguments,
                                        struct people_labels *labels,
                                        struct people_options *out_options);

/* Says the first problems on standard error, at most `most`, one sentence each: the file, the
 * place, what is wrong. Gives how many. */
size_t people_tell_problems(const struct problems *problems, size_t most);

/* People of files, or of the snapshot that --snapshot names. It must begin as { 0 }. */
struct people_source {
    struct people read; /* of files */
    struct sealed_people sealed;
    const struct people *people; /* the one or the other */
    const char *names;           /* of the files, or the snapshot's title */
};

/* Opens the workspace where a snapshot is named, for labels that it has confirmed and for its
 * people; then as people_arguments and people_read. */
MUST_CHECK enum status people_source_read(struct work *work, const struct command *command,
                                          const struct arguments *arguments,
                                          struct people_labels *labels,
                                          struct people_options *options,
                                          struct people_source *out_source);
void people_source_close(struct people_source *source);
#define CLEANUP_PEOPLE_SOURCE __attribute__((cleanup(people_source_close)))

#endif
