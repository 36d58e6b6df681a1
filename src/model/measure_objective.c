/* Where a measure stands in a scheme; one measure may stand under several objectives. */
#include "model/measure_objective.h"

#include "base/banned.h"

static const struct field measure_objective_fields[] = {
    { FIELD(measure_objective, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(measure_objective, objective), .label = "Objective", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "objective" },
    { FIELD(measure_objective, reference), .label = "Reference", .hint = "Such as 1.3",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 20 },
    { FIELD(measure_objective, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "measure" },
    { FIELD(measure_objective, success_criterion), .label = "We will have succeeded if",
      .longest = 4000 },
    { FIELD(measure_objective, sequence), .label = "Order", .flags = FIELD_REQUIRED, .least = 0,
      .most = 100000, .standard = "0" },
    { FIELD(measure_objective, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(measure_objective);

const struct entity measure_objective_entity = {
    ENTITY(measure_objective),
    .title = "Measure under objective",
    .plural = "measures under objectives",
};
