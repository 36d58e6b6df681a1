/* What somebody wrote about a figure, and whether it is to be followed up. */
#include "model/value_comment.h"

#include "base/banned.h"

static const struct code follow_up_codes[] = {
    { FOLLOW_UP_NONE, "Nothing to follow up" },
    { FOLLOW_UP_OPEN, "To follow up" },
    { FOLLOW_UP_SETTLED, "Followed up" },
    { 0 },
};

static const struct field value_comment_fields[] = {
    { FIELD(value_comment, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(value_comment, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(value_comment, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(value_comment, period), .label = "Period", .form = FORM_PERIOD,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(value_comment, number), .label = "Number", .flags = FIELD_KEY | FIELD_REQUIRED,
      .least = 1, .most = 100000 },
    { FIELD(value_comment, words), .label = "Comment", .flags = FIELD_REQUIRED, .longest = 4000 },
    { FIELD(value_comment, follow_up), .label = "Follow-up", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = follow_up_codes, .standard = FOLLOW_UP_NONE },
    { FIELD(value_comment, written_at), .label = "Written at", .flags = FIELD_REQUIRED,
      .longest = 40 },
    { FIELD(value_comment, written_by), .label = "Written by", .flags = FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(value_comment, outcome), .label = "What came of it", .longest = 4000 },
    { FIELD(value_comment, settled_at), .label = "Settled at", .longest = 40 },
    { FIELD(value_comment, settled_by), .label = "Settled by", .longest = 200 },
    { FIELD(value_comment, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(value_comment);

const struct entity value_comment_entity = {
    ENTITY(value_comment),
    .title = "Comment on a value",
    .plural = "value comments",
};
