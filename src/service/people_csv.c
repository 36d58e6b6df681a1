/* An extract as CSV, column by column through the fast reader: what most extracts are. It gives
 * what reading cell by cell gives (people.c); where it cannot, it gives nothing and that is done.
 */
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/threads.h"
#include "codec/columns_reader.h"
#include "codec/kind.h"
#include "codec/money.h"
#include "codec/source.h"
#include "service/people_parts.h"
#include "base/banned.h"

enum { BEGINNING = 256 * 1024 /* in which the fast reader and table_reader find the delimiter */ };

/* What the reader's threads look at. */
struct csv_context {
    const struct people *people;
    struct people_field **of_wish; /* NULL: the line and the file */
    const size_t *places;          /* of each role's column among the cells */
};

/* ---- the beginning ---- */

static enum status read_beginning(struct work *work, const struct people_source *from,
                                  struct slice *out_bytes, bool *out_is_whole)
{
    struct source source = source_of_bytes(from->path, from->bytes);
    enum status status = STATUS_OK;
    if (!from->is_bytes)
        status = source_open(work, from->path, file_name(from->path), &source);
    if (status != STATUS_OK)
        return status;
    size_t length = source.size < BEGINNING ? (size_t)source.size : BEGINNING;
    char *bytes = arena_take_raw(work->arena, length + 1);
    status = source_read_at(work, &source, 0, bytes, length);
    *out_bytes = (struct slice){ bytes, length };
    *out_is_whole = source.size == (int64_t)length;
    source_close(&source);
    return status;
}

bool people_csv_head(struct people_reading *reading, const struct people_source *source,
                     struct people_head *head)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct slice bytes = { NULL, 0 };
    bool is_whole = false;
    enum status status = read_beginning(reading->work, source, &bytes, &is_whole);
    if (status == STATUS_OK && !is_whole) {
        const char *end = memrchr(bytes.start, '\n', bytes.length);
        bytes.length = end ? (size_t)(end - bytes.start) + 1 : 0;
    }
    if (status != STATUS_OK || bytes.length == 0 || kind_is_zip(bytes) || reading->options->sheet)
        return false;
    status = table_reader_open_bytes(reading->work, source->path, bytes, NULL, &reader);
    if (status == STATUS_OK)
        status = people_read_head(reading, reader, head);
    head->is_all &= is_whole;
    if (status == STATUS_OK && head->count > 0 &&
        (is_whole || head->count == PEOPLE_SAMPLE_ROWS + PEOPLE_HEADING_ROWS))
        return true;
    work_forget(reading->work); /* what is wrong is told by who reads all */
    *head = (struct people_head){ .count = 0 };
    return false;
}

/* Every column of the roles is another cell of this file, and there are no others. */
static bool are_same_columns(const struct people *people, const struct people_head *head, size_t at,
                             const size_t *places)
{
    bool is_seen[PEOPLE_MOST_COLUMNS] = { false };
    size_t width = head->counts[at];
    while (width > 0 && slice_trim(head->cells[at][width - 1]).length == 0)
        width--;
    if (width != people->roles.count)
        return false;
    for (size_t i = 0; i < width; i++) {
        if (places[i] >= width || is_seen[places[i]])
            return false;
        is_seen[places[i]] = true;
    }
    return true;
}

/* ---- cells and rows ---- */

static enum columns_cell read_amount(const void *context, size_t wish, struct slice cell,
                                     struct columns_decimal *out_decimal)
{
    const struct csv_context *csv = context;
    enum money_period period = MONEY_PERIOD_UNSAID;
    const struct people_field *field = csv->of_wish[wish];
    if (money_is_blank(cell))
        return COLUMNS_MISSING;
    if (!people_figure_read(field, cell, &out_decimal->value, &period)) {
        out_decimal->words = people_figure_words(field);
        return COLUMNS_NOTED;
    }
    out_decimal->marks = 1U << period;
    return COLUMNS_VALUE;
}

static enum columns_row judge_row(const void *context, const struct slice *cells, size_t count,
                                  const char **out_words)
{
    const struct csv_context *csv = context;
    struct slice row[PEOPLE_MOST_COLUMNS];
    size_t width = csv->people->roles.count;
    for (size_t i = 0; i < width; i++)
        row[i] = csv->places[i] < count ? cells[csv->places[i]] : (struct slice){ NULL, 0 };
    switch (people_row_judge(row, width)) {
    case PEOPLE_ROW_BLANK:
        return COLUMNS_ROW_PASSED;
    case PEOPLE_ROW_STRAY:
        *out_words = PEOPLE_STRAY_WORDS;
        return COLUMNS_ROW_REJECTED;
    case PEOPLE_ROW_PERSON:
        break;
    }
    return COLUMNS_ROW_TAKEN;
}

/* ---- what was read ---- */

/* Blanks of categories count as nothing, however they are written. */
static void clear_blanks(struct people_reading *reading, struct columns *columns)
{
    struct arena *arena = reading->work->arena;
    for (size_t i = 0; i < reading->people->field_count; i++) {
        const struct people_field *field = &reading->people->fields[i];
        bool any = false;
        if (field->values < 0 || columns->column[field->values].kind != COLUMN_CATEGORY)
            continue;
        struct column *column = &columns->column[field->values];
        size_t count = column_label_count(column);
        struct slice *labels = arena_array_of(arena, count + 1, struct slice);
        for (size_t k = 0; k < count; k++) {
            labels[k] = column_label(column, (uint32_t)k);
            if (labels[k].length == 0 || !people_label_is_blank(labels[k]))
                continue;
            labels[k] = SLICE("");
            any = true;
        }
        if (any)
            column_relabel(column, columns->rows, labels);
    }
}

/* Names rows and cells in their order. */
static void take_problems(struct people_reading *reading, const struct columns_reading *from)
{
    const struct list *rows = &from->rejected.list, *cells = &from->noted.list;
    int64_t all = from->rejected_count, named = 0;
    for (size_t i = 0; i < reading->people->columns->count; i++)
        all += from->noted_counts[i];
    for (size_t row = 0, cell = 0; row < rows->count || cell < cells->count; named++) {
        const struct problem *first = row < rows->count ? rows->items[row] : NULL;
        const struct problem *second = cell < cells->count ? cells->items[cell] : NULL;
        bool is_row = first && (!second || first->row < second->row);
        const struct problem *next = is_row ? first : second;
        assert(next); /* one of the lists goes on */
        row += is_row;
        cell += !is_row;
        people_problem(reading, next->row, next->column, next->words);
    }
    reading->people->problem_count += all - named;
}

static void take_marks(struct people_reading *reading, const struct columns_reading *from,
                       struct people_field *const *of_wish)
{
    for (size_t i = 0; i < reading->people->columns->count; i++) {
        struct people_field *field = of_wish[i];
        if (!field)
            continue;
        field->unread += from->noted_counts[i];
        for (int period = 0; period <= MONEY_PER_YEAR; period++)
            if (from->marks[i] & 1U << period)
                people_note_period(reading, field, (enum money_period)period);
    }
}

static bool take_reading(struct people_reading *reading, struct columns_reading *from,
                         struct people_field *const *of_wish)
{
    struct people *people = reading->people;
    struct columns *columns = from->columns;
    clear_blanks(reading, columns);
    if (!columns_append(people->columns, columns, threads_for_rows(columns->rows, 0)))
        return false;
    people->rows_read += from->files[0].rows + from->rejected_count;
    people->refused[PEOPLE_STRAY] += from->rejected_count;
    take_marks(reading, from, of_wish);
    take_problems(reading, from);
    hash_add(reading->hash, slice_of(from->hash ? from->hash : ""));
    return true;
}

/* ---- a file ---- */

/* A wish for each column of the table, whose names and kinds were laid out. */
static void make_wishes(struct people_reading *reading, const size_t *places,
                        struct columns_wish *wishes, size_t *cells, struct people_field **of_wish)
{
    struct people *people = reading->people;
    for (size_t i = 0; i < people->columns->count; i++) {
        const struct column *column = &people->columns->column[i];
        wishes[i] = (struct columns_wish){ column->name, column->name, column->kind, column->finest,
                                           column->finest - column->scale };
        cells[i] = i == reading->row_place ? COLUMNS_LINE : COLUMNS_FILE;
        of_wish[i] = NULL;
    }
    for (size_t i = 0; i < people->field_count; i++) {
        struct people_field *field = &people->fields[i];
        ptrdiff_t place = field->written >= 0 ? field->written : field->values;
        if (place < 0)
            continue;
        wishes[place].heading = field->column->heading;
        cells[place] = places[field->column - people->roles.columns];
        of_wish[place] = field;
    }
}

static enum status read_columns(struct people_reading *reading, const struct people_source *source,
                                const struct people_head *head, size_t at, bool *out_is_read)
{
    struct arena *arena = reading->work->arena;
    struct people *people = reading->people;
    size_t places[PEOPLE_MOST_COLUMNS] = { 0 }, count = people->columns->count;
    struct columns_wish *wishes = arena_array_of(arena, count, struct columns_wish);
    size_t *cells = arena_array_of(arena, count, size_t);
    struct people_field **of_wish = arena_array_of(arena, count, struct people_field *);
    const struct csv_context context = { people, of_wish, places };
    struct columns_reading columns;
    enum status status = people_match_headings(reading, file_name(source->path), head, at, places);
    if (status != STATUS_OK || count > COLUMNS_MOST_WISHES ||
        !are_same_columns(people, head, at, places))
        return status;
    make_wishes(reading, places, wishes, cells, of_wish);
    const struct columns_layout layout = { .cell_count = head->counts[at],
                                           .heading_line = head->numbers[at],
                                           .fields = cells,
                                           .judged_count = people->roles.count,
                                           .judge_row = judge_row,
                                           .has_no_hash = reading->options->wishes != NULL,
                                           .bytes = source->bytes };
    const struct columns_request request = { .paths = &source->path,
                                             .path_count = 1,
                                             .wishes = wishes,
                                             .wish_count = count,
                                             .read_decimal = read_amount,
                                             .context = &context,
                                             .threads = reading->options->threads,
                                             .layout = &layout };
    status = columns_read_regular(reading->work, &request, out_is_read, &columns);
    if (status == STATUS_OK && *out_is_read)
        *out_is_read = take_reading(reading, &columns, of_wish);
    return status;
}

bool people_read_csv(struct people_reading *reading, const struct people_rules *rules,
                     const struct people_source *source, bool is_first)
{
    struct people_head *head = arena_new_of(reading->work->arena, struct people_head);
    struct people *people = reading->people;
    bool is_read = false;
    size_t at = 0;
    if (reading->options->is_slow || !people_csv_head(reading, source, head))
        return false;
    people->problems.file = file_name(source->path);
    enum status status = people_find_heading(reading, rules, head, &at);
    if (status == STATUS_OK && is_first)
        status = people_roles_from(reading, rules, head, at, true, &people->roles);
    if (status == STATUS_OK && is_first)
        people_layout(reading);
    if (status == STATUS_OK)
        status = read_columns(reading, source, head, at, &is_read);
    if (status == STATUS_OK && is_read)
        return true;
    work_forget(reading->work); /* what is wrong is told by the other way */
    if (is_first) {
        columns_free(people->columns);
        people->columns = columns_new();
    }
    return false;
}
