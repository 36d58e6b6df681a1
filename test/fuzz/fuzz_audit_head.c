/* Reads the input as a line of a file of heads. What is read is printed as it was read, and read as
 * the same again. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "store/audit_head.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct audit_head head, again;
    if (!audit_head_read(arena, (struct slice){ (const char *)data, size }, &head))
        return 0;
    const char *line = audit_head_print(arena, &head);
    bool is_read = audit_head_read(arena, slice_of(line), &again);
    assert(is_read && again.event == head.event && strcmp(again.hash, head.hash) == 0 &&
           strcmp(again.at, head.at) == 0 && strcmp(again.signature, head.signature) == 0);
    return 0;
}
