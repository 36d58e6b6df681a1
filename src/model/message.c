/* An e-mail on its way. */
#include "model/message.h"

#include "base/banned.h"

static const struct code state_codes[] = {
    { MESSAGE_QUEUED, "Queued" },
    { MESSAGE_SENDING, "Being sent" },
    { MESSAGE_SENT, "Sent" },
    { MESSAGE_FAILED, "Given up" },
    { 0 },
};

static const struct field message_fields[] = {
    { FIELD(message, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(message, account), .label = "Account", .form = FORM_REFERENCE, .flags = FIELD_REQUIRED,
      .reference = "account" },
    { FIELD(message, recipient), .label = "To", .flags = FIELD_REQUIRED | FIELD_PERSONAL,
      .longest = 254 },
    { FIELD(message, subject), .label = "Subject", .flags = FIELD_REQUIRED | FIELD_PERSONAL,
      .longest = 200 },
    { FIELD(message, plain), .label = "Plain text", .flags = FIELD_REQUIRED | FIELD_PERSONAL,
      .longest = 1000000 },
    { FIELD(message, html), .label = "HTML", .flags = FIELD_REQUIRED | FIELD_PERSONAL,
      .longest = 1000000 },
    { FIELD(message, state), .label = "State", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = state_codes, .standard = MESSAGE_QUEUED },
    { FIELD(message, attempts), .label = "Attempts", .flags = FIELD_REQUIRED, .least = 0,
      .most = 1000, .standard = "0" },
    { FIELD(message, next_attempt_at), .label = "Next attempt", .longest = 30 },
    { FIELD(message, last_error), .label = "Last fault", .longest = 400 },
    { FIELD(message, created_at), .label = "Made at", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(message, sent_at), .label = "Sent at", .longest = 30 },
    { FIELD(message, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(message);

const struct entity message_entity = {
    ENTITY(message),
    .title = "Message",
    .plural = "messages",
    .flags = ENTITY_LEDGER,
};
