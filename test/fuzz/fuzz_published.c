/* Reads what stands before a line of === as a hierarchy of the column unit, and what stands behind
 * it as a file of published tables (CSV or JSON), and attacks it: no fault, and every file that is
 * read has a sentence on how. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "attack/attack.h"
#include "attack/differences.h"
#include "attack/hierarchy_file.h"
#include "attack/tables_file.h"
#include "base/arena.h"
#include "base/banned.h"

enum { MOST_CELLS = 300 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void attack(struct work *work, struct published *published)
{
    static const char *sums[] = { "all = rest + schools" }, *changes[] = { "Q1 = Q2" };
    const struct differences differences = { sums, changes, 1, 1 };
    const struct attack_options options = { .level = LEVEL_JOINT, .width = 1, .threshold = 10 };
    struct published_links links;
    struct published_puzzle puzzle;
    struct attack_result result;
    const struct published_links *known = &links;
    if (differences_as_links(work, published, &differences, &links) != STATUS_OK)
        known = NULL;
    if (published_as_puzzle(work, published, known, &puzzle) != STATUS_OK ||
        attack_run(work, &puzzle.puzzle, &options, &result) != STATUS_OK)
        return;
    for (int32_t c = 0; c < puzzle.puzzle.cell_count; c++)
        assert(result.bounds.least[c] <= result.bounds.most[c]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct slice tables = { (const char *)data, size };
    struct published published = published_new(arena);
    struct hierarchy hierarchy = { .variable = SLICE("unit"), .path = "units" };
    const struct tables_context context = { .rule = { .shows_zeros = true } };
    ptrdiff_t at = slice_find(tables, "===\n");
    if (at >= 0) {
        if (hierarchy_file_parse(&work, slice_first(tables, (size_t)at), &published, &hierarchy) !=
            STATUS_OK)
            return 0;
        published.hierarchies = &hierarchy;
        published.hierarchy_count = 1;
        tables = slice_from(tables, (size_t)at + 4);
    }
    if (tables_file_parse(&work, "input", tables, &context, &published) != STATUS_OK)
        return 0;
    assert(published.understood.count == 1);
    if (published.cell_count <= MOST_CELLS)
        attack(&work, &published);
    return 0;
}
