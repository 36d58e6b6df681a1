/* A step that two people must want: a role with data about people, or the record of one person. */
#include "model/approval.h"

#include "base/banned.h"

static const struct code kind_codes[] = {
    { APPROVAL_ROLE, "A role" },
    { APPROVAL_RECORD, "One person's record" },
    { 0 },
};

static const struct code state_codes[] = {
    { APPROVAL_OPEN, "Waits for somebody else" },
    { APPROVAL_APPROVED, "Approved" },
    { APPROVAL_REFUSED, "Refused" },
    { APPROVAL_USED, "Approved and taken" },
    { 0 },
};

static const struct field approval_fields[] = {
    { FIELD(approval, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(approval, kind), .label = "Kind", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes },
    { FIELD(approval, account), .label = "Account", .form = FORM_REFERENCE, .flags = FIELD_REQUIRED,
      .reference = "account" },
    { FIELD(approval, role), .label = "Role", .longest = 40 },
    { FIELD(approval, unit), .label = "Unit", .form = FORM_REFERENCE, .reference = "unit" },
    { FIELD(approval, valid_from), .label = "From", .form = FORM_DATE },
    { FIELD(approval, valid_to), .label = "To", .form = FORM_DATE },
    { FIELD(approval, snapshot), .label = "Snapshot", .longest = 60 },
    { FIELD(approval, subject), .label = "Subject, as a commitment", .flags = FIELD_SECRET,
      .longest = 64 },
    { FIELD(approval, reason), .label = "Reason", .flags = FIELD_PERSONAL, .longest = 1000 },
    { FIELD(approval, state), .label = "State", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = state_codes },
    { FIELD(approval, asked_by), .label = "Asked by", .flags = FIELD_REQUIRED, .longest = 60 },
    { FIELD(approval, asked_at), .label = "Asked at", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(approval, decided_by), .label = "Decided by", .longest = 60 },
    { FIELD(approval, decided_at), .label = "Decided at", .longest = 30 },
    { FIELD(approval, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(approval);

const struct entity approval_entity = {
    ENTITY(approval),
    .title = "Approval",
    .plural = "approvals",
    .flags = ENTITY_LEDGER,
};
