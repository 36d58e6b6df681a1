#include "service/file_cube.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "service/cube_rows.h"
#include "service/file_cube_parts.h"
#include "service/people.h"
#include "base/banned.h"

enum { HEADINGS_TOLD = 600 };

/* ---- what a name means ---- */

/* The wish for a heading of the first file, made when it is new. */
static enum status wish_for(struct counting *counting, size_t place, enum column_kind kind,
                            size_t *out_wish)
{
    const char *heading = slice_copy(counting->work->arena, counting->sample.headings[place]);
    for (size_t i = 0; i < counting->wish_count; i++)
        if (counting->places[i] == place && counting->wishes[i].kind == kind) {
            *out_wish = i;
            return STATUS_OK;
        }
    if (counting->wish_count == COLUMNS_MOST_WISHES)
        return work_fail(counting->work, STATUS_LIMIT,
                         "The tables name too many columns; %d are read at once.",
                         COLUMNS_MOST_WISHES);
    *out_wish = counting->wish_count;
    counting->places[counting->wish_count] = place;
    counting->wishes[counting->wish_count++] = (struct columns_wish){
        .heading = heading,
        .kind = kind,
        .scale = kind == COLUMN_DECIMAL ? FILE_CUBE_WEIGHT_SCALE : 0
    };
    return STATUS_OK;
}

static enum status fail_unknown(const struct counting *counting, struct slice name)
{
    struct text headings = text_new(counting->work->arena, HEADINGS_TOLD);
    for (size_t i = 0; i < counting->sample.column_count && !headings.is_full; i++) {
        text_add(&headings, i ? ", " : "");
        text_add_slice(&headings, counting->sample.headings[i]);
    }
    return work_fail(counting->work, STATUS_INPUT,
                     "%s has no column \"%.*s\"; name one with --column %.*s=HEADING. It has: %s%s",
                     counting->name, (int)name.length, name.start, (int)name.length, name.start,
                     headings.bytes, headings.is_full ? " …" : ".");
}

static enum status find_heading(const struct counting *counting, struct slice name,
                                ptrdiff_t *out_place)
{
    *out_place = columns_find_heading(counting->sample.headings, counting->sample.column_count,
                                      name);
    if (*out_place != -2)
        return STATUS_OK;
    return work_fail(counting->work, STATUS_INPUT,
                     "%s has more than one column \"%.*s\"; give each heading a name of its own.",
                     counting->name, (int)name.length, name.start);
}

/* "Department/Division", or one heading; `*out_is_known` is false when one of them is not there. */
static enum status find_headings(struct counting *counting, struct slice words,
                                 struct cube_variable *out_variable, bool *out_is_known)
{
    struct cube_variable variable = { .level_count = 0 };
    struct slice rest = words, level;
    ptrdiff_t place = -1;
    enum status status = find_heading(counting, words, &place);
    *out_is_known = place >= 0;
    if (status == STATUS_OK && place >= 0) {
        variable.level_count = 1;
        status = wish_for(counting, (size_t)place, COLUMN_CATEGORY, &variable.columns[0]);
    } else if (status == STATUS_OK && slice_find(words, "/") >= 0) {
        *out_is_known = true;
        while (status == STATUS_OK && *out_is_known && slice_split(&rest, '/', &level)) {
            if (variable.level_count == CUBE_MOST_LEVELS)
                return work_fail(counting->work, STATUS_INPUT,
                                 "\"%.*s\" has too many levels; %d are counted.", (int)words.length,
                                 words.start, CUBE_MOST_LEVELS);
            status = find_heading(counting, slice_trim(level), &place);
            *out_is_known = place >= 0;
            if (status == STATUS_OK && place >= 0)
                status = wish_for(counting, (size_t)place, COLUMN_CATEGORY,
                                  &variable.columns[variable.level_count++]);
        }
    }
    if (status == STATUS_OK && *out_is_known)
        *out_variable = variable;
    return status;
}

bool file_cube_find_choice(const struct file_cube_request *request, struct slice name,
                           struct slice *out_words)
{
    for (size_t i = 0; i < request->choice_count; i++) {
        struct slice rest = slice_of(request->choices[i]), chosen;
        if (slice_split(&rest, '=', &chosen) && slice_equal_folded(slice_trim(chosen), name)) {
            *out_words = slice_trim(rest);
            return true;
        }
    }
    return false;
}

/* The columns that their headings and cells suggest for a role. */
static enum status find_role(struct counting *counting, struct slice name,
                             struct cube_variable *out_variable, bool *out_is_known)
{
    struct cube_variable variable = { .level_count = 0 };
    enum people_role role = PEOPLE_UNKNOWN;
    enum pay_period period = PAY_UNSAID;
    enum status status = STATUS_OK;
    *out_is_known = false;
    if (!people_role_read(name, &role, &period))
        return STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < counting->roles.count; i++) {
        const struct people_column *column = &counting->roles.columns[i];
        if (column->role != role || column->is_ignored || variable.level_count == CUBE_MOST_LEVELS)
            continue;
        status = wish_for(counting, column->place, COLUMN_CATEGORY,
                          &variable.columns[variable.level_count++]);
    }
    *out_is_known = variable.level_count > 0;
    if (status == STATUS_OK && *out_is_known)
        *out_variable = variable;
    return status;
}

static enum status find_variable(struct counting *counting, const char *written,
                                 struct cube_variable *out_variable)
{
    struct slice name = slice_of(written), words = name;
    bool is_known = false, is_chosen = file_cube_find_choice(counting->request, name, &words);
    enum status status = find_headings(counting, words, out_variable, &is_known);
    if (status == STATUS_OK && !is_known && !is_chosen)
        status = find_role(counting, name, out_variable, &is_known);
    return status == STATUS_OK && !is_known ? fail_unknown(counting, words) : status;
}

/* A choice that no NAME=HEADING is would be passed over in silence. */
static enum status check_choices(struct counting *counting)
{
    for (size_t i = 0; i < counting->request->choice_count; i++) {
        struct slice rest = slice_of(counting->request->choices[i]), name;
        if (!slice_split(&rest, '=', &name) || slice_trim(name).length == 0 ||
            slice_trim(rest).length == 0)
            return work_fail(counting->work, STATUS_USAGE,
                             "--column is NAME=HEADING, like sex=Gender, not \"%.80s\".",
                             counting->request->choices[i]);
    }
    return STATUS_OK;
}

/* ---- reading and counting ---- */

enum status file_cube_find_column(struct counting *counting, const char *name,
                                  enum column_kind kind, ptrdiff_t *out_column)
{
    struct slice words = slice_of(name);
    ptrdiff_t place = -1;
    size_t wish = 0;
    *out_column = -1;
    if (!name)
        return STATUS_OK;
    (void)file_cube_find_choice(counting->request, slice_of(name), &words);
    enum status status = find_heading(counting, words, &place);
    if (status == STATUS_OK && place < 0)
        return fail_unknown(counting, words);
    if (status == STATUS_OK)
        status = wish_for(counting, (size_t)place, kind, &wish);
    if (status == STATUS_OK)
        *out_column = (ptrdiff_t)wish;
    return status;
}

enum status file_cube_find_tables(struct counting *counting, const struct table_list *list,
                                  struct cube_table *tables)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct listed_table *listed = &list->tables[i];
        tables[i] = (struct cube_table){ .name = listed->name,
                                         .variable_count = listed->variable_count,
                                         .with_margins = listed->with_margins ||
                                                         counting->request->all_margins };
        for (size_t k = 0; k < listed->variable_count; k++) {
            enum status status = find_variable(counting, listed->variables[k],
                                               &tables[i].variables[k]);
            if (status != STATUS_OK)
                return status;
        }
    }
    return STATUS_OK;
}

/* All columns of a file that `cube` printed but its numbers; where the tables' names stand. */
static enum status wish_for_cube(struct counting *counting, ptrdiff_t *out_table)
{
    enum status status = STATUS_OK;
    size_t wish = 0;
    for (size_t i = 0; status == STATUS_OK && i < counting->sample.column_count; i++)
        if (!slice_is(counting->sample.headings[i], CUBE_ROWS_COUNT) &&
            !slice_is(counting->sample.headings[i], CUBE_ROWS_WEIGHT))
            status = wish_for(counting, i, COLUMN_CATEGORY, &wish);
    return status == STATUS_OK
               ? file_cube_find_column(counting, CUBE_ROWS_TABLE, COLUMN_CATEGORY, out_table)
               : status;
}

static void find_names(struct work *work, struct file_cube *cube)
{
    size_t most = 0;
    for (size_t i = 0; i < cube->list.count; i++)
        most += cube->list.tables[i].variable_count;
    cube->variables = arena_array_of(work->arena, most, const char *);
    for (size_t i = 0; i < cube->list.count; i++)
        for (size_t k = 0; k < cube->list.tables[i].variable_count; k++) {
            const char *name = cube->list.tables[i].variables[k];
            size_t at = 0;
            while (at < cube->variable_count && strcmp(cube->variables[at], name) != 0)
                at++;
            if (at == cube->variable_count)
                cube->variables[cube->variable_count++] = name;
        }
}

/* ---- groups, as `cube` printed them ---- */

static enum status read_groups(struct counting *counting, const struct cube_table *tables,
                               ptrdiff_t table_column, struct file_cube *cube)
{
    const struct file_cube_request *request = counting->request;
    struct columns_reading reading;
    const struct columns_request wanted = { .paths = request->paths,
                                            .path_count = request->path_count,
                                            .wishes = counting->wishes,
                                            .wish_count = counting->wish_count,
                                            .sheet = request->sheet };
    const struct cube_rows rows = { counting->name, tables, cube->list.count,
                                    (size_t)table_column };
    enum status status = columns_read(counting->work, &wanted, &reading);
    if (status != STATUS_OK)
        return status;
    cube->columns = reading.columns;
    cube->unread = reading.rejected_count;
    cube->problems = reading.rejected;
    cube->sheet = reading.files[0].sheet;
    return cube_rows_keep(counting->work, &rows, &cube->columns);
}

/* ---- people ---- */

/* What --column says of roles is said to the reading too: it tells people apart by a key. */
static struct people_options people_options_of(struct counting *counting)
{
    struct arena *arena = counting->work->arena;
    const struct file_cube_request *request = counting->request;
    struct people_choice *choices = arena_array_of(arena, request->choice_count + 1,
                                                   struct people_choice);
    struct people_wish *wishes = arena_array_of(arena, counting->wish_count + 1,
                                                struct people_wish);
    struct people_options options = { .sheet = request->sheet,
                                      .choices = choices,
                                      .wishes = wishes,
                                      .wish_count = counting->wish_count };
    for (size_t i = 0; i < request->choice_count; i++) {
        struct slice rest = slice_of(request->choices[i]), name;
        enum people_role role = PEOPLE_UNKNOWN;
        enum pay_period period = PAY_UNSAID;
        if (slice_split(&rest, '=', &name) && people_role_read(slice_trim(name), &role, &period))
            choices[options.choice_count++].text = request->choices[i];
    }
    for (size_t i = 0; i < counting->wish_count; i++)
        wishes[i] = (struct people_wish){ counting->places[i], counting->wishes[i].kind };
    return options;
}

/* From the number of a wish to its column. */
static size_t column_of_wish(const struct people *people, size_t wish)
{
    const struct people_field *field = &people->fields[people->roles.count + wish];
    return (size_t)(field->written >= 0 ? field->written : field->values);
}

static void name_columns(const struct people *people, struct cube_table *tables, size_t count)
{
    for (size_t t = 0; t < count; t++)
        for (size_t v = 0; v < tables[t].variable_count; v++)
            for (size_t level = 0; level < tables[t].variables[v].level_count; level++) {
                size_t *column = &tables[t].variables[v].columns[level];
                *column = column_of_wish(people, *column);
            }
}

static enum status read_people(struct counting *counting, struct cube_table *tables,
                               ptrdiff_t *weight, struct file_cube *cube)
{
    const struct file_cube_request *request = counting->request;
    const struct people_options options = people_options_of(counting);
    struct people people;
    ptrdiff_t *const named[] = { weight, &cube->person, &cube->amount };
    enum status status = people_read(counting->work, request->paths, request->path_count, NULL,
                                     &options, &people);
    if (status != STATUS_OK)
        return status;
    name_columns(&people, tables, cube->list.count);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (*named[i] >= 0)
            *named[i] = (ptrdiff_t)column_of_wish(&people, (size_t)*named[i]);
    for (int i = 0; i < PEOPLE_REFUSAL_COUNT; i++)
        cube->left_out += people.refused[i];
    for (size_t i = people.roles.count; i < people.field_count; i++)
        cube->unread += people.fields[i].unread;
    cube->columns = people.columns;
    cube->problems = people.problems;
    cube->sheet = people.sheet;
    cube->other_sheets = people.other_sheets;
    return STATUS_OK;
}

static enum status read_and_count(struct counting *counting, struct file_cube *cube)
{
    struct work *work = counting->work;
    const struct file_cube_request *request = counting->request;
    struct cube_table *tables = arena_array_of(work->arena, cube->list.count, struct cube_table);
    const struct people_options look = { .sheet = request->sheet };
    struct people_preview preview;
    ptrdiff_t weight = -1, table_column = -1;
    counting->name = file_name(request->paths[0]);
    enum status status = people_look(work, request->paths[0], &look, &preview);
    if (status != STATUS_OK)
        return status;
    cube->tables = tables;
    counting->sample = preview.sample;
    counting->roles = preview.roles;
    status = file_cube_find_tables(counting, &cube->list, tables);
    if (status == STATUS_OK)
        cube->is_cube = request->takes_cube && !request->weight &&
                        cube_rows_are(counting->sample.headings, counting->sample.column_count);
    if (status == STATUS_OK && cube->is_cube)
        status = wish_for_cube(counting, &table_column);
    if (status == STATUS_OK)
        status = file_cube_find_column(counting, cube->is_cube ? CUBE_ROWS_COUNT : request->weight,
                                       COLUMN_DECIMAL, &weight);
    if (status == STATUS_OK)
        status = file_cube_find_column(counting, request->person, COLUMN_TEXT, &cube->person);
    if (status == STATUS_OK)
        status = file_cube_find_column(counting, request->amount, COLUMN_DECIMAL, &cube->amount);
    if (status == STATUS_OK)
        status = cube->is_cube ? read_groups(counting, tables, table_column, cube)
                               : read_people(counting, tables, &weight, cube);
    if (status != STATUS_OK)
        return status;
    const struct cube_request count = { .columns = cube->columns,
                                        .tables = tables,
                                        .table_count = cube->list.count,
                                        .weight = weight };
    return cube_count(work, &count, &cube->cube);
}

/* The paths, with standard input, which can be read once, held where "-" stands. */
static enum status hold_input(struct counting *counting, struct file_cube_request *request)
{
    struct work *work = counting->work;
    const char **paths = arena_array_of(work->arena, request->path_count + 1, const char *);
    const char *held = NULL;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < request->path_count; i++) {
        paths[i] = request->paths[i];
        if (strcmp(paths[i], "-") != 0)
            continue;
        if (held)
            return work_fail(work, STATUS_USAGE, "Standard input (-) can be named once.");
        status = file_hold_input(work, FILE_CUBE_MOST_INPUT, &held);
        paths[i] = held;
    }
    request->paths = paths;
    counting->request = request;
    return status;
}

enum status file_cube_count(struct work *work, const struct file_cube_request *request,
                            struct file_cube *out_cube)
{
    struct file_cube cube = { .person = -1, .amount = -1, .sheet = "" };
    struct counting *counting = arena_new_of(work->arena, struct counting);
    struct file_cube_request *own = arena_new_of(work->arena, struct file_cube_request);
    *own = *request;
    counting->work = work;
    enum status status = table_list_read(work, request->tables, &cube.list);
    if (status == STATUS_OK)
        status = hold_input(counting, own);
    if (status == STATUS_OK)
        status = check_choices(counting);
    if (status == STATUS_OK)
        status = request->database   ? database_cube_count(counting, &cube)
                 : request->snapshot ? snapshot_cube_count(counting, &cube)
                                     : read_and_count(counting, &cube);
    if (status != STATUS_OK) {
        file_cube_free(&cube);
        return status;
    }
    find_names(work, &cube);
    *out_cube = cube;
    return STATUS_OK;
}

void file_cube_free(struct file_cube *cube)
{
    columns_free(cube->columns);
    cube->columns = NULL;
    snapshot_people_close(cube->snapshot);
    cube->snapshot = NULL;
    for (size_t i = 0; i < cube->group_count; i++)
        columns_free(cube->groups[i]);
    cube->group_count = 0;
}

const char *file_cube_words(struct arena *arena, const struct cube_axis *axis, size_t node)
{
    const struct cube_node *at = &axis->nodes[node];
    const char *label = at->label.length ? slice_copy(arena, at->label) : FILE_CUBE_BLANK;
    if (at->level == 0)
        return FILE_CUBE_ALL;
    if (at->level == 1)
        return label;
    return arena_format(arena, "%s/%s", file_cube_words(arena, axis, at->parent), label);
}
