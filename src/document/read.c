/* The reader takes what model.c wrote, key by key. What it does not find makes the whole
 * unreadable: half a document is none. */
#include "document/read.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "document/document.h"

#include "base/banned.h"

struct reading {
    struct document_tree *tree;
    bool is_broken; /* something was not there, or was of another kind */
};

/* Text that may be null. */
static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

/* Text that must be there and not be empty. */
static const char *need_text(struct reading *reading, const json_t *object, const char *name)
{
    const char *text = text_of(object, name);
    if (text && *text)
        return text;
    reading->is_broken = true;
    return "?";
}

static int64_t integer_of(const json_t *object, const char *name)
{
    return (int64_t)json_integer_value(json_object_get(object, name));
}

static bool is_true(const json_t *object, const char *name)
{
    return json_is_true(json_object_get(object, name));
}

/* A list that must be there. */
static const json_t *need_list(struct reading *reading, const json_t *object, const char *name)
{
    const json_t *list = json_object_get(object, name);
    if (!json_is_array(list))
        reading->is_broken = true;
    return list;
}

static void read_figure(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    const json_t *from = json_object_get(object, "citation");
    const struct document_citation citation = {
        .subject = text_of(from, "subject"),
        .measure = text_of(from, "measure"),
        .measure_title = text_of(from, "measure_title"),
        .unit = text_of(from, "unit"),
        .period = text_of(from, "period"),
        .breakdown = text_of(from, "breakdown"),
        .detail = text_of(from, "detail"),
        .revision = integer_of(from, "revision"),
        .is_revised_since = is_true(from, "is_revised_since"),
        .newer = text_of(from, "newer"),
    };
    runs_add_figure(runs, need_text(reading, object, "text"), &citation);
}

static void read_derived(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    runs_add_derived(runs, need_text(reading, object, "text"));
}

static void read_rating(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    (void)reading;
    const struct document_rating rating = { .letters = text_of(object, "letters"),
                                            .words = text_of(object, "words"),
                                            .colour = text_of(object, "colour") };
    runs_add_rating(runs, &rating);
}

static void read_finding(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    const char *code = need_text(reading, object, "severity");
    enum document_severity severity = DOCUMENT_ERROR;
    while (severity < DOCUMENT_NOTE && strcmp(document_severity_code(severity), code) != 0)
        severity++;
    runs_add_finding(runs, severity, text_of(object, "code"), need_text(reading, object, "text"));
}

static void read_missing(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    runs_add_missing(runs, text_of(object, "code"), need_text(reading, object, "text"));
}

static void read_text(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    runs_add_text(runs, need_text(reading, object, "text"));
}

static void read_strong(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    runs_add_strong(runs, need_text(reading, object, "text"));
}

static void read_code(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    runs_add_code(runs, need_text(reading, object, "text"));
}

static void read_link(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    runs_add_link(runs, need_text(reading, object, "text"), text_of(object, "address"));
}

static void read_break(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    (void)reading;
    (void)object;
    runs_add_break(runs);
}

static const struct {
    const char *kind;
    void (*read)(struct reading *reading, const json_t *object, struct document_runs *runs);
} run_readers[] = {
    { "text", read_text },     { "strong", read_strong },   { "code", read_code },
    { "link", read_link },     { "figure", read_figure },   { "derived", read_derived },
    { "rating", read_rating }, { "missing", read_missing }, { "finding", read_finding },
    { "break", read_break },
};

enum { RUN_READERS = sizeof run_readers / sizeof *run_readers };

static void read_runs(struct reading *reading, const json_t *object, struct document_runs *runs)
{
    const json_t *list = need_list(reading, object, "runs");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *run = json_array_get(list, i);
        const char *kind = need_text(reading, run, "kind");
        size_t at = 0;
        while (at < RUN_READERS && strcmp(run_readers[at].kind, kind) != 0)
            at++;
        if (at < RUN_READERS)
            run_readers[at].read(reading, run, runs);
        else
            reading->is_broken = true;
    }
}

static void read_columns(struct reading *reading, const json_t *object,
                         struct document_table *table)
{
    static const char *const alignments[] = {
        [DOCUMENT_LEFT] = "left", [DOCUMENT_RIGHT] = "right", [DOCUMENT_CENTRE] = "centre"
    };
    const json_t *list = need_list(reading, object, "columns");
    for (size_t i = 0; i < json_array_size(list) && i < DOCUMENT_COLUMNS_MOST; i++) {
        const json_t *from = json_array_get(list, i);
        const char *alignment = need_text(reading, from, "alignment");
        struct document_column column = { .heading = need_text(reading, from, "heading"),
                                          .name = text_of(from, "name"),
                                          .width = (int)integer_of(from, "width"),
                                          .is_row_header = is_true(from, "is_row_header") };
        while (column.alignment < DOCUMENT_CENTRE &&
               strcmp(alignments[column.alignment], alignment) != 0)
            column.alignment++;
        document_table_add_column(table, &column);
    }
    if (table->column_count == 0 || json_array_size(list) > DOCUMENT_COLUMNS_MOST)
        reading->is_broken = true;
}

static void read_row(struct reading *reading, const json_t *object, struct document_table *table)
{
    const json_t *cells = need_list(reading, object, "cells");
    document_table_add_row(table);
    if (json_array_size(cells) != table->column_count)
        reading->is_broken = true;
    for (size_t i = 0; i < json_array_size(cells) && i < table->column_count; i++)
        read_runs(reading, json_array_get(cells, i), document_table_add_cell(table));
}

static void fill_table(struct reading *reading, const json_t *object, struct document_table *table)
{
    read_columns(reading, object, table);
    const json_t *groups = need_list(reading, object, "groups");
    for (size_t i = 0; i < json_array_size(groups) && !reading->is_broken; i++) {
        const json_t *group = json_array_get(groups, i);
        const char *heading = text_of(group, "heading");
        const json_t *rows = need_list(reading, group, "rows");
        if (heading && *heading)
            document_table_add_group(table, heading);
        for (size_t row = 0; row < json_array_size(rows); row++)
            read_row(reading, json_array_get(rows, row), table);
    }
}

static void read_table(struct reading *reading, const json_t *block)
{
    const json_t *object = json_object_get(block, "table");
    fill_table(reading, object,
               document_add_table(reading->tree, text_of(object, "id"),
                                  need_text(reading, object, "caption")));
}

static void read_chart(struct reading *reading, const json_t *block)
{
    const struct document_chart chart = { .id = text_of(block, "id"),
                                          .caption = need_text(reading, block, "caption"),
                                          .svg = need_text(reading, block, "svg"),
                                          .alternative = need_text(reading, block, "alternative"),
                                          .width = (int)integer_of(block, "width"),
                                          .height = (int)integer_of(block, "height") };
    fill_table(reading, json_object_get(block, "table"), document_add_chart(reading->tree, &chart));
}

static void read_heading(struct reading *reading, const json_t *block)
{
    int64_t level = integer_of(block, "level") - 1; /* as_json counts the title as level 1 */
    if (level < 1 || level > DOCUMENT_LEVEL_MOST) {
        reading->is_broken = true;
        return;
    }
    document_add_heading(reading->tree, (int)level, text_of(block, "id"),
                         need_text(reading, block, "words"));
}

static void read_paragraph(struct reading *reading, const json_t *block)
{
    read_runs(reading, block, document_add_paragraph(reading->tree));
}

static void read_list(struct reading *reading, const json_t *block)
{
    struct document_block *list = document_add_list(reading->tree, is_true(block, "is_ordered"));
    const json_t *items = need_list(reading, block, "items");
    for (size_t i = 0; i < json_array_size(items); i++)
        read_runs(reading, json_array_get(items, i), document_list_add_item(list));
}

static void read_definitions(struct reading *reading, const json_t *block)
{
    struct document_block *definitions = document_add_definitions(reading->tree);
    const json_t *items = need_list(reading, block, "items");
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        read_runs(reading, item,
                  document_definitions_add(definitions, need_text(reading, item, "term")));
    }
}

static void read_box(struct reading *reading, const json_t *block)
{
    bool is_warning = strcmp(need_text(reading, block, "box"), "warning") == 0;
    read_runs(reading, block,
              document_add_box(reading->tree, is_warning ? DOCUMENT_BOX_WARNING : DOCUMENT_BOX_NOTE,
                               text_of(block, "words")));
}

static void read_page_break(struct reading *reading, const json_t *block)
{
    (void)block;
    document_add_page_break(reading->tree);
}

static const struct {
    const char *kind;
    void (*read)(struct reading *reading, const json_t *block);
} block_readers[] = {
    { "heading", read_heading }, { "paragraph", read_paragraph },
    { "list", read_list },       { "table", read_table },
    { "chart", read_chart },     { "definitions", read_definitions },
    { "box", read_box },         { "page-break", read_page_break },
};

enum { BLOCK_READERS = sizeof block_readers / sizeof *block_readers };

static void read_block(struct reading *reading, const json_t *block)
{
    const char *kind = need_text(reading, block, "kind");
    for (size_t i = 0; i < BLOCK_READERS; i++) {
        if (strcmp(block_readers[i].kind, kind) == 0) {
            block_readers[i].read(reading, block);
            return;
        }
    }
    reading->is_broken = true;
}

static void read_all(struct reading *reading, struct arena *arena, const json_t *model)
{
    const struct document_about about = {
        .title = need_text(reading, model, "title"),
        .subtitle = text_of(model, "subtitle"),
        .language = text_of(model, "language"),
        .authority = text_of(model, "authority"),
        .created = text_of(model, "created"),
        .description = text_of(model, "description"),
        .period = text_of(model, "period"),
    };
    reading->tree = document_new(arena, &about);
    const json_t *blocks = need_list(reading, model, "blocks");
    for (size_t i = 0; i < json_array_size(blocks) && !reading->is_broken; i++)
        read_block(reading, json_array_get(blocks, i));
}

enum status document_read(struct work *work, const char *name, struct slice bytes,
                          struct document_tree **out_tree)
{
    json_error_t error;
    struct reading reading = { 0 };
    json_auto_t *model = json_loadb(bytes.start, bytes.length, JSON_REJECT_DUPLICATES, &error);
    if (!model)
        return work_fail(work, STATUS_INPUT, "%s is not a document's JSON: line %d, %s.", name,
                         error.line, error.text);
    read_all(&reading, work->arena, model);
    if (reading.is_broken)
        return work_fail(work, STATUS_INPUT,
                         "%s is JSON, but not a whole document as this program writes it.", name);
    *out_tree = reading.tree;
    return STATUS_OK;
}
