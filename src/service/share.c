#include "service/share.h"

#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "entity/field_text.h"
#include "service/permission.h"
#include "service/record.h"
#include "service/token.h"
#include "store/entity_store.h"
#include "base/banned.h"

static enum status may_share(struct work *work)
{
    return permission_require(work, RIGHT_REPORT_MAKE, INTEGER_MISSING);
}

bool share_holds(const struct work *work, const struct shared_link *link)
{
    return !link->withdrawn_at && strncmp(work->now, link->valid_to, 10) <= 0;
}

/* The last day: not before today, and within a year. */
static void read_day(struct work *work, const char *typed, struct problems *problems,
                     struct shared_link *link)
{
    struct date day, today;
    if (!date_read_british(slice_trim(slice_of(typed ? typed : "")), &day) ||
        !date_read(slice_first(slice_of(work->now), 10), &today)) {
        problem_add(problems, "to", "Say to which day the link is good, such as 31 March 2027");
        return;
    }
    link->valid_to = date_print(work->arena, day);
    int64_t days = date_days(day) - date_days(today);
    if (days < 0 || days > SHARE_DAYS_MOST)
        problem_add(problems, "to", "The link must be good to a day from today to a year from now");
}

static enum status read_details(struct work *work, const struct share_details *details,
                                struct problems *problems, struct shared_link *link)
{
    struct document key = { .code = details->document }, document;
    link->reader = slice_copy(work->arena, slice_trim(slice_of(details->reader)));
    if (!*link->reader || strlen(link->reader) > 200)
        problem_add(problems, "for", "Say for whom the link is, in 200 characters at most");
    read_day(work, details->valid_to, problems, link);
    enum status status = entity_store_find(work, &document_entity, &key, &document);
    if (status == STATUS_OK && document.state && strcmp(document.state, "frozen") == 0) {
        link->document = document.id;
        return STATUS_OK;
    }
    if (!*details->document)
        problem_add(problems, "document", "Choose the document");
    else if (status == STATUS_OK || status == STATUS_NOT_FOUND)
        problem_add(problems, "document", "There is no frozen document \"%.60s\"",
                    details->document);
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

enum status share_make(struct work *work, const struct share_details *details,
                       struct problems *problems, const char **out_token)
{
    struct audit *audit = NULL;
    struct token token = token_new();
    struct shared_link *link = entity_row(work->arena, &shared_link_entity);
    enum status status = may_share(work);
    if (status == STATUS_OK)
        status = read_details(work, details, problems, link);
    if (status != STATUS_OK || problems->list.count)
        return status;
    link->token = token.hash;
    status = audit_begin(work, "share", details->document, &audit);
    if (status != STATUS_OK)
        return status;
    status = record_end(work, audit, record_insert(work, audit, &shared_link_entity, link));
    if (status == STATUS_OK)
        *out_token = arena_copy_text(work->arena, token.text);
    return status;
}

static enum status withdraw(struct work *work, struct audit *audit, int64_t number)
{
    struct shared_link link, before;
    enum status status = entity_store_get(work, &shared_link_entity, number, &before);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no link with the number %lld.", (long long)number);
    link = before;
    if (status != STATUS_OK || link.withdrawn_at)
        return status;
    link.withdrawn_at = work->now;
    return record_change(work, audit, &shared_link_entity, &before, &link);
}

enum status share_withdraw(struct work *work, int64_t number)
{
    struct audit *audit = NULL;
    enum status status = may_share(work);
    if (status == STATUS_OK)
        status = audit_begin(work, "withdraw-share",
                             arena_format(work->arena, "link %lld", (long long)number), &audit);
    if (status != STATUS_OK)
        return status;
    return record_end(work, audit, withdraw(work, audit, number));
}

enum status share_list(struct work *work, struct list *out_links)
{
    enum status status = may_share(work);
    return status == STATUS_OK ? entity_store_list(work, &shared_link_entity, 0, out_links)
                               : status;
}

enum status share_open(struct work *work, const char *token, struct shared_link *out_link,
                       struct document *out_document)
{
    char hash[HASH_TEXT_LENGTH + 1];
    token_hash(token, hash);
    struct shared_link key = { .token = hash };
    enum status status = entity_store_find(work, &shared_link_entity, &key, out_link);
    if (status == STATUS_OK && !share_holds(work, out_link))
        status = STATUS_NOT_FOUND;
    if (status == STATUS_OK)
        status = entity_store_get(work, &document_entity, out_link->document, out_document);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "This link was withdrawn, or its day is past.");
    return status;
}
