/* One operation: who, when, what, and keyed commitments to the old and new values. */
#include "model/audit_event.h"

#include "base/banned.h"

static const struct field audit_event_fields[] = {
    { FIELD(audit_event, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(audit_event, at), .label = "At", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(audit_event, who), .label = "Who", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(audit_event, operation), .label = "Operation", .flags = FIELD_REQUIRED,
      .longest = 100 },
    { FIELD(audit_event, subject), .label = "What it was done to", .longest = 400 },
    { FIELD(audit_event, fields), .label = "Fields changed", .longest = 2000 },
    { FIELD(audit_event, row_count), .label = "Rows", .flags = FIELD_REQUIRED, .least = 0,
      .most = INT64_MAX },
    { FIELD(audit_event, commitment_old), .label = "Commitment to the old values", .longest = 64 },
    { FIELD(audit_event, commitment_new), .label = "Commitment to the new values", .longest = 64 },
    { FIELD(audit_event, previous_hash), .label = "Hash of the event before", .longest = 64 },
    { FIELD(audit_event, hash), .label = "Hash of this event", .longest = 64 },
};
ENTITY_IS_COMPLETE(audit_event);

const struct entity audit_event_entity = {
    ENTITY(audit_event),
    .title = "Audit event",
    .plural = "audit events",
    .flags = ENTITY_LEDGER,
};
