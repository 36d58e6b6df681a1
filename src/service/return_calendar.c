#include "service/return_calendar.h"

#include "codec/table_reader.h"
#include "service/workspace.h"
#include "base/banned.h"

enum { CALENDAR_COLUMNS = 7, CALENDAR_MOST_DAYS = 1000 };

static const char file_name[] = "rules/return_calendar.csv";

static const char *kind_code(enum period_kind kind)
{
    static const char *const codes[] = { [PERIOD_YEAR] = "year",
                                         [PERIOD_HALF] = "half",
                                         [PERIOD_QUARTER] = "quarter",
                                         [PERIOD_MONTH] = "month",
                                         [PERIOD_WEEK] = "week" };
    return codes[kind];
}

/* The days of a row, each on or after the one that it must follow: opens, due, locks; and the
 * reminders between opening and locking. */
static enum status read_days(struct work *work, const struct table_row *row, struct date last,
                             struct return_calendar *out_calendar)
{
    int64_t days[CALENDAR_COLUMNS] = { 0 };
    struct date dates[CALENDAR_COLUMNS];
    for (size_t i = 1; i < CALENDAR_COLUMNS; i++) {
        if (!slice_integer(slice_trim(row->cells[i]), &days[i]) || days[i] < 0 ||
            days[i] > CALENDAR_MOST_DAYS)
            return work_fail(work, STATUS_INPUT,
                             "%s, row %lld: a number of days is a whole number up to %d.",
                             file_name, (long long)row->number, CALENDAR_MOST_DAYS);
        dates[i] = date_of_days(date_days(last) + days[i]);
    }
    if (days[1] > days[2] || days[6] > days[2] - days[1] || days[2] > days[5] ||
        days[3] > days[5] || days[4] > days[5])
        return work_fail(work, STATUS_INPUT,
                         "%s, row %lld: a return opens, is due and then locks, reminders come "
                         "before it locks, and the least days are no more than it usually has.",
                         file_name, (long long)row->number);
    *out_calendar = (struct return_calendar){ dates[1], dates[2], dates[3],
                                              dates[4], dates[5], days[6] };
    return STATUS_OK;
}

enum status return_calendar_load(struct work *work, struct period period, int start_month,
                                 struct return_calendar *out_calendar)
{
    struct slice bytes;
    struct table_row row;
    CLEANUP_TABLE_READER struct table_reader *reader = NULL;
    struct date last = period_last_day(period, start_month);
    enum status status = workspace_rules(work, "return_calendar.csv", &bytes);
    if (status == STATUS_OK)
        status = table_reader_open_bytes(work, file_name, bytes, NULL, &reader);
    while (status == STATUS_OK && (status = table_reader_next(reader, &row)) == STATUS_OK)
        if (row.count >= CALENDAR_COLUMNS && slice_is(row.cells[0], kind_code(period.kind)))
            return read_days(work, &row, last, out_calendar);
    if (status != STATUS_END)
        return status;
    return work_fail(work, STATUS_INPUT, "%s: there is no row for a %s; add one.", file_name,
                     kind_code(period.kind));
}

void return_calendar_open(struct return_calendar *calendar, struct date today)
{
    struct date *const days[] = { &calendar->due, &calendar->remind, &calendar->remind_late,
                                  &calendar->locks };
    int64_t late = date_days(today) + calendar->least - date_days(calendar->due);
    for (size_t i = 0; late > 0 && i < sizeof days / sizeof *days; i++)
        *days[i] = date_of_days(date_days(*days[i]) + late);
}
