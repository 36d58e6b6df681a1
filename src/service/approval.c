#include "service/approval.h"

#include <string.h>

#include "base/arena.h"
#include "base/moment.h"
#include "model/snapshot.h"
#include "service/account.h"
#include "service/record.h"
#include "store/entity_store.h"
#include "store/snapshot_store.h"
#include "base/banned.h"

enum { REASON_MOST = 1000, SECONDS_OF_HOUR = 3600, SECONDS_OF_DAY = 24 * SECONDS_OF_HOUR };

bool approval_is_wanted(const struct work *work, enum role role)
{
    return permission_roles[role].needs_two && !(work->actor && work->actor->is_owner);
}

static bool is_within(const struct work *work, const char *moment, int64_t seconds)
{
    int64_t now = 0, then = 0;
    return moment && moment_read(work->now, &now) && moment_read(moment, &then) &&
           now - then < seconds;
}

static bool waits(const struct work *work, const struct approval *approval)
{
    return strcmp(approval->state, APPROVAL_OPEN) == 0 &&
           is_within(work, approval->asked_at, (int64_t)APPROVAL_DAYS * SECONDS_OF_DAY);
}

static bool can_be_used(const struct work *work, const struct approval *approval)
{
    return strcmp(approval->kind, APPROVAL_RECORD) == 0 &&
           strcmp(approval->state, APPROVAL_APPROVED) == 0 &&
           is_within(work, approval->decided_at, (int64_t)APPROVAL_RECORD_HOURS * SECONDS_OF_HOUR);
}

static enum right right_of(const struct approval *approval)
{
    return strcmp(approval->kind, APPROVAL_ROLE) == 0 ? RIGHT_ACCOUNTS_MANAGE : RIGHT_PEOPLE_KEEP;
}

/* Whether the work's actor asked for it, or gets it. */
static bool is_own(const struct work *work, const struct approval *approval)
{
    const struct actor *actor = work->actor;
    return actor && !actor->is_owner &&
           (actor->account == approval->account || strcmp(actor->code, approval->asked_by) == 0);
}

static struct approval *begin(struct work *work, const char *kind, int64_t account)
{
    struct approval *approval = entity_row(work->arena, &approval_entity);
    approval->kind = kind;
    approval->account = account;
    approval->state = APPROVAL_OPEN;
    approval->asked_by = work->actor->code;
    approval->asked_at = work->now;
    return approval;
}

enum status approval_ask_role(struct work *work, struct audit *audit,
                              const struct role_grant *grant)
{
    struct approval *approval = begin(work, APPROVAL_ROLE, grant->account);
    approval->role = grant->role;
    approval->unit = grant->unit;
    approval->valid_from = grant->valid_from;
    approval->valid_to = grant->valid_to;
    return record_insert(work, audit, &approval_entity, approval);
}

/* The snapshot must be there; that a number is in it is not said before somebody else agreed. */
static enum status check_snapshot(struct work *work, const char *code)
{
    int64_t id = 0;
    enum status status = entity_store_id(work, &snapshot_entity, slice_of(code), &id);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is no snapshot \"%.60s\".", code);
    return status;
}

enum status approval_ask_record(struct work *work, const char *snapshot, struct slice number,
                                const char *reason, struct problems *problems)
{
    struct audit *audit = NULL;
    struct slice why = slice_trim(slice_of(reason));
    enum status status = permission_require(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = check_snapshot(work, snapshot);
    if (status != STATUS_OK)
        return status;
    if (slice_trim(number).length == 0)
        problem_add(problems, "number", "Enter the employee's number");
    if (why.length == 0 || why.length > REASON_MOST)
        problem_add(problems, "reason", "Say why the record is needed, in at most %d characters",
                    REASON_MOST);
    if (problems->list.count)
        return STATUS_OK;
    struct approval *approval = begin(work, APPROVAL_RECORD, work->actor->account);
    approval->snapshot = snapshot;
    approval->subject = snapshot_subject(work, number);
    approval->reason = slice_copy(work->arena, why);
    status = audit_begin(work, "ask-approval", snapshot, &audit);
    return status == STATUS_OK
               ? record_end(work, audit, record_insert(work, audit, &approval_entity, approval))
               : status;
}

enum status approval_list(struct work *work, struct list *out_theirs, struct list *out_own)
{
    struct list all = { 0 };
    bool may_decide[] = { false, false };
    enum status status = permission_allows(work, RIGHT_ACCOUNTS_MANAGE, INTEGER_MISSING,
                                           &may_decide[0]);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_PEOPLE_KEEP, INTEGER_MISSING, &may_decide[1]);
    if (status == STATUS_OK)
        status = entity_store_list(work, &approval_entity, 0, &all);
    for (size_t i = 0; status == STATUS_OK && i < all.count; i++) {
        struct approval *approval = all.items[i];
        bool asked = work->actor && strcmp(work->actor->code, approval->asked_by) == 0;
        bool may = may_decide[right_of(approval) == RIGHT_PEOPLE_KEEP];
        if (out_own && asked && (waits(work, approval) || can_be_used(work, approval)))
            list_add(work->arena, out_own, approval);
        else if (out_theirs && may && waits(work, approval) && !is_own(work, approval))
            list_add(work->arena, out_theirs, approval);
    }
    return status;
}

/* The role that was asked for, checked as when it was. */
static enum status grant(struct work *work, struct audit *audit, const struct approval *approval)
{
    struct problems problems = { .arena = work->arena };
    struct role_grant *grant = entity_row(work->arena, &role_grant_entity);
    grant->account = approval->account;
    grant->role = approval->role;
    grant->unit = approval->unit;
    grant->valid_from = approval->valid_from;
    grant->valid_to = approval->valid_to;
    enum status status = account_put_grant(work, audit, grant, &problems);
    if (status == STATUS_OK && problems.list.count)
        status = work_fail(work, STATUS_CONFLICT, "%s.",
                           ((const struct problem *)problems.list.items[0])->words);
    return status;
}

static enum status check_decision(struct work *work, const struct approval *approval,
                                  bool is_approved)
{
    bool takes_back = !is_approved && work->actor &&
                      strcmp(work->actor->code, approval->asked_by) == 0;
    if (!waits(work, approval))
        return work_fail(work, STATUS_CONFLICT,
                         "This was decided already, or has waited too long; it can be asked for "
                         "again.");
    if (takes_back)
        return STATUS_OK;
    if (is_own(work, approval))
        return work_fail(work, STATUS_REFUSED,
                         "Nobody decides what they asked for or get themself; somebody else with "
                         "the right \"%s\" must.",
                         permission_rights[right_of(approval)].title);
    return permission_require(work, right_of(approval), INTEGER_MISSING);
}

static enum status settle(struct work *work, struct audit *audit, int64_t number, bool is_approved)
{
    struct approval before, after;
    enum status status = entity_store_get(work, &approval_entity, number, &before);
    if (status == STATUS_NOT_FOUND)
        return work_fail(work, status, "There is nothing to decide under that number.");
    if (status == STATUS_OK)
        status = check_decision(work, &before, is_approved);
    if (status != STATUS_OK)
        return status;
    after = before;
    after.state = is_approved ? APPROVAL_APPROVED : APPROVAL_REFUSED;
    after.decided_by = work->actor->code;
    after.decided_at = work->now;
    status = record_change(work, audit, &approval_entity, &before, &after);
    if (status == STATUS_OK && is_approved && strcmp(after.kind, APPROVAL_ROLE) == 0)
        status = grant(work, audit, &after);
    return status;
}

enum status approval_decide(struct work *work, int64_t number, bool is_approved)
{
    struct audit *audit = NULL;
    const char *subject = arena_format(work->arena, "%lld", (long long)number);
    enum status status = permission_require(work, RIGHT_SIGNED_IN, INTEGER_MISSING);
    if (status == STATUS_OK)
        status = audit_begin(work, is_approved ? "approve" : "refuse", subject, &audit);
    return status == STATUS_OK ? record_end(work, audit, settle(work, audit, number, is_approved))
                               : status;
}

enum status approval_use_record(struct work *work, struct audit *audit, const char *snapshot,
                                struct slice number)
{
    struct list own = { 0 };
    const char *subject = snapshot_subject(work, number);
    enum status status = approval_list(work, NULL, &own);
    for (size_t i = 0; status == STATUS_OK && i < own.count; i++) {
        struct approval *approval = own.items[i], before = *approval;
        if (!can_be_used(work, approval) || strcmp(approval->snapshot, snapshot) != 0 ||
            strcmp(approval->subject, subject) != 0)
            continue;
        approval->state = APPROVAL_USED;
        return record_change(work, audit, &approval_entity, &before, approval);
    }
    return status == STATUS_OK
               ? work_fail(work, STATUS_REFUSED,
                           "Another HR data officer must approve first that this record is given "
                           "out; ask for it on the page of the snapshot.")
               : status;
}
