/* A notice to stop processing a person's monitoring data (Data Protection Act 2018, Schedule 1,
 * paragraph 8(5)). The person is a keyed hash, so that the notice does not say who it is about. */
#include "model/stop_notice.h"

#include "base/banned.h"

static const struct field stop_notice_fields[] = {
    { FIELD(stop_notice, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(stop_notice, code), .label = "Code", .flags = FIELD_KEY | FIELD_REQUIRED,
      .longest = 80 },
    { FIELD(stop_notice, subject), .label = "Keyed hash of the person's key",
      .flags = FIELD_REQUIRED | FIELD_PERSONAL, .longest = 64 },
    { FIELD(stop_notice, received_on), .label = "Received on", .form = FORM_DATE,
      .flags = FIELD_REQUIRED },
    { FIELD(stop_notice, effective_on), .label = "Effective on", .form = FORM_DATE,
      .flags = FIELD_REQUIRED },
    { FIELD(stop_notice, ended_on), .label = "Ended on", .form = FORM_DATE },
    { FIELD(stop_notice, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(stop_notice);

const struct entity stop_notice_entity = {
    ENTITY(stop_notice),
    .title = "Stop notice",
    .plural = "stop notices",
    .flags = ENTITY_LEDGER,
};
