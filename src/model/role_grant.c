/* A role that an account has for a unit and everything below it, from a day to a day. */
#include "model/role_grant.h"

#include "base/banned.h"

static const struct field role_grant_fields[] = {
    { FIELD(role_grant, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(role_grant, account), .label = "Account", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "account" },
    { FIELD(role_grant, role), .label = "Role", .flags = FIELD_REQUIRED, .longest = 40 },
    { FIELD(role_grant, unit), .label = "Unit",
      .hint = "With everything below it; the whole authority where none is named",
      .form = FORM_REFERENCE, .reference = "unit" },
    { FIELD(role_grant, valid_from), .label = "From", .form = FORM_DATE, .flags = FIELD_REQUIRED },
    { FIELD(role_grant, valid_to), .label = "To", .form = FORM_DATE },
    { FIELD(role_grant, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(role_grant);

const struct entity role_grant_entity = {
    ENTITY(role_grant),
    .title = "Role granted",
    .plural = "roles granted",
    .flags = ENTITY_LEDGER,
};
