/* The target that is proposed for the new year, or that there is to be none. */
#include "model/roll_over_target.h"

#include "base/banned.h"

static const struct field roll_over_target_fields[] = {
    { FIELD(roll_over_target, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(roll_over_target, roll_over), .label = "Roll-over", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "roll_over" },
    { FIELD(roll_over_target, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(roll_over_target, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(roll_over_target, value), .label = "Target", .hint = "Empty: none is proposed",
      .form = FORM_DECIMAL },
    { FIELD(roll_over_target, decimals), .label = "Decimals printed",
      .flags = FIELD_REQUIRED | FIELD_AS_WRITTEN, .least = 0, .most = 6 },
    { FIELD(roll_over_target, reason), .label = "Reason", .longest = 4000 },
    { FIELD(roll_over_target, chosen_by), .label = "Chosen by", .flags = FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(roll_over_target, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(roll_over_target);

const struct entity roll_over_target_entity = {
    ENTITY(roll_over_target),
    .title = "Target of a roll-over",
    .plural = "roll-over targets",
    .flags = ENTITY_LEDGER,
};
