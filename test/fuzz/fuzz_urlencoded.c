/* Reads the input as a form; what is read goes round through our writer. */
#include <stddef.h>
#include <stdint.h>

#include "codec_entry.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    codec_entry_urlencoded((struct slice){ (const char *)data, size });
    return 0;
}
