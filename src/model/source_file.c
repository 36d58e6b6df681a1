/* A file that was imported, known by its hash. */
#include "model/source_file.h"

#include "base/banned.h"

static const struct field source_file_fields[] = {
    { FIELD(source_file, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(source_file, hash), .label = "Hash", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 64 },
    { FIELD(source_file, name), .label = "Name", .flags = FIELD_REQUIRED, .longest = 255 },
    { FIELD(source_file, size), .label = "Bytes", .flags = FIELD_REQUIRED, .least = 0,
      .most = INT64_MAX },
    { FIELD(source_file, kind), .label = "Kind", .longest = 20 },
    { FIELD(source_file, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(source_file);

const struct entity source_file_entity = {
    ENTITY(source_file),
    .title = "Source file",
    .plural = "source files",
    .flags = ENTITY_LEDGER,
};
