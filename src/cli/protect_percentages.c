/* dueregard protect --percentages: do printed percentages give a count away? */
#include "cli/protect.h"

#include "base/arena.h"
#include "base/number.h"
#include "disclosure/percentages.h"
#include "base/banned.h"

enum { STANDARD_THRESHOLD = 10, MOST_BASE = 10000000 };

static enum status read_percentages(struct work *work, const char *list,
                                    struct printed_percent *printed, size_t *out_count)
{
    struct slice rest = slice_of(list), word;
    size_t count = 0;
    while (slice_split(&rest, ',', &word)) {
        struct printed_percent *percent = &printed[count];
        word = slice_trim(word);
        if (slice_ends(word, "%"))
            word = slice_first(word, word.length - 1);
        if (count == PERCENTAGES_MOST ||
            !number_read(slice_trim(word), &percent->percent, &percent->decimals) ||
            percent->percent < 0 || percent->percent > 100 * NUMBER_ONE)
            return work_fail(
                work, STATUS_USAGE,
                "--percentages takes up to %d numbers from 0 to 100, parted by commas, "
                "with the decimals that are printed.",
                PERCENTAGES_MOST);
        count++;
    }
    *out_count = count;
    return STATUS_OK;
}

enum status protect_percentages(struct work *work, const struct command *command,
                                const struct arguments *arguments)
{
    struct printed_percent printed[PERCENTAGES_MOST];
    struct percentages percentages = { .printed = printed };
    struct percentages_finding finding = { 0 };
    int64_t threshold = STANDARD_THRESHOLD;
    enum status status = read_percentages(work, argument_value(command, arguments, "percentages"),
                                          printed, &percentages.count);
    if (status == STATUS_OK)
        status = argument_integer(work, command, arguments, "threshold",
                                  (struct argument_range){ 5, MOST_BASE, STANDARD_THRESHOLD },
                                  &threshold);
    if (status == STATUS_OK)
        status = argument_integer(work, command, arguments, "base",
                                  (struct argument_range){ 1, MOST_BASE, 0 }, &percentages.base);
    if (status != STATUS_OK)
        return status;
    if (!percentages_reveal(work->arena, &percentages, threshold, &finding))
        return print_line(work, "These percentages do not tell of a count below %lld.",
                          (long long)threshold);
    const struct printed_percent *worst = &printed[finding.which];
    const char *words = number_print(work->arena, worst->percent, worst->decimals);
    const char *of = finding.is_half_posts ? (finding.count == 1 ? "half post" : "half posts")
                                           : (finding.count == 1 ? "person" : "people");
    if (percentages.base)
        return work_fail(work, STATUS_REFUSED,
                         "Of %lld, %s%% tells of %lld %s, or of all but so many.",
                         (long long)finding.base, words, (long long)finding.count, of);
    return work_fail(work, STATUS_REFUSED,
                     "Only %lld of the bases from 1 to %d fit, the smallest being %lld; of it, "
                     "%s%% are %lld %s, or all but so many. Print whole per cent made from "
                     "rounded counts.",
                     (long long)finding.bases, PERCENTAGES_LARGEST_BASE, (long long)finding.base,
                     words, (long long)finding.count, of);
}
