/* The first rows of a file. Of a CSV file only the beginning is looked at, so that a large one
 * shows its headings at once. */
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/columns_reader.h"
#include "codec/kind.h"
#include "codec/source.h"
#include "base/banned.h"

enum { BEGINNING = 64 * 1024, HEADING_LONGEST = 400, TITLE_ROWS = 20 };

struct beginning {
    char *bytes;
    size_t length;
    bool is_whole;
};

static enum status read_beginning(struct work *work, const char *path, struct beginning *out)
{
    struct source source;
    enum status status = source_open(work, path, file_name(path), &source);
    if (status != STATUS_OK)
        return status;
    *out = (struct beginning){ .bytes = arena_take_raw(work->arena, BEGINNING) };
    for (size_t got = 1; status == STATUS_OK && got > 0 && out->length < BEGINNING;
         out->length += got)
        status = source_read(work, &source, out->bytes + out->length, BEGINNING - out->length,
                             &got);
    out->is_whole = source.size <= (int64_t)out->length;
    source_close(&source);
    return status;
}

/* Opens the whole of a compressed or short file, of another what stands before the last line end.
 */
static enum status open_beginning(struct work *work, const char *path,
                                  struct table_reader **out_reader, bool *out_is_whole)
{
    const struct table_options options = { .most_bytes = COLUMNS_MOST_BYTES };
    struct beginning beginning = { 0 };
    enum status status = read_beginning(work, path, &beginning);
    if (status != STATUS_OK)
        return status;
    struct slice bytes = { beginning.bytes, beginning.length };
    *out_is_whole = beginning.is_whole || kind_is_zip(bytes);
    if (*out_is_whole)
        return table_reader_open(work, path, &options, out_reader);
    const char *end = memrchr(bytes.start, '\n', bytes.length);
    /* An even number of bytes, in case they are UTF-16. */
    size_t cut = end ? (size_t)(end - bytes.start) / 2 * 2 : bytes.length;
    return table_reader_open_bytes(work, file_name(path), slice_first(bytes, cut), NULL,
                                   out_reader);
}

static struct slice copied(struct arena *arena, struct slice cell)
{
    struct slice trimmed = slice_trim(cell);
    return (struct slice){ slice_copy(arena, trimmed), trimmed.length };
}

static void take_headings(struct work *work, const struct table_row *row,
                          struct columns_preview *preview, size_t most_rows)
{
    size_t count = row->count;
    while (count > 0 && slice_trim(row->cells[count - 1]).length == 0)
        count--;
    struct slice *headings = arena_array_of(work->arena, count + 1, struct slice);
    for (size_t i = 0; i < count; i++)
        headings[i] = copied(work->arena, slice_first(row->cells[i], HEADING_LONGEST));
    preview->sheet = arena_copy_text(work->arena, row->sheet);
    preview->heading_line = row->number;
    preview->headings = headings;
    preview->count = count;
    preview->cells = arena_array_of(work->arena, count * most_rows + 1, struct slice);
}

static void take_row(struct work *work, const struct table_row *row,
                     struct columns_preview *preview, struct slice *cells)
{
    struct slice *taken = cells + preview->row_count++ * preview->count;
    for (size_t i = 0; i < preview->count; i++)
        taken[i] = i < row->count ? copied(work->arena, row->cells[i]) : SLICE("");
}

static bool is_wanted(const struct columns_preview *preview, const struct table_row *row,
                      const char *sheet, int64_t heading_line)
{
    if (preview->headings)
        return strcmp(preview->sheet, row->sheet) == 0;
    return (!sheet || strcmp(sheet, row->sheet) == 0) &&
           (heading_line == 0 || row->number == heading_line);
}

static size_t filled_cells(const struct table_row *row)
{
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++)
        count += slice_trim(row->cells[i]).length > 0;
    return count;
}

/* Behind a title, a single cell above rows of more, the headings are the first row of more. Gives
 * the line of the title where there is none. */
static int64_t line_behind_title(struct table_reader *reader, const struct table_row *title)
{
    struct table_row row;
    int64_t line = title->number;
    const char *sheet = title->sheet; /* lives as long as the reader */
    for (size_t i = 0; i < TITLE_ROWS && table_reader_next(reader, &row) == STATUS_OK; i++)
        if (strcmp(row.sheet, sheet) == 0 && filled_cells(&row) > 1)
            return row.number;
    return line;
}

enum status columns_preview(struct work *work, const char *path, const char *sheet,
                            int64_t heading_line, size_t most_rows,
                            struct columns_preview *out_preview)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct columns_preview preview = { .sheet = "" };
    struct table_row row;
    struct slice *cells = NULL;
    bool is_whole = false;
    enum status status = open_beginning(work, path, &reader, &is_whole);
    if (most_rows > COLUMNS_MOST_PREVIEW_ROWS)
        most_rows = COLUMNS_MOST_PREVIEW_ROWS;
    while (status == STATUS_OK && (!preview.headings || preview.row_count < most_rows)) {
        status = table_reader_next(reader, &row);
        if (status != STATUS_OK || !is_wanted(&preview, &row, sheet, heading_line))
            continue;
        if (preview.headings) {
            take_row(work, &row, &preview, cells);
            continue;
        }
        size_t filled = filled_cells(&row);
        if (filled == 0)
            continue; /* a row of blanks names no column */
        if (heading_line == 0 && filled == 1) {
            const char *of_title = arena_copy_text(work->arena, row.sheet);
            int64_t line = line_behind_title(reader, &row);
            work_forget(work); /* what is wrong further down is said when it is read */
            return columns_preview(work, path, of_title, line, most_rows, out_preview);
        }
        take_headings(work, &row, &preview, most_rows);
        cells = arena_array_of(work->arena, preview.count * most_rows + 1, struct slice);
        preview.cells = cells;
    }
    /* A record that is cut where the beginning ends is no fault of the file. */
    if (status != STATUS_OK && status != STATUS_END && !is_whole && preview.headings) {
        work_forget(work);
        status = STATUS_END;
    }
    if (status != STATUS_OK && status != STATUS_END)
        return status;
    if (!preview.headings)
        return work_fail(work, STATUS_INPUT, "%s has no headings%s; give it a first row of names.",
                         file_name(path), sheet ? " on that sheet" : "");
    preview.kind = table_reader_kind(reader);
    *out_preview = preview;
    return STATUS_OK;
}

/* The next byte of a heading that counts: blanks and underscores do not, nor does case. */
static int next_counted(struct slice *rest)
{
    while (rest->length > 0) {
        unsigned char byte = (unsigned char)rest->start[0];
        *rest = slice_from(*rest, 1);
        if (byte >= 'A' && byte <= 'Z')
            return byte - 'A' + 'a';
        if (byte != ' ' && byte != '_' && byte != '\t' && byte != '\n' && byte != '\r')
            return byte;
    }
    return -1;
}

static bool is_alike(struct slice a, struct slice b)
{
    for (;;) {
        int first = next_counted(&a), second = next_counted(&b);
        if (first != second)
            return false;
        if (first < 0)
            return true;
    }
}

ptrdiff_t columns_find_heading(const struct slice *headings, size_t count, struct slice wanted)
{
    ptrdiff_t same = -1, alike = -1;
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(headings[i], wanted))
            same = same == -1 ? (ptrdiff_t)i : -2;
        else if (is_alike(headings[i], wanted))
            alike = alike == -1 ? (ptrdiff_t)i : -2;
    }
    return same != -1 ? same : alike;
}
