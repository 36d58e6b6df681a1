/* Reads the input as lines of a ledger, chains them as they should be, and judges what is there;
 * and reads it as a table of figures. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "attack/tables_file.h"
#include "base/arena.h"
#include "base/text.h"
#include "service/ledger.h"
#include "base/banned.h"

enum { MOST_CELLS = 400, MOST_BYTES = 1 << 20, MOST_RELEASES = 6 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each line of the input is the text of a released cell without its end: ," hash …"} is added. */
static struct slice chained(struct arena *arena, struct slice lines)
{
    struct text text = text_new(arena, MOST_BYTES);
    char digest[HASH_TEXT_LENGTH + 1] = "";
    struct slice line;
    while (slice_split(&lines, '\n', &line)) {
        struct hash hash = hash_new();
        hash_add(&hash, slice_of(digest));
        hash_add(&hash, line);
        hash_end(&hash, digest);
        text_add_slice(&text, line);
        text_add_format(&text, ",\"hash\":\"%s\"}\n", digest);
    }
    return text_slice(&text);
}

static void read_ledger(struct arena *arena, struct slice input)
{
    struct work work = { .arena = arena };
    struct ledger ledger = ledger_new(arena);
    struct ledger_verdict verdict;
    if (ledger_parse(&work, "input", chained(arena, input), &ledger) != STATUS_OK ||
        ledger.published.cell_count > MOST_CELLS || ledger.releases.count > MOST_RELEASES)
        return;
    for (size_t r = 0; r < ledger.releases.count; r++)
        (void)!ledger_judge(&work, &ledger, r, &verdict);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct slice input = { (const char *)data, size };
    struct work work = { .arena = arena };
    struct published published = published_new(arena);
    struct published_puzzle puzzle;
    const struct tables_context context = { .rule = { .shows_zeros = false } };
    read_ledger(arena, input);
    if (tables_file_parse(&work, "input", input, &context, &published) == STATUS_OK &&
        published.cell_count <= MOST_CELLS)
        (void)!published_as_puzzle(&work, &published, NULL, &puzzle);
    return 0;
}
