/* dueregard cube: counts of files of people by a list of tables, for the analyst's own eyes. */
#include "service/file_cube.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/people.h"
#include "codec/csv_writer.h"
#include "service/people_view.h"
#include "service/workspace.h"
#include "base/banned.h"

enum { CSV_BATCH = 1 << 20, PROBLEMS_TOLD = 20 };
#define STANDARD_RELATION "people"

/* What a cell of a variable's column says: of each node in words, made once. */
struct node_words {
    const struct cube_axis *axis;
    struct slice *words;
};

struct printing {
    struct work *work;
    const struct file_cube *cube;
    struct node_words *axes;
    size_t axis_count;
};

static struct slice words_of(struct printing *printing, const struct cube_axis *axis, size_t node)
{
    struct arena *arena = printing->work->arena;
    size_t i = 0;
    while (i < printing->axis_count && printing->axes[i].axis != axis)
        i++;
    if (i == printing->axis_count)
        printing->axes[printing->axis_count++] = (struct node_words){
            axis, arena_array_of(arena, axis->node_count, struct slice)
        };
    struct slice *words = &printing->axes[i].words[node];
    if (!words->start)
        *words = slice_of(file_cube_words(arena, axis, node));
    return *words;
}

static const char *number(struct arena *arena, int64_t count)
{
    return arena_format(arena, "%lld", (long long)count);
}

/* The place of a table's variable among all of them. */
static size_t variable_place(const struct file_cube *cube, size_t table, size_t variable)
{
    size_t place = 0;
    while (strcmp(cube->variables[place], cube->list.tables[table].variables[variable]) != 0)
        place++;
    return place;
}

/* ---- CSV ---- */

static enum status print_csv_table(struct printing *printing, size_t index, struct slice *cells,
                                   struct text *text)
{
    const struct file_cube *cube = printing->cube;
    const struct cube_counts *counts = &cube->cube.tables[index];
    size_t places[CUBE_MOST_VARIABLES], nodes[CUBE_MOST_VARIABLES];
    size_t last = cube->variable_count + 1;
    CLEANUP_ARENA struct arena *numbers = arena_new(); /* of one row */
    for (size_t i = 0; i < cube->variable_count + 3; i++)
        cells[i] = SLICE("");
    cells[0] = slice_of(counts->name);
    for (size_t i = 0; i < counts->axis_count; i++)
        places[i] = 1 + variable_place(cube, index, i);
    for (size_t cell = 0; cell < counts->cell_count; cell++) {
        if (counts->counts[cell] == 0)
            continue;
        cube_nodes(counts, cell, nodes);
        for (size_t i = 0; i < counts->axis_count; i++)
            cells[places[i]] = words_of(printing, counts->axes[i], nodes[i]);
        cells[last] = slice_of(number(numbers, counts->counts[cell]));
        if (counts->weights)
            cells[last + 1] = slice_of(number_print_short(numbers, counts->weights[cell]));
        csv_write_row(text, cells, counts->weights ? last + 2 : last + 1);
        arena_empty(numbers);
        if (text->length < CSV_BATCH)
            continue;
        enum status status = print_bytes(printing->work, text_slice(text));
        if (status != STATUS_OK)
            return status;
        text_cut(text, 0);
    }
    return STATUS_OK;
}

static enum status print_csv(struct printing *printing)
{
    const struct file_cube *cube = printing->cube;
    struct work *work = printing->work;
    /* A batch, and a last row of labels as long as they can be. */
    size_t most = CSV_BATCH + (cube->variable_count + 3) * 4 * CUBE_MOST_LEVELS * COLUMN_MOST_LABEL;
    struct text text = text_new(work->arena, most);
    struct slice *cells = arena_array_of(work->arena, cube->variable_count + 3, struct slice);
    bool is_weighted = cube->cube.table_count > 0 && cube->cube.tables[0].weights;
    cells[0] = SLICE("table");
    for (size_t i = 0; i < cube->variable_count; i++)
        cells[i + 1] = slice_of(cube->variables[i]);
    cells[cube->variable_count + 1] = SLICE("count");
    cells[cube->variable_count + 2] = SLICE("weight");
    csv_write_row(&text, cells, cube->variable_count + (is_weighted ? 3 : 2));
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < cube->cube.table_count; i++)
        status = print_csv_table(printing, i, cells, &text);
    if (status == STATUS_OK)
        status = print_bytes(work, text_slice(&text));
    if (status == STATUS_OK)
        fprintf(stderr, "%s\n", PEOPLE_UNPROTECTED);
    return status;
}

/* ---- JSON ---- */

static json_t *table_json(struct printing *printing, size_t index)
{
    const struct cube_counts *counts = &printing->cube->cube.tables[index];
    const struct listed_table *listed = &printing->cube->list.tables[index];
    size_t nodes[CUBE_MOST_VARIABLES];
    json_t *variables = json_array(), *cells = json_array();
    for (size_t i = 0; i < listed->variable_count; i++)
        json_array_append_new(variables, json_string(listed->variables[i]));
    for (size_t cell = 0; cell < counts->cell_count; cell++) {
        if (counts->counts[cell] == 0)
            continue;
        json_t *object = json_object(), *labels = json_array();
        cube_nodes(counts, cell, nodes);
        for (size_t i = 0; i < counts->axis_count; i++)
            json_array_append_new(labels,
                                  json_string(words_of(printing, counts->axes[i], nodes[i]).start));
        json_object_set_new(object, "labels", labels);
        json_object_set_new(object, "count", json_integer((json_int_t)counts->counts[cell]));
        if (counts->weights)
            json_object_set_new(
                object, "weight",
                json_string(number_print_short(printing->work->arena, counts->weights[cell])));
        json_array_append_new(cells, object);
    }
    return json_pack("{s:s, s:o, s:b, s:o}", "table", counts->name, "variables", variables,
                     "all_levels", counts->with_margins, "cells", cells);
}

static enum status print_cube_json(struct printing *printing)
{
    const struct file_cube *cube = printing->cube;
    json_t *tables = json_array();
    for (size_t i = 0; i < cube->cube.table_count; i++)
        json_array_append_new(tables, table_json(printing, i));
    return print_json(printing->work,
                      json_pack("{s:s, s:I, s:I, s:I, s:o}", "notice", PEOPLE_UNPROTECTED, "people",
                                (json_int_t)cube->cube.rows, "rejected", (json_int_t)cube->left_out,
                                "without_weight", (json_int_t)cube->cube.unweighted, "tables",
                                tables));
}

/* ---- text ---- */

static enum status print_text_table(struct printing *printing, size_t index)
{
    struct work *work = printing->work;
    const struct cube_counts *counts = &printing->cube->cube.tables[index];
    const struct listed_table *listed = &printing->cube->list.tables[index];
    const char *cells[CUBE_MOST_VARIABLES + 2] = { NULL };
    size_t nodes[CUBE_MOST_VARIABLES], columns = counts->axis_count + (counts->weights ? 2 : 1);
    struct table_text *table = table_text_new(work->arena, columns);
    for (size_t i = 0; i < listed->variable_count; i++)
        cells[i] = listed->variables[i];
    cells[counts->axis_count] = "count";
    cells[counts->axis_count + 1] = "weight";
    table_text_add(table, cells);
    for (size_t cell = 0; cell < counts->cell_count; cell++) {
        if (counts->counts[cell] == 0)
            continue;
        cube_nodes(counts, cell, nodes);
        for (size_t i = 0; i < counts->axis_count; i++)
            cells[i] = words_of(printing, counts->axes[i], nodes[i]).start;
        cells[counts->axis_count] = number(work->arena, counts->counts[cell]);
        if (counts->weights)
            cells[counts->axis_count + 1] = number_print_short(work->arena, counts->weights[cell]);
        table_text_add(table, cells);
    }
    enum status status = print_line(work, "\n%s", counts->name);
    return status == STATUS_OK ? table_text_print(work, table) : status;
}

static enum status print_text(struct printing *printing)
{
    struct work *work = printing->work;
    const struct cube *cube = &printing->cube->cube;
    enum status status = print_line(work, "%lld people were counted.", (long long)cube->rows);
    if (status == STATUS_OK)
        status = print_wrapped(work, "", PEOPLE_UNPROTECTED);
    for (size_t i = 0; status == STATUS_OK && i < cube->table_count; i++)
        status = print_text_table(printing, i);
    return status;
}

/* ---- the command ---- */

/* What was not counted or not read goes to standard error, one sentence each. */
static void tell(const struct file_cube *cube)
{
    int64_t all = cube->left_out + cube->unread;
    size_t told = people_tell_problems(&cube->problems, PROBLEMS_TOLD);
    if (all > (int64_t)told)
        fprintf(stderr, "%lld more rows or cells were not counted.\n",
                (long long)(all - (int64_t)told));
    if (cube->other_sheets.count > 0)
        fprintf(stderr, "Only the sheet \"%s\" was read; --sheet NAME reads another of the %zu.\n",
                cube->sheet, cube->other_sheets.count + 1);
    if (cube->cube.unweighted)
        fprintf(stderr, "%lld people have no weight; they count, but add nothing to the weights.\n",
                (long long)cube->cube.unweighted);
}

/* Files, or a database and a table of it, or a snapshot. */
static enum status check_what(struct work *work, struct file_cube_request *request)
{
    if ((request->path_count > 0) + (request->database != NULL) + (request->snapshot != NULL) != 1)
        return work_fail(work, STATUS_USAGE,
                         "Name the files to count, or a database: --from "
                         "postgresql://USER@HOST/DATABASE, or a snapshot: --snapshot CODE.");
    if (request->snapshot && (request->weight || request->sheet))
        return work_fail(work, STATUS_USAGE,
                         "A snapshot is counted as it was sealed: --weight and --sheet are for "
                         "files.");
    if (!request->database && (request->relation || request->explains))
        return work_fail(work, STATUS_USAGE, "--relation and --explain are for --from alone.");
    if (request->database && request->sheet)
        return work_fail(work, STATUS_USAGE, "--sheet is for files alone.");
    if (!request->relation)
        request->relation = STANDARD_RELATION;
    return STATUS_OK;
}

static enum status run(struct work *work, const struct command *command,
                       const struct arguments *arguments)
{
    const char *choices[COMMAND_MOST_REPEATED];
    enum command_format format = FORMAT_TEXT;
    CLEANUP_FILE_CUBE struct file_cube cube = { .variables = NULL };
    struct file_cube_request request = { .paths = arguments->words,
                                         .path_count = arguments->word_count,
                                         .choices = choices };
    enum status status = argument_format(work, command, arguments, &format);
    request.tables = argument_value(command, arguments, "tables");
    request.choice_count = argument_repeated(command, arguments, "column", choices);
    request.sheet = argument_value(command, arguments, "sheet");
    request.weight = argument_value(command, arguments, "weight");
    request.snapshot = argument_value(command, arguments, "snapshot");
    request.database = argument_value(command, arguments, "from");
    request.relation = argument_value(command, arguments, "relation");
    request.explains = argument_value(command, arguments, "explain") != NULL;
    if (status == STATUS_OK)
        status = check_what(work, &request);
    if (status == STATUS_OK && !request.tables)
        return work_fail(work, STATUS_USAGE,
                         "Say which tables to count: --tables FILE, a CSV of "
                         "table,variables,levels.");
    if (status == STATUS_OK && request.snapshot)
        status = workspace_open(work, arguments->folder, STORE_READ);
    if (status == STATUS_OK)
        status = file_cube_count(work, &request, &cube);
    if (status != STATUS_OK)
        return status;
    if (request.explains)
        return print_bytes(work, slice_of(cube.plan));
    struct printing printing = { .work = work, .cube = &cube };
    printing.axes = arena_array_of(work->arena, cube.cube.table_count * CUBE_MOST_VARIABLES,
                                   struct node_words);
    status = format == FORMAT_CSV    ? print_csv(&printing)
             : format == FORMAT_JSON ? print_cube_json(&printing)
                                     : print_text(&printing);
    tell(&cube);
    return status == STATUS_OK && cube.left_out + cube.unread > 0 ? STATUS_FINDINGS : status;
}

const struct command command_cube = {
    .name = "cube",
    .words = "[FILE…]",
    .summary = "count people of files or a snapshot by any number of tables, unprotected",
    .details = "cube people.csv --tables tables.csv --column sex=Gender\n"
               "The tables, as CSV: table,variables,levels\n"
               "  t1,ethnicity*sex,                    every combination that somebody has\n"
               "  t2,disability*Department/Division,all   also every total and level\n"
               "A variable is a name of --column, a heading, or a role that the file suggests.\n"
               "cube --from postgresql://counter@db.example/hr --tables tables.csv\n"
               "counts a table of PostgreSQL where it stands, over shards too (docs/scale.md).",
    .options = { { "tables", "FILE", "the tables to count", false },
                 { "column", "NAME=HEADING",
                   "what a name means: sex=Gender, "
                   "unit=Department/Division",
                   true },
                 { "weight", "COLUMN", "a column that is summed beside the counts, such as FTE",
                   false },
                 { "sheet", "NAME", "the sheet of a spreadsheet (else the one with the table)",
                   false },
                 { "snapshot", "CODE", "count the people of a sealed snapshot instead of files",
                   false },
                 { "from", "ADDRESS", "count people of a PostgreSQL database instead of files",
                   false },
                 { "relation", "NAME", "from: the table or view (standard: people)", false },
                 { "explain", NULL, "from: the server's plans instead of the counts", false },
                 { "format", "FORMAT", "text, json or csv", false } },
    .least_words = 0,
    .most_words = COMMAND_MOST_WORDS,
    .need = NEED_ITSELF,
    .right = RIGHT_PUBLIC,
    .run = run,
};
