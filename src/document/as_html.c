/* HTML: a whole page that needs nothing else, or the blocks alone; both from documents/ templates.
 */
#include <assert.h>
#include <string.h>

#include "base/embedded.h"
#include "base/text.h"
#include "document/model.h"
#include "document/page.h"
#include "document/renderers.h"

#include "base/banned.h"

/* With fewer sections than this, a list of contents is only in the way. */
enum { CONTENTS_LEAST = 3 };
enum { ROOM_LEAST = 64 * 1024, ROOM_OF_LINE = 3 * 1024, ROOM_OF_SOURCE = 1024 };

/* The headings just below the title; null when there are few. */
static json_t *contents_model(const struct document_tree *tree)
{
    json_t *contents = json_array();
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        if (block->kind != DOCUMENT_HEADING || block->level != 1)
            continue;
        json_t *entry = json_object();
        model_set(entry, "id", json_string(block->id));
        model_set(entry, "words", json_string(block->words));
        model_add(contents, entry);
    }
    if (json_array_size(contents) >= CONTENTS_LEAST)
        return contents;
    json_decref(contents);
    return json_null();
}

/* One template filled with a model that is freed at once, so that a document of any length is
 * written in the memory of its longest block. */
static enum status add_part(struct work *work, const struct template_set *set, const char *name,
                            json_t *model, struct text *out_text)
{
    enum status status = page_add(work, set, name, model, out_text);
    json_decref(model);
    return status;
}

/* Each drawing stands under a name that is written as it is: the drawings are src/chart's, which
 * escapes what stands in them. */
static enum status add_blocks(struct work *work, const struct template_set *set,
                              struct document_tree *tree, struct text *out_text)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < tree->blocks.count && status == STATUS_OK; i++) {
        json_t *model = model_block(tree, tree->blocks.items[i]);
        json_t *svg = json_object_get(model, "svg");
        if (svg)
            json_object_set(model, "svgHtml", svg);
        status = add_part(work, set, "documents/block.html", model, out_text);
    }
    return status;
}

static enum status add_sources(struct work *work, const struct template_set *set,
                               struct document_tree *tree, const struct list *figures,
                               struct text *out_text)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < figures->count && status == STATUS_OK; i++)
        status = add_part(work, set, "documents/source.html", model_source(tree, figures->items[i]),
                          out_text);
    return status;
}

/* What is long does not go through a model: these characters, which no document's words hold
 * (document/words.h), keep its places on the page. */
#define BLOCKS_HERE "\x01"
#define SOURCES_HERE "\x02"

/* The page round blocks and sources. */
static enum status render_frame(struct work *work, const struct template_set *set, const char *name,
                                struct document_tree *tree, bool has_sources,
                                struct slice *out_frame)
{
    struct text frame = text_new(work->arena, DOCUMENT_BYTES_MOST);
    json_t *model = model_about(tree);
    model_set(model, "contents", contents_model(tree));
    model_set(model, "blocksHtml", json_string(BLOCKS_HERE));
    model_set(model, "sourcesHtml", has_sources ? json_string(SOURCES_HERE) : json_null());
    enum status status = add_part(work, set, name, model, &frame);
    return status == STATUS_OK ? render_finish(work, &frame, out_frame) : status;
}

/* About how long the page will be: room that is not used costs nothing, growing does. */
static size_t guess_room(const struct document_tree *tree, size_t figures)
{
    size_t lines = tree->blocks.count;
    for (size_t i = 0; i < tree->blocks.count; i++) {
        const struct document_block *block = tree->blocks.items[i];
        lines += block->items.count + (block->table ? block->table->rows.count : 0);
    }
    return ROOM_LEAST + lines * ROOM_OF_LINE + figures * ROOM_OF_SOURCE;
}

/* Adds the frame up to a mark, and leaves what follows it. */
static void add_until(struct text *out_text, struct slice *frame, const char *mark)
{
    ptrdiff_t place = slice_find(*frame, mark);
    assert(place >= 0);
    text_add_slice(out_text, slice_first(*frame, (size_t)place));
    *frame = slice_from(*frame, (size_t)place + 1);
}

static enum status render(struct work *work, struct document_tree *tree, const char *name,
                          struct slice *out_bytes)
{
    __attribute__((cleanup(page_close))) struct template_set *set = NULL;
    struct list figures = document_citations(tree);
    struct text page = text_new_of_room(work->arena, guess_room(tree, figures.count),
                                        DOCUMENT_BYTES_MOST);
    struct slice frame;
    enum status status = page_open(work, &set);
    if (status == STATUS_OK)
        status = render_frame(work, set, name, tree, figures.count > 0, &frame);
    if (status != STATUS_OK)
        return status;
    add_until(&page, &frame, BLOCKS_HERE);
    status = add_blocks(work, set, tree, &page);
    if (status == STATUS_OK && figures.count > 0) {
        add_until(&page, &frame, SOURCES_HERE);
        status = add_sources(work, set, tree, &figures, &page);
    }
    text_add_slice(&page, frame);
    return status == STATUS_OK ? render_finish(work, &page, out_bytes) : status;
}

enum status render_html(struct work *work, struct document_tree *tree,
                        const struct document_options *options, struct slice *out_bytes)
{
    (void)options;
    return render(work, tree, "documents/document.html", out_bytes);
}

enum status document_render_body(struct work *work, struct document_tree *tree,
                                 struct slice *out_html)
{
    return render(work, tree, "documents/blocks.html", out_html);
}

struct slice document_style(void)
{
    struct slice file = { NULL, 0 };
    bool found = embedded_find("templates/documents/style.html", &file);
    ptrdiff_t start = slice_find(file, "/* document */"), end = slice_find(file, "</style>");
    assert(found && start >= 0 && end > start);
    (void)found;
    return slice_first(slice_from(file, (size_t)start), (size_t)(end - start));
}
