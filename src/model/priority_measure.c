/* A KPI of a priority. */
#include "model/priority_measure.h"

#include "base/banned.h"

static const struct field priority_measure_fields[] = {
    { FIELD(priority_measure, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(priority_measure, priority), .label = "Priority", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "priority" },
    { FIELD(priority_measure, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(priority_measure, number), .label = "Number", .flags = FIELD_REQUIRED, .least = 1,
      .most = 1000, .standard = "1" },
    { FIELD(priority_measure, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(priority_measure);

const struct entity priority_measure_entity = {
    ENTITY(priority_measure),
    .title = "Priority measure",
    .plural = "priority measures",
};
