/* Reads the input as DOCX, whole or as its document (codec_entry.h). */
#include <stddef.h>
#include <stdint.h>

#include "codec_entry.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    codec_entry_docx((struct slice){ (const char *)data, size });
    return 0;
}
