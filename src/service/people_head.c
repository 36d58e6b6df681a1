/* The beginning of an extract: its first rows, which of them is the heading, what the columns are.
 */
#include "service/people_parts.h"

#include <string.h>

#include "base/arena.h"
#include "entity/heading.h"
#include "base/banned.h"

enum { ROLES_OF_HEADING = 2 };

enum status people_next_row(struct table_reader *reader, const char *sheet, const char **taken,
                            struct table_row *out_row)
{
    for (;;) {
        enum status status = table_reader_next(reader, out_row);
        if (status != STATUS_OK)
            return status;
        if (!*taken && (!sheet || strcmp(sheet, out_row->sheet) == 0))
            *taken = out_row->sheet;
        if (*taken && strcmp(*taken, out_row->sheet) == 0)
            return STATUS_OK;
    }
}

enum status people_read_head(struct people_reading *reading, struct table_reader *reader,
                             struct people_head *head)
{
    struct arena *arena = reading->work->arena;
    struct table_row row;
    enum status status = STATUS_OK;
    while (head->count < PEOPLE_SAMPLE_ROWS + PEOPLE_HEADING_ROWS &&
           (status = people_next_row(reader, reading->options->sheet, &head->sheet, &row)) ==
               STATUS_OK) {
        struct slice *cells = arena_array_of(arena, row.count, struct slice);
        for (size_t i = 0; i < row.count; i++)
            cells[i] = (struct slice){ slice_copy(arena, row.cells[i]), row.cells[i].length };
        head->cells[head->count] = cells;
        head->counts[head->count] = row.count;
        head->numbers[head->count++] = row.number;
    }
    head->is_all = status == STATUS_END;
    return status == STATUS_END ? STATUS_OK : status;
}

enum status people_roles_from(struct people_reading *reading, const struct people_rules *rules,
                              const struct people_head *head, size_t at, bool with_choices,
                              struct people_columns *out_roles)
{
    struct arena *arena = reading->work->arena;
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

enum status people_find_heading(struct people_reading *reading, const struct people_rules *rules,
                                const struct people_head *head, size_t *out_at)
{
    enum status status = STATUS_OK;
    *out_at = 0;
    for (size_t at = 0; status == STATUS_OK && at < head->count && at < PEOPLE_HEADING_ROWS; at++) {
        struct people_columns roles;
        struct arena_mark mark = arena_mark(reading->work->arena);
        status = people_roles_from(reading, rules, head, at, false, &roles);
        size_t known = status == STATUS_OK ? roles_known(&roles) : 0;
        arena_return(reading->work->arena, mark);
        if (known >= ROLES_OF_HEADING) {
            *out_at = at;
            return STATUS_OK;
        }
    }
    return status;
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
        if (found == head->counts[at] && roles->columns[i].role != PEOPLE_UNKNOWN)
            return work_fail(work, STATUS_INPUT,
                             "%s has no column \"%s\", which the file before it has; files of one "
                             "extract have the same headings.",
                             file, roles->columns[i].heading);
        places[i] = found;
    }
    return STATUS_OK;
}
