#include "service/progress_newest.h"

#include "service/return_next.h"
#include "service/return_sheet.h"
#include "base/banned.h"

enum { PERIODS_TRIED_MOST = 4 };

static bool has_returns(const struct progress *progress)
{
    for (size_t i = 0; i < progress->returns.count; i++)
        if (((const struct progress_return *)progress->returns.items[i])->has_returned)
            return true;
    return false;
}

enum status progress_newest(struct work *work, const struct progress **out_progress)
{
    struct list periods = { 0 };
    struct progress_options options = { .without_check = true };
    enum status status = return_periods(work, &periods);
    *out_progress = NULL;
    for (size_t i = 0; status == STATUS_OK && !*out_progress && i < periods.count; i++) {
        struct progress *progress = NULL;
        if (i == PERIODS_TRIED_MOST)
            break;
        status = progress_load(work, *(struct period *)periods.items[i], &options, &progress);
        if (status == STATUS_OK && has_returns(progress))
            *out_progress = progress;
        if (status == STATUS_NOT_FOUND) {
            work_forget(work);
            status = STATUS_OK;
        }
    }
    return status;
}

bool progress_is_red(const struct progress_row *row)
{
    return row->parts.count == 0 && ((row->declared && return_level_is_red(row->declared)) ||
                                     (row->computed && return_level_is_red(row->computed)));
}

const char *progress_corrective_action(const struct progress_row *row)
{
    const char *words = row->narrative ? row->narrative->row->corrective_action : NULL;
    return words && *words ? words : NULL;
}
