/* The beginning of an extract: its first rows, which of them is the heading, what the columns are.
 */
#include "service/people_parts.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "entity/heading.h"
#include "base/banned.h"

enum {
    SHEETS_TOLD = 600,
    ROLES_OF_HEADING = 2,
    SHEET_LOOKED_AT = PEOPLE_HEADING_ROWS * 2 /* rows of a sheet, to find whether it has a table */
};

static void note_other(struct people_reading *reading, const char *sheet)
{
    struct list *others = &reading->people->other_sheets;
    for (size_t i = others->count; i > 0; i--) /* the last one is the likely one */
        if (strcmp(others->items[i - 1], sheet) == 0)
            return;
    list_add(reading->work->arena, others, arena_copy_text(reading->work->arena, sheet));
}

enum status people_next_row(struct people_reading *reading, struct table_reader *reader,
                            const char **taken, struct table_row *out_row)
{
    for (;;) {
        enum status status = table_reader_next(reader, out_row);
        if (status != STATUS_OK)
            return status;
        if (!*taken && (!reading->sheet || strcmp(reading->sheet, out_row->sheet) == 0))
            *taken = out_row->sheet;
        if (*taken && strcmp(*taken, out_row->sheet) == 0)
            return STATUS_OK;
        note_other(reading, out_row->sheet);
    }
}

static void add_row(struct arena *arena, struct people_head *head, const struct table_row *row)
{
    struct slice *cells = arena_array_of(arena, row->count, struct slice);
    for (size_t i = 0; i < row->count; i++)
        cells[i] = (struct slice){ slice_copy(arena, row->cells[i]), row->cells[i].length };
    head->cells[head->count] = cells;
    head->counts[head->count] = row->count;
    head->numbers[head->count++] = row->number;
}

enum status people_read_head(struct people_reading *reading, struct table_reader *reader,
                             struct people_head *head)
{
    struct table_row row;
    enum status status = STATUS_OK;
    while (head->count < PEOPLE_SAMPLE_ROWS + PEOPLE_HEADING_ROWS &&
           (status = people_next_row(reading, reader, &head->sheet, &row)) == STATUS_OK)
        add_row(reading->work->arena, head, &row);
    head->is_all = status == STATUS_END;
    return status == STATUS_END ? STATUS_OK : status;
}

static struct people_sample sample_from(struct arena *arena, const struct people_head *head,
                                        size_t at)
{
    size_t width = head->counts[at];
    while (width > 0 && slice_trim(head->cells[at][width - 1]).length == 0)
        width--;
    struct people_sample sample = { .headings = head->cells[at],
                                    .column_count = width,
                                    .row_count = head->count - at - 1 };
    struct slice *cells = arena_array_of(arena, sample.row_count * width + 1, struct slice);
    for (size_t row = 0; row < sample.row_count; row++)
        for (size_t i = 0; i < width; i++)
            if (i < head->counts[at + 1 + row])
                cells[row * width + i] = head->cells[at + 1 + row][i];
    sample.cells = cells;
    return sample;
}

enum status people_roles_from(struct people_reading *reading, const struct people_rules *rules,
                              const struct people_head *head, size_t at, bool with_choices,
                              struct people_columns *out_roles)
{
    const struct people_sample sample = sample_from(reading->work->arena, head, at);
    return people_roles_find(reading->work, rules, &sample, reading->options->choices,
                             with_choices ? reading->options->choice_count : 0, out_roles);
}

static size_t roles_known(const struct people_columns *roles)
{
    size_t known = 0;
    for (size_t i = 0; i < roles->count; i++)
        known += roles->columns[i].role != PEOPLE_UNKNOWN;
    return known;
}

/* How many roles a row of the head names, if it is the heading. */
static enum status count_roles(struct people_reading *reading, const struct people_rules *rules,
                               const struct people_head *head, size_t at, size_t *out_known)
{
    struct people_columns roles;
    struct arena_mark mark = arena_mark(reading->work->arena);
    enum status status = people_roles_from(reading, rules, head, at, false, &roles);
    *out_known = status == STATUS_OK ? roles_known(&roles) : 0;
    arena_return(reading->work->arena, mark);
    return status;
}

/* The first row of several cells; false where there is none. */
static bool find_wide(const struct people_head *head, size_t *out_at)
{
    for (size_t at = 0; at < head->count && at < PEOPLE_HEADING_ROWS; at++) {
        size_t filled = 0;
        for (size_t i = 0; i < head->counts[at]; i++)
            filled += slice_trim(head->cells[at][i]).length > 0;
        if (filled < 2)
            continue;
        *out_at = at;
        return true;
    }
    return false;
}

enum status people_find_heading(struct people_reading *reading, const struct people_rules *rules,
                                const struct people_head *head, size_t *out_at)
{
    *out_at = 0;
    for (size_t at = 0; at < head->count && at < PEOPLE_HEADING_ROWS; at++) {
        size_t known = 0;
        enum status status = count_roles(reading, rules, head, at, &known);
        if (status != STATUS_OK)
            return status;
        if (known < ROLES_OF_HEADING)
            continue;
        *out_at = at;
        return STATUS_OK;
    }
    (void)find_wide(head, out_at);
    return STATUS_OK;
}

/* ---- the sheet with the table ---- */

/* The choice under way among the sheets of a workbook. */
struct sheet_choice {
    const char *best; /* names the most roles so far */
    const char *wide; /* the first with a table of whatever it is */
    size_t roles;
};

/* Looks at the first rows of one sheet. */
static enum status judge_sheet(struct people_reading *reading, const struct people_rules *rules,
                               const struct people_head *head, struct sheet_choice *choice)
{
    size_t at = 0;
    if (head->count == 0)
        return STATUS_OK;
    if (!choice->wide && find_wide(head, &at) && at + 1 < head->count)
        choice->wide = head->sheet;
    for (at = 0; at < head->count && at < PEOPLE_HEADING_ROWS; at++) {
        size_t known = 0;
        enum status status = count_roles(reading, rules, head, at, &known);
        if (status != STATUS_OK)
            return status;
        if (known < ROLES_OF_HEADING || known <= choice->roles)
            continue;
        choice->roles = known;
        choice->best = head->sheet;
    }
    return STATUS_OK;
}

/* Sheets of few rows (covers, notes, lists of what may be chosen) are looked at one after another;
 * the first long one that names roles ends it. */
static enum status choose_sheet(struct people_reading *reading, const struct people_rules *rules,
                                struct table_reader *reader, struct sheet_choice *choice)
{
    struct arena *arena = reading->work->arena;
    struct people_head *head = arena_new_of(arena, struct people_head);
    struct table_row row;
    enum status status = STATUS_OK;
    while ((status = table_reader_next(reader, &row)) == STATUS_OK) {
        if (!head->sheet || strcmp(head->sheet, row.sheet) != 0) {
            if (head->count < SHEET_LOOKED_AT)
                status = judge_sheet(reading, rules, head, choice);
            *head = (struct people_head){ .sheet = arena_copy_text(arena, row.sheet) };
        }
        if (status != STATUS_OK)
            return status;
        if (head->count == SHEET_LOOKED_AT)
            continue;
        add_row(arena, head, &row);
        if (head->count < SHEET_LOOKED_AT)
            continue;
        status = judge_sheet(reading, rules, head, choice);
        if (status != STATUS_OK || choice->best == head->sheet)
            return status;
    }
    if (status != STATUS_END)
        return status;
    return head->count < SHEET_LOOKED_AT ? judge_sheet(reading, rules, head, choice) : STATUS_OK;
}

static enum status open_source(struct work *work, const struct people_source *source,
                               struct table_reader **out_reader)
{
    return source->is_bytes
               ? table_reader_open_bytes(work, source->path, source->bytes, NULL, out_reader)
               : table_reader_open(work, source->path, NULL, out_reader);
}

static enum status fail_empty(struct people_reading *reading, const struct people_source *source)
{
    const struct list *others = &reading->people->other_sheets;
    struct text names = text_new(reading->work->arena, SHEETS_TOLD);
    for (size_t i = 0; i < others->count && !names.is_full; i++)
        text_add_format(&names, "%s\"%s\"", i ? ", " : "", (const char *)others->items[i]);
    if (reading->sheet && others->count > 0)
        return work_fail(reading->work, STATUS_INPUT,
                         "%s has no rows in a sheet \"%.80s\"; its sheets are %s%s.", source->path,
                         reading->sheet, names.bytes, names.is_full ? " …" : "");
    return work_fail(reading->work, STATUS_INPUT, "%s holds no rows.", source->path);
}

enum status people_open(struct people_reading *reading, const struct people_rules *rules,
                        const struct people_source *source, struct people_head *head,
                        struct table_reader **out_reader)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct sheet_choice choice = { .roles = 0 };
    enum status status = open_source(reading->work, source, &reader);
    reading->sheet = reading->options->sheet;
    if (status == STATUS_OK && !reading->sheet && table_reader_kind(reader) != TABLE_CSV) {
        status = choose_sheet(reading, rules, reader, &choice);
        reading->sheet = choice.best ? choice.best : choice.wide;
        table_reader_close(reader);
        reader = NULL;
        if (status == STATUS_OK)
            status = open_source(reading->work, source, &reader);
    }
    if (status == STATUS_OK)
        status = people_read_head(reading, reader, head);
    if (status == STATUS_OK && head->count == 0)
        status = fail_empty(reading, source);
    if (status != STATUS_OK)
        return status;
    *out_reader = reader;
    reader = NULL;
    return STATUS_OK;
}

enum status people_look(struct work *work, const char *path, const struct people_options *options,
                        struct people_preview *out_preview)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct people_head *head = arena_new_of(work->arena, struct people_head);
    struct people people = { .arena = work->arena };
    struct people_reading reading = { .work = work, .options = options, .people = &people };
    const struct people_source source = { .path = path };
    struct people_rules rules;
    size_t at = 0;
    enum status status = people_rules_read(work, &rules);
    if (status == STATUS_OK && !people_csv_head(&reading, &source, head))
        status = people_open(&reading, &rules, &source, head, &reader);
    if (status == STATUS_OK)
        status = people_find_heading(&reading, &rules, head, &at);
    if (status == STATUS_OK)
        status = people_roles_from(&reading, &rules, head, at, false, &out_preview->roles);
    if (status == STATUS_OK)
        out_preview->sample = sample_from(work->arena, head, at);
    return status;
}

static bool is_wished(const struct people_reading *reading, size_t column)
{
    for (size_t i = 0; i < reading->options->wish_count; i++)
        if (reading->options->wishes[i].place == reading->people->roles.columns[column].place)
            return true;
    return false;
}

enum status people_match_headings(struct people_reading *reading, const char *file,
                                  const struct people_head *head, size_t at, size_t *places)
{
    struct work *work = reading->work;
    const struct people_columns *roles = &reading->people->roles;
    for (size_t i = 0; i < roles->count; i++) {
        const char *wanted = heading_compared(work->arena, slice_of(roles->columns[i].heading));
        size_t found = 0;
        while (found < head->counts[at] &&
               strcmp(heading_compared(work->arena, head->cells[at][found]), wanted) != 0)
            found++;
        if (found == head->counts[at] &&
            (roles->columns[i].role != PEOPLE_UNKNOWN || is_wished(reading, i)))
            return work_fail(work, STATUS_INPUT,
                             "%s has no column \"%s\", which the file before it has; files of one "
                             "extract have the same headings.",
                             file, roles->columns[i].heading);
        places[i] = found;
    }
    return STATUS_OK;
}
