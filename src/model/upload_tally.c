/* How much an account has sent on a day, against the quota; the day before is forgotten. */
#include "model/upload_tally.h"

#include "base/banned.h"

static const struct field upload_tally_fields[] = {
    { FIELD(upload_tally, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(upload_tally, account), .label = "Account", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "account" },
    { FIELD(upload_tally, day), .label = "Day", .form = FORM_DATE,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(upload_tally, files), .label = "Files", .flags = FIELD_REQUIRED },
    { FIELD(upload_tally, bytes), .label = "Bytes", .flags = FIELD_REQUIRED },
};
ENTITY_IS_COMPLETE(upload_tally);

const struct entity upload_tally_entity = {
    ENTITY(upload_tally),
    .title = "Uploads of a day",
    .plural = "uploads of a day",
    .flags = ENTITY_LEDGER,
};
