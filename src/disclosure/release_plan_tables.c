/* The list of tables to count, as CSV (or a sheet): table,variables,levels. */
#include "disclosure/release_plan.h"

#include <string.h>

#include "base/arena.h"
#include "base/list.h"
#include "codec/columns_reader.h"
#include "codec/table_reader.h"
#include "base/banned.h"

enum { LIST_COLUMNS = 3 };

struct list_row {
    const char *table;
    struct slice variables;
    int64_t line;
};

static enum status read_list(struct work *work, const char *path, struct list *out_rows)
{
    static const char *const headings[LIST_COLUMNS] = { "table", "variables", "levels" };
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct table_row row;
    bool is_heading = true;
    enum status status = table_reader_open(work, path, NULL, &reader);
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK) {
        struct slice cells[LIST_COLUMNS] = { 0 };
        for (size_t i = 0; i < row.count && i < LIST_COLUMNS; i++)
            cells[i] = slice_trim(row.cells[i]);
        for (size_t i = 0; is_heading && i < LIST_COLUMNS; i++)
            if (!slice_equal_folded(cells[i], slice_of(headings[i])))
                return work_fail(work, STATUS_INPUT,
                                 "%s needs the headings table,variables,levels.", path);
        if (!is_heading && (cells[0].length == 0 || cells[1].length == 0 ||
                            (cells[2].length && !slice_is(cells[2], "all"))))
            return work_fail(work, STATUS_INPUT,
                             "%s, row %lld: give a name, variables joined by *, and levels \"all\" "
                             "or nothing.",
                             path, (long long)row.number);
        if (!is_heading) {
            struct list_row *kept = arena_new_of(work->arena, struct list_row);
            *kept = (struct list_row){ slice_copy(work->arena, cells[0]),
                                       slice_of(slice_copy(work->arena, cells[1])), row.number };
            list_add(work->arena, out_rows, kept);
        }
        is_heading = false;
    }
    if (status == STATUS_END && (out_rows->count == 0 || out_rows->count > CUBE_MOST_TABLES))
        return work_fail(work, STATUS_INPUT, "%s names %zu tables; it can name 1 to %d.", path,
                         out_rows->count, CUBE_MOST_TABLES);
    return status == STATUS_END ? STATUS_OK : status;
}

enum status release_plan_headings(struct work *work, const char *path, const char ***out_names,
                                  size_t *out_count)
{
    struct list rows = { 0 };
    enum status status = read_list(work, path, &rows);
    const char **names = arena_array_of(work->arena, RELEASE_PLAN_MOST_COLUMNS, const char *);
    size_t count = 0;
    for (size_t i = 0; status == STATUS_OK && i < rows.count; i++) {
        struct slice rest = ((struct list_row *)rows.items[i])->variables, variable, name;
        while (slice_split(&rest, '*', &variable))
            while (slice_split(&variable, '/', &name)) {
                size_t known = 0;
                name = slice_trim(name);
                while (known < count && !slice_is(name, names[known]))
                    known++;
                if (known == RELEASE_PLAN_MOST_COLUMNS)
                    return work_fail(work, STATUS_LIMIT, "%s names more than %d columns.", path,
                                     RELEASE_PLAN_MOST_COLUMNS);
                if (known == count)
                    names[count++] = slice_copy(work->arena, name);
            }
    }
    *out_names = names;
    *out_count = count;
    return status;
}

static bool stands_already(const struct cube_table *table, size_t place)
{
    for (size_t v = 0; v <= table->variable_count && v < CUBE_MOST_VARIABLES; v++)
        for (size_t l = 0; l < table->variables[v].level_count; l++)
            if (table->variables[v].columns[l] == place)
                return true;
    return false;
}

static enum status read_variable(struct work *work, const char *path, const struct list_row *row,
                                 struct slice text, const struct columns *people,
                                 struct cube_table *table)
{
    struct cube_variable *variable = &table->variables[table->variable_count];
    struct slice name;
    while (slice_split(&text, '/', &name)) {
        ptrdiff_t place = columns_find(people, slice_copy(work->arena, slice_trim(name)));
        if (place < 0 || variable->level_count == CUBE_MOST_LEVELS ||
            stands_already(table, (size_t)place))
            return work_fail(work, STATUS_INPUT,
                             "%s, row %lld: \"%.*s\" is no column, stands twice, or is one level "
                             "too many.",
                             path, (long long)row->line, (int)name.length, name.start);
        variable->columns[variable->level_count++] = (size_t)place;
    }
    table->variable_count++;
    return STATUS_OK;
}

enum status release_plan_read_tables(struct work *work, const char *path,
                                     const struct columns *people,
                                     struct release_plan_tables *out_tables)
{
    struct list rows = { 0 };
    enum status status = read_list(work, path, &rows);
    if (status != STATUS_OK)
        return status;
    struct cube_table *tables = arena_array_of(work->arena, rows.count, struct cube_table);
    for (size_t i = 0; i < rows.count && status == STATUS_OK; i++) {
        const struct list_row *row = rows.items[i];
        struct slice rest = row->variables, variable;
        tables[i].name = row->table;
        tables[i].with_margins = true;
        while (status == STATUS_OK && slice_split(&rest, '*', &variable)) {
            if (tables[i].variable_count == CUBE_MOST_VARIABLES)
                return work_fail(work, STATUS_LIMIT,
                                 "%s, row %lld: a table has %d variables at most.", path,
                                 (long long)row->line, CUBE_MOST_VARIABLES);
            status = read_variable(work, path, row, variable, people, &tables[i]);
        }
        for (size_t other = 0; other < i && status == STATUS_OK; other++)
            if (strcmp(tables[other].name, row->table) == 0)
                return work_fail(work, STATUS_INPUT, "%s, row %lld: the table %.60s stands twice.",
                                 path, (long long)row->line, row->table);
    }
    *out_tables = (struct release_plan_tables){ tables, rows.count };
    return status;
}
