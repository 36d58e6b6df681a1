/* One tree of JSON of a document. */
#include "document/model.h"

#include <assert.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/number.h"
#include "base/period.h"
#include "document/colour.h"

#include "base/banned.h"

static const char *const run_kinds[DOCUMENT_RUN_KIND_COUNT] = {
    [DOCUMENT_RUN_TEXT] = "text",       [DOCUMENT_RUN_STRONG] = "strong",
    [DOCUMENT_RUN_CODE] = "code",       [DOCUMENT_RUN_LINK] = "link",
    [DOCUMENT_RUN_FIGURE] = "figure",   [DOCUMENT_RUN_RATING] = "rating",
    [DOCUMENT_RUN_MISSING] = "missing", [DOCUMENT_RUN_FINDING] = "finding",
    [DOCUMENT_RUN_BREAK] = "break",
};

static const char *const block_kinds[DOCUMENT_BLOCK_KIND_COUNT] = {
    [DOCUMENT_HEADING] = "heading", [DOCUMENT_PARAGRAPH] = "paragraph",
    [DOCUMENT_LIST] = "list",       [DOCUMENT_TABLE] = "table",
    [DOCUMENT_CHART] = "chart",     [DOCUMENT_DEFINITIONS] = "definitions",
    [DOCUMENT_BOX] = "box",         [DOCUMENT_PAGE_BREAK] = "page-break",
};

static const char *const alignments[] = {
    [DOCUMENT_LEFT] = "left",
    [DOCUMENT_RIGHT] = "right",
    [DOCUMENT_CENTRE] = "centre",
};

/* Sets text, or null. The words were cleaned when the document was built (document/words.h), so
 * they are not looked at again; out of memory aborts. */
static void set_text(json_t *object, const char *name, const char *words)
{
    json_t *value = words ? json_string_nocheck(words) : json_null();
    int failed = json_object_set_new_nocheck(object, name, value);
    assert(!failed);
    (void)failed;
}

void model_set(json_t *object, const char *name, json_t *value)
{
    int failed = json_object_set_new_nocheck(object, name, value);
    assert(!failed);
    (void)failed;
}

void model_add(json_t *array, json_t *value)
{
    int failed = json_array_append_new(array, value);
    assert(!failed);
    (void)failed;
}

static const char *period_words(struct arena *arena, const char *notation)
{
    struct period period;
    if (!notation || !period_read(slice_of(notation), &period))
        return notation;
    return period_print_long(arena, period);
}

static json_t *citation_model(struct arena *arena, const struct document_citation *citation)
{
    json_t *object = json_object();
    set_text(object, "measure", citation->measure);
    set_text(object, "measure_title", citation->measure_title);
    set_text(object, "unit", citation->unit);
    set_text(object, "period", citation->period);
    set_text(object, "period_words", period_words(arena, citation->period));
    set_text(object, "breakdown", citation->breakdown);
    model_set(object, "revision", json_integer(citation->revision));
    model_set(object, "is_revised_since", json_boolean(citation->is_revised_since));
    set_text(object, "newer", citation->newer);
    set_text(object, "words", citation_print(arena, citation));
    return object;
}

static void figure_model(struct arena *arena, const struct document_figure *figure, json_t *object)
{
    int64_t millionths = 0;
    int decimals = 0;
    bool is_percent = false;
    bool is_number = figure_read(slice_of(figure->text), &millionths, &decimals, &is_percent);
    model_set(object, "source", json_integer((json_int_t)figure->number));
    set_text(object, "number", is_number ? number_print(arena, millionths, decimals) : NULL);
    model_set(object, "is_percent", json_boolean(is_number && is_percent));
    model_set(object, "citation", citation_model(arena, &figure->citation));
}

static json_t *run_model(struct arena *arena, const struct document_run *run)
{
    json_t *object = json_object();
    set_text(object, "kind", run_kinds[run->kind]);
    if (run->kind != DOCUMENT_RUN_BREAK && run->kind != DOCUMENT_RUN_RATING)
        set_text(object, "text", run->text);
    switch (run->kind) {
    case DOCUMENT_RUN_LINK:
        set_text(object, "address", run->address);
        break;
    case DOCUMENT_RUN_FIGURE:
        figure_model(arena, run->figure, object);
        break;
    case DOCUMENT_RUN_RATING:
        set_text(object, "letters", run->rating.letters);
        set_text(object, "words", run->rating.words);
        set_text(object, "colour", document_colour_named(run->rating.colour)->name);
        break;
    case DOCUMENT_RUN_FINDING:
        set_text(object, "severity", document_severity_code(run->severity));
        set_text(object, "severity_words", document_severity_words(run->severity));
        set_text(object, "code", run->code);
        break;
    case DOCUMENT_RUN_MISSING:
        set_text(object, "code", run->code);
        break;
    default:
        break;
    }
    return object;
}

static json_t *runs_model(struct arena *arena, const struct document_runs *runs)
{
    json_t *array = json_array();
    for (const struct document_run *run = runs->first; run; run = run->next)
        model_add(array, run_model(arena, run));
    return array;
}

static json_t *columns_model(const struct document_table *table)
{
    json_t *array = json_array();
    for (size_t i = 0; i < table->column_count; i++) {
        const struct document_column *column = &table->columns[i];
        json_t *object = json_object();
        set_text(object, "name", column->name);
        set_text(object, "heading", column->heading);
        set_text(object, "alignment", alignments[column->alignment]);
        model_set(object, "width", json_integer(column->width));
        model_set(object, "is_row_header", json_boolean(column->is_row_header));
        model_add(array, object);
    }
    return array;
}

static json_t *row_model(const struct document_table *table, const struct document_row *row)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < table->column_count; i++) {
        const struct document_column *column = &table->columns[i];
        json_t *cell = json_object();
        set_text(cell, "column", column->name);
        set_text(cell, "alignment", alignments[column->alignment]);
        model_set(cell, "is_row_header", json_boolean(column->is_row_header));
        model_set(cell, "runs", runs_model(table->arena, &row->cells[i]));
        model_add(cells, cell);
    }
    json_t *object = json_object();
    model_set(object, "cells", cells);
    return object;
}

/* Rows stand in groups; a table without group headings is one group without one. */
static json_t *groups_model(const struct document_table *table)
{
    json_t *groups = json_array(), *rows = NULL;
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct document_row *row = table->rows.items[i];
        if (row->group || !rows) {
            json_t *group = json_object();
            rows = json_array();
            set_text(group, "heading", row->group);
            model_set(group, "rows", rows);
            model_add(groups, group);
        }
        if (!row->group)
            model_add(rows, row_model(table, row));
    }
    return groups;
}

static json_t *table_model(const struct document_table *table)
{
    json_t *object = json_object();
    set_text(object, "id", table->id);
    set_text(object, "caption", table->caption);
    model_set(object, "columns", columns_model(table));
    model_set(object, "groups", groups_model(table));
    return object;
}

static json_t *list_model(struct arena *arena, const struct document_block *block)
{
    json_t *items = json_array();
    for (size_t i = 0; i < block->items.count; i++) {
        json_t *item = json_object();
        if (block->kind == DOCUMENT_LIST) {
            model_set(item, "runs", runs_model(arena, block->items.items[i]));
        } else {
            const struct document_entry *entry = block->items.items[i];
            set_text(item, "term", entry->term);
            model_set(item, "runs", runs_model(arena, &entry->words));
        }
        model_add(items, item);
    }
    return items;
}

static void chart_model(const struct document_chart *chart, json_t *object)
{
    set_text(object, "id", chart->id);
    set_text(object, "caption", chart->caption);
    set_text(object, "alternative", chart->alternative);
    model_set(object, "width", json_integer(chart->width));
    model_set(object, "height", json_integer(chart->height));
    set_text(object, "svg", chart->svg);
}

static json_t *block_model(struct arena *arena, const struct document_block *block)
{
    json_t *object = json_object();
    set_text(object, "kind", block_kinds[block->kind]);
    switch (block->kind) {
    case DOCUMENT_HEADING:
        model_set(object, "level", json_integer(block->level + 1));
        set_text(object, "id", block->id);
        set_text(object, "words", block->words);
        break;
    case DOCUMENT_PARAGRAPH:
        model_set(object, "runs", runs_model(arena, &block->runs));
        break;
    case DOCUMENT_LIST:
        model_set(object, "is_ordered", json_boolean(block->is_ordered));
        model_set(object, "items", list_model(arena, block));
        break;
    case DOCUMENT_DEFINITIONS:
        model_set(object, "items", list_model(arena, block));
        break;
    case DOCUMENT_CHART:
        chart_model(block->chart, object);
        model_set(object, "table", table_model(block->table));
        break;
    case DOCUMENT_TABLE:
        model_set(object, "table", table_model(block->table));
        break;
    case DOCUMENT_BOX:
        set_text(object, "box", block->box == DOCUMENT_BOX_WARNING ? "warning" : "note");
        set_text(object, "words", block->words);
        model_set(object, "runs", runs_model(arena, &block->runs));
        break;
    case DOCUMENT_PAGE_BREAK:
    case DOCUMENT_BLOCK_KIND_COUNT:
        break;
    }
    return object;
}

json_t *model_block(struct document_tree *tree, const struct document_block *block)
{
    return block_model(tree->arena, block);
}

json_t *model_source(struct document_tree *tree, const struct document_figure *figure)
{
    json_t *object = citation_model(tree->arena, &figure->citation);
    model_set(object, "number", json_integer((json_int_t)figure->number));
    set_text(object, "printed", figure->text);
    return object;
}

/* "24 August 2012" of a date or a moment. */
static const char *created_words(struct arena *arena, const char *created)
{
    struct date date;
    if (!created || !date_read(slice_first(slice_of(created), 10), &date))
        return created;
    return date_print_long(arena, date);
}

json_t *model_about(struct document_tree *tree)
{
    struct arena *arena = tree->arena;
    const struct document_about *about = &tree->about;
    json_t *object = json_object();
    set_text(object, "title", about->title);
    set_text(object, "subtitle", about->subtitle);
    set_text(object, "language", about->language);
    set_text(object, "authority", about->authority);
    set_text(object, "created", about->created);
    set_text(object, "created_words", created_words(arena, about->created));
    set_text(object, "description", about->description);
    set_text(object, "period", about->period);
    set_text(object, "period_words", period_words(arena, about->period));
    return object;
}

json_t *document_model(struct document_tree *tree)
{
    struct list figures = document_citations(tree);
    json_t *object = model_about(tree), *blocks = json_array(), *sources = json_array();
    for (size_t i = 0; i < tree->blocks.count; i++)
        model_add(blocks, model_block(tree, tree->blocks.items[i]));
    for (size_t i = 0; i < figures.count; i++)
        model_add(sources, model_source(tree, figures.items[i]));
    model_set(object, "blocks", blocks);
    model_set(object, "sources", sources);
    return object;
}

json_t *model_colours(void)
{
    json_t *array = json_array();
    for (size_t i = 0; i < document_colour_count; i++) {
        const struct document_colour *colour = &document_colours[i];
        json_t *object = json_object();
        model_set(object, "name", json_string(colour->name));
        model_set(object, "ground", json_string(colour->ground));
        model_set(object, "ink", json_string(colour->ink));
        model_add(array, object);
    }
    return array;
}

void model_set_language(json_t *model, const struct document_tree *tree)
{
    struct slice rest = slice_of(tree->about.language), code = { NULL, 0 }, country = { NULL, 0 };
    slice_split(&rest, '-', &code);
    bool has_country = slice_split(&rest, '-', &country) && country.length == 2;
    model_set(model, "language_code", json_stringn(code.start, code.length));
    model_set(model, "country_code",
              has_country ? json_stringn(country.start, country.length) : json_string("none"));
}
