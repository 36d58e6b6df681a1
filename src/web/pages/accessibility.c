/* The accessibility statement. Its words stand in the template. */
#include "web/pages/pages.h"

#include "web/routes.h"
#include "web/site.h"

#include "base/banned.h"

enum status page_accessibility(struct work *work, const struct call *call, struct page *out_page)
{
    (void)work;
    *out_page = (struct page){
        .template = "pages/accessibility.html",
        .title = WORDS("Accessibility statement"),
        .model = json_pack("{s:s, s:s}", "authority", call->site->authority, "version", VERSION),
    };
    return STATUS_OK;
}
