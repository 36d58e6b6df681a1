/* The first page: what can be found here. */
#include "web/pages/pages.h"

#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum status page_home(struct work *work, const struct call *call, struct page *out_page)
{
    json_t *sections = json_array();
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].menu && routes[i].summary && permission_has(work, routes[i].right))
            json_array_append_new(sections,
                                  json_pack("{s:s, s:s, s:s}", "text", routes[i].menu, "href",
                                            routes[i].pattern, "summary", routes[i].summary));
    *out_page = (struct page){
        .template = "pages/home.html",
        .title = WORDS("Home"),
        .model = json_pack("{s:s, s:o}", "authority", call->site->authority, "sections", sections),
    };
    return STATUS_OK;
}
