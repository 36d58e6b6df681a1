/* The plan: all schemes, and one scheme whole. */
#include "service/plan.h"

#include "base/arena.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

enum status page_plans(struct work *work, const struct call *call, struct page *out_page)
{
    struct page page = { .template = "pages/plans.html", .title = WORDS("Plan") };
    (void)call;
    enum status status = plan_schemes(work, &page.model);
    if (status != STATUS_OK)
        return status;
    *out_page = page;
    return STATUS_OK;
}

enum status page_plan(struct work *work, const struct call *call, struct page *out_page)
{
    struct page page = { .template = "pages/plan.html" };
    enum status status = plan_scheme(work, call_parameter(call, "scheme"), &page.model);
    if (status != STATUS_OK)
        return status;
    page.title = arena_copy_text(work->arena,
                                 json_string_value(json_object_get(page.model, "schemeTitle")));
    *out_page = page;
    return STATUS_OK;
}
