/* The addresses of a list that is narrowed and ordered by links: what the query asks, and what each
 * link asks instead. The filters stay with the order, the pages and the files. */
#ifndef WEB_PAGES_LIST_LINKS_H
#define WEB_PAGES_LIST_LINKS_H

#include "base/work.h"
#include "service/narrowing.h"

struct call;

/* What stays in every address beside facets, order and page, such as words to search for. */
struct list_kept {
    const char *name, *value; /* NULL: nothing */
};
enum { LIST_KEPT_MOST = 4 };

struct list_links {
    struct arena *arena;
    const char *path; /* "/actions" */
    const struct narrowing_list *list;
    struct narrowing_asked asked;
    struct list_kept kept[LIST_KEPT_MOST];
};

/* Reads what is asked from the query. STATUS_NOT_FOUND, in words, for a page that is none. */
MUST_CHECK enum status list_links_read(struct work *work, const struct call *call,
                                       struct list_links *links);
/* The address of what is asked at `path`, all pages. */
const char *list_links_address(const struct list_links *links, const char *path);
/* What a form beside the list carries on, so that its words narrow the same list: the facets and
 * the order, [{"name", "value"}]. */
json_t *list_links_kept(const struct list_links *links);
/* Gives the links to a model that narrowing_tell has filled: "href" of each option, "chosen",
 * "sorts" of each order ("href", "state", "title"), "pagination", "clearHref", "hasFilter" where
 * there is anything to choose, and "isNarrowed" where something was. */
void list_links_add(const struct list_links *links, json_t *model);

#endif
