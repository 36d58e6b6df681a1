/* Styles and icons. A name with its hash is kept for ever; a bare name is asked for anew. */
#include "web/pages/pages.h"

#include <string.h>

#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

/* The shortest that the browser reads. */
static enum asset_form best_form(const struct request *request, const struct asset *asset)
{
    if (request->accepts_brotli && asset->forms[ASSET_BROTLI].bytes.length)
        return ASSET_BROTLI;
    return request->accepts_gzip && asset->forms[ASSET_GZIP].bytes.length ? ASSET_GZIP
                                                                          : ASSET_PLAIN;
}

enum status page_asset(struct work *work, const struct call *call, struct page *out_page)
{
    const char *name = call_parameter(call, "name");
    const struct asset *asset = asset_find(&call->site->assets, name);
    if (!asset)
        return work_fail(work, STATUS_NOT_FOUND, "There is no asset %s.", name);
    enum asset_form form = best_form(call->request, asset);
    out_page->response = (struct response){
        .status = 200,
        .media_type = asset->media_type,
        .body = asset->forms[form].bytes,
        .is_static = true,
        .encoding = form == ASSET_BROTLI ? "br"
                    : form == ASSET_GZIP ? "gzip"
                                         : NULL,
        .is_cached_for_ever = strcmp(asset->name, name) == 0,
        .etag = asset->forms[form].etag,
    };
    response_add_header(&out_page->response, "Vary", "Accept-Encoding");
    return STATUS_OK;
}
