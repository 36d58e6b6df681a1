/* Reads the input as a relations file with a pattern behind it, and attacks what can be read: no
 * fault, and never an interval that the true counts contradict. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "attack/attack.h"
#include "attack/relation_file.h"
#include "base/arena.h"
#include "base/banned.h"

enum { MOST_CELLS = 5000, MOST_FOR_JOINT = 100, MOST_FOR_WIDTHS = 30 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void attack(struct work *work, const struct relation_file *file, unsigned char *states)
{
    const struct attack_options options = {
        .level = file->cell_count <= MOST_FOR_WIDTHS  ? LEVEL_WIDTHS
                 : file->cell_count <= MOST_FOR_JOINT ? LEVEL_JOINT
                                                      : LEVEL_EXACT,
        .width = 1,
    };
    const struct publication publication = { .shows_zeros = pattern_shows_zeros(file, states) };
    struct puzzle puzzle;
    struct attack_result result;
    if (relation_file_as_puzzle(work, file, states, &publication, &puzzle) != STATUS_OK ||
        attack_run(work, &puzzle, &options, &result) != STATUS_OK)
        return;
    for (int32_t c = 0; c < puzzle.cell_count; c++)
        assert(result.bounds.least[c] <= file->counts[c] &&
               result.bounds.most[c] >= file->counts[c]);
}

/* The pattern begins at the first letter. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena };
    struct slice all = { (const char *)data, size }, numbers = all;
    struct relation_file file;
    unsigned char *states = NULL;
    size_t letters = 0;
    while (letters < size && !(data[letters] >= 'a' && data[letters] <= 'z'))
        letters++;
    numbers = slice_first(all, letters);
    if (relation_file_parse(&work, "input", numbers, &file) != STATUS_OK ||
        file.cell_count > MOST_CELLS)
        return 0;
    if (pattern_parse(&work, "input", slice_from(all, letters), file.cell_count, &states) ==
        STATUS_OK)
        attack(&work, &file, states);
    return 0;
}
