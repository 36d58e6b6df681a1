/* The return of one unit for one period. */
#include "model/directorate_return.h"

#include "base/banned.h"

static const struct code state_codes[] = {
    { RETURN_DUE, "Due" },
    { RETURN_SUBMITTED, "Submitted" },
    { RETURN_SENT_BACK, "Sent back" },
    { RETURN_APPROVED, "Approved" },
    { RETURN_FROZEN, "Frozen" },
    { RETURN_REVISED, "Revised" },
    { 0 },
};

static const struct field directorate_return_fields[] = {
    { FIELD(directorate_return, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(directorate_return, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(directorate_return, period), .label = "Period",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD,
      .flags = FIELD_REQUIRED },
    { FIELD(directorate_return, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "unit" },
    { FIELD(directorate_return, state), .label = "State", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = state_codes, .standard = "due" },
    { FIELD(directorate_return, due_on), .label = "Due on", .form = FORM_DATE },
    { FIELD(directorate_return, submitted_on), .label = "Submitted on", .form = FORM_DATE },
    { FIELD(directorate_return, note), .label = "Note", .longest = 4000 },
    { FIELD(directorate_return, opened_on), .label = "Opened on", .form = FORM_DATE },
    { FIELD(directorate_return, lock_on), .label = "Locks on", .form = FORM_DATE,
      .hint = "From this day on nothing is taken without an exception" },
    { FIELD(directorate_return, first_complete_on), .label = "First complete on", .form = FORM_DATE,
      .hint = "Whether it was on time is told by this day alone" },
    { FIELD(directorate_return, open_until), .label = "Exception until", .form = FORM_DATE },
    { FIELD(directorate_return, open_reason), .label = "Reason for the exception",
      .longest = 4000 },
    { FIELD(directorate_return, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(directorate_return);

const struct entity directorate_return_entity = {
    ENTITY(directorate_return),
    .title = "Return",
    .plural = "returns",
};
