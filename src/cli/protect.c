/* dueregard protect: what may leave the building, worked out on files, without a workspace. */
#include "cli/protect.h"

#include "base/banned.h"

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    if (argument_value(command, arguments, "relations"))
        return protect_relations(work, command, arguments);
    if (argument_value(command, arguments, "percentages"))
        return protect_percentages(work, command, arguments);
    if (arguments->word_count)
        return protect_tables(work, command, arguments);
    return work_fail(work, STATUS_USAGE,
                     "Say what to protect: FILE --tables TABLES, --relations FILE, or "
                     "--percentages LIST.");
}

const struct command command_protect = {
    .name = "protect",
    .words = "[FILE]",
    .summary = "hide what would give a person away, over all linked tables at once",
    .details =
        "protect FILE --tables TABLES counts people's records (a row a person) as `cube` does and "
        "gives protected tables. What `cube --format csv` printed will do too, if one of its "
        "tables "
        "crosses all variables; FILE may be - for standard input. TABLES is a CSV with the "
        "headings table,variables,levels: "
        "variables are columns joined by *, a hierarchy is Department/Division. What is hidden is "
        "marked [c]; a report tells why.\n\nprotect --relations FILE takes cells and sums in the "
        "plain form and prints a status for each cell: published, primary, secondary or known.\n\n"
        "Exit code 1: it cannot be made safe, and nothing was given out.",
    .options = { { "tables", "FILE", "which tables to count and protect together", false },
                 { "profile", "NAME", "rules/disclosure has them (standard: public)", false },
                 { "column", "NAME=HEADING", "what a name in the tables means: sex=Gender", true },
                 { "sheet", "NAME", "the sheet of a spreadsheet (standard: the first)", false },
                 { "counts", "COLUMN", "rows are groups; this column has their number of people",
                   false },
                 { "amount", "COLUMN", "also give means and medians of this column, such as pay",
                   false },
                 { "secret", "FILE", "cell keys: 64 hexadecimal digits, never published", false },
                 { "person", "COLUMN", "cell keys: what identifies a person", false },
                 { "noise", "FILE", "cell keys: a table pcv,ckey,pvalue of your own", false },
                 { "format", "FORMAT", "csv (standard), ods or json", false },
                 { "report", "FILE", "the report into FILE, not on standard error", false },
                 { "restricted", NULL, "for the restricted role: allow the profile internal",
                   false },
                 { "relations", "FILE", "cells and relations in the plain form", false },
                 { "threshold", "N", "hide counts below N (standard: 10, or the profile's)",
                   false },
                 { "primary", "FILE", "cells that are primary whatever they hold, one a line",
                   false },
                 { "known", "FILE", "cells that are public already, one a line", false },
                 { "zeros", "HOW", "shown (standard), or hidden with the small numbers", false },
                 { "safety", "KIND", "joint (standard), ones or linear: weaker readers", false },
                 { "weights", "FILE", "what it costs to hide each cell, one a line", false },
                 { "effort", "N", "how long to look for fewer secondaries (0 to 1000)", false },
                 { "percentages", "LIST", "refuse percentages that tell of a small count", false },
                 { "base", "N", "what the percentages are of, if a reader knows it", false },
                 { "not-for-publication", NULL, "allow thresholds below 5, to try things out",
                   false },
                 { "quiet", NULL, "no report on standard error", false },
                 { "output", "FILE", "write to FILE (also -o FILE)", false } },
    .most_words = COMMAND_MOST_WORDS,
    .need = NEED_NOTHING,
    .right = RIGHT_PUBLIC,
    .run = run,
};
