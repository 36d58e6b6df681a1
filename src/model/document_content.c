/* What a frozen document said: its JSON, byte for byte, the one whose hash the document holds. */
#include "model/document_content.h"

#include "base/banned.h"

static const struct field document_content_fields[] = {
    { FIELD(document_content, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(document_content, document), .label = "Document", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "document" },
    { FIELD(document_content, body), .label = "Content", .flags = FIELD_REQUIRED },
    { FIELD(document_content, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(document_content);

const struct entity document_content_entity = {
    ENTITY(document_content),
    .title = "Document content",
    .plural = "document contents",
    .flags = ENTITY_LEDGER,
};
