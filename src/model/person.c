/* A person who holds a post. */
#include "model/person.h"

#include "base/banned.h"

static const struct field person_fields[] = {
    { FIELD(person, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(person, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(person, name), .label = "Name", .flags = FIELD_REQUIRED | FIELD_PERSONAL,
      .longest = 200 },
    { FIELD(person, email), .label = "E-mail", .flags = FIELD_PERSONAL, .longest = 254 },
    { FIELD(person, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(person);

const struct entity person_entity = {
    ENTITY(person),
    .title = "Person",
    .plural = "people",
};
