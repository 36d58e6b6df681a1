/* Reads released tables out, and prints them as CSV, ODS and JSON. */
#include "disclosure/released_table.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/csv_writer.h"
#include "codec/sheet.h"
#include "disclosure/released_body.h"
#include "base/banned.h"

enum {
    LARGEST_CSV = 1 << 30,
    FIGURE_COLUMNS = 4,      /* count and per cent, each with its mark */
    MOST_FIGURE_COLUMNS = 8, /* mean and median too */
    MOST_HEADINGS = 64
};

static const char *const figure_headings[MOST_FIGURE_COLUMNS] = {
    "count", "count_mark", "percent", "percent_mark", "mean", "mean_mark", "median", "median_mark"
};

const char *released_table_name(const struct released_table *table)
{
    return table->name;
}

size_t released_table_headings(const struct released_table *table)
{
    return table->heading_count;
}

size_t released_table_rows(const struct released_table *table)
{
    return table->row_count;
}

const char *released_table_heading(const struct released_table *table, size_t column)
{
    assert(column < table->heading_count);
    return table->headings[column];
}

const char *released_table_label(const struct released_table *table, size_t row, size_t column)
{
    assert(row < table->row_count && column < table->heading_count);
    return table->labels[row * table->heading_count + column];
}

struct released_figure released_table_count(const struct released_table *table, size_t row)
{
    assert(row < table->row_count);
    return table->counts[row];
}

struct released_figure released_table_percent(const struct released_table *table, size_t row)
{
    assert(row < table->row_count);
    return table->percents[row];
}

bool released_table_has_amounts(const struct released_table *table)
{
    return table->means != NULL;
}

struct released_figure released_table_mean(const struct released_table *table, size_t row)
{
    assert(row < table->row_count && table->means);
    return table->means[row];
}

struct released_figure released_table_median(const struct released_table *table, size_t row)
{
    assert(row < table->row_count && table->medians);
    return table->medians[row];
}

const char *released_mark_text(enum released_mark mark)
{
    static const char *const texts[RELEASED_MARK_COUNT] = {
        [RELEASED_SHOWN] = "",          [RELEASED_CONFIDENTIAL] = "[c]",   [RELEASED_LOW] = "[low]",
        [RELEASED_UNAVAILABLE] = "[x]", [RELEASED_NOT_APPLICABLE] = "[z]",
    };
    return texts[mark];
}

/* The number and the mark, as two cells. */
static void put_figure(struct work *work, struct released_figure figure, struct slice *out_cells)
{
    out_cells[0] = figure.mark == RELEASED_SHOWN
                       ? slice_of(arena_format(work->arena, "%lld", (long long)figure.number))
                       : (struct slice){ NULL, 0 };
    out_cells[1] = slice_of(released_mark_text(figure.mark));
}

static size_t figure_columns(const struct released_table *table)
{
    return table->means ? MOST_FIGURE_COLUMNS : FIGURE_COLUMNS;
}

/* All figures of a row, each with its mark, under figure_headings. */
static void put_figures(struct work *work, const struct released_table *table, size_t row,
                        struct slice *out_cells)
{
    put_figure(work, table->counts[row], out_cells);
    put_figure(work, table->percents[row], out_cells + 2);
    if (!table->means)
        return;
    put_figure(work, table->means[row], out_cells + 4);
    put_figure(work, table->medians[row], out_cells + 6);
}

/* ---- CSV ---- */

/* The distinct headings of all tables, in the order in which they come. */
static size_t all_headings(const struct released_table *const *tables, size_t count,
                           const char **out_headings)
{
    size_t known = 0;
    for (size_t t = 0; t < count; t++)
        for (size_t c = 0; c < tables[t]->heading_count; c++) {
            size_t i = 0;
            while (i < known && strcmp(out_headings[i], tables[t]->headings[c]) != 0)
                i++;
            assert(i < MOST_HEADINGS); /* a plan has no more columns */
            if (i == known)
                out_headings[known++] = tables[t]->headings[c];
        }
    return known;
}

static void put_labels(const struct released_table *table, size_t row, const char *const *headings,
                       size_t heading_count, struct slice *out_cells)
{
    for (size_t i = 0; i < heading_count; i++) {
        out_cells[i] = (struct slice){ NULL, 0 };
        for (size_t c = 0; c < table->heading_count; c++)
            if (strcmp(headings[i], table->headings[c]) == 0)
                out_cells[i] = slice_of(table->labels[row * table->heading_count + c]);
    }
}

enum status released_as_csv(struct work *work, const struct released_table *const *tables,
                            size_t count, struct slice *out_bytes)
{
    const char *headings[MOST_HEADINGS] = { 0 };
    struct slice cells[1 + MOST_HEADINGS + MOST_FIGURE_COLUMNS];
    size_t heading_count = all_headings(tables, count, headings);
    size_t figures = count ? figure_columns(tables[0]) : FIGURE_COLUMNS; /* all alike */
    struct text text = text_new(work->arena, LARGEST_CSV);
    cells[0] = SLICE("table");
    for (size_t i = 0; i < heading_count; i++)
        cells[1 + i] = slice_of(headings[i]);
    for (size_t i = 0; i < figures; i++)
        cells[1 + heading_count + i] = slice_of(figure_headings[i]);
    csv_write_row(&text, cells, 1 + heading_count + figures);
    for (size_t t = 0; t < count; t++)
        for (size_t row = 0; row < tables[t]->row_count; row++) {
            cells[0] = slice_of(tables[t]->name);
            put_labels(tables[t], row, headings, heading_count, cells + 1);
            put_figures(work, tables[t], row, cells + 1 + heading_count);
            csv_write_row(&text, cells, 1 + heading_count + figures);
        }
    if (text.is_full)
        return work_fail(work, STATUS_LIMIT, "The tables are larger than %d bytes as CSV.",
                         LARGEST_CSV);
    *out_bytes = text_slice(&text);
    return STATUS_OK;
}

/* ---- ODS ---- */

static struct sheet make_sheet(struct work *work, const struct released_table *table)
{
    size_t own = figure_columns(table), columns = table->heading_count + own;
    struct slice *headings = arena_array_of(work->arena, columns, struct slice);
    struct sheet_cell *cells = arena_array_of(work->arena, columns * table->row_count,
                                              struct sheet_cell);
    for (size_t c = 0; c < table->heading_count; c++)
        headings[c] = slice_of(table->headings[c]);
    for (size_t i = 0; i < own; i++)
        headings[table->heading_count + i] = slice_of(figure_headings[i]);
    for (size_t row = 0; row < table->row_count; row++) {
        struct sheet_cell *at = cells + row * columns;
        struct slice figures[MOST_FIGURE_COLUMNS];
        put_figures(work, table, row, figures);
        for (size_t c = 0; c < table->heading_count; c++)
            at[c] = (struct sheet_cell){ SHEET_TEXT,
                                         slice_of(table->labels[row * table->heading_count + c]) };
        for (size_t i = 0; i < own; i++)
            at[table->heading_count + i] = (struct sheet_cell){ i % 2 ? SHEET_TEXT : SHEET_NUMBER,
                                                                figures[i] };
    }
    return (struct sheet){ .name = table->name,
                           .headings = headings,
                           .column_count = columns,
                           .cells = cells,
                           .row_count = table->row_count };
}

static struct sheet make_legend(struct work *work)
{
    static const char *const rows[][2] = {
        { "[c]", "Confidential: hidden so that nobody can be recognised" },
        { "[low]", "Rounds to nought, but is not nought" },
        { "[x]", "Not available" },
        { "[z]", "Not applicable" },
        { "All", "All labels of the column together" },
        { "mean, median", "Of the amount that was asked for, in whole units of it" },
        { "percent", "Of the row in which the first column is All; made from the figures shown" },
    };
    size_t count = sizeof rows / sizeof *rows;
    struct slice *headings = arena_array_of(work->arena, 2, struct slice);
    struct sheet_cell *cells = arena_array_of(work->arena, 2 * count, struct sheet_cell);
    headings[0] = SLICE("Mark");
    headings[1] = SLICE("Meaning");
    for (size_t i = 0; i < 2 * count; i++)
        cells[i] = (struct sheet_cell){ SHEET_TEXT, slice_of(rows[i / 2][i % 2]) };
    return (struct sheet){
        .name = "Marks", .headings = headings, .column_count = 2, .cells = cells, .row_count = count
    };
}

enum status released_as_ods(struct work *work, const struct released_table *const *tables,
                            size_t count, struct slice *out_bytes)
{
    struct sheet *sheets = arena_array_of(work->arena, count + 1, struct sheet);
    sheets[0] = make_legend(work);
    for (size_t t = 0; t < count; t++)
        sheets[t + 1] = make_sheet(work, tables[t]);
    struct sheet_file file = { "Protected tables", "en-GB", work->now, sheets, count + 1 };
    return ods_write(work, &file, out_bytes);
}

/* ---- JSON ---- */

static void set_figure(json_t *object, const char *name, const char *mark_name,
                       struct released_figure figure)
{
    const char *mark = released_mark_text(figure.mark);
    json_object_set_new(object, name,
                        figure.mark == RELEASED_SHOWN ? json_integer(figure.number) : json_null());
    json_object_set_new(object, mark_name, *mark ? json_string(mark) : json_null());
}

static json_t *table_json(const struct released_table *table)
{
    json_t *object = json_object(), *headings = json_array(), *rows = json_array();
    for (size_t c = 0; c < table->heading_count; c++)
        json_array_append_new(headings, json_string(table->headings[c]));
    for (size_t row = 0; row < table->row_count; row++) {
        json_t *line = json_object(), *labels = json_array();
        for (size_t c = 0; c < table->heading_count; c++)
            json_array_append_new(labels,
                                  json_string(table->labels[row * table->heading_count + c]));
        json_object_set_new(line, "labels", labels);
        set_figure(line, "count", "count_mark", table->counts[row]);
        set_figure(line, "percent", "percent_mark", table->percents[row]);
        if (table->means) {
            set_figure(line, "mean", "mean_mark", table->means[row]);
            set_figure(line, "median", "median_mark", table->medians[row]);
        }
        json_array_append_new(rows, line);
    }
    json_object_set_new(object, "table", json_string(table->name));
    json_object_set_new(object, "columns", headings);
    json_object_set_new(object, "rows", rows);
    return object;
}

enum status released_as_json(struct work *work, const struct released_table *const *tables,
                             size_t count, struct slice *out_bytes)
{
    json_t *array = json_array();
    for (size_t t = 0; t < count; t++)
        json_array_append_new(array, table_json(tables[t]));
    char *text = json_dumps(array, JSON_INDENT(1) | JSON_PRESERVE_ORDER | JSON_ENSURE_ASCII);
    json_decref(array);
    if (!text)
        return work_fail(work, STATUS_STORAGE,
                         "There is not enough memory for the tables as JSON.");
    *out_bytes = slice_of(arena_format(work->arena, "%s\n", text));
    free(text);
    return STATUS_OK;
}
