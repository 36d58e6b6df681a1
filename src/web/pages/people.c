/* Snapshots of people, for the HR data officer: what there is. */
#include "base/arena.h"
#include "base/date.h"
#include "service/snapshot.h"
#include "web/pages/list_links.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

enum { FACET_POPULATION, FACET_YEAR };
enum { ORDER_TITLE, ORDER_DAY, ORDER_PEOPLE };
enum { YEAR_LENGTH = 4 };

static const struct narrowing_facet facets[] = {
    [FACET_POPULATION] = { .name = "population",
                           .title = WORDS("Of whom"),
                           .is_data = true,
                           .is_open = true },
    [FACET_YEAR] = { .name = "year", .title = WORDS("Year"), .is_open = true },
};

static const struct narrowing_order orders[] = {
    [ORDER_TITLE] = { "title", WORDS("Snapshot") },
    [ORDER_DAY] = { "day", WORDS("Day") },
    [ORDER_PEOPLE] = { "people", WORDS("People") },
};

static const struct narrowing_list snapshot_list = { facets, ARRAY_COUNT(facets), orders,
                                                     ARRAY_COUNT(orders) };

static void add_entry(struct narrowing *narrowing, const struct snapshot_entry *snapshot)
{
    struct narrowing_entry *entry = narrowing_add(narrowing, snapshot);
    const struct snapshot *row = &snapshot->snapshot;
    const char *year = slice_copy(narrowing->arena,
                                  slice_first(slice_of(row->taken_on), YEAR_LENGTH));
    narrowing_value(narrowing, entry, FACET_POPULATION, row->population, row->population);
    narrowing_value(narrowing, entry, FACET_YEAR, year, year);
    entry->keys[ORDER_TITLE] = row->title;
    entry->keys[ORDER_DAY] = row->taken_on;
    entry->keys[ORDER_PEOPLE] = arena_format(narrowing->arena, "%020lld",
                                             (long long)snapshot->version.people);
}

static json_t *snapshot_json(struct arena *arena, const struct snapshot_entry *entry)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I}", "code", entry->snapshot.code, "title",
                     entry->snapshot.title, "population", entry->snapshot.population, "day",
                     date_print_iso_long(arena, entry->snapshot.taken_on), "people",
                     (json_int_t)entry->version.people, "version",
                     (json_int_t)entry->version.number);
}

enum status page_people(struct work *work, const struct call *call, struct page *out_page)
{
    struct list snapshots = { 0 }, shown = { 0 };
    struct list_links links = { .arena = work->arena, .path = "/people", .list = &snapshot_list };
    struct narrowing narrowing = { work->arena, &snapshot_list, &links.asked, { 0 } };
    json_t *list = json_array();
    enum status status = list_links_read(work, call, &links);
    if (status == STATUS_OK)
        status = snapshot_store_list(work, &snapshots);
    for (size_t i = snapshots.count; status == STATUS_OK && i-- > 0;)
        add_entry(&narrowing, snapshots.items[i]);
    size_t total = narrowing_entries(&narrowing, &shown);
    for (size_t i = 0; i < shown.count; i++)
        json_array_append_new(
            list,
            snapshot_json(work->arena, ((const struct narrowing_entry *)shown.items[i])->item));
    json_t *model = json_pack("{s:o, s:b}", "snapshots", list, "hasAny", snapshots.count > 0);
    narrowing_tell(&narrowing, total, model);
    list_links_add(&links, model);
    *out_page = (struct page){ .template = "pages/people.html",
                               .has_figures = true,
                               .title = call_words(call, WORDS("People")),
                               .model = model };
    return status;
}
