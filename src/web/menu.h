/* The navigation: few entries at the top, one a section, and within a section its pages. Which
 * pages there are stands in routes.c; THE table of sections stands here. */
#ifndef WEB_MENU_H
#define WEB_MENU_H

#include <jansson.h>

#include "web/routes.h"

struct site;

/* The section of a page: that of the page in the navigation that it is or stands under.
 * SECTION_NONE where there is none. */
enum section menu_section(const struct route *route);
/* The entries at the top for the work's actor, as items of the Design System's service navigation.
 * `here` is the page's route; NULL: an error's page. A section of which one page alone is open to
 * the actor has that page's words. */
json_t *menu_top(const struct work *work, const struct site *site, enum language language,
                 const struct route *here);
/* The pages of the section of `here`: {"sectionWords", "items": [{"text", "href", "current",
 * "active"}]}; null when there are fewer than two. */
json_t *menu_within(const struct work *work, const struct site *site, enum language language,
                    const struct route *here);

#endif
