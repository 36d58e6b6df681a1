/* A measure by which an action is judged. */
#include "model/action_measure.h"

#include "base/banned.h"

static const struct field action_measure_fields[] = {
    { FIELD(action_measure, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(action_measure, action), .label = "Action", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "action" },
    { FIELD(action_measure, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(action_measure, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(action_measure);

const struct entity action_measure_entity = {
    ENTITY(action_measure),
    .title = "Action measure",
    .plural = "action measures",
};
