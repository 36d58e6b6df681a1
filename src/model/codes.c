#include "model/codes.h"

#include <string.h>

#include "base/banned.h"

const struct code missing_codes[] = {
    { "not-due", "Not due this period" },
    { "awaited", "Awaited" },
    { "not-collected", "Not collected" },
    { "baseline-not-set", "Baseline not set" },
    { "not-applicable", "Not applicable" },
    { "withheld", "Withheld" },
    { 0 },
};

const struct code roll_up_codes[] = {
    { "none", "Not rolled up" },     { "sum", "Sum of the parts" },
    { "mean", "Mean of the parts" }, { "worst", "Worst of the parts" },
    { "manual", "Decided by hand" }, { 0 },
};

const struct code recurrence_codes[] = {
    { "weekly", "Weekly" },
    { "monthly", "Monthly" },
    { "two-monthly", "Every two months" },
    { "quarterly", "Quarterly" },
    { "termly", "Every school term" },
    { "half-yearly", "Every six months" },
    { "yearly", "Yearly" },
    { "continuous", "Continuous" },
    { 0 },
};

const struct code action_status_codes[] = {
    { "not-started", "Not started" },
    { "on-track", "On track" },
    { "slipped", "Slipped" },
    { "complete", "Complete" },
    { "closed", "Closed without completion" },
    { 0 },
};

const struct code milestone_codes[] = {
    { "not-started", "Not started" },
    { "on-track", "On track" },
    { "slipped-with-plan", "Slipped with a plan" },
    { "slipped", "Slipped without a plan" },
    { "complete", "Complete" },
    { "complete-early", "Complete early" },
    { "missed", "Missed" },
    { 0 },
};

const char *code_label(const struct code *codes, const char *value)
{
    for (; value != NULL && codes->value != NULL; codes++) {
        if (strcmp(codes->value, value) == 0)
            return codes->label;
    }
    return value;
}
