/* Finds the kind by content; the kinds themselves are in csv_reader.c and the office files. */
#include "codec/table_reader.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/table_parts.h"
#include "base/banned.h"

enum { SNIFF_LENGTH = 512 };

/* What is not a table, by its first bytes. */
static const struct {
    const char *magic;
    bool is_markup; /* letters of either case, after blanks */
    const char *words;
} other_kinds[] = {
    { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", false,
      "is protected by a password or is an old .xls or .doc file; save it as .xlsx without a "
      "password" },
    { "%PDF", false, "is a PDF; send the spreadsheet from which it was made" },
    { "\x89PNG", false, "is a picture; send the spreadsheet itself" },
    { "\xFF\xD8\xFF", false, "is a picture; send the spreadsheet itself" },
    { "GIF8", false, "is a picture; send the spreadsheet itself" },
    { "II*", false, "is a picture; send the spreadsheet itself" },
    { "{\\rtf", false, "is a rich text document; save it as .docx" },
    { "\x1F\x8B", false, "is compressed with gzip; unpack it first" },
    { "7z\xBC\xAF", false, "is a 7-Zip archive; unpack it first" },
    { "Rar!", false, "is a RAR archive; unpack it first" },
    { "<!doctype html", true, "is a web page; save it as .xlsx, .ods or .csv" },
    { "<html", true, "is a web page; save it as .xlsx, .ods or .csv" },
    { "<?xml", true, "is an XML file; save it as .xlsx, .ods or .csv" },
};

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

static enum status refuse_other_kinds(struct table_reader *reader, struct slice sniff)
{
    struct slice markup = slice_starts(sniff, "\xEF\xBB\xBF") ? slice_from(sniff, 3) : sniff;
    markup = slice_trim(markup);
    for (size_t i = 0; i < sizeof other_kinds / sizeof *other_kinds; i++) {
        const char *magic = other_kinds[i].magic;
        if (other_kinds[i].is_markup ? slice_starts_folded(markup, magic)
                                     : slice_starts(sniff, magic))
            return work_fail(reader->work, STATUS_INPUT, "%s %s.", reader->name,
                             other_kinds[i].words);
    }
    return STATUS_OK;
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
    if (slice_starts(sniff, "PK\003\004") || slice_starts(sniff, "PK\005\006")) {
        struct slice bytes = { NULL, 0 };
        status = read_whole(reader, &bytes);
        return status == STATUS_OK ? office_reader_start(reader, bytes) : status;
    }
    status = refuse_other_kinds(reader, sniff);
    return status == STATUS_OK ? csv_reader_start(reader) : status;
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
