/* The links with which people without an account read a frozen document: made, listed, ended. */
#include "service/share.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "service/related.h"
#include "store/entity_store.h"
#include "web/form.h"
#include "web/pages/pages.h"
#include "web/routes.h"

#include "base/banned.h"

static enum status links_json(struct work *work, const struct list *documents, json_t **out_links)
{
    struct list links = { 0 };
    enum status status = share_list(work, &links);
    if (status != STATUS_OK)
        return status;
    *out_links = json_array();
    for (size_t i = links.count; i-- > 0;) {
        const struct shared_link *link = links.items[i];
        const struct document *document = related_get(documents, &document_entity, link->document);
        struct date day;
        bool is_day = date_read(slice_of(link->valid_to), &day);
        json_array_append_new(
            *out_links,
            json_pack("{s:I, s:s, s:s, s:s, s:b, s:b}", "number", (json_int_t)link->id,
                      "documentTitle", document ? document->title : "", "reader", link->reader,
                      "to", is_day ? date_print_long(work->arena, day) : link->valid_to, "holds",
                      share_holds(work, link), "isWithdrawn", link->withdrawn_at != NULL));
    }
    return STATUS_OK;
}

static json_t *document_items(const struct call *call, const struct list *documents)
{
    const char *chosen = form_value(call, "document");
    json_t *items = json_array();
    json_array_append_new(items, form_item("", "Choose a document", NULL, chosen));
    for (size_t i = documents->count; i-- > 0;) {
        const struct document *document = documents->items[i];
        if (document->state && strcmp(document->state, "frozen") == 0)
            json_array_append_new(items,
                                  form_data_item(call, document->code, document->title, chosen));
    }
    return items;
}

static enum status show(struct work *work, const struct call *call, const struct problems *problems,
                        struct page *out_page)
{
    struct list documents = { 0 };
    json_t *links = NULL;
    enum status status = entity_store_list(work, &document_entity, 0, &documents);
    if (status == STATUS_OK)
        status = links_json(work, &documents, &links);
    if (status != STATUS_OK)
        return status;
    const struct form_field fields[] = {
        { .name = "document",
          .label = "Document",
          .hint = "Only a frozen document is shared: it stays as it is",
          .items = document_items(call, &documents) },
        { .name = "for",
          .label = "For whom",
          .hint = "Such as a union, a voluntary organisation or a partner. It stands above the "
                  "document.",
          .value = form_value(call, "for") },
        { .name = "to",
          .label = "Last day on which the link is good",
          .hint = "For example, 31 March 2027; a year from now at most",
          .value = form_value(call, "to"),
          .classes = "govuk-input--width-10" },
    };
    json_t *model = json_pack("{s:o, s:o, s:o}", "links", links, "submit",
                              form_button("Make a link", NULL), "withdraw",
                              form_button("End it", "govuk-button--secondary"));
    for (size_t i = 0; i < ARRAY_COUNT(fields); i++)
        json_object_set_new(model, fields[i].name, form_field(&fields[i], problems));
    form_tell(model, problems);
    *out_page = (struct page){ .template = "pages/shares.html",
                               .title = WORDS("Shared documents"),
                               .model = model,
                               .has_form = true };
    return STATUS_OK;
}

enum status page_shares(struct work *work, const struct call *call, struct page *out_page)
{
    return show(work, call, NULL, out_page);
}

/* The link is shown once, here and nowhere else. */
enum status page_share_sent(struct work *work, const struct call *call, struct page *out_page)
{
    struct problems problems = form_problems(work);
    const struct share_details details = { form_value(call, "document"), form_value(call, "for"),
                                           form_value(call, "to") };
    const char *token = NULL;
    enum status status = share_make(work, &details, &problems, &token);
    if (status == STATUS_OK && problems.list.count)
        return show(work, call, &problems, out_page);
    if (status != STATUS_OK)
        return status;
    const char *address = call_site_address(work, call);
    *out_page = (struct page){
        .template = "pages/share-made.html",
        .title = WORDS("A link to read the document"),
        .model = json_pack("{s:s, s:s, s:s}", "reader", details.reader, "to", details.valid_to,
                           "link", arena_format(work->arena, "%s/shared/%s", address, token)),
    };
    return STATUS_OK;
}

enum status page_share_withdraw(struct work *work, const struct call *call, struct page *out_page)
{
    int64_t number = INTEGER_MISSING;
    if (!slice_integer(slice_of(call_parameter(call, "number")), &number))
        return work_fail(work, STATUS_NOT_FOUND, "There is no such link.");
    enum status status = share_withdraw(work, number);
    if (status == STATUS_OK)
        *out_page = (struct page){ .redirect = "/shares", .done = "share-ended" };
    return status;
}
