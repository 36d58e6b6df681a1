/* What a label in a directorate's own scorecard stands for, said once and used every quarter. */
#include "model/scorecard_match.h"

#include <string.h>

#include "base/problem.h"
#include "base/banned.h"

static const struct code place_codes[] = {
    { SCORECARD_SHEET, "Sheet" },
    { SCORECARD_COLUMN, "Column" },
    { SCORECARD_ROW, "Row" },
    { 0 },
};

const struct code scorecard_meanings[] = {
    { SCORECARD_MEASURE, "A measure" },
    { SCORECARD_LABELS, "The names of the rows" },
    { SCORECARD_IGNORED, "Not for the return" },
    { SCORECARD_READ, "What its rows and columns say" },
    { "value_text", "Value" },
    { "numerator_text", "Numerator" },
    { "denominator_text", "Denominator" },
    { "milestone", "Milestone reached" },
    { "missing", "Why there is no value" },
    { "progress", "Progress in words" },
    { "forecast_text", "Forecast for the year" },
    { "declared", "Rating" },
    { "declared_reason", "Reason for the rating" },
    { "quality_note", "Note on quality" },
    { "corrective_action", "Corrective action" },
    { "corrective_owner", "Who does the corrective action" },
    { "corrective_by", "When the corrective action is due" },
    { 0 },
};

static const struct field scorecard_match_fields[] = {
    { FIELD(scorecard_match, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(scorecard_match, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(scorecard_match, place), .label = "Place", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 20, .codes = place_codes },
    { FIELD(scorecard_match, words), .label = "Words",
      .hint = "As in the file, in lower case and without marks; * stands for a period",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 400 },
    { FIELD(scorecard_match, meaning), .label = "Meaning", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = scorecard_meanings },
    { FIELD(scorecard_match, measure), .label = "Measure", .form = FORM_REFERENCE,
      .reference = "measure" },
    { FIELD(scorecard_match, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(scorecard_match);

static void scorecard_match_check(const void *row, struct problems *out)
{
    const struct scorecard_match *match = row;
    bool is_measure = match->meaning && strcmp(match->meaning, SCORECARD_MEASURE) == 0;
    bool is_labels = match->meaning && strcmp(match->meaning, SCORECARD_LABELS) == 0;
    bool is_read = match->meaning && strcmp(match->meaning, SCORECARD_READ) == 0;
    if (is_measure && match->measure == INTEGER_MISSING)
        problem_add(out, "measure", "A label that stands for a measure names it.");
    if (!is_measure && match->measure != INTEGER_MISSING)
        problem_add(out, "measure", "Only a label that stands for a measure names one.");
    if (is_labels && match->place && strcmp(match->place, SCORECARD_COLUMN) != 0)
        problem_add(out, "meaning", "The names of the rows stand in a column.");
    if (is_read && match->place && strcmp(match->place, SCORECARD_SHEET) != 0)
        problem_add(out, "meaning", "Only a sheet is read by its rows and columns.");
}

const struct entity scorecard_match_entity = {
    ENTITY(scorecard_match),
    .title = "Label in scorecards",
    .plural = "scorecard matches",
    .check = scorecard_match_check,
};
