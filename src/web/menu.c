#include "web/menu.h"

#include <string.h>

#include "base/slice.h"
#include "web/language.h"
#include "web/site.h"

#include "base/banned.h"

/* In the order of the navigation. */
static const char *const section_words[SECTION_COUNT] = {
    [SECTION_WORK] = WORDS("Your work"),
    [SECTION_PLAN] = WORDS("Plan"),
    [SECTION_PROGRESS] = WORDS("Progress"),
    [SECTION_RETURNS] = WORDS("Returns"),
    [SECTION_PEOPLE] = WORDS("People and releases"),
    [SECTION_SEARCH] = WORDS("Search"),
    [SECTION_KEEPING] = WORDS("Administration"),
    [SECTION_ACCOUNT] = WORDS("Your account"),
};

/* The first part of a pattern: /measures/{code} stands under /measures. */
static struct slice first_part(const char *pattern)
{
    struct slice rest = slice_of(pattern + 1), part = { NULL, 0 };
    return slice_split(&rest, '/', &part) ? part : (struct slice){ NULL, 0 };
}

static bool stands_under(const struct route *page, const struct route *entry)
{
    return slice_equal(first_part(page->pattern), first_part(entry->pattern));
}

/* A form that comes back with its problems stands where its page does. */
static const struct route *page_of(const struct route *route)
{
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].method == REQUEST_GET && strcmp(routes[i].pattern, route->pattern) == 0)
            return &routes[i];
    return route;
}

/* The entry of the navigation that the page is, or stands under; NULL: none. */
static const struct route *entry_of(const struct route *route)
{
    const struct route *page = page_of(route);
    if (page->menu)
        return page;
    for (size_t i = 0; i < route_count; i++) {
        const struct route *entry = &routes[i];
        bool is_its = page->under ? strcmp(page->under, entry->pattern) == 0
                                  : stands_under(page, entry);
        if (entry->menu && is_its)
            return entry;
    }
    return NULL;
}

enum section menu_section(const struct route *route)
{
    const struct route *entry = entry_of(route);
    return entry ? entry->section : SECTION_NONE;
}

/* Whether the words of a route stand in the navigation of whoever asks. */
static bool is_open(const struct work *work, const struct route *route)
{
    bool is_stranger = !permission_has(work, RIGHT_SIGNED_IN);
    return route->menu && permission_has(work, route->right) &&
           (is_stranger || !route->is_for_strangers);
}

/* The pages of a section that are open to the actor. */
static size_t open_pages(const struct work *work, enum section section,
                         const struct route **out_first)
{
    size_t count = 0;
    for (size_t i = route_count; i > 0; i--)
        if (routes[i - 1].section == section && is_open(work, &routes[i - 1])) {
            *out_first = &routes[i - 1];
            count++;
        }
    return count;
}

json_t *menu_top(const struct work *work, const struct site *site, enum language language,
                 const struct route *here)
{
    enum section mine = here ? menu_section(here) : SECTION_NONE;
    json_t *items = json_array();
    for (size_t i = SECTION_NONE + 1; i < SECTION_COUNT; i++) {
        const struct route *first = NULL;
        size_t count = open_pages(work, (enum section)i, &first);
        if (count == 0)
            continue;
        const char *words = count == 1 ? first->menu : section_words[i];
        json_array_append_new(items,
                              json_pack("{s:s, s:s, s:b, s:b}", "text",
                                        site_words(site, language, words), "href", first->pattern,
                                        "current", first == here, "active", i == (size_t)mine));
    }
    return items;
}

json_t *menu_within(const struct work *work, const struct site *site, enum language language,
                    const struct route *here)
{
    enum section mine = here ? menu_section(here) : SECTION_NONE;
    const struct route *entry = here ? entry_of(here) : NULL, *first = NULL;
    if (mine == SECTION_NONE || open_pages(work, mine, &first) < 2)
        return json_null();
    json_t *items = json_array();
    for (size_t i = 0; i < route_count; i++)
        if (routes[i].section == mine && is_open(work, &routes[i]))
            json_array_append_new(items,
                                  json_pack("{s:s, s:s, s:b, s:b}", "text",
                                            site_words(site, language, routes[i].menu), "href",
                                            routes[i].pattern, "current", &routes[i] == here,
                                            "active", &routes[i] == entry));
    return json_pack("{s:s, s:o}", "sectionWords", site_words(site, language, section_words[mine]),
                     "items", items);
}
