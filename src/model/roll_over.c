/* A scheme taken into a new year. */
#include "model/roll_over.h"

#include "base/banned.h"

static const struct code state_codes[] = {
    { ROLL_OVER_DRAFT, "Being prepared" },
    { ROLL_OVER_SUBMITTED, "Waits for approval" },
    { ROLL_OVER_APPROVED, "Approved" },
    { 0 },
};

static const struct field roll_over_fields[] = {
    { FIELD(roll_over, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(roll_over, scheme), .label = "Scheme", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "scheme" },
    { FIELD(roll_over, year), .label = "Year", .hint = "For example 2013-14", .form = FORM_PERIOD,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(roll_over, state), .label = "State", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = state_codes, .standard = ROLL_OVER_DRAFT },
    { FIELD(roll_over, submitted_at), .label = "Submitted at", .longest = 40 },
    { FIELD(roll_over, submitted_by), .label = "Submitted by", .longest = 200 },
    { FIELD(roll_over, sent_back), .label = "Why it was sent back", .longest = 4000 },
    { FIELD(roll_over, approved_at), .label = "Approved at", .longest = 40 },
    { FIELD(roll_over, approved_by), .label = "Approved by", .longest = 200 },
    { FIELD(roll_over, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(roll_over);

const struct entity roll_over_entity = {
    ENTITY(roll_over),
    .title = "Roll-over of a scheme",
    .plural = "roll-overs",
    .flags = ENTITY_LEDGER,
};
