#include "stats/training.h"

#include "base/date.h"
#include "base/number.h"
#include "base/banned.h"

static bool is_employed_on(int64_t leave, int64_t day)
{
    return leave == INTEGER_MISSING || leave >= day;
}

bool training_starter_counts(int64_t start, int64_t leave, struct training_period period)
{
    if (start == INTEGER_MISSING)
        return false;
    int64_t due = start + TRAINING_STARTER_DAYS;
    return due >= period.first && due <= period.last && is_employed_on(leave, due);
}

bool training_starter_met(int64_t start, int64_t first_completion)
{
    return first_completion != INTEGER_MISSING && first_completion <= start + TRAINING_STARTER_DAYS;
}

bool training_refresher_counts(int64_t start, int64_t leave, struct training_period period)
{
    bool is_new = start != INTEGER_MISSING && start + TRAINING_STARTER_DAYS > period.last;
    return !is_new && is_employed_on(leave, period.last);
}

bool training_refresher_met(int64_t last_completion, struct training_period period)
{
    if (last_completion == INTEGER_MISSING || last_completion > period.last)
        return false;
    struct date again = date_add_months(date_of_days(last_completion), TRAINING_REFRESHER_MONTHS);
    return date_days(again) >= period.last;
}
