/* A link with which somebody without an account reads a document, up to a day. */
#include "model/shared_link.h"

#include "base/banned.h"

static const struct field shared_link_fields[] = {
    { FIELD(shared_link, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(shared_link, document), .label = "Document", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "document" },
    { FIELD(shared_link, reader), .label = "For whom", .hint = "Such as a union or a partner",
      .flags = FIELD_REQUIRED | FIELD_PERSONAL, .longest = 200 },
    { FIELD(shared_link, token), .label = "Token, hashed",
      .flags = FIELD_KEY | FIELD_REQUIRED | FIELD_SECRET, .longest = 64 },
    { FIELD(shared_link, valid_to), .label = "To", .form = FORM_DATE, .flags = FIELD_REQUIRED },
    { FIELD(shared_link, withdrawn_at), .label = "Withdrawn at", .longest = 30 },
    { FIELD(shared_link, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(shared_link);

const struct entity shared_link_entity = {
    ENTITY(shared_link),
    .title = "Shared link",
    .plural = "shared links",
    .flags = ENTITY_LEDGER,
};
