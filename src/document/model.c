/* What a document and its blocks are called, and where each is found. */
#include "document/model.h"

#include <assert.h>

#include "base/date.h"
#include "document/colour.h"
#include "document/model_parts.h"

#include "base/banned.h"

/* With fewer sections than this, a list of contents is only in the way. */
enum { CONTENTS_LEAST = 3 };

static const char *const block_kinds[DOCUMENT_BLOCK_KIND_COUNT] = {
    [DOCUMENT_HEADING] = "heading", [DOCUMENT_PARAGRAPH] = "paragraph",
    [DOCUMENT_LIST] = "list",       [DOCUMENT_TABLE] = "table",
    [DOCUMENT_CHART] = "chart",     [DOCUMENT_DEFINITIONS] = "definitions",
    [DOCUMENT_BOX] = "box",         [DOCUMENT_PAGE_BREAK] = "page-break",
};

static struct thing entry_runs(const struct thing *object)
{
    return runs_thing(&((const struct document_entry *)object->at)->words);
}

static struct thing item_runs(const struct thing *object)
{
    return runs_thing(object->at);
}

static const struct thing_member entry_members[] = {
    MEMBER_TEXT(document_entry, term),
    MEMBER_BY("runs", entry_runs),
};
static const struct thing_member item_members[] = { MEMBER_BY("runs", item_runs) };
static const struct thing_kind entry_kind = THING_KIND_OF(entry_members);
static const struct thing_kind item_kind = THING_KIND_OF(item_members);

static size_t items_count(const struct thing *list)
{
    return ((const struct document_block *)list->at)->items.count;
}

static struct thing items_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)before;
    const struct document_block *block = list->at;
    const struct thing_kind *kind = block->kind == DOCUMENT_LIST ? &item_kind : &entry_kind;
    return thing_of(THING_OBJECT, kind, block->items.items[index], NULL);
}

static const struct thing_kind items_kind = { .count = items_count, .item = items_item };

static struct thing block_kind(const struct thing *object)
{
    return thing_of_text(block_kinds[((const struct document_block *)object->at)->kind]);
}

static struct thing block_level(const struct thing *object)
{
    return thing_of_integer(((const struct document_block *)object->at)->level + 1);
}

static struct thing block_runs(const struct thing *object)
{
    return runs_thing(&((const struct document_block *)object->at)->runs);
}

static struct thing block_items(const struct thing *object)
{
    return thing_of(THING_LIST, &items_kind, object->at, NULL);
}

static struct thing block_table(const struct thing *object)
{
    const struct document_block *block = object->at;
    return table_thing(block->table);
}

static struct thing block_box(const struct thing *object)
{
    bool is_warning = ((const struct document_block *)object->at)->box == DOCUMENT_BOX_WARNING;
    return thing_of_text(is_warning ? "warning" : "note");
}

/* A chart's thing is the chart, not its block. */
static struct thing chart_kind_words(const struct thing *object)
{
    (void)object;
    return thing_of_text(block_kinds[DOCUMENT_CHART]);
}

static struct thing chart_table(const struct thing *object)
{
    const struct document_chart *chart = object->at;
    return table_thing(chart->table);
}

/* A drawing is written as it is: it is src/chart's, which escapes what stands in it. */
static struct thing chart_svg(const struct thing *object)
{
    return thing_of_text(((const struct document_chart *)object->at)->svg);
}

static const struct thing_member heading_members[] = {
    MEMBER_BY("kind", block_kind),
    MEMBER_BY("level", block_level),
    MEMBER_TEXT(document_block, id),
    MEMBER_TEXT(document_block, words),
};
static const struct thing_member paragraph_members[] = {
    MEMBER_BY("kind", block_kind),
    MEMBER_BY("runs", block_runs),
};
static const struct thing_member list_members[] = {
    MEMBER_BY("kind", block_kind),
    MEMBER_TRUTH(document_block, is_ordered),
    MEMBER_BY("items", block_items),
};
static const struct thing_member definitions_members[] = {
    MEMBER_BY("kind", block_kind),
    MEMBER_BY("items", block_items),
};
static const struct thing_member table_block_members[] = {
    MEMBER_BY("kind", block_kind),
    MEMBER_BY("table", block_table),
};
static const struct thing_member chart_members[] = {
    MEMBER_BY("kind", chart_kind_words),
    MEMBER_TEXT(document_chart, id),
    MEMBER_TEXT(document_chart, caption),
    MEMBER_TEXT(document_chart, alternative),
    MEMBER_INTEGER(document_chart, width),
    MEMBER_INTEGER(document_chart, height),
    MEMBER_BY("svg", chart_svg),
    MEMBER_UNLISTED("svgHtml", chart_svg),
    MEMBER_UNLISTED_TEXT(document_chart, picture),
    MEMBER_UNLISTED_TEXT(document_chart, picture_width),
    MEMBER_UNLISTED_TEXT(document_chart, picture_height),
    MEMBER_BY("table", chart_table),
};
static const struct thing_member box_members[] = {
    MEMBER_BY("kind", block_kind),
    MEMBER_BY("box", block_box),
    MEMBER_TEXT(document_block, words),
    MEMBER_BY("runs", block_runs),
};
static const struct thing_member page_break_members[] = { MEMBER_BY("kind", block_kind) };

static const struct thing_kind block_kinds_seen[DOCUMENT_BLOCK_KIND_COUNT] = {
    [DOCUMENT_HEADING] = THING_KIND_OF(heading_members),
    [DOCUMENT_PARAGRAPH] = THING_KIND_OF(paragraph_members),
    [DOCUMENT_LIST] = THING_KIND_OF(list_members),
    [DOCUMENT_TABLE] = THING_KIND_OF(table_block_members),
    [DOCUMENT_CHART] = THING_KIND_OF(chart_members),
    [DOCUMENT_DEFINITIONS] = THING_KIND_OF(definitions_members),
    [DOCUMENT_BOX] = THING_KIND_OF(box_members),
    [DOCUMENT_PAGE_BREAK] = THING_KIND_OF(page_break_members),
};

/* The document. */

static struct document_tree *tree_of(const struct thing *object)
{
    return ((const struct document_model *)object->at)->tree;
}

static size_t blocks_count(const struct thing *list)
{
    return tree_of(list)->blocks.count;
}

static struct thing blocks_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)before;
    const struct document_block *block = tree_of(list)->blocks.items[index];
    const void *at = block->kind == DOCUMENT_CHART ? (const void *)block->chart : block;
    return thing_of(THING_OBJECT, &block_kinds_seen[block->kind], at, NULL);
}

static const struct thing_kind blocks_kind = { .count = blocks_count, .item = blocks_item };

/* The headings just below the title; within each stands its place in the list of blocks. */
static void *const *contents_next(const struct document_tree *tree, void *const *place)
{
    for (; place < tree->blocks.items + tree->blocks.count; place++) {
        const struct document_block *block = *place;
        if (block->kind == DOCUMENT_HEADING && block->level == 1)
            break;
    }
    return place;
}

static size_t contents_count(const struct thing *list)
{
    const struct document_tree *tree = list->at;
    void *const *end = tree->blocks.items + tree->blocks.count;
    size_t count = 0;
    for (void *const *at = contents_next(tree, tree->blocks.items); at < end;
         at = contents_next(tree, at + 1))
        count++;
    return count;
}

static struct thing contents_item(const struct thing *list, size_t index,
                                  const struct thing *before)
{
    (void)index;
    const struct document_tree *tree = list->at;
    void *const *place = before ? (void *const *)before->within + 1 : tree->blocks.items;
    place = contents_next(tree, place);
    return thing_of(THING_OBJECT, &block_kinds_seen[DOCUMENT_HEADING], *place, place);
}

static const struct thing_kind contents_kind = { .count = contents_count, .item = contents_item };

static struct thing document_contents(const struct thing *object)
{
    struct thing contents = thing_of(THING_LIST, &contents_kind, tree_of(object), NULL);
    return thing_count(&contents) >= CONTENTS_LEAST ? contents : thing_of_text(NULL);
}

static struct thing document_blocks(const struct thing *object)
{
    return thing_of(THING_LIST, &blocks_kind, object->at, NULL);
}

static size_t sources_count(const struct thing *list)
{
    return ((const struct document_model *)list->at)->sources.list.count;
}

static struct thing sources_item(const struct thing *list, size_t index, const struct thing *before)
{
    (void)before;
    const struct document_model *model = list->at;
    return thing_of(THING_OBJECT, &model_source_kind, model->sources.list.items[index],
                    model->tree->arena);
}

static const struct thing_kind sources_kind = { .count = sources_count, .item = sources_item };

static struct thing sources_thing(const struct thing *object)
{
    return thing_of(THING_LIST, &sources_kind, object->at, NULL);
}

static const struct document_about *about_of(const struct thing *object)
{
    return &tree_of(object)->about;
}

static struct thing about_title(const struct thing *object)
{
    return thing_of_text(about_of(object)->title);
}

static struct thing about_subtitle(const struct thing *object)
{
    return thing_of_text(about_of(object)->subtitle);
}

static struct thing about_language(const struct thing *object)
{
    return thing_of_text(about_of(object)->language);
}

static struct thing about_authority(const struct thing *object)
{
    return thing_of_text(about_of(object)->authority);
}

static struct thing about_created(const struct thing *object)
{
    return thing_of_text(about_of(object)->created);
}

/* "24 August 2012" of a date or a moment. */
static struct thing about_created_words(const struct thing *object)
{
    struct date date;
    const char *created = about_of(object)->created;
    if (!created || !date_read(slice_first(slice_of(created), 10), &date))
        return thing_of_text(created);
    return thing_of_text(date_print_long(tree_of(object)->arena, date));
}

static struct thing about_description(const struct thing *object)
{
    return thing_of_text(about_of(object)->description);
}

static struct thing about_period(const struct thing *object)
{
    return thing_of_text(about_of(object)->period);
}

static struct thing about_period_words(const struct thing *object)
{
    return period_thing(tree_of(object)->arena, about_of(object)->period);
}

static const struct thing_member document_members[] = {
    MEMBER_BY("title", about_title),
    MEMBER_BY("subtitle", about_subtitle),
    MEMBER_BY("language", about_language),
    MEMBER_BY("authority", about_authority),
    MEMBER_BY("created", about_created),
    MEMBER_BY("created_words", about_created_words),
    MEMBER_BY("description", about_description),
    MEMBER_BY("period", about_period),
    MEMBER_BY("period_words", about_period_words),
    MEMBER_UNLISTED("contents", document_contents),
    MEMBER_BY("blocks", document_blocks),
    MEMBER_BY("sources", sources_thing),
};
static const struct thing_kind document_kind = THING_KIND_OF(document_members);

struct document_model document_model(struct document_tree *tree)
{
    return (struct document_model){ .tree = tree, .sources = document_sources(tree) };
}

struct thing document_thing(const struct document_model *model)
{
    return thing_of(THING_OBJECT, &document_kind, model, NULL);
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
