/* What others achieved: a dated value with its source. */
#include "model/comparator.h"

#include "base/banned.h"

static const struct field comparator_fields[] = {
    { FIELD(comparator, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(comparator, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(comparator, name), .label = "Compared with", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 100 },
    { FIELD(comparator, period), .label = "Period",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(comparator, value), .label = "Value", .form = FORM_DECIMAL, .flags = FIELD_REQUIRED },
    { FIELD(comparator, decimals), .label = "Decimals printed",
      .flags = FIELD_REQUIRED | FIELD_AS_WRITTEN, .least = 0, .most = 6 },
    { FIELD(comparator, source), .label = "Source", .longest = 400 },
    { FIELD(comparator, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(comparator);

const struct entity comparator_entity = {
    ENTITY(comparator),
    .title = "Comparator",
    .plural = "comparators",
};
