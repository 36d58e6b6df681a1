/* A need that an objective sets out to meet, with its reason. */
#include "model/priority.h"

#include "base/banned.h"

static const struct field priority_fields[] = {
    { FIELD(priority, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(priority, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(priority, objective), .label = "Objective", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "objective" },
    { FIELD(priority, number), .label = "Number", .flags = FIELD_REQUIRED, .least = 1,
      .most = 1000 },
    { FIELD(priority, need), .label = "Need", .flags = FIELD_REQUIRED, .longest = 4000 },
    { FIELD(priority, reason), .label = "Reason", .longest = 4000 },
    { FIELD(priority, how_measured), .label = "How it will be measured", .longest = 4000 },
    { FIELD(priority, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(priority);

const struct entity priority_entity = {
    ENTITY(priority),
    .title = "Priority",
    .plural = "priorities",
};
