/* Somebody who can sign in. Imported and exported nowhere: it holds what proves who a person is. */
#include "model/account.h"

#include "base/banned.h"

static const struct code status_codes[] = {
    { "open", "Open" },
    { "closed", "Closed" },
    { 0 },
};

static const struct field account_fields[] = {
    { FIELD(account, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(account, code), .label = "Short name",
      .hint = "Letters, digits and hyphens: it stands in the audit",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(account, name), .label = "Name", .flags = FIELD_REQUIRED | FIELD_PERSONAL,
      .longest = 200 },
    { FIELD(account, email), .label = "E-mail address", .flags = FIELD_REQUIRED | FIELD_PERSONAL,
      .longest = 254 },
    { FIELD(account, person), .label = "Person", .form = FORM_REFERENCE, .reference = "person" },
    { FIELD(account, status), .label = "Status", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = status_codes, .standard = "open" },
    { FIELD(account, password), .label = "Password, hashed", .flags = FIELD_SECRET,
      .longest = 200 },
    { FIELD(account, totp_secret), .label = "Secret of the codes", .flags = FIELD_SECRET,
      .longest = 100 },
    { FIELD(account, totp_step), .label = "Last code used", .flags = FIELD_SECRET },
    { FIELD(account, recovery_codes), .label = "Recovery codes, hashed", .flags = FIELD_SECRET,
      .longest = 2000 },
    { FIELD(account, issuer), .label = "Issuer of the single sign-on", .longest = 400 },
    { FIELD(account, subject), .label = "Subject of the single sign-on", .flags = FIELD_PERSONAL,
      .longest = 255 },
    { FIELD(account, failures), .label = "Failed attempts in a row", .flags = FIELD_REQUIRED,
      .least = 0, .most = 1000000, .standard = "0" },
    { FIELD(account, locked_until), .label = "No attempt before", .longest = 30 },
    { FIELD(account, created_at), .label = "Made at", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(account, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(account);

const struct entity account_entity = {
    ENTITY(account),
    .title = "Account",
    .plural = "accounts",
    .flags = ENTITY_LEDGER,
};
