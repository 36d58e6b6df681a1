/* A piece of what a snapshot's version holds: encrypted bytes in Base64. */
#include "model/snapshot_chunk.h"

#include "base/banned.h"

static const struct field snapshot_chunk_fields[] = {
    { FIELD(snapshot_chunk, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(snapshot_chunk, snapshot_version), .label = "Snapshot version", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "snapshot_version" },
    { FIELD(snapshot_chunk, number), .label = "Place", .flags = FIELD_KEY | FIELD_REQUIRED,
      .least = 0, .most = INT64_MAX },
    { FIELD(snapshot_chunk, body), .label = "Sealed bytes", .flags = FIELD_REQUIRED },
    { FIELD(snapshot_chunk, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(snapshot_chunk);

const struct entity snapshot_chunk_entity = {
    ENTITY(snapshot_chunk),
    .title = "Snapshot chunk",
    .plural = "snapshot chunks",
    .flags = ENTITY_LEDGER,
};
