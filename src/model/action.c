/* Something to be done, by somebody, by some date. */
#include "model/action.h"

#include "base/arena.h"
#include "model/codes.h"
#include "model/target_date.h"
#include "base/banned.h"

static const struct field action_fields[] = {
    { FIELD(action, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(action, code), .label = "Code",
      .hint = "Short and stable: it stands in addresses, exports and citations",
      .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 60 },
    { FIELD(action, objective), .label = "Objective", .form = FORM_REFERENCE,
      .flags = FIELD_REQUIRED, .reference = "objective" },
    { FIELD(action, priority), .label = "Priority", .form = FORM_REFERENCE,
      .reference = "priority" },
    { FIELD(action, number), .label = "Number", .flags = FIELD_REQUIRED, .least = 1,
      .most = 10000 },
    { FIELD(action, wording), .label = "Action", .flags = FIELD_REQUIRED, .longest = 4000 },
    { FIELD(action, lead_text), .label = "Lead as printed", .longest = 400 },
    { FIELD(action, target_date), .label = "Target date",
      .hint = "As people write it: March 2011 and then annually", .longest = 400 },
    { FIELD(action, due), .label = "Due", .form = FORM_DATE, .flags = FIELD_DERIVED },
    { FIELD(action, recurrence), .label = "Recurs", .flags = FIELD_DERIVED, .longest = 40,
      .codes = recurrence_codes },
    { FIELD(action, condition), .label = "Condition", .flags = FIELD_DERIVED, .longest = 400 },
    { FIELD(action, success_measure), .label = "How success is measured", .longest = 4000 },
    { FIELD(action, status), .label = "Status", .flags = FIELD_REQUIRED, .longest = 40,
      .codes = action_status_codes, .standard = "not-started" },
    { FIELD(action, note), .label = "Note", .longest = 4000 },
    { FIELD(action, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(action);

/* Reads the target date anew; `around` is a struct target_date_context. Without it reporting years
 * begin in April, and "within 12 months of adoption" stays a condition. */
static void action_prepare(struct arena *arena, void *row, const void *around)
{
    struct action *action = row;
    struct target_date date;
    target_date_read(arena, slice_of(action->target_date), around, &date);
    action->due = date.due.year != 0 ? date_print(arena, date.due) : NULL;
    action->recurrence = target_date_recurrence_code(date.recurrence);
    action->condition = date.condition;
}

const struct entity action_entity = {
    ENTITY(action),
    .title = "Action",
    .plural = "actions",
    .prepare = action_prepare,
};
