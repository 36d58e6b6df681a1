/* Reads the input as a label of a scorecard. Its words are short UTF-8, the period it names is one
 * that there is, and a label with only that period in it is the same label again. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "service/scorecard_label.h"
#include "base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct slice text = { (const char *)data, size };
    if (!slice_is_utf8(text))
        return 0; /* the reader of tables gives nothing else */
    struct scorecard_label whole = scorecard_label_read(arena, text, true);
    struct scorecard_label label = scorecard_label_read(arena, text, false);
    assert(strlen(label.words) <= SCORECARD_LONGEST_WORDS && slice_is_utf8(slice_of(label.words)));
    assert(whole.time == SCORECARD_NO_TIME || whole.time == label.time);
    if (label.time == SCORECARD_PERIOD) {
        const int most[] = { [PERIOD_HALF] = 2, [PERIOD_QUARTER] = 4, [PERIOD_MONTH] = 12 };
        assert(label.kind != PERIOD_YEAR && label.kind != PERIOD_WEEK);
        assert(label.number >= 1 && label.number <= most[label.kind]);
    }
    return 0;
}
