#include "web/http/accepted.h"

#include "base/banned.h"

/* "q=0", "q=0.0": not at all. */
static bool is_zero(struct slice parameters)
{
    ptrdiff_t at = slice_find(parameters, "q=");
    struct slice weight = at < 0 ? (struct slice){ NULL, 0 }
                                 : slice_trim(slice_from(parameters, (size_t)at + 2));
    for (size_t i = 0; i < weight.length; i++)
        if (weight.start[i] != '0' && weight.start[i] != '.')
            return false;
    return weight.length > 0;
}

bool accepted(struct slice header, const char *encoding)
{
    struct slice rest = header, part = { NULL, 0 }, word = { NULL, 0 };
    while (slice_split(&rest, ',', &part)) {
        if (!slice_split(&part, ';', &word) ||
            !slice_equal_folded(slice_trim(word), slice_of(encoding)))
            continue;
        return !is_zero(part);
    }
    return false;
}
