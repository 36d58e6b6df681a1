/* The fast reading: a file is cut at line ends into a part for each thread. Whether a line end at
 * the cut is one, and not part of a cell in quotation marks, shows when the part before has come
 * there; where it is not, the file is read again in one part. */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/columns_part.h"
#include "codec/csv_delimiter.h"
#include "codec/encoding.h"
#include "codec/kind.h"
#include "codec/source.h"
#include "base/banned.h"

enum {
    BEGINNING = 256 * 1024, /* looked at for the headings and the delimiter, as csv_reader does */
    CUT_SEARCH = 64 * 1024, /* bytes in which a line must end */
    LEAST_PART = 8 << 20
};

struct reading {
    const struct columns_request *request;
    struct source source;
    int64_t first; /* the place of the first record behind the headings */
    char delimiter;
    struct part parts[THREADS_MOST];
    size_t count;
    enum status statuses[THREADS_MOST];
    bool is_hashed;
    enum status hash_status;
    struct work hash_work;
    char hash[HASH_TEXT_LENGTH + 1];
};

/* ---- the beginning ---- */

/* Passes the records up to the one with the headings; false when they are not all in `bytes`. */
static bool find_first(struct slice bytes, int64_t heading_line, size_t *out_place)
{
    int64_t line = 1, record_line = 1;
    bool is_inside = false;
    for (size_t i = 0; i < bytes.length; i++) {
        char byte = bytes.start[i];
        is_inside ^= byte == '"';
        if (byte == '\r' && !is_inside && (i + 1 == bytes.length || bytes.start[i + 1] != '\n'))
            return false;
        if (byte != '\n')
            continue;
        line++;
        if (is_inside)
            continue;
        if (record_line == heading_line) {
            *out_place = i + 1;
            return true;
        }
        record_line = line;
    }
    return false;
}

/* Lines of the file that stand before its first record. */
static int64_t lines_before(struct slice bytes)
{
    int64_t lines = 0;
    for (size_t i = 0; i < bytes.length; i++)
        lines += bytes.start[i] == '\n' || (bytes.start[i] == '\r' && bytes.start[i + 1] != '\n');
    return lines;
}

/* The records up to the headings are as the fast reading wants all of them. */
static bool is_regular_beginning(struct work *work, struct slice bytes, char delimiter)
{
    struct separators separators = {
        .places = arena_take_raw(work->arena, (bytes.length + SEPARATORS_BLOCK) * sizeof(uint32_t))
    };
    char *copy = arena_take_raw(work->arena, bytes.length + SEPARATORS_BLOCK);
    memcpy(copy, bytes.start, bytes.length);
    separators_find(PROCESSOR_PLAIN, copy, bytes.length, delimiter, &separators);
    return separators.irregular >= bytes.length && encoding_is_utf8(bytes);
}

static enum status look_at_beginning(struct work *work, struct reading *reading,
                                     const struct columns_map *map, int64_t *out_lines,
                                     bool *out_is_regular)
{
    size_t place = 0;
    struct arena_mark mark = arena_mark(work->arena);
    size_t length = reading->source.size < BEGINNING ? (size_t)reading->source.size : BEGINNING;
    char *buffer = arena_take(work->arena, length + SEPARATORS_BLOCK);
    enum status status = source_read_at(work, &reading->source, 0, buffer, length);
    struct slice bytes = { buffer, length };
    size_t skipped = slice_starts(bytes, "\xEF\xBB\xBF") ? 3 : 0;
    bool is_regular = status == STATUS_OK && length > 0 && !kind_is_zip(bytes) &&
                      !kind_refusal(bytes) &&
                      find_first(slice_from(bytes, skipped), map->heading_line, &place);
    if (is_regular) {
        reading->delimiter = csv_find_delimiter(slice_from(bytes, skipped));
        reading->first = (int64_t)(skipped + place);
        *out_lines = lines_before(slice_first(bytes, skipped + place));
        is_regular = is_regular_beginning(work, slice_first(slice_from(bytes, skipped), place),
                                          reading->delimiter);
    }
    *out_is_regular = is_regular;
    arena_return(work->arena, mark);
    return status;
}

/* ---- a part ---- */

/* Fills the buffer from `place` on; the last line of the file gets the end that it lacks. */
static enum status fill(struct work *work, const struct reading *reading, struct part *part,
                        int64_t place, size_t *out_length)
{
    int64_t left = part->end - place;
    size_t length = left < PART_BUFFER ? (size_t)left : PART_BUFFER;
    enum status status = source_read_at(work, &reading->source, place, part->buffer, length);
    if (status == STATUS_OK && place + (int64_t)length == reading->source.size &&
        length < PART_BUFFER && part->buffer[length - 1] != '\n')
        part->buffer[length++] = '\n';
    *out_length = length;
    return status;
}

static enum status read_part(const struct reading *reading, struct part *part)
{
    int64_t place = part->start;
    while (place < part->end && !part->is_irregular) {
        size_t length = 0, taken = 0;
        enum status status = fill(&part->intake->work, reading, part, place, &length);
        if (status == STATUS_OK)
            status = part_take_buffer(part, length, &taken);
        if (status != STATUS_OK)
            return status;
        place += (int64_t)taken;
    }
    return STATUS_OK;
}

static void read_some(void *context, size_t index)
{
    struct reading *reading = context;
    reading->statuses[index] = read_part(reading, &reading->parts[index]);
}

/* The whole file once more, while the parts are read: out of the page cache, this costs less than
 * to put what the parts see in order. */
static void hash_all(struct reading *reading)
{
    struct work *work = &reading->hash_work;
    struct hash hash = hash_new();
    char *buffer = arena_take_raw(work->arena, PART_BUFFER);
    for (int64_t place = 0; place < reading->source.size && reading->hash_status == STATUS_OK;) {
        int64_t left = reading->source.size - place;
        size_t length = left < PART_BUFFER ? (size_t)left : PART_BUFFER;
        reading->hash_status = source_read_at(work, &reading->source, place, buffer, length);
        hash_add(&hash, (struct slice){ buffer, length });
        place += (int64_t)length;
    }
    hash_end(&hash, reading->hash);
    reading->is_hashed = true;
}

static void read_or_hash(void *context, size_t index)
{
    struct reading *reading = context;
    if (index < reading->count)
        read_some(context, index);
    else
        hash_all(reading);
}

/* The parts and, where it is wanted, the hash; side by side when there is more than one part. */
static void run(struct reading *reading)
{
    const struct columns_layout *layout = reading->request->layout;
    bool hashes = layout && !layout->has_no_hash && !reading->is_hashed;
    size_t count = reading->count;
    if (hashes && count > 1 && count < THREADS_MOST) {
        threads_run(count + 1, read_or_hash, reading);
        return;
    }
    threads_run(count, read_some, reading);
    if (hashes)
        hash_all(reading);
}

static void part_begin(struct part *part, const struct reading *reading,
                       const struct columns_map *map)
{
    const struct columns_request *request = reading->request;
    struct intake *intake = intake_new(request, map, reading->source.name);
    struct arena *arena = intake->work.arena;
    part->intake = intake;
    part->delimiter = reading->delimiter;
    part->form = request->has_form ? request->form : processor_best();
    part->buffer = arena_take_raw(arena, PART_BUFFER + SEPARATORS_BLOCK);
    part->places = arena_take_raw(arena, (PART_BUFFER + SEPARATORS_BLOCK + 1) * sizeof(uint32_t));
    part->rejected = arena_take_raw(arena, PART_BUFFER);
    part->cooked = text_new(arena, PART_BUFFER);
    part->tables = arena_array_of(arena, request->wish_count, struct label_table *);
    for (size_t i = 0; i < request->wish_count; i++) {
        uint64_t key = 0;
        randombytes_buf(&key, sizeof key);
        if (request->wishes[i].kind == COLUMN_CATEGORY)
            part->tables[i] = label_table_new(part->form, key);
    }
}

static void part_end(struct part *part)
{
    for (size_t i = 0; i < part->intake->request->wish_count; i++)
        label_table_free(part->tables[i]);
    region_free(&part->padded);
    region_free(&part->records);
}

/* ---- the parts together ---- */

/* The place behind the first line end from `place` on; the file's end when none is near. */
static enum status find_cut(struct work *work, const struct reading *reading, int64_t place,
                            int64_t *out_cut)
{
    char *bytes = arena_take_raw(work->arena, CUT_SEARCH);
    int64_t left = reading->source.size - place;
    size_t length = left < CUT_SEARCH ? (size_t)left : CUT_SEARCH;
    enum status status = source_read_at(work, &reading->source, place, bytes, length);
    const char *end = status == STATUS_OK ? memchr(bytes, '\n', length) : NULL;
    *out_cut = end ? place + (end - bytes) + 1 : reading->source.size;
    return status;
}

static enum status cut(struct work *work, struct reading *reading, size_t wanted)
{
    enum status status = STATUS_OK;
    int64_t size = reading->source.size - reading->first, start = reading->first;
    reading->count = 0;
    for (size_t i = 1; status == STATUS_OK && i <= wanted && start < reading->source.size; i++) {
        int64_t end = reading->source.size;
        if (i < wanted)
            status = find_cut(work, reading, reading->first + size / (int64_t)wanted * (int64_t)i,
                              &end);
        if (end <= start)
            continue;
        reading->parts[reading->count++] = (struct part){ .start = start, .end = end };
        start = end;
    }
    return status;
}

static size_t wanted_parts(const struct reading *reading)
{
    size_t most = reading->request->threads ? reading->request->threads : threads_available();
    size_t parts = (size_t)((reading->source.size - reading->first) / LEAST_PART) + 1;
    if (reading->request->threads)
        return most < THREADS_MOST ? most : THREADS_MOST;
    return parts < most ? parts : most;
}

/* Reads all parts. Not regular when one of them is not; then nothing is given. */
static enum status read_parts(struct work *work, struct reading *reading,
                              const struct columns_map *map, struct intakes *out_intakes)
{
    bool is_regular = true;
    enum status status = STATUS_OK;
    for (size_t i = 0; i < reading->count; i++)
        part_begin(&reading->parts[i], reading, map);
    run(reading);
    for (size_t i = 0; i < reading->count; i++) {
        struct part *part = &reading->parts[i];
        is_regular &= !part->is_irregular;
        if (status == STATUS_OK && reading->statuses[i] != STATUS_OK)
            status = work_fail(work, reading->statuses[i], "%s", part->intake->work.error);
        part_end(part);
        out_intakes->parts[i] = part->intake;
    }
    if (status == STATUS_OK && reading->hash_status != STATUS_OK)
        status = work_fail(work, reading->hash_status, "%s", reading->hash_work.error);
    memcpy(out_intakes->hash, reading->hash, sizeof out_intakes->hash);
    out_intakes->count = reading->count;
    out_intakes->is_regular = is_regular && status == STATUS_OK;
    for (size_t i = 0; !out_intakes->is_regular && i < out_intakes->count; i++)
        intake_free(out_intakes->parts[i]);
    out_intakes->count = out_intakes->is_regular ? out_intakes->count : 0;
    return status;
}

static enum status read_regular(struct work *work, struct reading *reading,
                                const struct columns_map *map, int64_t lines,
                                struct intakes *out_intakes)
{
    size_t wanted = wanted_parts(reading);
    enum status status = cut(work, reading, wanted);
    if (status == STATUS_OK)
        status = read_parts(work, reading, map, out_intakes);
    if (status == STATUS_OK && !out_intakes->is_regular && reading->count > 1) {
        status = cut(work, reading, 1);
        if (status == STATUS_OK)
            status = read_parts(work, reading, map, out_intakes);
    }
    if (out_intakes->count > 0)
        out_intakes->lines = lines;
    return status;
}

enum status intakes_read_fast(struct work *work, const struct columns_request *request,
                              const struct columns_map *map, const char *path,
                              struct intakes *out_intakes)
{
    int64_t lines = 0;
    bool is_regular = false;
    struct reading *reading = arena_new_of(work->arena, struct reading);
    CLEANUP_ARENA struct arena *hash_arena = arena_new();
    const struct columns_layout *layout = request->layout;
    enum status status = STATUS_OK;
    reading->request = request;
    reading->hash_work.arena = hash_arena;
    *out_intakes = (struct intakes){ .is_regular = false };
    assert(map->heading_count > 0); /* each record then ends with a cell */
    if (layout && layout->bytes.start)
        reading->source = source_of_bytes(file_name(path), layout->bytes);
    else
        status = source_open(work, path, file_name(path), &reading->source);
    if (status != STATUS_OK)
        return status;
    if (reading->source.size <= COLUMNS_MOST_BYTES)
        status = look_at_beginning(work, reading, map, &lines, &is_regular);
    if (status == STATUS_OK && is_regular)
        status = read_regular(work, reading, map, lines, out_intakes);
    if (status == STATUS_OK && out_intakes->is_regular)
        status = source_check_unchanged(work, &reading->source);
    source_close(&reading->source);
    return status;
}
