/* A document that was made and, once frozen, stands as it was. */
#include "model/document.h"

#include "base/banned.h"

static const struct code state_codes[] = {
    { "draft", "Draft" },
    { "frozen", "Frozen" },
    { 0 },
};

static const struct field document_fields[] = {
    { FIELD(document, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(document, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(document, title), .label = "Title", .flags = FIELD_REQUIRED, .longest = 400 },
    { FIELD(document, kind), .label = "Kind", .flags = FIELD_REQUIRED, .longest = 40 },
    { FIELD(document, period), .label = "Period",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD },
    { FIELD(document, created_at), .label = "Made at", .flags = FIELD_REQUIRED, .longest = 30 },
    { FIELD(document, state), .label = "State", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = state_codes, .standard = "draft" },
    { FIELD(document, content_hash), .label = "Hash of the content", .longest = 64 },
    { FIELD(document, disclosure_reason),
      .label = "Why it was frozen although somebody may be recognised", .longest = 2000 },
    { FIELD(document, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(document);

const struct entity document_entity = {
    ENTITY(document),
    .title = "Document",
    .plural = "documents",
    .flags = ENTITY_LEDGER,
};
