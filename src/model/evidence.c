/* A statement that a reason rests on, linked to a value where one is held. */
#include "model/evidence.h"

#include "base/banned.h"

static const struct field evidence_fields[] = {
    { FIELD(evidence, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(evidence, priority), .label = "Priority", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "priority" },
    { FIELD(evidence, number), .label = "Number", .flags = FIELD_KEY | FIELD_REQUIRED, .least = 1,
      .most = 1000 },
    { FIELD(evidence, statement), .label = "Statement", .flags = FIELD_REQUIRED, .longest = 4000 },
    { FIELD(evidence, figure), .label = "Figure", .form = FORM_DECIMAL },
    { FIELD(evidence, figure_unit), .label = "Unit of the figure", .longest = 40 },
    { FIELD(evidence, measure), .label = "Measure", .form = FORM_REFERENCE,
      .reference = "measure" },
    { FIELD(evidence, period), .label = "Period",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD },
    { FIELD(evidence, source), .label = "Source", .longest = 4000 },
    { FIELD(evidence, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(evidence);

const struct entity evidence_entity = {
    ENTITY(evidence),
    .title = "Evidence",
    .plural = "evidence",
};
