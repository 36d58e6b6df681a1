#include "service/duty_deadline.h"

#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "service/rules_table.h"
#include "base/banned.h"

enum { CODE, MONTHS, BEGINS, TITLE, SOURCE, CELLS, MOST_MONTHS = 120 };

struct search {
    const char *wanted, *known;
    struct date day;
    struct duty_deadline *deadline;
    bool is_found;
};

/* A month may have no such day; its last one then belongs to the time, as it begins the month after
 * at the earliest. */
static struct date last_day(struct date first, int months)
{
    struct date again = date_add_months(first, months);
    return again.day == first.day ? date_of_days(date_days(again) - 1) : again;
}

static enum status take_duty(struct work *work, void *target,
                             const char *const cells[RULES_MOST_COLUMNS])
{
    struct search *search = target;
    int64_t months = 0;
    for (int i = 0; i < CELLS; i++)
        if (!cells[i] || (i == MONTHS && (!slice_integer(slice_of(cells[i]), &months) ||
                                          months < 1 || months > MOST_MONTHS)))
            return work_fail(work, STATUS_INPUT,
                             "rules/statutory_deadlines.csv wants every cell filled, and 1 to %d "
                             "months.",
                             MOST_MONTHS);
    search->known = arena_format(work->arena, "%s%s%s", search->known ? search->known : "",
                                 search->known ? ", " : "", cells[CODE]);
    if (strcmp(cells[CODE], search->wanted) != 0)
        return STATUS_OK;
    search->is_found = true;
    *search->deadline = (struct duty_deadline){ cells[CODE], cells[TITLE], cells[BEGINS],
                                                cells[SOURCE], last_day(search->day, (int)months) };
    return STATUS_OK;
}

enum status duty_deadline_find(struct work *work, const char *code, struct date day,
                               struct duty_deadline *out_deadline)
{
    static const char *const columns[] = { "duty", "months", "begins", "title", "source", NULL };
    struct search search = { .wanted = code, .day = day, .deadline = out_deadline };
    enum status status = rules_table_read(work, "statutory_deadlines.csv", columns, take_duty,
                                          &search);
    if (status == STATUS_OK && !search.is_found)
        return work_fail(work, STATUS_USAGE, "There is no duty \"%.40s\"; there are %s.", code,
                         search.known ? search.known : "none");
    return status;
}
