/* What all pages share: loaded once when the server starts, never changed after. */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include <jansson.h>

#include "base/work.h"
#include "template/template.h"
#include "web/assets.h"

struct cache;
struct route;

struct site {
    struct template_set *templates;
    struct assets assets;
    const char *authority; /* whose pages these are */
    json_t **views;        /* for each route, what its layout needs; one more for errors */
    struct cache *cache;   /* of answers */
    bool is_strict;        /* of templates, for tests */
};

/* Loads the site into the work's arena, which must live as long as the site. `folder` is that of
 * templates of the workspace's own, NULL for none. */
MUST_CHECK enum status site_load(struct work *work, const char *authority, const char *folder,
                                 struct site **out_site);
void site_free(struct site *site);
/* What the layout needs on a page of that route (NULL: an error's page). */
const json_t *site_view(const struct site *site, const struct route *route);

#endif
