/* An equality objective of a scheme. */
#include "model/objective.h"

#include "base/banned.h"

static const struct field objective_fields[] = {
    { FIELD(objective, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(objective, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(objective, scheme), .label = "Scheme", .form = FORM_REFERENCE, .flags = FIELD_REQUIRED,
      .reference = "scheme" },
    { FIELD(objective, number), .label = "Number", .flags = FIELD_REQUIRED, .least = 1,
      .most = 1000 },
    { FIELD(objective, title), .label = "Objective", .flags = FIELD_REQUIRED, .longest = 1000 },
    { FIELD(objective, explanation), .label = "Explanation", .longest = 4000 },
    { FIELD(objective, sponsor), .label = "Executive sponsor",
      .hint = "The post that answers for it; whoever holds it is told what stands out",
      .form = FORM_REFERENCE, .reference = "post" },
    { FIELD(objective, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(objective);

const struct entity objective_entity = {
    ENTITY(objective),
    .title = "Objective",
    .plural = "objectives",
};
