/* A group, committee, board, network or partner that governs, advises or is consulted. */
#include "model/body.h"

#include "model/codes.h"
#include "base/banned.h"

static const struct code kind_codes[] = {
    { "board", "Board" },
    { "committee", "Committee" },
    { "group", "Group" },
    { "task-group", "Directorate task group" },
    { "staff-network", "Staff network" },
    { "team", "Team" },
    { "forum", "Forum" },
    { "partner", "Partner" },
    { "exercise", "Recurring exercise" },
    { 0 },
};

static const struct field body_fields[] = {
    { FIELD(body, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(body, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(body, name), .label = "Name", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(body, kind), .label = "Kind", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes },
    { FIELD(body, cycle), .label = "Cycle", .longest = 40, .codes = recurrence_codes },
    { FIELD(body, cycle_text), .label = "Cycle in words", .longest = 200 },
    { FIELD(body, duty), .label = "Duty", .longest = 4000 },
    { FIELD(body, unit), .label = "Unit", .form = FORM_REFERENCE, .reference = "unit" },
    { FIELD(body, parent), .label = "Reports to", .form = FORM_REFERENCE, .reference = "body" },
    { FIELD(body, valid_from), .label = "From", .form = FORM_DATE },
    { FIELD(body, valid_to), .label = "To", .form = FORM_DATE },
    { FIELD(body, note), .label = "Note", .longest = 4000 },
    { FIELD(body, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(body);

const struct entity body_entity = {
    ENTITY(body),
    .title = "Body",
    .plural = "bodies",
};
