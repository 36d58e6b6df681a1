#include "service/cube_rows.h"

#include <assert.h>

#include "base/arena.h"
#include "service/file_cube.h"
#include "base/banned.h"

enum { LABELS_MOST = 20000 };

/* A column of the cube's variables. */
struct variable {
    size_t column;
    bool is_wanted; /* by a table that is to be counted */
    bool *is_sum;   /* by code: the label stands for several others */
};

struct keeping {
    struct work *work;
    const struct cube_rows *rows;
    const struct columns *columns;
    struct variable variables[COLUMNS_MOST_WISHES];
    size_t count;
};

bool cube_rows_are(const struct slice *headings, size_t count)
{
    bool has_count = false;
    for (size_t i = 1; i < count; i++)
        has_count = has_count || slice_is(headings[i], CUBE_ROWS_COUNT);
    return has_count && slice_is(headings[0], CUBE_ROWS_TABLE);
}

static bool is_wanted(const struct keeping *keeping, size_t column)
{
    for (size_t t = 0; t < keeping->rows->table_count; t++) {
        const struct cube_table *table = &keeping->rows->tables[t];
        for (size_t v = 0; v < table->variable_count; v++)
            for (size_t level = 0; level < table->variables[v].level_count; level++)
                if (table->variables[v].columns[level] == column)
                    return true;
    }
    return false;
}

/* "Place" is above "Place/Legal". */
static bool is_above(struct slice label, struct slice other)
{
    return other.length > label.length && other.start[label.length] == '/' &&
           slice_equal(slice_first(other, label.length), label);
}

static enum status find_sums(struct keeping *keeping, struct variable *variable)
{
    const struct column *column = &keeping->columns->column[variable->column];
    size_t count = column_label_count(column);
    if (count > LABELS_MOST)
        return work_fail(keeping->work, STATUS_LIMIT, "%s has more than %d labels of \"%.60s\".",
                         keeping->rows->file, LABELS_MOST, column->name);
    variable->is_sum = arena_array_of(keeping->work->arena, count + 1, bool);
    for (uint32_t code = 0; code < count; code++) {
        struct slice label = column_label(column, code);
        bool is_sum = slice_is(label, FILE_CUBE_ALL);
        for (uint32_t other = 0; !is_sum && label.length > 0 && other < count; other++)
            is_sum = is_above(label, column_label(column, other));
        variable->is_sum[code] = is_sum;
    }
    return STATUS_OK;
}

/* All categories but the tables' names: those that nobody wants have totals too. */
static enum status find_variables(struct keeping *keeping)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < keeping->columns->count; i++) {
        if (i == keeping->rows->table_column || keeping->columns->column[i].kind != COLUMN_CATEGORY)
            continue;
        struct variable *variable = &keeping->variables[keeping->count++];
        *variable = (struct variable){ i, is_wanted(keeping, i), NULL };
        status = find_sums(keeping, variable);
    }
    return status;
}

static uint32_t code_at(const struct keeping *keeping, size_t column, int64_t row)
{
    return column_code(&keeping->columns->column[column], row);
}

/* The code of the first table all of whose rows have a label of every wanted variable; -1: none. */
static int64_t find_table(const struct keeping *keeping)
{
    const struct column *tables = &keeping->columns->column[keeping->rows->table_column];
    size_t count = column_label_count(tables);
    bool *lacks = arena_array_of(keeping->work->arena, count + 1, bool);
    bool *has_rows = arena_array_of(keeping->work->arena, count + 1, bool);
    for (int64_t row = 0; row < keeping->columns->rows; row++) {
        uint32_t table = column_code(tables, row);
        has_rows[table] = true;
        for (size_t i = 0; i < keeping->count; i++) {
            const struct variable *variable = &keeping->variables[i];
            const struct column *column = &keeping->columns->column[variable->column];
            lacks[table] |= variable->is_wanted &&
                            column_label(column, column_code(column, row)).length == 0;
        }
    }
    for (size_t table = 0; table < count; table++)
        if (has_rows[table] && !lacks[table])
            return (int64_t)table;
    return -1;
}

static bool is_kept(const struct keeping *keeping, int64_t table, int64_t row)
{
    if (code_at(keeping, keeping->rows->table_column, row) != table)
        return false;
    for (size_t i = 0; i < keeping->count; i++) {
        const bool *is_sum = keeping->variables[i].is_sum;
        assert(is_sum); /* found for each variable before rows are kept */
        if (is_sum[code_at(keeping, keeping->variables[i].column, row)])
            return false;
    }
    return true;
}

/* A new table of the same columns, so that labels which stood in totals alone are gone. */
static struct columns *new_like(const struct columns *columns)
{
    struct columns *kept = columns_new();
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = &columns->column[i];
        if (column->kind == COLUMN_CATEGORY)
            columns_add_category(kept, column->name);
        else if (column->kind == COLUMN_DECIMAL)
            columns_add_decimal(kept, column->name, column->scale);
        else
            columns_add_text(kept, column->name);
    }
    return kept;
}

/* A cube writes "(blank)" where nobody gave a label. */
static bool copy_row(const struct columns *columns, int64_t row, struct columns *kept)
{
    bool is_copied = true;
    for (size_t i = 0; is_copied && i < columns->count; i++) {
        const struct column *column = &columns->column[i];
        if (column->kind == COLUMN_CATEGORY) {
            struct slice label = column_label(column, column_code(column, row));
            is_copied = column_put_label(kept, i,
                                         slice_is(label, FILE_CUBE_BLANK) ? SLICE("") : label);
        } else if (column->kind == COLUMN_DECIMAL) {
            is_copied = column_put_decimal(kept, i, column_decimal(column, row));
        } else {
            is_copied = column_put_text(kept, i, column_text(column, row));
        }
    }
    if (is_copied)
        columns_end_row(kept);
    return is_copied;
}

enum status cube_rows_keep(struct work *work, const struct cube_rows *rows,
                           struct columns **columns)
{
    struct keeping *keeping = arena_new_of(work->arena, struct keeping);
    *keeping = (struct keeping){ .work = work, .rows = rows, .columns = *columns };
    enum status status = find_variables(keeping);
    if (status != STATUS_OK)
        return status;
    int64_t table = find_table(keeping);
    if (table < 0)
        return work_fail(work, STATUS_INPUT,
                         "No table of %s crosses all variables of the tables wanted, so nobody can "
                         "tell who is in which; let `cube` count one that does.",
                         rows->file);
    CLEANUP_COLUMNS struct columns *kept = new_like(*columns);
    for (int64_t row = 0; row < (*columns)->rows; row++)
        if (is_kept(keeping, table, row) && !copy_row(*columns, row, kept))
            return work_fail(work, STATUS_LIMIT, "%s has more rows than can be taken in.",
                             rows->file);
    columns_seal(kept);
    columns_free(*columns);
    *columns = kept;
    kept = NULL;
    return STATUS_OK;
}
