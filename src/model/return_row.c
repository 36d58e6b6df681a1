/* A row of a return as it was printed; the check reads these. */
#include "model/return_row.h"

#include "model/codes.h"
#include "base/banned.h"

static const struct field return_row_fields[] = {
    { FIELD(return_row, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(return_row, directorate_return), .label = "Return", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "directorate_return" },
    { FIELD(return_row, reference), .label = "Reference", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 20 },
    { FIELD(return_row, sequence), .label = "Order", .flags = FIELD_REQUIRED, .least = 0,
      .most = 100000, .standard = "0" },
    { FIELD(return_row, objective), .label = "Objective", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "objective" },
    { FIELD(return_row, measure), .label = "Measure", .form = FORM_REFERENCE,
      .reference = "measure" },
    { FIELD(return_row, owner), .label = "Directorate as printed", .longest = 200 },
    { FIELD(return_row, success_criterion), .label = "We will have succeeded if", .longest = 4000 },
    { FIELD(return_row, target_text), .label = "Target as printed", .longest = 400 },
    { FIELD(return_row, progress), .label = "Progress", .longest = 8000 },
    { FIELD(return_row, value_text), .label = "Value as printed", .longest = 200 },
    { FIELD(return_row, forecast_text), .label = "Forecast as printed", .longest = 400 },
    { FIELD(return_row, declared), .label = "Rating as printed", .longest = 20 },
    { FIELD(return_row, missing), .label = "Missing because", .longest = 40,
      .codes = missing_codes },
    { FIELD(return_row, nothing_to_report), .label = "Nothing to report", .form = FORM_BOOLEAN,
      .least = 0, .most = 1 },
    { FIELD(return_row, note), .label = "Note", .longest = 4000 },
    { FIELD(return_row, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(return_row);

const struct entity return_row_entity = {
    ENTITY(return_row),
    .title = "Return row",
    .plural = "return rows",
};
