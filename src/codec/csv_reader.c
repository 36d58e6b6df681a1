/* CSV, read twice: once to know its encoding (encoding.h), once record by record. A window of the
 * file is held; a record that the window cuts is moved to the window's start and scanned again when
 * more has been read, so cells are slices of the window and nothing is copied. Quotation marks
 * doubled inside a cell are undone in place when its record is whole. */
#include <string.h>

#include "base/arena.h"
#include "codec/csv_delimiter.h"
#include "codec/csv_writer.h"
#include "codec/encoding.h"
#include "codec/table_parts.h"
#include "base/banned.h"

enum { WINDOW_ROOM = 256 * 1024, RAW_ROOM = 64 * 1024, BYTE_COUNT = 256 };

struct csv {
    struct table_reader *reader;
    enum encoding encoding;
    size_t mark; /* bytes of byte order mark still to pass over */
    /* The window: room + 1 bytes, with a NUL after the last, which ends every scan. */
    struct arena *window_arena;
    char *window;
    size_t room, at, end;
    bool is_last; /* the window's end is the file's */
    char *raw;    /* undecoded bytes, when the file is not UTF-8 */
    size_t raw_length;
    int64_t line; /* on which the record at `at` begins */
    char delimiter;
    unsigned char stops[BYTE_COUNT]; /* bytes that end an unquoted cell */
    /* The record being scanned. */
    struct slice *cells;
    unsigned char *doubled; /* for each cell: it holds doubled quotation marks */
    size_t count;
    bool some_doubled, some_text;
    int64_t breaks; /* line breaks inside its cells */
};

enum scan { SCAN_WHOLE, SCAN_CUT, SCAN_FAILED };

static enum status fail(struct csv *csv, enum status status, int64_t line, const char *words)
{
    return work_fail(csv->reader->work, status, "%s, line %lld: %s", csv->reader->name,
                     (long long)line, words);
}

static enum scan fail_columns(struct csv *csv)
{
    work_fail(csv->reader->work, STATUS_LIMIT,
              "%s, line %lld: there are too many columns (%lld at most); is the delimiter right?",
              csv->reader->name, (long long)csv->line, (long long)csv->reader->limits.most_columns);
    return SCAN_FAILED;
}

static enum scan fail_length(struct csv *csv)
{
    work_fail(csv->reader->work, STATUS_LIMIT,
              "%s, line %lld: a cell is too long (%lld bytes at most); a quotation mark may not be "
              "closed.",
              csv->reader->name, (long long)csv->line, (long long)csv->reader->limits.most_cell);
    return SCAN_FAILED;
}

static int64_t count_breaks(const char *start, const char *end)
{
    int64_t count = 0;
    for (const char *p = start; p < end; p++)
        count += *p == '\r' || (*p == '\n' && (p == start || p[-1] != '\r'));
    return count;
}

/* ---- the window ---- */

static enum status read_decoded(struct csv *csv)
{
    struct work *work = csv->reader->work;
    size_t length = 0;
    enum status status = source_read(work, &csv->reader->source, csv->raw + csv->raw_length,
                                     RAW_ROOM - csv->raw_length, &length);
    if (status != STATUS_OK)
        return status;
    csv->is_last = length == 0;
    csv->raw_length += length;
    struct slice raw = { csv->raw, csv->raw_length };
    if (csv->mark && raw.length >= csv->mark) {
        raw = slice_from(raw, csv->mark);
        csv->mark = 0;
    }
    struct decoded decoded = { .taken = 0 };
    if (raw.length)
        decoded = encoding_decode(csv->encoding, raw, csv->window + csv->end);
    csv->end += decoded.given;
    csv->raw_length = raw.length - decoded.taken;
    if (csv->raw_length)
        memmove(csv->raw, raw.start + decoded.taken, csv->raw_length);
    if (decoded.is_wrong || (csv->is_last && csv->raw_length))
        return fail(csv, STATUS_INPUT,
                    csv->line + count_breaks(csv->window + csv->at, csv->window + csv->end),
                    "the UTF-16 text is damaged here; save the file again as CSV (UTF-8).");
    return STATUS_OK;
}

static enum status read_plain(struct csv *csv)
{
    size_t length = 0;
    enum status status = source_read(csv->reader->work, &csv->reader->source,
                                     csv->window + csv->end, csv->room - csv->end, &length);
    if (status != STATUS_OK)
        return status;
    csv->is_last = length == 0;
    csv->end += length;
    if (csv->mark && csv->end >= csv->mark) {
        csv->at += csv->mark;
        csv->mark = 0;
    }
    return STATUS_OK;
}

static enum status widen(struct csv *csv)
{
    if (csv->room >= 4 * (size_t)TABLE_MOST_RECORD)
        return fail(csv, STATUS_LIMIT, csv->line,
                    "a record is longer than 4 MiB; a quotation mark may not be closed.");
    struct arena *arena = arena_new();
    char *window = arena_take_raw(arena, csv->room * 2 + 1);
    memcpy(window, csv->window, csv->end);
    arena_free(csv->window_arena);
    csv->window_arena = arena;
    csv->window = window;
    csv->room *= 2;
    return STATUS_OK;
}

/* Keeps what is not yet used and reads more behind it. */
static enum status fill(struct csv *csv)
{
    csv->end -= csv->at;
    memmove(csv->window, csv->window + csv->at, csv->end);
    csv->at = 0;
    /* Half a window of free room at least: it holds three bytes for each one that is decoded. */
    if (csv->end > csv->room / 4) {
        enum status status = widen(csv);
        if (status != STATUS_OK)
            return status;
    }
    enum status status = csv->encoding == ENCODING_UTF8 ? read_plain(csv) : read_decoded(csv);
    csv->window[csv->end] = '\0';
    if (status == STATUS_OK && csv->is_last)
        status = source_check_unchanged(csv->reader->work, &csv->reader->source);
    return status;
}

/* ---- one record ---- */

static enum scan add_cell(struct csv *csv, const char *start, const char *end, bool is_doubled)
{
    if (csv->count == (size_t)csv->reader->limits.most_columns)
        return fail_columns(csv);
    struct slice cell = { start, (size_t)(end - start) };
    if ((int64_t)cell.length > csv->reader->limits.most_cell)
        return fail_length(csv);
    csv->some_text |= cell.length > 0;
    csv->some_doubled |= is_doubled;
    csv->doubled[csv->count] = is_doubled;
    csv->cells[csv->count++] = cell;
    return SCAN_WHOLE;
}

/* The window ends within the record: fine when more can be read, unless a limit is passed already.
 */
static enum scan cut(struct csv *csv, const char *cell, const char *p)
{
    return p - cell > csv->reader->limits.most_cell ? fail_length(csv) : SCAN_CUT;
}

/* Scans from after the opening quotation mark to after the closing one. */
static enum scan scan_quoted(struct csv *csv, const char **p)
{
    const char *start = *p, *end = csv->window + csv->end, *s = start;
    bool is_doubled = false;
    for (;; s++) {
        while (*s != '"' && *s != '\n' && *s != '\r' && *s != '\0')
            s++;
        if (s >= end)
            break;
        if (*s == '\n' || *s == '\r') {
            csv->breaks += *s == '\r' || s[-1] != '\r';
        } else if (*s == '"') {
            if (s[1] != '"') {
                *p = s + 1;
                if (s + 1 == end && !csv->is_last)
                    return cut(csv, start, s); /* the next byte may double it */
                return add_cell(csv, start, s, is_doubled);
            }
            is_doubled = true;
            s++;
        }
    }
    if (!csv->is_last)
        return cut(csv, start, s);
    fail(csv, STATUS_INPUT, csv->line,
         "a quotation mark is opened in this record and never closed; close it, or double it if it "
         "is part of the text.");
    return SCAN_FAILED;
}

/* Passes blanks between a closing quotation mark and what must follow it. */
static enum scan scan_after_quote(struct csv *csv, const char **p)
{
    const char *end = csv->window + csv->end;
    while (**p == ' ' || (**p == '\t' && csv->delimiter != '\t'))
        ++*p;
    if (*p < end && csv->stops[(unsigned char)**p])
        return SCAN_WHOLE;
    if (*p >= end)
        return csv->is_last ? SCAN_WHOLE : SCAN_CUT;
    fail(csv, STATUS_INPUT, csv->line + csv->breaks,
         "text follows a closing quotation mark; put the whole cell in quotation marks and double "
         "those inside it.");
    return SCAN_FAILED;
}

static enum scan scan_record(struct csv *csv, size_t *out_next)
{
    const char *p = csv->window + csv->at, *end = csv->window + csv->end;
    csv->count = 0;
    csv->breaks = 0;
    csv->some_doubled = csv->some_text = false;
    for (;;) {
        const char *start = p;
        enum scan scan = SCAN_WHOLE;
        if (*p == '"') {
            p++;
            scan = scan_quoted(csv, &p);
            if (scan == SCAN_WHOLE)
                scan = scan_after_quote(csv, &p);
        } else {
            while (!csv->stops[(unsigned char)*p])
                p++;
            if (p >= end && !csv->is_last)
                scan = cut(csv, start, p);
            else
                scan = add_cell(csv, start, p, false);
        }
        if (scan != SCAN_WHOLE)
            return scan;
        if (p >= end || *p != csv->delimiter)
            break;
        p++;
    }
    if (p < end && *p == '\0')
        return SCAN_FAILED;
    if (p + 1 >= end && *p == '\r' && !csv->is_last)
        return SCAN_CUT; /* a line feed may follow */
    p += p < end ? *p == '\r' && p[1] == '\n' ? 2 : 1 : 0;
    *out_next = (size_t)(p - csv->window);
    return SCAN_WHOLE;
}

static void undouble(struct csv *csv, struct slice *cell)
{
    char *start = csv->window + (cell->start - csv->window), *to = start;
    for (size_t i = 0; i < cell->length; i++) {
        *to++ = start[i];
        i += start[i] == '"';
    }
    cell->length = (size_t)(to - start);
}

static void finish_cells(struct csv *csv)
{
    for (size_t i = 0; csv->some_doubled && i < csv->count; i++)
        if (csv->doubled[i])
            undouble(csv, &csv->cells[i]);
    for (size_t i = 0; i < csv->count; i++)
        if (csv->cells[i].length && csv->cells[i].start[0] == '\'' &&
            csv_has_apostrophe(csv->cells[i]))
            csv->cells[i] = slice_from(csv->cells[i], 1);
}

static enum status csv_next(struct table_reader *reader, struct table_row *out_row)
{
    struct csv *csv = reader->state;
    for (;;) {
        size_t next = 0;
        if (csv->at == csv->end && csv->is_last)
            return STATUS_END;
        enum scan scan = csv->at == csv->end ? SCAN_CUT : scan_record(csv, &next);
        if (scan == SCAN_FAILED)
            return reader->work->status != STATUS_OK
                       ? reader->work->status
                       : fail(csv, STATUS_INPUT, csv->line, "there is a NUL byte.");
        if (scan == SCAN_CUT) {
            enum status status = fill(csv);
            if (status != STATUS_OK)
                return status;
            continue;
        }
        int64_t line = csv->line;
        csv->line += csv->breaks + 1;
        csv->at = next;
        if (!csv->some_text)
            continue;
        finish_cells(csv);
        *out_row = (struct table_row){
            .sheet = "", .number = line, .count = csv->count, .cells = csv->cells
        };
        return STATUS_OK;
    }
}

/* ---- the start ---- */

static void csv_close(struct table_reader *reader)
{
    struct csv *csv = reader->state;
    arena_free(csv->window_arena);
}

enum status csv_reader_start(struct table_reader *reader)
{
    struct csv *csv = arena_new_of(reader->arena, struct csv);
    enum status status = encoding_find(reader->work, &reader->source, &csv->encoding, &csv->mark,
                                       reader->hash);
    if (status != STATUS_OK)
        return status;
    size_t most = (size_t)reader->limits.most_columns;
    csv->reader = reader;
    /* Raw, because most of it is never touched: rules and short files are read often. */
    csv->cells = arena_take_raw(reader->arena, most * sizeof *csv->cells);
    csv->doubled = arena_take_raw(reader->arena, most);
    csv->raw = arena_take_raw(reader->arena, RAW_ROOM);
    csv->window_arena = arena_new();
    csv->window = arena_take_raw(csv->window_arena, WINDOW_ROOM + 1);
    csv->room = WINDOW_ROOM;
    csv->line = 1;
    reader->state = csv;
    reader->next = csv_next;
    reader->close = csv_close;
    status = fill(csv);
    struct slice window = { csv->window + csv->at, csv->end - csv->at };
    csv->delimiter = csv_find_delimiter(window);
    csv->stops[(unsigned char)csv->delimiter] = 1;
    csv->stops['\n'] = csv->stops['\r'] = csv->stops[0] = 1;
    return status;
}
