/* dueregard protect --percentages: do printed percentages give a count away? */
#include "cli/protect.h"

#include "disclosure/percentages.h"
#include "base/banned.h"

enum { STANDARD_THRESHOLD = 10, MOST_BASE = 10000000 };

enum status protect_percentages(struct work *work, const struct command *command,
                                const struct arguments *arguments)
{
    struct printed_percent printed[PERCENTAGES_MOST];
    struct percentages percentages = { .printed = printed };
    struct percentages_finding finding = { 0 };
    int64_t threshold = STANDARD_THRESHOLD;
    if (!percentages_read(argument_value(command, arguments, "percentages"), printed,
                          &percentages.count))
        return work_fail(work, STATUS_USAGE,
                         "--percentages takes up to %d numbers from 0 to 100, parted by commas, "
                         "with the decimals that are printed.",
                         PERCENTAGES_MOST);
    enum status status = argument_integer(
        work, command, arguments, "threshold",
        (struct argument_range){ 5, MOST_BASE, STANDARD_THRESHOLD }, &threshold);
    if (status == STATUS_OK)
        status = argument_integer(work, command, arguments, "base",
                                  (struct argument_range){ 1, MOST_BASE, 0 }, &percentages.base);
    if (status != STATUS_OK)
        return status;
    if (!percentages_reveal(work->arena, &percentages, threshold, &finding))
        return print_line(work, "These percentages do not tell of a count below %lld.",
                          (long long)threshold);
    return work_fail(work, STATUS_REFUSED, "%s",
                     percentages_words(work->arena, &percentages, &finding));
}
