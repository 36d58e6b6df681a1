/* Reads the input as released tables. What is read prints as JSON that reads as the same, no hidden
 * figure has a number, and a chart of it is drawn or left out. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "document/released_chart.h"

#include "base/banned.h"

enum { INPUT_MOST = 1 << 14, CHART_MOST = 1 << 20 };

static void check_table(struct work *work, const struct released_table *table)
{
    for (size_t row = 0; row < released_table_rows(table); row++) {
        struct released_figure count = released_table_count(table, row);
        struct released_figure percent = released_table_percent(table, row);
        assert(count.mark == RELEASED_SHOWN || count.number == 0);
        assert(percent.mark == RELEASED_SHOWN || percent.number == 0);
    }
    struct text text = text_new(work->arena, CHART_MOST);
    const struct released_chart_words words = { "Counts", "People", "In the table", "Not {1}" };
    enum status status = released_chart(work, table, &words, "chart-1", &text);
    assert(status == STATUS_OK || status == STATUS_LIMIT || status == STATUS_INPUT);
    work_forget(work);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size > INPUT_MOST)
        return 0;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2026-11-25T09:00:00Z", .user = "fuzz" };
    struct list tables = { 0 }, again = { 0 };
    struct slice first, second;
    if (released_read(&work, "input", (struct slice){ (const char *)bytes, size }, &tables) !=
        STATUS_OK) {
        assert(work.error[0] != '\0');
        return 0;
    }
    const struct released_table *const *items = (const struct released_table *const *)tables.items;
    for (size_t i = 0; i < tables.count; i++)
        check_table(&work, items[i]);
    enum status status = released_as_json(&work, items, tables.count, &first);
    assert(status == STATUS_OK);
    status = released_read(&work, "again", first, &again);
    assert(status == STATUS_OK && again.count == tables.count);
    status = released_as_json(&work, (const struct released_table *const *)again.items, again.count,
                              &second);
    assert(status == STATUS_OK && slice_equal(first, second));
    return 0;
}
