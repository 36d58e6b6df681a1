/* Loads only the templates of documents/, which takes a moment, so that no state is kept. */
#include "document/page.h"

#include <string.h>

#include "base/arena.h"
#include "base/embedded.h"
#include "document/renderers.h"
#include "template/template.h"

#include "base/banned.h"

#define PAGE_PREFIX "templates/documents/"
#define TEMPLATE_PREFIX "templates/"

enum { PAGE_FILES_MOST = 64 };

static void page_close(struct template_set **set)
{
    template_set_free(*set);
}

static enum status page_open(struct work *work, struct template_set **out_set)
{
    struct template_file *files = arena_array_of(work->arena, PAGE_FILES_MOST,
                                                 struct template_file);
    struct template_source source = { .files = files };
    size_t index = 0;
    const struct embedded_file *file = NULL;
    while (source.count < PAGE_FILES_MOST && (file = embedded_next(PAGE_PREFIX, &index)))
        files[source.count++] = (struct template_file){
            .name = file->name + strlen(TEMPLATE_PREFIX),
            .text = { (const char *)file->bytes, file->size },
        };
    return template_set_load(work, &source, out_set);
}

enum status page_render(struct work *work, struct thing document, const json_t *more,
                        struct page_file *files, size_t count)
{
    __attribute__((cleanup(page_close))) struct template_set *set = NULL;
    const struct template_view view = { .model = document,
                                        .site = thing_of_json(more),
                                        .is_strict = true };
    enum status status = page_open(work, &set);
    for (size_t i = 0; i < count && status == STATUS_OK; i++) {
        struct text text = text_new_of_room(work->arena, files[i].room, DOCUMENT_BYTES_MOST);
        status = template_render(work, set, files[i].name, &view, &text);
        if (status == STATUS_OK)
            status = render_finish(work, &text, &files[i].bytes);
    }
    return status;
}
