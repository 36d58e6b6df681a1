/* Something counted or judged, defined once and cited wherever it is printed. */
#include "model/measure.h"

#include "base/slice.h"
#include "model/codes.h"
#include "base/banned.h"

static const struct code kind_codes[] = {
    { "percentage", "Percentage" },
    { "count", "Count" },
    { "ratio", "Ratio in a band" },
    { "gap", "Gap" },
    { "differential", "Differential kept" },
    { "growth", "Growth halted" },
    { "rank", "Rank" },
    { "milestone", "Milestone" },
    { "survey", "Survey share" },
    { "narrative", "Narrative only" },
    { 0 },
};

static const struct code polarity_codes[] = {
    { "higher", "Higher" },
    { "lower", "Lower" },
    { "band", "Within a band" },
    { "milestone", "Reached" },
    { 0 },
};

static const struct code accumulation_codes[] = {
    { "point", "At a point" },
    { "period", "Over the period" },
    { "cumulative", "Cumulative through the year" },
    { "rolling", "Rolling" },
    { "multi-year", "Over several years" },
    { 0 },
};

static const struct code frequency_codes[] = {
    { "weekly", "Weekly" },       { "monthly", "Monthly" },
    { "quarterly", "Quarterly" }, { "half-yearly", "Half-yearly" },
    { "yearly", "Yearly" },       { "two-yearly", "Every two years" },
    { "once", "Once" },           { 0 },
};

static const struct code variance_codes[] = {
    { "relative", "Relative to the target" },
    { "points", "In points" },
    { 0 },
};

static const struct code status_codes[] = {
    { "live", "Live" },
    { "retired", "Retired" },
    { 0 },
};

/* What units and titles say of the kind; the first that fits. A title says so with any of its
 * words, a unit as a whole. */
static const struct {
    const char *words, *kind;
    bool is_in_title;
} kind_words[] = {
    { "percentage points", "gap", false },
    { "percentage point", "gap", false },
    { "points", "gap", false },
    { "pp", "gap", false },
    { "%", "percentage", false },
    { "per cent", "percentage", false },
    { "percent", "percentage", false },
    { "percentage", "percentage", false },
    { "ratio", "ratio", false },
    { "rank", "rank", false },
    { "place", "rank", false },
    { "milestone", "milestone", false },
    { "date", "milestone", false },
    { "pay gap", "gap", true },
    { "the gap", "gap", true },
    { "number of", "count", true },
    { "how many", "count", true },
    { "ratio of", "ratio", true },
    { "rank of", "rank", true },
    { "%", "percentage", true },
    { "per cent", "percentage", true },
    { "percentage", "percentage", true },
    { "proportion of", "percentage", true },
    { "share of", "percentage", true },
};

/* A file that does not say the kind says it with the unit or the title: a unit that none of the
 * words is, such as "referrals", is what is counted. Where neither tells, the kind is asked for. */
static void measure_complete(void *row)
{
    struct measure *measure = row;
    struct slice unit = slice_trim(
        slice_of(measure->unit_of_measure ? measure->unit_of_measure : ""));
    struct slice title = slice_of(measure->title ? measure->title : "");
    for (size_t i = 0; !measure->kind && i < sizeof kind_words / sizeof *kind_words; i++) {
        bool fits = kind_words[i].is_in_title
                        ? unit.length == 0 && slice_find_folded(title, kind_words[i].words) >= 0
                        : slice_equal_folded(unit, slice_of(kind_words[i].words));
        if (fits)
            measure->kind = kind_words[i].kind;
    }
    if (!measure->kind && unit.length > 0)
        measure->kind = "count";
}

static const struct field measure_fields[] = {
    { FIELD(measure, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(measure, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(measure, title), .label = "Title", .flags = FIELD_REQUIRED, .longest = 400 },
    { FIELD(measure, kind), .label = "Kind", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes },
    { FIELD(measure, polarity), .label = "Better is", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = polarity_codes, .standard = "higher" },
    { FIELD(measure, unit_of_measure), .label = "Unit of measure", .longest = 40 },
    { FIELD(measure, decimals), .label = "Decimals printed", .flags = FIELD_REQUIRED, .least = 0,
      .most = 6, .standard = "0" },
    { FIELD(measure, numerator_definition), .label = "Numerator", .longest = 4000 },
    { FIELD(measure, denominator_definition), .label = "Denominator", .longest = 4000 },
    { FIELD(measure, population), .label = "Population", .longest = 4000 },
    { FIELD(measure, accumulation), .label = "Accumulates", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = accumulation_codes, .standard = "point" },
    { FIELD(measure, multi_year_span), .label = "Years in a multi-year measure", .least = 2,
      .most = 10 },
    { FIELD(measure, frequency), .label = "Frequency", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = frequency_codes, .standard = "quarterly" },
    { FIELD(measure, variance), .label = "Distance from target is", .flags = FIELD_REQUIRED,
      .longest = 40, .codes = variance_codes, .standard = "relative" },
    { FIELD(measure, parent), .label = "Part of measure", .form = FORM_REFERENCE,
      .reference = "measure" },
    { FIELD(measure, roll_up), .label = "Rolls up by", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = roll_up_codes, .standard = "none" },
    { FIELD(measure, complement_of), .label = "Complement of",
      .hint = "This measure is 100 minus that one", .form = FORM_REFERENCE,
      .reference = "measure" },
    { FIELD(measure, successor), .label = "Succeeded by", .form = FORM_REFERENCE,
      .reference = "measure" },
    { FIELD(measure, series_break), .label = "Series break", .form = FORM_DATE },
    { FIELD(measure, break_note), .label = "Note on the break", .longest = 4000 },
    { FIELD(measure, survey_question), .label = "Survey question", .longest = 4000 },
    { FIELD(measure, survey_wave), .label = "Survey wave", .longest = 100 },
    { FIELD(measure, survey_from), .label = "Fieldwork from", .form = FORM_DATE },
    { FIELD(measure, survey_to), .label = "Fieldwork to", .form = FORM_DATE },
    { FIELD(measure, survey_base), .label = "Survey base", .longest = 200 },
    { FIELD(measure, survey_weighting), .label = "Weighting", .longest = 200 },
    { FIELD(measure, survey_next), .label = "Next wave", .form = FORM_DATE },
    { FIELD(measure, source), .label = "Source", .longest = 400 },
    { FIELD(measure, external_code), .label = "External code",
      .hint = "Such as a National Indicator number", .longest = 60 },
    { FIELD(measure, status), .label = "Status", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = status_codes, .standard = "live" },
    { FIELD(measure, note), .label = "Note", .longest = 4000 },
    { FIELD(measure, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(measure);

const struct entity measure_entity = {
    ENTITY(measure),
    .title = "Measure",
    .plural = "measures",
    .complete = measure_complete,
};
