/* The list of measures, narrowed and ordered by links. */
#include "entity/field_text.h"
#include "model/measure.h"
#include "store/entity_store.h"
#include "web/pages/list_links.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

/* What the list can be narrowed by: fields with codes. */
static const struct narrowing_facet facets[] = {
    { .name = "kind", .title = WORDS("Kind") },
    { .name = "polarity", .title = WORDS("Better is") },
    { .name = "frequency", .title = WORDS("How often") },
    { .name = "status", .title = WORDS("Status") },
};

enum { ORDER_TITLE, ORDER_KIND, ORDER_POLARITY };

static const struct narrowing_order orders[] = {
    [ORDER_TITLE] = { "title", WORDS("Measure") },
    [ORDER_KIND] = { "kind", WORDS("Kind") },
    [ORDER_POLARITY] = { "polarity", WORDS("Better is") },
};

static const struct narrowing_list measure_list = { facets, ARRAY_COUNT(facets), orders,
                                                    ARRAY_COUNT(orders) };

static const struct field *field_of(const char *name)
{
    return entity_field(&measure_entity, name);
}

static void add_entry(struct narrowing *narrowing, const struct measure *measure)
{
    struct narrowing_entry *entry = narrowing_add(narrowing, measure);
    for (size_t i = 0; i < ARRAY_COUNT(facets); i++)
        if (!field_is_missing(field_of(facets[i].name), measure))
            narrowing_value(narrowing, entry, i, field_text(field_of(facets[i].name), measure),
                            field_label(narrowing->arena, field_of(facets[i].name), measure));
    entry->keys[ORDER_TITLE] = measure->title;
    entry->keys[ORDER_KIND] = measure->kind;
    entry->keys[ORDER_POLARITY] = measure->polarity;
}

static json_t *measure_json(struct arena *arena, const struct measure *measure)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s?}", "code", measure->code, "measureTitle",
                     measure->title, "kind", field_label(arena, field_of("kind"), measure),
                     "better", field_label(arena, field_of("polarity"), measure), "source",
                     measure->source);
}

enum status page_measures(struct work *work, const struct call *call, struct page *out_page)
{
    struct list measures = { 0 }, shown = { 0 };
    struct list_links links = { .arena = work->arena, .path = "/measures", .list = &measure_list };
    struct narrowing narrowing = { work->arena, &measure_list, &links.asked, { 0 } };
    enum status status = list_links_read(work, call, &links);
    if (status == STATUS_OK)
        status = entity_store_list(work, &measure_entity, 0, &measures);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < measures.count; i++)
        add_entry(&narrowing, measures.items[i]);
    size_t total = narrowing_entries(&narrowing, &shown);
    json_t *array = json_array();
    for (size_t i = 0; i < shown.count; i++)
        json_array_append_new(
            array, measure_json(work->arena, ((struct narrowing_entry *)shown.items[i])->item));
    json_t *model = json_pack("{s:o}", "measures", array);
    narrowing_tell(&narrowing, total, model);
    list_links_add(&links, model);
    *out_page = (struct page){ .template = "pages/measures.html",
                               .title = WORDS("Measures"),
                               .model = model };
    return STATUS_OK;
}
