/* A sealed version of a snapshot. The key stands outside the database, in a file of that name. */
#include "model/snapshot_version.h"

#include "base/banned.h"

static const struct code state_codes[] = {
    { "sealed", "Sealed" },
    { "shredded", "Shredded: its key is gone" },
    { 0 },
};

static const struct field snapshot_version_fields[] = {
    { FIELD(snapshot_version, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(snapshot_version, snapshot), .label = "Snapshot", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "snapshot" },
    { FIELD(snapshot_version, number), .label = "Version", .flags = FIELD_KEY | FIELD_REQUIRED,
      .least = 1, .most = INT64_MAX },
    { FIELD(snapshot_version, state), .label = "State", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = state_codes },
    { FIELD(snapshot_version, sealed_at), .label = "Sealed at", .flags = FIELD_REQUIRED,
      .longest = 40 },
    { FIELD(snapshot_version, key_name), .label = "Name of the key", .flags = FIELD_REQUIRED,
      .longest = 64 },
    { FIELD(snapshot_version, sealed_hash), .label = "Hash of what is sealed",
      .flags = FIELD_REQUIRED, .longest = 64 },
    { FIELD(snapshot_version, source_hash), .label = "Hash of the source files", .longest = 64 },
    { FIELD(snapshot_version, people), .label = "People", .flags = FIELD_REQUIRED, .least = 0,
      .most = INT64_MAX },
    { FIELD(snapshot_version, records), .label = "Records", .flags = FIELD_REQUIRED, .least = 0,
      .most = INT64_MAX },
    { FIELD(snapshot_version, chunks), .label = "Chunks", .flags = FIELD_REQUIRED, .least = 0,
      .most = INT64_MAX },
    { FIELD(snapshot_version, reason), .label = "Reason", .longest = 4000 },
    { FIELD(snapshot_version, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(snapshot_version);

const struct entity snapshot_version_entity = {
    ENTITY(snapshot_version),
    .title = "Snapshot version",
    .plural = "snapshot versions",
    .flags = ENTITY_LEDGER,
};
