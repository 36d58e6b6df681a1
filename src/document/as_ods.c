/* ODS: a sheet about the document, a sheet for each table, and one for the sources of the figures.
 * A figure is a typed number with the decimals that were printed (a note on the cell says when it
 * was revised since); a group heading becomes a first
 * column, so that a sheet can be filtered. The XML is in templates/documents/ods_*.xml. */
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "document/colour.h"
#include "document/model.h"
#include "document/package.h"
#include "document/page.h"
#include "document/renderers.h"
#include "document/words.h"

#include "base/banned.h"

/* Excel refuses longer names of sheets, and people pass files on. */
enum { SHEET_NAME_MOST = 31, ODS_CELL_MOST = 4 * 1024 * 1024 };

#define ODS_MEDIA_TYPE "application/vnd.oasis.opendocument.spreadsheet"

static bool name_is_used(const json_t *sheets, const char *name)
{
    for (size_t i = 0; i < json_array_size(sheets); i++)
        if (strcmp(json_string_value(json_object_get(json_array_get(sheets, i), "name")), name) ==
            0)
            return true;
    return false;
}

/* A caption without the characters that spreadsheets refuse, cut to `most` characters. */
static char *name_clean(struct arena *arena, const char *caption, size_t most)
{
    struct text text = text_new(arena, 4 * SHEET_NAME_MOST);
    struct slice rest = slice_of(caption);
    for (size_t count = 0; count < most && rest.length > 0; count++) {
        struct slice one = rest;
        words_next(&rest);
        one.length -= rest.length;
        bool is_refused = one.length == 1 && strchr("[]*?:/\\'$.", one.start[0]);
        text_add_slice(&text, is_refused ? SLICE(" ") : one);
    }
    return slice_copy(arena, slice_trim(text_slice(&text)));
}

/* Names of sheets differ, and none is that of the sheets About and Sources. */
static const char *sheet_name(struct arena *arena, const json_t *sheets, const char *caption)
{
    char *name = name_clean(arena, caption, SHEET_NAME_MOST);
    for (size_t again = 2; !*name || strcmp(name, "About") == 0 || strcmp(name, "Sources") == 0 ||
                           name_is_used(sheets, name);
         again++) {
        const char *end = arena_format(arena, " %zu", again);
        name = arena_format(arena, "%s%s",
                            name_clean(arena, caption, SHEET_NAME_MOST - strlen(end)), end);
    }
    return name;
}

/* Millionths of a per cent as a share: eight exact decimals without needless zeros. */
static char *share_print(struct arena *arena, int64_t millionths)
{
    static const uint64_t one = 100 * (uint64_t)NUMBER_ONE;
    uint64_t size = millionths < 0 ? 0 - (uint64_t)millionths : (uint64_t)millionths;
    char *share = arena_format(arena, "%s%llu.%08llu", millionths < 0 ? "-" : "",
                               (unsigned long long)(size / one), (unsigned long long)(size % one));
    size_t length = strlen(share);
    while (share[length - 1] == '0')
        length--;
    share[share[length - 1] == '.' ? length - 1 : length] = '\0';
    return share;
}

/* The lines of a cell as paragraphs. */
static json_t *paragraphs(const char *words)
{
    json_t *array = json_array();
    struct slice rest = slice_of(words), line;
    while (slice_split(&rest, '\n', &line))
        model_add(array, json_stringn(line.start, line.length));
    return array;
}

static json_t *text_cell(const char *words, const char *style)
{
    json_t *cell = json_object();
    model_set(cell, "type", json_string(words && *words ? "string" : "empty"));
    model_set(cell, "style", json_string(style));
    model_set(cell, "value", json_null());
    model_set(cell, "note", json_null());
    model_set(cell, "lines", paragraphs(words));
    return cell;
}

/* A typed number where the words are one; `note` is "" for none. */
static json_t *number_cell(struct arena *arena, const char *printed, const char *note)
{
    int64_t millionths = 0;
    int decimals = 0;
    bool is_percent = false;
    if (!figure_read(slice_of(printed), &millionths, &decimals, &is_percent))
        return text_cell(*note ? arena_format(arena, "%s (%s)", printed, note) : printed, "words");
    json_t *cell = json_object();
    decimals = decimals > NUMBER_PLACES ? NUMBER_PLACES : decimals;
    model_set(cell, "type", json_string(is_percent ? "percentage" : "float"));
    bool is_money = slice_find(slice_of(printed), "\xc2\xa3") >= 0;
    const char *style = is_percent ? "percent" : is_money ? "money" : "number";
    model_set(cell, "style", json_string(arena_format(arena, "%s-%d", style, decimals)));
    model_set(cell, "value",
              json_string(is_percent ? share_print(arena, millionths)
                                     : number_print_short(arena, millionths)));
    model_set(cell, "note", *note ? json_string(note) : json_null());
    model_set(cell, "lines", paragraphs(printed));
    return cell;
}

/* The colour of a cell that holds a rating and nothing else. */
static const char *cell_style(struct arena *arena, const struct document_column *column,
                              const struct document_runs *runs)
{
    const struct document_run *run = runs->first;
    if (run && !run->next && run->kind == DOCUMENT_RUN_RATING)
        return arena_format(arena, "rating-%s", document_colour_named(run->rating.colour)->name);
    return column->is_row_header ? "row" : "words";
}

static json_t *cell_model(struct arena *arena, const struct document_column *column,
                          const struct document_runs *runs)
{
    const struct document_figure *only = runs_only_figure(runs);
    const char *derived = runs_only_derived(runs);
    if (only)
        return number_cell(arena, only->text, citation_print_revision(arena, &only->citation));
    if (derived)
        return number_cell(arena, derived, "");
    struct text words = text_new(arena, ODS_CELL_MOST);
    text_add(&words, "");
    runs_print(runs, &words);
    return text_cell(words.bytes, cell_style(arena, column, runs));
}

static bool has_groups(const struct document_table *table)
{
    for (size_t i = 0; i < table->rows.count; i++)
        if (((const struct document_row *)table->rows.items[i])->group)
            return true;
    return false;
}

static json_t *column_model(const char *heading, const char *width)
{
    json_t *column = json_object();
    model_set(column, "heading", json_string(heading));
    model_set(column, "width", json_string(width));
    return column;
}

static json_t *columns_model(const struct document_table *table)
{
    json_t *columns = json_array();
    if (has_groups(table))
        model_add(columns, column_model("Group", "wide"));
    for (size_t i = 0; i < table->column_count; i++) {
        const struct document_column *column = &table->columns[i];
        const char *width = column->width > 15 ? "wide" : column->width < 8 ? "narrow" : "middle";
        model_add(columns, column_model(column->heading, width));
    }
    return columns;
}

static json_t *rows_model(struct arena *arena, const struct document_table *table)
{
    json_t *rows = json_array();
    const char *group = "";
    bool is_grouped = has_groups(table);
    for (size_t i = 0; i < table->rows.count; i++) {
        const struct document_row *row = table->rows.items[i];
        if (row->group) {
            group = row->group;
            continue;
        }
        json_t *cells = json_array(), *object = json_object();
        if (is_grouped)
            model_add(cells, text_cell(group, "words"));
        for (size_t column = 0; column < table->column_count; column++)
            model_add(cells, cell_model(arena, &table->columns[column], &row->cells[column]));
        model_set(object, "cells", cells);
        model_add(rows, object);
    }
    return rows;
}

static json_t *sheets_model(struct document_tree *tree)
{
    json_t *sheets = json_array();
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        if (!block->table)
            continue;
        json_t *sheet = json_object();
        model_set(sheet, "name",
                  json_string(sheet_name(tree->arena, sheets, block->table->caption)));
        model_set(sheet, "caption", json_string(block->table->caption));
        model_set(sheet, "columns", columns_model(block->table));
        model_set(sheet, "rows", rows_model(tree->arena, block->table));
        model_add(sheets, sheet);
    }
    return sheets;
}

static json_t *decimals_model(void)
{
    json_t *array = json_array();
    for (int i = 0; i <= NUMBER_PLACES; i++)
        model_add(array, json_integer(i));
    return array;
}

enum status render_ods(struct work *work, struct document_tree *tree,
                       const struct document_options *options, struct slice *out_bytes)
{
    (void)options;
    const struct document_model model = document_model(tree);
    json_auto_t *more = json_object();
    model_set(more, "sheets", sheets_model(tree));
    model_set_language(more, tree);
    model_set(more, "decimals", decimals_model());
    model_set(more, "colours", model_colours());
    static const char *const names[] = { "content.xml", "styles.xml", "meta.xml", "settings.xml" };
    struct page_file files[] = { { .name = "documents/ods_content.xml" },
                                 { .name = "documents/ods_styles.xml" },
                                 { .name = "documents/odf_meta.xml" },
                                 { .name = "documents/ods_settings.xml" } };
    enum { FILES = sizeof files / sizeof *files };
    enum status status = page_render(work, document_thing(&model), more, files, FILES);
    struct package_part parts[FILES];
    for (size_t i = 0; i < FILES; i++)
        parts[i] = (struct package_part){ names[i], "text/xml", files[i].bytes };
    if (status != STATUS_OK)
        return status;
    return package_write(work, ODS_MEDIA_TYPE, parts, FILES, out_bytes);
}
