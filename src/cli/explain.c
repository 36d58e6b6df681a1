/* dueregard explain: how the program reads a target date, how a rating came about, how chances
 * compare. */
#include "cli/explain.h"

#include <string.h>

#include "cli/command.h"
#include "base/banned.h"

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    if (strcmp(arguments->words[0], "target-date") == 0)
        return explain_target_date(work, command, arguments);
    bool is_rating = strcmp(arguments->words[0], "rating") == 0;
    if (is_rating && arguments->word_count > 1)
        return work_fail(work, STATUS_USAGE,
                         "explain rating takes no further word; name the measure with --measure "
                         "%.60s.",
                         arguments->words[1]);
    if (is_rating)
        return explain_rating(work, command, arguments);
    if (strcmp(arguments->words[0], "unit") == 0)
        return explain_unit(work, command, arguments);
    if (strcmp(arguments->words[0], "likelihood") == 0)
        return explain_likelihood(work, command, arguments);
    if (strcmp(arguments->words[0], "deadline") == 0)
        return explain_deadline(work, command, arguments);
    return work_fail(work, STATUS_USAGE,
                     "explain knows target-date, deadline, rating, unit and likelihood, not "
                     "\"%.40s\".",
                     arguments->words[0]);
}

const struct command command_explain = {
    .name = "explain",
    .words = "target-date TEXT | deadline DUTY | rating | unit CODE | likelihood",
    .summary = "how a target date is read, when the law wants something published again, how a "
               "rating came about, what became of a unit, how chances compare",
    .details = "explain target-date \"December 2010 and then annually\" --on 2012-06-30\n"
               "explain deadline information --on 2026-01-12\n"
               "explain rating --measure bame-employees --unit council --period 2012-13-Q1\n"
               "explain rating --value 25 --comparator below --target 25\n"
               "explain unit childrens-families --on 2016-04-01\n"
               "explain likelihood --metric wres-2 --reference 60/240 --group 30/200",
    .options = { { "format", "FORMAT", "text or json", false },
                 { "on", "DATE",
                   "target-date: the day from which the next due date is sought; deadline: of the "
                   "last publication, or the snapshot date; unit: the day",
                   false },
                 { "adopted", "DATE", "target-date: the day the plan was adopted", false },
                 { "measure", "CODE", "rating: of this measure in the workspace", false },
                 { "unit", "CODE", "rating: for this unit (standard: the one with a value)",
                   false },
                 { "period", "PERIOD", "rating: for this period", false },
                 { "workspace", "DIR", "rating: the workspace of the measure", false },
                 { "value", "NUMBER", "rating: the value, without any workspace", false },
                 { "numerator", "NUMBER", "rating: instead of a value", false },
                 { "denominator", "NUMBER", "rating: the base", false },
                 { "target", "NUMBER", "rating: the target", false },
                 { "upper", "NUMBER", "rating: the upper edge of a band", false },
                 { "baseline", "NUMBER", "rating: the baseline of a relative target", false },
                 { "change", "PERCENT", "rating: the change on the baseline", false },
                 { "comparator", "WORD", "at-least, above, at-most, below, between or equal",
                   false },
                 { "points", NULL, "rating: the distance is in points, not relative", false },
                 { "months-gone", "N", "rating: cumulative, with N months of the year gone",
                   false },
                 { "milestone", "STATE", "rating: of a milestone, such as slipped", false },
                 { "metric", "CODE", "likelihood: by this scheme, such as wres-2", false },
                 { "reference", "COUNTS", "likelihood: of the reference group, such as 60/240",
                   false },
                 { "group", "COUNTS", "likelihood: of the other; 9/30,7/28 puts years together",
                   false },
                 { "scale", "CODE", "rating: the scale (standard: five-level)", false } },
    .least_words = 1,
    .most_words = 2,
    .need = NEED_NOTHING,
    .right = RIGHT_READ,
    .run = run,
};
