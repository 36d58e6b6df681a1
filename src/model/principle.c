/* A principle or value on which a scheme rests. */
#include "model/principle.h"

#include "base/banned.h"

static const struct field principle_fields[] = {
    { FIELD(principle, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(principle, scheme), .label = "Scheme", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "scheme" },
    { FIELD(principle, number), .label = "Number", .flags = FIELD_KEY | FIELD_REQUIRED, .least = 1,
      .most = 1000 },
    { FIELD(principle, wording), .label = "Wording", .flags = FIELD_REQUIRED, .longest = 4000 },
    { FIELD(principle, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(principle);

const struct entity principle_entity = {
    ENTITY(principle),
    .title = "Principle",
    .plural = "principles",
};
