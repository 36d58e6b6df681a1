/* The one who supplies a measure for a unit. */
#include "model/measure_supplier.h"

#include "model/codes.h"
#include "base/banned.h"

static const struct field measure_supplier_fields[] = {
    { FIELD(measure_supplier, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(measure_supplier, measure), .label = "Measure", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "measure" },
    { FIELD(measure_supplier, unit), .label = "Unit", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "unit" },
    { FIELD(measure_supplier, post), .label = "Post", .form = FORM_REFERENCE, .reference = "post" },
    { FIELD(measure_supplier, partner), .label = "Partner", .form = FORM_REFERENCE,
      .reference = "body" },
    { FIELD(measure_supplier, roll_up), .label = "Rolls up by", .flags = FIELD_REQUIRED,
      .longest = 40, .codes = roll_up_codes, .standard = "none" },
    { FIELD(measure_supplier, note), .label = "Note", .longest = 4000 },
    { FIELD(measure_supplier, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(measure_supplier);

const struct entity measure_supplier_entity = {
    ENTITY(measure_supplier),
    .title = "Measure supplier",
    .plural = "measure suppliers",
};
