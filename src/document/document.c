/* Building a document: blocks, tables, ids that stand once, and its citations in reading order. */
#include "document/document.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "document/words.h"

#include "base/banned.h"

enum { ID_LENGTH_MOST = 80 };

static const char *or_null(struct arena *arena, const char *words)
{
    return words && *words ? words_copy(arena, words) : NULL;
}

struct document_tree *document_new(struct arena *arena, const struct document_about *about)
{
    assert(about->title && *about->title);
    struct document_tree *tree = arena_new_of(arena, struct document_tree);
    tree->arena = arena;
    tree->about = (struct document_about){
        .title = words_copy(arena, about->title),
        .subtitle = or_null(arena, about->subtitle),
        .language = words_copy(arena, about->language ? about->language : "en-GB"),
        .authority = or_null(arena, about->authority),
        .created = or_null(arena, about->created),
        .description = or_null(arena, about->description),
        .period = or_null(arena, about->period),
    };
    return tree;
}

/* Names that the pages round a document use themselves. */
static bool id_is_reserved(const char *id)
{
    static const char *const names[] = { "content", "main-content", "document-sources",
                                         "document-contents", "document-sources-caption" };
    struct slice slice = slice_of(id);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_is(slice, names[i]))
            return true;
    return slice_starts(slice, "figure-") || slice_starts(slice, "source-");
}

static bool id_is_used(const struct document_tree *tree, const char *id)
{
    for (size_t i = 0; i < tree->names.count; i++)
        if (strcmp(tree->names.items[i], id) == 0)
            return true;
    return false;
}

/* Letters, digits and hyphens, beginning with a letter. */
static char *id_clean(struct arena *arena, const char *wanted)
{
    struct slice slice = slice_first(slice_of(wanted), ID_LENGTH_MOST);
    bool begins_well = slice.length > 0 && ((slice.start[0] >= 'a' && slice.start[0] <= 'z') ||
                                            (slice.start[0] >= 'A' && slice.start[0] <= 'Z'));
    struct text text = text_new(arena, 2 * ID_LENGTH_MOST);
    if (!begins_well)
        text_add(&text, "id-");
    for (size_t i = 0; i < slice.length; i++) {
        char c = slice.start[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        text_add_character(&text, is_plain ? c : '-');
    }
    return text.bytes;
}

static const char *id_make(struct document_tree *tree, const char *wanted, const char *kind)
{
    char *id = wanted && *wanted
                   ? id_clean(tree->arena, wanted)
                   : arena_format(tree->arena, "%s-%zu", kind, tree->blocks.count + 1);
    if (id_is_reserved(id))
        id = arena_format(tree->arena, "section-%s", id);
    const char *base = id;
    for (size_t again = 2; id_is_used(tree, id); again++)
        id = arena_format(tree->arena, "%s-%zu", base, again);
    list_add(tree->arena, &tree->names, id);
    return id;
}

static struct document_block *block_add(struct document_tree *tree, enum document_block_kind kind)
{
    struct document_block *block = arena_new_of(tree->arena, struct document_block);
    block->kind = kind;
    block->runs.arena = tree->arena;
    list_add(tree->arena, &tree->blocks, block);
    return block;
}

void document_add_heading(struct document_tree *tree, int level, const char *id, const char *words)
{
    assert(level >= 1 && level <= DOCUMENT_LEVEL_MOST && words && *words);
    const char *made = id_make(tree, id, "section");
    struct document_block *block = block_add(tree, DOCUMENT_HEADING);
    block->level = level;
    block->id = made;
    block->words = words_copy(tree->arena, words);
}

struct document_runs *document_add_paragraph(struct document_tree *tree)
{
    return &block_add(tree, DOCUMENT_PARAGRAPH)->runs;
}

void document_add_words(struct document_tree *tree, const char *words)
{
    runs_add_text(document_add_paragraph(tree), words);
}

struct document_block *document_add_list(struct document_tree *tree, bool is_ordered)
{
    struct document_block *block = block_add(tree, DOCUMENT_LIST);
    block->is_ordered = is_ordered;
    return block;
}

struct document_runs *document_list_add_item(struct document_block *list)
{
    assert(list->kind == DOCUMENT_LIST);
    struct arena *arena = list->runs.arena;
    struct document_runs *runs = arena_new_of(arena, struct document_runs);
    runs->arena = arena;
    list_add(arena, &list->items, runs);
    return runs;
}

struct document_block *document_add_definitions(struct document_tree *tree)
{
    return block_add(tree, DOCUMENT_DEFINITIONS);
}

struct document_runs *document_definitions_add(struct document_block *definitions, const char *term)
{
    assert(definitions->kind == DOCUMENT_DEFINITIONS && term && *term);
    struct arena *arena = definitions->runs.arena;
    struct document_entry *entry = arena_new_of(arena, struct document_entry);
    entry->term = words_copy(arena, term);
    entry->words.arena = arena;
    list_add(arena, &definitions->items, entry);
    return &entry->words;
}

struct document_runs *document_add_box(struct document_tree *tree, enum document_box_kind kind,
                                       const char *title)
{
    struct document_block *block = block_add(tree, DOCUMENT_BOX);
    block->box = kind;
    block->words = or_null(tree->arena, title);
    return &block->runs;
}

void document_add_page_break(struct document_tree *tree)
{
    block_add(tree, DOCUMENT_PAGE_BREAK);
}

static struct document_table *table_new(struct document_tree *tree, const char *id,
                                        const char *caption)
{
    assert(caption && *caption);
    struct document_table *table = arena_new_of(tree->arena, struct document_table);
    table->arena = tree->arena;
    table->id = id_make(tree, id, "table");
    table->number = (int)tree->blocks.count + 1;
    table->caption = words_copy(tree->arena, caption);
    table->columns = arena_array_of(tree->arena, DOCUMENT_COLUMNS_MOST, struct document_column);
    return table;
}

struct document_table *document_add_chart(struct document_tree *tree,
                                          const struct document_chart *chart)
{
    assert(chart->svg && chart->alternative && chart->caption);
    struct arena *arena = tree->arena;
    struct document_chart *copy = arena_new_of(arena, struct document_chart);
    copy->id = id_make(tree, chart->id, "chart");
    copy->caption = words_copy(arena, chart->caption);
    copy->svg = words_copy(arena, chart->svg);
    copy->alternative = words_copy(arena, chart->alternative);
    copy->width = chart->width > 0 ? chart->width : 640;
    copy->height = chart->height > 0 ? chart->height : 360;
    copy->table = table_new(tree, arena_format(arena, "%s-table", copy->id), chart->caption);
    struct document_block *block = block_add(tree, DOCUMENT_CHART);
    block->chart = copy;
    block->table = copy->table;
    return copy->table;
}

struct document_table *document_add_table(struct document_tree *tree, const char *id,
                                          const char *caption)
{
    struct document_table *table = table_new(tree, id, caption);
    block_add(tree, DOCUMENT_TABLE)->table = table;
    return table;
}

/* "Year-end target" becomes "year_end_target". */
static char *column_name(struct arena *arena, const char *heading)
{
    char *name = words_copy(arena, heading);
    size_t length = 0;
    for (const char *c = heading; *c; c++) {
        bool is_upper = *c >= 'A' && *c <= 'Z';
        bool is_plain = is_upper || (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9');
        if (is_plain)
            name[length++] = (char)(is_upper ? *c - 'A' + 'a' : *c);
        else if (length > 0 && name[length - 1] != '_')
            name[length++] = '_';
    }
    while (length > 0 && name[length - 1] == '_')
        length--;
    name[length] = '\0';
    return length ? name : arena_copy_text(arena, "column");
}

/* The first column of that name. */
static const struct document_column *column_named(const struct document_table *table,
                                                  const char *name)
{
    const struct document_column *column = table->columns;
    while (strcmp(column->name, name) != 0)
        column++;
    return column;
}

void document_table_add_column(struct document_table *table, const struct document_column *column)
{
    assert(table->rows.count == 0 && table->column_count < DOCUMENT_COLUMNS_MOST);
    assert(column->heading && *column->heading);
    struct document_column *copy = &table->columns[table->column_count++];
    *copy = *column;
    copy->heading = words_copy(table->arena, column->heading);
    copy->name = column->name ? words_copy(table->arena, column->name)
                              : column_name(table->arena, column->heading);
    const char *base = copy->name;
    for (size_t again = 2; column_named(table, copy->name) != copy; again++)
        copy->name = arena_format(table->arena, "%s_%zu", base, again);
    copy->width = column->width > 0 ? column->width : 10;
}

void document_table_add_group(struct document_table *table, const char *words)
{
    assert(words && *words && table->column_count > 0);
    struct document_row *row = arena_new_of(table->arena, struct document_row);
    row->group = words_copy(table->arena, words);
    list_add(table->arena, &table->rows, row);
}

void document_table_add_row(struct document_table *table)
{
    assert(table->column_count > 0);
    struct document_row *row = arena_new_of(table->arena, struct document_row);
    row->cells = arena_array_of(table->arena, table->column_count, struct document_runs);
    for (size_t i = 0; i < table->column_count; i++)
        row->cells[i].arena = table->arena;
    list_add(table->arena, &table->rows, row);
}

struct document_runs *document_table_add_cell(struct document_table *table)
{
    assert(table->rows.count > 0);
    struct document_row *row = table->rows.items[table->rows.count - 1];
    assert(!row->group && row->count < table->column_count);
    return &row->cells[row->count++];
}

void document_table_add_words(struct document_table *table, const char *words)
{
    runs_add_text(document_table_add_cell(table), words);
}
