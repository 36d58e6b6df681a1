/* The rating that a directorate declared, with its reason where it differs from the computed one.
 */
#include "model/rating.h"

#include "base/banned.h"

static const struct field rating_fields[] = {
    { FIELD(rating, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(rating, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(rating, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(rating, period), .label = "Period",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(rating, revision), .label = "Revision", .flags = FIELD_SYSTEM | FIELD_REQUIRED,
      .least = 1, .most = INT64_MAX },
    { FIELD(rating, latest), .label = "Latest", .flags = FIELD_SYSTEM | FIELD_REQUIRED, .least = 0,
      .most = 1 },
    { FIELD(rating, declared), .label = "Declared", .flags = FIELD_REQUIRED, .longest = 20 },
    { FIELD(rating, declared_reason), .label = "Reason for the declared rating", .longest = 4000 },
    { FIELD(rating, declared_by), .label = "Declared by", .longest = 200 },
    { FIELD(rating, reason), .label = "Reason for the change", .longest = 4000 },
    { FIELD(rating, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(rating);

const struct entity rating_entity = {
    ENTITY(rating),
    .title = "Declared rating",
    .plural = "declared ratings",
    .flags = ENTITY_REVISED,
};
