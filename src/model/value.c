/* What a measure was for a unit in a period; every revision is kept. */
#include "model/value.h"

#include "base/problem.h"
#include "model/codes.h"
#include "base/banned.h"

static const struct code state_codes[] = {
    { "provisional", "Provisional" },
    { "final", "Final" },
    { 0 },
};

static const struct field value_fields[] = {
    { FIELD(value, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(value, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(value, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(value, period), .label = "Period", .hint = "For example 2012-13, 2012-13-Q1 or 2012-04",
      .form = FORM_PERIOD, .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(value, breakdown), .label = "Breakdown", .hint = "Empty for everybody",
      .flags = FIELD_KEY, .longest = 200 },
    { FIELD(value, revision), .label = "Revision", .flags = FIELD_SYSTEM | FIELD_REQUIRED,
      .least = 1, .most = INT64_MAX },
    { FIELD(value, latest), .label = "Latest", .flags = FIELD_SYSTEM | FIELD_REQUIRED, .least = 0,
      .most = 1 },
    { FIELD(value, numerator), .label = "Numerator", .form = FORM_DECIMAL },
    { FIELD(value, denominator), .label = "Denominator", .form = FORM_DECIMAL },
    { FIELD(value, value), .label = "Value", .form = FORM_DECIMAL },
    { FIELD(value, decimals), .label = "Decimals printed", .flags = FIELD_AS_WRITTEN, .least = 0,
      .most = 6 },
    { FIELD(value, as_at), .label = "As at", .form = FORM_DATE },
    { FIELD(value, state), .label = "State", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = state_codes, .standard = "final" },
    { FIELD(value, missing), .label = "Missing because", .longest = 40, .codes = missing_codes },
    { FIELD(value, milestone), .label = "Milestone reached", .longest = 40,
      .codes = milestone_codes },
    { FIELD(value, quality_note), .label = "Note on quality", .longest = 4000 },
    { FIELD(value, source_hash), .label = "Hash of the source file", .flags = FIELD_SYSTEM,
      .longest = 64 },
    { FIELD(value, reason), .label = "Reason for the change", .longest = 4000 },
    { FIELD(value, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(value);

static bool is_given(int64_t number)
{
    return number != INTEGER_MISSING;
}

static bool is_written(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static void check_quotient(const struct value *value, struct problems *out)
{
    if (is_given(value->numerator) && !is_given(value->denominator))
        problem_add(out, "denominator", "A numerator needs its denominator; give both.");
    if (is_given(value->denominator) && value->denominator <= 0)
        problem_add(out, "denominator", "The denominator must be above 0.");
    if (is_given(value->denominator) && !is_given(value->numerator) && !is_given(value->value))
        problem_add(out, "numerator",
                    "A denominator alone is no value; give the numerator or the value.");
}

/* Rules across fields: exactly one of a value and a reason why there is none. The measure's kind,
 * and so how numerator and denominator make the value, is not known here. */
static void value_check(const void *row, struct problems *out)
{
    const struct value *value = row;
    bool is_number = is_given(value->value) || is_given(value->numerator);
    check_quotient(value, out);
    if (is_written(value->missing) && (is_number || is_written(value->milestone)))
        problem_add(out, "missing",
                    "A value is given and also said to be missing; keep one of the two.");
    if (!is_written(value->missing) && !is_number && !is_given(value->denominator) &&
        !is_written(value->milestone))
        problem_add(out, "value",
                    "Give a value, numerator and denominator, or a milestone, or say under missing "
                    "why there is none.");
    if (is_given(value->value) && is_given(value->decimals) &&
        number_decimals(value->value) > value->decimals)
        problem_add(out, "decimals",
                    "The value has %d decimals; print as many, or round the value.",
                    number_decimals(value->value));
}

/* A value, its parts, a milestone and a reason for none are one answer. When a change gives any of
 * them, those that it does not say go: an old numerator must not outlive the value it made. */
static void value_renew(void *row, const bool *said)
{
    static const char *const answer[] = { "numerator", "denominator", "value",
                                          "decimals",  "missing",     "milestone" };
    bool is_new = false;
    for (size_t i = 0; said && i < ARRAY_COUNT(answer); i++) {
        const struct field *field = entity_field(&value_entity, answer[i]);
        is_new = is_new || (said[field - value_fields] && !field_is_missing(field, row));
    }
    for (size_t i = 0; is_new && i < ARRAY_COUNT(answer); i++) {
        const struct field *field = entity_field(&value_entity, answer[i]);
        if (said[field - value_fields])
            continue;
        if (field->storage == STORAGE_INTEGER)
            field_set_integer(field, row, INTEGER_MISSING);
        else
            field_set_text(field, row, NULL);
    }
}

const struct entity value_entity = {
    ENTITY(value),           .title = "Value",     .plural = "values",
    .flags = ENTITY_REVISED, .check = value_check, .renew = value_renew,
};
