/* What a measure is to reach in a period; every revision is kept. */
#include "model/target.h"

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

const struct entity target_entity = {
    ENTITY(target),
    .title = "Target",
    .plural = "targets",
    .flags = ENTITY_REVISED,
};
