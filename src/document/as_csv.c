/* CSV in long form: one record for each cell of each table, in reading order, so that any document
 * is one regular file.
 *
 *   table    the table's id           row       its number in the table, from 1
 *   group    the heading over it      row_name  the words of its row headers
 *   column   the column's name        text      as printed
 *   part     "cell"; "derived" for a cell that holds a figure made of others, such as a count;
 *            "figure" for each figure of a cell that holds more than that one figure
 *   number   the figure as an exact decimal, a per cent as 47.58; empty when the cell is words
 *   subject, measure, unit, period, breakdown, detail, revision, newer   what the figure cites
 *            (document/runs.h); `newer` is the figure as revised since, or "revised" when only that
 *            is known
 *
 * Cells that are empty are written too. Paragraphs and lists are not in the file. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "codec/csv_writer.h"
#include "document/renderers.h"

#include "base/banned.h"

enum { CSV_COLUMNS = 16, CSV_CELL_MOST = 4 * 1024 * 1024 };

static const char *const headings[CSV_COLUMNS] = {
    "table",   "group",   "row",  "row_name", "column",    "part",   "text",     "number",
    "subject", "measure", "unit", "period",   "breakdown", "detail", "revision", "newer",
};

/* Where a record stands. */
struct csv_place {
    const struct document_table *table;
    const char *group, *row_name;
    size_t row, column;
};

struct csv_output {
    struct arena *scratch; /* emptied after each row */
    struct text *text;
};

static const char *runs_words(struct arena *arena, const struct document_runs *runs)
{
    struct text words = text_new(arena, CSV_CELL_MOST);
    text_add(&words, "");
    runs_print(runs, &words);
    return words.bytes;
}

static const char *printed_number(struct arena *arena, const char *printed)
{
    int64_t millionths = 0;
    int decimals = 0;
    bool is_percent = false;
    if (!figure_read(slice_of(printed), &millionths, &decimals, &is_percent))
        return NULL;
    return number_print(arena, millionths, decimals);
}

static void write_record(struct csv_output *output, const struct csv_place *place, const char *part,
                         const char *words, const struct document_figure *figure)
{
    static const struct document_citation none = { 0 };
    const struct document_citation *citation = figure ? &figure->citation : &none;
    struct arena *arena = output->scratch;
    const char *newer = citation->newer ? citation->newer : "revised";
    const char *values[CSV_COLUMNS] = {
        place->table->id,
        place->group,
        arena_format(arena, "%zu", place->row),
        place->row_name,
        place->table->columns[place->column].name,
        part,
        words,
        figure || strcmp(part, "derived") == 0 ? printed_number(arena, words) : NULL,
        !figure                       ? NULL
        : citation_is_value(citation) ? "value"
                                      : citation->subject,
        citation->measure,
        citation->unit,
        citation->period,
        citation->breakdown,
        citation->detail,
        citation->revision > 0 ? arena_format(arena, "%lld", (long long)citation->revision) : NULL,
        citation->is_revised_since ? newer : NULL,
    };
    struct slice cells[CSV_COLUMNS];
    for (size_t i = 0; i < CSV_COLUMNS; i++)
        cells[i] = slice_of(values[i]);
    csv_write_row(output->text, cells, CSV_COLUMNS);
}

static void write_cell(struct csv_output *output, const struct csv_place *place,
                       const struct document_runs *runs)
{
    const struct document_figure *only = runs_only_figure(runs);
    const char *words = only ? only->text : runs_words(output->scratch, runs);
    write_record(output, place, runs_only_derived(runs) ? "derived" : "cell", words, only);
    for (const struct document_run *run = runs->first; run && !only; run = run->next)
        if (run->figure)
            write_record(output, place, "figure", run->figure->text, run->figure);
}

static const char *row_name(struct arena *arena, const struct document_table *table,
                            const struct document_row *row)
{
    struct text words = text_new(arena, CSV_CELL_MOST);
    text_add(&words, "");
    for (size_t i = 0; i < table->column_count; i++) {
        if (!table->columns[i].is_row_header || !row->cells[i].first)
            continue;
        text_add(&words, words.length ? " " : "");
        runs_print(&row->cells[i], &words);
    }
    return words.bytes;
}

static void write_table(struct csv_output *output, const struct document_table *table)
{
    struct csv_place place = { .table = table };
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct document_row *row = table->rows.items[i];
        if (row->group) {
            place.group = row->group;
            continue;
        }
        place.row++;
        place.row_name = row_name(output->scratch, table, row);
        for (place.column = 0; place.column < table->column_count; place.column++)
            write_cell(output, &place, &row->cells[place.column]);
        arena_empty(output->scratch);
    }
}

enum status render_csv(struct work *work, struct document_tree *tree,
                       const struct document_options *options, struct slice *out_bytes)
{
    (void)options;
    CLEANUP_ARENA struct arena *scratch = arena_new();
    struct text text = text_new(work->arena, DOCUMENT_BYTES_MOST);
    struct csv_output output = { scratch, &text };
    struct slice cells[CSV_COLUMNS];
    for (size_t i = 0; i < CSV_COLUMNS; i++)
        cells[i] = slice_of(headings[i]);
    csv_write_row(&text, cells, CSV_COLUMNS);
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        if (block->table)
            write_table(&output, block->table);
    }
    return render_finish(work, &text, out_bytes);
}
