/* What becomes of an open action in the new year. */
#include "model/roll_over_action.h"

#include "base/banned.h"

const struct code roll_over_choice_codes[] = {
    { ROLL_OVER_CARRY, "Carry on as it is" },
    { ROLL_OVER_CLOSE, "Close" },
    { ROLL_OVER_REPLACE, "Replace by a new action" },
    { 0 },
};

static const struct field roll_over_action_fields[] = {
    { FIELD(roll_over_action, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(roll_over_action, roll_over), .label = "Roll-over", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "roll_over" },
    { FIELD(roll_over_action, action), .label = "Action", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "action" },
    { FIELD(roll_over_action, choice), .label = "What becomes of it", .flags = FIELD_REQUIRED,
      .longest = 40, .codes = roll_over_choice_codes },
    { FIELD(roll_over_action, reason), .label = "Reason", .longest = 4000 },
    { FIELD(roll_over_action, wording), .label = "The new action", .longest = 4000 },
    { FIELD(roll_over_action, target_date), .label = "Its target date", .longest = 400 },
    { FIELD(roll_over_action, chosen_by), .label = "Chosen by", .flags = FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(roll_over_action, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(roll_over_action);

const struct entity roll_over_action_entity = {
    ENTITY(roll_over_action),
    .title = "Action of a roll-over",
    .plural = "roll-over actions",
    .flags = ENTITY_LEDGER,
};
