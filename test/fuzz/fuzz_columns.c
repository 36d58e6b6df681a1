/* Reads the input as a table of people in every way that there is; all give the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "columns_entry.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    columns_entry_bytes((struct slice){ (const char *)data, size });
    return 0;
}
