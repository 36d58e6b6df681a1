/* What a label in extracts of people stands for, confirmed by the authority once. */
#include "model/people_label.h"

#include "base/banned.h"

static const struct field people_label_fields[] = {
    { FIELD(people_label, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(people_label, heading), .label = "Column",
      .hint = "A heading, or a role such as ethnicity", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(people_label, label), .label = "Label", .flags = FIELD_KEY, .longest = 400 },
    { FIELD(people_label, list), .label = "List", .hint = "A list of rules/lists.csv, or state",
      .flags = FIELD_REQUIRED, .longest = 80 },
    { FIELD(people_label, code), .label = "Code", .flags = FIELD_REQUIRED, .longest = 40 },
    { FIELD(people_label, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(people_label);

const struct entity people_label_entity = {
    ENTITY(people_label),
    .title = "Label in extracts",
    .plural = "people labels",
};
