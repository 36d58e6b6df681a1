/* Finds the kind by content; the kinds themselves are in csv_reader.c and the office files. */
#include "codec/table_reader.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/kind.h"
#include "codec/table_parts.h"
#include "base/banned.h"

enum { SNIFF_LENGTH = 512 };

static int64_t limit_or(int64_t given, int64_t otherwise)
{
    return given > 0 ? given : otherwise;
}

static struct table_options limits_of(const struct table_options *options)
{
    struct table_options given = options ? *options : (struct table_options){ .name = NULL };
    return (struct table_options){
        .name = given.name,
        .most_bytes = limit_or(given.most_bytes, TABLE_MOST_BYTES),
        .most_packed = limit_or(given.most_packed, TABLE_MOST_PACKED),
        .most_part = limit_or(given.most_part, TABLE_MOST_PART),
        .most_unpacked = limit_or(given.most_unpacked, TABLE_MOST_UNPACKED),
        .most_ratio = limit_or(given.most_ratio, TABLE_MOST_RATIO),
        .most_entries = limit_or(given.most_entries, TABLE_MOST_ENTRIES),
        .most_cell = limit_or(given.most_cell, TABLE_MOST_CELL),
        .most_columns = limit_or(given.most_columns, TABLE_MOST_COLUMNS),
        .most_rows = limit_or(given.most_rows, TABLE_MOST_ROWS),
        .most_cells = limit_or(given.most_cells, TABLE_MOST_CELLS),
    };
}

/* The whole of a compressed file, whose directory is at its end. */
static enum status read_whole(struct table_reader *reader, struct slice *out_bytes)
{
    struct source *source = &reader->source;
    if (source->size > reader->limits.most_packed)
        return work_fail(reader->work, STATUS_LIMIT,
                         "%s is too large: %lld bytes, at most %lld are read; send fewer sheets, "
                         "or CSV.",
                         reader->name, (long long)source->size,
                         (long long)reader->limits.most_packed);
    if (source->descriptor < 0) {
        *out_bytes = source->bytes;
        hash_of(*out_bytes, reader->hash);
        return STATUS_OK;
    }
    char *bytes = arena_take(reader->arena, (size_t)source->size + 1);
    size_t length = 0, got = 0;
    do {
        enum status status = source_read(reader->work, source, bytes + length,
                                         (size_t)source->size - length, &got);
        if (status != STATUS_OK)
            return status;
        length += got;
    } while (got > 0);
    *out_bytes = (struct slice){ bytes, length };
    hash_of(*out_bytes, reader->hash);
    return source_check_unchanged(reader->work, source);
}

static enum status start(struct table_reader *reader)
{
    if (reader->source.size > reader->limits.most_bytes)
        return work_fail(reader->work, STATUS_LIMIT,
                         "%s is too large: %lld bytes, at most %lld are read; send it in parts.",
                         reader->name, (long long)reader->source.size,
                         (long long)reader->limits.most_bytes);
    char sniffed[SNIFF_LENGTH];
    size_t length = 0;
    enum status status = source_read(reader->work, &reader->source, sniffed, sizeof sniffed,
                                     &length);
    if (status == STATUS_OK)
        status = source_rewind(reader->work, &reader->source);
    if (status != STATUS_OK)
        return status;
    struct slice sniff = { sniffed, length };
    if (length == 0)
        return work_fail(reader->work, STATUS_INPUT, "%s is empty.", reader->name);
    if (kind_is_zip(sniff)) {
        struct slice bytes = { NULL, 0 };
        status = read_whole(reader, &bytes);
        return status == STATUS_OK ? office_reader_start(reader, bytes) : status;
    }
    const char *refusal = kind_refusal(sniff);
    if (refusal)
        return work_fail(reader->work, STATUS_INPUT, "%s %s.", reader->name, refusal);
    return csv_reader_start(reader);
}

static enum status open_source(struct work *work, struct source source,
                               const struct table_options *options,
                               struct table_reader **out_reader)
{
    struct arena *arena = arena_new();
    struct table_reader *reader = arena_new_of(arena, struct table_reader);
    reader->work = work;
    reader->arena = arena;
    reader->source = source;
    reader->name = arena_copy_text(arena, source.name);
    reader->source.name = reader->name;
    reader->limits = limits_of(options);
    enum status status = start(reader);
    if (status != STATUS_OK) {
        table_reader_close(reader);
        return status;
    }
    *out_reader = reader;
    return STATUS_OK;
}

enum status table_reader_open(struct work *work, const char *path,
                              const struct table_options *options, struct table_reader **out_reader)
{
    const char *name = options && options->name ? options->name : file_name(path);
    struct source source;
    enum status status = source_open(work, path, name, &source);
    return status == STATUS_OK ? open_source(work, source, options, out_reader) : status;
}

enum status table_reader_open_bytes(struct work *work, const char *name, struct slice bytes,
                                    const struct table_options *options,
                                    struct table_reader **out_reader)
{
    if (options && options->name)
        name = options->name;
    return open_source(work, source_of_bytes(name, bytes), options, out_reader);
}

enum status table_reader_next(struct table_reader *reader, struct table_row *out_row)
{
    if (reader->status == STATUS_OK)
        reader->status = reader->next(reader, out_row);
    return reader->status;
}

enum table_kind table_reader_kind(const struct table_reader *reader)
{
    return reader->kind;
}

const char *table_reader_hash(const struct table_reader *reader)
{
    return reader->hash;
}

int64_t table_reader_size(const struct table_reader *reader)
{
    return reader->source.size;
}

const char *table_kind_name(enum table_kind kind)
{
    static const char *const names[] = {
        [TABLE_CSV] = "csv", [TABLE_XLSX] = "xlsx", [TABLE_ODS] = "ods", [TABLE_DOCX] = "docx"
    };
    return names[kind];
}

void table_reader_close(struct table_reader *reader)
{
    if (!reader)
        return;
    if (reader->close)
        reader->close(reader);
    source_close(&reader->source);
    arena_free(reader->arena);
}

void table_reader_cleanup(struct table_reader **reader)
{
    table_reader_close(*reader);
}
