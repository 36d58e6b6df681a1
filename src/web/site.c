#include "web/site.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/turnstile.h"
#include "service/password.h"
#include "service/provider.h"
#include "web/cache.h"
#include "web/limits.h"
#include "web/routes.h"

#include "base/banned.h"

/* The first part of a pattern: /measures/{code} stands under /measures. */
static struct slice section_of(const char *pattern)
{
    struct slice rest = slice_of(pattern + 1), part = { NULL, 0 };
    return slice_split(&rest, '/', &part) ? part : (struct slice){ NULL, 0 };
}

/* Whether the words of a route stand in the navigation of whoever asks. */
static bool is_in_menu(const struct work *work, const struct route *route)
{
    bool is_stranger = !permission_has(work, RIGHT_SIGNED_IN);
    return route->menu && permission_has(work, route->right) &&
           (is_stranger || !route->is_for_strangers);
}

static json_t *navigation(const struct work *work, const struct site *site, enum language language,
                          const struct route *here)
{
    json_t *items = json_array();
    for (size_t i = 0; i < route_count; i++) {
        const struct route *route = &routes[i];
        if (!is_in_menu(work, route))
            continue;
        bool is_current = route == here;
        bool is_active = here && slice_equal(section_of(route->pattern), section_of(here->pattern));
        json_array_append_new(items, json_pack("{s:s, s:s, s:b, s:b}", "text",
                                               site_words(site, language, route->menu), "href",
                                               route->pattern, "current", is_current, "active",
                                               is_active));
    }
    return items;
}

static const char *asset_address(struct work *work, const struct site *site, const char *file)
{
    const struct asset *asset = asset_find(&site->assets, file);
    assert(asset);
    return arena_format(work->arena, "/assets/%s", asset->name);
}

json_t *site_view(struct work *work, const struct site *site, enum language language,
                  const struct route *route)
{
    json_t *view = json_pack(
        "{s:s, s:[s,s,s], s:s, s:{s:s, s:s}, s:{s:s, s:s, s:o}, s:s}", "lang",
        languages[language].code, "styles", asset_address(work, site, "govuk.css"),
        asset_address(work, site, "dueregard.css"), asset_address(work, site, "document.css"),
        "icon", asset_address(work, site, "favicon.svg"), "siteHeader", "logoText", site->authority,
        "url", "/", "siteNavigation", "serviceName", "Due Regard", "serviceUrl", "/", "navigation",
        navigation(work, site, language, route), "programVersion", VERSION);
    json_object_set_new(view, "script", json_string(asset_address(work, site, "dueregard.js")));
    json_object_set_new(view, "scriptLibrary", json_string(asset_address(work, site, "govuk.js")));
    json_object_set_new(view, "themeColour", json_string(site->brand.colour));
    if (site->brand.has_style)
        json_array_append_new(json_object_get(view, "styles"),
                              json_string(asset_address(work, site, BRAND_STYLE)));
    if (site->brand.logo)
        json_object_set_new(json_object_get(view, "siteHeader"), "logo",
                            json_string(asset_address(work, site, site->brand.logo)));
    /* What is on record is in English: marked so where the page is not. */
    if (language != LANGUAGE_ENGLISH)
        json_object_set_new(view, "dataLanguage",
                            json_pack("{s:s}", "lang", languages[LANGUAGE_ENGLISH].code));
    return view;
}

enum status site_load(struct work *work, const char *authority, const char *folder,
                      const struct brand_options *brand, struct site **out_site)
{
    struct site *site = arena_new_of(work->arena, struct site);
    struct template_source source = { .folder = NULL };
    if (folder)
        source.folder = arena_format(work->arena, "%s/templates", folder);
    site->authority = arena_copy_text(work->arena, authority);
    enum status status = assets_load(work, &site->assets);
    if (status == STATUS_OK)
        status = brand_load(work, brand, folder, &site->assets, &site->brand);
    if (status == STATUS_OK)
        status = languages_load(work, folder, site->catalogues);
    for (size_t i = 0; status == STATUS_OK && i < LANGUAGE_COUNT; i++)
        site->patterns[i] = language_patterns(work->arena, &site->catalogues[i]);
    if (status == STATUS_OK)
        status = template_set_load(work, &source, &site->templates);
    if (status != STATUS_OK)
        return status;
    site->cache = cache_new();
    site->personal = cache_new();
    site->hashing = turnstile_new(PASSWORDS_AT_ONCE);
    site->public_address = "";
    *out_site = site;
    return STATUS_OK;
}

void site_free(struct site *site)
{
    if (!site)
        return;
    template_set_free(site->templates);
    cache_free(site->cache);
    cache_free(site->personal);
    turnstile_free(site->hashing);
    provider_free(site->provider);
    limits_free(site->limits);
}

const char *site_words(const struct site *site, enum language language, const char *words)
{
    const char *found = catalogue_find(&site->catalogues[language], words);
    return found ? found : words;
}
