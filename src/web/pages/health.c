/* For those who watch the server: is it up, and can it read its database. */
#include "web/pages/pages.h"

#include "web/routes.h"

#include "base/banned.h"

enum status page_health(struct work *work, const struct call *call, struct page *out_page)
{
    (void)call;
    bool is_well = !work->workspace || work->store;
    out_page->response = (struct response){
        .status = is_well ? 200 : 503,
        .media_type = "application/json",
        .body = is_well ? SLICE("{\"status\":\"ok\",\"version\":\"" VERSION "\"}\n")
                        : SLICE("{\"status\":\"no database\",\"version\":\"" VERSION "\"}\n"),
        .is_static = true,
    };
    return STATUS_OK;
}
