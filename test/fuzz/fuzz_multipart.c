/* Reads the input as a form with files. */
#include <stddef.h>
#include <stdint.h>

#include "codec_entry.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    codec_entry_multipart((struct slice){ (const char *)data, size });
    return 0;
}
