/* A step in the life of a return. */
#include "model/return_step.h"

#include "base/banned.h"

static const struct field return_step_fields[] = {
    { FIELD(return_step, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(return_step, directorate_return), .label = "Return", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "directorate_return" },
    { FIELD(return_step, number), .label = "Step", .flags = FIELD_KEY | FIELD_REQUIRED, .least = 1,
      .most = 100000 },
    { FIELD(return_step, action), .label = "Action", .flags = FIELD_REQUIRED, .longest = 40 },
    { FIELD(return_step, state_before), .label = "From", .longest = 40 },
    { FIELD(return_step, state_after), .label = "To", .longest = 40 },
    { FIELD(return_step, taken_at), .label = "At", .flags = FIELD_REQUIRED, .longest = 40 },
    { FIELD(return_step, taken_by), .label = "By", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(return_step, reason), .label = "Reason", .longest = 4000 },
    { FIELD(return_step, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(return_step);

const struct entity return_step_entity = {
    ENTITY(return_step),
    .title = "Step of a return",
    .plural = "return steps",
    .flags = ENTITY_LEDGER,
};
