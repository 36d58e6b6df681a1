/* One call per parser of codec/: the fuzz targets and the unit test that replays their corpora go
 * in here. Office files come either whole ("PK…") or as the XML of their parts with a NUL between
 * them, which a fuzzer can change without knowing checksums. */
#ifndef FUZZ_CODEC_ENTRY_H
#define FUZZ_CODEC_ENTRY_H

#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "codec/csv_writer.h"
#include "codec/table_reader.h"
#include "codec/multipart.h"
#include "codec/urlencoded.h"
#include "codec/zip_writer.h"

enum {
    CODEC_ENTRY_MOST = 1 << 16, /* bytes of input */
    CODEC_ENTRY_CELLS = 20000,
    CODEC_ENTRY_COLUMNS = 256, /* few, so that a run is quick */
    CODEC_ENTRY_TEXT = 64 << 20
};

static inline void codec_entry_check_row(const struct table_row *row)
{
    bool has_text = false;
    assert(row->sheet && row->number >= 1 && row->count <= CODEC_ENTRY_COLUMNS);
    for (size_t i = 0; i < row->count; i++) {
        has_text |= row->cells[i].length > 0;
        assert(row->cells[i].length <= TABLE_MOST_CELL && slice_is_utf8(row->cells[i]));
    }
    assert(has_text);
}

/* Reads all rows, each sound, up to the end or to a failure with words. When `out_csv` is not NULL
 * the rows are written to it. */
static inline enum status codec_entry_read(struct work *work, struct slice bytes,
                                           struct text *out_csv)
{
    const struct table_options options = { .most_cells = CODEC_ENTRY_CELLS,
                                           .most_columns = CODEC_ENTRY_COLUMNS };
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    int64_t before = 0;
    enum status status = table_reader_open_bytes(work, "input", bytes, &options, &reader);
    while (status == STATUS_OK) {
        status = table_reader_next(reader, &row);
        if (status != STATUS_OK)
            break;
        codec_entry_check_row(&row);
        assert(table_reader_kind(reader) != TABLE_CSV || row.number > before);
        before = row.number;
        if (out_csv)
            csv_write_row(out_csv, row.cells, row.count);
    }
    assert(status == STATUS_END || (status == work->status && work->error[0]));
    return status;
}

/* What was read and written as CSV reads as itself: written again, it is the same to the byte. */
static inline void codec_entry_table(struct slice bytes)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2012-08-24T09:00:00Z", .user = "fuzz" };
    struct text first = text_new(arena, CODEC_ENTRY_TEXT);
    struct text second = text_new(arena, CODEC_ENTRY_TEXT);
    if (codec_entry_read(&work, bytes, &first) != STATUS_END || first.length == 0)
        return;
    assert(!first.is_full);
    enum status status = codec_entry_read(&work, text_slice(&first), &second);
    assert(status == STATUS_END);
    assert(slice_equal(text_slice(&first), text_slice(&second)));
}

static inline void codec_entry_csv(struct slice bytes)
{
    if (bytes.length <= CODEC_ENTRY_MOST)
        codec_entry_table(bytes);
}

/* ---- office files from the XML of their parts ---- */

#define CODEC_ENTRY_RELATIONS                                                                      \
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define CODEC_ENTRY_TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

struct codec_entry_part {
    const char *name;
    const char *fixed; /* NULL: the next part of the input */
};

static inline void codec_entry_office(struct slice bytes, const struct codec_entry_part *parts,
                                      size_t count)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2012-08-24T09:00:00Z", .user = "fuzz" };
    if (bytes.length > CODEC_ENTRY_MOST)
        return;
    if (slice_starts(bytes, "PK")) {
        codec_entry_table(bytes);
        return;
    }
    struct zip_writer *writer = zip_writer_new(&work);
    struct slice whole = { NULL, 0 };
    for (size_t i = 0; i < count; i++) {
        struct slice part = slice_of(parts[i].fixed);
        if (!parts[i].fixed && !slice_split(&bytes, '\0', &part))
            continue;
        enum status status = zip_writer_add(writer, parts[i].name, part, ZIP_WRITER_STORED);
        assert(status == STATUS_OK);
    }
    enum status status = zip_writer_end(writer, &whole);
    assert(status == STATUS_OK);
    codec_entry_table(whole);
}

/* The sheet; then, if wanted, shared strings, styles, workbook, its relationships. */
static inline void codec_entry_xlsx(struct slice bytes)
{
    static const struct codec_entry_part parts[] = {
        { "_rels/.rels", CODEC_ENTRY_RELATIONS "<Relationship Id='a' Type='" CODEC_ENTRY_TYPE
                                               "officeDocument' Target='xl/workbook.xml'/>"
                                               "</Relationships>" },
        { "xl/_rels/workbook.xml.rels", CODEC_ENTRY_RELATIONS
          "<Relationship Id='r1' Type='" CODEC_ENTRY_TYPE "worksheet' Target='sheet.xml'/>"
          "<Relationship Id='r2' Type='" CODEC_ENTRY_TYPE "sharedStrings' Target='strings.xml'/>"
          "<Relationship Id='r3' Type='" CODEC_ENTRY_TYPE "styles' Target='styles.xml'/>"
          "</Relationships>" },
        { "xl/sheet.xml", NULL },
        { "xl/strings.xml", NULL },
        { "xl/styles.xml", NULL },
        { "xl/workbook.xml", NULL },
    };
    codec_entry_office(bytes, parts, sizeof parts / sizeof *parts);
}

/* The content; then, if wanted, the manifest. */
static inline void codec_entry_ods(struct slice bytes)
{
    static const struct codec_entry_part parts[] = {
        { "mimetype", "application/vnd.oasis.opendocument.spreadsheet" },
        { "content.xml", NULL },
        { "META-INF/manifest.xml", NULL },
    };
    codec_entry_office(bytes, parts, sizeof parts / sizeof *parts);
}

/* The document; then, if wanted, the relationships that lead to it. */
static inline void codec_entry_docx(struct slice bytes)
{
    static const struct codec_entry_part parts[] = {
        { "_rels/.rels", CODEC_ENTRY_RELATIONS "<Relationship Id='a' Type='" CODEC_ENTRY_TYPE
                                               "officeDocument' Target='word/document.xml'/>"
                                               "</Relationships>" },
        { "word/document.xml", NULL },
    };
    codec_entry_office(bytes, parts, sizeof parts / sizeof *parts);
}

/* What is read is written and read again, and is the same. */
/* The first line is the Content-Type. */
static inline void codec_entry_multipart(struct slice bytes)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2012-08-24T09:00:00Z", .user = "fuzz" };
    struct slice body = bytes, line, boundary;
    struct multipart found;
    if (!slice_split(&body, '\n', &line) || !multipart_boundary(line, &boundary))
        return;
    enum status status = multipart_read(&work, body, boundary, &found);
    assert(status == STATUS_OK || (status == work.status && work.error[0]));
    for (size_t i = 0; status == STATUS_OK && i < found.file_count; i++)
        assert(found.files[i].bytes.start >= body.start &&
               found.files[i].bytes.start + found.files[i].bytes.length <=
                   body.start + body.length);
}

static inline void codec_entry_urlencoded(struct slice bytes)
{
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2012-08-24T09:00:00Z", .user = "fuzz" };
    struct urlencoded form, again;
    if (bytes.length > CODEC_ENTRY_MOST)
        return;
    enum status status = urlencoded_read(&work, bytes, NULL, &form);
    assert(status == STATUS_OK || (status == work.status && work.error[0]));
    if (status != STATUS_OK)
        return;
    struct text text = text_new(arena, CODEC_ENTRY_TEXT);
    for (size_t i = 0; i < form.count; i++) {
        assert(slice_is_utf8(form.pairs[i].name) && slice_is_utf8(form.pairs[i].value));
        urlencoded_add(&text, form.pairs[i].name.start, form.pairs[i].value);
    }
    status = urlencoded_read(&work, text_slice(&text), NULL, &again);
    /* Encoding makes bytes longer, so the limit on them may be met only now. */
    assert(status == STATUS_OK || status == STATUS_LIMIT);
    for (size_t i = 0; status == STATUS_OK && i < form.count; i++)
        assert(again.count == form.count && slice_equal(form.pairs[i].name, again.pairs[i].name) &&
               slice_equal(form.pairs[i].value, again.pairs[i].value));
}

#endif
