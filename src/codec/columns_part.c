/* One buffer: its separators, its rows, then column after column. What a loop does for every cell
 * is as little as can be; blank, short, long and rejected rows are looked for with one comparison a
 * row and dealt with apart. */
#include "codec/columns_part.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/csv_writer.h"
#include "codec/encoding.h"
#include "base/banned.h"

enum { LONGEST_BLANK_CELL = 3 /* two quotation marks and what ends the cell */ };

/* ---- cells ---- */

static struct slice cell_at(const struct part *part, const struct part_rows *rows, size_t row,
                            size_t field)
{
    const struct label_cells cells = { part->buffer, rows->ends + field, rows->stride,
                                       rows->count };
    return label_cell(&cells, row);
}

/* What the cell holds, as table_reader would have it, without blanks at its ends. Lives until the
 * next call. */
static struct slice cooked(struct part *part, struct slice cell)
{
    if (cell.length > 0 && cell.start[cell.length - 1] == '\r')
        cell.length--;
    if (cell.length >= 2 && cell.start[0] == '"') {
        cell = slice_first(slice_from(cell, 1), cell.length - 2);
        if (cell.length && memchr(cell.start, '"', cell.length)) {
            text_cut(&part->cooked, 0);
            for (size_t i = 0; i < cell.length; i++) {
                text_add_character(&part->cooked, cell.start[i]);
                i += cell.start[i] == '"'; /* it is doubled */
            }
            cell = text_slice(&part->cooked);
        }
    }
    return slice_trim(csv_has_apostrophe(cell) ? slice_from(cell, 1) : cell);
}

/* ---- rows ---- */

static size_t row_start(const struct part_rows *rows, size_t row)
{
    uint32_t start = rows->ends[row * rows->stride - 1] + 1U; /* from 0 again before the text */
    return start;
}

static size_t row_end(const struct part *part, const struct part_rows *rows, size_t row)
{
    return rows->ends[row * rows->stride + part->intake->map->heading_count - 1];
}

/* The line on which a place of the buffer stands. Only for rows that are named; goes on from the
 * last place that was asked for, as these mostly come one after the other. */
static int64_t line_at(struct part *part, size_t place)
{
    if (place < part->line_place) {
        part->line_place = 0;
        part->line_breaks = 0;
    }
    for (size_t i = part->line_place; i < place; i++) {
        char byte = part->buffer[i];
        part->line_breaks += byte == '\n' || (byte == '\r' && part->buffer[i + 1] != '\n');
    }
    part->line_place = place;
    return part->intake->lines + 1 + part->line_breaks;
}

static void reject(struct part *part, size_t place, const char *column, const char *words)
{
    bool is_named = part->intake->rejected_before < COLUMNS_MOST_NAMED;
    intake_reject(part->intake, is_named ? line_at(part, place) : 0, column, words);
}

static bool is_blank(const char *start, const char *end, char delimiter)
{
    for (; start < end; start++)
        if (*start != delimiter && *start != '"' && *start != '\r')
            return false;
        else if (*start == '"' && start[1] == '"' && start[2] == '"')
            return false; /* a quotation mark is text */
    return true;
}

/* Begins with what is neither blank nor a mark, so that there is text whatever follows. */
static bool is_plain(char byte)
{
    return byte > ' ' && byte < 0x7F && byte != '"' && byte != '\'';
}

/* Enough cells of a record plainly hold text; those of a row that do not are looked at closely. */
static bool is_plainly_filled(const struct part *part, const uint32_t *ends, size_t count)
{
    size_t filled = 0, judged = part->intake->request->layout->judged_count;
    count = count < judged ? count : judged;
    for (size_t i = 0; i < count && filled < COLUMNS_PLAINLY_FILLED; i++) {
        uint32_t start = ends[(ptrdiff_t)i - 1] + 1U;
        filled += start < ends[i] && is_plain(part->buffer[start]);
    }
    return filled == COLUMNS_PLAINLY_FILLED;
}

/* Asks the caller about a row. False when it is passed over or rejected. */
static bool is_taken(struct part *part, const uint32_t *ends, size_t count)
{
    const struct columns_request *request = part->intake->request;
    size_t fields = part->intake->map->heading_count;
    struct arena *arena = part->intake->work.arena;
    struct arena_mark mark = arena_mark(arena);
    struct slice *cells = arena_array_of(arena, fields + 1, struct slice);
    const char *words = "";
    for (size_t i = 0; i < fields && i < count; i++) {
        uint32_t start = ends[(ptrdiff_t)i - 1] + 1U;
        struct slice cell = cooked(part, (struct slice){ part->buffer + start, ends[i] - start });
        cells[i] = (struct slice){ slice_copy(arena, cell), cell.length };
    }
    enum columns_row row = request->layout->judge_row(request->context, cells, fields, &words);
    arena_return(arena, mark);
    if (row == COLUMNS_ROW_REJECTED)
        reject(part, ends[-1] + 1U, NULL, words);
    return row == COLUMNS_ROW_TAKEN;
}

/* True when every record has as many cells as there are headings and none can be blank. */
static bool are_alike(const struct part *part, size_t record_count)
{
    bool is_judged = part->intake->request->layout;
    const uint32_t *ends = part->places + 1;
    size_t fields = part->intake->map->heading_count;
    if (part->separators.count < record_count * fields)
        return false;
    size_t blank = fields * LONGEST_BLANK_CELL, odd = 0;
    for (size_t row = 0; row < record_count; row++) {
        const uint32_t *end = ends + row * fields;
        odd += part->buffer[end[fields - 1]] != '\n';
        odd += end[fields - 1] - (end[-1] + 1U) <= blank;
        odd += is_judged && !is_plainly_filled(part, end, fields);
    }
    return odd == 0;
}

/* The cells behind the headings hold text. */
static bool has_more_cells(struct part *part, const uint32_t *ends, size_t count)
{
    for (size_t i = part->intake->map->heading_count; i < count; i++) {
        struct slice cell = { part->buffer + ends[i - 1] + 1, ends[i] - (ends[i - 1] + 1U) };
        if (cell.length > 0 && cell.start[cell.length - 1] == '\r')
            cell.length--;
        if (cell.length > 0 && !slice_is(cell, "\"\""))
            return true;
    }
    return false;
}

/* Lays out one record of `count` cells; false when it is passed over or rejected. */
static bool pad_row(struct part *part, const uint32_t *ends, size_t count, uint32_t *to)
{
    size_t fields = part->intake->map->heading_count, start = ends[-1] + 1U;
    bool is_judged = part->intake->request->layout;
    if (is_blank(part->buffer + start, part->buffer + ends[count - 1], part->delimiter))
        return false;
    if (is_judged && !is_plainly_filled(part, ends, count) && !is_taken(part, ends, count))
        return false;
    if (!is_judged && count > fields && has_more_cells(part, ends, count)) {
        reject(
            part, start, NULL,
            "the row has more cells than there are headings; a cell that holds the delimiter may "
            "lack its quotation marks");
        return false;
    }
    memcpy(to, ends - 1, ((count < fields ? count : fields) + 1) * sizeof *to);
    for (size_t i = count; i < fields; i++)
        to[i + 1] = to[i] + 1; /* a cell of no length */
    part->intake->short_rows += count < fields;
    return true;
}

static struct part_rows pad_rows(struct part *part, size_t record_count)
{
    size_t stride = part->intake->map->heading_count + 1, count = 0;
    const uint32_t *ends = part->places + 1;
    region_reach(&part->padded, record_count * stride * sizeof(uint32_t));
    region_reach(&part->records, record_count * sizeof(uint32_t));
    uint32_t *padded = part->padded.bytes, *records = part->records.bytes;
    for (size_t record = 0; record < record_count; record++) {
        size_t cells = 1;
        while (part->buffer[ends[cells - 1]] != '\n')
            cells++;
        records[count] = (uint32_t)record;
        count += pad_row(part, ends, cells, padded + count * stride);
        ends += cells;
    }
    return (struct part_rows){ padded + 1, stride, count, records };
}

/* Leaves out the rows that are marked as rejected. */
static struct part_rows without_rejected(struct part *part, const struct part_rows *rows)
{
    size_t stride = part->intake->map->heading_count + 1, count = 0;
    region_reach(&part->padded, rows->count * stride * sizeof(uint32_t));
    uint32_t *padded = part->padded.bytes;
    for (size_t row = 0; row < rows->count; row++)
        if (!part->rejected[row])
            memmove(padded + count++ * stride, rows->ends + row * rows->stride - 1,
                    stride * sizeof *padded);
    return (struct part_rows){ padded + 1, stride, count, NULL };
}

/* ---- columns ---- */

static bool is_cell(const struct part *part, size_t field)
{
    return field < part->intake->map->heading_count;
}

static void mark_rejected(struct part *part, const struct part_rows *rows, size_t row, size_t wish,
                          const char *words)
{
    struct intake *intake = part->intake;
    if (part->rejected[row])
        return; /* one reason is enough */
    part->rejected[row] = 1;
    reject(part, row_start(rows, row), intake->request->wishes[wish].heading,
           arena_format(intake->work.arena, "the cell %s", words));
}

/* Labels and texts that are too long; only rows of that length are looked at. With a layout they
 * are the caller's business. */
static size_t reject_long(struct part *part, const struct part_rows *rows)
{
    const struct columns_request *request = part->intake->request;
    size_t count = 0;
    for (size_t row = 0; row < rows->count; row++) {
        if (row_end(part, rows, row) - row_start(rows, row) <= COLUMN_MOST_LABEL)
            continue;
        for (size_t i = 0; i < request->wish_count && !part->rejected[row]; i++) {
            size_t field = part->intake->map->fields[i];
            if (!is_cell(part, field))
                continue;
            struct slice cell = cell_at(part, rows, row, field);
            if (request->wishes[i].kind == COLUMN_DECIMAL || cell.length <= COLUMN_MOST_LABEL ||
                cooked(part, cell).length <= COLUMN_MOST_LABEL)
                continue;
            if (request->layout)
                part->is_irregular = true;
            else
                mark_rejected(part, rows, row, i, "is too long; shorten it to 4,096 bytes");
        }
        count += part->rejected[row];
    }
    return count;
}

/* The value of a cell that is no plain number; false when the row is rejected for it. */
static bool read_odd(struct part *part, const struct part_rows *rows, size_t row, size_t wish,
                     int64_t *out_value)
{
    const char *words = "";
    struct slice cell = cell_at(part, rows, row, part->intake->map->fields[wish]);
    enum columns_cell read = intake_read_decimal(part->intake, wish, cooked(part, cell), out_value,
                                                 &words);
    if (read == COLUMNS_REFUSED)
        mark_rejected(part, rows, row, wish, words);
    if (read == COLUMNS_NOTED && !part->is_again) {
        bool is_named = part->intake->noted_before < COLUMNS_MOST_NAMED;
        intake_note(part->intake, wish, is_named ? line_at(part, row_start(rows, row)) : 0, words);
    }
    return read != COLUMNS_REFUSED;
}

static void set_decimal(struct column *column, int64_t row, int64_t rows, int64_t value)
{
    if (column->width == 4 && column_width_of_decimal(value) == 8) {
        column_widen(column, row, 8);
        column_reach(column, rows);
    }
    column_set_decimal(column, row, value);
}

/* The line of each row, from the start of the part. */
static void take_lines(struct part *part, const struct part_rows *rows, size_t wish)
{
    struct columns *columns = part->intake->columns;
    struct column *column = &columns->column[wish];
    int64_t end = columns->rows + (int64_t)rows->count;
    column_reach(column, end);
    for (size_t row = 0; row < rows->count; row++) {
        int64_t line = part->intake->lines + 1;
        if (part->separators.has_breaks)
            line = line_at(part, row_start(rows, row));
        else
            line += (int64_t)(rows->records ? rows->records[row] : row);
        set_decimal(column, columns->rows + (int64_t)row, end, line);
    }
}

static size_t take_decimals(struct part *part, const struct part_rows *rows, size_t wish)
{
    struct intake *intake = part->intake;
    struct column *column = &intake->columns->column[wish];
    int64_t base = intake->columns->rows;
    size_t refused = 0, field = intake->map->fields[wish];
    column_reach(column, base + (int64_t)rows->count);
    for (size_t row = 0; row < rows->count; row++) {
        struct slice cell = cell_at(part, rows, row, field);
        int64_t value = INTEGER_MISSING;
        cell.length -= cell.length > 0 && cell.start[cell.length - 1] == '\r';
        if (cell.length > 0 && !intake_read_plain(cell, column->scale, column->finest, &value)) {
            refused += !read_odd(part, rows, row, wish, &value);
            value = column_fit(column, base + (int64_t)row, value);
            column_reach(column, base + (int64_t)rows->count);
        }
        set_decimal(column, base + (int64_t)row, base + (int64_t)rows->count, value);
    }
    return refused;
}

/* The code of a label that the table does not remember. */
static enum status take_label(struct part *part, size_t wish, struct slice cell,
                              struct dictionary *labels, uint32_t *out_code)
{
    uint32_t code = dictionary_add(labels, cooked(part, cell));
    part->is_irregular |= code == DICTIONARY_NONE && part->intake->request->layout;
    if (part->is_irregular)
        return STATUS_OK;
    if (code == DICTIONARY_NONE)
        return intake_fail_full(part->intake, wish);
    label_table_add(part->tables[wish], cell, code);
    *out_code = code;
    return STATUS_OK;
}

static enum status take_categories(struct part *part, const struct part_rows *rows, size_t wish)
{
    struct intake *intake = part->intake;
    struct column *column = &intake->columns->column[wish];
    int64_t base = intake->columns->rows;
    const struct label_cells cells = { part->buffer, rows->ends + intake->map->fields[wish],
                                       rows->stride, rows->count };
    column_reach(column, base + (int64_t)rows->count);
    for (size_t row = 0;; row++) {
        uint32_t code = 0;
        unsigned char *values = column->values.bytes;
        row = label_table_codes(part->tables[wish], &cells, row,
                                values + (size_t)base * (size_t)column->width, column->width);
        if (row == rows->count)
            return STATUS_OK;
        enum status status = take_label(part, wish, label_cell(&cells, row), column->labels, &code);
        if (status != STATUS_OK || part->is_irregular)
            return status;
        column_widen(column, base + (int64_t)row,
                     column_width_of_codes(dictionary_count(column->labels)));
        column_reach(column, base + (int64_t)rows->count);
        column_set_code(column, base + (int64_t)row, code);
    }
}

/* The file's name as the label of every row. */
static void take_file(struct part *part, const struct part_rows *rows, size_t wish)
{
    struct columns *columns = part->intake->columns;
    struct column *column = &columns->column[wish];
    uint32_t code = dictionary_add(column->labels, slice_of(part->intake->rejected.file));
    column_reach(column, columns->rows + (int64_t)rows->count);
    for (size_t row = 0; row < rows->count; row++)
        column_set_code(column, columns->rows + (int64_t)row, code); /* the first, which is 0 */
}

static void take_texts(struct part *part, const struct part_rows *rows, size_t wish)
{
    struct columns *columns = part->intake->columns;
    struct column *column = &columns->column[wish];
    size_t field = part->intake->map->fields[wish];
    column_reach(column, columns->rows + (int64_t)rows->count);
    for (size_t row = 0; row < rows->count; row++)
        column_set_text(column, columns->rows + (int64_t)row,
                        cooked(part, cell_at(part, rows, row, field)));
}

static size_t take_all_decimals(struct part *part, const struct part_rows *rows)
{
    const struct columns_request *request = part->intake->request;
    size_t refused = 0;
    for (size_t i = 0; i < request->wish_count; i++)
        if (request->wishes[i].kind == COLUMN_DECIMAL &&
            is_cell(part, part->intake->map->fields[i]))
            refused += take_decimals(part, rows, i);
    return refused;
}

static enum status take_others(struct part *part, const struct part_rows *rows, size_t wish)
{
    size_t field = part->intake->map->fields[wish];
    enum column_kind kind = part->intake->request->wishes[wish].kind;
    if (field == COLUMNS_LINE)
        take_lines(part, rows, wish);
    else if (field == COLUMNS_FILE)
        take_file(part, rows, wish);
    else if (kind == COLUMN_CATEGORY)
        return take_categories(part, rows, wish);
    else if (kind == COLUMN_TEXT)
        take_texts(part, rows, wish);
    return STATUS_OK;
}

/* Decimals first: a row that they reject leaves no label behind. */
static enum status take_rows(struct part *part, struct part_rows rows)
{
    struct intake *intake = part->intake;
    memset(part->rejected, 0, rows.count);
    part->is_irregular = intake->request->layout &&
                         intake->columns->rows + (int64_t)rows.count > COLUMNS_MOST_ROWS;
    if (part->is_irregular)
        return STATUS_OK;
    if (intake->columns->rows + (int64_t)rows.count > COLUMNS_MOST_ROWS) {
        intake->columns->rows = COLUMNS_MOST_ROWS;
        return intake_fail_full(intake, 0);
    }
    if (reject_long(part, &rows) + take_all_decimals(part, &rows) > 0) {
        rows = without_rejected(part, &rows);
        memset(part->rejected, 0, rows.count);
        part->is_again = true;
        (void)take_all_decimals(part, &rows); /* these were taken before */
        part->is_again = false;
    }
    for (size_t i = 0; i < intake->request->wish_count && !part->is_irregular; i++) {
        enum status status = take_others(part, &rows, i);
        if (status != STATUS_OK)
            return status;
    }
    intake->columns->rows += (int64_t)rows.count;
    return STATUS_OK;
}

/* ---- the buffer ---- */

static bool is_regular(const struct part *part, size_t taken)
{
    const struct separators *separators = &part->separators;
    return separators->irregular >= taken &&
           (!separators->has_high || encoding_is_utf8((struct slice){ part->buffer, taken }));
}

enum status part_take_buffer(struct part *part, size_t length, size_t *out_taken)
{
    struct separators *separators = &part->separators;
    separators->places = part->places + 1;
    separators_find(part->form, part->buffer, length, part->delimiter, separators);
    size_t records = separators->line_ends, last = separators->count;
    while (last > 0 && part->buffer[separators->places[last - 1]] != '\n')
        last--;
    size_t taken = last > 0 ? separators->places[last - 1] + 1 : 0;
    separators->count = last;
    part->is_irregular = records == 0 || !is_regular(part, taken) ||
                         records * (part->intake->map->heading_count + 1) > PART_MOST_PADDED;
    *out_taken = part->is_irregular ? 0 : taken;
    if (part->is_irregular)
        return STATUS_OK;
    part->places[0] = UINT32_MAX; /* the place before the text */
    part->line_place = 0;
    part->line_breaks = 0;
    part->intake->rejected_before = part->intake->rejected_count;
    part->intake->noted_before = (int64_t)part->intake->noted.list.count;
    struct part_rows rows = { part->places + 1, part->intake->map->heading_count, records, NULL };
    if (!are_alike(part, records))
        rows = pad_rows(part, records);
    enum status status = take_rows(part, rows);
    part->intake->lines += separators->has_breaks ? line_at(part, taken) - part->intake->lines - 1
                                                  : (int64_t)records;
    return status;
}
