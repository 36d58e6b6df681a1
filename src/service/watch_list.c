#include "service/watch_list.h"

#include <string.h>

#include "base/arena.h"
#include "base/catalogue.h"
#include "base/text.h"
#include "model/account.h"
#include "model/unit.h"
#include "service/actions.h"
#include "service/permission.h"
#include "service/progress_newest.h"
#include "service/return_next.h"
#include "service/sponsor.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { REFERENCES_BYTES_MOST = 300 };

struct watch {
    struct work *work;
    struct list items;
    const struct progress *progress; /* of the newest period returned; NULL: none is */
    bool has_own;                    /* objectives that they answer for: those stand first */
};

static void add(struct watch *watch, bool is_ours, const char *title, const char *words,
                const char *path)
{
    struct work_item *item = arena_new_of(watch->work->arena, struct work_item);
    *item = (struct work_item){ .kind = WORK_WATCH,
                                .title = title,
                                .words = words,
                                .path = path,
                                .days_late = INTEGER_MISSING,
                                .is_ours = is_ours };
    list_add(watch->work->arena, &watch->items, item);
}

static void add_red_objective(struct watch *watch, const struct progress_objective *objective)
{
    struct arena *arena = watch->work->arena;
    struct text references = text_new(arena, REFERENCES_BYTES_MOST);
    int64_t count = 0;
    for (size_t i = 0; i < objective->rows.count; i++) {
        const struct progress_row *row = objective->rows.items[i];
        if (progress_is_red(row) && row->reference)
            text_add_format(&references, "%s%.20s", count++ ? ", " : "", row->reference);
    }
    if (count > 0)
        add(watch, false, objective->objective->title,
            arena_format(arena, "Red in %s, declared or computed: %s.",
                         watch->progress->period_words, references.bytes),
            arena_format(arena, "/objectives/%s", objective->objective->code));
}

static void add_red(struct watch *watch)
{
    for (size_t i = 0; watch->progress && i < watch->progress->objectives.count; i++)
        add_red_objective(watch, watch->progress->objectives.items[i]);
}

static enum status add_overdue(struct watch *watch)
{
    int64_t count = 0;
    enum status status = actions_count_overdue(watch->work, ACTION_FACET_UNIT, NULL, &count);
    if (status == STATUS_OK && count > 0)
        add(watch, true, WORDS("Overdue actions"),
            arena_format(watch->work->arena, "In the whole plan: %lld.", (long long)count),
            "/actions?due=overdue");
    return status;
}

/* Of each unit whose part of the plan is in the person's hands. */
static enum status add_overdue_units(struct watch *watch)
{
    struct work *work = watch->work;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < work->actor->granted.count; i++) {
        const struct granted *granted = work->actor->granted.items[i];
        struct unit *unit = entity_row(work->arena, &unit_entity);
        int64_t count = 0;
        if (granted->unit == INTEGER_MISSING ||
            permission_rights[RIGHT_PLAN_CHANGE].reach[granted->role] == REACH_NONE)
            continue;
        status = entity_store_get(work, &unit_entity, granted->unit, unit);
        if (status == STATUS_OK)
            status = actions_count_overdue(work, ACTION_FACET_UNIT, unit->code, &count);
        if (status == STATUS_OK && count > 0)
            add(watch, false, unit->name,
                arena_format(work->arena, "Overdue actions: %lld.", (long long)count),
                arena_format(work->arena, "/actions?due=overdue&unit=%s", unit->code));
    }
    return status;
}

/* The report of the newest period, with what stands out in it. */
static void add_report(struct watch *watch)
{
    struct arena *arena = watch->work->arena;
    const struct progress *progress = watch->progress;
    int64_t red = 0;
    if (!progress)
        return;
    for (size_t i = 0; i < progress->rows.count; i++)
        red += progress_is_red(progress->rows.items[i]);
    add(watch, true, WORDS("Progress report"),
        arena_format(
            arena,
            "The newest is of %s. Red ratings, declared or computed: %lld; the two differ: %lld.",
            progress->period_words, (long long)red,
            (long long)progress->counts.agreement[PROGRESS_DIFFERS]),
        arena_format(arena, "/reports/progress?period=%s", progress->period_code));
}

/* What an auditor asks first: who changed what, what came late, where the two ratings differ. */
static void add_audit(struct watch *watch)
{
    struct arena *arena = watch->work->arena;
    const struct progress *progress = watch->progress;
    int64_t late = 0;
    add(watch, true, WORDS("Audit"), WORDS("Who changed what, the newest first."), "/audit");
    if (!progress)
        return;
    for (size_t i = 0; i < progress->returns.count; i++)
        late += ((const struct progress_return *)progress->returns.items[i])->is_late;
    add(watch, true, WORDS("Where each return stands"),
        arena_format(arena, "Late in %s: %lld.", progress->period_words, (long long)late),
        arena_format(arena, "/returns/%s/board", progress->period_code));
    add(watch, true, WORDS("At a glance"),
        arena_format(arena, "Declared and computed rating differ in %s: %lld.",
                     progress->period_words,
                     (long long)progress->counts.agreement[PROGRESS_DIFFERS]),
        arena_format(arena, "/scorecard/map?period=%s", progress->period_code));
}

/* Accounts that nobody has taken into use. */
static enum status add_accounts(struct watch *watch)
{
    struct list accounts = { 0 };
    int64_t count = 0;
    enum status status = entity_store_list(watch->work, &account_entity, 0, &accounts);
    for (size_t i = 0; i < accounts.count; i++) {
        const struct account *account = accounts.items[i];
        count += strcmp(account->status, "open") == 0 && !account->password;
    }
    if (status == STATUS_OK)
        add(watch, true, WORDS("Accounts"),
            arena_format(watch->work->arena, "Open, but without a password yet: %lld.",
                         (long long)count),
            "/accounts");
    return status;
}

/* The period that is opened next, for those whose work begins with it. */
static enum status add_next(struct watch *watch)
{
    struct return_next next = { .code = NULL };
    enum status status = return_next_load(watch->work, &next);
    if (status == STATUS_NOT_FOUND) {
        work_forget(watch->work);
        return STATUS_OK;
    }
    if (status == STATUS_OK && !permission_has(watch->work, RIGHT_RETURN_FREEZE))
        add(watch, true, WORDS("The next returns"),
            arena_format(watch->work->arena, "For %s: by the calendar they open on %s.", next.words,
                         next.opens_on),
            "/board");
    return status;
}

static enum status add_readers(struct watch *watch)
{
    bool is_sponsor = false;
    enum status status = permission_allows(watch->work, RIGHT_PLAN_APPROVE, INTEGER_MISSING,
                                           &is_sponsor);
    if (status == STATUS_OK)
        status = progress_newest(watch->work, &watch->progress);
    if (status != STATUS_OK)
        return status;
    if (is_sponsor && !watch->has_own)
        add_red(watch);
    add_report(watch);
    return add_overdue(watch);
}

/* The objectives of which whoever asks is the sponsor, each with how it stands. */
static enum status add_own(struct watch *watch)
{
    struct list own = { 0 };
    enum status status = sponsor_objectives(watch->work, &own);
    for (size_t i = 0; i < own.count; i++) {
        const struct sponsored *one = own.items[i];
        add(watch, false, one->objective->title, one->words,
            arena_format(watch->work->arena, "/objectives/%s", one->objective->code));
        ((struct work_item *)watch->items.items[watch->items.count - 1])->kind = WORK_OWN_OBJECTIVE;
    }
    watch->has_own = own.count > 0;
    return status;
}

enum status watch_list_load(struct work *work, struct list *out_items)
{
    struct watch watch = { .work = work };
    bool is_writer = permission_has(work, RIGHT_RETURN_FILL);
    bool is_reader = permission_has(work, RIGHT_READ) &&
                     (!is_writer || permission_has(work, RIGHT_RETURN_FREEZE));
    enum status status = permission_has(work, RIGHT_READ) ? add_own(&watch) : STATUS_OK;
    if (status == STATUS_OK && is_reader) /* who collates the returns reads them all too */
        status = add_readers(&watch);
    if (status == STATUS_OK && permission_has(work, RIGHT_AUDIT_READ))
        add_audit(&watch);
    if (status == STATUS_OK && permission_has(work, RIGHT_PLAN_CHANGE))
        status = add_overdue_units(&watch);
    if (status == STATUS_OK && is_writer)
        status = add_next(&watch);
    if (status == STATUS_OK && permission_has(work, RIGHT_ACCOUNTS_MANAGE))
        status = add_accounts(&watch);
    if (status == STATUS_OK)
        *out_items = watch.items;
    return status;
}
