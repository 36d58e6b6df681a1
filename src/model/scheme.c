/* A set of equality objectives with its vision and life. */
#include "model/scheme.h"

#include "base/banned.h"

static const struct code status_codes[] = {
    { "draft", "Draft" },
    { "consultation", "In consultation" },
    { "adopted", "Adopted" },
    { "superseded", "Superseded" },
    { 0 },
};

static const struct field scheme_fields[] = {
    { FIELD(scheme, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(scheme, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(scheme, title), .label = "Title", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(scheme, starts), .label = "Starts", .form = FORM_DATE, .flags = FIELD_REQUIRED },
    { FIELD(scheme, ends), .label = "Ends", .form = FORM_DATE },
    { FIELD(scheme, period_note), .label = "Note on the period", .longest = 4000 },
    { FIELD(scheme, vision), .label = "Vision adopted", .longest = 4000 },
    { FIELD(scheme, summary), .label = "Summary", .longest = 4000 },
    { FIELD(scheme, status), .label = "Status", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = status_codes, .standard = "draft" },
    { FIELD(scheme, adopted_by), .label = "Adopted by", .form = FORM_REFERENCE,
      .reference = "body" },
    { FIELD(scheme, adopted_on), .label = "Adopted on", .form = FORM_DATE },
    { FIELD(scheme, published_on), .label = "Published on", .form = FORM_DATE },
    { FIELD(scheme, next_due), .label = "Next due", .form = FORM_DATE },
    { FIELD(scheme, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(scheme);

const struct entity scheme_entity = {
    ENTITY(scheme),
    .title = "Scheme",
    .plural = "schemes",
};
