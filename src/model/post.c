/* A role that somebody holds; leads and suppliers are posts, not people. */
#include "model/post.h"

#include "base/banned.h"

static const struct field post_fields[] = {
    { FIELD(post, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(post, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(post, title), .label = "Title", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(post, unit), .label = "Unit", .form = FORM_REFERENCE, .reference = "unit" },
    { FIELD(post, valid_from), .label = "From", .form = FORM_DATE },
    { FIELD(post, valid_to), .label = "To", .form = FORM_DATE },
    { FIELD(post, note), .label = "Note", .longest = 4000 },
    { FIELD(post, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(post);

const struct entity post_entity = {
    ENTITY(post),
    .title = "Post",
    .plural = "posts",
};
