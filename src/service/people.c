#include "service/people.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/hash.h"
#include "codec/table_reader.h"
#include "entity/heading.h"
#include "service/people_parts.h"
#include "base/banned.h"

enum { SAMPLE_ROWS = 100, HEADING_ROWS = 20, ROLES_OF_HEADING = 2 };

/* The first rows of a file, copied, so that they can be looked at before they are put. */
struct head {
    struct slice *cells[SAMPLE_ROWS + HEADING_ROWS];
    size_t counts[SAMPLE_ROWS + HEADING_ROWS];
    int64_t numbers[SAMPLE_ROWS + HEADING_ROWS];
    size_t count;
    const char *sheet;
    bool is_all; /* the file ended within them */
};

void people_free(struct people *people)
{
    columns_free(people->columns);
    people->columns = NULL;
}

const struct people_field *people_field_of(const struct people *people, enum people_role role)
{
    const struct people_column *column = people_column_of(&people->roles, role);
    return column ? &people->fields[column - people->roles.columns] : NULL;
}

const struct people_field *people_unit_field(const struct people *people, int level)
{
    const struct people_column *column = people_unit_column(&people->roles, level);
    return column ? &people->fields[column - people->roles.columns] : NULL;
}

const char *people_refusal_words(enum people_refusal refusal)
{
    static const char *const words[PEOPLE_REFUSAL_COUNT] = {
        [PEOPLE_REPEATED] = "the same row stands under the same key before",
        [PEOPLE_DATES_CROSS] = "the leaving date is before the start date",
        [PEOPLE_STRAY] = "a total or a note, with nothing else in the row",
        [PEOPLE_NOT_IN_FORCE] = "not employed on the day",
    };
    return words[refusal];
}

int people_age_on(struct date born, struct date on)
{
    int age = on.year - born.year;
    return age - (on.month < born.month || (on.month == born.month && on.day < born.day));
}

void people_problem(struct people_reading *reading, int64_t row, const char *column,
                    const char *words)
{
    struct people *people = reading->people;
    if (people->problem_count++ >= PEOPLE_PROBLEMS_KEPT)
        return;
    people->problems.row = row;
    problem_add(&people->problems, column, "%s", words);
}

void people_problem_at(struct people_reading *reading, int64_t row, const char *column,
                       const char *words)
{
    struct people *people = reading->people;
    const struct column *columns = people->columns->column, *file = &columns[reading->file_place];
    people->problems.file = slice_copy(reading->work->arena,
                                       column_label(file, column_code(file, row)));
    people_problem(reading, column_decimal(&columns[reading->row_place], row), column, words);
}

/* The next row of the sheet that is read. */
static enum status next_row(struct table_reader *reader, const char *sheet, const char **taken,
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

static enum status read_head(struct people_reading *reading, struct table_reader *reader,
                             struct head *head)
{
    struct arena *arena = reading->work->arena;
    struct table_row row;
    enum status status = STATUS_OK;
    while (head->count < SAMPLE_ROWS + HEADING_ROWS &&
           (status = next_row(reader, reading->options->sheet, &head->sheet, &row)) == STATUS_OK) {
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

/* The roles if row `at` is the heading. */
static enum status roles_from(struct people_reading *reading, const struct people_rules *rules,
                              const struct head *head, size_t at, bool with_choices,
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

/* The heading row: the first that names two roles, else the first of all. */
static enum status find_heading(struct people_reading *reading, const struct people_rules *rules,
                                const struct head *head, size_t *out_at)
{
    enum status status = STATUS_OK;
    *out_at = 0;
    for (size_t at = 0; status == STATUS_OK && at < head->count && at < HEADING_ROWS; at++) {
        struct people_columns roles;
        struct arena_mark mark = arena_mark(reading->work->arena);
        status = roles_from(reading, rules, head, at, false, &roles);
        size_t known = status == STATUS_OK ? roles_known(&roles) : 0;
        arena_return(reading->work->arena, mark);
        if (known >= ROLES_OF_HEADING) {
            *out_at = at;
            return STATUS_OK;
        }
    }
    return status;
}

/* Where each column of the first file stands in this one. */
static enum status match_headings(struct people_reading *reading, const char *file,
                                  const struct head *head, size_t at, size_t *places)
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

static enum status put_cells(struct people_reading *reading, const char *file, const size_t *places,
                             const struct slice *cells, size_t count, int64_t number)
{
    struct slice row[PEOPLE_MOST_COLUMNS] = { 0 };
    size_t width = reading->people->roles.count;
    for (size_t i = 0; i < width; i++)
        row[i] = places[i] < count ? slice_trim(cells[places[i]]) : (struct slice){ NULL, 0 };
    return people_put_row(reading, row, width, number, file);
}

static enum status read_rows(struct people_reading *reading, struct table_reader *reader,
                             const char *file, const struct head *head, size_t at)
{
    size_t places[PEOPLE_MOST_COLUMNS] = { 0 };
    struct table_row row;
    const char *sheet = head->sheet;
    enum status status = match_headings(reading, file, head, at, places);
    for (size_t i = at + 1; status == STATUS_OK && i < head->count; i++)
        status = put_cells(reading, file, places, head->cells[i], head->counts[i],
                           head->numbers[i]);
    if (head->is_all)
        return status;
    while (status == STATUS_OK && (status = next_row(reader, NULL, &sheet, &row)) == STATUS_OK)
        status = put_cells(reading, file, places, row.cells, row.count, row.number);
    return status == STATUS_END ? STATUS_OK : status;
}

/* A file by its path, or by its bytes. */
struct source {
    const char *path; /* or what messages call the bytes */
    struct slice bytes;
    bool is_bytes;
};

static enum status read_file(struct people_reading *reading, const struct people_rules *rules,
                             const struct source *source, bool is_first)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct head *head = arena_new_of(reading->work->arena, struct head);
    struct people *people = reading->people;
    const char *path = source->path;
    size_t at = 0;
    enum status status = source->is_bytes ? table_reader_open_bytes(reading->work, path,
                                                                    source->bytes, NULL, &reader)
                                          : table_reader_open(reading->work, path, NULL, &reader);
    if (status == STATUS_OK)
        status = read_head(reading, reader, head);
    if (status != STATUS_OK)
        return status;
    if (head->count == 0)
        return work_fail(reading->work, STATUS_INPUT, "%s holds no rows%s%s.", path,
                         reading->options->sheet ? " in a sheet named " : "",
                         reading->options->sheet ? reading->options->sheet : "");
    hash_add(reading->hash, slice_of(table_reader_hash(reader)));
    people->problems.file = file_name(path);
    status = find_heading(reading, rules, head, &at);
    if (status == STATUS_OK && is_first) {
        status = roles_from(reading, rules, head, at, true, &people->roles);
        if (status == STATUS_OK)
            people_layout(reading);
    }
    return status == STATUS_OK ? read_rows(reading, reader, file_name(path), head, at) : status;
}

/* What the amounts say of their period, where the heading does not. */
static void settle_pay_period(struct people_reading *reading)
{
    const struct people_column *pay = people_column_of(&reading->people->roles, PEOPLE_PAY);
    int said = PAY_UNSAID, kinds = 0;
    for (int i = PAY_HOUR; i <= PAY_YEAR; i++)
        if (reading->periods[i] > 0) {
            said = i;
            kinds++;
        }
    reading->people->pay_period = pay ? pay->period : PAY_UNSAID;
    if (kinds > 1 || (kinds == 1 && pay && pay->period != PAY_UNSAID && (int)pay->period != said))
        people_problem(reading, 0, pay ? pay->heading : NULL,
                       "The amounts name different periods; give them in one.");
    else if (kinds == 1 && pay && pay->period == PAY_UNSAID)
        reading->people->pay_period = (enum pay_period)said;
}

static enum status read_sources(struct work *work, const struct source *sources, size_t count,
                                struct people_labels *labels, const struct people_options *options,
                                struct people *out_people)
{
    char digits[HASH_TEXT_LENGTH + 1];
    struct hash hash = hash_new();
    struct people_rules rules;
    struct people people = { .arena = work->arena,
                             .columns = columns_new(),
                             .joiners = INTEGER_MISSING,
                             .leavers = INTEGER_MISSING,
                             .problems = { .arena = work->arena } };
    struct people_reading reading = {
        .work = work, .labels = labels, .options = options, .people = &people, .hash = &hash
    };
    enum status status = people_rules_read(work, &rules);
    for (size_t i = 0; status == STATUS_OK && i < count; i++)
        status = read_file(&reading, &rules, &sources[i], i == 0);
    if (status == STATUS_OK)
        status = people_derive(&reading);
    if (status != STATUS_OK) {
        people_free(&people);
        return status;
    }
    settle_pay_period(&reading);
    people_select(&reading);
    people_count_labels(&reading);
    hash_end(&hash, digits);
    people.hash = arena_copy_text(work->arena, digits);
    *out_people = people;
    return STATUS_OK;
}

enum status people_read(struct work *work, const char *const *paths, size_t path_count,
                        struct people_labels *labels, const struct people_options *options,
                        struct people *out_people)
{
    struct source *sources = arena_array_of(work->arena, path_count, struct source);
    for (size_t i = 0; i < path_count; i++)
        sources[i].path = paths[i];
    return read_sources(work, sources, path_count, labels, options, out_people);
}

enum status people_read_bytes(struct work *work, const char *name, struct slice bytes,
                              struct people_labels *labels, const struct people_options *options,
                              struct people *out_people)
{
    const struct source source = { name, bytes, true };
    return read_sources(work, &source, 1, labels, options, out_people);
}
