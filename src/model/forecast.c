/* What is expected of a later period; held apart from values. */
#include "model/forecast.h"

#include "base/period.h"
#include "base/problem.h"
#include "base/banned.h"

static const struct field forecast_fields[] = {
    { FIELD(forecast, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(forecast, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(forecast, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(forecast, period), .label = "Period forecast",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(forecast, made_in), .label = "Made in period",
      .hint = "For example 2012-13, 2012-13-Q1 or 2012-04", .form = FORM_PERIOD,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(forecast, revision), .label = "Revision", .flags = FIELD_SYSTEM | FIELD_REQUIRED,
      .least = 1, .most = INT64_MAX },
    { FIELD(forecast, latest), .label = "Latest", .flags = FIELD_SYSTEM | FIELD_REQUIRED,
      .least = 0, .most = 1 },
    { FIELD(forecast, value), .label = "Value", .form = FORM_DECIMAL, .flags = FIELD_REQUIRED },
    { FIELD(forecast, decimals), .label = "Decimals printed",
      .flags = FIELD_REQUIRED | FIELD_AS_WRITTEN, .least = 0, .most = 6 },
    { FIELD(forecast, note), .label = "Note", .longest = 4000 },
    { FIELD(forecast, reason), .label = "Reason for the change", .longest = 4000 },
    { FIELD(forecast, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(forecast);

/* Rules across fields. Periods that cannot be read are told elsewhere; the order of periods of one
 * kind, and of a year and its parts, is the same whenever the reporting year begins. */
static void forecast_check(const void *row, struct problems *out)
{
    enum { START_MONTH = 4 };
    const struct forecast *forecast = row;
    struct period ahead, made_in;
    if (period_read(slice_of(forecast->period), &ahead) &&
        period_read(slice_of(forecast->made_in), &made_in) &&
        date_compare(period_last_day(ahead, START_MONTH), period_last_day(made_in, START_MONTH)) <
            0)
        problem_add(out, "period",
                    "The period forecast ends before the one in which the forecast was made; a "
                    "value of the past stands among the values.");
    if (forecast->value != INTEGER_MISSING && forecast->decimals != INTEGER_MISSING &&
        number_decimals(forecast->value) > forecast->decimals)
        problem_add(out, "decimals",
                    "The forecast has %d decimals; print as many, or round the forecast.",
                    number_decimals(forecast->value));
}

const struct entity forecast_entity = {
    ENTITY(forecast),        .title = "Forecast",     .plural = "forecasts",
    .flags = ENTITY_REVISED, .check = forecast_check,
};
