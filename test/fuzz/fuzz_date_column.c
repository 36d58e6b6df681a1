/* Reads the lines of the input as a column of dates. The order is decided for all of them; what it
 * reads exists, is the same on a second reading, and there are as many as the tally says. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "codec/date_column.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice all = { (const char *)data, size }, rest = all, line;
    struct date_tally tally = { .latest_year = 2026 };
    size_t read = 0;
    while (slice_split(&rest, '\n', &line))
        date_tally_add(&tally, line, 1);
    struct date_decision decision = date_tally_decide(&tally);
    for (rest = all; slice_split(&rest, '\n', &line);) {
        struct date date = { 0 }, again = { 0 };
        if (!date_read_as(decision.form, tally.latest_year, line, &date))
            continue;
        read++;
        assert(date_exists(date) && date.year >= 1850 && date.year <= 2199);
        assert(date_read_as(decision.form, tally.latest_year, slice_trim(line), &again) &&
               date_compare(date, again) == 0);
    }
    assert(read == tally.read[decision.form] && decision.unread == tally.filled - read);
    for (int form = 0; form < DATE_FORM_COUNT; form++)
        assert(tally.read[form] <= read);
    return 0;
}
