/* The records of a kind, and search. */
#include "web/api/api.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "entity/entity.h"
#include "model/model.h"
#include "service/export.h"
#include "service/plan_record.h"
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
        api_refuse(work, 400, "limit is 1 to 1000, and after a whole number.", out_page);
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

/* ---- writing ---- */

/* The kind, where people change its records one by one. */
static enum status find_plan_kind(struct work *work, const struct call *call,
                                  const struct plan_record_kind **out_kind)
{
    const struct entity *entity = NULL;
    enum status status = find_kind(work, call, &entity);
    if (status != STATUS_OK)
        return status;
    assert(entity);
    *out_kind = plan_record_kind_of(entity);
    return *out_kind ? STATUS_OK
                     : work_fail(work, STATUS_NOT_FOUND,
                                 "%s are not changed one by one; import them.", entity->plural);
}

static const char *input_name(const void *of, const char *name)
{
    const struct field *field = entity_field(of, name);
    return field && plan_record_is_input(field) ? field->name : NULL;
}

static enum status save(struct work *work, const struct call *call,
                        const struct plan_record_change *about, struct page *out_page)
{
    struct plan_record_change change = *about;
    struct plan_record_input inputs[API_INPUTS_MOST];
    struct plan_record_saved saved;
    assert(change.kind);
    struct api_inputs sent = { .known = input_name,
                               .of = change.kind->entity,
                               .takes_numbers = true };
    if (!api_read_inputs(work, call, &sent, out_page))
        return STATUS_OK;
    for (; change.count < sent.count; change.count++)
        inputs[change.count] = (struct plan_record_input){ sent.items[change.count].name,
                                                           sent.items[change.count].words };
    change.inputs = inputs;
    change.is_confirmed = true;
    enum status status = plan_record_save(work, &change, &saved);
    if (status != STATUS_OK)
        return status;
    json_decref(saved.differences);
    if (api_refuses(work, "record", saved.is_conflict, &saved.problems, out_page))
        return STATUS_OK;
    return api_answer(work,
                      json_pack("{s:s, s:s, s:b}", "kind", change.kind->code, "key", saved.key,
                                "changed", saved.is_changed),
                      out_page);
}

enum status api_record_add(struct work *work, const struct call *call, struct page *out_page)
{
    struct plan_record_change change = { .event = INTEGER_MISSING };
    enum status status = find_plan_kind(work, call, &change.kind);
    return status == STATUS_OK ? save(work, call, &change, out_page) : status;
}

/* Whether the record is as the program saw it, by its tag; its event is read first, so that what
 * comes between is found when it is written. */
static enum status is_as_seen(struct work *work, const struct call *call,
                              struct plan_record_change *change, bool *out_is_so)
{
    const struct entity *entity = change->kind->entity;
    void *row = NULL;
    json_t *record = NULL;
    const char *tag = "";
    enum status status = plan_record_load(work, change->kind, change->key, &row);
    if (status == STATUS_OK) {
        change->event = field_integer(entity_field(entity, "event"), row);
        status = export_one(work, entity, change->key, &record);
    }
    if (status == STATUS_OK)
        status = api_tag(work, record, &tag);
    json_decref(record);
    *out_is_so = strcmp(tag, call->request->if_match) == 0;
    return status;
}

enum status api_record_put(struct work *work, const struct call *call, struct page *out_page)
{
    struct plan_record_change change = { .key = call_parameter(call, "code") };
    bool is_so = false;
    if (!*call->request->if_match)
        return api_refuse_unseen(work, "record", out_page);
    enum status status = find_plan_kind(work, call, &change.kind);
    if (status == STATUS_OK)
        status = is_as_seen(work, call, &change, &is_so);
    if (status != STATUS_OK)
        return status;
    return is_so ? save(work, call, &change, out_page) : api_refuse_stale(work, "record", out_page);
}

enum status api_search(struct work *work, const struct call *call, struct page *out_page)
{
    struct list hits = { 0 };
    const char *query = request_query(call->request, "q");
    if (!query || !slice_is_utf8(slice_of(query))) {
        api_refuse(work, 400, "Give the words to look for as q.", out_page);
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
