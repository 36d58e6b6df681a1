/* What the plan's years and the calendar of the returns want: a period to open, a new year to
 * prepare, one to approve. */
#include <string.h>

#include "base/arena.h"
#include "service/permission.h"
#include "service/reporting_year.h"
#include "service/return_next.h"
#include "service/roll_over.h"
#include "service/rules_table.h"
#include "service/work_list.h"
#include "store/entity_store.h"
#include "base/banned.h"

enum { NOTICE_MOST = 366 };

/* A row of rules/plan_calendar.csv: how long before a new year begins it is to be prepared. */
static enum status take_notice(struct work *work, void *target,
                               const char *const cells[RULES_MOST_COLUMNS])
{
    int64_t *days = target;
    if (!cells[0] || strcmp(cells[0], "new-year") != 0)
        return STATUS_OK;
    if (!cells[1] || !slice_integer(slice_of(cells[1]), days) || *days < 0 || *days > NOTICE_MOST)
        return work_fail(work, STATUS_INPUT,
                         "rules/plan_calendar.csv: days_before of new-year is a whole number up to "
                         "%d.",
                         NOTICE_MOST);
    return STATUS_OK;
}

/* Without the row nothing is proposed. */
static enum status load_notice(struct work *work, int64_t *out_days)
{
    static const char *const columns[] = { "event", "days_before", NULL };
    *out_days = -1;
    return rules_table_read(work, "plan_calendar.csv", columns, take_notice, out_days);
}

static void add(struct work *work, enum work_kind kind, const char *title, const char *words,
                const char *path, struct list *items)
{
    struct work_item *item = arena_new_of(work->arena, struct work_item);
    *item = (struct work_item){
        .kind = kind, .title = title, .words = words, .path = path, .days_late = INTEGER_MISSING
    };
    list_add(work->arena, items, item);
}

/* The next period, once the calendar's day of opening has come. */
static enum status add_period(struct work *work, struct list *items)
{
    struct return_next next = { .code = NULL };
    bool may = false;
    enum status status = permission_allows(work, RIGHT_RETURN_FREEZE, INTEGER_MISSING, &may);
    if (status == STATUS_OK && may)
        status = return_next_load(work, &next);
    if (status == STATUS_NOT_FOUND) {
        work_forget(work);
        return STATUS_OK;
    }
    if (status == STATUS_OK && next.is_due)
        add(work, WORK_PERIOD_OPEN, next.words,
            arena_format(work->arena,
                         "Open its returns: by the calendar they open on %s. Opened today, they "
                         "are due on %s.",
                         next.opens_on, next.due_on),
            arena_format(work->arena, "/returns/%s/board", next.code), items);
    return status;
}

/* The roll-over of the scheme into that year; NULL: it has not begun. */
static enum status find_row(struct work *work, const struct scheme *scheme, const char *year,
                            const struct roll_over **out_row)
{
    struct list rows = { 0 };
    enum status status = entity_store_list_of(work, &roll_over_entity, "scheme", scheme->id, &rows);
    *out_row = NULL;
    for (size_t i = 0; i < rows.count; i++) {
        const struct roll_over *row = rows.items[i];
        if (strcmp(row->year, year) == 0)
            *out_row = row;
    }
    return status;
}

/* Whether the scheme goes on into a year that begins on that day, and the day is near. */
static bool is_near(const struct work *work, const struct scheme *scheme, struct date begins,
                    int64_t notice)
{
    struct date today, ends;
    if (!date_read(slice_first(slice_of(work->now), 10), &today))
        return false;
    bool goes_on = !date_read(slice_of(scheme->ends), &ends) || date_compare(ends, begins) >= 0;
    return goes_on && date_days(begins) - date_days(today) <= notice;
}

/* What the actor may do about a new year, and how long before it begins. */
struct rights {
    bool prepare, approve;
    int64_t notice;
};

static enum status add_scheme(struct work *work, const struct scheme *scheme, int start_month,
                              struct rights mine, struct list *items)
{
    struct period year = { PERIOD_YEAR, 0, 0 };
    const struct roll_over *row = NULL;
    enum status status = roll_over_next_year(work, scheme, start_month, &year);
    const char *code = period_print(work->arena, year);
    if (status == STATUS_OK)
        status = find_row(work, scheme, code, &row);
    if (status != STATUS_OK)
        return status;
    struct date begins = period_first_day(year, start_month);
    const char *path = arena_format(work->arena, "/roll-over/%s/%s", scheme->code, code);
    const char *state = row ? row->state : ROLL_OVER_DRAFT;
    if (strcmp(state, ROLL_OVER_SUBMITTED) == 0 && mine.approve)
        add(work, WORK_PLAN_APPROVE, scheme->title,
            arena_format(work->arena,
                         "Its roll-over into %s waits for approval. Approve it, or "
                         "send it back with a reason.",
                         period_print_long(work->arena, year)),
            path, items);
    bool is_draft = strcmp(state, ROLL_OVER_DRAFT) == 0;
    if (is_draft && mine.prepare && row && row->sent_back)
        add(work, WORK_PLAN_PREPARE, scheme->title,
            arena_format(work->arena,
                         "Its roll-over into %s was sent back. Read why, mend it and "
                         "submit it again.",
                         period_print_long(work->arena, year)),
            path, items);
    else if (is_draft && mine.prepare && is_near(work, scheme, begins, mine.notice))
        add(work, WORK_PLAN_PREPARE, scheme->title,
            arena_format(work->arena,
                         "Its new year begins on %s. Choose what becomes of each "
                         "action and target, then submit it.",
                         date_print_long(work->arena, begins)),
            path, items);
    return STATUS_OK;
}

static enum status add_years(struct work *work, struct list *items)
{
    struct list schemes = { 0 };
    struct rights mine = { false, false, -1 };
    int start_month = 0;
    enum status status = permission_allows(work, RIGHT_PLAN_CHANGE, INTEGER_MISSING, &mine.prepare);
    if (status == STATUS_OK)
        status = permission_allows(work, RIGHT_PLAN_APPROVE, INTEGER_MISSING, &mine.approve);
    if (status != STATUS_OK || (!mine.prepare && !mine.approve))
        return status;
    status = entity_store_list(work, &scheme_entity, 0, &schemes);
    if (status == STATUS_OK)
        status = reporting_year_start(work, &start_month);
    if (status == STATUS_OK)
        status = load_notice(work, &mine.notice);
    for (size_t i = 0; status == STATUS_OK && i < schemes.count; i++) {
        const struct scheme *scheme = schemes.items[i];
        if (strcmp(scheme->status, "superseded") != 0)
            status = add_scheme(work, scheme, start_month, mine, items);
    }
    return status;
}

enum status work_plan_add(struct work *work, struct list *items)
{
    enum status status = add_period(work, items);
    return status == STATUS_OK ? add_years(work, items) : status;
}
