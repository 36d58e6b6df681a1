/* A document for somebody without an account, by a link of their own. */
#include "base/arena.h"
#include "base/date.h"
#include "document/render.h"
#include "service/freeze.h"
#include "service/share.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

enum status page_shared(struct work *work, const struct call *call, struct page *out_page)
{
    struct shared_link link;
    struct document document;
    struct document_tree *tree = NULL;
    struct slice body;
    struct date day;
    enum status status = share_open(work, call_parameter(call, "token"), &link, &document);
    if (status == STATUS_NOT_FOUND)
        return page_link_used(work, call, out_page);
    if (status == STATUS_OK)
        status = freeze_load(work, document.code, &tree);
    if (status == STATUS_OK)
        status = document_render_body(work, tree, &body);
    if (status != STATUS_OK)
        return status;
    bool is_day = date_read(slice_of(link.valid_to), &day);
    json_t *model = json_pack("{s:s, s:s}", "reader", link.reader, "to",
                              is_day ? date_print_long(work->arena, day) : link.valid_to);
    json_object_set_new(model, "bodyHtml", json_stringn(body.start, body.length));
    *out_page = (struct page){ .template = "pages/shared.html",
                               .title = arena_copy_text(work->arena, document.title),
                               .model = model };
    return STATUS_OK;
}
