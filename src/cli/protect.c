/* dueregard protect: what may leave the building, worked out on files, without a workspace. */
#include "cli/protect.h"

#include "base/banned.h"

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    if (!argument_value(command, arguments, "relations"))
        return work_fail(work, STATUS_USAGE, "Say what to protect: --relations FILE.");
    return protect_relations(work, command, arguments);
}

const struct command command_protect = {
    .name = "protect",
    .words = "",
    .summary = "hide what would give a person away, over all linked tables at once",
    .details =
        "The file of --relations holds the numbers of cells and of relations, a value a line, and "
        "a line for\neach relation: how many numbers follow, the total, its parts. One status a "
        "cell is printed, in order:\npublished, primary, secondary or known. Exit code 1: it "
        "cannot be made safe.",
    .options = { { "relations", "FILE", "cells and relations in the plain form", false },
                 { "threshold", "N", "cells from 1 to below N are primary (standard: 10)", false },
                 { "primary", "FILE", "cells that are primary whatever they hold, one a line",
                   false },
                 { "known", "FILE", "cells that are public already, one a line", false },
                 { "zeros", "HOW", "shown (standard), or hidden with the small numbers", false },
                 { "safety", "KIND", "ones (standard), or linear: a weaker reader", false },
                 { "weights", "FILE", "what it costs to hide each cell, one a line", false },
                 { "effort", "N", "how long to look for fewer secondaries (0 to 1000)", false },
                 { "not-for-publication", NULL, "allow thresholds below 5, to try things out",
                   false },
                 { "output", "FILE", "write to FILE (also -o FILE)", false } },
    .most_words = 1,
    .need = NEED_NOTHING,
    .right = RIGHT_PUBLIC,
    .run = run,
};
