/* dueregard compare: people against a benchmark, or groups against each other by an outcome. */
#include "cli/compare.h"

#include "base/arena.h"
#include "cli/people.h"
#include "base/banned.h"

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    struct people_labels labels;
    struct people_options options = { 0 };
    CLEANUP_PEOPLE_SOURCE struct people_source source = { 0 };
    struct compare_job job = { command, arguments, &labels, NULL, NULL, FORMAT_TEXT };
    const char *benchmark = argument_value(command, arguments, "benchmark");
    const char *outcome = argument_value(command, arguments, "outcome");
    enum status status = argument_format(work, command, arguments, &job.format);
    if (status != STATUS_OK)
        return status;
    const char *cases = argument_value(command, arguments, "cases");
    if ((benchmark != NULL) + (outcome != NULL) + (cases != NULL) != 1)
        return work_fail(work, STATUS_USAGE,
                         "compare wants --benchmark CENSUS, --outcome COLUMN=VALUE or --cases "
                         "FILE; see `dueregard compare --help`.");
    status = people_source_read(work, command, arguments, &labels, &options, &source);
    if (status != STATUS_OK)
        return status;
    job.people = source.people;
    job.snapshot = source.sealed.snapshot;
    return benchmark ? compare_with_benchmark(work, &job, benchmark)
                     : compare_by_outcome(work, &job, outcome);
}

const struct command command_compare = {
    .name = "compare",
    .words = "FILE… | --snapshot CODE",
    .summary = "people against a census, or groups by an outcome, with intervals; unprotected",
    .details =
        "compare people.csv --benchmark harrow-2011 --unit Directorate\n"
        "compare people.csv --benchmark census.csv        columns: list, group, percent or count\n"
        "compare applicants.csv --by ethnicity --among Shortlisted=Yes --outcome Appointed=Yes \\\n"
        "        --metric wres-2 --groups binary\n"
        "compare staff.csv --by ethnicity --groups binary --cases cases.csv \\\n"
        "        --cases-where Type=Disciplinary --metric wres-3\n"
        "compare survey.csv --by disability --outcome \"Agree=Agree|Strongly agree\"",
    .options = { PEOPLE_SOURCE_OPTIONS,
                 { "benchmark", "CENSUS", "a file, or a name of rules/benchmarks.csv", false },
                 { "unit", "COLUMN", "benchmark: also per unit, as Department/Division", true },
                 { "outcome", "COLUMN=VALUE", "who met with the event; VALUE|VALUE for any of them",
                   false },
                 { "cases", "FILE",
                   "the outcome is to have a row in this file, by employee's number", false },
                 { "cases-where", "COLUMN=VALUE", "cases: such rows alone, as Type=Disciplinary",
                   false },
                 { "trained", "WHO",
                   "cases: trainings completed, by new starters within eight weeks "
                   "(starters) or by all within two years (refresher)",
                   false },
                 { "period", "PERIOD", "trained: the period that is reported on", false },
                 { "among", "COLUMN=VALUE", "outcome: of whom (standard: of everybody)", false },
                 { "by", "ROLE", "outcome: sex (standard), ethnicity, disability, religion …",
                   false },
                 { "groups", "HOW", "outcome: ethnic groups broad, by category or binary", false },
                 { "metric", "CODE", "outcome: the direction of a scheme, such as wres-2", false },
                 { "format", "FORMAT", "text, json or csv", false } },
    .least_words = 0,
    .most_words = COMMAND_MOST_WORDS,
    .need = NEED_ITSELF,
    .right = RIGHT_PUBLIC,
    .run = run,
};
