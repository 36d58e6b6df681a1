#include "service/digest.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "document/document.h"
#include "document/render.h"
#include "document/runs.h"
#include "entity/field_text.h"
#include "model/digest_choice.h"
#include "model/message.h"
#include "model/reminder.h"
#include "service/account.h"
#include "service/permission.h"
#include "service/record.h"
#include "service/work_list.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { DAYS_OF_WEEK = 7 };

/* The same tree gives the plain text and the HTML. */
static struct document_tree *tree_of(struct work *work, const struct account *account,
                                     const struct digest_letter *letter, const struct list *items)
{
    const struct document_about about = {
        .title = letter->title,
        .subtitle = account->name,
        .created = slice_copy(work->arena, slice_first(slice_of(work->now), 10)),
    };
    struct document_tree *tree = document_new(work->arena, &about);
    struct document_block *list = document_add_list(tree, false);
    for (size_t i = 0; i < items->count; i++) {
        const struct work_item *item = items->items[i];
        struct document_runs *runs = document_list_add_item(list);
        if (*letter->address)
            runs_add_link(runs, item->title,
                          arena_format(work->arena, "%s%s", letter->address, item->path));
        else
            runs_add_strong(runs, item->title);
        runs_add_format(runs, ": %s%s%s", item->words, item->locked ? " " : "",
                        item->locked ? item->locked : "");
    }
    document_add_words(tree, letter->closing);
    return tree;
}

enum status digest_write(struct work *work, const struct account *account,
                         const struct digest_letter *letter, const struct list *items,
                         struct digest *out_digest)
{
    struct digest digest = { .items = items->count };
    struct document_tree *tree = tree_of(work, account, letter, items);
    enum status status = document_render(work, tree, "text", NULL, &digest.plain);
    if (status == STATUS_OK)
        status = document_render(work, tree, "html", NULL, &digest.html);
    if (status == STATUS_OK)
        *out_digest = digest;
    return status;
}

enum status digest_make(struct work *work, const struct account *account, const char *address,
                        struct digest *out_digest)
{
    struct actor actor = { .account = account->id,
                           .session = INTEGER_MISSING,
                           .code = account->code,
                           .name = account->name };
    const struct actor *before = work->actor;
    struct list items = { 0 };
    struct digest digest = { .items = 0 };
    enum status status = permission_load(work, account->id, &actor);
    work->actor = &actor;
    if (status == STATUS_OK)
        status = work_list_load(work, &items);
    work->actor = before;
    if (status != STATUS_OK || items.count == 0) {
        if (status == STATUS_OK)
            *out_digest = digest;
        return status;
    }
    const struct digest_letter letter = {
        .title = "What needs you",
        .closing = "You choose how often you are told this, on the page of your account or by "
                   "asking your administrator.",
        .address = address,
    };
    status = digest_write(work, account, &letter, &items, &digest);
    if (status != STATUS_OK)
        return status;
    digest.subject = arena_format(work->arena, "%zu thing%s need%s you", items.count,
                                  items.count == 1 ? "" : "s", items.count == 1 ? "s" : "");
    *out_digest = digest;
    return STATUS_OK;
}

/* The choice of an account; `id` is missing when it has made none. */
static enum status find_choice(struct work *work, int64_t account, struct digest_choice *choice)
{
    memcpy(choice, entity_row(work->arena, &digest_choice_entity), sizeof *choice);
    choice->account = account;
    enum status status = entity_store_find(work, &digest_choice_entity, choice, choice);
    if (status != STATUS_NOT_FOUND)
        return status;
    choice->id = INTEGER_MISSING;
    choice->account = account;
    choice->frequency = DIGEST_WEEKLY;
    return STATUS_OK;
}

static enum status keep_choice(struct work *work, struct audit *audit,
                               const struct digest_choice *before, struct digest_choice *after)
{
    after->event = audit_event_id(audit);
    return after->id == INTEGER_MISSING
               ? record_insert(work, audit, &digest_choice_entity, after)
               : record_change(work, audit, &digest_choice_entity, before, after);
}

static bool is_due(const struct digest_choice *choice, const char *today)
{
    struct date now, last;
    if (strcmp(choice->frequency, DIGEST_NEVER) == 0)
        return false;
    if (!date_read(slice_of(choice->last_made_on), &last) || !date_read(slice_of(today), &now))
        return true;
    int64_t days = date_days(now) - date_days(last);
    return days >= (strcmp(choice->frequency, DIGEST_DAILY) == 0 ? 1 : DAYS_OF_WEEK);
}

enum status digest_queue(struct work *work, struct audit *audit, const struct account *account,
                         const struct digest *digest)
{
    struct message *message = entity_row(work->arena, &message_entity);
    message->account = account->id;
    message->recipient = account->email;
    message->subject = digest->subject;
    message->plain = slice_copy(work->arena, digest->plain);
    message->html = slice_copy(work->arena, digest->html);
    message->state = MESSAGE_QUEUED;
    message->attempts = 0;
    message->next_attempt_at = message->created_at = work->now;
    message->event = audit_event_id(audit);
    return record_insert(work, audit, &message_entity, message);
}

/* Who was reminded today has heard of it. */
static enum status was_reminded(struct work *work, int64_t account, const char *today,
                                bool *out_was)
{
    struct list reminders = { 0 };
    enum status status = entity_store_list_of(work, &reminder_entity, "account", account,
                                              &reminders);
    *out_was = false;
    for (size_t i = 0; i < reminders.count; i++) {
        const struct reminder *reminder = reminders.items[i];
        *out_was = *out_was || strcmp(reminder->made_on, today) == 0;
    }
    return status;
}

static enum status queue_of(struct work *work, struct audit *audit, const struct account *account,
                            const char *address, int64_t *queued)
{
    struct digest_choice before, after;
    struct digest digest;
    const char *today = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    bool is_told = false;
    enum status status = find_choice(work, account->id, &before);
    if (status == STATUS_OK)
        status = was_reminded(work, account->id, today, &is_told);
    if (status != STATUS_OK || is_told || !is_due(&before, today))
        return status;
    status = digest_make(work, account, address, &digest);
    if (status != STATUS_OK || digest.items == 0)
        return status;
    after = before;
    after.last_made_on = today;
    status = digest_queue(work, audit, account, &digest);
    if (status == STATUS_OK)
        status = keep_choice(work, audit, &before, &after);
    *queued += status == STATUS_OK;
    return status;
}

enum status digest_queue_due(struct work *work, const char *address, int64_t *out_queued)
{
    struct list accounts = { 0 };
    struct audit *audit = NULL;
    int64_t queued = 0;
    enum status status = audit_begin(work, "queue-digests", "accounts", &audit);
    if (status != STATUS_OK)
        return status;
    status = entity_store_list(work, &account_entity, 0, &accounts);
    for (size_t i = 0; status == STATUS_OK && i < accounts.count; i++) {
        const struct account *account = accounts.items[i];
        if (strcmp(account->status, "open") == 0 && account->email)
            status = queue_of(work, audit, account, address, &queued);
    }
    status = record_end(work, audit, status);
    if (status == STATUS_OK)
        *out_queued = queued;
    return status;
}

enum status digest_frequency(struct work *work, int64_t account, const char **out_frequency)
{
    struct digest_choice choice;
    enum status status = find_choice(work, account, &choice);
    if (status == STATUS_OK)
        *out_frequency = choice.frequency;
    return status;
}

enum status digest_choose(struct work *work, const char *code, const char *frequency)
{
    struct account account;
    struct digest_choice before, after;
    struct audit *audit = NULL;
    const struct field *field = entity_field(&digest_choice_entity, "frequency");
    struct problems problems = { .arena = work->arena };
    enum status status = account_find(work, code, &account);
    bool is_own = work->actor && work->actor->account == account.id;
    if (status == STATUS_OK && !is_own)
        status = permission_require(work, RIGHT_ACCOUNTS_MANAGE, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, "choose-digest", code, &audit);
    if (status != STATUS_OK)
        return status;
    status = find_choice(work, account.id, &before);
    after = before;
    if (status == STATUS_OK &&
        !field_read(work->arena, field, slice_of(frequency), &after, &problems, NULL)) {
        const struct problem *first = problems.list.items[0];
        status = work_fail(work, STATUS_INPUT, "%s", first->words);
    }
    if (status == STATUS_OK && field_is_missing(field, &after))
        status = work_fail(work, STATUS_INPUT, "Say how often: daily, weekly or never.");
    if (status == STATUS_OK)
        status = keep_choice(work, audit, &before, &after);
    return record_end(work, audit, status);
}
