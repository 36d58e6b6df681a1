#include "service/reminder.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/reminder.h"
#include "model/unit.h"
#include "service/permission.h"
#include "service/record.h"
#include "service/return_board.h"
#include "service/return_calendar.h"
#include "service/work_list.h"
#include "store/entity_store.h"
#include "store/progress_store.h"
#include "base/banned.h"

/* A return that is not submitted and has come to one of its days. */
struct pending {
    const struct directorate_return *head;
    const struct unit *unit;
    const char *kind;
    const char *title, *words, *path;
    int64_t days_late;
    bool has_supplier; /* somebody besides the lead supplies it */
};

/* How an account stands to a return. */
enum part { PART_NONE, PART_SUPPLIER, PART_LEAD };

static struct date today_of(const struct work *work)
{
    struct date today = { 0, 0, 0 };
    (void)date_read(slice_first(slice_of(work->now), 10), &today);
    return today;
}

/* Which of its days a return has come to; NULL before the first and from the lock on. The days of
 * the calendar stand around the day on which the return is due, wherever that has moved. */
static const char *kind_of(const struct directorate_return *head,
                           const struct return_calendar *calendar, struct date today)
{
    struct date due, locks;
    if (!date_read(slice_of(head->due_on), &due))
        return NULL;
    int64_t before = date_days(calendar->due) - date_days(calendar->remind);
    int64_t after = date_days(calendar->remind_late) - date_days(calendar->due);
    int64_t late = date_days(today) - date_days(due);
    bool is_locked = date_read(slice_of(head->lock_on), &locks) && date_compare(today, locks) >= 0;
    if (is_locked || late < -before)
        return NULL;
    return late >= after ? REMINDER_LATE : late >= 0 ? REMINDER_DUE : REMINDER_BEFORE;
}

static const char *words_of(struct arena *arena, const struct pending *pending, size_t rows,
                            size_t answered)
{
    struct date due = { 0, 0, 0 };
    (void)date_read(slice_of(pending->head->due_on), &due);
    int64_t days = pending->days_late;
    const char *when = days == 0 ? "It is due today"
                       : days < 0
                           ? arena_format(arena, "It is due on %s, in %" PRId64 " day%s",
                                          date_print_long(arena, due), -days, days == -1 ? "" : "s")
                           : arena_format(arena, "It was due on %s, %" PRId64 " day%s ago",
                                          date_print_long(arena, due), days, days == 1 ? "" : "s");
    return arena_format(arena, "%s. %zu of %zu rows are answered.", when, answered, rows);
}

static enum status add_pending(struct work *work, const struct directorate_return *head,
                               int start_month, struct list *pendings)
{
    struct period period;
    struct return_calendar calendar;
    struct pending *pending = arena_new_of(work->arena, struct pending);
    struct unit *unit = entity_row(work->arena, &unit_entity);
    size_t rows = 0, answered = 0;
    if (strcmp(head->state, RETURN_DUE) != 0 || !period_read(slice_of(head->period), &period))
        return STATUS_OK;
    enum status status = return_calendar_load(work, period, start_month, &calendar);
    if (status == STATUS_INPUT) {
        work_forget(work); /* a kind of period that has no days is not reminded of */
        return STATUS_OK;
    }
    pending->kind = status == STATUS_OK ? kind_of(head, &calendar, today_of(work)) : NULL;
    if (!pending->kind)
        return status;
    status = entity_store_get(work, &unit_entity, head->unit, unit);
    if (status == STATUS_OK)
        status = return_board_count(work, head->id, &rows, &answered);
    pending->head = head;
    pending->unit = unit;
    pending->days_late = return_days_late(head, date_print(work->arena, today_of(work)));
    pending->title = arena_format(work->arena, "%s, %s", unit->name,
                                  period_print_long(work->arena, period));
    pending->words = words_of(work->arena, pending, rows, answered);
    pending->path = arena_format(work->arena, "/returns/%s/%s", head->period, unit->code);
    list_add(work->arena, pendings, pending);
    return status;
}

/* Whoever may freeze everything is no supplier of any one return. */
static enum status part_of(struct work *work, const struct account *account, int64_t unit,
                           enum part *out_part)
{
    struct actor actor = { .account = account->id,
                           .session = INTEGER_MISSING,
                           .code = account->code,
                           .name = account->name };
    const struct actor *before = work->actor;
    bool fills = false, approves = false, freezes = false;
    enum status status = permission_load(work, account->id, &actor);
    work->actor = &actor;
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_RETURN_FILL, unit, &fills);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_RETURN_APPROVE, unit, &approves);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_RETURN_FREEZE, unit, &freezes);
    work->actor = before;
    *out_part = approves ? PART_LEAD : fills && !freezes ? PART_SUPPLIER : PART_NONE;
    return status;
}

static bool is_reachable(const struct account *account)
{
    return strcmp(account->status, "open") == 0 && account->email;
}

static enum status find_suppliers(struct work *work, const struct list *accounts,
                                  struct list *pendings)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < pendings->count; i++) {
        struct pending *pending = pendings->items[i];
        for (size_t k = 0; status == STATUS_OK && k < accounts->count; k++) {
            enum part part = PART_NONE;
            if (!is_reachable(accounts->items[k]) || pending->has_supplier)
                continue;
            status = part_of(work, accounts->items[k], pending->head->unit, &part);
            pending->has_supplier = part == PART_SUPPLIER;
        }
    }
    return status;
}

static int by_pressure(const void *a, const void *b)
{
    const struct pending *left = *(struct pending *const *)a;
    const struct pending *right = *(struct pending *const *)b;
    if (left->days_late != right->days_late)
        return left->days_late > right->days_late ? -1 : 1;
    return strcmp(left->title, right->title);
}

static enum status load_pendings(struct work *work, const struct list *accounts,
                                 struct list *out_pendings)
{
    struct list returns = { 0 }, pendings = { 0 };
    struct authority *authority = NULL;
    enum status status = progress_store_authority(work, &authority);
    if (status == STATUS_OK)
        status = entity_store_list(work, &directorate_return_entity, 0, &returns);
    for (size_t i = 0; status == STATUS_OK && authority && i < returns.count; i++)
        status = add_pending(work, returns.items[i], (int)authority->year_start_month, &pendings);
    if (status == STATUS_OK)
        status = find_suppliers(work, accounts, &pendings);
    if (status != STATUS_OK)
        return status;
    if (pendings.count > 0)
        qsort(pendings.items, pendings.count, sizeof *pendings.items, by_pressure);
    *out_pendings = pendings;
    return STATUS_OK;
}

static enum status was_made(struct work *work, const struct account *account,
                            const struct pending *pending, bool *out_was)
{
    struct reminder *reminder = entity_row(work->arena, &reminder_entity);
    reminder->directorate_return = pending->head->id;
    reminder->account = account->id;
    reminder->kind = pending->kind;
    enum status status = entity_store_find(work, &reminder_entity, reminder, reminder);
    *out_was = status == STATUS_OK;
    return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

/* What of it is the account's and has not been told. */
static enum status mine(struct work *work, const struct account *account,
                        const struct list *pendings, struct list *out_mine)
{
    struct list found = { 0 };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < pendings->count; i++) {
        struct pending *pending = pendings->items[i];
        enum part part = PART_NONE;
        bool was = false;
        status = part_of(work, account, pending->head->unit, &part);
        bool is_leads = strcmp(pending->kind, REMINDER_LATE) == 0 || !pending->has_supplier;
        if (status != STATUS_OK || part == PART_NONE || (part == PART_LEAD && !is_leads))
            continue;
        status = was_made(work, account, pending, &was);
        if (!was)
            list_add(work->arena, &found, pending);
    }
    if (status == STATUS_OK)
        *out_mine = found;
    return status;
}

static enum status write_letter(struct work *work, const struct account *account,
                                const struct list *pendings, const char *address,
                                struct digest *out_digest)
{
    struct list items = { 0 };
    const struct digest_letter letter = {
        .title = "Returns to submit",
        .closing = "You are reminded of a return before it is due, on the day and when it is late, "
                   "each once.",
        .address = address,
    };
    for (size_t i = 0; i < pendings->count; i++) {
        const struct pending *pending = pendings->items[i];
        struct work_item *item = arena_new_of(work->arena, struct work_item);
        *item = (struct work_item){ .title = pending->title,
                                    .words = pending->words,
                                    .path = pending->path,
                                    .days_late = pending->days_late };
        list_add(work->arena, &items, item);
    }
    enum status status = digest_write(work, account, &letter, &items, out_digest);
    const struct pending *first = pendings->items[0];
    const char *when = first->days_late > 0    ? "Late"
                       : first->days_late == 0 ? "Due today"
                                               : "Due soon";
    out_digest->subject = pendings->count == 1
                              ? arena_format(work->arena, "%s: the return of %s", when,
                                             first->title)
                              : arena_format(work->arena, "%s: %zu returns", when, pendings->count);
    return status;
}

enum status reminder_make(struct work *work, const struct account *account, const char *address,
                          struct digest *out_digest)
{
    struct list accounts = { 0 }, pendings = { 0 }, own = { 0 };
    *out_digest = (struct digest){ .items = 0 };
    enum status status = entity_store_list(work, &account_entity, 0, &accounts);
    if (status == STATUS_OK)
        status = load_pendings(work, &accounts, &pendings);
    if (status == STATUS_OK)
        status = mine(work, account, &pendings, &own);
    return status == STATUS_OK && own.count > 0
               ? write_letter(work, account, &own, address, out_digest)
               : status;
}

static enum status queue_of(struct work *work, struct audit *audit, const struct account *account,
                            const struct list *pendings, const char *address)
{
    struct digest digest;
    enum status status = write_letter(work, account, pendings, address, &digest);
    if (status == STATUS_OK)
        status = digest_queue(work, audit, account, &digest);
    for (size_t i = 0; status == STATUS_OK && i < pendings->count; i++) {
        const struct pending *pending = pendings->items[i];
        struct reminder *reminder = entity_row(work->arena, &reminder_entity);
        reminder->directorate_return = pending->head->id;
        reminder->account = account->id;
        reminder->kind = pending->kind;
        reminder->made_on = date_print(work->arena, today_of(work));
        status = record_insert(work, audit, &reminder_entity, reminder);
    }
    return status;
}

enum status reminder_queue_due(struct work *work, const char *address, int64_t *out_queued)
{
    struct list accounts = { 0 }, pendings = { 0 };
    struct audit *audit = NULL;
    int64_t queued = 0;
    enum status status = audit_begin(work, "queue-reminders", "returns", &audit);
    if (status != STATUS_OK)
        return status;
    status = entity_store_list(work, &account_entity, 0, &accounts);
    if (status == STATUS_OK)
        status = load_pendings(work, &accounts, &pendings);
    for (size_t i = 0; status == STATUS_OK && i < accounts.count; i++) {
        struct list own = { 0 };
        if (!is_reachable(accounts.items[i]))
            continue;
        status = mine(work, accounts.items[i], &pendings, &own);
        if (status == STATUS_OK && own.count > 0) {
            status = queue_of(work, audit, accounts.items[i], &own, address);
            queued++;
        }
    }
    status = record_end(work, audit, status);
    if (status == STATUS_OK)
        *out_queued = queued;
    return status;
}
