/* A phase in which a scheme is carried out. */
#include "model/phase.h"

#include "base/banned.h"

static const struct field phase_fields[] = {
    { FIELD(phase, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(phase, scheme), .label = "Scheme", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "scheme" },
    { FIELD(phase, number), .label = "Number", .flags = FIELD_KEY | FIELD_REQUIRED, .least = 1,
      .most = 1000 },
    { FIELD(phase, title), .label = "Title", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(phase, wording), .label = "Wording", .longest = 4000 },
    { FIELD(phase, starts), .label = "Starts", .form = FORM_DATE },
    { FIELD(phase, ends), .label = "Ends", .form = FORM_DATE },
    { FIELD(phase, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(phase);

const struct entity phase_entity = {
    ENTITY(phase),
    .title = "Phase",
    .plural = "phases",
};
