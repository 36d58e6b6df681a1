/* One table of people read in every way: slowly, and fast with each form that the processor has and
 * with several threads. All give the same, or the same failure. The fuzz target, the test that
 * replays its corpus and the test of random files go in here. */
#ifndef FUZZ_COLUMNS_ENTRY_H
#define FUZZ_COLUMNS_ENTRY_H

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "codec/columns_reader.h"
#include "columns_words.h"

enum { COLUMNS_ENTRY_MOST = 4 << 20, COLUMNS_ENTRY_TEXT = 64 << 20 };

static inline enum columns_cell columns_entry_read_decimal(const void *context, size_t wish,
                                                           struct slice cell,
                                                           struct columns_decimal *out_decimal)
{
    (void)context;
    (void)wish;
    out_decimal->words = "is not an amount";
    if (slice_is(cell, "N/A"))
        return COLUMNS_MISSING;
    if (!slice_starts(cell, "\xC2\xA3"))
        return COLUMNS_REFUSED;
    out_decimal->value = (int64_t)cell.length;
    return COLUMNS_VALUE;
}

static inline void columns_entry_add_reading(struct text *text,
                                             const struct columns_reading *reading)
{
    for (int64_t row = 0; row < reading->columns->rows; row++)
        columns_words_add_row(text, reading->columns, row);
    for (size_t i = 0; i < reading->rejected.list.count; i++) {
        const struct problem *problem = reading->rejected.list.items[i];
        text_add_format(text, "%s %lld %s %s\n", problem->file, (long long)problem->row,
                        problem->column ? problem->column : "-", problem->words);
    }
    text_add_format(text, "%lld rejected, %lld rows, %lld short\n",
                    (long long)reading->rejected_count, (long long)reading->files[0].rows,
                    (long long)reading->files[0].short_rows);
}

/* The kind of each column follows from its number: every third a decimal, every seventh a text. */
static inline size_t columns_entry_wishes(struct arena *arena,
                                          const struct columns_preview *preview,
                                          struct columns_wish *wishes)
{
    size_t count = 0;
    for (size_t i = 0; i < preview->count && count < COLUMNS_MOST_WISHES; i++) {
        if (preview->headings[i].length == 0 ||
            columns_find_heading(preview->headings, preview->count, preview->headings[i]) < 0)
            continue;
        wishes[count++] = (struct columns_wish){ .heading = slice_copy(arena, preview->headings[i]),
                                                 .kind = i % 3 == 2   ? COLUMN_DECIMAL
                                                         : i % 7 == 6 ? COLUMN_TEXT
                                                                      : COLUMN_CATEGORY,
                                                 .scale = (int)(i % 4) };
    }
    return count;
}

/* What one way of reading gives, in words. */
static inline struct slice columns_entry_read(struct arena *arena, const char *path, bool is_slow,
                                              enum processor_form form, size_t threads)
{
    struct work work = { .arena = arena, .now = "2012-08-24T09:00:00Z", .user = "fuzz" };
    struct text text = text_new(arena, COLUMNS_ENTRY_TEXT);
    struct columns_wish *wishes = arena_array_of(arena, COLUMNS_MOST_WISHES, struct columns_wish);
    struct columns_preview preview;
    struct columns_reading reading;
    enum status status = columns_preview(&work, path, NULL, 0, 5, &preview);
    struct columns_request request = { .paths = &path,
                                       .path_count = 1,
                                       .wishes = wishes,
                                       .read_decimal = columns_entry_read_decimal,
                                       .threads = threads,
                                       .is_slow = is_slow,
                                       .has_form = true,
                                       .form = form };
    if (status == STATUS_OK)
        request.wish_count = columns_entry_wishes(arena, &preview, wishes);
    if (status == STATUS_OK)
        status = columns_read(&work, &request, &reading);
    if (status == STATUS_OK) {
        columns_entry_add_reading(&text, &reading);
        columns_free(reading.columns);
    } else {
        assert(status == work.status && work.error[0]);
        text_add_format(&text, "%d %s", (int)status, work.error);
    }
    assert(!text.is_full);
    return text_slice(&text);
}

static inline void columns_entry_same(struct slice a, struct slice b)
{
    if (!slice_equal(a, b)) {
        fprintf(stderr, "one way gives\n%.*s\nand another\n%.*s\n", (int)a.length, a.start,
                (int)b.length, b.start);
        abort();
    }
}

/* Reads the file in every way; gives what they all give. */
static inline struct slice columns_entry_file(struct arena *arena, const char *path)
{
    struct slice slow = columns_entry_read(arena, path, true, PROCESSOR_PLAIN, 1);
    for (int form = PROCESSOR_PLAIN; form <= (int)processor_best(); form++)
        for (size_t threads = 1; threads <= 3; threads++)
            columns_entry_same(
                slow, columns_entry_read(arena, path, false, (enum processor_form)form, threads));
    return slow;
}

/* The same for bytes, which stand in memory under the name of a file. */
static inline void columns_entry_bytes(struct slice bytes)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    int descriptor = memfd_create("people", 0);
    if (bytes.length > COLUMNS_ENTRY_MOST || descriptor < 0)
        return;
    if (write(descriptor, bytes.start, bytes.length) == (ssize_t)bytes.length)
        (void)columns_entry_file(arena, arena_format(arena, "/proc/self/fd/%d", descriptor));
    close(descriptor);
}

#endif
