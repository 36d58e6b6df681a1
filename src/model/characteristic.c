/* A protected characteristic of the Equality Act 2010 s.4, or one that the authority added. */
#include "model/characteristic.h"

#include "base/banned.h"

static const struct field characteristic_fields[] = {
    { FIELD(characteristic, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(characteristic, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(characteristic, title), .label = "Title", .flags = FIELD_REQUIRED, .longest = 100 },
    { FIELD(characteristic, statutory), .label = "In the Equality Act", .form = FORM_BOOLEAN,
      .flags = FIELD_REQUIRED, .least = 0, .most = 1 },
    { FIELD(characteristic, aim_eliminate), .label = "Aim (a): eliminate discrimination",
      .form = FORM_BOOLEAN, .flags = FIELD_REQUIRED, .least = 0, .most = 1 },
    { FIELD(characteristic, aim_advance), .label = "Aim (b): advance equality of opportunity",
      .form = FORM_BOOLEAN, .flags = FIELD_REQUIRED, .least = 0, .most = 1 },
    { FIELD(characteristic, aim_foster), .label = "Aim (c): foster good relations",
      .form = FORM_BOOLEAN, .flags = FIELD_REQUIRED, .least = 0, .most = 1 },
    { FIELD(characteristic, note), .label = "Note", .longest = 4000 },
    { FIELD(characteristic, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(characteristic);

const struct entity characteristic_entity = {
    ENTITY(characteristic),
    .title = "Characteristic",
    .plural = "characteristics",
};
