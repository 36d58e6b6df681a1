#include "web/site.h"

#include <assert.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/turnstile.h"
#include "service/password.h"
#include "service/provider.h"
#include "web/cache.h"
#include "web/limits.h"
#include "web/menu.h"
#include "web/routes.h"

#include "base/banned.h"

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
        menu_top(work, site, language, route), "programVersion", VERSION);
    json_object_set_new(view, "subNavigation", menu_within(work, site, language, route));
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
