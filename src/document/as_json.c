/* JSON: the whole tree, every figure with its citation, keys in the order of the tree. */
#include <jansson.h>

#include "base/arena.h"
#include "document/model.h"
#include "document/renderers.h"

#include "base/banned.h"

static int add_piece(const char *bytes, size_t length, void *text)
{
    text_add_slice(text, (struct slice){ bytes, length });
    return 0;
}

enum status render_json(struct work *work, struct document_tree *tree,
                        const struct document_options *options, struct slice *out_bytes)
{
    (void)options;
    json_auto_t *model = document_model(tree);
    struct text text = text_new(work->arena, DOCUMENT_BYTES_MOST);
    if (json_dump_callback(model, add_piece, &text, JSON_INDENT(2)) != 0)
        return work_fail(work, STATUS_INPUT, "The document cannot be written as JSON.");
    text_add(&text, "\n");
    return render_finish(work, &text, out_bytes);
}
