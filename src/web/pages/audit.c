/* The audit: its events narrowed by who, what and when; one event with what changed; as CSV. */
#include "service/audit_view.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/moment.h"
#include "base/text.h"
#include "codec/csv_writer.h"
#include "codec/urlencoded.h"
#include "service/audit_words.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

enum { ADDRESS_MOST = 4096, CSV_MOST = 64 * 1024 * 1024 };

static const char *wanted_day(struct work *work, const struct call *call, const char *name,
                              struct problems *problems)
{
    struct date date;
    const char *typed = call_asked(call, name);
    if (!typed)
        return NULL;
    if (date_read_british(slice_trim(slice_of(typed)), &date))
        return date_print(work->arena, date);
    problem_add(problems, name, "The day must be a date, such as 1 April 2026");
    return NULL;
}

static struct audit_filter filter_of(struct work *work, const struct call *call,
                                     struct problems *problems)
{
    int64_t before = 0;
    const char *typed = call_asked(call, "before");
    bool is_number = typed && slice_integer(slice_of(typed), &before);
    return (struct audit_filter){ .who = call_asked(call, "who"),
                                  .operation = call_asked(call, "operation"),
                                  .from = wanted_day(work, call, "from", problems),
                                  .to = wanted_day(work, call, "to", problems),
                                  .before = is_number ? before : INTEGER_MISSING };
}

/* The same list from another event on, or as a file. */
static const char *address(struct arena *arena, const char *path, const struct audit_filter *filter,
                           int64_t before)
{
    struct text query = text_new(arena, ADDRESS_MOST);
    const struct {
        const char *name, *value;
    } parts[] = { { "who", filter->who },
                  { "operation", filter->operation },
                  { "from", filter->from },
                  { "to", filter->to } };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].value)
            urlencoded_add(&query, parts[i].name, slice_of(parts[i].value));
    if (before != INTEGER_MISSING)
        urlencoded_add(&query, "before", slice_of(arena_format(arena, "%" PRId64, before)));
    return arena_format(arena, "%s%s%s", path, query.length ? "?" : "", query.bytes);
}

static json_t *event_of(struct work *work, const struct audit_event *event)
{
    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:I, s:s?}", "number",
                     (json_int_t)event->id, "at", event->at, "when",
                     moment_print_long(work->arena, event->at), "who", event->who, "operation",
                     event->operation, "operationWords", audit_operation_words(event->operation),
                     "subject", event->subject, "fields", event->fields, "recordsWords",
                     audit_records_words(work->arena, event->fields), "rows",
                     (json_int_t)event->row_count, "hash", event->hash);
}

static enum status operation_items(struct work *work, const struct call *call, const char *chosen,
                                   json_t *items)
{
    struct list operations = { 0 };
    enum status status = audit_view_operations(work, &operations);
    json_array_append_new(items, form_item("", "All", NULL, chosen ? chosen : ""));
    for (size_t i = 0; status == STATUS_OK && i < operations.count; i++)
        json_array_append_new(
            items, form_item(operations.items[i],
                             call_words(call, audit_operation_words(operations.items[i])), NULL,
                             chosen ? chosen : ""));
    return status;
}

static void add_filter(const struct call *call, json_t *operations, const struct problems *problems,
                       json_t *model)
{
    const struct form_field fields[] = {
        { .name = "who",
          .label = "Who",
          .hint = "The short name of an account",
          .value = call_asked(call, "who") },
        { .name = "operation", .label = "What was done", .items = operations },
        { .name = "from",
          .label = "From",
          .hint = "Such as 1 April 2026",
          .value = call_asked(call, "from"),
          .classes = "govuk-input--width-10" },
        { .name = "to",
          .label = "To",
          .value = call_asked(call, "to"),
          .classes = "govuk-input--width-10" },
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], problems));
    json_object_set_new(model, "submit", form_button("Show", NULL));
    form_tell(model, problems);
}

enum status page_audit(struct work *work, const struct call *call, struct page *out_page)
{
    bool has_more = false;
    struct list events = { 0 };
    struct problems problems = form_problems(work);
    struct audit_filter filter = filter_of(work, call, &problems);
    json_t *list = json_array(), *operations = json_array(), *model = json_object();
    json_object_set_new(model, "events", list);
    *out_page = (struct page){ .template = "pages/audit.html",
                               .title = WORDS("Audit"),
                               .model = model };
    enum status status = operation_items(work, call, filter.operation, operations);
    add_filter(call, operations, &problems, model);
    if (status == STATUS_OK)
        status = audit_view_events(work, &filter, AUDIT_VIEW_PAGE, &events, &has_more);
    for (size_t i = 0; status == STATUS_OK && i < events.count; i++)
        json_array_append_new(list, event_of(work, events.items[i]));
    if (status == STATUS_OK && has_more) {
        const struct audit_event *last = events.items[events.count - 1];
        json_object_set_new(model, "older",
                            json_string(address(work->arena, "/audit", &filter, last->id)));
    }
    json_object_set_new(model, "csv",
                        json_string(address(work->arena, "/audit.csv", &filter, INTEGER_MISSING)));
    return status;
}

enum status page_audit_event(struct work *work, const struct call *call, struct page *out_page)
{
    struct audit_event event;
    struct list changes = { 0 };
    int64_t id = 0;
    if (!slice_integer(slice_of(call_parameter(call, "number")), &id))
        return STATUS_NOT_FOUND;
    enum status status = audit_view_event(work, id, &event, &changes);
    if (status != STATUS_OK)
        return status;
    json_t *model = event_of(work, &event), *list = json_array();
    for (size_t i = 0; i < changes.count; i++) {
        const struct row_change *change = changes.items[i];
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:I, s:s, s:s, s:s?, s:s?}", "entity", change->entity,
                            "entityWords", audit_entity_words(change->entity), "row",
                            (json_int_t)change->row_id, "field", change->field, "fieldWords",
                            audit_field_words(change->entity, change->field), "from",
                            change->old_value, "to", change->new_value));
    }
    json_object_set_new(model, "changes", list);
    json_object_set_new(model, "breadcrumbs",
                        json_pack("{s:[{s:s, s:s}]}", "items", "text", "Audit", "href", "/audit"));
    *out_page = (struct page){ .template = "pages/audit-event.html",
                               .title = arena_format(work->arena, WORDS("Event %lld"),
                                                     (long long)id),
                               .model = model };
    return STATUS_OK;
}

static void add_row(struct work *work, struct text *text, const struct audit_event *event)
{
    const char *const cells[] = { arena_format(work->arena, "%" PRId64, event->id),
                                  event->at,
                                  event->who,
                                  event->operation,
                                  event->subject,
                                  event->fields,
                                  arena_format(work->arena, "%" PRId64, event->row_count),
                                  event->hash };
    enum { CELLS = sizeof cells / sizeof *cells };
    struct slice slices[CELLS];
    for (size_t i = 0; i < CELLS; i++)
        slices[i] = slice_of(cells[i]);
    csv_write_row(text, slices, CELLS);
}

enum status page_audit_csv(struct work *work, const struct call *call, struct page *out_page)
{
    static const char heading[] = "number,at,who,operation,subject,fields,rows,hash\r\n";
    bool has_more = false;
    struct list events = { 0 };
    struct problems problems = form_problems(work);
    struct audit_filter filter = filter_of(work, call, &problems);
    struct text text = text_new(work->arena, CSV_MOST);
    enum status status = audit_view_events(work, &filter, AUDIT_VIEW_FILE, &events, &has_more);
    text_add(&text, heading);
    for (size_t i = 0; status == STATUS_OK && i < events.count; i++)
        add_row(work, &text, events.items[i]);
    if (status == STATUS_OK && (has_more || text.is_full))
        return work_fail(work, STATUS_LIMIT, "The file would have more than %d events.",
                         AUDIT_VIEW_FILE);
    if (status != STATUS_OK)
        return status;
    *out_page = (struct page){ .response = { .media_type = "text/csv; charset=utf-8",
                                             .body = text_slice(&text) } };
    response_is_file(work->arena, &out_page->response, "audit.csv");
    return STATUS_OK;
}
