/* The handlers of the routes, each in a file of its own. */
#ifndef WEB_PAGES_PAGES_H
#define WEB_PAGES_PAGES_H

#include "base/work.h"

struct call;
struct page;

MUST_CHECK enum status page_home(struct work *work, const struct call *call, struct page *out_page);
MUST_CHECK enum status page_accessibility(struct work *work, const struct call *call,
                                          struct page *out_page);
MUST_CHECK enum status page_asset(struct work *work, const struct call *call,
                                  struct page *out_page);
MUST_CHECK enum status page_health(struct work *work, const struct call *call,
                                   struct page *out_page);

#endif
