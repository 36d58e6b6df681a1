#include "service/table_list.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "codec/columns_reader.h"
#include "base/banned.h"

struct list_reading {
    struct work *work;
    const char *file;
    ptrdiff_t name, variables, levels; /* places of the columns; levels may be -1 */
    struct list tables;                /* of struct listed_table * */
};

static enum status fail_at(const struct list_reading *reading, const struct table_row *row,
                           const char *words)
{
    return work_fail(reading->work, STATUS_INPUT, "%s, row %lld: %s", reading->file,
                     (long long)row->number, words);
}

static enum status take_headings(struct list_reading *reading, const struct table_row *row)
{
    reading->name = columns_find_heading(row->cells, row->count, SLICE("table"));
    reading->variables = columns_find_heading(row->cells, row->count, SLICE("variables"));
    reading->levels = columns_find_heading(row->cells, row->count, SLICE("levels"));
    if (reading->name < 0 || reading->variables < 0 || reading->levels == -2)
        return fail_at(reading, row,
                       "the headings of a list of tables are table,variables,levels.");
    return STATUS_OK;
}

static struct slice cell_of(const struct table_row *row, ptrdiff_t place)
{
    return place >= 0 && (size_t)place < row->count ? slice_trim(row->cells[place])
                                                    : (struct slice){ NULL, 0 };
}

static enum status take_variables(struct list_reading *reading, const struct table_row *row,
                                  struct listed_table *table)
{
    static const char missing[] = "a variable is missing; join them like ethnicity*sex.";
    struct slice rest = cell_of(row, reading->variables), variable;
    while (slice_split(&rest, '*', &variable)) {
        variable = slice_trim(variable);
        if (variable.length == 0)
            return fail_at(reading, row, missing);
        if (table->variable_count == CUBE_MOST_VARIABLES)
            return fail_at(reading, row, "a table has eight variables at most.");
        table->variables[table->variable_count++] = slice_copy(reading->work->arena, variable);
    }
    return table->variable_count ? STATUS_OK : fail_at(reading, row, missing);
}

static enum status take_table(struct list_reading *reading, const struct table_row *row)
{
    struct arena *arena = reading->work->arena;
    struct listed_table *table = arena_new_of(arena, struct listed_table);
    struct slice name = cell_of(row, reading->name), levels = cell_of(row, reading->levels);
    if (name.length == 0)
        return fail_at(reading, row, "the table has no name.");
    for (size_t i = 0; i < reading->tables.count; i++) {
        const struct listed_table *other = reading->tables.items[i];
        if (slice_is(name, other->name))
            return fail_at(reading, row, "another table has the same name.");
    }
    if (levels.length > 0 && !slice_is(levels, "all"))
        return fail_at(reading, row, "levels is all, or empty for the innermost ones alone.");
    table->name = slice_copy(arena, name);
    table->with_margins = levels.length > 0;
    if (reading->tables.count == CUBE_MOST_TABLES)
        return fail_at(reading, row, "there are too many tables; 4,096 are counted at once.");
    list_add(arena, &reading->tables, table);
    return take_variables(reading, row, table);
}

enum status table_list_read(struct work *work, const char *path, struct table_list *out_list)
{
    struct list_reading reading = { .work = work, .file = file_name(path), .name = -1 };
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    enum status status = table_reader_open(work, path, NULL, &reader);
    while (status == STATUS_OK) {
        status = table_reader_next(reader, &row);
        if (status == STATUS_OK)
            status = reading.name < 0 ? take_headings(&reading, &row) : take_table(&reading, &row);
    }
    if (status != STATUS_END)
        return status;
    if (reading.tables.count == 0)
        return work_fail(work, STATUS_INPUT, "%s lists no tables.", reading.file);
    struct listed_table *tables = arena_array_of(work->arena, reading.tables.count,
                                                 struct listed_table);
    for (size_t i = 0; i < reading.tables.count; i++)
        memcpy(&tables[i], reading.tables.items[i], sizeof *tables);
    *out_list = (struct table_list){ tables, reading.tables.count };
    return STATUS_OK;
}
