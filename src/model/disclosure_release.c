/* A release in the ledger: tables that went out together, cell by cell, as lines of JSON. */
#include "model/disclosure_release.h"

#include "base/banned.h"

static const struct field disclosure_release_fields[] = {
    { FIELD(disclosure_release, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(disclosure_release, code), .label = "Release", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(disclosure_release, population), .label = "Population", .flags = FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(disclosure_release, definition), .label = "Definition", .longest = 4000 },
    { FIELD(disclosure_release, period), .label = "Period", .flags = FIELD_REQUIRED,
      .longest = 40 },
    { FIELD(disclosure_release, method), .label = "Method", .flags = FIELD_REQUIRED,
      .longest = 400 },
    { FIELD(disclosure_release, threshold), .label = "Threshold", .flags = FIELD_REQUIRED,
      .least = 1, .most = 1000000 },
    { FIELD(disclosure_release, cells), .label = "Cells", .flags = FIELD_REQUIRED, .least = 1,
      .most = 100000000 },
    { FIELD(disclosure_release, released_at), .label = "Released at", .flags = FIELD_REQUIRED,
      .longest = 40 },
    { FIELD(disclosure_release, released_by), .label = "Released by", .flags = FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(disclosure_release, body), .label = "Lines", .flags = FIELD_REQUIRED },
    { FIELD(disclosure_release, chain_hash), .label = "Hash of the chain", .flags = FIELD_REQUIRED,
      .longest = 64 },
    { FIELD(disclosure_release, tables), .label = "Tables" },
    { FIELD(disclosure_release, report), .label = "Report of the protection" },
    { FIELD(disclosure_release, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(disclosure_release);

const struct entity disclosure_release_entity = {
    ENTITY(disclosure_release),
    .title = "Release",
    .plural = "disclosure releases",
    .flags = ENTITY_LEDGER,
};
