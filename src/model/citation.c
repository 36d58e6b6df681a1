/* A figure that a document printed, with the revision that it printed. */
#include "model/citation.h"

#include "base/banned.h"

static const struct code subject_codes[] = {
    { "value", "Value" },
    { "target", "Target" },
    { "forecast", "Forecast" },
    { "comparator", "Comparator" },
    { 0 },
};

static const struct field citation_fields[] = {
    { FIELD(citation, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(citation, document), .label = "Document", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "document" },
    { FIELD(citation, number), .label = "Number", .flags = FIELD_KEY | FIELD_REQUIRED, .least = 1,
      .most = INT64_MAX },
    { FIELD(citation, measure), .label = "Measure", .form = FORM_REFERENCE, .flags = FIELD_REQUIRED,
      .reference = "measure" },
    { FIELD(citation, unit), .label = "Unit", .hint = "None for a comparator",
      .form = FORM_REFERENCE, .reference = "unit" },
    { FIELD(citation, period), .label = "Period",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD,
      .flags = FIELD_REQUIRED },
    { FIELD(citation, breakdown), .label = "Breakdown", .longest = 200 },
    { FIELD(citation, revision), .label = "Revision", .hint = "0 for a comparator",
      .flags = FIELD_REQUIRED, .least = 0, .most = INT64_MAX },
    { FIELD(citation, printed), .label = "Printed as", .flags = FIELD_REQUIRED, .longest = 200 },
    { FIELD(citation, subject), .label = "What is cited", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = subject_codes, .standard = "value" },
    { FIELD(citation, detail), .label = "Which",
      .hint = "A target's kind, the period in which a forecast was made, a comparator's name",
      .longest = 200 },
    { FIELD(citation, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(citation);

const struct entity citation_entity = {
    ENTITY(citation),
    .title = "Citation",
    .plural = "citations",
    .flags = ENTITY_LEDGER,
};
