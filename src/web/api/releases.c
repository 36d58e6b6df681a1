/* What was released: the ledger's list, and one release with its protected tables. */
#include "web/api/api.h"

#include "base/arena.h"
#include "disclosure/released_table.h"
#include "service/ledger_record.h"
#include "web/pages/release_parts.h"
#include "web/routes.h"
#include "base/banned.h"

static json_t *release_json(const struct disclosure_release *release)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "code", release->code,
                     "released_at", release->released_at, "released_by", release->released_by,
                     "population", release->population, "period", release->period, "method",
                     release->method, "threshold", (json_int_t)release->threshold, "cells",
                     (json_int_t)release->cells);
}

enum status api_releases(struct work *work, const struct call *call, struct page *out_page)
{
    struct list releases = { 0 };
    const struct ledger_filter filter = { .period = call_asked(call, "period") };
    json_t *list = json_array();
    enum status status = ledger_store_search(work, &filter, &releases);
    for (size_t i = 0; status == STATUS_OK && i < releases.count; i++)
        json_array_append_new(list, release_json(releases.items[i]));
    if (status == STATUS_OK)
        return api_answer(work, json_pack("{s:o}", "releases", list), out_page);
    json_decref(list);
    return status;
}

/* The tables as they were released; null for a release that was made outside the pages. */
static enum status tables_of(struct work *work, const struct disclosure_release *release,
                             json_t **out_tables)
{
    struct list tables = { 0 };
    struct slice bytes = { NULL, 0 };
    *out_tables = json_null();
    if (!release->tables)
        return STATUS_OK;
    enum status status = released_read(work, release->code, slice_of(release->tables), &tables);
    if (status == STATUS_OK)
        status = released_as_json(work, (const struct released_table *const *)tables.items,
                                  tables.count, &bytes);
    json_t *made = status == STATUS_OK ? json_loadb(bytes.start, bytes.length, 0, NULL) : NULL;
    if (status == STATUS_OK && !made)
        return work_fail(work, STATUS_STORAGE, "The tables of %s could not be read.",
                         release->code);
    *out_tables = made;
    return status;
}

enum status api_release(struct work *work, const struct call *call, struct page *out_page)
{
    struct disclosure_release release;
    struct ledger ledger;
    json_t *tables = NULL;
    enum status status = ledger_record_find(work, call_parameter(call, "code"), &release, &ledger);
    if (status == STATUS_OK)
        status = tables_of(work, &release, &tables);
    if (status != STATUS_OK)
        return status;
    json_t *model = release_json(&release);
    json_object_update_new(model, json_pack("{s:s?, s:s}", "definition", release.definition,
                                            "chain_hash", release.chain_hash));
    json_object_set_new(model, "report", release_lines_json(work, release.report));
    json_object_set_new(model, "tables", tables);
    return api_answer(work, model, out_page);
}
