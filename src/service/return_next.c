#include "service/return_next.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/directorate_return.h"
#include "service/reporting_year.h"
#include "store/entity_store.h"
#include "base/banned.h"

/* By their last days in a year from April: which month it is makes no difference to the order of
 * periods of one kind. */
enum { APRIL = 4 };

static int newest_first(const void *a, const void *b)
{
    const struct period *left = *(struct period *const *)a, *right = *(struct period *const *)b;
    return period_compare(*right, *left, APRIL);
}

enum status return_periods(struct work *work, struct list *out_periods)
{
    struct list returns = { 0 }, all = { 0 }, periods = { 0 };
    enum status status = entity_store_list(work, &directorate_return_entity, 0, &returns);
    for (size_t i = 0; i < returns.count; i++) {
        const struct directorate_return *head = returns.items[i];
        struct period *period = arena_new_of(work->arena, struct period);
        if (period_read(slice_of(head->period), period))
            list_add(work->arena, &all, period);
    }
    if (all.count > 0)
        qsort(all.items, all.count, sizeof *all.items, newest_first);
    for (size_t i = 0; i < all.count; i++)
        if (i == 0 ||
            !period_equal(*(struct period *)all.items[i], *(struct period *)all.items[i - 1]))
            list_add(work->arena, &periods, all.items[i]);
    if (status == STATUS_OK)
        *out_periods = periods;
    return status;
}

enum status return_next_load(struct work *work, struct return_next *out_next)
{
    struct list periods = { 0 };
    struct return_next next = { .is_due = false };
    struct date today = { 0, 0, 0 };
    int start_month = APRIL;
    enum status status = return_periods(work, &periods);
    if (status == STATUS_OK && periods.count == 0)
        return work_fail(work, STATUS_NOT_FOUND, "There are no returns yet.");
    if (status == STATUS_OK)
        status = reporting_year_start(work, &start_month);
    if (status != STATUS_OK)
        return status;
    next.period = period_next(*(struct period *)periods.items[0]);
    status = return_calendar_load(work, next.period, start_month, &next.calendar);
    if (status == STATUS_INPUT) {
        work_forget(work);
        return work_fail(work, STATUS_NOT_FOUND, "The calendar has no days for such periods.");
    }
    if (status != STATUS_OK || !date_read(slice_first(slice_of(work->now), 10), &today))
        return status;
    next.is_due = date_compare(today, next.calendar.opens) >= 0;
    next.opens_on = date_print_long(work->arena, next.calendar.opens);
    return_calendar_open(&next.calendar, today);
    next.due_on = date_print_long(work->arena, next.calendar.due);
    next.code = period_print(work->arena, next.period);
    next.words = period_print_long(work->arena, next.period);
    *out_next = next;
    return STATUS_OK;
}
