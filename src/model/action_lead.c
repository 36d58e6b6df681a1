/* Who leads, accounts for or supports an action; several of each are usual. */
#include "model/action_lead.h"

#include "base/banned.h"

static const struct code role_codes[] = {
    { "strategic", "Strategic lead (SL)" }, { "operational", "Operational lead (OL)" },
    { "accountable", "Accountable (A)" },   { "supporting", "Supporting" },
    { "lead", "Lead, role not stated" },    { 0 },
};

static const struct field action_lead_fields[] = {
    { FIELD(action_lead, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(action_lead, action), .label = "Action", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "action" },
    { FIELD(action_lead, role), .label = "Role", .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 40,
      .codes = role_codes },
    { FIELD(action_lead, name), .label = "Lead as printed", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(action_lead, post), .label = "Post", .form = FORM_REFERENCE, .reference = "post" },
    { FIELD(action_lead, unit), .label = "Unit", .form = FORM_REFERENCE, .reference = "unit" },
    { FIELD(action_lead, body), .label = "Body", .form = FORM_REFERENCE, .reference = "body" },
    { FIELD(action_lead, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(action_lead);

const struct entity action_lead_entity = {
    ENTITY(action_lead),
    .title = "Action lead",
    .plural = "action leads",
};
