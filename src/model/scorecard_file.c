/* A directorate's own scorecard as it was read for a return: the cells, by sheet and row. */
#include "model/scorecard_file.h"

#include "base/banned.h"

static const struct field scorecard_file_fields[] = {
    { FIELD(scorecard_file, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(scorecard_file, directorate_return), .label = "Return", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "directorate_return" },
    { FIELD(scorecard_file, source_file), .label = "Source file", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "source_file" },
    { FIELD(scorecard_file, name), .label = "Name", .flags = FIELD_REQUIRED, .longest = 255 },
    { FIELD(scorecard_file, cells), .label = "Cells", .flags = FIELD_REQUIRED },
    { FIELD(scorecard_file, taken_at), .label = "Taken at", .flags = FIELD_REQUIRED,
      .longest = 40 },
    { FIELD(scorecard_file, taken_by), .label = "Taken by", .flags = FIELD_REQUIRED,
      .longest = 200 },
    { FIELD(scorecard_file, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(scorecard_file);

const struct entity scorecard_file_entity = {
    ENTITY(scorecard_file),
    .title = "Scorecard of a return",
    .plural = "scorecard files",
    .flags = ENTITY_LEDGER,
};
