/* Who sits on a body, and for whom they speak. */
#include "model/membership.h"

#include "base/banned.h"

static const struct code role_codes[] = {
    { "chair", "Chair" },
    { "member", "Member" },
    { "observer", "Observer" },
    { "support", "Support" },
    { 0 },
};

static const struct field membership_fields[] = {
    { FIELD(membership, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(membership, body), .label = "Body", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "body" },
    { FIELD(membership, member), .label = "Member", .hint = "The seat as people call it",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 200 },
    { FIELD(membership, role), .label = "Role", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = role_codes, .standard = "member" },
    { FIELD(membership, post), .label = "Post", .form = FORM_REFERENCE, .reference = "post" },
    { FIELD(membership, member_body), .label = "Body represented", .form = FORM_REFERENCE,
      .reference = "body" },
    { FIELD(membership, represents), .label = "Represents", .longest = 200 },
    { FIELD(membership, valid_from), .label = "From", .form = FORM_DATE },
    { FIELD(membership, valid_to), .label = "To", .form = FORM_DATE },
    { FIELD(membership, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(membership);

const struct entity membership_entity = {
    ENTITY(membership),
    .title = "Membership",
    .plural = "memberships",
};
