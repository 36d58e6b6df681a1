/* HTML: a whole page that needs nothing else, or the blocks alone; both from documents/ templates.
 */
#include <assert.h>
#include <string.h>

#include "base/embedded.h"
#include "document/model.h"
#include "document/page.h"
#include "document/renderers.h"

#include "base/banned.h"

/* With fewer sections than this, a list of contents is only in the way. */
enum { CONTENTS_LEAST = 3 };

/* The headings just below the title; null when there are few. */
static json_t *contents_model(const json_t *blocks)
{
    json_t *contents = json_array();
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        json_t *block = json_array_get(blocks, i);
        if (json_integer_value(json_object_get(block, "level")) == 2)
            json_array_append(contents, block);
    }
    if (json_array_size(contents) >= CONTENTS_LEAST)
        return contents;
    json_decref(contents);
    return json_null();
}

/* What only a page needs: contents, and each drawing under a name that is written as it is. The
 * drawings are src/chart's, which escapes what stands in them. */
static json_t *page_model(struct document_tree *tree)
{
    json_t *model = document_model(tree);
    json_t *blocks = json_object_get(model, "blocks");
    for (size_t i = 0; i < json_array_size(blocks); i++) {
        json_t *block = json_array_get(blocks, i), *svg = json_object_get(block, "svg");
        if (svg)
            json_object_set(block, "svgHtml", svg);
    }
    model_set(model, "contents", contents_model(blocks));
    return model;
}

static enum status render(struct work *work, struct document_tree *tree, const char *name,
                          struct slice *out_bytes)
{
    json_auto_t *model = page_model(tree);
    struct page_file file = { .name = name };
    enum status status = page_render(work, model, &file, 1);
    if (status == STATUS_OK)
        *out_bytes = file.bytes;
    return status;
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
