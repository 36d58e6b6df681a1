/* The records of a kind, and search. */
#include "web/api/api.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "entity/entity.h"
#include "model/model.h"
#include "service/export.h"
#include "service/search.h"
#include "web/routes.h"
#include "base/banned.h"

static enum status find_kind(struct work *work, const struct call *call,
                             const struct entity **out_entity)
{
    const char *kind = call_parameter(call, "kind");
    const struct entity *entity = model_entity(kind);
    if (!entity || entity->flags & ENTITY_LEDGER)
        return work_fail(work, STATUS_NOT_FOUND, "There is no kind of record \"%.60s\".", kind);
    *out_entity = entity;
    return STATUS_OK;
}

static int64_t number_of(const struct call *call, const char *name, int64_t standard)
{
    int64_t number = 0;
    const char *typed = request_query(call->request, name);
    if (!typed)
        return standard;
    return slice_integer(slice_of(typed), &number) ? number : INTEGER_MISSING;
}

enum status api_records(struct work *work, const struct call *call, struct page *out_page)
{
    const struct entity *entity = NULL;
    int64_t limit = number_of(call, "limit", API_PAGE_STANDARD);
    int64_t after = number_of(call, "after", 0), next = INTEGER_MISSING;
    json_t *rows = NULL;
    enum status status = find_kind(work, call, &entity);
    if (status == STATUS_OK && (limit < 1 || limit > API_PAGE_MOST || after < 0)) {
        api_refuse(work, call, 400, "limit is 1 to 1000, and after a whole number.", out_page);
        return STATUS_OK;
    }
    if (status == STATUS_OK)
        status = export_page(work, entity, after, (size_t)limit, &rows, &next);
    if (status != STATUS_OK)
        return status;
    assert(entity);
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
    json_t *model = json_pack("{s:s, s:o}", "kind", entity->plural, "records", rows);
    json_object_set_new(
        model, "next",
        next == INTEGER_MISSING
            ? json_null()
            : json_string(arena_format(work->arena, "/api/v1/records/%s?limit=%lld&after=%lld",
                                       call_parameter(call, "kind"), (long long)limit,
                                       (long long)next)));
    return api_answer(work, model, out_page);
}

enum status api_record(struct work *work, const struct call *call, struct page *out_page)
{
    const struct entity *entity = NULL;
    json_t *row = NULL;
    enum status status = find_kind(work, call, &entity);
    if (status == STATUS_OK)
        status = export_one(work, entity, call_parameter(call, "code"), &row);
    return status == STATUS_OK ? api_answer(work, row, out_page) : status;
}

enum status api_search(struct work *work, const struct call *call, struct page *out_page)
{
    struct list hits = { 0 };
    const char *query = request_query(call->request, "q");
    if (!query || !slice_is_utf8(slice_of(query))) {
        api_refuse(work, call, 400, "Give the words to look for as q.", out_page);
        return STATUS_OK;
    }
    enum status status = search_find(work, query, &hits);
    if (status != STATUS_OK)
        return status;
    json_t *found = json_array();
    for (size_t i = 0; i < hits.count; i++) {
        const struct search_hit *hit = hits.items[i];
        json_array_append_new(found, json_pack("{s:s, s:s, s:s, s:s}", "kind", hit->kind, "code",
                                               hit->code, "title", hit->title, "page", hit->path));
    }
    return api_answer(work, json_pack("{s:o}", "hits", found), out_page);
}
