/* Goes through the document in reading order and looks each figure up in a hash table. */
#include "document/sources.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

#include "base/banned.h"

enum { ROOM_FIRST = 256 };

/* FNV-1a; the NUL at the end of each part keeps "ab", "c" and "a", "bc" apart. */
static uint64_t hash_words(uint64_t hash, const char *words)
{
    do
        hash = (hash ^ (words ? (unsigned char)*words : 0)) * UINT64_C(0x100000001b3);
    while (words && *words++);
    return hash;
}

static uint64_t figure_hash(const struct document_figure *figure)
{
    const struct document_citation *citation = &figure->citation;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    hash = hash_words(hash, figure->text);
    hash = hash_words(hash, citation->measure);
    hash = hash_words(hash, citation->unit);
    hash = hash_words(hash, citation->period);
    return hash ^ (hash >> 29);
}

static bool is_same_words(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool is_same(const struct document_figure *a, const struct document_figure *b)
{
    const struct document_citation *one = &a->citation, *other = &b->citation;
    bool is_of_values = citation_is_value(one) && citation_is_value(other);
    return strcmp(a->text, b->text) == 0 && one->revision == other->revision &&
           (is_of_values || is_same_words(one->subject, other->subject)) &&
           is_same_words(one->measure, other->measure) && is_same_words(one->unit, other->unit) &&
           is_same_words(one->period, other->period) &&
           is_same_words(one->breakdown, other->breakdown) &&
           is_same_words(one->detail, other->detail);
}

/* Where the figure's source stands, or would. */
static struct document_source **find_slot(const struct document_sources *sources,
                                          const struct document_figure *figure)
{
    size_t at = (size_t)figure_hash(figure) & (sources->room - 1);
    while (sources->slots[at] && !is_same(sources->slots[at]->first, figure))
        at = (at + 1) & (sources->room - 1);
    return &sources->slots[at];
}

static void grow(struct arena *arena, struct document_sources *sources)
{
    sources->room = sources->room ? 2 * sources->room : ROOM_FIRST;
    sources->slots = arena_array_of(arena, sources->room, struct document_source *);
    for (size_t i = 0; i < sources->list.count; i++) {
        struct document_source *source = sources->list.items[i];
        *find_slot(sources, source->first) = source;
    }
}

static void add_figure(struct arena *arena, struct document_figure *figure,
                       struct document_sources *sources)
{
    if (2 * sources->list.count >= sources->room)
        grow(arena, sources);
    struct document_source **slot = find_slot(sources, figure), *source = *slot;
    figure->next = NULL;
    if (source) {
        source->last->next = figure;
    } else {
        source = *slot = arena_new_of(arena, struct document_source);
        list_add(arena, &sources->list, source);
        source->number = sources->list.count;
        source->words = citation_print(arena, &figure->citation);
        source->first = figure;
    }
    source->last = figure;
    figure->source = source;
}

static void add_runs(struct arena *arena, const struct document_runs *runs,
                     struct document_sources *sources)
{
    for (const struct document_run *run = runs->first; run; run = run->next)
        if (run->figure)
            add_figure(arena, run->figure, sources);
}

static void add_table(struct arena *arena, const struct document_table *table,
                      struct document_sources *sources)
{
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct document_row *row = table->rows.items[i];
        for (size_t cell = 0; cell < row->count; cell++)
            add_runs(arena, &row->cells[cell], sources);
    }
}

struct document_sources document_sources(struct document_tree *tree)
{
    struct document_sources sources = { .room = 0 };
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        add_runs(tree->arena, &block->runs, &sources);
        for (size_t item = 0; item < block->items.count; item++) {
            const void *entry = block->items.items[item];
            add_runs(tree->arena,
                     block->kind == DOCUMENT_LIST ? (const struct document_runs *)entry
                                                  : &((const struct document_entry *)entry)->words,
                     &sources);
        }
        if (block->table)
            add_table(tree->arena, block->table, &sources);
    }
    return sources;
}

struct document_source *document_source_find(const struct document_sources *sources,
                                             const struct document_figure *figure)
{
    return sources->room ? *find_slot(sources, figure) : NULL;
}
