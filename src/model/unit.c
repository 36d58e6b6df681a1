/* A part of the authority under the name it had between two dates. */
#include "model/unit.h"

#include "base/banned.h"

static const struct code kind_codes[] = {
    { "authority", "Whole authority" }, { "directorate", "Directorate" },
    { "service", "Service" },           { "team", "Team" },
    { "partner", "Partner" },           { 0 },
};

static const struct field unit_fields[] = {
    { FIELD(unit, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(unit, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(unit, name), .label = "Name", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(unit, kind), .label = "Kind", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes, .standard = "directorate" },
    { FIELD(unit, parent), .label = "Part of", .form = FORM_REFERENCE, .reference = "unit" },
    { FIELD(unit, valid_from), .label = "From", .form = FORM_DATE },
    { FIELD(unit, valid_to), .label = "To", .form = FORM_DATE },
    { FIELD(unit, note), .label = "Note", .longest = 4000 },
    { FIELD(unit, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(unit);

const struct entity unit_entity = {
    ENTITY(unit),
    .title = "Unit",
    .plural = "units",
};
