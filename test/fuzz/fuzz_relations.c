/* Reads the input as cells and relations. What is read is protected with zeros shown and hidden;
 * whatever comes out of it was proved by the audit. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "disclosure/suppression.h"

#include "base/banned.h"

enum { INPUT_MOST = 1 << 12, CELLS_MOST = 200 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void protect(struct work *work, const struct relations *relations, bool shows_zeros)
{
    struct suppression_options options = {
        .threshold = 10, .shows_zeros = shows_zeros, .safety = SAFETY_JOINT, .effort = 1
    };
    struct suppression suppression;
    unsigned char *statuses = arena_take(work->arena, (size_t)relations->cell_count);
    enum status status = suppression_run(work, relations, &options, statuses, &suppression);
    assert(status == STATUS_OK || (status == STATUS_REFUSED && work->error[0]));
    if (status == STATUS_OK)
        assert(suppression.audit.exposed_primaries == 0 &&
               suppression.audit.exposed_secondaries == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2012-08-24T09:00:00Z", .user = "fuzz" };
    struct relations *relations = NULL;
    if (size > INPUT_MOST)
        return 0;
    enum status status = relations_read_plain(
        &work, "input", (struct slice){ (const char *)data, size }, &relations);
    assert(status == STATUS_OK || (status == work.status && work.error[0]));
    if (status != STATUS_OK || relations->cell_count > CELLS_MOST)
        return 0;
    protect(&work, relations, true);
    work_forget(&work);
    protect(&work, relations, false);
    return 0;
}
