/* Loads the input as a page, and again as a page with a partial after the first "\n---\n"; renders
 * it. Whatever the page is, no value of the model may reach the output with its < or quotes. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <jansson.h>

#include "base/arena.h"
#include "template/template.h"

#include "base/banned.h"

#define MARK_BEGINS "qJ7x"
#define MARK_ENDS "Zk0w"
#define MARK MARK_BEGINS MARK_ENDS

enum { INPUT_MOST = 1 << 14, PAGE_MOST = 1 << 16 };

static const char *const model_text = "{\"a\":\"<'" MARK "\\\"" MARK
                                      "\",\"b\":[{\"a\":1,\"c\":true},{\"a\":\"javascript:" MARK
                                      "\"},[],null],\"c\":{\"data-x\":\"\\\"" MARK
                                      "\",\"onclick\":\"z\",\"a\":{\"b\":0.5}},"
                                      "\"d\":\"\",\"e\":false}";

static void render_one(struct work *work, const struct template_set *set, const json_t *model,
                       bool is_marked)
{
    struct template_view view = { .model = thing_of_json(model) };
    for (size_t i = 0; i < template_count(set); i++) {
        struct text text = text_new(work->arena, PAGE_MOST);
        const char *name = template_name_at(set, i);
        enum status status = template_render(work, set, name, &view, &text);
        work_forget(work);
        bool is_html = slice_ends(slice_of(name), ".html");
        if (status != STATUS_OK || !is_html || is_marked)
            continue;
        assert(!strstr(text.bytes, "'" MARK) && !strstr(text.bytes, "\"" MARK));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > INPUT_MOST)
        return 0;
    CLEANUP_ARENA struct arena *arena = arena_new();
    struct work work = { .arena = arena, .now = "2012-08-24T09:00:00Z", .user = "fuzz" };
    struct slice input = { (const char *)data, size }, rest = { NULL, 0 };
    ptrdiff_t cut = slice_find(input, "\n---\n");
    if (cut >= 0)
        rest = slice_from(input, (size_t)cut + 5);
    struct slice page = cut >= 0 ? slice_first(input, (size_t)cut) : input;
    const struct template_file files[] = {
        { "page.html", page }, { "part.html", rest }, { "page.xml", page }, { "part.xml", rest }
    };
    /* A template may write the mark itself, also in two halves around a value that is empty. */
    bool is_marked = slice_find(input, MARK_BEGINS) >= 0 || slice_find(input, MARK_ENDS) >= 0;
    json_t *model = json_loads(model_text, 0, NULL);
    assert(model);
    for (size_t i = 0; i < 4; i += 2) {
        struct template_source source = { .files = files + i, .count = 2 };
        struct template_set *set = NULL;
        if (template_set_load(&work, &source, &set) == STATUS_OK) {
            render_one(&work, set, model, is_marked);
            template_set_free(set);
        }
        work_forget(&work);
    }
    json_decref(model);
    return 0;
}
