/* Where an input of a return's row was filled from: the cell of the directorate's scorecard. */
#include "model/scorecard_cell.h"

#include "base/banned.h"

static const struct field scorecard_cell_fields[] = {
    { FIELD(scorecard_cell, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(scorecard_cell, return_row), .label = "Row", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "return_row" },
    { FIELD(scorecard_cell, input), .label = "Input", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 40 },
    { FIELD(scorecard_cell, source_file), .label = "Source file", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "source_file" },
    { FIELD(scorecard_cell, sheet), .label = "Sheet", .longest = 255 },
    { FIELD(scorecard_cell, cell), .label = "Cell", .hint = "Column and row, such as D7",
      .flags = FIELD_REQUIRED, .longest = 120 },
    { FIELD(scorecard_cell, words), .label = "What it filled in", .flags = FIELD_REQUIRED,
      .longest = 8000 },
    { FIELD(scorecard_cell, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(scorecard_cell);

const struct entity scorecard_cell_entity = {
    ENTITY(scorecard_cell),
    .title = "Cell of a scorecard",
    .plural = "scorecard cells",
    .flags = ENTITY_LEDGER,
};
