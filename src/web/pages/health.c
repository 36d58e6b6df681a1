/* For those who watch the server. /health: the program runs and answers; restart it when it does
 * not. /ready: it can do its work; send it nobody while it cannot. */
#include "web/pages/pages.h"

#include "store/audit.h"
#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum status page_health(struct work *work, const struct call *call, struct page *out_page)
{
    (void)work;
    (void)call;
    out_page->response = (struct response){
        .status = 200,
        .media_type = "application/json",
        .body = SLICE("{\"status\":\"ok\"}\n"),
        .is_static = true,
    };
    return STATUS_OK;
}

/* Whether the database answers a question; that it is open proves nothing. */
static bool store_answers(struct work *work)
{
    int64_t event = 0;
    return work->store && audit_latest(work, &event) == STATUS_OK;
}

enum status page_ready(struct work *work, const struct call *call, struct page *out_page)
{
    const atomic_bool *is_draining = call->site->is_draining;
    struct response response = { .status = 200,
                                 .media_type = "application/json",
                                 .body = SLICE("{\"status\":\"ready\"}\n"),
                                 .is_static = true };
    if (is_draining && atomic_load(is_draining)) {
        response.status = 503;
        response.body = SLICE("{\"status\":\"stopping\"}\n");
    } else if (work->workspace && !store_answers(work)) {
        response.status = 503;
        response.body = SLICE("{\"status\":\"no database\"}\n");
    }
    out_page->response = response;
    return STATUS_OK;
}
