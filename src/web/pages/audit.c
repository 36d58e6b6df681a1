/* The audit: its events narrowed by who, what and when; one event with what changed; as CSV. */
#include "service/audit_view.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/moment.h"
#include "base/text.h"
#include "codec/csv_writer.h"
#include "service/audit_words.h"
#include "web/form.h"
#include "web/pages/list_links.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

enum { CSV_MOST = 64 * 1024 * 1024 };

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

/* What is asked of the audit: choices by links, and days that are typed. */
struct asked {
    struct list_links links;
    struct audit_filter filter;
};

static enum status read_asked(struct work *work, const struct call *call, struct problems *problems,
                              struct asked *out_asked)
{
    int64_t before = 0;
    const char *typed = call_asked(call, "before");
    bool is_number = typed && slice_integer(slice_of(typed), &before);
    struct asked asked = {
        .links = { .arena = work->arena,
                   .path = "/audit",
                   .list = &audit_view_narrowing,
                   .kept = { { "from", call_asked(call, "from") },
                             { "to", call_asked(call, "to") } } },
    };
    enum status status = list_links_read(work, call, &asked.links);
    asked.filter = (struct audit_filter){
        .who = asked.links.asked.wanted[AUDIT_FACET_WHO],
        .operation = asked.links.asked.wanted[AUDIT_FACET_OPERATION],
        .from = wanted_day(work, call, "from", problems),
        .to = wanted_day(work, call, "to", problems),
        .before = is_number ? before : INTEGER_MISSING,
    };
    *out_asked = asked;
    return status;
}

/* The same list from another event on. */
static const char *older_address(const struct asked *asked, int64_t before)
{
    const char *here = list_links_address(&asked->links, "/audit");
    return arena_format(asked->links.arena, "%s%cbefore=%" PRId64, here,
                        strchr(here, '?') ? '&' : '?', before);
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

static void add_days(const struct call *call, const struct problems *problems, json_t *model)
{
    const struct form_field fields[] = {
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
    json_object_set_new(model, "submit", form_button("Show", "govuk-button--secondary"));
    form_tell(model, problems);
}

enum status page_audit(struct work *work, const struct call *call, struct page *out_page)
{
    bool has_more = false;
    struct list events = { 0 };
    struct problems problems = form_problems(work);
    struct asked asked;
    json_t *list = json_array(), *facets = NULL, *model = json_object();
    json_object_set_new(model, "events", list);
    *out_page = (struct page){ .template = "pages/audit.html",
                               .title = WORDS("Audit"),
                               .model = model };
    enum status status = read_asked(work, call, &problems, &asked);
    if (status == STATUS_OK)
        status = audit_view_facets(work, &asked.filter, &facets);
    if (status == STATUS_OK)
        status = audit_view_events(work, &asked.filter, AUDIT_VIEW_PAGE, &events, &has_more);
    if (status != STATUS_OK)
        return status;
    for (size_t i = 0; i < events.count; i++)
        json_array_append_new(list, event_of(work, events.items[i]));
    add_days(call, &problems, model);
    json_object_set_new(model, "facets", facets);
    list_links_add(&asked.links, model);
    json_object_set_new(model, "kept", list_links_kept(&asked.links));
    if (has_more) {
        const struct audit_event *last = events.items[events.count - 1];
        json_object_set_new(model, "older", json_string(older_address(&asked, last->id)));
    }
    json_object_set_new(model, "csv", json_string(list_links_address(&asked.links, "/audit.csv")));
    return STATUS_OK;
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
    struct asked asked;
    struct text text = text_new(work->arena, CSV_MOST);
    enum status status = read_asked(work, call, &problems, &asked);
    if (status == STATUS_OK)
        status = audit_view_events(work, &asked.filter, AUDIT_VIEW_FILE, &events, &has_more);
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
