/* Reads the input as CSV in whatever encoding it seems to have; its rows go round through our
 * writer. */
#include <stddef.h>
#include <stdint.h>

#include "codec_entry.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    codec_entry_csv((struct slice){ (const char *)data, size });
    return 0;
}
