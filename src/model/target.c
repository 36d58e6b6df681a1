/* What a measure is to reach in a period; every revision is kept. */
#include "model/target.h"

#include <string.h>

#include "base/problem.h"
#include "stats/ratio.h"
#include "base/banned.h"

static const struct code kind_codes[] = {
    { "annual", "Annual" },
    { "profile", "Profile for the period" },
    { "stretch", "Stretch" },
    { "minimum", "Minimum" },
    { 0 },
};

static const struct code comparator_codes[] = {
    { "at-least", "At least (>=)" },
    { "above", "Above (>)" },
    { "at-most", "At most (<=)" },
    { "below", "Below (<)" },
    { "between", "Between" },
    { "equal", "Exactly" },
    { 0 },
};

static const struct field target_fields[] = {
    { FIELD(target, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(target, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(target, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(target, period), .label = "Period",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(target, kind), .label = "Kind", .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes, .standard = "annual" },
    { FIELD(target, revision), .label = "Revision", .flags = FIELD_SYSTEM | FIELD_REQUIRED,
      .least = 1, .most = INT64_MAX },
    { FIELD(target, latest), .label = "Latest", .flags = FIELD_SYSTEM | FIELD_REQUIRED, .least = 0,
      .most = 1 },
    { FIELD(target, comparator), .label = "Comparator", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = comparator_codes },
    { FIELD(target, value), .label = "Target", .form = FORM_DECIMAL },
    { FIELD(target, upper), .label = "Upper edge of the band", .form = FORM_DECIMAL },
    { FIELD(target, decimals), .label = "Decimals printed",
      .flags = FIELD_REQUIRED | FIELD_AS_WRITTEN, .least = 0, .most = 6 },
    { FIELD(target, baseline), .label = "Baseline", .form = FORM_DECIMAL },
    { FIELD(target, baseline_period), .label = "Period of the baseline",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD },
    { FIELD(target, change_percent), .label = "Change on the baseline, per cent",
      .form = FORM_DECIMAL },
    { FIELD(target, baseline_relative), .label = "Relative to a baseline", .form = FORM_BOOLEAN,
      .flags = FIELD_REQUIRED, .least = 0, .most = 1, .standard = "no" },
    { FIELD(target, wording), .label = "Target in words", .longest = 400 },
    { FIELD(target, reason), .label = "Reason for the change", .longest = 4000 },
    { FIELD(target, approved_by), .label = "Approved by", .longest = 200 },
    { FIELD(target, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(target);

static bool is_given(int64_t number)
{
    return number != INTEGER_MISSING;
}

static void check_band(const struct target *target, struct problems *out)
{
    bool is_band = target->comparator != NULL && strcmp(target->comparator, "between") == 0;
    if (!is_band && is_given(target->upper))
        problem_add(out, "upper",
                    "An upper edge belongs to the comparator between; choose that, or leave the "
                    "edge empty.");
    if (is_band && (!is_given(target->value) || !is_given(target->upper)))
        problem_add(out, is_given(target->value) ? "upper" : "value",
                    "A target between two edges needs both; give the lower one as the target.");
    else if (is_band && target->upper < target->value)
        problem_add(out, "upper", "The upper edge is below the lower one; exchange them.");
    if (is_band && target->baseline_relative == 1)
        problem_add(out, "baseline_relative",
                    "A band is given by its edges, not by a change on a baseline; write no.");
}

/* True when the target is the baseline with its change, as far as its decimals show. */
static bool agrees_with_baseline(const struct target *target, int decimals)
{
    struct ratio factor = { 0, 1 }, product = { 0, 1 };
    return !ratio_make((ratio_wide)target->change_percent + 100 * NUMBER_ONE, 100 * NUMBER_ONE,
                       &factor) ||
           !ratio_multiply(ratio_of_millionths(target->baseline), factor, &product) ||
           ratio_compare(ratio_round_to(product, decimals),
                         ratio_round_to(ratio_of_millionths(target->value), decimals)) == 0;
}

static void check_baseline(const struct target *target, struct problems *out)
{
    bool is_relative = target->baseline_relative == 1;
    bool has_decimals = target->decimals >= 0 && target->decimals <= NUMBER_PLACES;
    if (is_relative && !is_given(target->change_percent))
        problem_add(out, "change_percent",
                    "A target relative to a baseline needs the change in per cent; 0 keeps the "
                    "baseline.");
    if (!is_relative && is_given(target->change_percent))
        problem_add(out, "change_percent",
                    "A change in per cent belongs to a target relative to a baseline; write yes "
                    "there, or leave the change empty.");
    if (is_relative && is_given(target->change_percent) && is_given(target->baseline) &&
        is_given(target->value) && has_decimals &&
        !agrees_with_baseline(target, (int)target->decimals))
        problem_add(out, "value",
                    "The target is not the baseline with its change; mend one of them, or leave "
                    "the target empty.");
}

/* Rules across fields; the measure's kind is not known here. */
static void target_check(const void *row, struct problems *out)
{
    const struct target *target = row;
    bool has_number = is_given(target->value) || target->baseline_relative == 1;
    check_band(target, out);
    check_baseline(target, out);
    if (!has_number && (target->wording == NULL || target->wording[0] == '\0') &&
        (target->comparator == NULL || strcmp(target->comparator, "between") != 0))
        problem_add(out, "value", "Give the target as a number, or in words under wording.");
    if (is_given(target->value) && is_given(target->decimals) &&
        number_decimals(target->value) > target->decimals)
        problem_add(out, "decimals",
                    "The target has %d decimals; print as many, or round the target.",
                    number_decimals(target->value));
    if (is_given(target->upper) && is_given(target->decimals) &&
        number_decimals(target->upper) > target->decimals)
        problem_add(out, "decimals",
                    "The upper edge has %d decimals; print as many, or round the edge.",
                    number_decimals(target->upper));
}

const struct entity target_entity = {
    ENTITY(target),          .title = "Target",     .plural = "targets",
    .flags = ENTITY_REVISED, .check = target_check,
};
