#include "base/embedded.h"

#include <string.h>

#include "base/banned.h"

bool embedded_find(const char *name, struct slice *out_bytes)
{
    size_t low = 0, high = embedded_file_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(name, embedded_files[middle].name);
        if (order == 0) {
            *out_bytes = (struct slice){ (const char *)embedded_files[middle].bytes,
                                         embedded_files[middle].size };
            return true;
        }
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}

const struct embedded_file *embedded_next(const char *prefix, size_t *index)
{
    for (; *index < embedded_file_count; (*index)++)
        if (slice_starts(slice_of(embedded_files[*index].name), prefix))
            return &embedded_files[(*index)++];
    return NULL;
}
