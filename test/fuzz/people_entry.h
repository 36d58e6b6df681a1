/* One extract of people read in both ways, cell by cell and column by column, with one thread and
 * several. All give the same, or the same failure. */
#ifndef FUZZ_PEOPLE_ENTRY_H
#define FUZZ_PEOPLE_ENTRY_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "columns_words.h"
#include "service/people_view.h"

enum { PEOPLE_ENTRY_MOST = 1 << 20, PEOPLE_ENTRY_TEXT = 64 << 20 };

/* What one way of reading gives, in words: every cell, and all that is told of the extract. */
static inline struct slice people_entry_read(struct arena *arena, struct slice bytes,
                                             const struct people_options *options)
{
    struct work work = { .arena = arena, .now = "2026-11-25T09:00:00Z", .user = "fuzz" };
    struct text text = text_new(arena, PEOPLE_ENTRY_TEXT);
    struct people_labels labels;
    CLEANUP_PEOPLE struct people people = { 0 };
    enum status status = people_labels_read(&work, &labels);
    assert(status == STATUS_OK);
    status = people_read_bytes(&work, "people.csv", bytes, &labels, options, &people);
    if (status == STATUS_OK) {
        json_t *json = people_as_json(&people);
        char *words = json_dumps(json, JSON_SORT_KEYS);
        text_add(&text, words);
        free(words);
        json_decref(json);
        for (size_t i = 0; i < people.columns->count; i++)
            text_add_format(&text, "\n%s", people.columns->column[i].name);
        text_add_character(&text, '\n');
        for (int64_t row = 0; row < people.columns->rows; row++)
            columns_words_add_row(&text, people.columns, row);
    } else {
        assert(status == work.status && work.error[0]);
        text_add_format(&text, "%d %s", (int)status, work.error);
    }
    assert(!text.is_full);
    return text_slice(&text);
}

/* Reads the bytes in every way; gives what they all give. */
static inline struct slice people_entry_every_way(struct arena *arena, struct slice bytes,
                                                  struct people_options options)
{
    options.is_slow = true;
    struct slice slow = people_entry_read(arena, bytes, &options);
    options.is_slow = false;
    for (options.threads = 1; options.threads <= 3; options.threads++) {
        struct slice fast = people_entry_read(arena, bytes, &options);
        if (slice_equal(slow, fast))
            continue;
        fprintf(stderr, "one way gives\n%.*s\nand another\n%.*s\n", (int)slow.length, slow.start,
                (int)fast.length, fast.start);
        abort();
    }
    return slow;
}

static inline void people_entry_bytes(struct slice bytes)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    const struct people_options plain = { 0 };
    const struct people_options dated = { .on = { 2026, 3, 31 }, .since = { 2025, 3, 31 } };
    if (bytes.length > PEOPLE_ENTRY_MOST)
        return;
    (void)people_entry_every_way(arena, bytes, plain);
    (void)people_entry_every_way(arena, bytes, dated);
}

#endif
