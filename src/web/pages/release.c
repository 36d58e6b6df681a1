/* The ledger on the pages: what was released, when and by whom, found by its words; one release
 * with its tables, the report of its protection, and its files. */
#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "base/period.h"
#include "service/ledger_record.h"
#include "web/form.h"
#include "web/pages/list_links.h"
#include "web/pages/pages.h"
#include "web/pages/who_can.h"
#include "web/pages/release_parts.h"
#include "web/routes.h"

#include "base/banned.h"

enum { CELLS_SHOWN = 500 };

/* ---- the list ---- */

static void read_words(struct work *work, const char *words, struct ledger_filter *filter)
{
    struct slice rest = slice_of(words), word;
    size_t count = 0;
    while (count < LEDGER_STORE_WORDS && slice_split(&rest, ' ', &word))
        if (word.length > 0)
            filter->words[count++] = slice_copy(work->arena, word);
}

/* As words where it can be read, else as it stands. */
static const char *period_words(struct arena *arena, const char *text)
{
    struct period period;
    return period_read(slice_of(text), &period) ? period_print_long(arena, period) : text;
}

static json_t *release_json(struct work *work, const struct disclosure_release *release)
{
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "code", release->code, "at",
        release->released_at, "when", moment_print_long(work->arena, release->released_at), "by",
        release->released_by, "population", release->population, "period", release->period,
        "periodWords", period_words(work->arena, release->period), "method", release->method,
        "threshold", (json_int_t)release->threshold, "cells", (json_int_t)release->cells);
}

enum { FACET_PERIOD, FACET_POPULATION, FACET_BY };
enum { ORDER_CODE, ORDER_WHEN, ORDER_CELLS };

static const struct narrowing_facet facets[] = {
    [FACET_PERIOD] = { .name = "period",
                       .title = WORDS("Period"),
                       .is_data = true,
                       .is_open = true },
    [FACET_POPULATION] = { .name = "population", .title = WORDS("Of whom"), .is_data = true },
    [FACET_BY] = { .name = "by", .title = WORDS("By whom"), .is_data = true },
};

static const struct narrowing_order orders[] = {
    [ORDER_CODE] = { "code", WORDS("Release") },
    [ORDER_WHEN] = { "when", WORDS("When (UTC)") },
    [ORDER_CELLS] = { "cells", WORDS("Figures") },
};

static const struct narrowing_list release_list = { facets, ARRAY_COUNT(facets), orders,
                                                    ARRAY_COUNT(orders) };

static void add_entry(struct narrowing *narrowing, const struct disclosure_release *release)
{
    struct narrowing_entry *entry = narrowing_add(narrowing, release);
    const char *const values[] = { [FACET_PERIOD] = release->period,
                                   [FACET_POPULATION] = release->population,
                                   [FACET_BY] = release->released_by };
    for (size_t i = 0; i < ARRAY_COUNT(values); i++)
        if (values[i] && *values[i])
            narrowing_value(narrowing, entry, i, values[i],
                            i == FACET_PERIOD ? period_words(narrowing->arena, values[i])
                                              : values[i]);
    entry->keys[ORDER_CODE] = release->code;
    entry->keys[ORDER_WHEN] = release->released_at;
    entry->keys[ORDER_CELLS] = arena_format(narrowing->arena, "%020lld", (long long)release->cells);
}

/* The releases with all of the words, narrowed by the filters, the newest first. */
static enum status add_releases(struct work *work, const char *words,
                                const struct list_links *links, json_t *model)
{
    struct list releases = { 0 }, shown = { 0 };
    struct ledger_filter filter = { .period = NULL };
    struct narrowing narrowing = { work->arena, &release_list, &links->asked, { 0 } };
    json_t *list = json_array();
    read_words(work, words ? words : "", &filter);
    enum status status = ledger_store_search(work, &filter, &releases);
    for (size_t i = 0; status == STATUS_OK && i < releases.count; i++)
        add_entry(&narrowing, releases.items[i]);
    size_t total = narrowing_entries(&narrowing, &shown);
    for (size_t i = 0; i < shown.count; i++)
        json_array_append_new(
            list, release_json(work, ((const struct narrowing_entry *)shown.items[i])->item));
    json_object_set_new(model, "releases", list);
    narrowing_tell(&narrowing, total, model);
    list_links_add(links, model);
    return status;
}

enum status page_releases(struct work *work, const struct call *call, struct page *out_page)
{
    const char *words = call_asked(call, "q");
    struct list_links links = {
        .arena = work->arena, .path = "/releases", .list = &release_list, .kept = { { "q", words } }
    };
    bool may_release = permission_has(work, RIGHT_PEOPLE_COUNT);
    const struct form_field asked = {
        .name = "q",
        .label = "Words",
        .hint = "Of the name, who released it, or what is counted: disability yes",
        .value = words,
    };
    enum status status = list_links_read(work, call, &links);
    if (status != STATUS_OK)
        return status;
    json_t *model = json_pack("{s:o, s:o, s:b, s:b}", "q", form_field(&asked, NULL), "submit",
                              form_button("Search", "govuk-button--secondary"), "mayRelease",
                              (int)may_release, "mayAnswer",
                              (int)permission_has(work, RIGHT_TABLES_RELEASE));
    status = add_releases(work, words, &links, model);
    if (status == STATUS_OK)
        status = page_who_can(
            work, RIGHT_PEOPLE_COUNT, INTEGER_MISSING,
            may_release ? NULL : WORDS("You can read what was released, but not release tables."),
            model);
    json_object_set_new(model, "kept", list_links_kept(&links));
    *out_page = (struct page){ .template = "pages/releases.html",
                               .title = call_words(call, WORDS("Releases")),
                               .model = model };
    return status;
}

/* ---- one release ---- */

static enum status read_tables(struct work *work, const struct disclosure_release *release,
                               struct list *out_tables)
{
    return release->tables
               ? released_read(work, release->code, slice_of(release->tables), out_tables)
               : STATUS_OK;
}

/* The cells as the ledger has them, of a release whose tables were not kept. */
static json_t *cells_json(struct work *work, const struct ledger *ledger)
{
    json_t *array = json_array();
    const struct ledger_release *release = ledger->releases.items[0];
    for (size_t i = release->first; i < release->end && i < release->first + CELLS_SHOWN; i++) {
        const struct published_cell *cell = &ledger->published.cells[i];
        json_array_append_new(
            array,
            json_pack("{s:s, s:s}", "name", published_name(&ledger->published, work->arena, cell),
                      "shown", published_word_of(&ledger->published, cell->shown)));
    }
    return array;
}

enum status page_release(struct work *work, const struct call *call, struct page *out_page)
{
    struct disclosure_release release;
    struct ledger ledger;
    struct list tables = { 0 };
    json_t *shown = NULL;
    enum status status = ledger_record_find(work, call_parameter(call, "code"), &release, &ledger);
    if (status == STATUS_OK)
        status = read_tables(work, &release, &tables);
    if (status == STATUS_OK)
        status = released_tables_json(
            work, call,
            &(struct released_list){ (const struct released_table *const *)tables.items,
                                     tables.count },
            &shown);
    if (status != STATUS_OK)
        return status;
    json_t *model = release_json(work, &release);
    json_object_set_new(model, "definition",
                        release.definition ? json_string(release.definition) : json_null());
    json_object_set_new(model, "hash", json_string(release.chain_hash));
    json_object_set_new(model, "report", release_lines_json(work, release.report));
    json_object_set_new(model, "tables", shown);
    json_object_set_new(model, "cellsAlone",
                        release.tables ? json_array() : cells_json(work, &ledger));
    json_object_set_new(model, "hasFiles", json_boolean(release.tables != NULL));
    *out_page = (struct page){ .template = "pages/release.html",
                               .title = arena_copy_text(work->arena, release.code),
                               .model = model };
    return STATUS_OK;
}

/* ---- files ---- */

static const struct file_kind {
    const char *ending, *media_type;
    enum status (*write)(struct work *work, const struct released_table *const *tables,
                         size_t count, struct slice *out_bytes);
} file_kinds[] = {
    { "csv", "text/csv; charset=utf-8; header=present", released_as_csv },
    { "ods", "application/vnd.oasis.opendocument.spreadsheet", released_as_ods },
    { "json", "application/json", released_as_json },
};

static enum status answer_file(struct work *work, const struct call *call,
                               const struct file_kind *kind, struct page *out_page)
{
    struct disclosure_release release;
    struct ledger ledger;
    struct list tables = { 0 };
    struct slice bytes;
    enum status status = ledger_record_find(work, call_parameter(call, "code"), &release, &ledger);
    if (status == STATUS_OK && !release.tables)
        status = work_fail(work, STATUS_NOT_FOUND,
                           "The release \"%.60s\" was made outside the pages; its files are where "
                           "they were released.",
                           release.code);
    if (status == STATUS_OK)
        status = read_tables(work, &release, &tables);
    if (status == STATUS_OK)
        status = kind->write(work, (const struct released_table *const *)tables.items, tables.count,
                             &bytes);
    if (status != STATUS_OK)
        return status;
    *out_page = (struct page){ .response = {
                                   .status = 200, .media_type = kind->media_type, .body = bytes } };
    response_is_file(work->arena, &out_page->response,
                     arena_format(work->arena, "%s.%s", release.code, kind->ending));
    return STATUS_OK;
}

enum status page_release_csv(struct work *work, const struct call *call, struct page *out_page)
{
    return answer_file(work, call, &file_kinds[0], out_page);
}

enum status page_release_ods(struct work *work, const struct call *call, struct page *out_page)
{
    return answer_file(work, call, &file_kinds[1], out_page);
}

enum status page_release_json(struct work *work, const struct call *call, struct page *out_page)
{
    return answer_file(work, call, &file_kinds[2], out_page);
}
