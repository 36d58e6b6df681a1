/* One record of the plan: what it says, what belongs to it, where it is used, what became of it. */
#include "service/plan_record.h"

#include <ctype.h>

#include "base/arena.h"
#include "web/form.h"
#include "web/pages/list_links.h"
#include "web/pages/pages.h"
#include "web/pages/record_parts.h"
#include "web/pages/table_file.h"
#include "web/routes.h"
#include "base/banned.h"

enum status record_kind_of(struct work *work, const struct call *call,
                           const struct plan_record_kind **out_kind)
{
    const char *code = call_parameter(call, "kind");
    *out_kind = plan_record_kind(code);
    return *out_kind
               ? STATUS_OK
               : work_fail(work, STATUS_NOT_FOUND, "There is no kind of record \"%.60s\".", code);
}

const char *record_address(struct arena *arena, const struct plan_record_kind *kind,
                           const char *key, const char *rest)
{
    return arena_format(arena, "/records/%s/%s%s", kind->code, key, rest);
}

const char *record_sentence(struct arena *arena, const char *words)
{
    char *copy = arena_copy_text(arena, words);
    copy[0] = (char)toupper((unsigned char)copy[0]);
    return copy;
}

static enum status read_list(struct work *work, const struct call *call,
                             const struct plan_record_kind **out_kind, struct list_links *links)
{
    enum status status = record_kind_of(work, call, out_kind);
    if (status != STATUS_OK)
        return status;
    *links = (struct list_links){
        .arena = work->arena,
        .path = arena_format(work->arena, "/records/%s", call_parameter(call, "kind")),
        .list = plan_record_narrowing(work->arena, *out_kind),
    };
    return list_links_read(work, call, links);
}

enum status page_records(struct work *work, const struct call *call, struct page *out_page)
{
    const struct plan_record_kind *kind = NULL;
    struct list_links links;
    json_t *model = NULL;
    enum status status = read_list(work, call, &kind, &links);
    if (status == STATUS_OK)
        status = plan_record_list(work, kind, &links.asked, &model);
    if (status != STATUS_OK)
        return status;
    list_links_add(&links, model);
    json_object_set_new(model, "csvHref",
                        json_string(list_links_address(
                            &links, arena_format(work->arena, "%s/list.csv", links.path))));
    *out_page = (struct page){ .template = "pages/records.html",
                               .title = record_sentence(work->arena,
                                                        call_words(call, kind->entity->plural)),
                               .model = model };
    return STATUS_OK;
}

/* The same list as a file: the code, the words, and what it can be narrowed by. */
enum status page_records_csv(struct work *work, const struct call *call, struct page *out_page)
{
    const struct plan_record_kind *kind = NULL;
    struct list_links links;
    const char *headings[2 + NARROWING_FACETS_MOST] = { "code", "words" };
    json_t *model = NULL;
    enum status status = read_list(work, call, &kind, &links);
    links.asked.page = NARROWING_ALL;
    if (status == STATUS_OK)
        status = plan_record_list(work, kind, &links.asked, &model);
    if (status != STATUS_OK)
        return status;
    size_t columns = 2 + links.list->facet_count;
    for (size_t i = 2; i < columns; i++)
        headings[i] = links.list->facets[i - 2].name;
    const json_t *records = json_object_get(model, "records");
    size_t rows = json_array_size(records);
    struct slice *cells = arena_array_of(work->arena, rows * columns + 1, struct slice);
    for (size_t i = 0; i < rows * columns; i++) {
        const json_t *record = json_array_get(records, i / columns);
        size_t column = i % columns;
        cells[i] = slice_of(json_string_value(
            column == 0   ? json_object_get(record, "key")
            : column == 1 ? json_object_get(record, "words")
                          : json_array_get(json_object_get(record, "labels"), column - 2)));
    }
    const struct table_file table = {
        kind->code, kind->entity->plural, headings, columns, cells, rows, columns
    };
    status = table_file_answer(work, &table, false, out_page);
    json_decref(model);
    return status;
}

enum status page_record(struct work *work, const struct call *call, struct page *out_page)
{
    const struct plan_record_kind *kind = NULL;
    json_t *model = NULL;
    enum status status = record_kind_of(work, call, &kind);
    if (status == STATUS_OK)
        status = plan_record_view(work, kind, call_parameter(call, "code"), &model);
    if (status != STATUS_OK)
        return status;
    json_object_set_new(model, "remove", form_button("Take this away", "govuk-button--warning"));
    *out_page = (struct page){ .template = "pages/record.html",
                               .title = arena_copy_text(
                                   work->arena, json_string_value(json_object_get(model, "words"))),
                               .model = model,
                               .has_form = true };
    return STATUS_OK;
}

/* After a row that joins records is gone: the page of what it stood under. */
enum status page_record_remove(struct work *work, const struct call *call, struct page *out_page)
{
    const struct plan_record_kind *kind = NULL;
    const char *back = NULL;
    enum status status = record_kind_of(work, call, &kind);
    if (status == STATUS_OK)
        status = record_back(work, kind, call_parameter(call, "code"), &back);
    if (status == STATUS_OK)
        status = plan_record_remove(work, kind, call_parameter(call, "code"),
                                    form_number(call, "event"));
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = back, .done = "record-removed" };
    return status;
}
