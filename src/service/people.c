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
        [PEOPLE_STRAY] = "a total or a note, with nobody in the row",
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
                             const char *file, const struct people_head *head, size_t at)
{
    size_t places[PEOPLE_MOST_COLUMNS] = { 0 };
    struct table_row row;
    const char *sheet = head->sheet;
    enum status status = people_match_headings(reading, file, head, at, places);
    for (size_t i = at + 1; status == STATUS_OK && i < head->count; i++)
        status = put_cells(reading, file, places, head->cells[i], head->counts[i],
                           head->numbers[i]);
    if (head->is_all)
        return status;
    while (status == STATUS_OK &&
           (status = people_next_row(reading, reader, &sheet, &row)) == STATUS_OK)
        status = put_cells(reading, file, places, row.cells, row.count, row.number);
    return status == STATUS_END ? STATUS_OK : status;
}

static enum status read_file(struct people_reading *reading, const struct people_rules *rules,
                             const struct people_source *source, bool is_first)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct people_head *head = arena_new_of(reading->work->arena, struct people_head);
    struct people *people = reading->people;
    const char *path = source->path;
    size_t at = 0;
    enum status status = people_open(reading, rules, source, head, &reader);
    if (status != STATUS_OK)
        return status;
    hash_add(reading->hash, slice_of(table_reader_hash(reader)));
    struct people_file_read *about = people->files.items[people->files.count - 1];
    about->sheet = arena_copy_text(reading->work->arena, head->sheet);
    if (is_first)
        people->sheet = about->sheet;
    people->problems.file = file_name(path);
    status = people_find_heading(reading, rules, head, &at);
    if (status == STATUS_OK && is_first) {
        status = people_roles_from(reading, rules, head, at, true, &people->roles);
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

static enum status read_rows_of_all(struct people_reading *reading,
                                    const struct people_source *sources, size_t count)
{
    struct people_rules rules;
    enum status status = people_rules_read(reading->work, &rules);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        struct people *people = reading->people;
        struct people_file_read *about = arena_new_of(people->arena, struct people_file_read);
        int64_t before = people->rows_read;
        *about = (struct people_file_read){ file_name(sources[i].path), "", 0 };
        list_add(people->arena, &people->files, about);
        if (!people_read_csv(reading, &rules, &sources[i], i == 0))
            status = read_file(reading, &rules, &sources[i], i == 0);
        about->rows = people->rows_read - before;
    }
    if (status == STATUS_OK)
        people_derive_dates(reading);
    return status;
}

static struct people people_new(struct arena *arena)
{
    return (struct people){ .arena = arena,
                            .columns = columns_new(),
                            .sheet = "",
                            .joiners = INTEGER_MISSING,
                            .leavers = INTEGER_MISSING,
                            .problems = { .arena = arena } };
}

static enum status read_sources(struct work *work, const struct people_source *sources,
                                size_t count, struct people_labels *labels,
                                const struct people_options *options, struct people *out_people)
{
    char digits[HASH_TEXT_LENGTH + 1];
    struct hash hash = hash_new();
    struct people people = people_new(work->arena);
    struct people_reading reading = {
        .work = work, .labels = labels, .options = options, .people = &people, .hash = &hash
    };
    enum status status = read_rows_of_all(&reading, sources, count);
    if (status == STATUS_OK)
        people_select(&reading);
    if (status == STATUS_OK && reading.must_be_thorough) {
        people_free(&people);
        people = people_new(work->arena);
        reading.is_thorough = true;
        status = read_rows_of_all(&reading, sources, count);
        if (status == STATUS_OK)
            people_select(&reading);
    }
    if (status == STATUS_OK) {
        people_count_filled(&reading);
        people_give_back(&reading);
        status = people_derive_answers(&reading);
    }
    if (status != STATUS_OK) {
        people_free(&people);
        return status;
    }
    if (!options->wishes)
        settle_pay_period(&reading);
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
    struct people_source *sources = arena_array_of(work->arena, path_count, struct people_source);
    for (size_t i = 0; i < path_count; i++)
        sources[i].path = paths[i];
    return read_sources(work, sources, path_count, labels, options, out_people);
}

enum status people_read_files(struct work *work, const struct people_file *files, size_t count,
                              struct people_labels *labels, const struct people_options *options,
                              struct people *out_people)
{
    struct people_source *sources = arena_array_of(work->arena, count, struct people_source);
    for (size_t i = 0; i < count; i++)
        sources[i] = (struct people_source){ files[i].name, files[i].bytes, true };
    return read_sources(work, sources, count, labels, options, out_people);
}

enum status people_read_bytes(struct work *work, const char *name, struct slice bytes,
                              struct people_labels *labels, const struct people_options *options,
                              struct people *out_people)
{
    return people_read_files(work, &(struct people_file){ name, bytes }, 1, labels, options,
                             out_people);
}
