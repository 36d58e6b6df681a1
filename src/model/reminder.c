/* A reminder of a return that was made for an account; each is made once. */
#include "model/reminder.h"

#include "base/banned.h"

static const struct code kind_codes[] = {
    { REMINDER_BEFORE, "Before it is due" },
    { REMINDER_DUE, "On the day" },
    { REMINDER_LATE, "Late" },
    { 0 },
};

static const struct field reminder_fields[] = {
    { FIELD(reminder, id), .label = "Number", .flags = FIELD_SYSTEM },
    { FIELD(reminder, directorate_return), .label = "Return", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "directorate_return" },
    { FIELD(reminder, account), .label = "Account", .form = FORM_REFERENCE,
      .flags = FIELD_KEY | FIELD_REQUIRED, .reference = "account" },
    { FIELD(reminder, kind), .label = "Kind", .flags = FIELD_KEY | FIELD_REQUIRED, .longest = 40,
      .codes = kind_codes },
    { FIELD(reminder, made_on), .label = "Made on", .form = FORM_DATE, .flags = FIELD_REQUIRED },
    { FIELD(reminder, event), .label = "Last event", .flags = FIELD_SYSTEM },
};
ENTITY_IS_COMPLETE(reminder);

const struct entity reminder_entity = {
    ENTITY(reminder),
    .title = "Reminder",
    .plural = "reminders",
    .flags = ENTITY_LEDGER,
};
