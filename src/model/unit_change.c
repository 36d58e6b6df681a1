/* What became of a unit: renamed, merged, split, or its work passed on. */
#include "model/unit_change.h"

#include "base/banned.h"

static const struct code kind_codes[] = {
    { "rename", "Renamed" },
    { "merge", "Merged" },
    { "split", "Split" },
    { "transfer", "Work transferred" },
    { 0 },
};

static const struct field unit_change_fields[] = {
    { FIELD(unit_change, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(unit_change, predecessor), .label = "Before", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(unit_change, successor), .label = "After", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(unit_change, changed_on), .label = "On", .form = FORM_DATE,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(unit_change, kind), .label = "Kind", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes, .standard = "rename" },
    { FIELD(unit_change, note), .label = "Note", .longest = 4000 },
    { FIELD(unit_change, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(unit_change);

const struct entity unit_change_entity = {
    ENTITY(unit_change),
    .title = "Unit change",
    .plural = "unit changes",
};
