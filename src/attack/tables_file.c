#include "attack/tables_file.h"

#include "base/arena.h"
#include "codec/table_reader.h"
#include "base/banned.h"

enum { MOST_COLUMNS = 64, LONGEST_LABEL = 1000 };

enum column_role {
    ROLE_VARIABLE,
    ROLE_FIGURE,
    ROLE_MARK, /* stands where the figure is empty */
    ROLE_TABLE,
    ROLE_POPULATION,
    ROLE_PERIOD,
    ROLE_NONE
};

static const struct {
    const char *name;
    enum column_role role;
} roles[] = {
    { "count", ROLE_FIGURE },  { "value", ROLE_FIGURE },
    { "figure", ROLE_FIGURE }, { "freq", ROLE_FIGURE },
    { "n", ROLE_FIGURE },      { "table", ROLE_TABLE },
    { "period", ROLE_PERIOD }, { "population", ROLE_POPULATION },
    { "status", ROLE_NONE },   { "note", ROLE_NONE },
    { "notes", ROLE_NONE },    { "marker", ROLE_NONE },
    { "method", ROLE_NONE },   { "count_mark", ROLE_MARK },
    { "percent", ROLE_NONE },  { "percent_mark", ROLE_NONE },
    { "mean", ROLE_NONE },     { "mean_mark", ROLE_NONE },
    { "median", ROLE_NONE },   { "median_mark", ROLE_NONE },
};

/* One file while it is read. */
struct reading {
    struct work *work;
    const char *name;
    const struct tables_context *context;
    struct published *published;
    struct {
        enum column_role role;
        int32_t word; /* the heading's */
    } columns[MOST_COLUMNS];
    size_t column_count;
};

static enum column_role role_of(struct slice heading)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (slice_equal_folded(heading, slice_of(roles[i].name)))
            return roles[i].role;
    return ROLE_VARIABLE;
}

static enum status read_heading(struct reading *reading, const struct table_row *row)
{
    int figures = 0, variables = 0;
    if (row->count > MOST_COLUMNS)
        return work_fail(reading->work, STATUS_LIMIT, "%s has more than %d columns.", reading->name,
                         MOST_COLUMNS);
    for (size_t i = 0; i < row->count; i++) {
        struct slice heading = slice_trim(row->cells[i]);
        enum column_role role = heading.length ? role_of(heading) : ROLE_NONE;
        reading->columns[i].role = role;
        reading->columns[i].word = published_word(reading->published, heading);
        figures += role == ROLE_FIGURE;
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

/* Takes one column of a row into the cell, the figure or the table's name. */
static void take_text(struct reading *reading, size_t column, struct slice text,
                      struct published_cell *cell, struct slice *out_figure, int32_t *out_table)
{
    int32_t word = -1;
    enum column_role role = reading->columns[column].role;
    if (role == ROLE_FIGURE || (role == ROLE_MARK && out_figure->length == 0)) {
        *out_figure = text;
        return;
    }
    if (role == ROLE_NONE || role == ROLE_MARK || (role == ROLE_VARIABLE && is_total(text)))
        return;
    word = published_word(reading->published, text);
    if (role == ROLE_TABLE)
        *out_table = word;
    else if (role == ROLE_POPULATION)
        cell->population = word;
    else if (role == ROLE_PERIOD)
        cell->period = word;
    else
        cell->categories[cell->category_count++] = (struct category){ reading->columns[column].word,
                                                                      word };
}

/* Reads a row and adds its cell; a table that has a name ends where the name changes. */
static enum status read_row(struct reading *reading, const struct table_row *row, int32_t *table)
{
    const struct tables_context *context = reading->context;
    struct published *published = reading->published;
    struct published_cell cell = { .population = -1, .period = -1, .table_name = -1 };
    struct slice figure = SLICE("");
    int32_t own = -1;
    if (context->population)
        cell.population = published_word(published, slice_of(context->population));
    if (context->period)
        cell.period = published_word(published, slice_of(context->period));
    for (size_t i = 0; i < reading->column_count && i < row->count; i++) {
        struct slice text = slice_trim(row->cells[i]);
        if (text.length > LONGEST_LABEL)
            return work_fail(reading->work, STATUS_LIMIT,
                             "%s, row %lld: a label is longer than %d bytes.", reading->name,
                             (long long)row->number, LONGEST_LABEL);
        take_text(reading, i, text, &cell, &figure, &own);
    }
    if (!published_read_figure(figure, &context->rule, &cell))
        return work_fail(reading->work, STATUS_INPUT,
                         "%s, row %lld: \"%.*s\" is not a figure; write a whole number (a multiple "
                         "of the rounding, where there is one), [c], [low], [x], [z] or <10.",
                         reading->name, (long long)row->number,
                         (int)(figure.length < 40 ? figure.length : 40), figure.start);
    if (own != *table)
        published_add_table(published);
    *table = own;
    cell.table_name = own;
    cell.shown = published_word(published, figure);
    published_add_cell(published, &cell);
    return STATUS_OK;
}

static enum status read_tables(struct work *work, const char *name, struct table_reader *reader,
                               const struct tables_context *context, struct published *published)
{
    struct reading reading = {
        .work = work, .name = name, .context = context, .published = published
    };
    struct table_row row;
    int32_t table = -1;
    enum status status = table_reader_next(reader, &row);
    if (status == STATUS_END)
        return work_fail(work, STATUS_INPUT, "%s is empty.", name);
    if (status == STATUS_OK)
        status = read_heading(&reading, &row);
    published_add_table(published);
    size_t before = published->cell_count;
    while (status == STATUS_OK) {
        status = table_reader_next(reader, &row);
        if (status == STATUS_OK)
            status = read_row(&reading, &row, &table);
    }
    if (status == STATUS_END && published->cell_count == before)
        return work_fail(work, STATUS_INPUT,
                         "%s has a heading and no figures below it; nothing can be said of it.",
                         name);
    return status == STATUS_END ? STATUS_OK : status;
}

enum status tables_file_read(struct work *work, const char *path,
                             const struct tables_context *context, struct published *published)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    enum status status = table_reader_open(work, path, NULL, &reader);
    return status == STATUS_OK ? read_tables(work, path, reader, context, published) : status;
}

enum status tables_file_parse(struct work *work, const char *name, struct slice bytes,
                              const struct tables_context *context, struct published *published)
{
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    enum status status = table_reader_open_bytes(work, name, bytes, NULL, &reader);
    return status == STATUS_OK ? read_tables(work, name, reader, context, published) : status;
}
