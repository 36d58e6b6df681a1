/* Reads the input as an extract of people in both ways that there are; they give the same. */
#include <stddef.h>
#include <stdint.h>

#include "people_entry.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    people_entry_bytes((struct slice){ (const char *)data, size });
    return 0;
}
