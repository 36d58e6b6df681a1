/* The same cube from a database: one count a table, done by the server and its shards. The groups
 * that come back are counted by the same engine as rows of files, each as often as it has people;
 * so totals, levels and the order of labels are the same too. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "service/file_cube_parts.h"
#include "store/people_database.h"
#include "base/banned.h"

enum { PLAN_MOST = 16 << 20 };

/* What of a table the database counts, and where its columns stand among the groups. */
struct pushed {
    size_t columns[PEOPLE_DATABASE_MOST_GROUPED];
    struct people_database_count count;
    struct cube_table table;
};

static enum status take_headings(struct counting *counting, const struct people_database *database)
{
    size_t count = 0;
    const char *const *columns = people_database_columns(database, &count);
    struct slice *headings = arena_array_of(counting->work->arena, count + 1, struct slice);
    for (size_t i = 0; i < count; i++)
        headings[i] = slice_of(columns[i]);
    counting->name = people_database_name(database);
    counting->sample = (struct people_sample){ .headings = headings, .column_count = count };
    struct people_rules rules;
    enum status status = people_rules_read(counting->work, &rules);
    return status == STATUS_OK ? people_roles_find(counting->work, &rules, &counting->sample, NULL,
                                                   0, &counting->roles)
                               : status;
}

/* The column of the database that a wish is for. */
static size_t column_of_wish(const struct counting *counting, size_t wish)
{
    return counting->places[wish];
}

static size_t place_of(struct pushed *pushed, size_t column)
{
    size_t place = 0;
    while (place < pushed->count.column_count && pushed->columns[place] != column)
        place++;
    if (place == pushed->count.column_count)
        pushed->columns[pushed->count.column_count++] = column;
    return place;
}

static void push(const struct counting *counting, const struct cube_table *table, ptrdiff_t weight,
                 struct pushed *pushed)
{
    _Static_assert(CUBE_MOST_VARIABLES * CUBE_MOST_LEVELS <= PEOPLE_DATABASE_MOST_GROUPED, "");
    pushed->table = *table;
    pushed->count = (struct people_database_count){ .columns = pushed->columns, .weight = -1 };
    if (weight >= 0)
        pushed->count.weight = (ptrdiff_t)column_of_wish(counting, (size_t)weight);
    for (size_t i = 0; i < table->variable_count; i++)
        for (size_t level = 0; level < table->variables[i].level_count; level++) {
            size_t wish = table->variables[i].columns[level];
            pushed->table.variables[i].columns[level] = place_of(pushed,
                                                                 column_of_wish(counting, wish));
        }
}

/* The sums of one of the groups' numbers, cell by cell. */
static enum status sum(struct work *work, const struct columns *groups,
                       const struct cube_table *table, size_t column, struct cube *out_cube)
{
    const struct cube_request request = {
        .columns = groups, .tables = table, .table_count = 1, .weight = (ptrdiff_t)column
    };
    return cube_count(work, &request, out_cube);
}

static int64_t total(const struct columns *groups, size_t column)
{
    int64_t sum = 0;
    for (int64_t row = 0; row < groups->rows; row++)
        sum += column_decimal(&groups->column[column], row);
    return sum;
}

static enum status count_table(struct work *work, struct people_database *database,
                               const struct pushed *pushed, struct columns **out_groups,
                               struct cube *out_cube)
{
    struct cube people, weights;
    size_t after = pushed->count.column_count;
    enum status status = people_database_count(work, database, &pushed->count, out_groups);
    if (status == STATUS_OK)
        status = sum(work, *out_groups, &pushed->table, after, &people);
    if (status != STATUS_OK)
        return status;
    struct cube_counts *counts = arena_new_of(work->arena, struct cube_counts);
    *counts = people.tables[0];
    counts->counts = counts->weights;
    counts->weights = NULL;
    *out_cube = (struct cube){ .tables = counts,
                               .table_count = 1,
                               .rows = total(*out_groups, after) };
    if (pushed->count.weight < 0)
        return STATUS_OK;
    status = sum(work, *out_groups, &pushed->table, after + 1, &weights);
    if (status == STATUS_OK) {
        counts->weights = weights.tables[0].weights;
        out_cube->unweighted = out_cube->rows - total(*out_groups, after + 2);
    }
    return status;
}

static enum status count_tables(struct counting *counting, struct people_database *database,
                                ptrdiff_t weight, struct file_cube *cube)
{
    struct work *work = counting->work;
    size_t count = cube->list.count;
    struct cube_counts *tables = arena_array_of(work->arena, count, struct cube_counts);
    enum status status = STATUS_OK;
    cube->groups = arena_array_of(work->arena, count, struct columns *);
    for (size_t i = 0; i < count; i++) {
        struct cube of_table = { .tables = NULL };
        struct pushed pushed;
        push(counting, &cube->tables[i], weight, &pushed);
        status = count_table(work, database, &pushed, &cube->groups[i], &of_table);
        cube->group_count += cube->groups[i] != NULL;
        if (status != STATUS_OK)
            return status;
        tables[i] = of_table.tables[0];
        cube->cube.rows = of_table.rows;
        cube->cube.unweighted = of_table.unweighted;
    }
    cube->cube.tables = tables;
    cube->cube.table_count = count;
    return STATUS_OK;
}

static enum status explain(struct counting *counting, struct people_database *database,
                           ptrdiff_t weight, struct file_cube *cube)
{
    struct text plan = text_new(counting->work->arena, PLAN_MOST);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < cube->list.count; i++) {
        struct pushed pushed;
        push(counting, &cube->tables[i], weight, &pushed);
        text_add_format(&plan, "%s%s\n", i ? "\n" : "", cube->list.tables[i].name);
        status = people_database_explain(counting->work, database, &pushed.count, &plan);
    }
    cube->plan = plan.bytes;
    return status;
}

static enum status count(struct counting *counting, struct people_database *database,
                         struct file_cube *cube)
{
    struct work *work = counting->work;
    struct cube_table *tables = arena_array_of(work->arena, cube->list.count, struct cube_table);
    ptrdiff_t weight = -1;
    cube->tables = tables;
    enum status status = take_headings(counting, database);
    if (status == STATUS_OK)
        status = file_cube_find_tables(counting, &cube->list, tables);
    if (status == STATUS_OK)
        status = file_cube_find_column(counting, counting->request->weight, COLUMN_DECIMAL,
                                       &weight);
    if (status != STATUS_OK)
        return status;
    return counting->request->explains ? explain(counting, database, weight, cube)
                                       : count_tables(counting, database, weight, cube);
}

enum status database_cube_count(struct counting *counting, struct file_cube *cube)
{
    struct people_database *database = NULL;
    enum status status = people_database_open(counting->work, counting->request->database,
                                              counting->request->relation, &database);
    if (status == STATUS_OK)
        status = count(counting, database, cube);
    people_database_close(database);
    return status;
}
