/* Who holds a post from when to when. */
#include "model/appointment.h"

#include "base/banned.h"

static const struct field appointment_fields[] = {
    { FIELD(appointment, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(appointment, post), .label = "Post", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "post" },
    { FIELD(appointment, person), .label = "Person", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "person" },
    { FIELD(appointment, valid_from), .label = "From", .form = FORM_DATE,
      .flags = FIELD_KEY | FIELD_REQUIRED },
    { FIELD(appointment, valid_to), .label = "To", .form = FORM_DATE },
    { FIELD(appointment, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(appointment);

const struct entity appointment_entity = {
    ENTITY(appointment),
    .title = "Appointment",
    .plural = "appointments",
};
