/* A row of a return as the directorate writes it. */
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
    { FIELD(return_row, numerator_text), .label = "Numerator as written", .longest = 60 },
    { FIELD(return_row, denominator_text), .label = "Denominator as written", .longest = 60 },
    { FIELD(return_row, milestone), .label = "Milestone reached", .longest = 40,
      .codes = milestone_codes },
    { FIELD(return_row, declared_reason), .label = "Reason for the declared rating",
      .hint = "Needed where it is not the computed one", .longest = 4000 },
    { FIELD(return_row, quality_note), .label = "Note on quality", .longest = 4000 },
    { FIELD(return_row, corrective_action), .label = "Corrective action",
      .hint = "Needed for a red rating", .longest = 4000 },
    { FIELD(return_row, corrective_owner), .label = "Who will do it", .longest = 200 },
    { FIELD(return_row, corrective_by), .label = "By when",
      .hint = "As people write it: end of March 2013", .longest = 200 },
    { FIELD(return_row, outcome_of_last), .label = "What came of the last corrective action",
      .longest = 4000 },
    { FIELD(return_row, is_complete), .label = "Complete", .form = FORM_BOOLEAN, .least = 0,
      .most = 1 },
    { FIELD(return_row, supplied_by), .label = "Entered for",
      .hint = "Whose answer it is, where somebody else typed it in", .longest = 400 },
    { FIELD(return_row, edited_by), .label = "Edited by", .flags = FIELD_SYSTEM, .longest = 200 },
    { FIELD(return_row, edited_at), .label = "Edited at", .flags = FIELD_SYSTEM, .longest = 40 },
    { FIELD(return_row, version), .label = "Version", .flags = FIELD_SYSTEM, .least = 0,
      .most = INT64_MAX },
    { FIELD(return_row, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(return_row);

const struct entity return_row_entity = {
    ENTITY(return_row),
    .title = "Return row",
    .plural = "return rows",
};
