#include "service/work_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/states/return_states.h"
#include "model/measure.h"
#include "model/unit.h"
#include "service/approval.h"
#include "service/permission.h"
#include "service/return_sheet.h"
#include "service/sponsor.h"
#include "service/value_comments.h"
#include "store/entity_store.h"
#include "base/banned.h"

struct reach_of {
    bool fill, approve, freeze;
};

static enum status reach(struct work *work, int64_t unit, struct reach_of *out_reach)
{
    enum status status = permission_allows(work, RIGHT_RETURN_FILL, unit, &out_reach->fill);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_RETURN_APPROVE, unit, &out_reach->approve);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_RETURN_FREEZE, unit, &out_reach->freeze);
    return status;
}

static const char *long_day(struct arena *arena, const char *day)
{
    struct date date;
    return date_read(slice_of(day), &date) ? date_print_long(arena, date) : "";
}

static const char *due_words(struct arena *arena, const struct directorate_return *head,
                             int64_t days)
{
    if (days == INTEGER_MISSING)
        return "Submit it.";
    if (days > 0)
        return arena_format(arena, "It was due on %s. Days late: %lld. Submit it.",
                            long_day(arena, head->due_on), (long long)days);
    return arena_format(arena, "Submit it by %s.", long_day(arena, head->due_on));
}

/* Whether the return needs somebody of that reach, and for what. A revision is the policy officer's
 * to finish. */
static bool describe(struct arena *arena, const struct directorate_return *head,
                     struct reach_of reach, struct work_item *item)
{
    const char *state = head->state;
    if (strcmp(state, RETURN_SUBMITTED) == 0 && reach.approve) {
        item->kind = WORK_RETURN_APPROVE;
        item->words = "It is submitted. Approve it, or send it back with a reason.";
        item->locked = NULL;
    } else if (strcmp(state, RETURN_APPROVED) == 0 && reach.freeze) {
        item->kind = WORK_RETURN_FREEZE;
        item->words = "It is approved. Freeze it, or send it back with a reason.";
        item->locked = NULL;
    } else if (strcmp(state, RETURN_SENT_BACK) == 0 && reach.fill) {
        item->kind = WORK_RETURN_BACK;
        item->words = "It was sent back. Read why, mend it and submit it again.";
    } else if (strcmp(state, RETURN_DUE) == 0 && reach.fill) {
        bool is_late = item->days_late != INTEGER_MISSING && item->days_late > 0;
        item->kind = is_late ? WORK_RETURN_LATE : WORK_RETURN_DUE;
        item->words = due_words(arena, head, item->days_late);
    } else if (strcmp(state, RETURN_REVISED) == 0 && reach.freeze) {
        item->kind = WORK_RETURN_FREEZE;
        item->words = "It is open for a revision. Record the revision.";
    } else {
        return false;
    }
    return true;
}

static enum status add(struct work *work, const struct directorate_return *head, struct list *items)
{
    struct reach_of mine = { false, false, false };
    struct period period;
    const char *day = slice_copy(work->arena, slice_first(slice_of(work->now), 10));
    struct work_item *item = arena_new_of(work->arena, struct work_item);
    struct unit *unit = entity_row(work->arena, &unit_entity);
    enum status status = reach(work, head->unit, &mine);
    item->days_late = return_days_late(head, day);
    item->locked = return_locked_words(work->arena, head, day);
    if (status != STATUS_OK || !describe(work->arena, head, mine, item) ||
        !period_read(slice_of(head->period), &period))
        return status;
    status = entity_store_get(work, &unit_entity, head->unit, unit);
    if (status != STATUS_OK)
        return status;
    item->title = arena_format(work->arena, "%s, %s", unit->name,
                               period_print_long(work->arena, period));
    item->path = arena_format(work->arena, "/returns/%s/%s", head->period, unit->code);
    list_add(work->arena, items, item);
    return STATUS_OK;
}

/* What was asked about a figure of a unit whose returns this person writes. */
static enum status add_follow_up(struct work *work, const struct value_comment *comment,
                                 struct list *items)
{
    bool is_mine = false;
    struct measure *measure = entity_row(work->arena, &measure_entity);
    struct period period;
    struct unit *unit = entity_row(work->arena, &unit_entity);
    struct work_item *item = arena_new_of(work->arena, struct work_item);
    enum status status = permission_allows(work, RIGHT_RETURN_FILL, comment->unit, &is_mine);
    if (status != STATUS_OK || !is_mine || !period_read(slice_of(comment->period), &period))
        return status;
    status = entity_store_get(work, &unit_entity, comment->unit, unit);
    if (status == STATUS_OK)
        status = entity_store_get(work, &measure_entity, comment->measure, measure);
    if (status != STATUS_OK)
        return status;
    struct comment_place place = { measure->code, unit->code, comment->period };
    item->kind = WORK_FOLLOW_UP;
    item->days_late = INTEGER_MISSING;
    item->title = arena_format(work->arena, "%s: %s, %s", measure->title, unit->name,
                               period_print_long(work->arena, period));
    item->words = arena_format(work->arena, "Follow up what %s asked about a figure.",
                               comment->written_by);
    item->path = comment_path(work->arena, &place);
    list_add(work->arena, items, item);
    return STATUS_OK;
}

static enum status add_follow_ups(struct work *work, struct list *items)
{
    struct list comments = { 0 };
    enum status status = comment_follow_ups_all(work, &comments);
    for (size_t i = 0; status == STATUS_OK && i < comments.count; i++)
        status = add_follow_up(work, comments.items[i], items);
    return status;
}

static struct work_item *add_item(struct work *work, enum work_kind kind, struct list *items)
{
    struct work_item *item = arena_new_of(work->arena, struct work_item);
    item->kind = kind;
    item->days_late = INTEGER_MISSING;
    list_add(work->arena, items, item);
    return item;
}

/* What wants a second person, and what was approved for this one. */
static enum status add_approvals(struct work *work, struct list *items)
{
    struct list theirs = { 0 }, own = { 0 };
    enum status status = approval_list(work, &theirs, &own);
    for (size_t i = 0; status == STATUS_OK && i < theirs.count; i++) {
        const struct approval *approval = theirs.items[i];
        struct work_item *item = add_item(work, WORK_APPROVAL, items);
        item->title = "An approval waits for you";
        item->words = arena_format(work->arena, "%s asks for what two people decide.",
                                   approval->asked_by);
        item->path = "/approvals";
    }
    for (size_t i = 0; status == STATUS_OK && i < own.count; i++) {
        const struct approval *approval = own.items[i];
        if (strcmp(approval->state, APPROVAL_APPROVED) != 0)
            continue;
        struct work_item *item = add_item(work, WORK_APPROVED, items);
        item->title = "A record is approved";
        item->words = "Download it within a day.";
        item->path = arena_format(work->arena, "/people/%s/record", approval->snapshot);
    }
    return status;
}

/* What whoever answers for an objective has to decide: what is done about its red ratings. */
static enum status add_decisions(struct work *work, struct list *items)
{
    struct list own = { 0 };
    enum status status = sponsor_objectives(work, &own);
    for (size_t i = 0; status == STATUS_OK && i < own.count; i++) {
        const struct sponsored *one = own.items[i];
        if (!one->undecided)
            continue;
        struct work_item *item = add_item(work, WORK_DECIDE, items);
        item->title = one->objective->title;
        item->words = arena_format(work->arena,
                                   "Red in %s without a corrective action: %s. Decide what is "
                                   "done.",
                                   one->period, one->undecided);
        item->path = arena_format(work->arena, "/objectives/%s", one->objective->code);
    }
    return status;
}

static int by_pressure(const void *a, const void *b)
{
    const struct work_item *left = *(struct work_item *const *)a;
    const struct work_item *right = *(struct work_item *const *)b;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    if (left->days_late != right->days_late)
        return left->days_late > right->days_late ? -1 : 1;
    return strcmp(left->title, right->title);
}

enum status work_list_load(struct work *work, struct list *out_items)
{
    struct list returns = { 0 }, items = { 0 };
    enum status status = entity_store_list(work, &directorate_return_entity, 0, &returns);
    for (size_t i = 0; status == STATUS_OK && i < returns.count; i++)
        status = add(work, returns.items[i], &items);
    if (status == STATUS_OK)
        status = add_follow_ups(work, &items);
    if (status == STATUS_OK)
        status = work_plan_add(work, &items);
    if (status == STATUS_OK)
        status = add_approvals(work, &items);
    if (status == STATUS_OK && permission_has(work, RIGHT_READ))
        status = add_decisions(work, &items);
    if (status != STATUS_OK)
        return status;
    if (items.count > 0)
        qsort(items.items, items.count, sizeof *items.items, by_pressure);
    *out_items = items;
    return STATUS_OK;
}
