/* A snapshot of the people on a day: what it is called; its versions hold the sealed records. */
#include "model/snapshot.h"

#include "base/banned.h"

static const struct field snapshot_fields[] = {
    { FIELD(snapshot, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(snapshot, code), .label = "Code", .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 80 },
    { FIELD(snapshot, title), .label = "Title", .flags = FIELD_REQUIRED, .longest = 400 },
    { FIELD(snapshot, taken_on), .label = "Taken on", .form = FORM_DATE, .flags = FIELD_REQUIRED },
    { FIELD(snapshot, population), .label = "Population", .flags = FIELD_REQUIRED, .longest = 80 },
    { FIELD(snapshot, latest), .label = "Latest version", .flags = FIELD_REQUIRED, .least = 1,
      .most = INT64_MAX },
    { FIELD(snapshot, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(snapshot);

const struct entity snapshot_entity = {
    ENTITY(snapshot),
    .title = "Snapshot",
    .plural = "snapshots",
    .flags = ENTITY_LEDGER,
};
