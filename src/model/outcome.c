/* What will be different when a priority is met. */
#include "model/outcome.h"

#include "base/banned.h"

static const struct field outcome_fields[] = {
    { FIELD(outcome, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(outcome, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(outcome, priority), .label = "Priority", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "priority" },
    { FIELD(outcome, number), .label = "Number", .flags = FIELD_REQUIRED, .least = 1,
      .most = 1000 },
    { FIELD(outcome, wording), .label = "Outcome", .flags = FIELD_REQUIRED, .longest = 4000 },
    { FIELD(outcome, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(outcome);

const struct entity outcome_entity = {
    ENTITY(outcome),
    .title = "Outcome",
    .plural = "outcomes",
};
