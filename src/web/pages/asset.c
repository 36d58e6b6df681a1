/* Styles and icons. A name with its hash is kept for ever; a bare name is asked for anew. */
#include "web/pages/pages.h"

#include <string.h>

#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum status page_asset(struct work *work, const struct call *call, struct page *out_page)
{
    const char *name = call_parameter(call, "name");
    const struct asset *asset = asset_find(&call->site->assets, name);
    if (!asset)
        return work_fail(work, STATUS_NOT_FOUND, "There is no asset %s.", name);
    bool is_gzip = call->request->accepts_gzip && asset->gzip.length;
    out_page->response = (struct response){
        .status = 200,
        .media_type = asset->media_type,
        .body = is_gzip ? asset->gzip : asset->bytes,
        .is_static = true,
        .is_gzip = is_gzip,
        .is_cached_for_ever = strcmp(asset->name, name) == 0,
        .etag = asset->etag,
    };
    response_add_header(&out_page->response, "Vary", "Accept-Encoding");
    return STATUS_OK;
}
