/* A wording of the vision that was considered. */
#include "model/vision_option.h"

#include "base/banned.h"

static const struct code outcome_codes[] = {
    { "proposed", "Proposed" },
    { "shortlisted", "Shortlisted" },
    { "adopted", "Adopted" },
    { "dropped", "Dropped" },
    { 0 },
};

static const struct field vision_option_fields[] = {
    { FIELD(vision_option, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(vision_option, scheme), .label = "Scheme", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "scheme" },
    { FIELD(vision_option, number), .label = "Number", .flags = FIELD_KEY | FIELD_REQUIRED,
      .least = 1, .most = 1000 },
    { FIELD(vision_option, wording), .label = "Wording", .flags = FIELD_REQUIRED, .longest = 4000 },
    { FIELD(vision_option, outcome), .label = "Outcome", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = outcome_codes, .standard = "proposed" },
    { FIELD(vision_option, note), .label = "Note", .longest = 4000 },
    { FIELD(vision_option, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(vision_option);

const struct entity vision_option_entity = {
    ENTITY(vision_option),
    .title = "Vision option",
    .plural = "vision options",
};
