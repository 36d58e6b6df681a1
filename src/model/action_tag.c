/* A characteristic that an action relates to. */
#include "model/action_tag.h"

#include "base/banned.h"

static const struct field action_tag_fields[] = {
    { FIELD(action_tag, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(action_tag, action), .label = "Action", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "action" },
    { FIELD(action_tag, characteristic), .label = "Characteristic", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "characteristic" },
    { FIELD(action_tag, heading), .label = "Heading as printed", .longest = 100 },
    { FIELD(action_tag, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(action_tag);

const struct entity action_tag_entity = {
    ENTITY(action_tag),
    .title = "Action tag",
    .plural = "action tags",
};
