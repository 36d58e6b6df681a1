/* One step in the history of an action, with its reason. */
#include "model/action_status.h"

#include "model/codes.h"
#include "base/banned.h"

static const struct field action_status_fields[] = {
    { FIELD(action_status, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(action_status, action), .label = "Action", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "action" },
    { FIELD(action_status, changed_on), .label = "On", .form = FORM_DATE,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(action_status, status), .label = "Status", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 40, .codes = action_status_codes },
    { FIELD(action_status, reason), .label = "Reason", .flags = FIELD_REQUIRED, .longest = 4000 },
    { FIELD(action_status, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(action_status);

const struct entity action_status_entity = {
    ENTITY(action_status),
    .title = "Action status",
    .plural = "action statuses",
};
