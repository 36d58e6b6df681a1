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

enum { ROOM_LEAST = 64 * 1024, ROOM_OF_LINE = 3 * 1024, ROOM_OF_SOURCE = 1024 };

/* About how long the page will be: room that is not used costs nothing, growing does. */
static size_t guess_room(const struct document_model *model)
{
    const struct list *blocks = &model->tree->blocks;
    size_t lines = blocks->count;
    for (size_t i = 0; i < blocks->count; i++) {
        const struct document_block *block = blocks->items[i];
        lines += block->items.count + (block->table ? block->table->rows.count : 0);
    }
    return ROOM_LEAST + lines * ROOM_OF_LINE + model->sources.list.count * ROOM_OF_SOURCE;
}

static enum status render(struct work *work, struct document_tree *tree, const char *name,
                          struct slice *out_bytes)
{
    const struct document_model model = document_model(tree);
    struct page_file page = { .name = name, .room = guess_room(&model) };
    enum status status = page_render(work, document_thing(&model), NULL, &page, 1);
    if (status == STATUS_OK)
        *out_bytes = page.bytes;
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
