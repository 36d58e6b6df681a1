/* A link that is good once: to choose a password, or to sign in to the demonstration. */
#include "model/invitation.h"

#include "base/banned.h"

static const struct code kind_codes[] = {
    { "password", "Choose a password" },
    { "demonstration", "Sign in to the demonstration" },
    { 0 },
};

static const struct field invitation_fields[] = {
    { FIELD(invitation, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(invitation, account), .label = "Account", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "account" },
    { FIELD(invitation, token), .label = "Token, hashed",
      .flags = FIELD_KEY | FIELD_REQUIRED | FIELD_SECRET, .longest = 64 },
    { FIELD(invitation, kind), .label = "Kind", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes },
    { FIELD(invitation, made_at), .label = "Made at", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(invitation, expires_at), .label = "Good until", .flags = FIELD_REQUIRED,
      .longest = 30 },
    { FIELD(invitation, used_at), .label = "Used at", .longest = 30 },
    { FIELD(invitation, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(invitation);

const struct entity invitation_entity = {
    ENTITY(invitation),
    .title = "Invitation",
    .plural = "invitations",
    .flags = ENTITY_LEDGER,
};
