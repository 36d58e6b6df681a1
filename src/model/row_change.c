/* What one field of one row was before and after an event; the audit itself holds no value. */
#include "model/row_change.h"

#include "base/banned.h"

static const struct field row_change_fields[] = {
    { FIELD(row_change, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(row_change, event), .label = "Event", .flags = FIELD_REQUIRED },
    { FIELD(row_change, entity), .label = "Entity", .flags = FIELD_REQUIRED, .longest = 60 },
    { FIELD(row_change, row_id), .label = "Row", .flags = FIELD_REQUIRED },
    { FIELD(row_change, field), .label = "Field", .flags = FIELD_REQUIRED, .longest = 60 },
    { FIELD(row_change, old_value), .label = "From" },
    { FIELD(row_change, new_value), .label = "To" },
};
ENTITY_IS_COMPLETE(row_change);

const struct entity row_change_entity = {
    ENTITY(row_change),
    .title = "Row change",
    .plural = "row changes",
    .flags = ENTITY_LEDGER,
};
