/* Which earlier objective lives on in which later one. */
#include "model/objective_mapping.h"

#include "base/banned.h"

static const struct field objective_mapping_fields[] = {
    { FIELD(objective_mapping, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(objective_mapping, objective), .label = "Objective", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "objective" },
    { FIELD(objective_mapping, mapped_from), .label = "Mapped from", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "objective" },
    { FIELD(objective_mapping, note), .label = "Note", .longest = 4000 },
    { FIELD(objective_mapping, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(objective_mapping);

const struct entity objective_mapping_entity = {
    ENTITY(objective_mapping),
    .title = "Objective mapping",
    .plural = "objective mappings",
};
