#include "codec/csv_delimiter.h"

#include "base/banned.h"

char csv_find_delimiter(struct slice beginning)
{
    static const char delimiters[] = { ',', ';', '\t' };
    size_t counts[sizeof delimiters] = { 0 };
    bool is_quoted = false;
    for (size_t i = 0; i < beginning.length; i++) {
        char byte = beginning.start[i];
        is_quoted ^= byte == '"';
        if (is_quoted)
            continue;
        if ((byte == '\n' || byte == '\r') && counts[0] + counts[1] + counts[2] > 0)
            break;
        for (size_t d = 0; d < sizeof delimiters; d++)
            counts[d] += byte == delimiters[d];
    }
    size_t best = 0;
    for (size_t d = 1; d < sizeof delimiters; d++)
        if (counts[d] > counts[best])
            best = d;
    return delimiters[best];
}
