#include "attack/tables_file.h"

#include <jansson.h>
#include <string.h>

#include "attack/hierarchy_file.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "codec/table_reader.h"
#include "base/banned.h"

enum {
    MOST_ABOVE = 30, /* rows of titles above a heading */
    MOST_COLUMNS = 64,
    LONGEST_LABEL = 1000,
    SENTENCE_BYTES = 8192,
    MOST_JSON = 512 << 20
};

enum column_role {
    ROLE_VARIABLE,
    ROLE_FIGURE,
    ROLE_MARK, /* stands where the figure is empty */
    ROLE_TABLE,
    ROLE_POPULATION,
    ROLE_PERIOD,
    ROLE_PRIMARY,   /* TRUE: the figure is hidden for its own sake */
    ROLE_SECONDARY, /* TRUE: the figure is hidden */
    ROLE_STATUS,    /* a word of patterns */
    ROLE_NONE
};

static const struct {
    const char *name;
    enum column_role role;
} roles[] = {
    { "count", ROLE_FIGURE },
    { "value", ROLE_FIGURE },
    { "figure", ROLE_FIGURE },
    { "freq", ROLE_FIGURE },
    { "frequency", ROLE_FIGURE },
    { "number", ROLE_FIGURE },
    { "n", ROLE_FIGURE },
    { "table", ROLE_TABLE },
    { "period", ROLE_PERIOD },
    { "population", ROLE_POPULATION },
    { "count_mark", ROLE_MARK },
    { "primary", ROLE_PRIMARY },
    { "secondary", ROLE_SECONDARY },
    { "suppressed", ROLE_SECONDARY },
    { "suppress", ROLE_SECONDARY },
    { "hidden", ROLE_SECONDARY },
    { "status", ROLE_STATUS },
    { "note", ROLE_NONE },
    { "notes", ROLE_NONE },
    { "marker", ROLE_NONE },
    { "method", ROLE_NONE },
    { "proportion", ROLE_NONE },
    { "share", ROLE_NONE },
    { "rate", ROLE_NONE },
    { "pct", ROLE_NONE },
    { "mean", ROLE_NONE },
    { "average", ROLE_NONE },
    { "median", ROLE_NONE },
    { "weight", ROLE_NONE },
};

/* Percentages, the marks beside them, and what has no name. */
static bool is_beside(struct slice heading)
{
    return heading.length == 0 || slice_find_folded(heading, "percent") >= 0 ||
           slice_find(heading, "%") >= 0 || slice_ends(heading, "_mark");
}

/* One file while it is read. */
struct reading {
    struct work *work;
    const char *name;
    const struct tables_context *context;
    struct published *published;
    struct {
        enum column_role role;
        int32_t word; /* the heading's */
        const struct hierarchy *hierarchy;
    } columns[MOST_COLUMNS];
    size_t column_count;
    int32_t table; /* the word of the open one, or -1 */
    const char *sheet;
    int32_t sheet_word; /* its name, where there are several; else -1 */
    int rows_above;     /* of the sheet's heading, so far */
    bool has_heading;
    size_t table_count;              /* that have a heading of their own */
    int64_t figures, hidden, marked; /* read so far; marked: by a column and not by the figure */
    struct slice first_mark;         /* the first figure that was read as hidden */
};

static enum column_role role_of(struct slice heading)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (slice_equal_folded(heading, slice_of(roles[i].name)))
            return roles[i].role;
    return is_beside(heading) ? ROLE_NONE : ROLE_VARIABLE;
}

static const struct hierarchy *hierarchy_of(const struct reading *reading, struct slice heading)
{
    const struct published *published = reading->published;
    for (size_t i = 0; i < published->hierarchy_count; i++)
        if (slice_equal(published->hierarchies[i].variable, heading))
            return &published->hierarchies[i];
    return NULL;
}

static int figure_columns(const struct table_row *row)
{
    int figures = 0;
    for (size_t i = 0; i < row->count; i++)
        figures += role_of(slice_trim(row->cells[i])) == ROLE_FIGURE;
    return figures;
}

static enum status read_heading(struct reading *reading, const struct table_row *row)
{
    int figures = figure_columns(row), variables = 0;
    if (row->count > MOST_COLUMNS)
        return work_fail(reading->work, STATUS_LIMIT, "%s has more than %d columns.", reading->name,
                         MOST_COLUMNS);
    for (size_t i = 0; i < row->count; i++) {
        struct slice heading = slice_trim(row->cells[i]);
        const struct hierarchy *hierarchy = hierarchy_of(reading, heading);
        enum column_role role = hierarchy ? ROLE_VARIABLE : role_of(heading);
        reading->columns[i].role = role;
        reading->columns[i].word = published_word(reading->published, heading);
        reading->columns[i].hierarchy = hierarchy;
        variables += role == ROLE_VARIABLE;
    }
    reading->column_count = row->count;
    if (figures != 1)
        return work_fail(reading->work, STATUS_INPUT,
                         "%s has %s column of figures; name exactly one of its columns count.",
                         reading->name, figures ? "more than one" : "no");
    if (variables > PUBLISHED_MOST_VARIABLES)
        return work_fail(reading->work, STATUS_LIMIT,
                         "%s has %d variables; %d can be attacked at once.", reading->name,
                         variables, PUBLISHED_MOST_VARIABLES);
    return STATUS_OK;
}

static bool is_total(struct slice label)
{
    return label.length == 0 || slice_equal_folded(label, SLICE("Total")) ||
           slice_equal_folded(label, SLICE("All"));
}

/* What a row says, beside its categories. */
struct row_words {
    struct slice figure;
    int32_t table;
    enum cell_state marked; /* CELL_SHOWN: no column says that it is hidden */
};

static bool is_true(struct slice text)
{
    return slice_equal_folded(text, SLICE("TRUE")) || slice_equal_folded(text, SLICE("yes")) ||
           slice_equal_folded(text, SLICE("T")) || slice_is(text, "1");
}

static enum cell_state state_of(enum column_role role, struct slice text)
{
    if (role == ROLE_PRIMARY)
        return is_true(text) ? CELL_PRIMARY : CELL_SHOWN;
    if (role == ROLE_SECONDARY)
        return is_true(text) ? CELL_SECONDARY : CELL_SHOWN;
    if (slice_equal_folded(text, SLICE("primary")))
        return CELL_PRIMARY;
    return slice_equal_folded(text, SLICE("secondary")) ||
                   slice_equal_folded(text, SLICE("suppressed")) ||
                   slice_equal_folded(text, SLICE("hidden"))
               ? CELL_SECONDARY
               : CELL_SHOWN;
}

/* Takes one column of a row into the cell, or what is beside it. */
static enum status take_text(struct reading *reading, const struct table_row *row, size_t column,
                             struct published_cell *cell, struct row_words *words)
{
    struct slice text = slice_trim(row->cells[column]);
    enum column_role role = reading->columns[column].role;
    const struct hierarchy *hierarchy = reading->columns[column].hierarchy;
    int32_t variable = reading->columns[column].word, word = -1;
    if (text.length > LONGEST_LABEL)
        return work_fail(reading->work, STATUS_LIMIT,
                         "%s, row %lld: a label is longer than %d bytes.", reading->name,
                         (long long)row->number, LONGEST_LABEL);
    if (role == ROLE_FIGURE || (role == ROLE_MARK && words->figure.length == 0)) {
        words->figure = text;
        return STATUS_OK;
    }
    if (role == ROLE_PRIMARY || role == ROLE_SECONDARY || role == ROLE_STATUS) {
        enum cell_state state = state_of(role, text);
        if (state != CELL_SHOWN && words->marked != CELL_PRIMARY)
            words->marked = state;
        return STATUS_OK;
    }
    if (role == ROLE_NONE || role == ROLE_MARK || (role == ROLE_VARIABLE && is_total(text)))
        return STATUS_OK;
    word = published_word(reading->published, text);
    if (role == ROLE_VARIABLE && hierarchy)
        variable = hierarchy_variable_of(hierarchy, word);
    if (variable < 0)
        return work_fail(
            reading->work, STATUS_INPUT,
            "%s, row %lld: %s does not have \"%.*s\"; add it there, or write Total for "
            "everybody.",
            reading->name, (long long)row->number, hierarchy->path,
            (int)(text.length < 40 ? text.length : 40), text.start);
    if (role == ROLE_TABLE)
        words->table = word;
    else if (role == ROLE_POPULATION)
        cell->population = word;
    else if (role == ROLE_PERIOD)
        cell->period = word;
    else
        cell->categories[cell->category_count++] = (struct category){ variable, word };
    return STATUS_OK;
}

/* Reads the figure, unless a column says that it is hidden; then it stands for what a mark does. */
static enum status read_figure(struct reading *reading, const struct table_row *row,
                               const struct row_words *words, struct published_cell *cell)
{
    struct slice figure = words->marked == CELL_SHOWN ? words->figure : SLICE("[c]");
    if (!published_read_figure(figure, &reading->context->rule, cell))
        return work_fail(reading->work, STATUS_INPUT,
                         "%s, row %lld: \"%.*s\" is not a figure; write a whole number (a multiple "
                         "of the rounding, where there is one), [c], [low], [x], [z] or <10.",
                         reading->name, (long long)row->number,
                         (int)(figure.length < 40 ? figure.length : 40), figure.start);
    if (words->marked == CELL_PRIMARY)
        cell->state = CELL_PRIMARY;
    reading->figures++;
    reading->marked += words->marked != CELL_SHOWN;
    if (cell->state == CELL_PRIMARY || cell->state == CELL_SECONDARY) {
        if (reading->hidden == reading->marked - (words->marked != CELL_SHOWN) &&
            words->marked == CELL_SHOWN)
            reading->first_mark = slice_of(slice_copy(reading->work->arena, figure));
        reading->hidden++;
    }
    return STATUS_OK;
}

/* A row that has no more than its first cell is a note, or a gap. */
static bool is_note(const struct table_row *row, size_t columns)
{
    size_t filled = 0;
    for (size_t i = 0; i < row->count; i++)
        filled += slice_trim(row->cells[i]).length > 0;
    return filled == 0 || (filled == 1 && columns > 1 && (columns > 2 || row->count == 1) &&
                           slice_trim(row->cells[0]).length > 0);
}

/* Reads a row and adds its cell; a table that has a name ends where the name changes. */
static enum status read_row(struct reading *reading, const struct table_row *row)
{
    const struct tables_context *context = reading->context;
    struct published *published = reading->published;
    struct published_cell cell = { .population = -1, .period = -1, .table_name = -1 };
    struct row_words words = { SLICE(""), reading->sheet_word, CELL_SHOWN };
    enum status status = STATUS_OK;
    if (is_note(row, reading->column_count))
        return STATUS_OK;
    if (context->population)
        cell.population = published_word(published, slice_of(context->population));
    if (context->period)
        cell.period = published_word(published, slice_of(context->period));
    for (size_t i = 0; status == STATUS_OK && i < reading->column_count && i < row->count; i++)
        status = take_text(reading, row, i, &cell, &words);
    if (status == STATUS_OK)
        status = read_figure(reading, row, &words, &cell);
    if (status != STATUS_OK)
        return status;
    if (words.table != reading->table)
        published_add_table(published);
    reading->table = words.table;
    cell.table_name = words.table;
    cell.shown = published_word(published,
                                words.marked == CELL_SHOWN ? words.figure : SLICE("[c]"));
    published_add_cell(published, &cell);
    return STATUS_OK;
}

/* The headings of columns that have a role, as "sex, grade and unit". */
static void add_headings(const struct reading *reading, struct text *text, const bool *has_role)
{
    size_t count = 0, done = 0;
    for (size_t i = 0; i < reading->column_count; i++)
        count += has_role[reading->columns[i].role];
    for (size_t i = 0; i < reading->column_count; i++) {
        const char *heading = published_word_of(reading->published, reading->columns[i].word);
        if (!has_role[reading->columns[i].role])
            continue;
        text_add(text, done == 0 ? "" : done + 1 == count ? " and " : ", ");
        text_add(text, heading[0] ? heading : "one without a name");
        done++;
    }
}

/* "d2.csv: 100 figures in the column freq, by region and main_income; 11 are hidden …" */
static void say_understood(const struct reading *reading)
{
    static const bool figure[ROLE_NONE + 1] = { [ROLE_FIGURE] = true };
    static const bool variable[ROLE_NONE + 1] = { [ROLE_VARIABLE] = true };
    static const bool marking[ROLE_NONE + 1] = {
        [ROLE_PRIMARY] = true, [ROLE_SECONDARY] = true, [ROLE_STATUS] = true
    };
    static const bool none[ROLE_NONE + 1] = { [ROLE_NONE] = true };
    struct text text = text_new(reading->work->arena, SENTENCE_BYTES);
    bool has_variable = false, has_none = false;
    for (size_t i = 0; i < reading->column_count; i++) {
        has_variable = has_variable || reading->columns[i].role == ROLE_VARIABLE;
        has_none = has_none || reading->columns[i].role == ROLE_NONE;
    }
    text_add_format(&text, "%s: %lld figure%s in the column ", reading->name,
                    (long long)reading->figures, reading->figures == 1 ? "" : "s");
    add_headings(reading, &text, figure);
    if (reading->table_count > 1) {
        text_add_format(&text, " of %zu tables", reading->table_count);
    } else {
        text_add(&text, has_variable ? ", by " : ", by nothing");
        add_headings(reading, &text, variable);
    }
    text_add_format(&text, "; %lld hidden", (long long)reading->hidden);
    if (reading->marked > 0) {
        text_add(&text, " (marked in ");
        add_headings(reading, &text, marking);
        text_add(&text, ")");
    } else if (reading->hidden > 0) {
        text_add(&text, reading->first_mark.length ? " (such as \"" : " (such as a gap");
        text_add_slice(&text, reading->first_mark);
        text_add(&text, reading->first_mark.length ? "\")" : ")");
    }
    if (has_none) {
        text_add(&text, "; not looked at: ");
        add_headings(reading, &text, none);
    }
    text_add(&text, ".");
    list_add(reading->work->arena, &reading->published->understood,
             arena_copy_text(reading->work->arena, text.bytes));
}

static enum status end_reading(struct reading *reading, size_t before)
{
    if (reading->published->cell_count == before)
        return work_fail(reading->work, STATUS_INPUT,
                         "%s has a heading and no figures below it; nothing can be said of it.",
                         reading->name);
    say_understood(reading);
    return STATUS_OK;
}

/* Looks for the heading of a sheet, below its titles. */
static enum status look_for_heading(struct reading *reading, const struct table_row *row)
{
    bool is_heading = figure_columns(row) > 0;
    if (!is_heading && ++reading->rows_above <= MOST_ABOVE)
        return STATUS_OK;
    if (!is_heading && row->sheet[0])
        return STATUS_OK; /* a sheet of notes */
    reading->has_heading = true;
    reading->table_count++;
    return read_heading(reading, row);
}

static void begin_sheet(struct reading *reading, const struct table_row *row)
{
    if (reading->sheet && strcmp(reading->sheet, row->sheet) == 0)
        return;
    reading->sheet = row->sheet;
    reading->has_heading = false;
    reading->rows_above = 0;
    reading->sheet_word = row->sheet[0] ? published_word(reading->published, slice_of(row->sheet))
                                        : -1;
    reading->table = reading->sheet_word;
    published_add_table(reading->published);
}

static enum status read_tables(struct work *work, const char *name, struct table_reader *reader,
                               const struct tables_context *context, struct published *published)
{
    struct reading reading = {
        .work = work, .name = name, .context = context, .published = published, .table = -1
    };
    struct table_row row;
    size_t before = published->cell_count;
    enum status status = table_reader_next(reader, &row);
    if (status == STATUS_END)
        return work_fail(work, STATUS_INPUT, "%s is empty.", name);
    while (status == STATUS_OK) {
        begin_sheet(&reading, &row);
        status = reading.has_heading ? read_row(&reading, &row) : look_for_heading(&reading, &row);
        if (status == STATUS_OK)
            status = table_reader_next(reader, &row);
    }
    if (status == STATUS_END && reading.table_count == 0)
        return work_fail(work, STATUS_INPUT,
                         "%s has no column of figures; name exactly one of its columns count.",
                         name);
    return status == STATUS_END ? end_reading(&reading, before) : status;
}

/* One row of a table in JSON, as a row of the same table in CSV. */
static enum status read_json_row(struct reading *reading, const char *table, const json_t *object,
                                 int64_t number)
{
    struct slice cells[MOST_COLUMNS];
    const json_t *labels = json_object_get(object, "labels");
    const json_t *count = json_object_get(object, "count");
    const char *mark = json_string_value(json_object_get(object, "count_mark"));
    size_t variables = reading->column_count - 3;
    if (!json_is_array(labels) || json_array_size(labels) != variables)
        return work_fail(reading->work, STATUS_INPUT,
                         "%s, row %lld: there have to be as many labels as columns.", reading->name,
                         (long long)number);
    cells[0] = slice_of(table);
    for (size_t i = 0; i < variables; i++) {
        const char *label = json_string_value(json_array_get(labels, i));
        cells[1 + i] = slice_of(label ? label : "");
    }
    cells[1 + variables] = json_is_integer(count)
                               ? slice_of(arena_format(reading->work->arena, "%lld",
                                                       (long long)json_integer_value(count)))
                               : slice_of(json_string_value(count) ? json_string_value(count) : "");
    cells[2 + variables] = slice_of(mark ? mark : "");
    const struct table_row row = { "", number, reading->column_count, cells };
    return read_row(reading, &row);
}

static enum status read_json_table(struct reading *reading, const json_t *object)
{
    struct slice cells[MOST_COLUMNS];
    const char *table = json_string_value(json_object_get(object, "table"));
    const json_t *columns = json_object_get(object, "columns");
    const json_t *rows = json_object_get(object, "rows");
    size_t variables = json_array_size(columns);
    if (!json_is_array(columns) || !json_is_array(rows) || variables > MOST_COLUMNS - 3)
        return work_fail(reading->work, STATUS_INPUT,
                         "%s is not a list of tables as protect writes them (table, columns, rows "
                         "with labels, count and count_mark); save it as CSV.",
                         reading->name);
    cells[0] = SLICE("table");
    for (size_t i = 0; i < variables; i++) {
        const char *heading = json_string_value(json_array_get(columns, i));
        cells[1 + i] = slice_of(heading ? heading : "");
    }
    cells[1 + variables] = SLICE("count");
    cells[2 + variables] = SLICE("count_mark");
    const struct table_row heading = { "", 0, variables + 3, cells };
    enum status status = read_heading(reading, &heading);
    for (size_t i = 0; status == STATUS_OK && i < json_array_size(rows); i++)
        status = read_json_row(reading, table ? table : "", json_array_get(rows, i),
                               (int64_t)i + 1);
    return status;
}

static enum status read_json(struct work *work, const char *name, struct slice bytes,
                             const struct tables_context *context, struct published *published)
{
    struct reading reading = {
        .work = work,
        .name = name,
        .context = context,
        .published = published,
        .sheet_word = -1,
        .table = -1,
    };
    json_error_t error;
    size_t before = published->cell_count;
    json_t *tables = json_loadb(bytes.start, bytes.length, JSON_REJECT_DUPLICATES, &error);
    enum status status = STATUS_OK;
    if (!json_is_array(tables) || json_array_size(tables) == 0)
        status = work_fail(
            work, STATUS_INPUT,
            "%s is not a list of tables as protect writes them (line %d); save it as "
            "CSV.",
            name, tables ? 1 : error.line);
    published_add_table(published);
    for (size_t i = 0; status == STATUS_OK && i < json_array_size(tables); i++)
        status = read_json_table(&reading, json_array_get(tables, i));
    reading.table_count = json_array_size(tables);
    json_decref(tables);
    return status == STATUS_OK ? end_reading(&reading, before) : status;
}

/* JSON begins with a bracket, which no heading does. */
static bool is_json(struct slice bytes)
{
    return slice_starts(slice_trim(slice_first(bytes, bytes.length < 64 ? bytes.length : 64)), "[");
}

enum status tables_file_read(struct work *work, const char *path,
                             const struct tables_context *context, struct published *published)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct slice bytes;
    if (slice_ends(slice_of(path), ".json")) {
        enum status read = file_read(work, path, MOST_JSON, &bytes);
        return read == STATUS_OK ? read_json(work, path, bytes, context, published) : read;
    }
    enum status status = table_reader_open(work, path, NULL, &reader);
    return status == STATUS_OK ? read_tables(work, path, reader, context, published) : status;
}

enum status tables_file_parse(struct work *work, const char *name, struct slice bytes,
                              const struct tables_context *context, struct published *published)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    if (is_json(bytes))
        return read_json(work, name, bytes, context, published);
    enum status status = table_reader_open_bytes(work, name, bytes, NULL, &reader);
    return status == STATUS_OK ? read_tables(work, name, reader, context, published) : status;
}
