/* What a program signs in with. */
#include "model/api_token.h"

#include "base/banned.h"

static const struct code scope_codes[] = {
    { API_TOKEN_READ, "Read" },
    { API_TOKEN_WRITE, "Read and write" },
    { 0 },
};

static const struct field api_token_fields[] = {
    { FIELD(api_token, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(api_token, account), .label = "Account", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "account" },
    { FIELD(api_token, name), .label = "What it is for", .flags = FIELD_REQUIRED, .longest = 100 },
    { FIELD(api_token, token), .label = "Token, hashed",
      .flags = FIELD_KEY | FIELD_REQUIRED | FIELD_SECRET, .longest = 64 },
    { FIELD(api_token, scope), .label = "Scope", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = scope_codes, .standard = API_TOKEN_READ },
    { FIELD(api_token, made_at), .label = "Made at", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(api_token, expires_on), .label = "Good until", .form = FORM_DATE,
      .flags = FIELD_REQUIRED },
    { FIELD(api_token, revoked_at), .label = "Revoked at", .longest = 30 },
    { FIELD(api_token, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(api_token);

const struct entity api_token_entity = {
    ENTITY(api_token),
    .title = "Token of a program",
    .plural = "api tokens",
    .flags = ENTITY_LEDGER,
};
